/** Persistence under the bench, in a page: filling, opening after a reload, single writes. Every call is a page of its own. */
import { createEmbeddedBackend, createPersistenceKey, destroyPersistence } from '../../src/client/backends/embedded/index.ts';
import { makeRows } from './rows.mjs';

const NAME = 'bench';

async function optionsOf(kind, durability = 'strict') {
  if (kind === 'synthetic') return { name: NAME, synthetic: true, durability };
  return { name: NAME, key: await createPersistenceKey(new Uint8Array(32).fill(7)), durability };
}

const backendOf = async (kind, durability) =>
  createEmbeddedBackend({ baseUrl: 'http://bench.invalid/fhir', persistence: await optionsOf(kind, durability) });
const timed = async (work) => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

const steps = {
  /** @returns ms to import so many resources, and to compact them into a snapshot. */
  async fill(kind, count) {
    const backend = await backendOf(kind);
    const persistence = await backend.open();
    const text = makeRows(count)
      .map((row) => JSON.stringify(row))
      .join('\n');
    await backend.import({ resourceType: 'Basic', id: 'warm', code: { text: 'x' } });
    const filled = await timed(() => backend.importAll([text], { validate: false }));
    const compacted = await timed(() => persistence.compact());
    backend.close();
    return { fill: filled, compact: compacted };
  },

  /** @returns ms until the store holds everything, and until a first search has its answer. */
  async reload(kind, count) {
    const start = performance.now();
    const backend = await backendOf(kind);
    await backend.open();
    const open = performance.now() - start;
    const response = await backend.fetch('Appointment?date=2025-03-03&_sort=date&_count=20');
    await response.text();
    const searched = performance.now() - start;
    if (backend.store.rows.length < count) throw new Error('Not everything is there');
    backend.close();
    return { open, 'open and search': searched };
  },

  /** @returns ms of one update, from request to answer. */
  async write(kind, durability, writes) {
    const backend = await backendOf(kind, durability);
    const memory = createEmbeddedBackend({ baseUrl: 'http://bench.invalid/fhir' });
    const put = (target, i) =>
      timed(async () => {
        const response = await target.fetch('Patient/written', {
          method: 'PUT',
          headers: { 'Content-Type': 'application/fhir+json' },
          body: JSON.stringify({ resourceType: 'Patient', id: 'written', name: [{ family: `Name ${i}` }] }),
        });
        if (!response.ok) throw new Error(`Not written: ${response.status}`);
        await response.text();
      });
    const samples = [];
    for (let i = -10; i < writes; i++) {
      const sample = { [`write, ${durability}`]: await put(backend, i), 'write, memory alone': await put(memory, i) };
      if (i >= 0) samples.push(sample);
    }
    backend.close();
    return samples;
  },

  destroy: (kind) => destroyPersistence(kind === 'synthetic' ? { name: NAME, synthetic: true } : { name: NAME }),
};

globalThis.benchPersistence = (step, ...args) => steps[step](...args);
