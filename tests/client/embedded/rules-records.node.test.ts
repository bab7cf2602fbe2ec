// R4's REST rules for single records (http.html), one row a rule. With rules-searches and rules-bundles these are our list of checks.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isOutcome, patient, Server, type Loose } from './server.js';

const ROWS: [rule: string, check: (server: Server) => Promise<void>][] = [
  [
    'create: 201, the resource, a new id, version 1, Location absolute with the version, ETag, Last-Modified',
    async (s) => {
      const { status, headers, body } = await s.post('Patient', patient('mine', { active: true }));
      assert.equal(status, 201);
      assert.notEqual(body.id, 'mine');
      assert.equal(body.active, true);
      assert.equal(body.meta.versionId, '1');
      assert.equal(headers.get('Location'), `http://server.test/fhir/Patient/${body.id}/_history/1`);
      assert.equal(headers.get('ETag'), 'W/"1"');
      assert.equal(new Date(headers.get('Last-Modified')!).getTime(), Math.floor(Date.parse(body.meta.lastUpdated) / 1000) * 1000);
    },
  ],
  [
    'create: a version and a time of update in the body are not taken over',
    async (s) => {
      const { body } = await s.post(
        'Patient',
        patient(undefined, { meta: { versionId: '9', lastUpdated: '2001-01-01T00:00:00Z', tag: [{ code: 'kept' }] } }),
      );
      assert.equal(body.meta.versionId, '1');
      assert.notEqual(body.meta.lastUpdated, '2001-01-01T00:00:00Z');
      assert.deepEqual(body.meta.tag, [{ code: 'kept' }]);
    },
  ],
  [
    'create: Prefer return=minimal answers no body, but where it is',
    async (s) => {
      const { status, headers, text } = await s.post('Patient', patient(), { Prefer: 'return=minimal' });
      assert.deepEqual([status, text], [201, '']);
      assert.ok(headers.get('Location'));
    },
  ],
  [
    'create: Prefer return=OperationOutcome answers one',
    async (s) => isOutcome(await s.post('Patient', patient(), { Prefer: 'return=OperationOutcome' })),
  ],
  ['create: text that is no JSON is 400', async (s) => refused(await s.post('Patient', '{"resourceType":"Patient"'), 400, 'structure')],
  ['create: a JSON that is no resource is 400', async (s) => refused(await s.post('Patient', '[1]'), 400, 'structure')],
  ['create: an empty body is 400', async (s) => refused(await s.post('Patient', ''), 400, 'structure')],
  [
    'create: a property twice is 400, since one of the two would be lost',
    async (s) => refused(await s.post('Patient', '{"resourceType":"Patient","active":true,"active":false}'), 400, 'structure'),
  ],
  [
    'create: another resource type than the URL says is 400',
    async (s) => refused(await s.post('Patient', { resourceType: 'Basic', code: { text: 'x' } }), 400, 'invalid'),
  ],
  [
    'create: a code outside a required binding is 422, with the element',
    async (s) => {
      const answer = await s.post('Patient', patient(undefined, { gender: 'martian' }));
      refused(answer, 422, 'code-invalid');
      assert.deepEqual(answer.body.issue[0].expression, ['Patient.gender']);
      assert.doesNotMatch(answer.text, /martian/);
    },
  ],
  [
    'create: a date that does not exist is 422',
    async (s) => refused(await s.post('Patient', patient(undefined, { birthDate: '1980-02-30' })), 422, 'value'),
  ],
  [
    'create: a missing mandatory element is 422',
    async (s) => refused(await s.post('Observation', { resourceType: 'Observation', status: 'final' }), 422, 'required'),
  ],
  [
    'create: nothing of what was refused is stored',
    async (s) => {
      await s.post('Patient', patient(undefined, { gender: 'martian' }));
      assert.equal((await s.get('Patient')).body.total, 0);
    },
  ],
  [
    'create: an unknown element is kept',
    async (s) => assert.equal((await s.post('Patient', patient(undefined, { shoeSize: 43 }))).body.shoeSize, 43),
  ],
  ['create: an unknown resource type is 404', async (s) => refused(await s.post('Shoe', { resourceType: 'Shoe' }), 404, 'not-supported')],
  [
    'create: Content-Type application/json is taken',
    async (s) => assert.equal((await s.post('Patient', patient(), { 'Content-Type': 'application/json; charset=utf-8' })).status, 201),
  ],
  [
    'create: any other Content-Type is 415',
    async (s) => refused(await s.post('Patient', patient(), { 'Content-Type': 'text/plain' }), 415, 'not-supported'),
  ],
  [
    'create: XML is 415',
    async (s) => refused(await s.post('Patient', '<Patient/>', { 'Content-Type': 'application/fhir+xml' }), 415, 'not-supported'),
  ],
  [
    'read: 200 with ETag and Last-Modified; every digit of a decimal as it came',
    async (s) => {
      await s.put(
        'Observation/o',
        '{"resourceType":"Observation","id":"o","status":"final","code":{"text":"x"},"valueQuantity":{"value":72.50}}',
      );
      const { status, headers, text } = await s.get('Observation/o');
      assert.equal(status, 200);
      assert.match(text, /"value":72\.50\}/);
      assert.equal(headers.get('ETag'), 'W/"1"');
      assert.ok(headers.get('Last-Modified'));
    },
  ],
  ['read: an id that is not there is 404', async (s) => refused(await s.get('Patient/none'), 404, 'not-found')],
  ['read: an unknown resource type is 404', async (s) => refused(await s.get('Shoe/1'), 404, 'not-supported')],
  [
    'read: If-None-Match with the current version is 304 without a body, with another one 200',
    async (s) => {
      await s.load(patient('p'));
      const { status, text, headers } = await s.get('Patient/p', { 'If-None-Match': 'W/"1"' });
      assert.deepEqual([status, text, headers.get('ETag')], [304, '', 'W/"1"']);
      assert.equal((await s.get('Patient/p', { 'If-None-Match': 'W/"7"' })).status, 200);
    },
  ],
  [
    'read: If-Modified-Since is 304 when nothing changed since, and gives way to If-None-Match',
    async (s) => {
      await s.load(patient('p'));
      const since = (await s.get('Patient/p')).headers.get('Last-Modified')!;
      assert.equal((await s.get('Patient/p', { 'If-Modified-Since': since })).status, 304);
      assert.equal((await s.get('Patient/p', { 'If-Modified-Since': 'Mon, 01 Jan 2001 00:00:00 GMT' })).status, 200);
      assert.equal((await s.get('Patient/p', { 'If-Modified-Since': since, 'If-None-Match': 'W/"9"' })).status, 200);
    },
  ],
  [
    'read: HEAD has the headers of GET and no body',
    async (s) => {
      await s.load(patient('p'));
      const [head, get] = [await s.ask('HEAD', 'Patient/p'), await s.get('Patient/p')];
      assert.deepEqual([head.status, head.text], [200, '']);
      assert.equal(head.headers.get('ETag'), get.headers.get('ETag'));
    },
  ],
  [
    'vread: each version as it was; one that never was is 404',
    async (s) => {
      await s.load(patient('p', { active: true }), patient('p', { active: false }));
      assert.equal((await s.get('Patient/p/_history/1')).body.active, true);
      assert.equal((await s.get('Patient/p/_history/2')).body.active, false);
      refused(await s.get('Patient/p/_history/3'), 404, 'not-found');
    },
  ],
  [
    'update: 200, a new version, the whole resource replaced',
    async (s) => {
      await s.load(patient('p', { active: true, gender: 'male' }));
      const { status, headers, body } = await s.put('Patient/p', patient('p', { active: false }));
      assert.deepEqual([status, headers.get('ETag'), body.active, body.gender], [200, 'W/"2"', false, undefined]);
    },
  ],
  [
    'update: PUT to an id that is not there creates it: 201 with Location',
    async (s) => {
      const { status, headers, body } = await s.put('Patient/my-own.1', patient('my-own.1'));
      assert.deepEqual(
        [status, body.id, headers.get('Location')],
        [201, 'my-own.1', 'http://server.test/fhir/Patient/my-own.1/_history/1'],
      );
    },
  ],
  ['update: an id in the body that differs is 400', async (s) => refused(await s.put('Patient/a', patient('b')), 400, 'invalid')],
  ['update: no id in the body is 400', async (s) => refused(await s.put('Patient/a', patient()), 400, 'invalid')],
  ['update: an id that FHIR does not allow is 400', async (s) => refused(await s.put('Patient/a_b', patient('a_b')), 400, 'value')],
  [
    'update: an id of 65 characters is 400',
    async (s) => refused(await s.put(`Patient/${'a'.repeat(65)}`, patient('a'.repeat(65))), 400, 'value'),
  ],
  [
    'update: an invalid resource is 422 and changes nothing',
    async (s) => {
      await s.load(patient('p', { gender: 'male' }));
      refused(await s.put('Patient/p', patient('p', { gender: 'x' })), 422, 'code-invalid');
      assert.equal((await s.get('Patient/p')).body.meta.versionId, '1');
    },
  ],
  [
    'update: If-Match with the current version 200, with a stale one 412 and nothing changes',
    async (s) => {
      await s.load(patient('p'));
      assert.equal((await s.put('Patient/p', patient('p'), { 'If-Match': 'W/"1"' })).status, 200);
      refused(await s.put('Patient/p', patient('p'), { 'If-Match': 'W/"1"' }), 412, 'conflict');
      assert.equal((await s.get('Patient/p')).body.meta.versionId, '2');
    },
  ],
  [
    'update: If-Match on what is not there is 412',
    async (s) => refused(await s.put('Patient/p', patient('p'), { 'If-Match': 'W/"1"' }), 412, 'conflict'),
  ],
  [
    'update: If-Match * needs that there is one',
    async (s) => {
      refused(await s.put('Patient/p', patient('p'), { 'If-Match': '*' }), 412, 'conflict');
      await s.load(patient('p'));
      assert.equal((await s.put('Patient/p', patient('p'), { 'If-Match': '*' })).status, 200);
    },
  ],
  [
    'update: an If-Match that is no entity tag is 400',
    async (s) => {
      await s.load(patient('p'));
      refused(await s.put('Patient/p', patient('p'), { 'If-Match': 'W/abc' }), 400, 'value');
    },
  ],
  [
    'update: If-None-Match * is 412 when there is one already',
    async (s) => {
      await s.load(patient('p'));
      refused(await s.put('Patient/p', patient('p'), { 'If-None-Match': '*' }), 412, 'conflict');
    },
  ],
  [
    'update: a summary is not taken for the whole (SUBSETTED)',
    async (s) => {
      await s.load(patient('p', { gender: 'male', photo: [{ title: 'x' }] }));
      const { body } = await s.get('Patient/p?_summary=true');
      refused(await s.put('Patient/p', body), 422, 'business-rule');
    },
  ],
  [
    'delete: 204; then reads are 410, the version before stays, the deleting one is 410',
    async (s) => {
      await s.load(patient('p'));
      assert.equal((await s.ask('DELETE', 'Patient/p')).status, 204);
      refused(await s.get('Patient/p'), 410, 'deleted');
      assert.equal((await s.get('Patient/p/_history/1')).status, 200);
      refused(await s.get('Patient/p/_history/2'), 410, 'deleted');
      assert.equal((await s.get('Patient')).body.total, 0);
    },
  ],
  [
    'delete: again, or what never was, is 204 and writes nothing',
    async (s) => {
      await s.load(patient('p'));
      await s.ask('DELETE', 'Patient/p');
      const before = await s.everything();
      assert.equal((await s.ask('DELETE', 'Patient/p')).status, 204);
      assert.equal((await s.ask('DELETE', 'Patient/none')).status, 204);
      assert.equal(await s.everything(), before);
    },
  ],
  [
    'delete: a stale If-Match is 412 and deletes nothing',
    async (s) => {
      await s.load(patient('p'), patient('p'));
      refused(await s.ask('DELETE', 'Patient/p', { headers: { 'If-Match': 'W/"1"' } }), 412, 'conflict');
      assert.equal((await s.get('Patient/p')).status, 200);
    },
  ],
  [
    'delete: then PUT brings it back as a later version: 201',
    async (s) => {
      await s.load(patient('p'));
      await s.ask('DELETE', 'Patient/p');
      const { status, headers } = await s.put('Patient/p', patient('p'));
      assert.deepEqual([status, headers.get('ETag')], [201, 'W/"3"']);
    },
  ],
  [
    'conditional create: none 201, one 200 with that one, several 412',
    async (s) => {
      const one = { identifier: [{ system: 'urn:s', value: '1' }] };
      const first = await s.post('Patient', patient(undefined, one), { 'If-None-Exist': 'identifier=urn:s|1' });
      const second = await s.post('Patient', patient(undefined, one), { 'If-None-Exist': 'Patient?identifier=urn:s|1' });
      assert.deepEqual([first.status, second.status, second.body.id], [201, 200, first.body.id]);
      assert.match(second.headers.get('Content-Location')!, /_history\/1$/);
      await s.post('Patient', patient(undefined, one));
      refused(await s.post('Patient', patient(undefined, one), { 'If-None-Exist': 'identifier=urn:s|1' }), 412, 'multiple-matches');
    },
  ],
  [
    'conditional create: a condition with an unknown parameter is refused, not ignored',
    async (s) => {
      await s.load(patient('p'));
      assert.equal((await s.post('Patient', patient(), { 'If-None-Exist': 'shoe=43' })).status, 400);
    },
  ],
  [
    'conditional create: a condition without a parameter is refused',
    async (s) => refused(await s.post('Patient', patient(), { 'If-None-Exist': '' }), 412, 'required'),
  ],
  [
    'conditional update: none creates, one updates, several 412',
    async (s) => {
      const named = (family: string): Loose => patient(undefined, { identifier: [{ value: '1' }], name: [{ family }] });
      const created = await s.put('Patient?identifier=1', named('A'));
      assert.equal(created.status, 201);
      const updated = await s.put('Patient?identifier=1', named('B'));
      assert.deepEqual([updated.status, updated.body.id, updated.body.name[0].family], [200, created.body.id, 'B']);
      await s.post('Patient', named('C'));
      refused(await s.put('Patient?identifier=1', named('D')), 412, 'multiple-matches');
    },
  ],
  [
    'conditional update: an id in the body is used when nothing matches, and must be the match otherwise',
    async (s) => {
      const one = { identifier: [{ value: '1' }] };
      assert.equal((await s.put('Patient?identifier=1', patient('own', one))).body.id, 'own');
      refused(await s.put('Patient?identifier=1', patient('other', one)), 400, 'invalid');
    },
  ],
  [
    'conditional delete: one is deleted, none is 204, several 412',
    async (s) => {
      await s.load(patient('a', { gender: 'male' }), patient('b', { gender: 'female' }), patient('c', { gender: 'female' }));
      assert.equal((await s.ask('DELETE', 'Patient?gender=male')).status, 204);
      assert.equal((await s.get('Patient/a')).status, 410);
      assert.equal((await s.ask('DELETE', 'Patient?gender=other')).status, 204);
      refused(await s.ask('DELETE', 'Patient?gender=female'), 412, 'multiple-matches');
      assert.equal((await s.get('Patient')).body.total, 2);
    },
  ],
  [
    'JSON Patch: 200 with a new version; a failing test 422 and nothing changes',
    async (s) => {
      await s.load(patient('p', { active: true }));
      const good = await s.ask('PATCH', 'Patient/p', jsonPatch([{ op: 'replace', path: '/active', value: false }]));
      assert.deepEqual([good.status, good.body.active, good.headers.get('ETag')], [200, false, 'W/"2"']);
      refused(
        await s.ask(
          'PATCH',
          'Patient/p',
          jsonPatch([
            { op: 'test', path: '/active', value: true },
            { op: 'remove', path: '/active' },
          ]),
        ),
        422,
        'processing',
      );
      assert.equal((await s.get('Patient/p')).body.meta.versionId, '2');
    },
  ],
  [
    'JSON Patch: a result that is not valid is 422',
    async (s) => {
      await s.load(patient('p', { active: true }));
      refused(await s.ask('PATCH', 'Patient/p', jsonPatch([{ op: 'add', path: '/gender', value: 'x' }])), 422, 'code-invalid');
    },
  ],
  [
    'JSON Patch: type and id can not be changed',
    async (s) => {
      await s.load(patient('p'));
      refused(await s.ask('PATCH', 'Patient/p', jsonPatch([{ op: 'replace', path: '/id', value: 'q' }])), 422, 'business-rule');
      refused(
        await s.ask('PATCH', 'Patient/p', jsonPatch([{ op: 'replace', path: '/resourceType', value: 'Person' }])),
        422,
        'business-rule',
      );
    },
  ],
  [
    'JSON Patch: what is no patch is 400',
    async (s) => {
      await s.load(patient('p'));
      refused(await s.ask('PATCH', 'Patient/p', jsonPatch({ op: 'add' })), 400, 'structure');
      refused(await s.ask('PATCH', 'Patient/p', jsonPatch([{ op: 'frobnicate', path: '/active' }])), 400, 'structure');
    },
  ],
  [
    'FHIRPath Patch: adds, replaces, deletes',
    async (s) => {
      await s.load(patient('p', { gender: 'male', name: [{ family: 'A' }] }));
      const { status, body } = await s.ask(
        'PATCH',
        'Patient/p',
        fhirpathPatch(
          { type: 'add', path: 'Patient', name: 'birthDate', value: { valueDate: '1980-01-01' } },
          { type: 'replace', path: 'Patient.name[0].family', value: { valueString: 'B' } },
          { type: 'delete', path: 'Patient.gender' },
        ),
      );
      assert.deepEqual([status, body.birthDate, body.name, body.gender], [200, '1980-01-01', [{ family: 'B' }], undefined]);
    },
  ],
  [
    'FHIRPath Patch: any other FHIRPath is 422',
    async (s) => {
      await s.load(patient('p'));
      refused(
        await s.ask('PATCH', 'Patient/p', fhirpathPatch({ type: 'delete', path: 'Patient.name.select(family)' })),
        422,
        'not-supported',
      );
    },
  ],
  [
    'patch: a stale If-Match is 412',
    async (s) => {
      await s.load(patient('p'), patient('p'));
      const body = jsonPatch([{ op: 'add', path: '/active', value: true }]);
      refused(await s.ask('PATCH', 'Patient/p', { ...body, headers: { ...body.headers, 'If-Match': 'W/"1"' } }), 412, 'conflict');
    },
  ],
  [
    'patch: of what is not there 404, of what was deleted 410',
    async (s) => {
      refused(await s.ask('PATCH', 'Patient/none', jsonPatch([])), 404, 'not-found');
      await s.load(patient('p'));
      await s.ask('DELETE', 'Patient/p');
      refused(await s.ask('PATCH', 'Patient/p', jsonPatch([])), 410, 'deleted');
    },
  ],
  [
    'patch: a JSON Patch under another type is refused',
    async (s) => {
      await s.load(patient('p'));
      assert.equal((await s.ask('PATCH', 'Patient/p', { body: [] })).status, 400);
      assert.equal(
        (await s.ask('PATCH', 'Patient/p', { body: '[]', headers: { 'Content-Type': 'application/merge-patch+json' } })).status,
        415,
      );
    },
  ],
  [
    'conditional patch: one is patched, none 404, several 412',
    async (s) => {
      await s.load(patient('a', { gender: 'male' }), patient('b', { gender: 'female' }), patient('c', { gender: 'female' }));
      const body = jsonPatch([{ op: 'add', path: '/active', value: true }]);
      assert.equal((await s.ask('PATCH', 'Patient?gender=male', body)).body.active, true);
      refused(await s.ask('PATCH', 'Patient?gender=other', body), 404, 'not-found');
      refused(await s.ask('PATCH', 'Patient?gender=female', body), 412, 'multiple-matches');
    },
  ],
  [
    'history of a resource: newest first, with request, response and the deletion',
    async (s) => {
      await s.load(patient('p'), patient('p', { active: true }));
      await s.ask('DELETE', 'Patient/p');
      const { body } = await s.get('Patient/p/_history');
      assert.deepEqual([body.type, body.total], ['history', 3]);
      assert.deepEqual(
        body.entry.map((e: Loose) => [
          e.request.method,
          e.request.url,
          e.response.status.slice(0, 3),
          e.response.etag,
          e.resource?.meta.versionId,
        ]),
        [
          ['DELETE', 'Patient/p', '204', 'W/"3"', undefined],
          ['PUT', 'Patient/p', '200', 'W/"2"', '2'],
          ['PUT', 'Patient/p', '201', 'W/"1"', '1'],
        ],
      );
      for (const entry of body.entry) assert.equal(entry.fullUrl, 'http://server.test/fhir/Patient/p');
    },
  ],
  [
    'history: of a type, and of everything',
    async (s) => {
      await s.post('Patient', patient());
      await s.post('Basic', { resourceType: 'Basic', code: { text: 'x' } });
      assert.deepEqual(
        (await s.get('Patient/_history')).body.entry.map((e: Loose) => [e.resource.resourceType, e.request.method, e.request.url]),
        [['Patient', 'POST', 'Patient']],
      );
      assert.deepEqual(
        (await s.get('_history')).body.entry.map((e: Loose) => e.resource.resourceType),
        ['Basic', 'Patient'],
      );
    },
  ],
  [
    'history: pages by _count without gaps while versions are added',
    async (s) => {
      for (let i = 0; i < 5; i++) await s.load(patient('p'));
      let page = (await s.get('Patient/p/_history?_count=2')).body;
      const seen: string[] = [];
      for (;;) {
        seen.push(...page.entry.map((e: Loose) => e.resource.meta.versionId));
        await s.load(patient('p'));
        const next = page.link.find((one: Loose) => one.relation === 'next')?.url;
        if (next === undefined) break;
        page = (await s.get(next)).body;
      }
      assert.deepEqual(seen, ['5', '4', '3', '2', '1']);
    },
  ],
  [
    'history: _since, and _at',
    async (s) => {
      await s.load(patient('p'), patient('p'), patient('p'));
      const times = (await s.get('Patient/p/_history')).body.entry.map((e: Loose) => e.resource.meta.lastUpdated).reverse();
      assert.equal((await s.get(`Patient/p/_history?_since=${times[1]}`)).body.total, 2);
      const at = await s.get(`Patient/p/_history?_at=${times[1].replace('.000', '')}`);
      assert.deepEqual(
        at.body.entry.map((e: Loose) => e.resource.meta.versionId),
        ['2'],
      );
      refused(await s.get('Patient/p/_history?_since=2040-01-01'), 400, 'value');
    },
  ],
  ['history: of what never was is 404', async (s) => refused(await s.get('Patient/none/_history'), 404, 'not-found')],
];

const jsonPatch = (body: unknown): { headers: Record<string, string>; body: string } => ({
  headers: { 'Content-Type': 'application/json-patch+json' },
  body: JSON.stringify(body),
});

interface PatchStep {
  type: string;
  path: string;
  name?: string;
  value?: Record<string, unknown>;
}
const fhirpathPatch = (...steps: PatchStep[]): { body: unknown } => ({
  body: {
    resourceType: 'Parameters',
    parameter: steps.map(({ type, path, name, value }) => ({
      name: 'operation',
      part: [
        { name: 'type', valueCode: type },
        { name: 'path', valueString: path },
        ...(name ? [{ name: 'name', valueString: name }] : []),
        ...(value ? [{ name: 'value', ...value }] : []),
      ],
    })),
  },
});

function refused(answer: Awaited<ReturnType<Server['ask']>>, status: number, code: string): void {
  assert.equal(answer.status, status, answer.text);
  isOutcome(answer);
  assert.equal(answer.body.issue[0].code, code, answer.text);
}

describe('REST rules: records', () => {
  for (const [rule, check] of ROWS) test(rule, () => check(new Server()));
});
