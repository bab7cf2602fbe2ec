/**
 * The main job, in a browser, as a person does it: the clinic opens as `npm start` serves it; the day is seen by provider; an
 * appointment is moved by keyboard alone and is still there after going away and back; a patient is found and the chart is read;
 * a file with hostile and invalid records is opened. Under the CSP that carelet promises: a breach fails it.
 */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
// @ts-expect-error a plain script without types
import { chromeArgs, chromePath } from './browsers.mjs';

const HOSTILE = '<img src=x onerror=alert(1)>';

function startClinic(...args: string[]): Promise<{ url: string; stop(): void }> {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', 'examples/clinic/serve.ts', '--port', '0', ...args]);
  const stop = () => child.kill();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => (stop(), reject(new Error('the clinic did not answer within 30 s'))), 30_000);
    let out = '';
    child.stderr?.on('data', (text) => process.stderr.write(String(text)));
    child.on('exit', (code) => reject(new Error(`the clinic ended with ${code}`)));
    child.stdout?.on('data', (text) => {
      out += String(text);
      const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(out)?.[0];
      if (!url) return;
      clearTimeout(timer);
      resolve({ url, stop });
    });
  });
}

async function openPage(browser: Browser, url: string, faults: string[]): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on('pageerror', (error) => faults.push(`page error: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && faults.push(`console: ${message.text()}`));
  page.on('dialog', (dialog) => (faults.push('a dialog was opened by a record'), void dialog.dismiss()));
  page.on(
    'request',
    (request) => new URL(request.url()).origin !== new URL(url).origin && faults.push(`asks elsewhere: ${new URL(request.url()).origin}`),
  );
  await page.goto(url);
  return page;
}

async function theDay(page: Page): Promise<void> {
  const boxes = page.locator('care-scheduler [part~="appointment"]');
  await boxes.first().waitFor({ timeout: 30_000 });
  assert.ok((await boxes.count()) >= 10, 'a filled day is shown');
  assert.ok((await page.locator('care-scheduler [part~="provider"]').count()) >= 3, 'by provider');

  // By keyboard alone: the first box that can move, one step down, dropped. Words are told by what is seen in the box.
  const focused = () =>
    page.evaluate(
      () => document.querySelector('care-scheduler')!.shadowRoot!.activeElement?.textContent?.replace(/\s+/g, ' ').trim() ?? '',
    );
  await page.locator('care-scheduler [part~="appointment"][part~="confirmed"]').first().focus();
  const before = await focused();
  assert.match(before, /\d/, 'the box says its time');
  await page.keyboard.press('m');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForFunction(
    (old) => {
      const box = document.querySelector('care-scheduler')!.shadowRoot!.activeElement;
      const settled = box?.part.contains('appointment') && !box.part.contains('pending') && !box.part.contains('moving');
      return settled && box?.textContent?.replace(/\s+/g, ' ').trim() !== old;
    },
    before,
    { timeout: 10_000 },
  );
  const after = await focused();
  // Away and back: it was stored, not only drawn.
  await page.keyboard.press('PageDown');
  await page.waitForFunction(() =>
    document.querySelector('care-scheduler')!.shadowRoot!.querySelector('[part~="appointment"], [part~="empty"]'),
  );
  await page.keyboard.press('PageUp');
  await page.waitForFunction(
    (words) =>
      [...document.querySelector('care-scheduler')!.shadowRoot!.querySelectorAll('[part~="appointment"]')].some(
        (box) => box.textContent?.replace(/\s+/g, ' ').trim() === words,
      ),
    after,
    { timeout: 10_000 },
  );
}

async function theChart(page: Page): Promise<void> {
  const name = await page.evaluate(() => {
    const label =
      document.querySelector('care-scheduler')!.shadowRoot!.querySelector('[part~="appointment"][part~="confirmed"] bdi')?.textContent ??
      '';
    return label.trim().split(/\s+/).pop() ?? '';
  });
  assert.ok(name.length > 1, 'an appointment names its patient');
  await page.locator('main').focus();
  await page.keyboard.press('/');
  await page.keyboard.type(name);
  await page.locator('care-patient-search [part~="option"]').first().waitFor({ timeout: 10_000 });
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const banner = page.locator('care-chart-viewer [part~="banner"]').first();
  await banner.waitFor({ timeout: 10_000 });
  assert.ok((await banner.innerText()).toLowerCase().includes(name.toLowerCase()), 'the chart is that of the patient searched for');
  await page.waitForFunction(
    () => !document.querySelector('care-chart-viewer')!.shadowRoot!.querySelector('[aria-busy="true"]'),
    undefined,
    { timeout: 15_000 },
  );
}

function hostileBundle(): string {
  const patient = {
    resourceType: 'Patient',
    id: 'odd',
    name: [{ family: HOSTILE, given: ['Eve'] }],
    birthDate: '1980',
    text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${HOSTILE}</div>` },
  };
  const entries = [
    patient,
    { resourceType: 'Condition', id: 'c1', subject: { reference: 'Patient/odd' }, code: { text: HOSTILE }, clinicalStatus: 'active' },
    { resourceType: 'AllergyIntolerance', id: 'a1', patient: { reference: 'Patient/odd' }, code: { text: 'Peanut' } },
  ];
  return JSON.stringify({
    resourceType: 'Bundle',
    type: 'collection',
    entry: entries.map((resource) => ({ fullUrl: `http://example.org/${resource.resourceType}/${resource.id}`, resource })),
  });
}

async function theFile(page: Page): Promise<void> {
  await page.locator('care-chart-viewer [part~="banner"]').first().waitFor({ timeout: 20_000 });
  const text = await page.evaluate(() => document.querySelector('care-chart-viewer')!.shadowRoot!.textContent ?? '');
  assert.ok(text.includes(HOSTILE.toUpperCase()) || text.includes(HOSTILE), 'hostile text is shown as text');
  assert.match(await page.locator('.note').first().innerText(), /3 not valid R4/, 'the invalid record is said');
  assert.equal(
    await page.evaluate(() => document.querySelector('care-chart-viewer')!.shadowRoot!.querySelectorAll('img').length),
    0,
    'no markup came from a record',
  );
}

const faults: string[] = [];
const folder = mkdtempSync(join(tmpdir(), 'carelet-clinic-'));
const browser = await chromium.launch({ executablePath: chromePath(), args: chromeArgs });
try {
  const clinic = await startClinic();
  try {
    const page = await openPage(browser, clinic.url, faults);
    await theDay(page);
    await theChart(page);
    await page.close();
  } finally {
    clinic.stop();
  }
  const file = join(folder, 'hostile.json');
  writeFileSync(file, hostileBundle());
  const other = await startClinic('--data', file);
  try {
    await theFile(await openPage(browser, other.url, faults));
  } finally {
    other.stop();
  }
  assert.deepEqual(faults, []);
  console.log(
    'clinic: the day by provider, a move by keyboard, a patient found, the chart read, a hostile file opened: no CSP breach, nothing asked elsewhere',
  );
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
