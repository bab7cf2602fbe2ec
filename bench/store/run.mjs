/**
 * npm run bench -- store [--sizes 1000,10000,100000] [--rounds 50] [--browser] [--rival-sizes 1000,10000] [--out FILE]
 *
 * Bulk load and searches of the embedded backend, through its handler, in Node and with --browser in headless Chromium; beside it Medplum's
 * MemoryRepository where bench/ has it installed (npm install in bench/). Milliseconds are medians; the machine is whatever it is, so
 * the ratios tell more.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { benchMedplum } from './medplum.mjs';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000,100000' },
    'rival-sizes': { type: 'string', default: '1000,10000' },
    rounds: { type: 'string', default: '50' },
    browser: { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});
const list = (text) => text.split(',').filter(Boolean).map(Number);
const rounds = Number(values.rounds);

/** carelet as it is shipped: bundled and minified, not translated file by file at run time, which costs it half its speed. */
async function bundle() {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('carelet.mjs', import.meta.url))],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    minify: true,
    logLevel: 'error',
  });
  return outputFiles[0].text;
}

async function inNode(code, sizes) {
  const folder = mkdtempSync(join(tmpdir(), 'carelet-bench-'));
  try {
    const file = join(folder, 'carelet.mjs');
    writeFileSync(file, code);
    const { benchCarelet } = await import(pathToFileURL(file).href);
    const results = [];
    for (const size of sizes) results.push(await benchCarelet(size, rounds));
    return results;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function inChromium(code, sizes) {
  const { chromium } = await import('playwright-core');
  const { chromeArgs, chromePath } = await import('../../scripts/browsers.mjs');
  const browser = await chromium.launch({ executablePath: chromePath(), args: chromeArgs });
  try {
    const page = await browser.newPage();
    await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>bench</title>' }));
    await page.goto('http://localhost/');
    await page.addScriptTag({ type: 'module', content: code });
    await page.waitForFunction('globalThis.benchCarelet');
    const results = [];
    for (const size of sizes) results.push(await page.evaluate(([count, n]) => globalThis.benchCarelet(count, n), [size, rounds]));
    return results;
  } finally {
    await browser.close();
  }
}

const ms = (value) => (value === undefined ? '–' : value < 10 ? value.toFixed(2) : value.toFixed(0));
const rate = (value) => (value === undefined ? '–' : `${Math.round(value / 100) / 10}k/s`);

function table(title, results, rivals) {
  const rivalOf = (count) => rivals.find((one) => one.count === count);
  console.log(`\n${title}`);
  const head = ['', ...results.flatMap(({ count }) => [`${count}`, 'first', ...(rivalOf(count) ? ['Medplum', 'ratio'] : [])])];
  const lines = [head];
  for (const [label, key] of [
    ['load, parsed', 'loaded'],
    ['load, parsed and every parameter indexed', 'indexed'],
    ['load, parsed and checked against the schemas', 'checked'],
  ])
    lines.push([
      label,
      ...results.flatMap(({ count, insert }) => [
        rate(insert[key]),
        '',
        ...(rivalOf(count)
          ? [rate(rivalOf(count).insert[key]), key === 'loaded' ? `${(insert.loaded / rivalOf(count).insert.loaded).toFixed(1)}x` : '']
          : []),
      ]),
    ]);
  for (const [i, { name }] of results[0].searches.entries())
    lines.push([
      `${name} (ms)`,
      ...results.flatMap(({ count, searches }) => {
        const rival = rivalOf(count)?.searches[i];
        return [
          ms(searches[i].median),
          ms(searches[i].first),
          // A wrong answer has no ratio: the rival finds another number of rows.
          ...(rival
            ? [
                ms(rival.median),
                rival.total === undefined || rival.total === searches[i].total
                  ? `${(rival.median / searches[i].median).toFixed(0)}x`
                  : `${rival.total} rows, not ${searches[i].total}`,
              ]
            : []),
        ];
      }),
    ]);
  const widths = head.map((_, column) => Math.max(...lines.map((line) => String(line[column]).length)));
  for (const line of lines)
    console.log(
      line.map((cell, column) => (column === 0 ? String(cell).padEnd(widths[0]) : String(cell).padStart(widths[column]))).join('  '),
    );
}

const sizes = list(values.sizes);
const code = await bundle();
const node = await inNode(code, sizes);
const rivals = [];
for (const size of list(values['rival-sizes'])) {
  if (!sizes.includes(size)) continue;
  const result = await benchMedplum(size, Math.min(rounds, 5));
  if (result) rivals.push(result);
}
table(`Node ${process.version}`, node, rivals);
if (rivals.length === 0) console.log('\nNo rival to compare with: run npm install in bench/ for Medplum.');
const chromium = values.browser ? await inChromium(code, sizes) : undefined;
if (chromium) table('Chromium, headless', chromium, []);
const commit = (() => {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
})();
if (values.out)
  writeFileSync(
    values.out,
    `${JSON.stringify({ bench: 'store', commit, node: process.version, cpus: cpus().length, rounds, results: { node, chromium, medplum: rivals } }, null, 2)}\n`,
  );
