// R4's rules for batch and transaction (http.html), and what happens at the same time.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { batch, isOutcome, observation, patient, Server, transaction, type Answer, type Loose } from './server.js';

const URN = 'urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a';
const URN2 = 'urn:uuid:88f151c0-a954-468a-88bd-5ae15c08e059';
const post = (resource: Loose, rest: Loose = {}): Loose => ({ resource, request: { method: 'POST', url: resource.resourceType, ...rest } });
const put = (resource: Loose, rest: Loose = {}): Loose => ({
  resource,
  request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}`, ...rest },
});
const statuses = (answer: Answer): string[] => answer.body.entry.map((entry: Loose) => entry.response.status.slice(0, 3));

/** Sends a transaction that must fail, and sees that nothing at all came of it. */
async function failsWhole(s: Server, bundle: Loose, status: number, code: string): Promise<Answer> {
  const before = await s.everything();
  const answer = await s.post('', bundle);
  assert.equal(answer.status, status, answer.text);
  isOutcome(answer);
  assert.equal(answer.body.issue[0].code, code, answer.text);
  assert.equal(await s.everything(), before);
  return answer;
}

const ROWS: [rule: string, check: (server: Server) => Promise<void>][] = [
  [
    'transaction: transaction-response with an entry for each, in order, with status, location, etag and lastModified',
    async (s) => {
      await s.load(patient('p'));
      const answer = await s.post(
        '',
        transaction(
          post(patient()),
          put(patient('p', { active: true })),
          { request: { method: 'GET', url: 'Patient/p' } },
          { request: { method: 'DELETE', url: 'Basic/none' } },
        ),
      );
      assert.deepEqual([answer.status, answer.body.type, statuses(answer)], [200, 'transaction-response', ['201', '200', '200', '204']]);
      const [created, updated, read] = answer.body.entry;
      assert.equal(created.response.location, `http://server.test/fhir/Patient/${created.resource.id}/_history/1`);
      assert.deepEqual([updated.response.etag, updated.response.lastModified], ['W/"2"', updated.resource.meta.lastUpdated]);
      // The read comes after the writes.
      assert.equal(read.resource.active, true);
    },
  ],
  [
    'transaction and batch: lastModified to the millisecond',
    async (s) => {
      s.time += 123;
      for (const bundle of [transaction(post(patient())), batch(post(patient()))]) {
        const [entry] = (await s.post('', bundle)).body.entry;
        assert.match(entry.response.lastModified, /\.123Z$/);
        assert.equal(entry.response.lastModified, entry.resource.meta.lastUpdated);
      }
    },
  ],
  [
    'transaction: return=minimal leaves the resources out',
    async (s) =>
      assert.equal((await s.post('', transaction(post(patient())), { Prefer: 'return=minimal' })).body.entry[0].resource, undefined),
  ],
  ['transaction: an empty one is fine', async (s) => assert.equal((await s.post('', transaction())).body.type, 'transaction-response')],
  [
    'transaction: references by urn:uuid lead to the new ids, whichever way they point',
    async (s) => {
      const { body } = await s.post(
        '',
        transaction(
          { ...post(observation('x', { subject: { reference: URN } })), fullUrl: URN2 },
          { ...post(patient(undefined, { link: [{ other: { reference: URN }, type: 'seealso' }] })), fullUrl: URN },
          post({
            resourceType: 'Provenance',
            recorded: '2026-01-01T00:00:00Z',
            agent: [{ who: { reference: URN } }],
            target: [{ reference: URN }, { reference: URN2 }],
            policy: [URN2],
          }),
        ),
      );
      const [first, second, third] = body.entry.map((entry: Loose) => entry.resource);
      assert.equal(first.subject.reference, `Patient/${second.id}`);
      assert.equal(second.link[0].other.reference, `Patient/${second.id}`);
      assert.deepEqual(third.target, [{ reference: `Patient/${second.id}` }, { reference: `Observation/${first.id}` }]);
      assert.deepEqual(third.policy, [`Observation/${first.id}`]);
      assert.deepEqual(await s.ids(`Observation?subject=Patient/${second.id}`), [first.id]);
    },
  ],
  [
    'transaction: links in urls and in the narrative are rewritten, the same text in strings, identifiers and canonicals is not',
    async (s) => {
      const resource = {
        resourceType: 'DocumentReference',
        status: 'current',
        text: {
          status: 'generated',
          div: `<div xmlns="http://www.w3.org/1999/xhtml"><p>${URN}</p><a href="${URN}#part">x</a><img src="${URN}" alt=""/></div>`,
        },
        identifier: [{ system: 'urn:ietf:rfc:3986', value: URN }],
        description: URN,
        content: [{ attachment: { url: URN } }],
        extension: [
          { url: 'urn:x', valueUri: URN },
          { url: 'urn:y', valueString: URN },
          { url: 'urn:z', valueCanonical: URN },
        ],
      };
      const { body } = await s.post(
        '',
        transaction({ ...post({ resourceType: 'Binary', contentType: 'text/plain' }), fullUrl: URN }, post(resource)),
      );
      const target = `Binary/${body.entry[0].resource.id}`;
      const stored = body.entry[1].resource;
      assert.equal(stored.content[0].attachment.url, target);
      assert.equal(
        stored.text.div,
        `<div xmlns="http://www.w3.org/1999/xhtml"><p>${URN}</p><a href="${target}#part">x</a><img src="${target}" alt=""/></div>`,
      );
      assert.deepEqual(stored.extension, [
        { url: 'urn:x', valueUri: target },
        { url: 'urn:y', valueString: URN },
        { url: 'urn:z', valueCanonical: URN },
      ]);
      assert.deepEqual([stored.description, stored.identifier[0].value], [URN, URN]);
    },
  ],
  [
    'transaction: relative references are read by the fullUrl of the entry they stand in',
    async (s) => {
      const base = 'http://elsewhere.test/fhir';
      const { body } = await s.post(
        '',
        transaction(
          { ...post(patient('7')), fullUrl: `${base}/Patient/7` },
          { ...post(observation('8', { subject: { reference: 'Patient/7' } })), fullUrl: `${base}/Observation/8` },
          post(observation('9', { subject: { reference: `${base}/Patient/7` } })),
        ),
      );
      const id = body.entry[0].resource.id;
      assert.notEqual(id, '7');
      assert.equal(body.entry[1].resource.subject.reference, `Patient/${id}`);
      assert.equal(body.entry[2].resource.subject.reference, `Patient/${id}`);
    },
  ],
  [
    'transaction: a conditional reference becomes the one match, also one that the same transaction makes',
    async (s) => {
      await s.load({ resourceType: 'Practitioner', id: 'd', identifier: [{ system: 'urn:npi', value: '1' }] });
      const { body } = await s.post(
        '',
        transaction(
          post(
            observation('x', {
              performer: [{ reference: 'Practitioner?identifier=urn:npi|1' }],
              subject: { reference: 'Patient?identifier=urn:mrn|2' },
            }),
          ),
          post(patient(undefined, { identifier: [{ system: 'urn:mrn', value: '2' }] })),
        ),
      );
      assert.equal(body.entry[0].resource.performer[0].reference, 'Practitioner/d');
      assert.equal(body.entry[0].resource.subject.reference, `Patient/${body.entry[1].resource.id}`);
    },
  ],
  [
    'transaction: ifNoneExist that matches writes nothing, and references go to the match',
    async (s) => {
      await s.load(patient('p', { identifier: [{ value: '1' }] }));
      const answer = await s.post(
        '',
        transaction(
          { ...post(patient(undefined, { identifier: [{ value: '1' }] }), { ifNoneExist: 'identifier=1' }), fullUrl: URN },
          post(observation('x', { subject: { reference: URN } })),
        ),
      );
      assert.deepEqual(statuses(answer), ['200', '201']);
      assert.equal(answer.body.entry[1].resource.subject.reference, 'Patient/p');
      assert.equal((await s.get('Patient')).body.total, 1);
    },
  ],
  [
    'transaction: the same ifNoneExist twice makes one',
    async (s) => {
      const entry = (): Loose => post(patient(undefined, { identifier: [{ value: '1' }] }), { ifNoneExist: 'identifier=1' });
      const answer = await s.post('', transaction({ ...entry(), fullUrl: URN }, { ...entry(), fullUrl: URN2 }));
      assert.deepEqual(statuses(answer), ['201', '200']);
      assert.equal((await s.get('Patient')).body.total, 1);
    },
  ],
  [
    'transaction: conditional update and delete, and both patches',
    async (s) => {
      await s.load(
        patient('a', { identifier: [{ value: '1' }] }),
        patient('b', { identifier: [{ value: '2' }] }),
        patient('c'),
        patient('d'),
      );
      const binary = {
        resourceType: 'Binary',
        contentType: 'application/json-patch+json',
        data: Buffer.from('[{"op":"add","path":"/active","value":true}]').toString('base64'),
      };
      const parameters = {
        resourceType: 'Parameters',
        parameter: [
          {
            name: 'operation',
            part: [
              { name: 'type', valueCode: 'add' },
              { name: 'path', valueString: 'Patient' },
              { name: 'name', valueString: 'gender' },
              { name: 'value', valueCode: 'male' },
            ],
          },
        ],
      };
      const answer = await s.post(
        '',
        transaction(
          {
            resource: patient(undefined, { identifier: [{ value: '1' }], active: true }),
            request: { method: 'PUT', url: 'Patient?identifier=1' },
          },
          { request: { method: 'DELETE', url: 'Patient?identifier=2' } },
          { resource: binary, request: { method: 'PATCH', url: 'Patient/c' } },
          { resource: parameters, request: { method: 'PATCH', url: 'Patient/d' } },
        ),
      );
      assert.deepEqual(statuses(answer), ['200', '204', '200', '200']);
      assert.deepEqual(
        await Promise.all(
          ['a', 'b', 'c', 'd'].map(async (id) => {
            const { status, body } = await s.get(`Patient/${id}`);
            return [status, body.active, body.gender];
          }),
        ),
        [
          [200, true, undefined],
          [410, undefined, undefined],
          [200, true, undefined],
          [200, undefined, 'male'],
        ],
      );
    },
  ],
  [
    'transaction: deletes come first, so a condition does not see what goes',
    async (s) => {
      await s.load(patient('old', { identifier: [{ value: '1' }] }));
      const answer = await s.post(
        '',
        transaction(post(patient(undefined, { identifier: [{ value: '1' }] }), { ifNoneExist: 'identifier=1' }), {
          request: { method: 'DELETE', url: 'Patient/old' },
        }),
      );
      assert.deepEqual(statuses(answer), ['201', '204']);
    },
  ],
  [
    'transaction: a search in it sees what it wrote',
    async (s) => {
      const answer = await s.post(
        '',
        transaction(
          { request: { method: 'GET', url: 'Patient?gender=male&_summary=count' } },
          post(patient(undefined, { gender: 'male' })),
        ),
      );
      assert.equal(answer.body.entry[0].resource.total, 1);
    },
  ],
  [
    'rollback: a stale ifMatch is 412 and takes everything back, ids, versions, indexes and history',
    async (s) => {
      await s.load(patient('p', { gender: 'male' }), patient('p', { gender: 'female' }), patient('gone'));
      await failsWhole(
        s,
        transaction(
          { ...post(patient('n', { gender: 'other' })), fullUrl: URN },
          { request: { method: 'DELETE', url: 'Patient/gone' } },
          put(patient('p', { gender: 'unknown' }), { ifMatch: 'W/"1"' }),
        ),
        412,
        'conflict',
      );
      assert.deepEqual(await s.ids('Patient?gender=female'), ['p']);
      assert.deepEqual(await s.ids('Patient?gender=other,unknown'), []);
      assert.deepEqual(await s.ids('Patient?_sort=_id'), ['gone', 'p']);
      assert.equal((await s.put('Patient/p', patient('p'), { 'If-Match': 'W/"2"' })).headers.get('ETag'), 'W/"3"');
    },
  ],
  [
    'rollback: an invalid resource is 422, with its place in the bundle',
    async (s) => {
      const { body } = await failsWhole(
        s,
        transaction(post(patient()), post(patient(undefined, { name: [{ given: 'Ada' }] }))),
        422,
        'structure',
      );
      assert.deepEqual(body.issue[0].expression, ['Bundle.entry[1].resource.name[0].given']);
    },
  ],
  [
    'rollback: a patch that fails',
    async (s) => {
      await s.load(patient('p'));
      const binary = {
        resourceType: 'Binary',
        contentType: 'application/json-patch+json',
        data: btoa('[{"op":"test","path":"/active","value":true}]'),
      };
      await failsWhole(
        s,
        transaction(post(patient()), { resource: binary, request: { method: 'PATCH', url: 'Patient/p' } }),
        422,
        'processing',
      );
    },
  ],
  [
    'rollback: a patch whose result is not valid',
    async (s) => {
      await s.load(patient('p'));
      const binary = {
        resourceType: 'Binary',
        contentType: 'application/json-patch+json',
        data: btoa('[{"op":"add","path":"/gender","value":"x"}]'),
      };
      await failsWhole(
        s,
        transaction(post(patient()), { resource: binary, request: { method: 'PATCH', url: 'Patient/p' } }),
        422,
        'code-invalid',
      );
    },
  ],
  [
    'rollback: a conditional reference that matches nothing, or several',
    async (s) => {
      await s.load(patient('a', { gender: 'male' }), patient('b', { gender: 'male' }));
      await failsWhole(
        s,
        transaction(post(patient()), post(observation('x', { subject: { reference: 'Patient?identifier=none' } }))),
        412,
        'not-found',
      );
      await failsWhole(
        s,
        transaction(post(patient()), post(observation('x', { subject: { reference: 'Patient?gender=male' } }))),
        412,
        'multiple-matches',
      );
    },
  ],
  [
    'rollback: a reference by urn that leads to no entry',
    async (s) =>
      void (await failsWhole(s, transaction(post(patient()), post(observation('x', { subject: { reference: URN } }))), 400, 'not-found')),
  ],
  [
    'rollback: a read of what is not there',
    async (s) =>
      void (await failsWhole(s, transaction(post(patient()), { request: { method: 'GET', url: 'Patient/none' } }), 404, 'not-found')),
  ],
  [
    'rollback: a search that makes no sense',
    async (s) =>
      void (await failsWhole(s, transaction(post(patient()), { request: { method: 'GET', url: 'Patient?birthdate=soon' } }), 400, 'value')),
  ],
  [
    'transaction: two entries for one resource are 400',
    async (s) => {
      await s.load(patient('p'));
      await failsWhole(s, transaction(put(patient('p')), { request: { method: 'DELETE', url: 'Patient/p' } }), 400, 'duplicate');
      await failsWhole(s, transaction(put(patient('q')), put(patient('q'))), 400, 'duplicate');
    },
  ],
  [
    'transaction: one fullUrl twice is 400',
    async (s) =>
      void (await failsWhole(s, transaction({ ...post(patient()), fullUrl: URN }, { ...post(patient()), fullUrl: URN }), 400, 'duplicate')),
  ],
  [
    'transaction: an entry without a request, or with one that is none, is 400',
    async (s) => {
      await failsWhole(s, transaction({ resource: patient() }), 400, 'required');
      await failsWhole(s, transaction({ request: { method: 'FETCH', url: 'Patient' } }), 400, 'value');
      await failsWhole(s, transaction({ request: { method: 'POST', url: 'Patient' } }), 400, 'required');
      const { body } = await failsWhole(s, transaction({ resource: patient(), request: { method: 'POST', url: 'Basic' } }), 400, 'invalid');
      assert.deepEqual(body.issue[0].expression, ['Bundle.entry[0].resource.resourceType']);
      await failsWhole(s, transaction(post(patient()), { request: { method: 'GET', url: 'Patient/$everything' } }), 400, 'not-supported');
      await failsWhole(
        s,
        transaction({ resource: patient(), request: { method: 'POST', url: 'http://elsewhere.test/Patient' } }),
        400,
        'invalid',
      );
    },
  ],
  [
    'any other Bundle sent to the base is 400',
    async (s) => {
      assert.equal((await s.post('', { resourceType: 'Bundle', type: 'collection' })).status, 400);
      assert.equal((await s.post('', patient())).status, 400);
    },
  ],
  [
    'batch: entries stand alone, each with its own outcome',
    async (s) => {
      await s.load(patient('p'));
      const answer = await s.post(
        '',
        batch(
          post(patient()),
          post(patient(undefined, { gender: 'x' })),
          { request: { method: 'GET', url: 'Patient/none' } },
          put(patient('p'), { ifMatch: 'W/"9"' }),
          { request: { method: 'GET', url: 'Patient?_count=1' } },
          {},
        ),
      );
      assert.deepEqual([answer.body.type, statuses(answer)], ['batch-response', ['201', '422', '404', '412', '200', '400']]);
      for (const i of [1, 2, 3, 5]) assert.equal(answer.body.entry[i].response.outcome.resourceType, 'OperationOutcome');
      assert.equal(answer.body.entry[4].resource.type, 'searchset');
      assert.equal((await s.get('Patient')).body.total, 2);
    },
  ],
  [
    'batch: operations, histories and conditional reads in entries',
    async (s) => {
      await s.load(patient('p'));
      const answer = await s.post(
        '',
        batch(
          { request: { method: 'GET', url: 'Patient/p/$everything' } },
          { request: { method: 'GET', url: 'Patient/p/_history' } },
          { request: { method: 'GET', url: 'Patient/p', ifNoneMatch: 'W/"1"' } },
        ),
      );
      assert.deepEqual(statuses(answer), ['200', '200', '304']);
    },
  ],
];

