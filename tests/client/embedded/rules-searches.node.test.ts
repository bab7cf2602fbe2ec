// R4's rules for search (search.html), one row a rule.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { appointment, included, isOutcome, link, matches, observation, outcomes, patient, Server, type Loose } from './server.js';

const quantity = (value: number, code = 'mg', system = 'http://unitsofmeasure.org'): Loose => ({ value, unit: code, code, system });
const percent = { unit: '%', system: 'http://unitsofmeasure.org', code: '%' };
const coded = (system: string, code: string, text?: string): Loose => ({ coding: [{ system, code }], ...(text ? { text } : {}) });

async function world(): Promise<Server> {
  const s = new Server();
  await s.load(
    { resourceType: 'Organization', id: 'org', name: 'Harbour Clinic' },
    {
      resourceType: 'Practitioner',
      id: 'doc',
      name: [{ family: 'Weiß', given: ['Zoë'] }],
      identifier: [{ system: 'urn:npi', value: '77' }],
    },
    patient('p1', {
      active: true,
      identifier: [
        {
          system: 'urn:mrn',
          value: 'A1',
          type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }], text: 'Medical record' },
        },
      ],
      name: [{ family: 'Müller', given: ['Anna', 'Łucja'] }],
      gender: 'female',
      birthDate: '1980-05-05',
      telecom: [
        { system: 'email', value: 'Anna@Example.org' },
        { system: 'phone', value: '555-1' },
      ],
      address: [{ city: 'Springfield', postalCode: '12345' }],
      generalPractitioner: [{ reference: 'Practitioner/doc' }],
      managingOrganization: { reference: 'Organization/org' },
      meta: {
        tag: [{ system: 'urn:tags', code: 'vip' }],
        profile: ['http://example.org/StructureDefinition/a/b'],
        source: 'http://example.org/source',
        security: [{ system: 'urn:sec', code: 'R' }],
      },
    }),
    patient('p2', {
      link: [{ other: { reference: 'Patient/p1' }, type: 'seealso' }],
      identifier: [{ system: 'urn:mrn', value: 'a1' }],
      name: [{ family: 'Muller-Brown', given: ['Ben'] }, { family: 'Brown' }],
      gender: 'male',
      birthDate: '1980-06',
      deceasedBoolean: false,
    }),
    patient('p3', {
      identifier: [{ value: 'A1' }],
      name: [{ text: 'Dr. Carla Deluca' }],
      birthDate: '1981',
      deceasedDateTime: '2020-01-01',
    }),
    patient('p4', { name: [{ family: "O'Hara, Jr" }] }),
    observation('o1', {
      code: coded('http://loinc.org', '8867-4', 'Heart rate'),
      subject: { reference: 'Patient/p1' },
      effectiveDateTime: '2026-03-10T09:00:00Z',
      valueQuantity: quantity(72.5, '/min'),
      performer: [{ reference: 'Practitioner/doc' }],
    }),
    observation('o2', {
      code: coded('http://loinc.org', '8867-4'),
      subject: { reference: 'http://server.test/fhir/Patient/p1' },
      effectiveDateTime: '2026-03-10',
      valueQuantity: quantity(100, '/min'),
    }),
    observation('o3', {
      code: coded('http://loinc.org', '85354-9'),
      subject: { reference: 'Patient/p2' },
      effectivePeriod: { start: '2026-03-09T00:00:00Z', end: '2026-03-11T00:00:00Z' },
      component: [
        { code: coded('http://loinc.org', '8480-6'), valueQuantity: quantity(140, 'mm[Hg]') },
        { code: coded('http://loinc.org', '8462-4'), valueQuantity: quantity(85, 'mm[Hg]') },
      ],
    }),
    observation('o4', {
      code: coded('urn:local', 'note'),
      subject: { identifier: { system: 'urn:mrn', value: 'A1' } },
      effectivePeriod: { start: '2026-03-12' },
      valueString: 'Fine',
    }),
    appointment('a1', '2026-03-10T08:30:00+11:00', {
      participant: [
        { status: 'accepted', actor: { reference: 'Patient/p1' } },
        { status: 'accepted', actor: { reference: 'Practitioner/doc' } },
      ],
    }),
    appointment('a2', '2026-03-10T12:30:00Z', {
      status: 'cancelled',
      participant: [{ status: 'accepted', actor: { reference: 'Patient/p2' } }],
    }),
    {
      resourceType: 'RiskAssessment',
      id: 'r1',
      status: 'final',
      subject: { reference: 'Patient/p1' },
      prediction: [{ probabilityDecimal: 0.35 }],
    },
    {
      resourceType: 'RiskAssessment',
      id: 'r2',
      status: 'final',
      subject: { reference: 'Patient/p1' },
      prediction: [{ probabilityRange: { low: { value: 0.5, ...percent }, high: { value: 0.6, ...percent } } }],
    },
    {
      resourceType: 'ValueSet',
      id: 'vs',
      status: 'active',
      url: 'http://example.org/vs/heart',
      version: '2',
      compose: { include: [{ system: 'http://loinc.org', concept: [{ code: '8867-4' }] }] },
    },
    {
      resourceType: 'ValueSet',
      id: 'sub',
      status: 'active',
      url: 'http://example.org/vs/heart/rate',
      compose: { include: [{ system: 'urn:x', concept: [{ code: 'y' }] }] },
    },
    {
      resourceType: 'Provenance',
      id: 'pr',
      recorded: '2026-01-01T00:00:00Z',
      target: [{ reference: 'Observation/o1' }],
      agent: [{ who: { reference: 'Practitioner/doc' } }],
    },
  );
  return s;
}

