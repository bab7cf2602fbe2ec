import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { jsonPatch } from '../../../src/client/backends/embedded/json-patch.js';
import { fhirpathPatch, loadShapes } from '../../../src/client/backends/embedded/fhirpath-patch.js';
import { parsePath } from '../../../src/client/backends/embedded/fhirpath.js';
import { FhirError } from '../../../src/client/backends/embedded/outcome.js';
import { parseJson, stringify } from '../../../src/models/fhir/json.js';
import { casesDir } from '../../support/cases.js';
import type { Loose } from './server.js';

const throwsStatus = (work: () => unknown, status: number): void =>
  assert.throws(work, (error) => error instanceof FhirError && error.status === status);

const cases = casesDir() && join(casesDir()!, 'fhir-bad-and-fhirpath/patch/json-patch-tests.json');

interface PatchCase {
  comment?: string;
  doc: unknown;
  patch: unknown;
  expected?: unknown;
  error?: string;
  disabled?: boolean;
}

describe('JSON Patch', () => {
  test('the published cases', { skip: cases && existsSync(cases) ? false : 'the shared cases are not there' }, () => {
    const list = JSON.parse(readFileSync(cases!, 'utf8')) as PatchCase[];
    assert.ok(list.length > 10);
    for (const { comment, doc, patch, expected, error, disabled } of list) {
      if (disabled) continue;
      const before = JSON.stringify(doc);
      if (error !== undefined) assert.throws(() => jsonPatch(doc, patch), FhirError, comment);
      else if (expected !== undefined) assert.deepEqual(jsonPatch(doc, patch), expected, comment);
      else jsonPatch(doc, patch);
      assert.equal(JSON.stringify(doc), before, 'the document stays as it is');
    }
  });

  const APPLY: [name: string, doc: unknown, patch: unknown, expected: unknown][] = [
    ['adds before an index', [1, 2], [{ op: 'add', path: '/1', value: 9 }], [1, 9, 2]],
    ['replaces the whole', { a: 1 }, [{ op: 'replace', path: '', value: [] }], []],
    ['replaces in place, so the order stays', { a: 1, b: 2 }, [{ op: 'replace', path: '/a', value: 3 }], { a: 3, b: 2 }],
    ['moves within a list', ['a', 'b', 'c'], [{ op: 'move', from: '/0', path: '/2' }], ['b', 'c', 'a']],
    ['moves to where it is', { a: 1 }, [{ op: 'move', from: '/a', path: '/a' }], { a: 1 }],
    [
      'copies, and the copy is another one',
      { a: { x: 1 } },
      [
        { op: 'copy', from: '/a', path: '/b' },
        { op: 'replace', path: '/b/x', value: 2 },
      ],
      { a: { x: 1 }, b: { x: 2 } },
    ],
    [
      'tests numbers by value and members in any order',
      { a: { x: 1, y: [2] } },
      [{ op: 'test', path: '/a', value: { y: [2.0], x: 1 } }],
      { a: { x: 1, y: [2] } },
    ],
    [
      'takes null for a value',
      { a: null },
      [
        { op: 'test', path: '/a', value: null },
        { op: 'add', path: '/b', value: null },
      ],
      { a: null, b: null },
    ],
    [
      'reads ~0 and ~1',
      { 'a/b': 1, 'c~d': 2 },
      [
        { op: 'remove', path: '/a~1b' },
        { op: 'remove', path: '/c~0d' },
      ],
      {},
    ],
  ];
  for (const [name, doc, patch, expected] of APPLY) test(name, () => assert.deepEqual(jsonPatch(doc, patch), expected));

  const REFUSE: [name: string, doc: unknown, patch: unknown, status: number][] = [
    ['an index with a leading zero', [1, 2], [{ op: 'add', path: '/01', value: 1 }], 422],
    ['an index beyond the end', [1], [{ op: 'add', path: '/2', value: 1 }], 422],
    ['an index that is no number', [1], [{ op: 'replace', path: '/1e0', value: 1 }], 422],
    ['a replacement of what is not there', {}, [{ op: 'replace', path: '/a', value: 1 }], 422],
    ['a removal of what is not there', {}, [{ op: 'remove', path: '/a' }], 422],
    ['a removal at the end of a list', [1], [{ op: 'remove', path: '/-' }], 422],
    ['a path through a text', { a: 'x' }, [{ op: 'add', path: '/a/b', value: 1 }], 422],
    ['a move into itself', { a: {} }, [{ op: 'move', from: '/a', path: '/a/b' }], 422],
    ['a member inherited from JavaScript', {}, [{ op: 'test', path: '/constructor', value: 1 }], 422],
    ['a member that would change a prototype', {}, [{ op: 'add', path: '/__proto__', value: {} }], 422],
    ['no path', {}, [{ op: 'add', value: 1 }], 400],
    ['a path that does not begin with a slash', {}, [{ op: 'add', path: 'a', value: 1 }], 400],
    ['no value', {}, [{ op: 'add', path: '/a' }], 400],
    ['no from', {}, [{ op: 'copy', path: '/a' }], 400],
    ['an operation that does not exist', {}, [{ op: 'merge', path: '/a' }], 400],
    ['an operation that is no object', {}, ['add'], 400],
  ];
  for (const [name, doc, patch, status] of REFUSE) test(`refuses ${name}`, () => throwsStatus(() => jsonPatch(doc, patch), status));

  test('keeps the digits of numbers: untouched, moved, copied, and those of the patch', () => {
    const doc = parseJson('{"a":1.00,"b":{"c":[2.50]},"d":1e3}');
    const patch = parseJson(
      '[{"op":"move","from":"/a","path":"/e"},{"op":"copy","from":"/b","path":"/f"},{"op":"add","path":"/g","value":{"h":[4.000]}},{"op":"test","path":"/e","value":1}]',
    );
    assert.equal(stringify(jsonPatch(doc, patch)), '{"b":{"c":[2.50]},"d":1e3,"e":1.00,"f":{"c":[2.50]},"g":{"h":[4.000]}}');
  });

  test('never throws anything but a FhirError', () => {
    const path = fc.constantFrom('', '/', '/a', '/a/0', '/a/-', '/b/c', '/~2', 'x', '/a/0/0');
    const operation = fc.record(
      { op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test', 'x'), path, from: path, value: fc.jsonValue() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.constantFrom({ a: [1, [2]], b: { c: null } }, [], 'x', null), fc.array(operation), (doc, patch) => {
        try {
          jsonPatch(doc, patch);
        } catch (error) {
          assert.ok(error instanceof FhirError, String(error));
        }
      }),
    );
  });
});

