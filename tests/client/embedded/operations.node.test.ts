import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { casesDir } from '../../support/cases.js';
import { isOutcome, link, matches, observation, patient, Server, type Answer, type Loose } from './server.js';

const HL7 = 'http://example.org/cs';
const animals = {
  resourceType: 'CodeSystem',
  id: 'animals',
  url: HL7,
  version: '1',
  status: 'active',
  content: 'complete',
  caseSensitive: true,
  property: [{ code: 'legs', type: 'integer' }],
  concept: [
    {
      code: 'mammal',
      display: 'Mammal',
      property: [{ code: 'notSelectable', valueBoolean: true }],
      concept: [
        {
          code: 'dog',
          display: 'Dog',
          designation: [
            { language: 'de', value: 'Hund' },
            { language: 'ar', value: 'كلب' },
          ],
          property: [{ code: 'legs', valueInteger: 4 }],
          concept: [{ code: 'poodle', display: 'Poodle' }],
        },
        { code: 'whale', display: 'Blue whale', property: [{ code: 'legs', valueInteger: 0 }] },
      ],
    },
    {
      code: 'bird',
      display: 'Bird',
      property: [
        { code: 'legs', valueInteger: 2 },
        { code: 'inactive', valueBoolean: true },
      ],
    },
  ],
};
const set = (id: string, include: Loose[], exclude?: Loose[]): Loose => ({
  resourceType: 'ValueSet',
  id,
  url: `http://example.org/vs/${id}`,
  status: 'active',
  compose: { include, ...(exclude ? { exclude } : {}) },
});
const filtered = (property: string, op: string, value: string): Loose[] => [{ system: HL7, filter: [{ property, op, value }] }];
const parameters = (...parameter: Loose[]): Loose => ({ resourceType: 'Parameters', parameter });
const codes = ({ body }: Answer): string => (body.expansion.contains ?? []).map((one: Loose) => one.code).join(' ');
const value = ({ body }: Answer, name: string): Loose => {
  const found = body.parameter.find((one: Loose) => one.name === name);
  return found?.valueBoolean ?? found?.valueString;
};

