/**
 * A bench in pages: each adapter is bundled into a page of its own, and each run is a fresh context. Runs go round robin over the
 * adapters, on the same seeded data, so that what else the machine does falls on all alike.
 */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch, open, quiet } from './browser.mjs';
import { buildAdapter, setOf } from './build.mjs';
import { ensure, root, versionsOf } from './deps.mjs';
import { careletVersion, report, summarise } from './result.mjs';
import { serve } from './server.mjs';
import { stepper } from './steps.mjs';

/** A sample that takes over this long is had twice only. */
const SLOW = 60_000;

const limited = (promise, ms) => {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no result in ${ms / 1000} s`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};
const firstLine = (error) => String(error.message).split('\n')[0].slice(0, 160);

function adaptersOf(bench, only) {
  const folder = path.join(root, bench.name, 'adapters');
  return readdirSync(folder)
    .filter((file) => /\.jsx?$/.test(file) && !file.startsWith('_'))
    .map((name) => {
      const id = name.replace(/\.\w+$/, '');
      const file = path.join(folder, name);
      const role = bench.role ?? (id.startsWith('floor-') ? 'floor' : id.startsWith('carelet') ? 'carelet' : 'rival');
      return { id, file, role, set: setOf(file) };
    })
    .filter(({ id }) => !only || only.includes(id));
}

/** @returns why it cannot be measured, or undefined. */
async function prepare(bench, adapter) {
  const missing = adapter.set && ensure(adapter.set);
  if (missing) return missing;
  try {
    await bench.prepare?.(adapter.id);
    await buildAdapter(bench.name, adapter);
    return undefined;
  } catch (error) {
    return `does not build: ${error.errors?.[0]?.text ?? firstLine(error)}`;
  }
}

const versionOf = ({ role, set }) => (role === 'carelet' ? { carelet: careletVersion().version } : set ? versionsOf(set) : undefined);

/** One context, one sample: a number by step, or the reason why this adapter cannot. */
async function sample({ bench, scenario, adapter, browser, url, shot }) {
  const opened = await open(browser, `${url}/dist/${bench.name}/${adapter.id}/index.html`);
  try {
    const supported = await opened.page.evaluate((it) => window.__adapter.supports?.(it) ?? true, scenario);
    if (supported !== true) return { note: supported || 'not supported' };
    const ready = await opened.page.evaluate(() => window.__readyAt);
    const step = stepper(opened);
    const measured = bench.run({ ...opened, ...step, scenario });
    const numbers = { ready, ...(await limited(measured, bench.limitMs ?? 300_000)) };
    if (shot) await opened.page.screenshot({ path: path.join(root, 'dist', `${bench.name}-${scenario.id}-${adapter.id}.png`) });
    return { numbers, calibration: await opened.page.evaluate(() => window.__m.calibrate()), errors: opened.errors };
  } finally {
    await limited(opened.context.close(), 15_000).catch(() => browser.close());
  }
}

/** @param options runs, only and scenario (lists of ids), out (a file), nowait, shot, verbose. */
export async function runPageBench(bench, options) {
  const wanted = bench.scenarios.filter(({ id }) => !options.scenario || options.scenario.includes(id));
  const adapters = adaptersOf(bench, options.only);
  for (const id of options.scenario ?? [])
    if (!bench.scenarios.some((each) => each.id === id))
      throw new Error(`no scenario ${id}; there are: ${bench.scenarios.map((each) => each.id).join(', ')}`);
  for (const id of options.only ?? [])
    if (!adapters.some((each) => each.id === id) && !bench.missing?.[id])
      throw new Error(
        `no adapter ${id}; there are: ${adaptersOf(bench)
          .map((each) => each.id)
          .join(', ')}`,
      );

  const reasons = new Map();
  for (const adapter of adapters) {
    const why = await prepare(bench, adapter);
    if (why) reasons.set(adapter.id, why);
  }
  const server = await serve();
  let browser = await launch();
  const version = `Chromium ${browser.version()}`;
  const calibrations = [];
  const scenarios = [];
  try {
    for (const scenario of wanted) {
      const samples = new Map(adapters.map(({ id }) => [id, []]));
      const notes = new Map(reasons);
      const failures = new Map();
      const slow = new Set();
      for (let run = 0; run < Math.min(options.runs, scenario.runs ?? options.runs); run++)
        for (const adapter of adapters) {
          const { id } = adapter;
          if (notes.has(id) || (slow.has(id) && run >= 2)) continue;
          if (!options.nowait) await quiet();
          const began = Date.now();
          try {
            if (!browser.isConnected()) browser = await launch();
            const got = await sample({ bench, scenario, adapter, browser, url: server.url, shot: options.shot && run === 0 });
            if (got.note) notes.set(id, got.note);
            else {
              samples.get(id).push(got.numbers);
              calibrations.push(got.calibration);
              if (options.verbose)
                console.error(`${scenario.id} ${id} ${run}: ${JSON.stringify(got.numbers)} ${got.errors.slice(0, 3).join(' | ')}`);
            }
          } catch (error) {
            console.error(`${scenario.id} ${id}, run ${run}: ${firstLine(error)}`);
            failures.set(id, (failures.get(id) ?? 0) + 1);
            if (failures.get(id) >= 2 || options.runs === 1) notes.set(id, `failed: ${firstLine(error)}`);
          }
          if (Date.now() - began > SLOW) slow.add(id);
        }
      const told = adapters.map(({ id, role, ...rest }) => ({
        id,
        role,
        versions: versionOf({ role, ...rest }),
        samples: samples.get(id),
        ...(notes.has(id) && { note: notes.get(id) }),
      }));
      const absent = Object.entries(bench.missing ?? {})
        .filter(([id]) => !options.only || options.only.includes(id))
        .map(([id, note]) => ({ id, role: 'carelet', samples: [], note }));
      scenarios.push(summarise({ ...scenario, steps: STEPS(bench), adapters: [...told, ...absent], floor: bench.floor }));
    }
  } finally {
    await browser.close();
    server.close();
  }
  const calibration = summarise({
    id: '',
    title: '',
    steps: [{ key: 'loop' }],
    adapters: [{ id: 'machine', role: 'floor', samples: calibrations.map((loop) => ({ loop })) }],
  }).adapters[0].steps.loop;
  report({
    bench: bench.name,
    scenarios,
    browser: version,
    out: options.out,
    more: { runs: options.runs, ...(calibration && { calibration }) },
  });
  if (scenarios.every(({ adapters: all }) => all.every(({ status }) => status === 'missing'))) process.exitCode = 1;
}

const STEPS = (bench) => [{ key: 'ready', title: 'library ready', unit: 'ms' }, ...bench.steps];

export async function loadBench(name) {
  const file = path.join(root, name, 'bench.mjs');
  return existsSync(file) ? (await import(pathToFileURL(file).href)).default : undefined;
}
