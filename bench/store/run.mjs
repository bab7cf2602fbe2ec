/**
 * npm run bench -- store [--sizes 1000,10000,100000] [--rival-sizes 1000,10000] [--runs 50] [--only carelet,medplum] [--browser]
 *   [--scenario node-10000,reload] [--out FILE]
 *
 * Bulk load and searches of the embedded backend, through its handler, in Node and with --browser in headless Chromium; beside it
 * Medplum's MemoryRepository. A run is one round of each search; loads are five (one of more than 20,000 rows). The scenario `reload`, with
 * --browser, is persistence: a page that opens 10,000 resources from IndexedDB, and writes.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ensure, versionsOf } from '../lib/deps.mjs';
import { careletVersion, report, summarise } from '../lib/result.mjs';
import { benchMedplum } from './medplum.mjs';
import { SEARCHES } from './rows.mjs';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000,100000' },
    'rival-sizes': { type: 'string', default: '1000,10000' },
    runs: { type: 'string', default: '50' },
    only: { type: 'string', default: 'carelet,medplum' },
    scenario: { type: 'string' },
    browser: { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});
const rounds = Number(values.runs);
const only = values.only.split(',');
const numbers = (text) => text.split(',').filter(Boolean).map(Number);
const wanted = (id) => !values.scenario || values.scenario.split(',').includes(id);

const steps = [
  { key: 'loaded', title: 'load, a row', unit: 'µs' },
  { key: 'indexed', title: 'load with every parameter indexed, a row', unit: 'µs' },
  { key: 'checked', title: 'load checked against the schemas, a row', unit: 'µs' },
  ...SEARCHES.flatMap(([name]) => [
    { key: name, title: name, unit: 'ms' },
    { key: `${name}, first`, title: `${name}, the first`, unit: 'ms' },
  ]),
];

/** Times as the harness takes them: a sample is one number for each step. */
function samplesOf({ loads, searches }) {
  const loaded = Object.entries(loads).flatMap(([key, times]) => times.map((value) => ({ [key]: value })));
  const searched = searches.flatMap(({ name, first, times }) => [
    { [`${name}, first`]: first },
    ...times.map((value) => ({ [name]: value })),
  ]);
  return [...loaded, ...searched];
}

/** carelet as it is shipped: bundled and minified, not translated file by file at run time, which costs it half its speed. */
async function bundle(entry = 'carelet.mjs') {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    minify: true,
    logLevel: 'error',
  });
  return outputFiles[0].text;
}

/** @returns the bench as a function in this process. */
async function inNode(code) {
  const folder = mkdtempSync(join(tmpdir(), 'carelet-bench-'));
  try {
    const file = join(folder, 'carelet.mjs');
    writeFileSync(file, code);
    return (await import(pathToFileURL(file).href)).benchCarelet;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @returns the bench as a function in a page, the browser's version, and what closes it. */
async function inChromium(code) {
  const { launch } = await import('../lib/browser.mjs');
  const browser = await launch();
  const page = await browser.newPage();
  await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>bench</title>' }));
  await page.goto('http://localhost/');
  await page.addScriptTag({ type: 'module', content: code });
  await page.waitForFunction('globalThis.benchCarelet');
  return {
    bench: (size, runs) => page.evaluate(([count, n]) => globalThis.benchCarelet(count, n), [size, runs]),
    version: `Chromium ${browser.version()}`,
    close: () => browser.close(),
  };
}

/** A wrong answer has no time: where the rival finds another number of rows, its numbers are left out, and that is said. */
function withoutWrong(rival, own) {
  const wrong = rival.searches.filter(({ total }, i) => total !== undefined && own && total !== own.searches[i].total);
  const note = wrong.map(({ name, total }) => `${name}: finds ${total}, not ${own.searches.find((each) => each.name === name).total}`);
  return { rival: { ...rival, searches: rival.searches.filter((each) => !wrong.includes(each)) }, note: note.join('; ') || undefined };
}

async function medplum(size, own) {
  const adapter = { id: 'medplum', role: 'rival', versions: versionsOf('store') };
  const missing = ensure('store');
  if (missing) return { ...adapter, note: missing };
  if (!numbers(values['rival-sizes']).includes(size)) return { ...adapter, note: 'not asked at this size' };
  const { rival, note } = withoutWrong(await benchMedplum(size, Math.min(rounds, 5)), own);
  return { ...adapter, samples: samplesOf(rival), ...(note && { note }) };
}

async function scenario(id, title, own, rivals) {
  const carelet = { id: 'carelet', role: 'carelet', versions: { carelet: careletVersion().version } };
  const adapters = [...(own ? [{ ...carelet, samples: samplesOf(own) }] : []), ...rivals];
  return summarise({ id, title, steps, adapters });
}

/** Persistence: every step in a page that was just loaded, over one browser profile. */
async function reloads(size) {
  const { launch } = await import('../lib/browser.mjs');
  const source = await bundle('persistence.mjs');
  const browser = await launch();
  const page = await browser.newPage();
  await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>bench</title>' }));
  const step = async (...args) => {
    await page.goto('http://localhost/');
    await page.addScriptTag({ type: 'module', content: source });
    await page.waitForFunction('globalThis.benchPersistence');
    return page.evaluate((given) => globalThis.benchPersistence(...given), args);
  };
  const adapters = [];
  for (const kind of ['synthetic', 'encrypted']) {
    const samples = [await step('fill', kind, size)];
    for (let run = 0; run < 9; run++) samples.push(await step('reload', kind, size));
    for (const durability of ['strict', 'relaxed']) samples.push(...(await step('write', kind, durability, 2 * rounds)));
    await step('destroy', kind);
    adapters.push({ id: kind, role: 'carelet', versions: { carelet: careletVersion().version }, samples });
  }
  await browser.close();
  const parts = ['open', 'open and search', 'write, strict', 'write, relaxed', 'write, memory alone', 'fill', 'compact'];
  return summarise({
    id: 'reload',
    title: `${size.toLocaleString('en')} resources in IndexedDB, Chromium`,
    steps: parts.map((key) => ({ key, title: key, unit: 'ms' })),
    adapters,
  });
}

const code = await bundle();
const benchCarelet = await inNode(code);
const scenarios = [];
for (const size of numbers(values.sizes)) {
  const id = `node-${size}`;
  if (!wanted(id)) continue;
  const own = only.includes('carelet') ? await benchCarelet(size, rounds) : undefined;
  const rivals = only.includes('medplum') ? [await medplum(size, own)] : [];
  scenarios.push(await scenario(id, `${size.toLocaleString('en')} resources, Node ${process.version}`, own, rivals));
}
const chromium = values.browser ? await inChromium(code) : undefined;
for (const size of chromium ? numbers(values.sizes) : []) {
  const id = `chromium-${size}`;
  if (wanted(id))
    scenarios.push(await scenario(id, `${size.toLocaleString('en')} resources, Chromium`, await chromium.bench(size, rounds), []));
}
await chromium?.close();
if (chromium && wanted('reload')) scenarios.push(await reloads(Math.min(10_000, Math.max(...numbers(values.sizes)))));
report({ bench: 'store', scenarios, browser: chromium?.version, out: values.out, more: { runs: rounds } });
