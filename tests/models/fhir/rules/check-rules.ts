import assert from 'node:assert/strict';
import { it } from 'node:test';
import { parseResource } from '../../../../src/models/fhir/index.js';
import { MORE_STRUCTURE_LOADERS } from '../../../../src/models/fhir/generated/more-loaders.js';
import type { Rules } from '../../../../src/models/fhir/schema/rules/rule.js';

/** Rule -> a resource that breaks it and nothing else, and one that keeps it. */
export type Cases = Record<string, [bad: object, good: object]>;

export const X = { text: 'x' };
export const REF = { reference: 'Patient/a' };
export const UCUM = 'http://unitsofmeasure.org';
export const concept = (system: string, code: string): object => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }],
});
export const value = (property: string, held: unknown): object => ({
  resourceType: 'Basic',
  code: X,
  extension: [{ url: 'http://x', [property]: held }],
});

/** The errors of a resource, validated with all schemas: path and words. */
export const errorsOf = async (resource: object): Promise<string[]> =>
  (await parseResource(resource, { unknown: 'error', more: MORE_STRUCTURE_LOADERS })).issues
    .filter((issue) => issue.severity !== 'warning')
    .map((issue) => `${issue.path} ${issue.message}`);

/** A test for each case, and one that no rule of these modules is without. */
export function checkRules(cases: Cases, modules: readonly object[]): void {
  for (const [key, [bad, good]] of Object.entries(cases))
    it(`${key} refuses what breaks it, accepts what keeps it`, async () => {
      const broken = await errorsOf(bad);
      assert.equal(broken.length, 1, broken.join('\n'));
      assert.ok(broken[0]?.endsWith(`(${key})`), broken[0]);
      assert.deepEqual(await errorsOf(good), []);
    });

  it('has a case for every rule', () => {
    const rules = modules.flatMap((module) => Object.values(module) as Rules[]);
    const keys = rules.flatMap((each) => Object.values(each).flat()).map((rule) => rule.key);
    assert.deepEqual([...new Set(keys)].toSorted(), Object.keys(cases).toSorted());
  });
}