/** Rows that each query gives, in their order of writing. */
const FINDS: [topic: string, query: string, ids: string][] = [
  ['string: the beginning, whatever case and accents', 'Patient?family=MUL', 'p1 p2'],
  ['string: accents in the query too', 'Patient?family=m%C3%BCll', 'p1 p2'],
  ['string: letters that have no plain form in Unicode', 'Practitioner?family=weiss', 'doc'],
  ['string: not the middle', 'Patient?family=brown-', ''],
  ['string: any part of a name', 'Patient?name=lucja', 'p1'],
  ['string: a name that has only a text is found by its words', 'Patient?name=deluca', 'p3'],
  ['string :exact', 'Patient?family:exact=M%C3%BCller', 'p1'],
  ['string :exact minds case', 'Patient?family:exact=m%C3%BCller', ''],
  ['string :contains', 'Patient?family:contains=brow', 'p2'],
  ['string: a comma is or', 'Patient?given=anna,ben', 'p1 p2'],
  ['string: an escaped comma is a comma', "Patient?family=o'hara\\, jr", 'p4'],
  ['string: two parameters are and', 'Patient?given=anna&given=lucja', 'p1'],
  ['string: part of an address', 'Patient?address=spring&address-postalcode=123', 'p1'],
  ['token: a code alone', 'Patient?gender=male', 'p2'],
  ['token: system and code', 'Observation?code=http://loinc.org|8867-4', 'o1 o2'],
  ['token: another system', 'Observation?code=urn:local|8867-4', ''],
  ['token: any code of a system', 'Observation?code=urn:local|', 'o4'],
  ['token: a value without a system', 'Patient?identifier=|A1', 'p3'],
  ['token: an identifier in any system, to the letter', 'Patient?identifier=A1', 'p1 p3'],
  ['token: an identifier of a system', 'Patient?identifier=urn:mrn|a1', 'p2'],
  ['token: or', 'Observation?code=note,85354-9', 'o3 o4'],
  ['token: a code element has the system that R4 gives it', 'Patient?gender=http://hl7.org/fhir/administrative-gender|female', 'p1'],
  ['token: and no other', 'Patient?gender=urn:x|female', ''],
  ['token: boolean', 'Patient?active=true', 'p1'],
  ['token: an e-mail address in any case', 'Patient?email=anna@example.ORG', 'p1'],
  ['token: only of that kind of contact', 'Patient?phone=anna@example.org', ''],
  ['token: deceased by flag or date', 'Patient?deceased=true', 'p3'],
  ['token: not deceased, also when nothing is said', 'Patient?deceased=false', 'p1 p2 p4'],
  ['token :not, also without a value', 'Patient?gender:not=male', 'p1 p3 p4'],
  ['token :not of several', 'Observation?code:not=note,85354-9', 'o1 o2'],
  ['token :text', 'Observation?code:text=heart', 'o1'],
  ['token :text by a later word', 'Observation?code:text=rate', 'o1'],
  ['token :in a known value set', 'Observation?code:in=http://example.org/vs/heart', 'o1 o2'],
  ['token :in by id', 'Observation?code:in=ValueSet/vs', 'o1 o2'],
  ['token :not-in', 'Observation?code:not-in=http://example.org/vs/heart|2', 'o3 o4'],
  ['token :of-type', 'Patient?identifier:of-type=http://terminology.hl7.org/CodeSystem/v2-0203|MR|A1', 'p1'],
  [':missing=true', 'Patient?gender:missing=true', 'p3 p4'],
  [':missing=false', 'Patient?birthdate:missing=false', 'p1 p2 p3'],
  ['reference: type and id', 'Observation?subject=Patient/p1', 'o1 o2'],
  ['reference: the bare id, also where several types may stand', 'Observation?subject=p1', 'o1 o2'],
  ['reference: absolute, of this server', 'Observation?subject=http://server.test/fhir/Patient/p1', 'o1 o2'],
  ['reference: with a type as modifier', 'Observation?subject:Patient=p1', 'o1 o2'],
  ['reference: another type', 'Observation?subject=Group/p1', ''],
  ['reference: or', 'Observation?patient=p1,p2', 'o1 o2 o3'],
  ['reference :identifier', 'Observation?subject:identifier=urn:mrn|A1', 'o4'],
  ['reference: only those to a type', 'Appointment?practitioner=doc', 'a1'],
  ['chain', 'Observation?subject:Patient.name=anna', 'o1 o2'],
  ['chain without a type', 'Observation?subject.gender=male', 'o3'],
  ['chain: two steps', 'Observation?subject:Patient.organization.name=harbour', 'o1 o2'],
  ['chain with a modifier at the end', 'Observation?patient.family:exact=Brown', 'o3'],
  ['chain and a filter', 'Observation?patient.family=muller&code=8867-4', 'o1 o2'],
  ['_has', 'Patient?_has:Observation:patient:code=85354-9', 'p2'],
  ['_has in _has', 'Practitioner?_has:Patient:general-practitioner:_has:Observation:patient:code=8867-4', 'doc'],
  ['_has at the end of a chain', 'Observation?patient._has:Appointment:patient:status=cancelled', 'o3'],
  ['date: a day holds its times', 'Observation?date=2026-03-10', 'o1 o2'],
  ['date: a month', 'Patient?birthdate=1980-06', 'p2'],
  ['date: a year holds months and days', 'Patient?birthdate=1980', 'p1 p2'],
  ['date: a day is not in a value that is a month', 'Patient?birthdate=1980-06-01', ''],
  ['date ne', 'Patient?birthdate=ne1980', 'p3'],
  ['date gt: what reaches beyond', 'Observation?date=gt2026-03-10', 'o3 o4'],
  ['date lt: what begins before', 'Observation?date=lt2026-03-10', 'o3'],
  ['date ge', 'Observation?date=ge2026-03-10', 'o1 o2 o3 o4'],
  ['date le', 'Observation?date=le2026-03-10', 'o1 o2 o3'],
  ['date sa: begins after', 'Observation?date=sa2026-03-10', 'o4'],
  ['date eb: ends before', 'Observation?date=eb2026-03-11', 'o1 o2'],
  ['date eb: not what only begins before', 'Observation?date=eb2026-03-10', ''],
  ['date ap: about', 'Patient?birthdate=ap1983', 'p1 p2 p3'],
  ['date: an open end never ends', 'Observation?date=ge2030', 'o4'],
  ['date: two bounds', 'Appointment?date=ge2026-03-10T00:00:00%2B11:00&date=lt2026-03-11T00:00:00%2B11:00', 'a1 a2'],
  ['date: an instant is compared as one, whatever its offset', 'Appointment?date=2026-03-09T21:30:00Z', 'a1'],
  ['date: a plus sign that arrived as a space', 'Appointment?date=ge2026-03-10T23:00:00+11:00', 'a2'],
  ['date: a minute', 'Appointment?date=2026-03-10T12:30Z', 'a2'],
  ['date: or', 'Patient?birthdate=1980-05-05,1981', 'p1 p3'],
  ['number: as precise as it is written', 'RiskAssessment?probability=0.3', ''],
  ['number: within its last digit', 'RiskAssessment?probability=0.35', 'r1'],
  ['number gt and lt', 'RiskAssessment?probability=gt0.2&probability=lt0.5', 'r1'],
  ['number: of a range one end may reach beyond', 'RiskAssessment?probability=gt0.55', 'r2'],
  ['number ap', 'RiskAssessment?probability=ap0.38', 'r1'],
  ['quantity: any unit', 'Observation?value-quantity=72.5', 'o1'],
  ['quantity: 100 is 99.5 to 100.5, 1e2 is 50 to 150', 'Observation?value-quantity=1e2', 'o1 o2'],
  ['quantity: system and unit', 'Observation?value-quantity=gt70|http://unitsofmeasure.org|/min', 'o1 o2'],
  ['quantity: unit alone', 'Observation?value-quantity=le72.5||/min', 'o1'],
  ['quantity: another unit', 'Observation?value-quantity=gt70|http://unitsofmeasure.org|mg', ''],
  ['quantity: of components', 'Observation?component-value-quantity=ge140||mm[Hg]', 'o3'],
  ['uri', 'ValueSet?url=http://example.org/vs/heart', 'vs'],
  ['uri :below', 'ValueSet?url:below=http://example.org/vs/heart', 'vs sub'],
  ['uri :above', 'ValueSet?url:above=http://example.org/vs/heart/rate/x', 'vs sub'],
  ['composite', 'Observation?code-value-quantity=http://loinc.org|8867-4$gt80', 'o2'],
  ['composite: both have to hold of one component', 'Observation?component-code-value-quantity=8462-4$ge100', ''],
  ['composite: of a component', 'Observation?component-code-value-quantity=8480-6$ge100||mm[Hg]', 'o3'],
  ['composite: of the resource or a component', 'Observation?combo-code-value-quantity=8462-4$85', 'o3'],
  ['composite: a string', 'Observation?code-value-string=note$fi', 'o4'],
  ['_id, to the letter', 'Patient?_id=p1,P2', 'p1'],
  ['_lastUpdated', 'Patient?_lastUpdated=ge2026-11-24T00:00:00Z&_lastUpdated=lt2026-11-25T00:00:00Z', 'p1 p2 p3 p4'],
  ['_tag', 'Patient?_tag=urn:tags|vip', 'p1'],
  ['_security', 'Patient?_security=R', 'p1'],
  ['_profile', 'Patient?_profile=http://example.org/StructureDefinition/a/b', 'p1'],
  ['_profile:below', 'Patient?_profile:below=http://example.org/StructureDefinition/a', 'p1'],
  ['_source', 'Patient?_source=http://example.org/source', 'p1'],
  ['system level: _type', '?_type=Organization,Practitioner', 'org doc'],
  ['system level: a parameter that all have', '?_type=Patient,Observation&_id=o1', 'o1'],
  ['compartment', 'Patient/p1/Observation', 'o1 o2'],
  ['compartment: with a filter', 'Patient/p1/Observation?code=note', ''],
  ['compartment of a practitioner', 'Practitioner/doc/Appointment', 'a1'],
  ['compartment: all types', 'Patient/p2/*', 'p2 o3 a2'],
];

