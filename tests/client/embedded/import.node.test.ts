import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { createEmbeddedBackend } from '../../../src/client/backends/embedded/index.js';
import { parseJson, stringify } from '../../../src/models/fhir/json.js';
import { casesDir } from '../../support/cases.js';
import { matches, observation, patient, Server, type Loose } from './server.js';

const bundle = (type: string, ...entry: Loose[]): string => JSON.stringify({ resourceType: 'Bundle', type, entry });
const URN = 'urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a';

describe('import', () => {
  test('takes resources, lists, NDJSON and Bundles of any kind, in texts or parsed', async () => {
    const s = new Server();
    const { stored, invalid, skipped } = await s.backend.import(
      JSON.stringify(patient('a')),
      `${JSON.stringify(patient('b'))}\n\n${JSON.stringify(patient('c'))}\r\n`,
      bundle('document', { fullUrl: 'urn:uuid:1', resource: patient('d') }),
      bundle('collection', { resource: patient('e') }),
      bundle('transaction', { resource: patient('f'), request: { method: 'POST', url: 'Patient' } }),
      bundle(
        'searchset',
        { resource: patient('g'), search: { mode: 'match' } },
        { resource: { resourceType: 'OperationOutcome' }, search: { mode: 'outcome' } },
      ),
      bundle('collection', { resource: { resourceType: 'Bundle', type: 'collection', entry: [{ resource: patient('h') }] } }),
      patient('i'),
      [patient('j'), patient('k')],
      {
        resourceType: 'Parameters',
        parameter: [
          { name: 'x', resource: patient('l') },
          { name: 'y', part: [{ name: 'z', resource: patient('m') }] },
        ],
      },
    );
    assert.deepEqual([stored, invalid, skipped], [13, [], []]);
    assert.deepEqual((await s.ids('Patient?_sort=_id')).join(''), 'abcdefghijklm');
  });

  test('stores what is invalid as it stands, lists it, and marks it where it is served, not in its text', async () => {
    const s = new Server();
    const text = '{"resourceType":"Observation","id":"o","status":"nonsense","valueQuantity":{"value":1.00},"shoe":43}';
    const { stored, invalid } = await s.backend.import(text);
    assert.equal(stored, 1);
    assert.deepEqual(
      invalid.map(({ type, id, issues }) => [type, id, issues.map(({ path }) => path).sort()]),
      [['Observation', 'o', ['Observation.code', 'Observation.status']]],
    );
    const kept = s.backend.store.get('Observation', 'o')!.versions[0]!.text!;
    assert.match(kept, /"value":1\.00/);
    assert.doesNotMatch(kept, /urn:carelet:import/);
    const { body, text: served } = await s.get('Observation/o');
    assert.deepEqual([body.status, body.shoe], ['nonsense', 43]);
    assert.match(served, /"value":1\.00/);
    assert.equal(body.meta.tag[0].system, 'urn:carelet:import');
    assert.deepEqual(await s.ids('Observation?_tag=urn:carelet:import|invalid'), ['o']);
  });

  test('the mark goes when the record was put right, and can not be brought in', async () => {
    const s = new Server();
    await s.backend.import('{"resourceType":"Patient","id":"p","gender":"x"}');
    const { body } = await s.get('Patient/p');
    assert.equal((await s.put('Patient/p', body)).status, 422);
    const saved = await s.put('Patient/p', { ...body, gender: 'male' });
    assert.deepEqual([saved.status, saved.body.meta.tag], [200, undefined]);
    assert.deepEqual(await s.ids('Patient?_tag=urn:carelet:import|invalid'), []);
  });

  test('what can not be stored is skipped with a reason, and the rest is stored', async () => {
    const s = new Server();
    const { stored, skipped } = await s.backend.import(
      'not json',
      `${JSON.stringify(patient('a'))}\n{"resourceType":\n${JSON.stringify(patient('b'))}`,
      '{"resourceType":"Shoe","id":"s"}',
      '{"foo":1}',
      bundle('collection', { resource: { id: 'x' } }, { resource: patient('c') }),
    );
    assert.equal(stored, 3);
    assert.deepEqual(skipped.map(({ source, place }) => [source, place.trim()]).sort(), [
      [0, ''],
      [1, 'line 2'],
      [2, ''],
      [3, ''],
      [4, 'Bundle.entry[0].resource'],
    ]);
    for (const { reason } of skipped) assert.ok(reason.length > 10);
  });

  test('keeps ids that are valid, makes others, and references follow', async () => {
    const s = new Server();
    await s.backend.import(
      bundle(
        'collection',
        { fullUrl: URN, resource: patient() },
        { fullUrl: 'urn:uuid:2', resource: patient('not_valid') },
        {
          resource: observation('o', {
            subject: { reference: URN },
            performer: [{ reference: 'urn:uuid:2' }, { reference: 'Patient/not_valid' }],
            focus: [{ reference: 'urn:uuid:none' }],
          }),
        },
      ),
    );
    const { body } = await s.get('Observation/o');
    assert.equal(body.subject.reference, 'Patient/61ebe359-bfdc-4613-8bf2-c5e300945f0a');
    assert.match(body.performer[0].reference, /^Patient\/n\d+$/);
    assert.equal(body.performer[1].reference, body.performer[0].reference);
    assert.equal(body.focus[0].reference, 'urn:uuid:none');
  });

  test('absolute and relative references within a server’s bundle become local', async () => {
    const s = new Server();
    const base = 'http://a.test/fhir';
    await s.backend.import(
      bundle(
        'searchset',
        { fullUrl: `${base}/Patient/1`, resource: patient('1') },
        {
          fullUrl: `${base}/Observation/2`,
          resource: observation('2', {
            subject: { reference: 'Patient/1' },
            performer: [{ reference: `${base}/Patient/1` }],
            focus: [{ reference: 'http://b.test/fhir/Patient/1' }],
          }),
        },
      ),
    );
    const { body } = await s.get('Observation/2');
    assert.deepEqual(
      [body.subject.reference, body.performer[0].reference, body.focus[0].reference],
      ['Patient/1', 'Patient/1', 'http://b.test/fhir/Patient/1'],
    );
  });

  test('the same id from two servers stays two records, each with its own references', async () => {
    const s = new Server();
    const from = (base: string, family: string): string =>
      bundle(
        'searchset',
        { fullUrl: `${base}/Patient/1`, resource: patient('1', { name: [{ family }] }) },
        { fullUrl: `${base}/Observation/${family}`, resource: observation(family, { subject: { reference: 'Patient/1' } }) },
      );
    await s.backend.import(from('http://a.test', 'A'));
    await s.backend.import(from('http://b.test', 'B'));
    for (const family of ['A', 'B']) {
      const [row] = matches((await s.get(`Patient?_has:Observation:patient:_id=${family}`)).body);
      assert.equal(row.name[0].family, family);
    }
    assert.equal((await s.get('Patient')).body.total, 2);
  });

  test('the same for files of two folders; within one folder an id means one record', async () => {
    const s = new Server();
    const file = (from: string, resource: Loose): { text: string; from: string } => ({ from, text: JSON.stringify(resource) });
    await s.backend.import(
      file('x', patient('1', { gender: 'male' })),
      file('x', observation('o', { subject: { reference: 'Patient/1' } })),
      file('y', patient('1', { gender: 'female' })),
      file('y', observation('o', { subject: { reference: 'Patient/1' } })),
    );
    assert.equal((await s.get('Patient')).body.total, 2);
    for (const gender of ['male', 'female']) assert.equal((await s.get(`Observation?patient.gender=${gender}`)).body.total, 1);
    const again = await s.backend.import(file('y', patient('1', { gender: 'female' })));
    assert.deepEqual([again.stored, again.unchanged], [0, 1]);
  });

  test('what is there already with the same content makes no new version; with other content it does', async () => {
    const s = new Server();
    const text = JSON.stringify({ ...patient('p', { gender: 'male' }), meta: { versionId: '77', lastUpdated: '2001-01-01T00:00:00Z' } });
    await s.backend.import(text);
    assert.deepEqual(await s.backend.import(text).then(({ stored, unchanged }) => [stored, unchanged]), [0, 1]);
    await s.backend.import(text.replace('male', 'female'));
    assert.equal((await s.get('Patient/p')).body.meta.versionId, '2');
  });

  test('of a history the newest version counts, and what was deleted stays away', async () => {
    const s = new Server();
    const url = 'http://a.test/Patient/';
    await s.backend.import(
      bundle(
        'history',
        { fullUrl: `${url}1`, resource: patient('1', { gender: 'female' }) },
        { fullUrl: `${url}2`, request: { method: 'DELETE', url: 'Patient/2' } },
        { fullUrl: `${url}1`, resource: patient('1', { gender: 'male' }) },
        { fullUrl: `${url}2`, resource: patient('2') },
      ),
    );
    assert.deepEqual(
      (await s.get('Patient')).body.entry.map((entry: Loose) => [entry.resource.id, entry.resource.gender]),
      [['1', 'female']],
    );
  });

  test('a reference by query becomes the match, whichever comes first, and stays where there is none', async () => {
    const s = new Server();
    const { invalid } = await s.backend.import(
      JSON.stringify(
        observation('o', {
          performer: [{ reference: 'Practitioner?identifier=urn:npi|1' }],
          subject: { reference: 'Patient?identifier=none' },
        }),
      ),
      JSON.stringify({ resourceType: 'Practitioner', id: 'd', identifier: [{ system: 'urn:npi', value: '1' }] }),
    );
    const { body } = await s.get('Observation/o');
    assert.deepEqual([body.performer[0].reference, body.subject.reference], ['Practitioner/d', 'Patient?identifier=none']);
    assert.ok(Array.isArray(invalid));
  });

  test('records to start with are in before the first answer', async () => {
    const backend = createEmbeddedBackend({ data: [JSON.stringify(patient('p'))] });
    assert.equal((await backend.fetch('Patient/p')).status, 200);
  });
});

