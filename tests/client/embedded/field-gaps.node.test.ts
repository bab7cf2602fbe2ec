// What the best in-memory FHIR store of the field was seen to get wrong (measured; see bench/store), each done right here.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  appointment,
  included,
  isOutcome,
  link,
  matches,
  observation,
  outcomes,
  patient,
  Server,
  transaction,
  type Loose,
} from './server.js';

const GAPS: [gap: string, check: (server: Server) => Promise<void>][] = [
  [
    'a failing transaction answers an error and leaves nothing behind',
    async (s) => {
      await s.load(patient('p'));
      const answer = await s.post(
        '',
        transaction(
          { resource: patient(), request: { method: 'POST', url: 'Patient' } },
          { resource: patient('p'), request: { method: 'PUT', url: 'Patient/p', ifMatch: 'W/"9"' } },
        ),
      );
      assert.equal(answer.status, 412);
      assert.equal((await s.get('Patient')).body.total, 1);
    },
  ],
  [
    '_sort by two keys sorts by the first, then the second',
    async (s) => {
      await s.load(
        patient('a', { name: [{ family: 'B' }], birthDate: '1990-01-01' }),
        patient('b', { name: [{ family: 'A' }], birthDate: '1980-01-01' }),
        patient('c', { name: [{ family: 'A' }], birthDate: '1985-01-01' }),
      );
      assert.deepEqual(await s.ids('Patient?_sort=family,-birthdate'), ['c', 'b', 'a']);
    },
  ],
  [
    'history has the same order however often it is read',
    async (s) => {
      await s.load(patient('p'), patient('p'), patient('p'));
      const read = async (): Promise<string[]> =>
        (await s.get('Patient/p/_history')).body.entry.map((entry: Loose) => entry.resource.meta.versionId);
      for (let i = 0; i < 3; i++) assert.deepEqual(await read(), ['3', '2', '1']);
    },
  ],
  [
    'history entries have request and response',
    async (s) => {
      await s.load(patient('p'));
      const [entry] = (await s.get('Patient/p/_history')).body.entry;
      assert.deepEqual([entry.request, entry.response.status], [{ method: 'PUT', url: 'Patient/p' }, '201 Created']);
    },
  ],
  [
    'a searchset has links, and pages when there is much',
    async (s) => {
      for (let i = 0; i < 60; i++) await s.load(patient(`p${i}`));
      const { body } = await s.get('Patient');
      assert.equal(matches(body).length, 50);
      assert.ok(link(body, 'self') && link(body, 'next'));
    },
  ],
  [
    '_elements, _summary=true and _total=none do what they say',
    async (s) => {
      await s.load(patient('p', { gender: 'male', photo: [{ title: 'x' }] }));
      assert.equal(matches((await s.get('Patient?_elements=gender')).body)[0].photo, undefined);
      assert.equal(matches((await s.get('Patient?_summary=true')).body)[0].photo, undefined);
      assert.equal((await s.get('Patient?_total=none')).body.total, undefined);
    },
  ],
  [
    'a plain string matches at the beginning, :exact the whole with its case, :contains anywhere',
    async (s) => {
      await s.load(patient('a', { name: [{ family: 'Brown' }] }), patient('b', { name: [{ family: 'McBrown' }] }));
      assert.deepEqual(await s.ids('Patient?family=brown'), ['a']);
      assert.deepEqual(await s.ids('Patient?family:exact=brown'), []);
      assert.deepEqual(await s.ids('Patient?family:exact=Brown'), ['a']);
      assert.deepEqual(await s.ids('Patient?family:contains=brown'), ['a', 'b']);
    },
  ],
  [
    '_has, number, quantity and composite find rows',
    async (s) => {
      await s.load(patient('p'), observation('o', { subject: { reference: 'Patient/p' }, valueQuantity: { value: 80 } }), {
        resourceType: 'ChargeItem',
        id: 'c',
        status: 'billable',
        code: { text: 'x' },
        subject: { reference: 'Patient/p' },
        factorOverride: 1.5,
      });
      assert.deepEqual(await s.ids('Patient?_has:Observation:patient:code=8867-4'), ['p']);
      assert.deepEqual(await s.ids('ChargeItem?factor-override=gt1'), ['c']);
      assert.deepEqual(await s.ids('Observation?value-quantity=80'), ['o']);
      assert.deepEqual(await s.ids('Observation?code-value-quantity=8867-4$80'), ['o']);
    },
  ],
  [
    'a bare id matches a reference that may lead to several types',
    async (s) => {
      await s.load(observation('o', { subject: { reference: 'Patient/p1' } }));
      assert.deepEqual(await s.ids('Observation?subject=p1'), ['o']);
    },
  ],
  [
    'a chain of two steps',
    async (s) => {
      await s.load(
        { resourceType: 'Organization', id: 'org', name: 'Harbour' },
        patient('p', { managingOrganization: { reference: 'Organization/org' } }),
        observation('o', { subject: { reference: 'Patient/p' } }),
      );
      assert.deepEqual(await s.ids('Observation?subject:Patient.organization.name=harb'), ['o']);
    },
  ],
  [
    ':in, :text and :below find rows',
    async (s) => {
      await s.load(
        {
          resourceType: 'ValueSet',
          id: 'v',
          url: 'urn:v',
          status: 'active',
          compose: { include: [{ system: 'http://loinc.org', concept: [{ code: '8867-4' }] }] },
        },
        observation('o', {
          code: { text: 'Heart rate', coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
          meta: { profile: ['http://x.test/a/b'] },
        }),
      );
      for (const query of ['code:in=urn:v', 'code:text=heart', '_profile:below=http://x.test/a'])
        assert.deepEqual(await s.ids(`Observation?${query}`), ['o'], query);
    },
  ],
  [
    'an unknown parameter is said, not answered by no rows',
    async (s) => {
      await s.load(patient('p'));
      const { body } = await s.get('Patient?shoe=43');
      assert.deepEqual([matches(body).length, outcomes(body).length], [1, 1]);
    },
  ],
  [
    'what was deleted is 410, and its history stays',
    async (s) => {
      await s.load(patient('p'));
      await s.ask('DELETE', 'Patient/p');
      assert.equal((await s.get('Patient/p')).status, 410);
      assert.equal((await s.get('Patient/p/_history')).body.total, 2);
    },
  ],
  [
    '_include=*',
    async (s) => {
      await s.load(patient('p'), observation('o', { subject: { reference: 'Patient/p' } }));
      assert.deepEqual(included((await s.get('Observation?_include=*')).body), ['Patient/p']);
    },
  ],
  [
    'history of a type and of the system',
    async (s) => {
      await s.load(patient('p'), observation('o'));
      assert.equal((await s.get('Patient/_history')).body.total, 1);
      assert.equal((await s.get('_history')).body.total, 2);
    },
  ],
  [
    'metadata, $expand, $validate and $everything answer',
    async (s) => {
      await s.load(patient('p'), {
        resourceType: 'ValueSet',
        id: 'v',
        status: 'active',
        compose: { include: [{ system: 'urn:s', concept: [{ code: 'a' }] }] },
      });
      assert.equal((await s.get('metadata')).body.resourceType, 'CapabilityStatement');
      assert.equal((await s.get('ValueSet/v/$expand')).body.expansion.total, 1);
      assert.equal((await s.post('Patient/$validate', patient())).body.resourceType, 'OperationOutcome');
      assert.equal((await s.get('Patient/p/$everything')).body.total, 1);
    },
  ],
  [
    'what is invalid is refused',
    async (s) => {
      const answer = await s.post('Patient', patient(undefined, { gender: 'not-a-code' }));
      assert.equal(answer.status, 422);
      isOutcome(answer);
    },
  ],
  [
    'versions are numbers that count up',
    async (s) => {
      await s.load(patient('p'), patient('p'));
      assert.equal((await s.get('Patient/p')).body.meta.versionId, '2');
    },
  ],
  [
    'one resource is included once',
    async (s) => {
      await s.load(patient('p1'), appointment('a', '2026-01-01T00:00:00Z'), appointment('b', '2026-01-02T00:00:00Z'));
      assert.deepEqual(included((await s.get('Appointment?_include=Appointment:actor&_include=Appointment:patient')).body), ['Patient/p1']);
    },
  ],
];

describe('gaps of the field', () => {
  for (const [gap, check] of GAPS) test(gap, () => check(new Server()));
});
