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
import { careletVersion, report, statistic, summarise } from './result.mjs';
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

function adaptersOf(bench) {
  const folder = path.join(root, bench.name, 'adapters');
  return readdirSync(folder)
    .filter((file) => /\.jsx?$/.test(file) && !file.startsWith('_'))
    .map((name) => {
      const id = name.replace(/\.\w+$/, '');
      const file = path.join(folder, name);
      const role = bench.role ?? (id.startsWith('floor-') ? 'floor' : id.startsWith('carelet') ? 'carelet' : 'rival');
      return { id, file, role, set: setOf(file) };
    });
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

/**
 * All runs of one scenario. `notes` holds why an adapter is left out; those that fail twice, or in the only run, are added.
 * @returns samples by adapter.
 */
async function measure({ bench, scenario, adapters, notes, options, browser, url, calibrations }) {
  const samples = new Map(adapters.map(({ id }) => [id, []]));
  const failures = new Map();
  const slow = new Set();
  for (let run = 0; run < Math.min(options.runs, scenario.runs ?? options.runs); run++)
    for (const adapter of adapters) {
      const { id } = adapter;
      if (notes.has(id) || (slow.has(id) && run >= 2)) continue;
      if (!options.nowait) await quiet();
      const began = Date.now();
      try {
        const got = await sample({ bench, scenario, adapter, browser: await browser(), url, shot: options.shot && run === 0 });
        if (options.verbose)
          console.error(
            `${scenario.id} ${id} ${run}: ${JSON.stringify(got.numbers ?? got.note)} ${got.errors?.slice(0, 3).join(' | ') ?? ''}`,
          );
        if (got.note) notes.set(id, got.note);
        else {
          samples.get(id).push(got.numbers);
          calibrations.push(got.calibration);
        }
      } catch (error) {
        console.error(`${scenario.id} ${id}, run ${run}: ${firstLine(error)}`);
        failures.set(id, (failures.get(id) ?? 0) + 1);
        if (failures.get(id) >= 2 || options.runs === 1) notes.set(id, `failed: ${firstLine(error)}`);
      }
      if (Date.now() - began > SLOW) slow.add(id);
    }
  return samples;
}

/** A name that is mistyped is an error, and not an empty table. */
function check(names, known, what) {
  const unknown = (names ?? []).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`no ${what} ${unknown.join(', ')}; there are: ${known.join(', ')}`);
}

/** @param options runs, only and scenario (lists of ids), out (a file), nowait, shot, verbose. */
export async function runPageBench(bench, options) {
  const absent = Object.entries(bench.missing ?? {}).map(([id, note]) => ({ id, role: 'carelet', note }));
  check(
    options.scenario,
    bench.scenarios.map(({ id }) => id),
    'scenario',
  );
  check(
    options.only,
    [...adaptersOf(bench), ...absent].map(({ id }) => id),
    'adapter',
  );
  const chosen = ({ id }) => !options.only || options.only.includes(id);
  const adapters = adaptersOf(bench).filter(chosen);
  const reasons = new Map();
  for (const adapter of adapters) {
    const why = await prepare(bench, adapter);
    if (why) reasons.set(adapter.id, why);
  }

  const server = await serve();
  let running = await launch();
  const version = `Chromium ${running.version()}`;
  // A page that hangs takes its browser with it.
  const browser = async () => (running.isConnected() ? running : (running = await launch()));
  const calibrations = [];
  const scenarios = [];
  try {
    for (const scenario of bench.scenarios.filter(({ id }) => !options.scenario || options.scenario.includes(id))) {
      const notes = new Map(reasons);
      const samples = await measure({ bench, scenario, adapters, notes, options, browser, url: server.url, calibrations });
      const told = adapters.map((adapter) => ({
        id: adapter.id,
        role: adapter.role,
        versions: versionOf(adapter),
        samples: samples.get(adapter.id),
        ...(notes.has(adapter.id) && { note: notes.get(adapter.id) }),
      }));
      const steps = [{ key: 'ready', title: 'library ready', unit: 'ms' }, ...bench.steps];
      scenarios.push(summarise({ ...scenario, steps, adapters: [...told, ...absent.filter(chosen)], floor: bench.floor }));
    }
  } finally {
    await running.close();
    server.close();
  }
  const calibration = statistic(calibrations);
  report({
    bench: bench.name,
    scenarios,
    browser: version,
    out: options.out,
    more: { runs: options.runs, ...(calibration && { calibration }) },
  });
  const measured = scenarios.some((scenario) => scenario.adapters.some(({ status }) => status === 'measured'));
  if (!measured) process.exitCode = 1;
}

/** @returns undefined where there is no such bench. */
export async function loadBench(name) {
  const file = path.join(root, name, 'bench.mjs');
  return existsSync(file) ? (await import(pathToFileURL(file).href)).default : undefined;
}
