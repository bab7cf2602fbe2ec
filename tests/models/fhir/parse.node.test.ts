import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { CareIssue } from '../../../src/models/errors.js';
import { RESOURCE_TYPES, parseJson, parseResource, stringify, type ParseOptions } from '../../../src/models/fhir/index.js';
import { MORE_STRUCTURE_LOADERS } from '../../../src/models/fhir/generated/more-loaders.js';

const ANN = { resourceType: 'Patient', id: 'ann', name: [{ family: 'Example', given: ['Ann'] }], birthDate: '1970-01-01' };

const lines = (issues: readonly CareIssue[]): string[] =>
  issues.map((issue) => `${issue.severity} ${issue.code} ${issue.path}: ${issue.message}`);

/** The issues of an input, as lines. */
async function issues(input: unknown, options?: ParseOptions): Promise<string[]> {
  return lines((await parseResource(input, options)).issues);
}

/** A Patient with these elements too. */
const patient = (more: object): unknown => ({ ...ANN, ...more });

describe('parseResource', () => {
  it('gives the input itself, with its type', async () => {
    const result = await parseResource(ANN, { type: 'Patient' });
    assert.ok(result.ok);
    assert.equal(result.value, ANN);
    const family: string | undefined = result.value.name?.[0]?.family;
    assert.equal(family, 'Example');
    assert.deepEqual(result.issues, []);
  });

  it('reads text, and keeps each number as it was written', async () => {
    const text = '{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{"value":1.50e1}}';
    const result = await parseResource(text);
    assert.ok(result.ok);
    assert.equal(stringify(result.value), text);
  });

  it('says where text is not JSON, and quotes nothing', async () => {
    assert.deepEqual(await issues('{"resourceType":"Patient","birthDate" "1970-01-01"}'), [
      'fatal structure : Not JSON: a colon was expected here (line 1, column 39)',
    ]);
  });

  for (const [input, expected] of [
    ['[]', 'error structure : must be a resource: an object that says its resourceType'],
    ['null', 'error structure : must be a resource: an object that says its resourceType'],
    [undefined, 'error structure : must be a resource: an object that says its resourceType'],
    ['{}', 'error required resourceType: is required'],
    ['{"resourceType":1}', 'error required resourceType: is required'],
  ] as const)
    it(`refuses ${String(input)}`, async () => assert.deepEqual(await issues(input), [expected]));

  it('refuses another type than the one expected', async () => {
    assert.deepEqual(await issues(ANN, { type: 'Observation' }), ['error structure resourceType: must be Observation here']);
  });

  it('keeps unknown elements with a warning when reading, and refuses them when validating', async () => {
    const input = patient({ nickname: 'x', contact: [{ name: { text: 'x' }, age: 3 }], _photo: {} });
    const read = await parseResource(input);
    assert.ok(read.ok);
    assert.equal(read.value, input);
    const expected = [
      'Patient.nickname: is not an element of Patient',
      'Patient.contact[0].age: is not an element of Patient.contact',
      'Patient.photo: is not an element of Patient',
    ];
    assert.deepEqual(
      lines(read.issues),
      expected.map((line) => `warning structure ${line}`),
    );
    assert.deepEqual(
      await issues(input, { unknown: 'error' }),
      expected.map((line) => `error structure ${line}`),
    );
  });

  it('does not put a name that is no name into a path', async () => {
    assert.deepEqual(await issues(patient({ 'Ann Example 1970': 1 })), [
      'warning structure Patient: has a property with a name that no element has',
    ]);
    assert.deepEqual(
      (await parseResource({ resourceType: 'Ann Example', x: 1 })).issues.map((issue) => issue.path),
      ['Resource.resourceType'],
    );
  });

  it('keeps a type without a schema, with a note, and tells one that R4 does not have', async () => {
    const evidence = { resourceType: 'Evidence', anything: 1 };
    const result = await parseResource(evidence, { unknown: 'error' });
    assert.ok(result.ok);
    assert.equal(result.value, evidence);
    assert.deepEqual(lines(result.issues), [
      'information not-supported Evidence: is kept unchecked: there is no schema for this resource type',
    ]);
    for (const type of ['MedicationOrder', 'DomainResource', 'toString', '__proto__']) {
      const read = await parseResource(`{"resourceType":"${type}"}`);
      assert.equal(read.ok, true, type);
      assert.equal(read.issues[0]?.severity, 'warning');
      assert.equal((await parseResource(`{"resourceType":"${type}"}`, { unknown: 'error' })).ok, false, type);
    }
  });

  it('takes further schemas, for that call only', async () => {
    const measure = { resourceType: 'Measure' };
    assert.deepEqual(await issues(measure, { more: MORE_STRUCTURE_LOADERS }), ['error required Measure.status: is required']);
    assert.equal((await parseResource(measure)).ok, true);
  });

  it('has a schema for every type that it names', async () => {
    for (const type of [...RESOURCE_TYPES, ...Object.keys(MORE_STRUCTURE_LOADERS)]) {
      const result = await parseResource({ resourceType: type, id: 'not an id' }, { more: MORE_STRUCTURE_LOADERS });
      assert.ok(
        result.issues.some((issue) => issue.path === `${type}.id`),
        type,
      );
    }
  });
});

