// Opens the built examples in a browser and uses them as a person would. Each does the same, so each is asked the same.
import { chromium } from 'playwright-core';
import { chromeArgs, chromePath } from './browsers.mjs';
import { serveFolder } from './serve-folder.mjs';

const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html vue svelte-trusted-html angular";

/** Finds a patient of the practice, reads the chart in Spanish, opens an entry, takes the choice back. */
async function use(page) {
  const search = page.locator('care-patient-search');
  const chart = page.locator('care-chart-viewer');
  await page.getByText('Demostración: no se guarda nada').waitFor();
  await search.locator('input').fill('an');
  const option = search.locator('[part~="option"]').first();
  await option.waitFor();
  const name = (await option.textContent()).trim().split(/[\s,]+/)[0];
  await option.click();
  await chart.locator('[part~="banner"]').filter({ hasText: name }).waitFor();
  await chart.locator('[part~="row"] summary').first().click();
  await chart.getByRole('button', { name: 'Abrir' }).first().click();
  await page
    .locator('output')
    .filter({ hasText: /^[A-Z]\w+\/\S+$/ })
    .waitFor();
  await search.locator('.clear').click();
  await chart.waitFor({ state: 'hidden' });
}

export async function useExamples(folder, names) {
  const faults = [];
  const site = await serveFolder(folder, '/', { 'content-security-policy': CSP });
  const browser = await chromium.launch({ executablePath: chromePath(), args: chromeArgs });
  try {
    for (const name of names) {
      const page = await browser.newPage();
      page.setDefaultTimeout(20_000);
      page.on('pageerror', (error) => faults.push(`${name}: ${error.message}`));
      page.on(
        'console',
        (message) => message.type() === 'error' && !/favicon/.test(message.location().url) && faults.push(`${name}: ${message.text()}`),
      );
      await page.goto(`${site.url}${name}/index.html`);
      await use(page).catch((error) => faults.push(`${name}: ${error.message}`));
      await page.close();
    }
  } finally {
    await browser.close();
    site.close();
  }
  return faults;
}
