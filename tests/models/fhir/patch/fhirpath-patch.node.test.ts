import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { fhirpathPatch, loadShapes } from '../../../../src/client/backends/embedded/fhirpath-patch.js';
import { parseJson, stringify } from '../../../../src/models/fhir/json.js';
import { FhirPathPatch, fhirPath } from '../../../../src/models/fhir/patch/index.js';

const shapes = await loadShapes();
const apply = (resource: object, patch: FhirPathPatch): string =>
  stringify(
    fhirpathPatch(resource as Record<string, unknown>, parseJson(stringify(patch.toParameters())) as Record<string, unknown>, shapes),
  );

describe('a FHIRPath Patch', () => {
  const patient = (): object => ({
    resourceType: 'Patient',
    birthDate: '1980-05-03',
    identifier: [
      { system: 'a', value: '1' },
      { system: 'b', value: "o'2" },
    ],
    name: [{ given: ['A', 'B'] }],
  });

  test('is made step by step, and does what it says', () => {
    const patch = new FhirPathPatch()
      .replace('Patient.birthDate', { valueDate: '1980-05-04' })
      .add('Patient', 'telecom', { valueContactPoint: { system: 'phone', value: '1' } })
      .insert('Patient.identifier', { valueIdentifier: { value: 'first' } }, 0)
      .delete(fhirPath`Patient.identifier.where(value = ${"o'2"})`)
      .move('Patient.name[0].given', 1, 0)
      .add('Patient', 'contact', { parts: { name: { valueHumanName: { text: 'K' } }, telecom: [{ valueContactPoint: { value: '2' } }] } });
    assert.equal(patch.length, 6);
    assert.deepEqual(JSON.parse(apply(patient(), patch)), {
      resourceType: 'Patient',
      birthDate: '1980-05-04',
      identifier: [{ value: 'first' }, { system: 'a', value: '1' }],
      name: [{ given: ['B', 'A'] }],
      telecom: [{ system: 'phone', value: '1' }],
      contact: [{ name: { text: 'K' }, telecom: [{ value: '2' }] }],
    });
  });

  test('finds by a value what a person typed, whatever it is', () => {
    for (const typed of ["o'2", '\\', 'a\nb\tc', "') or true"]) {
      const resource = { resourceType: 'Patient', identifier: [{ value: 'other' }, { value: typed }] };
      assert.deepEqual(JSON.parse(apply(resource, new FhirPathPatch().delete(fhirPath`Patient.identifier.where(value = ${typed})`))), {
        resourceType: 'Patient',
        identifier: [{ value: 'other' }],
      });
    }
  });

  test('keeps the characters of a number', () => {
    const value = parseJson('{"valueDecimal":1.50}') as { valueDecimal: number };
    const text = apply(
      { resourceType: 'Location', position: { latitude: 1, longitude: 2 } },
      new FhirPathPatch().replace('Location.position.latitude', value),
    );
    assert.match(text, /"latitude":1\.50\b/);
  });

  test('refuses what cannot be one', () => {
    const patch = new FhirPathPatch();
    assert.throws(() => patch.toParameters(), TypeError);
    assert.throws(() => patch.insert('Patient.name', { valueString: 'x' }, -1), RangeError);
    assert.throws(() => patch.delete(' '), TypeError);
    assert.throws(() => patch.add('Patient', 'x', {} as never), TypeError);
    assert.throws(() => patch.add('Patient', 'x', { valueString: 'a', valueCode: 'b' } as never), TypeError);
    assert.equal(patch.length, 0);
  });

  test('values in a path are literals, whatever was typed', () => {
    assert.equal(fhirPath`a.where(b = ${"x' or 'a' = 'a"})`, "a.where(b = 'x\\' or \\'a\\' = \\'a')");
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const inner = fhirPath`${typed}`.slice(1, -1);
        assert.doesNotMatch(inner.replace(/\\./g, ''), /['\\\n\r]/);
      }),
    );
  });
});