describe('structure', () => {
  for (const [name, more, expected] of [
    ['a required element', { link: [{ type: 'seealso' }] }, ['error required Patient.link[0].other: is required']],
    ['a value where a list belongs', { name: { family: 'x' } }, ['error structure Patient.name: must be a list, in square brackets']],
    ['a list where a value belongs', { maritalStatus: [{ text: 'x' }] }, ['error structure Patient.maritalStatus: must not be a list']],
    ['a list where a primitive belongs', { gender: ['male'] }, ['error value Patient.gender: must be a text in quotes']],
    ['a text where an element belongs', { maritalStatus: 'M' }, ['error structure Patient.maritalStatus: must be an object']],
    ['an empty list', { name: [] }, ['error structure Patient.name: must not be empty: leave it out instead']],
    [
      'an empty list of primitives',
      { name: [{ given: [] }] },
      ['error structure Patient.name[0].given: must not be empty: leave it out instead'],
    ],
    ['an empty element', { maritalStatus: {} }, ['error structure Patient.maritalStatus: must have a value or elements in it']],
    [
      'an element with an id only',
      { maritalStatus: { id: 'x' } },
      ['error structure Patient.maritalStatus: must have a value or elements in it'],
    ],
    ['null', { birthDate: null }, ['error value Patient.birthDate: must not be null: leave it out instead']],
    ['null for an element in a list', { name: [null] }, ['error structure Patient.name[0]: must be an object']],
    [
      'two of a choice',
      { deceasedBoolean: true, deceasedDateTime: '2020' },
      ['error structure Patient: must have only one of deceasedBoolean and deceasedDateTime'],
    ],
    ['a choice with no type', { deceased: true }, ['warning structure Patient.deceased: is not an element of Patient']],
    [
      'a code that is not in the required value set',
      { gender: 'm' },
      ['error code-invalid Patient.gender: must be one of male, female, other, unknown'],
    ],
    [
      'the same element id twice',
      {
        name: [
          { id: 'a', text: 'x' },
          { id: 'a', text: 'y' },
        ],
      },
      ['error invariant Patient.name[1].id: is the id of another element too'],
    ],
    [
      'a relative extension url',
      { extension: [{ url: 'x', valueCode: 'x' }] },
      ['error value Patient.extension[0].url: must be absolute, outside another extension'],
    ],
    [
      'an extension with value and extensions',
      { extension: [{ url: 'http://x', valueCode: 'x', extension: [{ url: 'y', valueCode: 'x' }] }] },
      ['error invariant Patient.extension[0]: needs value or extension, not both (ext-1)'],
    ],
    [
      'an extension with neither',
      { extension: [{ url: 'http://x' }] },
      ['error invariant Patient.extension[0]: needs value or extension, not both (ext-1)'],
    ],
  ] as const)
    it(`reports ${name}`, async () => assert.deepEqual(await issues(patient(more)), expected));

  it('accepts a required primitive that has only extensions, and its partner in a list', async () => {
    const absent = { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] };
    assert.deepEqual(await issues({ resourceType: 'Observation', _status: absent, code: { text: 'x' } }, { unknown: 'error' }), []);
    assert.deepEqual(await issues(patient({ name: [{ given: [null, 'Ann'], _given: [absent, null] }] }), { unknown: 'error' }), []);
    assert.deepEqual(await issues(patient({ name: [{ _given: [absent] }], _birthDate: { id: 'x' } }), { unknown: 'error' }), []);
    assert.deepEqual(await issues(patient({ birthDate: undefined, _birthDate: { id: 'x' } })), [
      'error structure Patient.birthDate: must have a value or elements in it',
    ]);
    assert.deepEqual(await issues(patient({ name: [{ given: [null], _given: [null] }] })), [
      'error structure Patient.name[0].given[0]: must not be null, unless the list beside it has something there',
    ]);
    assert.deepEqual(await issues(patient({ _birthDate: { extension: [{ url: 'http://x', valueInteger: 1.5 }] } })), [
      'error value Patient.birthDate.extension[0].valueInteger: must be a whole number from -2147483648 to 2147483647, written without a point or exponent',
    ]);
  });

  it('asks a concept with a required binding for one of its codes', async () => {
    const allergy = (clinicalStatus: unknown): unknown => ({
      resourceType: 'AllergyIntolerance',
      patient: { reference: 'Patient/a' },
      clinicalStatus,
    });
    const system = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical';
    assert.deepEqual(await issues(allergy({ coding: [{ code: 'x' }, { system, code: 'active' }] })), []);
    assert.deepEqual(await issues(allergy({ text: 'active' })), [
      `error code-invalid AllergyIntolerance.clinicalStatus: needs a code of ${system}: active, inactive, resolved`,
    ]);
    assert.deepEqual((await issues(allergy({ coding: [{ system: 'http://x', code: 'active' }] }))).length, 1);
  });

  it('warns of what R4 asks and its own examples do not keep to', async () => {
    const input = {
      resourceType: 'QuestionnaireResponse',
      status: 'completed',
      questionnaire: 'Questionnaire/1',
      subject: { reference: 'ann' },
    };
    const result = await parseResource(input, { unknown: 'error' });
    assert.equal(result.ok, true);
    assert.deepEqual(lines(result.issues), [
      'warning value QuestionnaireResponse.questionnaire: should be an absolute URL, or #id',
      'warning value QuestionnaireResponse.subject.reference: should be Type/id, #id or an absolute URL',
    ]);
  });

  it('quotes no value of the record', async () => {
    const secret = 'Zaphod';
    const input = patient({
      birthDate: secret,
      gender: secret,
      maritalStatus: secret,
      text: { status: 'x', div: secret },
      active: secret,
      generalPractitioner: [{ reference: secret }],
      link: [{ other: { reference: `#${secret}` }, type: secret }],
    });
    const found = await issues(input);
    assert.ok(found.length > 6);
    assert.ok(!found.join().includes(secret), found.join('\n'));
  });
});