const RACES: [rule: string, check: (server: Server) => Promise<void>][] = [
  [
    'sixteen conditional creates at once make one',
    async (s) => {
      const answers = await Promise.all(
        Array.from({ length: 16 }, () =>
          s.post('Patient', patient(undefined, { identifier: [{ value: '1' }] }), { 'If-None-Exist': 'identifier=1' }),
        ),
      );
      assert.deepEqual(answers.map(({ status }) => status).sort(), [...Array<number>(15).fill(200), 201]);
      assert.equal(new Set(answers.map(({ body }) => body.id)).size, 1);
      assert.equal((await s.get('Patient')).body.total, 1);
    },
  ],
  [
    'of twelve updates of one version one wins, the others are 412',
    async (s) => {
      await s.load(patient('p'));
      const answers = await Promise.all(Array.from({ length: 12 }, () => s.put('Patient/p', patient('p'), { 'If-Match': 'W/"1"' })));
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array<number>(11).fill(412)]);
      assert.equal((await s.get('Patient/p/_history')).body.total, 2);
    },
  ],
  [
    'of twelve patches of one version one wins; without If-Match all are applied one after the other',
    async (s) => {
      await s.load(patient('p', { name: [{ family: 'A' }] }));
      const send = (n: number, headers: Record<string, string> = {}): Promise<Answer> =>
        s.ask('PATCH', 'Patient/p', {
          body: JSON.stringify([{ op: 'add', path: '/name/-', value: { family: `F${n}` } }]),
          headers: { 'Content-Type': 'application/json-patch+json', ...headers },
        });
      const guarded = await Promise.all(Array.from({ length: 12 }, (_, n) => send(n, { 'If-Match': 'W/"1"' })));
      assert.deepEqual(guarded.map(({ status }) => status).sort(), [200, ...Array<number>(11).fill(412)]);
      const free = await Promise.all(Array.from({ length: 12 }, (_, n) => send(100 + n)));
      assert.ok(free.every(({ status }) => status === 200));
      const { body } = await s.get('Patient/p');
      assert.equal(body.name.length, 14);
      assert.equal(body.meta.versionId, '14');
    },
  ],
  [
    'twelve conditional updates of what is not there make one',
    async (s) => {
      await Promise.all(
        Array.from({ length: 12 }, () => s.put('Patient?identifier=1', patient(undefined, { identifier: [{ value: '1' }] }))),
      );
      assert.equal((await s.get('Patient')).body.total, 1);
    },
  ],
  [
    'eight transactions with the same ifNoneExist make one',
    async (s) => {
      const bundle = transaction(
        { ...post(patient(undefined, { identifier: [{ value: '1' }] }), { ifNoneExist: 'identifier=1' }), fullUrl: URN },
        post(observation('x', { subject: { reference: URN } })),
      );
      const answers = await Promise.all(Array.from({ length: 8 }, () => s.post('', bundle)));
      assert.ok(answers.every(({ status }) => status === 200));
      assert.equal((await s.get('Patient')).body.total, 1);
      const [id] = await s.ids('Patient');
      assert.equal((await s.get(`Observation?subject=Patient/${id}`)).body.total, 8);
    },
  ],
  [
    'a transaction that fails leaves no trace in one that runs beside it',
    async (s) => {
      const bad = transaction(post(patient(undefined, { gender: 'male' })), put(patient('p'), { ifMatch: 'W/"5"' }));
      const good = transaction(post(patient(undefined, { gender: 'female' })));
      const answers = await Promise.all([bad, good, bad, good, bad].map((bundle) => s.post('', bundle)));
      assert.deepEqual(
        answers.map(({ status }) => status),
        [412, 200, 412, 200, 412],
      );
      assert.deepEqual(
        [
          (await s.get('Patient?gender=male')).body.total,
          (await s.get('Patient?gender=female')).body.total,
          (await s.get('_history')).body.total,
        ],
        [0, 2, 2],
      );
    },
  ],
];

describe('REST rules: batch and transaction', () => {
  for (const [rule, check] of ROWS) test(rule, () => check(new Server()));
});
describe('REST rules: at the same time', () => {
  for (const [rule, check] of RACES) test(rule, () => check(new Server()));
});