/** Queries that are refused with 400, and the issue code. */
const REFUSED: [topic: string, query: string, code: string][] = [
  ['an unknown modifier', 'Patient?name:like=a', 'not-supported'],
  ['a modifier of another kind', 'Patient?gender:exact=male', 'not-supported'],
  ['a type that does not exist as modifier', 'Observation?subject:Shoe=1', 'not-supported'],
  ['a date that is none', 'Patient?birthdate=soon', 'value'],
  ['an impossible day', 'Patient?birthdate=2026-02-30', 'value'],
  ['an unknown prefix', 'Patient?birthdate=xx1980', 'value'],
  ['a number that is none', 'RiskAssessment?probability=many', 'value'],
  ['a quantity with one bar', 'Observation?value-quantity=5|mg', 'value'],
  ['a composite with one part', 'Observation?code-value-quantity=8867-4', 'value'],
  [':missing that is neither true nor false', 'Patient?gender:missing=maybe', 'value'],
  ['a reference that is none', 'Observation?subject=Patient/', 'value'],
  ['_count that is no number', 'Patient?_count=ten', 'invalid'],
  ['_count below 0', 'Patient?_count=-1', 'invalid'],
  ['_sort by what is no parameter', 'Patient?_sort=shoe', 'invalid'],
  ['_summary that does not exist', 'Patient?_summary=short', 'invalid'],
  ['_total that does not exist', 'Patient?_total=all', 'invalid'],
  ['_include of what is no reference', 'Patient?_include=Patient:name', 'invalid'],
  ['_include without a parameter', 'Patient?_include=Patient', 'invalid'],
  ['a chain from what is no reference', 'Patient?name.family=x', 'invalid'],
  ['_has without a parameter', 'Patient?_has:Observation:patient=x', 'invalid'],
  ['_type that does not exist', '?_type=Shoe', 'value'],
  [':in a value set that is not known', 'Observation?code:in=urn:none', 'not-found'],
  ['a cursor that this server did not give', 'Patient?_cursor=here', 'invalid'],
  ['a malformed value of a type that has no rows', 'Immunization?date=soon', 'value'],
];