describe('terminology', () => {
  let s: Server;
  before(async () => {
    s = new Server();
    await s.backend.import(set('odd', filtered('concept', 'nearly', 'x')));
    await s.load(
      animals,
      set('all', [{ system: HL7 }]),
      set('listed', [{ system: HL7, concept: [{ code: 'dog', display: 'Doggy' }, { code: 'cat' }] }]),
      set('dogs', filtered('concept', 'is-a', 'dog')),
      set('below', filtered('concept', 'descendent-of', 'mammal')),
      set('others', filtered('concept', 'is-not-a', 'mammal')),
      set('up', filtered('concept', 'generalizes', 'poodle')),
      set('legs', filtered('legs', '=', '4')),
      set('some', filtered('legs', 'in', '2,4')),
      set('none', filtered('legs', 'exists', 'false')),
      set('regex', filtered('display', 'regex', '.*o.*')),
      set('imports', [{ valueSet: ['http://example.org/vs/below'] }, { system: HL7, concept: [{ code: 'bird' }] }]),
      set('both', [{ system: HL7, valueSet: ['http://example.org/vs/below', 'http://example.org/vs/legs'] }]),
      set('less', [{ system: HL7 }], filtered('concept', 'is-a', 'dog')),
      set('circle', [{ valueSet: ['http://example.org/vs/circle'] }]),
      set('elsewhere', [{ system: 'http://snomed.info/sct' }]),
      {
        resourceType: 'ValueSet',
        id: 'ready',
        url: 'http://example.org/vs/ready',
        status: 'active',
        expansion: {
          timestamp: '2026-01-01T00:00:00Z',
          contains: [{ system: 'urn:a', code: 'x', contains: [{ system: 'urn:a', code: 'y' }] }],
        },
      },
    );
  });

  const EXPANSIONS: [what: string, query: string, codes: string][] = [
    ['a whole code system', 'ValueSet/all/$expand', 'mammal dog poodle whale bird'],
    ['listed codes, also unknown ones', 'ValueSet/listed/$expand', 'dog cat'],
    ['is-a', 'ValueSet/dogs/$expand', 'dog poodle'],
    ['descendent-of', 'ValueSet/below/$expand', 'dog poodle whale'],
    ['is-not-a', 'ValueSet/others/$expand', 'bird'],
    ['generalizes', 'ValueSet/up/$expand', 'mammal dog poodle'],
    ['a property', 'ValueSet/legs/$expand', 'dog'],
    ['a property in', 'ValueSet/some/$expand', 'dog bird'],
    ['a property that is missing', 'ValueSet/none/$expand', 'mammal poodle'],
    ['a pattern', 'ValueSet/regex/$expand', 'dog poodle'],
    ['imports', 'ValueSet/imports/$expand', 'dog poodle whale bird'],
    ['several value sets are met together', 'ValueSet/both/$expand', 'dog'],
    ['exclude', 'ValueSet/less/$expand', 'mammal whale bird'],
    ['one that came expanded', 'ValueSet/ready/$expand', 'x y'],
    ['by url', 'ValueSet/$expand?url=http://example.org/vs/dogs', 'dog poodle'],
    ['filter: each word, anywhere, without case', 'ValueSet/all/$expand?filter=WHALE%20bl', 'whale'],
    ['filter: in a designation', 'ValueSet/all/$expand?filter=hund', 'dog'],
    ['count and offset', 'ValueSet/all/$expand?count=2&offset=1', 'dog poodle'],
    ['activeOnly', 'ValueSet/all/$expand?activeOnly=true', 'mammal dog poodle whale'],
  ];
  for (const [what, query, expected] of EXPANSIONS) test(`$expand: ${what}`, async () => assert.equal(codes(await s.get(query)), expected));

  test('$expand: total counts all, displays and marks come along, designations when asked', async () => {
    const { body } = await s.get('ValueSet/all/$expand?count=2&includeDesignations=true');
    assert.deepEqual(
      [body.resourceType, body.url, body.expansion.total, body.compose],
      ['ValueSet', 'http://example.org/vs/all', 5, undefined],
    );
    assert.deepEqual(body.expansion.contains[0], { system: HL7, abstract: true, version: '1', code: 'mammal', display: 'Mammal' });
    assert.equal(body.expansion.contains[1].designation.length, 2);
    assert.match(body.expansion.identifier, /^urn:uuid:/);
    const { issue } = (await s.post('ValueSet/$validate', body)).body;
    assert.deepEqual(
      issue.filter((one: Loose) => one.severity === 'error'),
      [],
    );
  });
  test('$expand: the display in a language, and the value set’s own', async () => {
    assert.equal((await s.get('ValueSet/dogs/$expand?displayLanguage=de-CH')).body.expansion.contains[0].display, 'Hund');
    assert.equal((await s.get('ValueSet/listed/$expand')).body.expansion.contains[0].display, 'Doggy');
  });
  test('$expand: a value set sent along, by itself or in Parameters', async () => {
    assert.equal(codes(await s.post('ValueSet/$expand', set('x', filtered('concept', 'is-a', 'dog')))), 'dog poodle');
    assert.equal(
      codes(
        await s.post(
          'ValueSet/$expand',
          parameters({ name: 'valueSet', resource: set('x', [{ system: HL7 }]) }, { name: 'filter', valueString: 'bird' }),
        ),
      ),
      'bird',
    );
  });

  const FAILURES: [what: string, query: string, status: number][] = [
    ['an unknown value set', 'ValueSet/$expand?url=urn:none', 404],
    ['an id that is not there', 'ValueSet/none-such/$expand', 404],
    ['no value set at all', 'ValueSet/$expand', 400],
    ['a code system that is not loaded', 'ValueSet/elsewhere/$expand', 422],
    ['a filter nobody knows', 'ValueSet/odd/$expand', 422],
    ['one that imports itself', 'ValueSet/circle/$expand', 422],
    ['a count that is none', 'ValueSet/all/$expand?count=x', 400],
    ['a type that has no such operation', 'Patient/$expand', 404],
  ];
  for (const [what, query, status] of FAILURES)
    test(`$expand: ${what} is ${status}`, async () => {
      const answer = await s.get(query);
      assert.equal(answer.status, status);
      isOutcome(answer);
    });

  test('$validate-code: in a value set, by code, coding, codeableConcept', async () => {
    const ask = (query: string): Promise<Answer> => s.get(`ValueSet/$validate-code?url=http://example.org/vs/dogs&${query}`);
    const good = await ask(`system=${HL7}&code=poodle`);
    assert.deepEqual([value(good, 'result'), value(good, 'display')], [true, 'Poodle']);
    const bad = await ask(`system=${HL7}&code=whale`);
    assert.equal(value(bad, 'result'), false);
    assert.ok(value(bad, 'message'));
    assert.equal(value(await ask(`system=urn:other&code=dog`), 'result'), false);
    assert.equal(value(await ask(`system=${HL7}&code=dog&display=HUND`), 'result'), true);
    const wrong = await ask(`system=${HL7}&code=dog&display=Cat`);
    assert.deepEqual([value(wrong, 'result'), value(wrong, 'display')], [false, 'Dog']);
    assert.equal(
      value(
        await s.post('ValueSet/dogs/$validate-code', parameters({ name: 'coding', valueCoding: { system: HL7, code: 'dog' } })),
        'result',
      ),
      true,
    );
    assert.equal(
      value(
        await s.post(
          'ValueSet/dogs/$validate-code',
          parameters({
            name: 'codeableConcept',
            valueCodeableConcept: {
              coding: [
                { system: HL7, code: 'whale' },
                { system: HL7, code: 'poodle' },
              ],
            },
          }),
        ),
        'result',
      ),
      true,
    );
    assert.equal((await s.get('ValueSet/dogs/$validate-code')).status, 400);
  });
  test('$validate-code: in a code system', async () => {
    assert.equal(value(await s.get(`CodeSystem/$validate-code?url=${HL7}&code=dog`), 'result'), true);
    assert.equal(value(await s.get(`CodeSystem/animals/$validate-code?code=cat`), 'result'), false);
    assert.equal(value(await s.get(`CodeSystem/animals/$validate-code?code=DOG`), 'result'), false);
    assert.equal((await s.get('CodeSystem/$validate-code?url=urn:none&code=x')).status, 404);
  });
  test('searches by :in, :not-in, :below and :above', async () => {
    const t = new Server();
    await t.load(
      animals,
      set('dogs', filtered('concept', 'is-a', 'dog')),
      ...['dog', 'poodle', 'whale'].map((code) => observation(code, { code: { coding: [{ system: HL7, code }] } })),
    );
    assert.deepEqual(await t.ids('Observation?code:in=http://example.org/vs/dogs'), ['dog', 'poodle']);
    assert.deepEqual(await t.ids('Observation?code:not-in=http://example.org/vs/dogs'), ['whale']);
    assert.deepEqual(await t.ids(`Observation?code:below=${HL7}|dog`), ['dog', 'poodle']);
    assert.deepEqual(await t.ids(`Observation?code:above=${HL7}|poodle`), ['dog', 'poodle']);
    // The value set changed: so does what is found.
    await t.load(set('dogs', [{ system: HL7, concept: [{ code: 'whale' }] }]));
    assert.deepEqual(await t.ids('Observation?code:in=http://example.org/vs/dogs'), ['whale']);
  });
  test('R4’s own examples', { skip: casesDir() ? false : 'the shared cases are not there' }, async () => {
    const read = (name: string): Loose => JSON.parse(readFileSync(join(casesDir()!, 'fhir-bad-and-fhirpath/server-shapes', name), 'utf8'));
    const t = new Server();
    await t.backend.import(read('CodeSystem-example.json'), read('ValueSet-example-expansion.json'));
    const system = read('CodeSystem-example.json');
    const expansion = await t.post('ValueSet/$expand', set('x', [{ system: system.url }]));
    assert.ok(expansion.body.expansion.total >= system.concept.length);
    assert.equal((await t.get('ValueSet/example-expansion/$expand')).status, 200);
  });
});

