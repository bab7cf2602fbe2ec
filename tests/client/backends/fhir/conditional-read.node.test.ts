import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isCareError } from '../../../../src/models/errors.js';
import type { Patient } from '../../../../src/models/fhir/index.js';
import type { Backend } from '../../../../src/client/backend.js';
import { createEmbeddedBackend } from '../../../../src/client/backends/embedded/index.js';
import { createFhirBackend } from '../../../../src/client/backends/fhir/index.js';
import { FakeClock } from '../../fake-clock.js';
import { BASE, stub } from '../../stub-server.js';

const known: Patient = { resourceType: 'Patient', id: 'p1', meta: { versionId: '3' } };

describe('a read by one who holds a copy', () => {
  test('gives that very copy back while it is current, and the new one when it is not', async () => {
    const server = createEmbeddedBackend({ baseUrl: BASE });
    const seen: (string | null)[] = [];
    const remote = createFhirBackend({
      baseUrl: BASE,
      fetch: async (request) => {
        const response = await server.handle(request);
        seen.push(`${request.headers.get('If-None-Match')} ${response.status}`);
        return response;
      },
    });
    const save = (active: boolean) =>
      server.write([{ method: 'update', resource: { resourceType: 'Patient', id: 'p1', active } }], { atomic: 'required' });
    for (const backend of [server, remote] as Backend[]) {
      await save(true);
      const first = await backend.read('Patient', 'p1');
      assert.equal(await backend.read('Patient', 'p1', { known: first }), first);
      await save(false);
      const second = await backend.read('Patient', 'p1', { known: first });
      assert.deepEqual([second.active, second.meta!.versionId === first.meta!.versionId], [false, false]);
    }
    assert.deepEqual(seen, ['null 200', 'W/"3" 304', 'W/"3" 200']);
  });

  test('takes what comes from a server that does not look at it', async () => {
    const { backend } = stub(() => ({ ...known, active: true }));
    const read = await backend.read('Patient', 'p1', { known });
    assert.deepEqual([read === known, read.active], [false, true]);
  });

  test('does not ask so for another record, another version, or without knowing its own', async () => {
    const { backend, seen } = stub(({ path }) => ({ ...known, id: path.split('/')[1]! }));
    await backend.read('Patient', 'p2', { known });
    await backend.read('Patient', 'p1', { known, versionId: '2' });
    await backend.read('Patient', 'p1', { known: { resourceType: 'Patient', id: 'p1' } });
    assert.deepEqual(
      seen.map(({ headers }) => headers.get('If-None-Match')),
      [null, null, null],
    );
  });

  test('asks without it where a browser lets no such header through, and from then on', async () => {
    const { backend, seen } = stub(
      ({ headers }) => {
        if (headers.has('If-None-Match')) throw new TypeError('NetworkError when attempting to fetch resource.');
        return known;
      },
      { retry: new FakeClock().retry },
    );
    assert.deepEqual(await backend.read('Patient', 'p1', { known }), known);
    const before = seen.length;
    await backend.read('Patient', 'p1', { known });
    assert.equal(seen.length, before + 1);
  });

  test('tells a server that is gone as what it is, and goes on asking so', async () => {
    let down = true;
    const { backend, seen } = stub(
      ({ headers }) => {
        if (down) throw new TypeError('fetch failed');
        return headers.has('If-None-Match') ? new Response(null, { status: 304 }) : known;
      },
      { retry: false },
    );
    await assert.rejects(backend.read('Patient', 'p1', { known }), (error) => isCareError(error, 'offline'));
    down = false;
    assert.equal(await backend.read('Patient', 'p1', { known }), known);
    assert.equal(seen.at(-1)!.headers.get('If-None-Match'), 'W/"3"');
  });

  test('a 304 that nobody asked for is malformed', async () => {
    const { backend } = stub(() => new Response(null, { status: 304 }));
    await assert.rejects(backend.read('Patient', 'p1'), (error) => isCareError(error, 'malformed'));
  });
});