describe('REST rules: what a search finds', () => {
  let s: Server;
  before(async () => {
    s = await world();
  });
  for (const [topic, query, ids] of FINDS) test(topic, async () => assert.deepEqual(await s.ids(query), ids.split(' ').filter(Boolean)));
  for (const [topic, query, code] of REFUSED) test(`400 for ${topic}`, async () => assert.deepEqual(await s.fails(query), [400, code]));
});

const RESULTS: [rule: string, check: (server: Server) => Promise<void>][] = [
  [
    'an unknown parameter is ignored, left out of the self link, and said',
    async (s) => {
      const { status, body } = await s.get('Patient?gender=male&shoe=43');
      assert.equal(status, 200);
      assert.deepEqual(
        matches(body).map(({ id }) => id),
        ['p2'],
      );
      assert.equal(link(body, 'self'), 'http://server.test/fhir/Patient?gender=male');
      assert.match(outcomes(body)[0].issue[0].diagnostics, /^shoe was ignored/);
    },
  ],
  [
    'an unknown parameter under handling=strict is 400',
    async (s) => assert.deepEqual(await s.fails('Patient?shoe=43', { Prefer: 'handling=strict' }), [400, 'not-supported']),
  ],
  [
    'an unknown parameter at the end of a chain is one too',
    async (s) => {
      assert.equal(outcomes((await s.get('Observation?subject.shoe=43')).body).length, 1);
      assert.deepEqual(await s.fails('Observation?subject.shoe=43', { Prefer: 'handling=strict' }), [400, 'not-supported']);
    },
  ],
  ['a parameter without a value is said as well', async (s) => assert.equal(outcomes((await s.get('Patient?name=')).body).length, 1)],
  [
    'an unknown parameter that begins with _ is no exception',
    async (s) => assert.equal(outcomes((await s.get('Patient?_shoe=1')).body).length, 1),
  ],
  [
    'what is said of a name that is no name does not repeat it',
    async (s) => assert.doesNotMatch((await s.get(`Patient?${encodeURIComponent('Anna Müller, 1980')}=x`)).text, /ignored.*1980/),
  ],
  [
    'entries have fullUrl and search.mode, the Bundle type searchset and a total',
    async (s) => {
      const { body } = await s.get('Patient?gender=male');
      assert.deepEqual([body.resourceType, body.type, body.total], ['Bundle', 'searchset', 1]);
      assert.deepEqual([body.entry[0].fullUrl, body.entry[0].search], ['http://server.test/fhir/Patient/p2', { mode: 'match' }]);
    },
  ],
  [
    'nothing found: 200, total 0, no entry',
    async (s) => {
      const { status, body } = await s.get('Patient?gender=other');
      assert.deepEqual([status, body.total, body.entry], [200, 0, undefined]);
    },
  ],
  [
    '_include, marked and not counted',
    async (s) => {
      const { body } = await s.get('Observation?_id=o1&_include=Observation:subject');
      assert.deepEqual([body.total, included(body)], [1, ['Patient/p1']]);
    },
  ],
  [
    '_include of one target type',
    async (s) =>
      assert.deepEqual(included((await s.get('Appointment?_id=a1&_include=Appointment:actor:Practitioner')).body), ['Practitioner/doc']),
  ],
  [
    '_include:iterate goes on from what came',
    async (s) =>
      assert.deepEqual(
        included((await s.get('Observation?_id=o1&_include=Observation:subject&_include:iterate=Patient:organization')).body),
        ['Patient/p1', 'Organization/org'],
      ),
  ],
  [
    '_include without :iterate does not',
    async (s) =>
      assert.deepEqual(included((await s.get('Observation?_id=o1&_include=Observation:subject&_include=Patient:organization')).body), [
        'Patient/p1',
      ]),
  ],
  [
    '_include=*',
    async (s) => assert.deepEqual(included((await s.get('Observation?_id=o1&_include=*')).body).sort(), ['Patient/p1', 'Practitioner/doc']),
  ],
  [
    '_include by type and *',
    async (s) =>
      assert.deepEqual(included((await s.get('Patient?_id=p1&_include=Patient:*')).body).sort(), ['Organization/org', 'Practitioner/doc']),
  ],
  [
    '_revinclude',
    async (s) =>
      assert.deepEqual(included((await s.get('Patient?_id=p1&_revinclude=Observation:subject')).body).sort(), [
        'Observation/o1',
        'Observation/o2',
      ]),
  ],
  [
    '_revinclude:iterate',
    async (s) =>
      assert.deepEqual(
        included((await s.get('Patient?_id=p1&_revinclude=Observation:subject&_revinclude:iterate=Provenance:target')).body).sort(),
        ['Observation/o1', 'Observation/o2', 'Provenance/pr'],
      ),
  ],
  [
    'what matches is not included a second time',
    async (s) => {
      const { body } = await s.get('Patient?_include=Patient:link&_revinclude=Observation:subject&_include=Patient:organization');
      const urls = body.entry.map((entry: Loose) => entry.fullUrl);
      assert.equal(new Set(urls).size, urls.length);
    },
  ],
  [
    '_sort ascending, those without a value last',
    async (s) => assert.deepEqual(await s.ids('Patient?_sort=birthdate'), ['p1', 'p2', 'p3', 'p4']),
  ],
  [
    '_sort descending, those without a value last too',
    async (s) => assert.deepEqual(await s.ids('Patient?_sort=-birthdate'), ['p3', 'p2', 'p1', 'p4']),
  ],
  [
    '_sort by two keys',
    async (s) => {
      await s.load(
        patient('q1', { gender: 'male', birthDate: '1990-01-01' }),
        patient('q2', { gender: 'male', birthDate: '1970-01-01' }),
        patient('q3', { gender: 'female', birthDate: '1990-01-01' }),
      );
      assert.deepEqual(await s.ids('Patient?_sort=gender,-birthdate'), ['q3', 'p1', 'q1', 'p2', 'q2', 'p3', 'p4']);
      assert.deepEqual(await s.ids('Patient?_sort=-birthdate,gender&gender=male,female'), ['q3', 'q1', 'p2', 'p1', 'q2']);
    },
  ],
  [
    '_sort follows changes',
    async (s) => {
      await s.ids('Patient?_sort=birthdate');
      await s.load(patient('p4', { birthDate: '1900-01-01' }), patient('p1', {}));
      await s.ask('DELETE', 'Patient/p2');
      assert.deepEqual(await s.ids('Patient?_sort=birthdate'), ['p4', 'p3', 'p1']);
    },
  ],
  [
    '_sort by _id, _lastUpdated, string, token, reference, quantity',
    async (s) => {
      assert.deepEqual(await s.ids('Patient?_sort=-_id'), ['p4', 'p3', 'p2', 'p1']);
      assert.deepEqual(await s.ids('Patient?_sort=-_lastUpdated'), ['p4', 'p3', 'p2', 'p1']);
      assert.deepEqual(await s.ids('Patient?_sort=family'), ['p2', 'p1', 'p4', 'p3']);
      assert.deepEqual(await s.ids('Observation?_sort=-value-quantity'), ['o2', 'o1', 'o3', 'o4']);
      assert.deepEqual(await s.ids('Observation?_sort=code'), ['o3', 'o1', 'o2', 'o4']);
    },
  ],
  [
    '_count=0 and _summary=count give the total alone',
    async (s) => {
      for (const query of ['Patient?_count=0', 'Patient?_summary=count']) {
        const { body } = await s.get(query);
        assert.deepEqual([body.total, body.entry], [4, undefined]);
      }
    },
  ],
  ['_total=none leaves the total out', async (s) => assert.equal((await s.get('Patient?_total=none')).body.total, undefined)],
  [
    '_summary=true: marked, without what is no summary',
    async (s) => {
      const [row] = matches((await s.get('Patient?_id=p1&_summary=true')).body);
      assert.equal(row.name[0].family, 'Müller');
      assert.equal(row.generalPractitioner, undefined);
      assert.ok(row.meta.tag.some((tag: Loose) => tag.code === 'SUBSETTED'));
      assert.ok(row.meta.tag.some((tag: Loose) => tag.code === 'vip'));
    },
  ],
  [
    '_summary=text keeps what is mandatory, _summary=data drops the text',
    async (s) => {
      await s.load(
        observation('t', { text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' }, valueString: 'x' }),
      );
      const [text] = matches((await s.get('Observation?_id=t&_summary=text')).body);
      assert.deepEqual(Object.keys(text).sort(), ['code', 'id', 'meta', 'resourceType', 'status', 'text']);
      const [data] = matches((await s.get('Observation?_id=t&_summary=data')).body);
      assert.deepEqual([data.text, data.valueString], [undefined, 'x']);
    },
  ],
  [
    '_elements: what is asked for, what is mandatory, modifiers; marked',
    async (s) => {
      const [row] = matches((await s.get('Observation?_id=o1&_elements=subject,value')).body);
      assert.deepEqual(Object.keys(row).sort(), ['code', 'id', 'meta', 'resourceType', 'status', 'subject', 'valueQuantity']);
      assert.ok(row.meta.tag.some((tag: Loose) => tag.code === 'SUBSETTED'));
    },
  ],
  [
    '_elements keeps each digit',
    async (s) => {
      await s.put(
        'ChargeItem/c',
        '{"resourceType":"ChargeItem","id":"c","status":"billable","code":{"text":"x"},"subject":{"reference":"Patient/p1"},"factorOverride":1.50}',
      );
      assert.match((await s.get('ChargeItem?_elements=factorOverride')).text, /"factorOverride":1\.50/);
    },
  ],
  [
    'POST _search: by form, by query, by both; it links to plain searches',
    async (s) => {
      const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
      const { status, body } = await s.ask('POST', 'Patient/_search?gender=male', { headers: form, body: 'family=brown' });
      assert.deepEqual([status, matches(body).map(({ id }) => id)], [200, ['p2']]);
      assert.equal(link(body, 'self'), 'http://server.test/fhir/Patient?gender=male&family=brown');
      assert.equal((await s.ask('POST', '_search', { headers: form, body: '_type=Patient' })).body.total, 4);
      assert.equal((await s.ask('POST', 'Patient/p1/Observation/_search', { headers: form, body: 'code=8867-4' })).body.total, 2);
      assert.equal((await s.ask('POST', 'Patient/_search', { body: { gender: 'male' } })).status, 415);
    },
  ],
  [
    'a search sees every write before it, and none that was undone',
    async (s) => {
      await s.load(patient('p2', { gender: 'female' }));
      assert.deepEqual(await s.ids('Patient?gender=male'), []);
      assert.deepEqual((await s.ids('Patient?gender=female')).sort(), ['p1', 'p2']);
    },
  ],
];

const PAGING: [rule: string, check: (server: Server) => Promise<void>][] = [
  [
    'next links walk all rows once, in order',
    async (s) => assert.deepEqual(await walk(s, 'Patient?_sort=-birthdate&_count=3', 'next'), s100.toReversed()),
  ],
  [
    'previous links walk back from the last page',
    async (s) => {
      const last = link((await s.get('Patient?_sort=birthdate&_count=3')).body, 'last')!;
      const pages = await walkPages(s, last, 'previous');
      assert.deepEqual(pages.toReversed().flat(), s100);
      assert.deepEqual(await walk(s, last, 'prev'), pages.flat());
    },
  ],
  [
    'self and first lead to where they say',
    async (s) => {
      const page = (await s.get(link((await s.get('Patient?_sort=birthdate&_count=3')).body, 'next')!)).body;
      assert.deepEqual(matches((await s.get(link(page, 'self')!)).body), matches(page));
      assert.deepEqual(
        matches((await s.get(link(page, 'first')!)).body).map(({ id }) => id),
        s100.slice(0, 3),
      );
      assert.equal(page.total, 10);
    },
  ],
  [
    'only the links that there are',
    async (s) => {
      const all = (await s.get('Patient')).body;
      assert.deepEqual(
        all.link.map((one: Loose) => one.relation),
        ['self'],
      );
      const first = (await s.get('Patient?_count=3')).body;
      assert.equal(link(first, 'previous'), undefined);
      assert.equal(link((await s.get(link(first, 'last')!)).body, 'next'), undefined);
    },
  ],
  [
    'pages stay in step while rows are added and deleted before and after',
    async (s) => {
      const seen: string[] = [];
      let url: string | undefined = 'Patient?_sort=birthdate&_count=3';
      for (let n = 0; url !== undefined; n++) {
        const { body }: { body: Loose } = await s.get(url);
        seen.push(...matches(body).map(({ id }) => id));
        // One more before all others, and the row that the page ended with is deleted.
        await s.load(patient(`early${n}`, { birthDate: '1900-01-01' }));
        if (n === 0) await s.ask('DELETE', `Patient/${seen.at(-1)}`);
        url = link(body, 'next');
      }
      assert.deepEqual(seen, s100);
    },
  ],
  [
    'a page begins where it did although the row before it moved',
    async (s) => {
      const first = (await s.get('Patient?_sort=birthdate&_count=3')).body;
      await s.load(patient(s100[2]!, { birthDate: '2020-01-01' }));
      assert.deepEqual(
        matches((await s.get(link(first, 'next')!)).body).map(({ id }) => id),
        s100.slice(3, 6),
      );
    },
  ],
  [
    'a page after a row that nobody knows is 410',
    async (s) => assert.deepEqual(await s.fails('Patient?_cursor=a~Patient~none~1'), [410, 'expired']),
  ],
  [
    'pages have 50 rows unless told, and never more than 1000',
    async (s) => {
      for (let i = 0; i < 55; i++) await s.load(patient(`x${i}`));
      assert.equal(matches((await s.get('Patient')).body).length, 50);
      assert.equal(matches((await s.get('Patient?_count=5000')).body).length, 65);
    },
  ],
  [
    'links hold no value of a record',
    async (s) => {
      const next = link((await s.get('Patient?_sort=name&_count=3')).body, 'next')!;
      assert.doesNotMatch(next, /Family/i);
    },
  ],
];

/** Ids of ten patients by birth date. */
const s100 = Array.from({ length: 10 }, (_, i) => `b${i}`);

async function hundred(): Promise<Server> {
  const s = new Server();
  for (const i of [3, 7, 1, 9, 0, 4, 8, 2, 6, 5])
    await s.load(patient(`b${i}`, { birthDate: `199${i}-01-01`, name: [{ family: `Family${i}` }] }));
  return s;
}

async function walkPages(s: Server, url: string, relation: string): Promise<string[][]> {
  const pages: string[][] = [];
  for (let at: string | undefined = url; at !== undefined;) {
    const { body }: { body: Loose } = await s.get(at);
    pages.push(matches(body).map(({ id }) => id));
    at = link(body, relation);
  }
  return pages;
}
const walk = async (s: Server, url: string, relation: string): Promise<string[]> => (await walkPages(s, url, relation)).flat();

describe('REST rules: what a search answers', () => {
  for (const [rule, check] of RESULTS) test(rule, async () => check(await world()));
});
describe('REST rules: paging', () => {
  for (const [rule, check] of PAGING) test(rule, async () => check(await hundred()));
});

const HTTP: [rule: string, check: (server: Server) => Promise<void>][] = [
  [
    'answers are application/fhir+json',
    async (s) => assert.match((await s.get('Patient')).headers.get('Content-Type')!, /^application\/fhir\+json/),
  ],
  [
    'Accept: application/json, */*, a browser’s, none: JSON',
    async (s) => {
      for (const accept of [
        'application/json',
        '*/*',
        'application/fhir+json;fhirVersion=4.0',
        'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
      ])
        assert.equal((await s.get('Patient', { Accept: accept })).status, 200, accept);
    },
  ],
  [
    'Accept: XML only is 406',
    async (s) => {
      const answer = await s.get('Patient', { Accept: 'application/fhir+xml' });
      assert.equal(answer.status, 406);
      isOutcome(answer);
    },
  ],
  [
    '_format outranks Accept',
    async (s) => {
      assert.equal((await s.get('Patient?_format=xml')).status, 406);
      assert.equal((await s.get('Patient?_format=json', { Accept: 'application/fhir+xml' })).status, 200);
      assert.equal((await s.get('Patient?_format=application/fhir+json')).status, 200);
    },
  ],
  [
    'a Binary is sent as what it holds to those who take no FHIR, as FHIR to others, and can do nothing as a page',
    async (s) => {
      await s.load({ resourceType: 'Binary', id: 'b', contentType: 'text/html', data: btoa('<p>x</p>') });
      const raw = await s.get('Binary/b', { Accept: 'text/html' });
      assert.deepEqual([raw.status, raw.text, raw.headers.get('Content-Type')], [200, '<p>x</p>', 'text/html']);
      assert.deepEqual([raw.headers.get('Content-Security-Policy'), raw.headers.get('X-Content-Type-Options')], ['sandbox', 'nosniff']);
      assert.equal((await s.get('Binary/b')).body.resourceType, 'Binary');
      assert.equal((await s.get('Binary/b', { Accept: 'text/html, */*;q=0.1' })).body.resourceType, 'Binary');
      assert.equal((await s.get('Binary/b?_format=xml')).status, 406);
      assert.equal((await s.get('Binary', { Accept: 'text/html' })).status, 406);
    },
  ],
  ['_pretty', async (s) => assert.match((await s.get('Patient?_pretty=true')).text, /\n {2}"type": "searchset"/)],
  [
    'a method that has no meaning is 405, with Allow',
    async (s) => {
      const answer = await s.ask('POST', 'Patient/p1', { body: patient('p1') });
      assert.deepEqual([answer.status, answer.headers.get('Allow')], [405, 'GET, HEAD, PUT, PATCH, DELETE']);
      assert.equal((await s.ask('DELETE', 'metadata')).status, 405);
    },
  ],
  [
    'an address that leads nowhere is 404',
    async (s) => {
      for (const path of ['Patient/p1/_history/1/x', 'Shoe', 'Patient/$shoe', '$shoe', 'http://server.test/elsewhere/Patient'])
        assert.equal((await s.get(path)).status, 404, path);
    },
  ],
  ['a percent sign that stands for nothing is 400', async (s) => assert.equal((await s.get('Patient/%zz')).status, 400)],
  [
    'metadata: a CapabilityStatement of R4 that is true',
    async (s) => {
      const { body } = await s.get('metadata');
      assert.deepEqual(
        [body.resourceType, body.fhirVersion, body.kind, body.rest[0].mode],
        ['CapabilityStatement', '4.0.1', 'instance', 'server'],
      );
      const of = (type: string): Loose => body.rest[0].resource.find((one: Loose) => one.type === type);
      assert.equal(body.rest[0].resource.length, 145);
      for (const { name } of of('Patient').searchParam)
        assert.notEqual((await s.get(`Patient?${name}:missing=true`, { Prefer: 'handling=strict' })).status, 500, name);
      for (const include of of('Appointment').searchInclude)
        assert.equal((await s.get(`Appointment?_include=${include}`)).status, 200, include);
      for (const include of of('Patient').searchRevInclude.slice(0, 40))
        assert.equal((await s.get(`Patient?_revinclude=${include}`)).status, 200, include);
      const { issue } = (await s.post('CapabilityStatement/$validate', body)).body;
      assert.deepEqual(
        issue.filter((one: Loose) => one.severity === 'error'),
        [],
      );
    },
  ],
  [
    'metadata: _elements and _summary',
    async (s) => {
      const { body } = await s.get('metadata?_elements=fhirVersion');
      assert.deepEqual([body.fhirVersion, body.rest], ['4.0.1', undefined]);
    },
  ],
];

describe('REST rules: HTTP', () => {
  for (const [rule, check] of HTTP) test(rule, async () => check(await world()));
});
