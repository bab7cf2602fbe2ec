import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { createEmbeddedBackend } from '../../../src/client/backends/embedded/index.js';
import { CareClient } from '../../../src/client/care-client.js';
import type { RecordChange, Snapshot } from '../../../src/client/cache/types.js';
import type { Patient } from '../../../src/models/fhir/index.js';
import type { Watch } from '../../../src/client/watch.js';

/** The first snapshot that is as told. */
async function first<T>(watch: Watch<T>, is: (snapshot: Snapshot<T>) => boolean): Promise<Snapshot<T>> {
  for await (const snapshot of watch) if (is(snapshot)) return snapshot;
  throw new Error('it ended');
}

describe('two clients on one embedded backend', () => {
  test('see each other’s writes, and imports, without a session', async () => {
    const backend = createEmbeddedBackend();
    const [a, b] = [new CareClient({ backend }), new CareClient({ backend })];
    const patient = await a.create<Patient>({ resourceType: 'Patient', name: [{ family: 'Ito' }] });
    const seen = first(b.watch('Patient', patient.id!), ({ value }) => value?.name?.[0]?.family === 'Sato');
    const listed = first(b.watchSearch('Patient'), ({ state, value }) => state === 'fresh' && value?.items.length === 3);
    await a.update({ ...patient, name: [{ family: 'Sato' }] });
    await a.transaction([{ method: 'create', resource: { resourceType: 'Patient' } }]);
    await backend.import({ resourceType: 'Patient', id: 'imported' });
    assert.equal((await seen).value!.meta!.versionId, '2');
    assert.equal((await listed).value!.complete, true);
  });

  test('are told of each write once, and of what the client itself wrote without asking again', async () => {
    const backend = createEmbeddedBackend();
    const client = new CareClient({ backend });
    const changes: RecordChange[] = [];
    client.onChange((some) => void changes.push(...some));
    const made = await client.create<Patient>({ resourceType: 'Patient' });
    await client.delete(made);
    assert.deepEqual(
      changes.map(({ type, id, versionId, deleted, from }) => [type, id === made.id, versionId, deleted, from]),
      [
        ['Patient', true, '1', false, 'backend'],
        ['Patient', true, '2', true, 'backend'],
      ],
    );
    await client.invalidate('Patient', 'p1');
    assert.equal(changes.at(-1)!.from, 'client', 'what the host says is told as well');
    client.close();
    await new CareClient({ backend }).create({ resourceType: 'Patient' });
    assert.equal(changes.length, 3, 'a closed client hears nothing more');
  });
});

test('over real channels tabs hear each other, also the last word of one that signs out, and the process can end', () => {
  const script = `
    import { CareClient } from './src/client/index.js';
    import { createEmbeddedBackend } from './src/client/backends/embedded/index.js';
    const records = createEmbeddedBackend({ data: [{ resourceType: 'Patient', id: 'p1' }] });
    // Behind a network: it tells nobody of its commits.
    const backend = { ...['read', 'search', 'write', 'describe', 'operation'].reduce((all, name) => ({ ...all, [name]: records[name].bind(records) }), {}), kind: 'far', baseUrl: records.baseUrl };
    const [a, b] = [0, 1].map(() => new CareClient({ backend, session: 's' }));
    const told = [];
    for await (const { state, value, error } of b.watch('Patient', 'p1')) {
      told.push([state, value?.meta.versionId, error?.kind].filter(Boolean).join(' '));
      if (state === 'fresh' && value.meta.versionId === '1') await a.update({ ...(await a.read('Patient', 'p1')), active: true });
      if (state === 'fresh' && value.meta.versionId === '2') a.signOut();
    }
    console.log(told.filter((word) => !word.startsWith('stale')).join(', '));
    const other = new CareClient({ backend, session: 't' });
    await other.read('Patient', 'p1');
  `;
  const { stdout, stderr, status, signal } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  assert.equal(stderr, '');
  assert.equal(stdout.trim(), 'pending, fresh 1, fresh 2, error auth');
  assert.deepEqual([status, signal], [0, null], 'an open channel keeps the process');
});
