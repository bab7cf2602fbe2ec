// One look at the built Storybook in a browser: does it open, is an element upgraded, is nothing asked for elsewhere?
// A registration that `sideEffects` forgets is dropped silently by the bundler: exit 0, tests green, nothing on screen.
import { existsSync, readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { chromeArgs, chromePath } from './browsers.mjs';
import { serveFolder } from './serve-folder.mjs';

if (!existsSync('storybook-static/index.json')) throw new Error('storybook-static is not built: npm run build:storybook');
const { entries } = JSON.parse(readFileSync('storybook-static/index.json', 'utf8'));
const stories = Object.values(entries).filter((entry) => entry.type === 'story');
const tags = ['care-provider', 'care-patient-search', 'care-scheduler', 'care-chart-viewer'];

const server = await serveFolder('storybook-static', '/sub/path/');
const browser = await chromium.launch({ executablePath: chromePath(), args: chromeArgs });
const faults = [];
try {
  const page = await browser.newPage();
  page.on('request', (request) => {
    if (!request.url().startsWith(server.origin) && !/^(data|blob):/.test(request.url()))
      faults.push(`asks elsewhere: ${new URL(request.url()).origin}`);
  });
  page.on('pageerror', (error) => faults.push(`page error: ${error.message}`));
  const seen = new Set();
  for (const tag of tags) {
    const story = stories.find((entry) => entry.importPath.includes(`/${tag.replace('care-', '')}/`));
    if (!story) {
      faults.push(`no story for <${tag}>`);
      continue;
    }
    await page.goto(`${server.url}iframe.html?id=${story.id}&viewMode=story`, { waitUntil: 'load' });
    const upgraded = await page
      .waitForFunction((name) => customElements.get(name) && document.querySelector(name)?.shadowRoot?.childElementCount > 0, tag, {
        timeout: 20_000,
      })
      .then(
        () => true,
        () => false,
      );
    if (!upgraded) faults.push(`<${tag}> is not upgraded in story ${story.id}`);
    else seen.add(tag);
  }
  console.log(`storybook: ${stories.length} stories; upgraded: ${[...seen].join(', ')}`);
} finally {
  await browser.close();
  server.close();
}
if (faults.length) {
  console.error(faults.join('\n'));
  process.exit(1);
}