/** JSON files below a folder of the cases. */
function files(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(dir, entry.name)) : entry.name.endsWith('.json') ? [join(dir, entry.name)] : [],
  );
}

function resourcesOf(value: Loose): Loose[] {
  if (value?.resourceType !== 'Bundle') return value?.resourceType ? [value] : [];
  return (value.entry ?? []).flatMap((entry: Loose) => (entry.resource ? resourcesOf(entry.resource) : []));
}

/** The content without identity and without references, which the import may rewrite. */
const content = (resource: Loose): string =>
  stringify(resource, 0)
    .replace(/"meta":\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\},?/, '')
    .replace(/"id":"[^"]*",?/, '')
    .replace(/"(reference|url|fullUrl)":"[^"]*"/g, '')
    .replace(/(href|src)=\\"[^"]*\\"/g, '');

describe('import of real records', { skip: casesDir() ? false : 'the shared cases are not there' }, () => {
  for (const folder of casesDir()
    ? readdirSync(join(casesDir()!, 'patients'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
    : [])
    test(`${folder.name}: all comes in, to the character of each number, and every patient's chart opens`, async () => {
      const paths = files(join(casesDir()!, 'patients', folder.name));
      const texts = paths.map((path) => readFileSync(path, 'utf8'));
      const backend = createEmbeddedBackend({ baseUrl: 'http://server.test/fhir' });
      const result = await backend.import(...texts.map((text) => ({ text, from: folder.name })));
      const given = texts.flatMap((text) => resourcesOf(parseJson(text)));
      assert.deepEqual(
        result.skipped.filter(({ reason }) => !reason.startsWith('Parameters')),
        [],
      );
      const stored = new Map<string, number>();
      for (const { versions } of backend.store.rows)
        for (const { text } of versions) {
          const key = content(parseJson(text!));
          stored.set(key, (stored.get(key) ?? 0) + 1);
        }
      const missing = given.filter((resource) => resource.resourceType !== 'Parameters' && !stored.has(content(resource)));
      assert.deepEqual(
        missing.map(({ resourceType, id }) => `${resourceType}/${id}`),
        [],
      );
      for (const row of backend.store.live('Patient')) {
        const { id } = backend.store.rowsOf('Patient')[row]!;
        const response = await backend.fetch(`Patient/${id}/$everything`);
        assert.equal(response.status, 200);
        assert.ok(((await response.json()) as Loose).total >= 1);
      }
    });
});