describe('$validate', () => {
  test('200 with the issues, unknown elements being errors', async () => {
    const s = new Server();
    const { status, body } = await s.post('Patient/$validate', patient(undefined, { gender: 'x', shoe: 43 }));
    assert.equal(status, 200);
    assert.deepEqual(
      body.issue
        .filter((one: Loose) => one.severity === 'error')
        .map((one: Loose) => one.expression[0])
        .sort(),
      ['Patient.gender', 'Patient.shoe'],
    );
    assert.equal((await s.get('Patient')).body.total, 0);
  });
  test('a valid resource has no error', async () => {
    const s = new Server();
    const { body } = await s.post('Patient/$validate', patient(undefined, { gender: 'male' }));
    assert.deepEqual(
      body.issue.map((one: Loose) => one.severity),
      ['information'],
    );
  });
  test('in Parameters, of what is stored, of another type, with a profile', async () => {
    const s = new Server();
    await s.backend.import('{"resourceType":"Patient","id":"p","gender":"x"}');
    const errors = ({ body }: Answer): number => body.issue.filter((one: Loose) => one.severity === 'error').length;
    assert.equal(
      errors(await s.post('Patient/$validate', parameters({ name: 'resource', resource: patient(undefined, { gender: 'x' }) }))),
      1,
    );
    assert.equal(errors(await s.get('Patient/p/$validate')), 1);
    assert.equal(errors(await s.post('Observation/$validate', patient())), 1);
    const profiled = await s.post(
      'Patient/$validate',
      parameters({ name: 'resource', resource: patient() }, { name: 'profile', valueUri: 'http://x.test/p' }),
    );
    assert.deepEqual(
      profiled.body.issue.map((one: Loose) => one.severity),
      ['warning'],
    );
    assert.equal((await s.post('Patient/$validate', 'nonsense')).status, 400);
    assert.equal((await s.post('Patient/$validate', parameters())).status, 400);
  });
});

