// What holds for any three versions: of real records, each edited twice by chance, and of hostile JSON.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Fingerprints } from '../../../../src/models/fhir/fingerprint.js';
import { cloneJson, parseJson, stringify } from '../../../../src/models/fhir/json.js';
import { merge, type MergeConflict, type MergeResult, type MergeSide as Side } from '../../../../src/models/fhir/merge/index.js';
import { skipWithoutCases } from '../../../support/cases.js';
import { caseResources, edited, type Tree } from '../../../support/versions.js';

const print = (tree: unknown): string => new Fingerprints().of([tree], 0);
const paths = (result: MergeResult): string[] => result.conflicts.map(({ path, kind }) => `${kind} ${path}`).toSorted();

/** Texts of all leaves, numbers to the character. */
function leaves(tree: unknown): Set<string> {
  const found = new Set<string>();
  const visit = (holder: object): void => {
    for (const key of Object.keys(holder)) {
      const value = (holder as Tree)[key];
      if (typeof value === 'object' && value !== null) visit(value);
      else found.add(`${Array.isArray(holder) ? '' : key}=${new Fingerprints().of(holder, key)}`);
    }
  };
  visit([tree]);
  return found;
}

/** A list without entries says nothing (R4 json.html does not allow it), so nobody is asked about one. */
function withoutEmpty(tree: object): object {
  const copy = cloneJson(tree) as Tree;
  const visit = (holder: Tree): void => {
    for (const [key, value] of Object.entries(holder)) {
      if (Array.isArray(value) && value.length === 0 && !Array.isArray(holder)) delete holder[key];
      else if (typeof value === 'object' && value !== null) visit(value as Tree);
    }
  };
  visit(copy);
  return copy;
}

const swapped = ({ path, kind, clinical, mine, theirs }: MergeConflict): string =>
  print({ path: path.replace(/\[\d+\]/g, '[]'), kind, clinical, mine: theirs ?? null, theirs: mine ?? null });
const straight = ({ path, kind, clinical, mine, theirs }: MergeConflict): string =>
  print({ path: path.replace(/\[\d+\]/g, '[]'), kind, clinical, mine: mine ?? null, theirs: theirs ?? null });

function hold(base: object, mine: object, theirs: object): MergeResult {
  const before = stringify([base, mine, theirs]);

  // Where one side did nothing, the other's stands.
  const alone = merge({ base, mine, theirs: base });
  assert.equal(print(alone.merged), print(mine), 'mine alone');
  assert.deepEqual(alone.conflicts, []);
  const other = merge({ base, mine: base, theirs });
  assert.equal(print(other.merged), print(theirs), 'theirs alone');
  assert.ok(other.conflicts.every(({ clinical }) => clinical));
  const same = merge({ base, mine, theirs: cloneJson(mine) });
  assert.deepEqual([print(same.merged), same.conflicts.length], [print(mine), 0], 'both alike');

  const result = merge({ base, mine, theirs });
  // Paths name one conflict each.
  assert.equal(new Set(paths(result)).size, result.conflicts.length);
  // Nothing is invented.
  const known = new Set([...leaves(base), ...leaves(mine), ...leaves(theirs), '=null']);
  for (const leaf of leaves(result.merged)) assert.ok(known.has(leaf), `invented ${leaf}`);
  // Choosing one version throughout answers every conflict, and the same conflicts come again.
  for (const side of ['mine', 'theirs', 'base'] as const) {
    const chosen = merge({ base, mine, theirs }, { choices: () => side });
    assert.deepEqual(paths(chosen), paths(result));
    assert.ok(chosen.conflicts.every(({ standing }) => standing === side));
    const byPath = Object.fromEntries(result.conflicts.map(({ path }): [string, Side] => [path, side]));
    assert.equal(print(merge({ base, mine, theirs }, { choices: byPath }).merged), print(chosen.merged));
  }
  // Who is who makes no difference to what was decided by both.
  const mirrored = merge({ base, mine: theirs, theirs: mine });
  const both = (one: MergeResult): MergeConflict[] =>
    one.conflicts.filter((conflict) => print(conflict.mine) !== print(conflict.base) && print(conflict.theirs) !== print(conflict.base));
  assert.deepEqual(both(result).map(straight).toSorted(), both(mirrored).map(swapped).toSorted(), 'symmetric');
  // No base: all that differs asks, and theirs stands.
  const blind = merge({ mine, theirs });
  assert.equal(print(blind.merged), print(theirs), 'no base');
  if (blind.conflicts.length === 0) assert.equal(print(withoutEmpty(mine)), print(withoutEmpty(theirs)), 'unasked');
  else assert.notEqual(print(mine), print(theirs), 'asked for nothing');
  assert.equal(stringify([base, mine, theirs]), before, 'the versions stay as they are');
  return result;
}