describe('resources inside resources', () => {
  it('checks a Bundle by the type of each entry, with whole paths', async () => {
    const bundle = {
      resourceType: 'Bundle',
      type: 'collection',
      entry: [
        { fullUrl: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520', resource: ANN },
        { resource: { resourceType: 'Condition', subject: {} } },
        { resource: { resourceType: 'Bundle', type: 'x', entry: [{ resource: { resourceType: 'Patient', active: 1 } }] } },
        { resource: { resourceType: 'Evidence' } },
        { resource: { name: 'x' } },
      ],
    };
    assert.deepEqual(await issues(bundle), [
      'error structure Bundle.entry[4].resource: must be a resource, which says its resourceType',
      'error structure Bundle.entry[1].resource.subject: must have a value or elements in it',
      'error code-invalid Bundle.entry[2].resource.type: must be one of document, message, transaction, transaction-response, batch, batch-response, history, searchset, collection',
      'error value Bundle.entry[2].resource.entry[0].resource.active: must be true or false, without quotes',
      'information not-supported Bundle.entry[3].resource: is kept unchecked: there is no schema for this resource type',
    ]);
  });

  it('checks what Parameters carry, in parts too, and the outcome of an entry', async () => {
    const parameters = {
      resourceType: 'Parameters',
      parameter: [{ name: 'a', part: [{ name: 'b', resource: { resourceType: 'Patient', active: 'x' } }] }],
    };
    assert.deepEqual(
      (await parseResource(parameters)).issues.map((issue) => issue.path),
      ['Parameters.parameter[0].part[0].resource.active'],
    );
    const bundle = {
      resourceType: 'Bundle',
      type: 'batch-response',
      entry: [{ response: { status: '400', outcome: { resourceType: 'OperationOutcome' } } }],
    };
    assert.deepEqual(
      (await parseResource(bundle)).issues.map((issue) => issue.path),
      ['Bundle.entry[0].response.outcome.issue'],
    );
  });

  it('holds contained resources to dom-2 to dom-5, and local references to ref-1', async () => {
    const gp = { resourceType: 'Practitioner', id: 'gp' };
    const containing = (contained: object[], more: object = {}): unknown =>
      patient({ contained, generalPractitioner: [{ reference: '#gp' }], ...more });
    assert.deepEqual(await issues(containing([gp])), []);
    assert.deepEqual(await issues(containing([{ ...gp, meta: { versionId: '1' } }])), [
      'error invariant Patient.contained[0].meta: must have no version and no time of update (dom-4)',
    ]);
    assert.deepEqual(await issues(containing([{ ...gp, meta: { security: [{ code: 'x' }] } }])), [
      'error invariant Patient.contained[0].meta.security: must have no security label (dom-5)',
    ]);
    assert.deepEqual(
      await issues(
        containing([{ ...gp, contained: [{ resourceType: 'Patient', id: 'x', link: [{ other: { reference: '#' }, type: 'refer' }] }] }]),
      ),
      ['error invariant Patient.contained[0].contained: must not contain resources itself (dom-2)'],
    );
    assert.deepEqual(await issues(containing([gp, { resourceType: 'Organization', id: 'o', name: 'x' }])), [
      'error invariant Patient.contained[1]: must be referred to by #id from within the resource, or refer to it by # (dom-3)',
    ]);
    assert.deepEqual(
      await issues(containing([{ resourceType: 'Practitioner', id: 'other' }, gp], { managingOrganization: { reference: '#other' } })),
      [],
    );
    assert.deepEqual(await issues(patient({ generalPractitioner: [{ reference: '#gp' }] })), [
      'error invariant Patient.generalPractitioner[0].reference: must refer to a resource that is contained here (ref-1)',
    ]);
    assert.deepEqual(await issues(containing([gp, gp])), ['error invariant Patient.contained[1].id: must have an id of its own']);
    // Contained resources refer to one another, and to the one that contains them.
    const role = { resourceType: 'PractitionerRole', id: 'role', practitioner: { reference: '#gp' } };
    assert.deepEqual(await issues(containing([gp, role], { generalPractitioner: [{ reference: '#role' }] })), []);
    const back = { resourceType: 'RelatedPerson', id: 'rp', patient: { reference: '#' } };
    assert.deepEqual(await issues(containing([gp, back])), []);
    assert.deepEqual((await issues(patient({ managingOrganization: { reference: '#' } }))).length, 1);
  });

  it('refuses a resource that holds itself, or nests without end', async () => {
    const circle: Record<string, unknown> = { resourceType: 'Bundle', type: 'collection', entry: [] };
    (circle['entry'] as unknown[]).push({ resource: circle });
    assert.deepEqual(await issues(circle), ['error structure Bundle: is nested too deeply, or holds itself']);
    const extension: Record<string, unknown> = { url: 'http://x' };
    extension['extension'] = [extension];
    const found = await parseResource(patient({ extension: [extension] }));
    assert.equal(found.ok, false);
    assert.ok(found.issues.some((issue) => issue.message === 'is nested too deeply'));
  });
});

describe('any input', () => {
  const types = fc.constantFrom(...RESOURCE_TYPES);
  const names = fc.constantFrom(
    'name',
    'code',
    'status',
    'subject',
    'value',
    'valueQuantity',
    'extension',
    'contained',
    'entry',
    'resource',
    'id',
    'text',
    'item',
    'identifier',
    'period',
    'meta',
    'component',
    'resourceType',
    '_status',
    '__proto__',
    'parameter',
  );
  const { node } = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 5, depthIdentifier: 'node' },
      fc.jsonValue({ maxDepth: 1 }),
      types.map((resourceType) => ({ resourceType })),
      fc.constantFrom('Patient/1', '#x', '2020-01-01', 'final', 1.5, '<div/>'),
      fc.dictionary(names, tie('node'), { maxKeys: 5, depthIdentifier: 'node' }),
      fc.array(tie('node'), { maxLength: 3, depthIdentifier: 'node' }),
    ),
  }));

  it('never rejects, and never calls for a stop of its own', async () => {
    await fc.assert(
      fc.asyncProperty(types, fc.dictionary(names, node, { maxKeys: 8 }), async (resourceType, elements) => {
        const input = { ...elements, resourceType };
        const before = stringify(input);
        const result = await parseResource(input);
        assert.ok(!result.issues.some((issue) => issue.code === 'exception'));
        assert.equal(result.ok, !result.issues.some((issue) => issue.severity === 'error' || issue.severity === 'fatal'));
        assert.equal(stringify(input), before);
        // The same from text: nothing depends on the identity of objects.
        assert.deepEqual((await parseResource(before)).issues, (await parseResource(parseJson(before))).issues);
      }),
      { numRuns: 1500 },
    );
  });

  it('never rejects on text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.json(),
          node.map((value) => JSON.stringify(value) ?? ''),
        ),
        async (text) => {
          await parseResource(text);
        },
      ),
    );
  });

  it('never rejects on what only looks like data', async () => {
    const trap = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no');
        },
      },
    );
    for (const input of [
      trap,
      { resourceType: 'Patient', name: trap },
      Symbol('x'),
      () => 1,
      1n,
      new Date(),
      new Map(),
      {
        get resourceType(): string {
          throw new Error('no');
        },
      },
    ]) {
      const result = await parseResource(input);
      assert.equal(result.ok, false);
    }
  });
});