interface Step {
  type: string;
  path: string;
  name?: string;
  value?: Loose;
  index?: number;
  source?: number;
  destination?: number;
}
const parameters = (...steps: Step[]): Loose => ({
  resourceType: 'Parameters',
  parameter: steps.map(({ type, path, name, value, index, source, destination }) => ({
    name: 'operation',
    part: [
      { name: 'type', valueCode: type },
      { name: 'path', valueString: path },
      ...(name === undefined ? [] : [{ name: 'name', valueString: name }]),
      ...(value === undefined ? [] : [{ name: 'value', ...value }]),
      ...Object.entries({ index, source, destination }).flatMap(([key, number]) =>
        number === undefined ? [] : [{ name: key, valueInteger: number }],
      ),
    ],
  })),
});

describe('FHIRPath Patch', async () => {
  const shapes = await loadShapes();
  const patched = (resource: Loose, ...steps: Step[]): Loose => fhirpathPatch(resource, parameters(...steps), shapes);
  const person = {
    resourceType: 'Patient',
    id: 'p',
    name: [
      { use: 'official', family: 'A', given: ['X', 'Y'] },
      { use: 'nickname', given: ['Z'] },
    ],
    gender: 'male',
    _gender: { id: 'g' },
  };

  const APPLY: [name: string, step: Step, expected: Loose][] = [
    [
      'add: a primitive',
      { type: 'add', path: 'Patient', name: 'birthDate', value: { valueDate: '1980-01-01' } },
      { ...person, birthDate: '1980-01-01' },
    ],
    [
      'add: to a list that is not there',
      { type: 'add', path: 'Patient', name: 'identifier', value: { valueIdentifier: { value: '1' } } },
      { ...person, identifier: [{ value: '1' }] },
    ],
    [
      'add: to the end of a list',
      { type: 'add', path: 'Patient.name.first()', name: 'given', value: { valueString: 'W' } },
      { ...person, name: [{ ...person.name[0], given: ['X', 'Y', 'W'] }, person.name[1]] },
    ],
    [
      'add: a choice',
      { type: 'add', path: 'Patient', name: 'deceased', value: { valueBoolean: false } },
      { ...person, deceasedBoolean: false },
    ],
    [
      'add: an element in parts',
      {
        type: 'add',
        path: 'Patient',
        name: 'contact',
        value: {
          part: [
            { name: 'name', valueHumanName: { text: 'Y' } },
            { name: 'telecom', valueContactPoint: { value: '1' } },
          ],
        },
      },
      { ...person, contact: [{ name: { text: 'Y' }, telecom: [{ value: '1' }] }] },
    ],
    [
      'add: an extension',
      { type: 'add', path: 'Patient', name: 'extension', value: { valueExtension: { url: 'urn:x', valueString: 'y' } } },
      { ...person, extension: [{ url: 'urn:x', valueString: 'y' }] },
    ],
    [
      'insert',
      { type: 'insert', path: 'Patient.name[0].given', index: 1, value: { valueString: 'W' } },
      { ...person, name: [{ ...person.name[0], given: ['X', 'W', 'Y'] }, person.name[1]] },
    ],
    [
      'insert: the first',
      { type: 'insert', path: 'Patient.identifier', index: 0, value: { valueIdentifier: { value: '1' } } },
      { ...person, identifier: [{ value: '1' }] },
    ],
    [
      'delete: an element of a list by where',
      { type: 'delete', path: "Patient.name.where(use = 'nickname')" },
      { ...person, name: [person.name[0]] },
    ],
    [
      'delete: a primitive, with what hangs on it',
      { type: 'delete', path: 'Patient.gender' },
      { resourceType: 'Patient', id: 'p', name: person.name },
    ],
    ['delete: what is not there', { type: 'delete', path: 'Patient.birthDate' }, person],
    [
      'replace',
      { type: 'replace', path: "Patient.name.where(use='official').family", value: { valueString: 'B' } },
      { ...person, name: [{ ...person.name[0], family: 'B' }, person.name[1]] },
    ],
    [
      'replace: one of a list',
      { type: 'replace', path: 'Patient.name[0].given.last()', value: { valueString: 'W' } },
      { ...person, name: [{ ...person.name[0], given: ['X', 'W'] }, person.name[1]] },
    ],
    [
      'move',
      { type: 'move', path: 'Patient.name[0].given', source: 1, destination: 0 },
      { ...person, name: [{ ...person.name[0], given: ['Y', 'X'] }, person.name[1]] },
    ],
  ];
  for (const [name, step, expected] of APPLY)
    test(name, () => {
      const before = JSON.stringify(person);
      assert.deepEqual(patched(person, step), expected);
      assert.equal(JSON.stringify(person), before);
    });

  test('delete: the last of a list takes the list with it', () => {
    const resource = { resourceType: 'Patient', id: 'p', contact: [{ telecom: [{ value: '1' }], name: { text: 'x' } }] };
    assert.deepEqual(patched(resource, { type: 'delete', path: 'Patient.contact[0].telecom[0]' }).contact, [{ name: { text: 'x' } }]);
  });
  test('replace: a choice by one of another type', () => {
    const resource = { resourceType: 'Observation', id: 'o', valueQuantity: { value: 1 } };
    assert.deepEqual(patched(resource, { type: 'replace', path: 'Observation.value', value: { valueString: 'x' } }), {
      resourceType: 'Observation',
      id: 'o',
      valueString: 'x',
    });
  });
  test('where by a path, a number and a truth value', () => {
    const resource = {
      resourceType: 'Observation',
      id: 'o',
      component: [
        { code: { text: 'a' }, valueInteger: 1 },
        { code: { text: 'b' }, valueInteger: 2 },
      ],
    };
    for (const path of ["Observation.component.where(code.text = 'b')", 'Observation.component.where(value = 2)'])
      assert.deepEqual(patched(resource, { type: 'delete', path }).component, [resource.component[0]]);
  });
  test('several operations, each on what the one before left', () => {
    const result = patched(
      person,
      { type: 'delete', path: 'Patient.name[0]' },
      { type: 'replace', path: 'Patient.name[0].use', value: { valueCode: 'official' } },
    );
    assert.deepEqual(result.name, [{ use: 'official', given: ['Z'] }]);
  });
  test('keeps the digits of its numbers', () => {
    const parametersText =
      '{"resourceType":"Parameters","parameter":[{"name":"operation","part":[{"name":"type","valueCode":"add"},{"name":"path","valueString":"ChargeItem"},{"name":"name","valueString":"factorOverride"},{"name":"value","valueDecimal":1.50}]}]}';
    const resource = parseJson('{"resourceType":"ChargeItem","id":"c","quantity":{"value":2.00}}') as Loose;
    assert.equal(
      stringify(fhirpathPatch(resource, parseJson(parametersText) as Loose, shapes)),
      '{"resourceType":"ChargeItem","id":"c","quantity":{"value":2.00},"factorOverride":1.50}',
    );
  });

  const REFUSE: [name: string, step: Step, status: number][] = [
    ['several elements', { type: 'replace', path: 'Patient.name.use', value: { valueCode: 'usual' } }, 422],
    ['no element to replace', { type: 'replace', path: 'Patient.birthDate', value: { valueDate: '1980-01-01' } }, 422],
    ['a second value where one may be', { type: 'add', path: 'Patient', name: 'gender', value: { valueCode: 'female' } }, 422],
    ['an index beyond the end', { type: 'insert', path: 'Patient.name', index: 7, value: { valueHumanName: {} } }, 422],
    ['a move beyond the end', { type: 'move', path: 'Patient.name', source: 0, destination: 2 }, 422],
    ['a list that is none', { type: 'insert', path: 'Patient.gender', index: 0, value: { valueCode: 'x' } }, 422],
    ['the resource itself', { type: 'delete', path: 'Patient' }, 422],
    ['an unknown operation', { type: 'merge', path: 'Patient.name' }, 400],
    ['no value', { type: 'add', path: 'Patient', name: 'birthDate' }, 400],
    ['no name', { type: 'add', path: 'Patient', value: { valueDate: '1980-01-01' } }, 400],
  ];
  for (const [name, step, status] of REFUSE) test(`refuses ${name}`, () => throwsStatus(() => patched(person, step), status));

  for (const path of [
    'Patient.name.select(given)',
    'Patient.name | Patient.contact',
    "Patient.name.where(use != 'official')",
    "Patient.name.where(use = 'a' and family = 'b')",
    'Patient.name[a]',
    '%resource.name',
    'Patient name',
    'Patient..name',
    "Patient.name.where(use='a'",
  ])
    test(`refuses the path ${path}`, () => throwsStatus(() => parsePath(path, 'Patient'), 422));
  test('any path either is read or refused', () => {
    fc.assert(
      fc.property(fc.string(), (path) => {
        try {
          parsePath(path, 'Patient');
        } catch (error) {
          assert.ok(error instanceof FhirError, String(error));
        }
      }),
    );
  });
});