describe('three-way merge', () => {
  test('of real records keeps its promises', { skip: skipWithoutCases }, (t) => {
    const resources = caseResources(19);
    let conflicts = 0;
    let changes = 0;
    for (const [index, base] of resources.entries()) {
      const result = hold(base, edited(base, index, 1 + (index % 5)), edited(base, index + 77_777, 1 + (index % 4)));
      conflicts += result.conflicts.length;
      changes += result.changes.length;
    }
    t.diagnostic(`${resources.length} records: ${conflicts} conflicts, ${changes} changes without asking`);
    assert.ok(resources.length > 300 && conflicts > 300 && changes > 100);
  });

  test('of any JSON never throws, and keeps its promises', () => {
    const value = fc.jsonValue({ maxDepth: 5 });
    const record = fc.record(
      {
        resourceType: fc.constantFrom('Patient', 'Observation', 'constructor', 'Odd'),
        id: fc.constant('1'),
        name: fc.oneof(
          value,
          fc.array(fc.record({ use: value, family: value, given: fc.array(fc.string()), _given: fc.array(value) }, { requiredKeys: [] })),
        ),
        telecom: value,
        contact: fc.array(fc.record({ name: value, gender: value, relationship: value }, { requiredKeys: [] })),
        birthDate: value,
        _birthDate: value,
        valueString: value,
        valueQuantity: value,
        constructor: value,
        hasOwnProperty: value,
      },
      { requiredKeys: ['resourceType', 'id'] },
    );
    fc.assert(
      fc.property(record, record, record, (base, mine, theirs) => {
        const type = base.resourceType;
        hold(
          ...([base, { ...mine, resourceType: type }, { ...theirs, resourceType: type }].map((one) => parseJson(JSON.stringify(one))) as [
            Tree,
            Tree,
            Tree,
          ]),
        );
      }),
      { numRuns: 150 },
    );
    fc.assert(
      fc.property(
        fc.option(value, { nil: undefined }),
        fc.option(value, { nil: undefined }),
        fc.option(value, { nil: undefined }),
        (base, mine, theirs) => {
          const result = merge({ base, mine, theirs });
          assert.ok(print(result.merged) === print(theirs) || result.conflicts.length >= 0);
        },
      ),
    );
  });

  test('touches no prototype', () => {
    const hostile = (text: string): Tree => parseJson(`{"resourceType":"Patient","id":"1",${text}}`) as Tree;
    const result = merge({
      base: hostile('"contact":[{"id":"a","__proto__":{"x":1}}]'),
      mine: hostile('"contact":[{"id":"a","__proto__":{"polluted":1}}],"__proto__":{"polluted":true}'),
      theirs: hostile('"contact":[{"id":"a","__proto__":{"y":1}}],"__proto__":{"admin":true}'),
    });
    assert.equal(({} as Tree)['polluted'], undefined);
    assert.equal((result.merged as Tree)['admin'], undefined);
    assert.equal(Object.getPrototypeOf(result.merged), Object.prototype);
    assert.match(stringify(result.merged), /"__proto__":\{"admin":true\}/);
  });

  test('goes as deep as JSON is read, and over long lists', () => {
    const deep = (leaf: string): Tree =>
      parseJson(`{"resourceType":"Patient","id":"1","contact":${'[{"a":'.repeat(450)}"${leaf}"${'}]'.repeat(450)}}`) as Tree;
    assert.equal(merge({ base: deep('b'), mine: deep('m'), theirs: deep('t') }).conflicts.length, 1);
    const long = (more: object): Tree => ({
      resourceType: 'Patient',
      id: '1',
      telecom: [...Array.from({ length: 20_000 }, (_, i) => ({ system: 'phone', value: String(i) })), more],
    });
    const result = merge<Tree>({ base: long({ value: 'b' }), mine: long({ value: 'm' }), theirs: long({ value: 't' }) });
    assert.equal((result.merged['telecom'] as unknown[]).length, 20_001);
  });
});
