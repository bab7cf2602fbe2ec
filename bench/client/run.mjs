/**
 * npm run bench -- client [--runs 3] [--only carelet,medplum] [--scenario busy,stale] [--out FILE]
 *
 * FHIR clients on one flaky server, in headless Chromium, each as its documentation uses it and with its defaults: what each ends with,
 * how many requests it sends, how long it takes. A run is a new page and a new store. Requests include what a client asks the server about
 * itself.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { launch, open } from '../lib/browser.mjs';
import { options as buildOptions, setOf } from '../lib/build.mjs';
import { ensure, root, versionsOf } from '../lib/deps.mjs';
import { careletVersion, machine, number, SCHEMA, summarise } from '../lib/result.mjs';
import { recordsOf, scenarios as all } from './scenarios.mjs';
import { startServer } from './server.mjs';

const PACKAGES = { medplum: '@medplum/core' };
const STEPS = [
  { key: 'time', title: 'until it ends', unit: 'ms' },
  { key: 'requests', title: 'requests sent', compare: false },
];

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    only: { type: 'string' },
    scenario: { type: 'string' },
    out: { type: 'string' },
  },
});
const chosen = (text, ids) => {
  const wanted = text?.split(',').filter(Boolean) ?? ids;
  const unknown = wanted.filter((id) => !ids.includes(id));
  if (unknown.length > 0) throw new Error(`no ${unknown.join(', ')}; there are: ${ids.join(', ')}`);
  return wanted;
};

async function bundle(file, set) {
  const folder = path.join(root, 'client');
  const { outputFiles } = await esbuild.build({
    ...buildOptions(set),
    stdin: {
      contents: `import adapter from ${JSON.stringify(file)}; import { run } from './acts.mjs';
        window.__act = (...args) => run(adapter, ...args); window.__ready = Promise.resolve();`,
      resolveDir: folder,
      sourcefile: 'entry.js',
    },
    outfile: 'main.js',
    write: false,
  });
  return outputFiles[0].text;
}

/** @returns what is measured, or why it cannot be. */
async function adapterOf(id) {
  const file = path.join(root, 'client/adapters', `${id}.js`);
  const set = setOf(file);
  const name = PACKAGES[id] ?? id;
  const versions = set ? { [name]: versionsOf(set)[name] } : { carelet: careletVersion().version };
  const adapter = { id, role: set ? 'rival' : 'carelet', versions };
  const missing = set && ensure(set);
  return missing ? { ...adapter, note: missing } : { ...adapter, code: await bundle(file, set) };
}

/** One run: a new page of this client, a new store. */
async function once({ server, browser, scenario, adapter }) {
  const { backend, log } = await server.begin(recordsOf(scenario), scenario.faults);
  const { context, page } = await open(browser, `${server.url}/${adapter.id}/`);
  try {
    const act = page.evaluate((args) => window.__act(...args), [scenario.act, `${server.url}/fhir`, scenario.argument]);
    const result = await Promise.race([
      act,
      new Promise((resolve) =>
        setTimeout(resolve, 30_000, { ms: 30_000, error: { name: 'hangs', message: '', places: [], versions: [] } }),
      ),
    ]);
    const verdict = await scenario.judge({ result, log: [...log], backend });
    return { ...verdict, time: result.ms, requests: log.length };
  } finally {
    await context.close();
  }
}

/** How it ended; each way, where runs ended differently. */
function endOf(runs) {
  const ends = [...new Set(runs.map(({ end }) => end))];
  return { end: ends.join(' / '), good: runs.every(({ good }) => good) };
}

function printTable(scenarios, adapters) {
  const measured = adapters.filter(({ note }) => !note);
  console.log('\n## client: what each ends with on a flaky server\n');
  console.log(`|  | ${measured.map(({ id, versions }) => `${id} ${Object.values(versions)[0]}`).join(' | ')} |`);
  console.log(`| --- |${' --- |'.repeat(measured.length)}`);
  for (const { title, adapters: seen } of scenarios) {
    const cells = measured.map(({ id }) => {
      const { good, end, steps } = seen.find((each) => each.id === id);
      return `${good ? '✓' : '✗'} ${end}; ${steps.requests.median} req, ${number(steps.time.median)} ms`;
    });
    console.log(`| ${title} | ${cells.join(' | ')} |`);
  }
  for (const { id, note } of adapters) if (note) console.log(`\n- ${id}: ${note}`);
  const count = (id) => scenarios.filter(({ adapters: seen }) => seen.find((each) => each.id === id)?.good).length;
  console.log(`\n${measured.map(({ id }) => `${id} ${count(id)}/${scenarios.length}`).join(', ')} end as a clinic can live with.\n`);
}

const runs = Number(values.runs);
const ids = readdirSync(path.join(root, 'client/adapters')).map((file) => file.replace(/\.js$/, ''));
const adapters = await Promise.all(chosen(values.only, ids).map(adapterOf));
const wanted = chosen(
  values.scenario,
  all.map(({ id }) => id),
).map((id) => all.find((each) => each.id === id));

const files = new Map();
for (const { id, code } of adapters) {
  if (!code) continue;
  files.set(`/${id}/`, {
    type: 'text/html',
    body: `<!doctype html><meta charset="utf-8"><title>${id}</title><link rel="icon" href="data:,"><script type="module" src="main.js"></script>`,
  });
  files.set(`/${id}/main.js`, { type: 'text/javascript', body: code });
}
const server = await startServer(files);
const browser = await launch();
const scenarios = [];
try {
  for (const scenario of wanted) {
    const samples = new Map(adapters.map(({ id }) => [id, []]));
    // Round robin, so that what else the machine does falls on all alike.
    for (let run = 0; run < runs; run++)
      for (const adapter of adapters) if (adapter.code) samples.get(adapter.id).push(await once({ server, browser, scenario, adapter }));
    scenarios.push(
      summarise({
        id: scenario.id,
        title: scenario.title,
        steps: STEPS,
        adapters: adapters.map(({ code, ...adapter }) => ({
          ...adapter,
          ...(code && endOf(samples.get(adapter.id))),
          samples: samples.get(adapter.id),
        })),
      }),
    );
  }
} finally {
  await browser.close();
  server.close();
}
printTable(scenarios, adapters);
if (values.out) {
  const result = {
    schema: SCHEMA,
    bench: 'client',
    date: new Date().toISOString(),
    carelet: careletVersion(),
    machine: machine(`Chromium ${browser.version()}`),
    runs,
    scenarios,
  };
  writeFileSync(values.out, `${JSON.stringify(result, null, 2)}\n`);
}