describe('$everything', () => {
  let s: Server;
  const rows = (answer: Answer): string[] =>
    answer.body.entry.map((entry: Loose) => `${entry.resource.resourceType}/${entry.resource.id}`).sort();
  before(async () => {
    s = new Server();
    await s.load(
      { resourceType: 'Practitioner', id: 'doc' },
      { resourceType: 'Practitioner', id: 'nobody' },
      { resourceType: 'Medication', id: 'med', code: { text: 'x' } },
      patient('p1', { link: [{ other: { reference: 'Patient/p2' }, type: 'seealso' }] }),
      patient('p2'),
      observation('o1', {
        subject: { reference: 'Patient/p1' },
        performer: [{ reference: 'Practitioner/doc' }],
        effectiveDateTime: '2026-03-01',
      }),
      observation('o2', { subject: { reference: 'Patient/p2' } }),
      observation('o3', {
        subject: { reference: 'Patient/p1' },
        effectiveDateTime: '2024-03-01',
        derivedFrom: [{ reference: 'Observation/o2' }],
      }),
      {
        resourceType: 'MedicationRequest',
        id: 'm',
        status: 'active',
        intent: 'order',
        subject: { reference: 'Patient/p1' },
        medicationReference: { reference: 'http://server.test/fhir/Medication/med' },
        authoredOn: '2026-03-01',
      },
      {
        resourceType: 'Encounter',
        id: 'e',
        status: 'finished',
        class: { code: 'AMB' },
        subject: { reference: 'Patient/p1' },
        participant: [{ individual: { reference: 'Practitioner/doc' } }],
        period: { start: '2026-03-01', end: '2026-03-01' },
      },
      observation('o4', { subject: { reference: 'Patient/p1' }, encounter: { reference: 'Encounter/e' } }),
    );
  });

  test('the compartment and what it refers to, but nothing of another patient', async () => {
    const answer = await s.get('Patient/p1/$everything');
    assert.deepEqual(rows(answer), [
      'Encounter/e',
      'Medication/med',
      'MedicationRequest/m',
      'Observation/o1',
      'Observation/o3',
      'Observation/o4',
      'Patient/p1',
      'Practitioner/doc',
    ]);
    assert.deepEqual([answer.body.type, answer.body.total, answer.body.entry[0].resource.id], ['searchset', 8, 'p1']);
    assert.equal(
      matches(answer.body).some(({ resourceType }) => resourceType === 'Practitioner'),
      false,
    );
  });
  test('_type, _since, start and end', async () => {
    assert.deepEqual(rows(await s.get('Patient/p1/$everything?_type=Observation,Practitioner')), [
      'Observation/o1',
      'Observation/o3',
      'Observation/o4',
      'Practitioner/doc',
    ]);
    assert.deepEqual(rows(await s.get('Patient/p1/$everything?start=2026-01-01&end=2026-12-31&_type=Observation')), [
      'Observation/o1',
      'Observation/o4',
    ]);
    assert.equal((await s.get('Patient/p1/$everything?_since=2040-01-01T00:00:00Z')).body.total, 0);
    assert.equal((await s.get('Patient/p1/$everything?start=soon')).status, 400);
  });
  test('pages by _count, also asked for by POST', async () => {
    const seen: string[] = [];
    let answer = await s.post('Patient/p1/$everything', parameters({ name: '_count', valueInteger: 3 }));
    for (;;) {
      seen.push(...rows(answer));
      const next = link(answer.body, 'next');
      if (next === undefined) break;
      answer = await s.get(next);
    }
    assert.equal(new Set(seen).size, 8);
    assert.equal(seen.length, 8);
  });
  test('of an encounter, of all patients, of nobody', async () => {
    assert.deepEqual(rows(await s.get('Encounter/e/$everything')), ['Encounter/e', 'Observation/o4', 'Practitioner/doc']);
    assert.ok(rows(await s.get('Patient/$everything')).includes('Observation/o2'));
    assert.equal((await s.get('Patient/none/$everything')).status, 404);
    assert.equal((await s.get('Encounter/$everything')).status, 404);
  });
});
