import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CareClient } from '../../src/client/care-client.js';
import { createEmbeddedBackend } from '../../src/client/backends/embedded/index.js';
import { criteriaText } from '../../src/client/criteria.js';
import { isCareError } from '../../src/models/errors.js';
import type { Patient } from '../../src/models/fhir/index.js';
import { capabilityStatement, json, stub } from './stub-server.js';

const patient = (family: string, value = '1'): Patient => ({
  resourceType: 'Patient',
  identifier: [{ system: 'urn:s', value }],
  name: [{ family }],
});
const criteria = { identifier: 'urn:s|1' };

describe('conditional writes', () => {
  test('mean the one record that matches', async () => {
    const client = new CareClient({ backend: createEmbeddedBackend() });
    const conditional = await client.conditional();
    const made = await conditional.update(patient('Made'), criteria);
    const saved = await conditional.update(patient('Saved'), criteria);
    assert.deepEqual([saved.id, saved.meta?.versionId, saved.name?.[0]?.family], [made.id, '2', 'Saved']);
    const patched = await conditional.patch('Patient', criteria, [{ op: 'replace', path: '/name/0/family', value: 'Patched' }]);
    assert.deepEqual([patched.id, patched.name?.[0]?.family], [made.id, 'Patched']);
    await assert.rejects(conditional.update(patient('Stale'), criteria, { ifMatch: '1' }), (error) => isCareError(error, 'conflict'));
    await conditional.delete('Patient', criteria);
    await assert.rejects(client.read('Patient', made.id!), (error) => isCareError(error, 'gone'));
    await conditional.delete('Patient', criteria); // none is left: nothing happens
    await assert.rejects(conditional.patch('Patient', criteria, []), (error) => isCareError(error, 'not-found'));
  });

  test('change nothing where several match', async () => {
    const client = new CareClient({ backend: createEmbeddedBackend() });
    await client.create(patient('One'));
    await client.create(patient('Two'));
    const conditional = await client.conditional();
    for (const work of [
      () => conditional.update(patient('X'), criteria),
      () => conditional.delete('Patient', criteria),
      () => conditional.patch('Patient', criteria, []),
    ])
      await assert.rejects(work(), (error) => isCareError(error, 'precondition'));
    assert.equal((await client.search('Patient', criteria).all()).items.length, 2);
  });

  test('go out as the standard has them, and strict about parameters', async () => {
    const { backend, seen } = stub(({ path }) =>
      path === 'metadata'
        ? capabilityStatement([], [{ type: 'Patient', conditionalUpdate: true, conditionalDelete: 'single' }])
        : json({ ...patient('S'), id: 'p1' }, 200, { ETag: 'W/"7"' }),
    );
    const conditional = await new CareClient({ backend }).conditional();
    const saved = await conditional.update(patient('S'), { identifier: 'urn:s|a b&c', active: true });
    await conditional.patch('Patient', 'Patient?identifier=urn:s%7C1', []);
    await conditional.delete('Patient', criteria);
    assert.deepEqual([saved.id, saved.meta?.versionId], ['p1', '7']);
    const writes = seen.filter(({ method }) => method !== 'GET');
    assert.deepEqual(
      writes.map(({ method, path }) => `${method} ${path}`),
      [
        'PUT Patient?identifier=urn%3As%7Ca+b%26c&active=true',
        'PATCH Patient?identifier=urn:s%7C1',
        'DELETE Patient?identifier=urn%3As%7C1',
      ],
    );
    for (const { headers } of writes) {
      assert.match(headers.get('Prefer') ?? '', /handling=strict/);
      assert.equal(headers.get('If-Match'), null);
    }
  });

  test('whose condition filters nothing are refused before anything is sent', async () => {
    const { backend, seen } = stub(() => capabilityStatement());
    const client = new CareClient({ backend });
    const conditional = await client.conditional();
    for (const nothing of [
      '',
      'Patient?',
      '_sort=name',
      'identifier=',
      'identifier=a&active=',
      {},
      { identifier: undefined },
      { identifier: '' },
      { _count: 1 },
    ])
      for (const work of [
        () => conditional.delete('Patient', nothing),
        () => conditional.update(patient('X'), nothing),
        () => conditional.patch('Patient', nothing, []),
      ])
        await assert.rejects(work(), (error) => isCareError(error, 'validation'), JSON.stringify(nothing));
    await assert.rejects(client.create(patient('X'), { ifNoneExist: 'identifier=' }), (error) => isCareError(error, 'validation'));
    assert.deepEqual(
      seen.filter(({ method }) => method !== 'GET'),
      [],
    );
  });

  test('criteria in URL form', () => {
    assert.equal(criteriaText('a=b|c'), 'a=b|c');
    assert.equal(criteriaText({ a: ['1', 2], b: undefined, c: 'x,y' }), 'a=1&a=2&c=x%2Cy');
  });

  test('that delete all that match on some server are made one by one', async () => {
    const rows = ['a', 'b'];
    const { backend, seen } = stub(({ method, path }) => {
      if (path === 'metadata') return capabilityStatement([], [{ type: 'Patient', conditionalDelete: 'multiple' }]);
      if (method === 'GET' || path.includes('_search'))
        return {
          resourceType: 'Bundle',
          type: 'searchset',
          entry: rows.map((id) => ({ resource: { ...patient('X'), id, meta: { versionId: '1' } }, search: { mode: 'match' } })),
        };
      return new Response(null, { status: 204 });
    });
    const conditional = await new CareClient({ backend }).conditional();
    await assert.rejects(conditional.delete('Patient', criteria), (error) => isCareError(error, 'precondition'));
    assert.deepEqual(
      seen.filter(({ method }) => method === 'DELETE'),
      [],
    );
    rows.pop();
    await conditional.delete('Patient', criteria);
    assert.deepEqual(
      seen.filter(({ method }) => method === 'DELETE').map(({ path, headers }) => [path, headers.get('If-Match')]),
      [['Patient/a', 'W/"1"']],
    );
  });
});
