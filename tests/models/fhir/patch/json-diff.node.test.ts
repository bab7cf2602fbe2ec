import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { jsonPatch } from '../../../../src/client/backends/embedded/json-patch.js';
import { Fingerprints } from '../../../../src/models/fhir/fingerprint.js';
import { cloneJson, parseJson, stringify } from '../../../../src/models/fhir/json.js';
import { diff, type JsonPatchOperation } from '../../../../src/models/fhir/patch/index.js';
import { skipWithoutCases } from '../../../support/cases.js';
import { caseResources, edited } from '../../../support/versions.js';

const print = (tree: unknown): string => new Fingerprints().of([tree], 0);
/** Applied by the embedded backend, which was not made together with this; the patch goes through its text, as over a network. */
const apply = (base: unknown, patch: readonly JsonPatchOperation[]): unknown => jsonPatch(base, parseJson(stringify(patch)));
const parsed = (text: string): object => parseJson(text) as object;
const changes = (patch: readonly JsonPatchOperation[]): string[] =>
  patch.filter(({ op }) => op !== 'test').map(({ op, path }) => `${op} ${path}`);

describe('a JSON Patch from two versions', () => {
  test('says no more than what changed', () => {
    const base = parsed('{"a":1,"b":{"c":[1,2,3],"d":"x"},"e":null,"~/":0}');
    assert.deepEqual(diff(base, cloneJson(base)), []);
    const mine = parsed('{"b":{"c":[1,3],"d":"y"},"e":false,"~/":1,"f":[]}');
    assert.deepEqual(changes(diff(base, mine)).toSorted(), [
      'add /f',
      'remove /a',
      'remove /b/c/1',
      'replace /b/d',
      'replace /e',
      'replace /~0~1',
    ]);
  });

  test('aligns lists, and tests an entry before it is changed by its position', () => {
    const base = { name: [{ family: 'A' }, { family: 'B' }, { family: 'C' }] };
    const mine = { name: [{ family: 'A' }, { family: 'B2' }, { family: 'C' }, { family: 'D' }] };
    assert.deepEqual(diff(base, mine), [
      { op: 'test', path: '/name/1', value: { family: 'B' } },
      { op: 'replace', path: '/name/1/family', value: 'B2' },
      { op: 'add', path: '/name/-', value: { family: 'D' } },
    ]);
    // Somebody put a name before the others meanwhile: the patch does not apply, rather than changing the wrong one.
    assert.throws(() => apply({ name: [{ family: 'new' }, ...base.name] }, diff(base, mine)), /test failed/);
    assert.deepEqual(changes(diff(base, mine, { guards: 'none' })), ['replace /name/1/family', 'add /name/-']);
    assert.equal(diff(base, mine, { guards: 'none' }).length, 2);
    assert.deepEqual(diff({ a: 1 }, { a: 2 }, { guards: 'all' })[0], { op: 'test', path: '/a', value: 1 });
  });

  test('keeps the characters of numbers, also where nothing else changed', () => {
    const base = parsed('{"v":1.0,"list":[0.50,1],"same":2.500}');
    const mine = parsed('{"v":1.00,"list":[0.50,1.0],"same":2.500}');
    const patch = diff(base, mine);
    assert.equal(
      stringify(patch.filter(({ op }) => op === 'replace')),
      '[{"op":"replace","path":"/v","value":1.00},{"op":"replace","path":"/list/1","value":1.0}]',
    );
    assert.equal(stringify(apply(base, patch)), stringify(mine));
  });

  test('replaces lists that are too long to align', () => {
    const base = { a: Array.from({ length: 2000 }, (_, i) => i) };
    const mine = { a: base.a.toReversed() };
    assert.deepEqual(changes(diff(base, mine)), ['replace /a']);
  });

  test('of any two JSON objects makes one out of the other', () => {
    const tree = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('1.0', '1.00', '3', '-0', '1e2', '"x"', '"y"', 'null', 'true'),
        fc.array(tie('value') as fc.Arbitrary<string>, { maxLength: 5 }).map((items) => `[${items.join()}]`),
        fc
          .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', '/', '~', '', '0', '-', 'constructor'), tie('value') as fc.Arbitrary<string>), {
            selector: ([name]) => name,
            maxLength: 4,
          })
          .map((members) => `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join()}}`),
      ),
    })).value as fc.Arbitrary<string>;
    fc.assert(
      fc.property(tree, tree, (a, b) => {
        const [base, mine] = [parsed(`{"x":${a}}`), parsed(`{"x":${b}}`)];
        assert.equal(print(apply(base, diff(base, mine))), print(mine));
      }),
      { numRuns: 2000 },
    );
  });

  test('of real records and their versions does so to the character of each number', { skip: skipWithoutCases }, (t) => {
    const resources = caseResources();
    let pairs = 0;
    const check = (base: object, mine: object): void => {
      pairs++;
      const text = stringify(base);
      assert.equal(print(apply(base, diff(base, mine))), print(mine));
      assert.equal(stringify(base), text, 'what was compared stays as it is');
    };
    const last = new Map<unknown, object>();
    for (const [index, resource] of resources.entries()) {
      for (let i = 0; i < 2; i++) check(resource, edited(resource, index * 2 + i, 1 + i * 4));
      const former = last.get(resource['resourceType']);
      if (former && index % 3 === 0) check(former, resource);
      last.set(resource['resourceType'], resource);
    }
    t.diagnostic(`${resources.length} resources, ${pairs} pairs`);
    assert.ok(resources.length > 1000);
  });
});
