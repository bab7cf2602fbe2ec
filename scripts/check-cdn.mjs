// The README's ten lines of HTML, as a stranger would write them: the built CDN file alone, from a folder, under a strict CSP
// with Trusted Types, against a FHIR server on another origin (`carelet serve`). Also told nothing: the demo mark shows.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { chromeArgs, chromePath } from './browsers.mjs';
import { serveFolder } from './serve-folder.mjs';

const folder = mkdtempSync(join(tmpdir(), 'carelet-cdn-'));
cpSync('cdn', join(folder, 'cdn'), { recursive: true });
const page = (provider) =>
  `<!doctype html><html lang="en"><head><title>t</title><script type="module" src="cdn/carelet.min.js"></script></head><body>${provider}<care-scheduler></care-scheduler></care-provider></body></html>`;

const server = spawn(process.execPath, ['bin/carelet.mjs', 'serve', '--port', '0', '--patients', '30'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const fhir = await new Promise((resolve, reject) => {
  let out = '';
  server.stdout.on('data', (text) => {
    out += text;
    const url = /http:\/\/\S+\/fhir/.exec(out)?.[0];
    if (url) resolve(url);
  });
  server.on('exit', (code) => reject(new Error(`carelet serve ended with ${code}`)));
});
writeFileSync(join(folder, 'index.html'), page(`<care-provider base-url="${fhir}" time-zone="UTC">`));
writeFileSync(join(folder, 'demo.html'), page('<care-provider time-zone="UTC">'));
const csp = `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ${new URL(fhir).origin}; require-trusted-types-for 'script'; trusted-types lit-html`;
const site = await serveFolder(folder, '/', { 'content-security-policy': csp });
const browser = await chromium.launch({ executablePath: chromePath(), args: chromeArgs });
try {
  const faults = [];
  const open = async (path) => {
    const tab = await browser.newPage();
    tab.on('pageerror', (error) => faults.push(error.message));
    tab.on('console', (message) => message.type() === 'error' && !/favicon/.test(message.location().url) && faults.push(message.text()));
    await tab.goto(site.url + path);
    return tab;
  };
  const tab = await open('index.html');
  await tab.locator('care-scheduler [part~="appointment"], care-scheduler [part~="empty"]').first().waitFor({ timeout: 20_000 });
  const demo = await open('demo.html');
  await demo.locator('care-provider [part~="mark"]').waitFor({ timeout: 20_000 });
  assert.deepEqual(faults, []);
  console.log('cdn: one file in plain HTML shows a server on another origin and, told nothing, the demo mark; no CSP breach');
} finally {
  await browser.close();
  site.close();
  server.removeAllListeners('exit');
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}
