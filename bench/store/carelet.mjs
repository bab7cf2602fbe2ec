/** carelet's embedded backend under the bench; also the entry that is bundled for the page. */
import { createEmbeddedBackend } from '../../src/client/backends/embedded/index.ts';
import { makeRows, SEARCHES } from './rows.mjs';
import { timeLoad, timeSearches } from './measure.mjs';

/** The definitions and the lazy parts are loaded before the clock starts: a page does that once. */
async function warmBackend() {
  const backend = createEmbeddedBackend({ baseUrl: 'http://bench.invalid/fhir', ids: () => crypto.randomUUID() });
  await backend.import({ resourceType: 'Basic', id: 'warm', code: { text: 'x' } });
  return backend;
}

export async function benchCarelet(count, rounds) {
  const rows = makeRows(count);
  const text = rows.map((row) => JSON.stringify(row)).join('\n');
  const types = new Set(rows.map((row) => row.resourceType));
  const load = async (validate, index) => {
    const backend = await warmBackend();
    globalThis.gc?.();
    const perRow = await timeLoad(text, count, async (ndjson) => {
      await backend.importAll([ndjson], { validate });
      if (index) for (const type of types) backend.store.buildIndexes(type);
    });
    return [perRow, backend];
  };
  const several = async (validate, index) => {
    const times = [];
    for (let i = 0; i < (count > 20_000 ? 1 : 5); i++) times.push((await load(validate, index))[0]);
    return times;
  };
  // The first loads run before the compiler has warmed up, and do not count.
  for (let i = 0; i < 3; i++) await load(i > 0, true);
  const loads = { loaded: await several(false, false), indexed: await several(false, true), checked: await several(true, false) };
  const [, backend] = await load(false, false);
  const ask = async (url) => (await backend.handle(new Request(`http://bench.invalid/fhir/${url}`))).text();
  return { loads, searches: await timeSearches(SEARCHES, ask, rounds) };
}

globalThis.benchCarelet = benchCarelet;
