/**
 * What a bench found: numbers by adapter and step, their ratios, a table of them, and the JSON that `--out FILE` writes
 * (docs/bench.md describes it).
 *
 * A bench gives scenarios: `{ id, title, steps, adapters }`, where a step is `{ key, title, unit, compare }` (`compare: false` for
 * a fact such as a number of boxes, where less is not better) and an adapter `{ id, role, versions, samples, note }`: `role` is
 * `rival`, `floor` or `carelet`, `samples` a list of `{ [step]: number }`, `note` says why there are none.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';

export const SCHEMA = 'carelet-bench/1';

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** @returns undefined where there is no number among them. */
export function statistic(numbers) {
  const values = numbers.filter((value) => typeof value === 'number' && Number.isFinite(value));
  if (values.length === 0) return undefined;
  return { median: median(values), min: Math.min(...values), max: Math.max(...values), n: values.length };
}

/**
 * Medians and ratios of one scenario. A ratio is to the floor's median (`floor` names that adapter) and to the best of the rivals
 * in that step; more is slower, larger or heavier.
 */
export function summarise({ id, title, steps, adapters, floor }) {
  const seen = adapters.map(({ samples = [], ...adapter }) => {
    const numbers = steps.map(({ key }) => [key, statistic(samples.map((sample) => sample[key]))]).filter(([, value]) => value);
    return { ...adapter, status: numbers.length > 0 ? 'measured' : 'missing', steps: Object.fromEntries(numbers) };
  });
  const used = steps.filter(({ key }) => seen.some((adapter) => adapter.steps[key]));
  const ratios = {};
  for (const { key, compare = true } of used) {
    if (!compare) continue;
    const base = seen.find((adapter) => adapter.id === floor)?.steps[key]?.median;
    const rivals = seen.filter(({ role }) => role === 'rival').flatMap((adapter) => adapter.steps[key]?.median ?? []);
    const best = rivals.length > 0 ? Math.min(...rivals) : undefined;
    ratios[key] = Object.fromEntries(
      seen
        .filter((adapter) => adapter.steps[key])
        .map((adapter) => {
          const value = adapter.steps[key].median;
          return [adapter.id, { ...(base > 0 && { toFloor: value / base }), ...(best > 0 && { toBestRival: value / best }) }];
        }),
    );
  }
  return { id, title, ...(floor && { floor }), steps: used, adapters: seen, ratios };
}

export function number(value) {
  if (value === undefined || !Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  return size >= 100 ? String(Math.round(value)) : size >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** `674 ±19% 6.7f 1.3r`. */
function cell(statistics, ratio) {
  if (!statistics) return '–';
  const { min, max, n } = statistics;
  const spread = n > 1 && max > min && statistics.median > 0 ? ` ±${Math.round((50 * (max - min)) / statistics.median)}%` : '';
  const short = (value) =>
    value >= 10 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value >= 0.1 ? value.toFixed(2) : value.toPrecision(1);
  const times = (value, letter) => (value === undefined ? '' : ` ${short(value)}${letter}`);
  return `${number(statistics.median)}${spread}${times(ratio?.toFloor, 'f')}${times(ratio?.toBestRival, 'r')}`;
}

export const LEGEND =
  'A cell is the median, ± half the range from lowest to highest, then how many times the floor’s (f) and the best rival’s (r). More is worse.';

/** One table: a row for each step, a column for each adapter; under it why some have no numbers. */
export function table({ id, title, steps, adapters, ratios }) {
  const order = { rival: 0, floor: 1, carelet: 2 };
  const columns = adapters.filter(({ status }) => status === 'measured').sort((a, b) => order[a.role] - order[b.role]);
  const count = (adapter) => Math.max(...Object.values(adapter.steps).map(({ n }) => n));
  const head = ['', ...columns.map((adapter) => `${adapter.id} (n=${count(adapter)})`)];
  const rows = steps.map(({ key, title: name, unit }) => [
    unit ? `${name}, ${unit}` : name,
    ...columns.map((adapter) => cell(adapter.steps[key], ratios[key]?.[adapter.id])),
  ]);
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i].length)));
  const line = (row) => `| ${row.map((text, i) => (i === 0 ? text.padEnd(widths[i]) : text.padStart(widths[i]))).join(' | ')} |`;
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  const notes = adapters.filter(({ note }) => note).map(({ id: name, note }) => `- ${name}: ${note}`);
  const body = columns.length > 0 ? [line(head), rule, ...rows.map(line)] : [];
  return [`### ${id}: ${title}`, '', ...body, ...(notes.length ? ['', ...notes] : [])].join('\n');
}

/** What the numbers were measured on: nothing that names a machine, a user or a folder. */
export function machine(browser) {
  const [cpu] = os.cpus();
  return {
    cpu: cpu?.model.trim(),
    cores: os.cpus().length,
    memoryGB: Math.round(os.totalmem() / 2 ** 30),
    platform: `${os.platform()} ${os.arch()}`,
    node: process.version,
    ...(browser && { browser }),
    load: os.loadavg().map((value) => Math.round(value * 100) / 100),
  };
}

export function careletVersion() {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  try {
    const git = (...args) => execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    const changed = git('status', '--porcelain', '--', ':/src') !== '';
    return { version, commit: `${git('rev-parse', '--short', 'HEAD')}${changed ? ' with changes' : ''}` };
  } catch {
    return { version };
  }
}

/** Prints every scenario and, with `out`, writes all of it. `more` are facts of a bench's own, such as its number of runs. */
export function report({ bench, scenarios, browser, out, more = {} }) {
  console.log(`\n## ${bench}\n\n${LEGEND}\n`);
  for (const scenario of scenarios) console.log(`${table(scenario)}\n`);
  if (!out) return;
  const result = {
    schema: SCHEMA,
    bench,
    date: new Date().toISOString(),
    carelet: careletVersion(),
    machine: machine(browser),
    ...more,
    scenarios,
  };
  writeFileSync(out, `${JSON.stringify(result, null, 2)}\n`);
}
