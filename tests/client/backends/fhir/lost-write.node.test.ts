import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseJson } from '../../../../src/models/fhir/json.js';
import type { Patient, Resource } from '../../../../src/models/fhir/index.js';
import type { WriteOperation } from '../../../../src/client/backend.js';
import {
  criteriaOf,
  isGuarded,
  isRepeatable,
  judge,
  judgeMatches,
  type Evidence,
} from '../../../../src/client/backends/fhir/lost-write.js';
import { sameContent } from '../../../../src/client/backends/fhir/same-content.js';
import { BASE } from '../../stub-server.js';

const same = (sent: object, stored: object) => sameContent(sent, stored, BASE);

describe('the same content', () => {
  const sent = { resourceType: 'Patient', id: 'p1', active: true, name: [{ family: 'A', given: ['B', 'C'] }] };

  test('is told apart from another one', () => {
    assert.ok(same(sent, structuredClone(sent)));
    for (const other of [
      { ...sent, active: false },
      { ...sent, name: [{ family: 'A', given: ['C', 'B'] }] },
      { ...sent, name: [...sent.name, { family: 'D' }] },
      { ...sent, gender: 'male' },
      { resourceType: 'Patient', id: 'p1', active: true },
      { ...sent, resourceType: 'Person' },
    ])
      assert.ok(!same(sent, other), JSON.stringify(other));
  });

  test('may have another order of its members, and lack empty ones', () => {
    assert.ok(same(sent, { name: [{ given: ['B', 'C'], family: 'A' }], active: true, resourceType: 'Patient', id: 'n7' }));
    assert.ok(same({ ...sent, telecom: [], extension: null, maritalStatus: {} }, sent));
  });

  test('may have what a server puts into meta, and must have what was put there', () => {
    const tag = { system: 'urn:t', code: 'mine' };
    const meta = { versionId: '7', lastUpdated: '2026-11-24T00:00:00Z', source: '#x', tag: [{ system: 'urn:t', code: 'old' }, tag] };
    assert.ok(same({ ...sent, meta: { versionId: '6', tag: [tag] } }, { ...sent, meta }));
    assert.ok(same(sent, { ...sent, meta }));
    assert.ok(!same({ ...sent, meta: { tag: [{ ...tag, code: 'other' }] } }, { ...sent, meta }));
    assert.ok(!same({ ...sent, meta: { profile: ['urn:p'] } }, sent));
  });

  test('may have a narrative that the server wrote, but not another one than a person did', () => {
    const text = { status: 'generated', div: '<div>x</div>' };
    assert.ok(same(sent, { ...sent, text }));
    assert.ok(same({ ...sent, text: { ...text, div: '<div>y</div>' } }, { ...sent, text }));
    const written = { status: 'additional', div: '<div>a&nbsp;b</div>' };
    assert.ok(same({ ...sent, text: written }, { ...sent, text: { status: 'additional', div: '<div>a\u00a0b</div>' } }));
    assert.ok(!same({ ...sent, text: written }, { ...sent, text: { status: 'additional', div: '<div>a c</div>' } }));
    assert.ok(!same({ ...sent, text: written }, sent));
  });

  test('may spell decimals and moments otherwise', () => {
    const of = (text: string) => parseJson(text) as object;
    assert.ok(same(of('{"valueQuantity":{"value":72.50}}'), of('{"valueQuantity":{"value":72.5}}')));
    assert.ok(!same(of('{"valueQuantity":{"value":72.50}}'), of('{"valueQuantity":{"value":72.51}}')));
    assert.ok(same({ issued: '2026-11-24T09:00:00+11:00' }, { issued: '2026-11-23T22:00:00.000Z' }));
    assert.ok(!same({ issued: '2026-11-24T09:00:00+11:00' }, { issued: '2026-11-24T09:00:00Z' }));
    assert.ok(!same({ birthDate: '2026-11-24' }, { birthDate: '2026-11' }));
  });

  test('may refer by another form of the same address', () => {
    const to = (reference: string) => ({ resourceType: 'Observation', subject: { reference } });
    assert.ok(same(to(`${BASE}/Patient/1`), to('Patient/1')));
    assert.ok(same(to('Patient/1/_history/2'), to('Patient/1')));
    assert.ok(same(to('urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0'), to('Patient/9')));
    assert.ok(same(to('Patient?identifier=a|b'), to('Patient/9')));
    assert.ok(!same(to('Patient/1'), to('Patient/2')));
    assert.ok(!same(to('https://elsewhere.example/Patient/1'), to('Patient/1')));
  });
});

describe('the verdict on a write without an answer', () => {
  const mine: Patient = { resourceType: 'Patient', id: 'p1', active: true };
  const theirs: Patient = { resourceType: 'Patient', id: 'p1', active: false };
  const at = (versionId: string | undefined, resource?: Resource) => ({ versionId, resource });
  const update: WriteOperation = { method: 'update', resource: mine, ifMatch: '1' };
  const plain: WriteOperation = { method: 'update', resource: mine };
  const patch: WriteOperation = { method: 'patch', type: 'Patient', id: 'p1', patch: [], ifMatch: '1' };
  const remove: WriteOperation = { method: 'delete', type: 'Patient', id: 'p1', ifMatch: '1' };
  const removeAny: WriteOperation = { method: 'delete', type: 'Patient', id: 'p1' };
  const verdict = (operation: WriteOperation, evidence: Partial<Evidence>) =>
    judge(operation, { current: undefined, successor: undefined, expected: mine, ...evidence }, BASE);

  const table: [string, WriteOperation, Partial<Evidence>, string][] = [
    ['an update, the version it was based on', update, { current: at('1', theirs) }, 'not-landed'],
    ['an update that changes nothing, the version it was based on', update, { current: at('1', mine) }, 'not-landed'],
    ['an update, its own version', update, { current: at('2', mine), successor: at('2', mine) }, 'landed'],
    ['an update, its own version and a later one of somebody', update, { current: at('3', theirs), successor: at('2', mine) }, 'landed'],
    ['an update, a version of somebody else', update, { current: at('2', theirs), successor: at('2', theirs) }, 'changed'],
    ['an update, of somebody else, who then saved the same', update, { current: at('3', mine), successor: at('2', theirs) }, 'changed'],
    ['an update, a deletion in between', update, { current: at('3', mine), successor: at('2') }, 'changed'],
    ['an update, no history but its content', update, { current: at('abc', mine) }, 'landed'],
    ['an update, no history and another content', update, { current: at('abc', theirs) }, 'changed'],
    ['an update, no versions at all', update, { current: at(undefined, theirs) }, 'unknown'],
    ['an update, nothing', update, {}, 'changed'],
    ['an unguarded update, its content', plain, { current: at('9', mine) }, 'landed'],
    ['an unguarded update, another content', plain, { current: at('9', theirs) }, 'unknown'],
    ['an unguarded update, nothing', plain, {}, 'unknown'],
    ['a patch, the version it was based on', patch, { current: at('1', theirs), expected: undefined }, 'not-landed'],
    ['a patch, its own version', patch, { current: at('2', mine), successor: at('2', mine) }, 'landed'],
    ['a patch, a version of somebody else', patch, { current: at('2', theirs), successor: at('2', theirs) }, 'changed'],
    ['a patch that cannot be applied here', patch, { current: at('2', mine), expected: undefined }, 'unknown'],
    ['a delete, nothing', remove, {}, 'landed'],
    ['a delete, the version it was based on', remove, { current: at('1', theirs) }, 'not-landed'],
    ['a delete, another version', remove, { current: at('2', theirs) }, 'changed'],
    ['an unguarded delete, nothing', removeAny, {}, 'landed'],
    ['an unguarded delete, a version', removeAny, { current: at('1', theirs) }, 'unknown'],
  ];
  for (const [what, operation, evidence, expected] of table)
    test(`${what}: ${expected}`, () => assert.equal(verdict(operation, evidence), expected));

  test('a create, by the records that match', () => {
    const conditional: WriteOperation = { method: 'create', resource: mine, ifNoneExist: 'identifier=a|b' };
    assert.deepEqual(
      [[], [theirs], [mine, theirs], [mine, mine, mine]].map((matches) => judgeMatches(conditional, matches, BASE)),
      ['not-landed', 'landed', 'several', 'several'],
    );
    const create: WriteOperation = { method: 'create', resource: mine };
    assert.deepEqual(
      [[], [mine], [theirs], [mine, mine]].map((matches) => judgeMatches(create, matches, BASE)),
      ['unknown', 'landed', 'unknown', 'unknown'],
    );
  });

  test('what a create is looked for by: its condition, else an identifier with a system', () => {
    const of = (resource: Patient, ifNoneExist?: string) =>
      criteriaOf({ method: 'create', resource, ...(ifNoneExist === undefined ? {} : { ifNoneExist }) });
    assert.equal(of(mine, 'Patient?identifier=a%7Cb'), 'identifier=a%7Cb');
    assert.equal(of(mine), undefined);
    assert.equal(of({ ...mine, identifier: [{ value: '7' }] }), undefined);
    assert.equal(
      of({ ...mine, identifier: [{ value: '7' }, { system: 'urn:mrn', value: 'a,b|c' }] }),
      `identifier=${encodeURIComponent('urn:mrn|a\\,b\\|c')}`,
    );
  });

  test('what may be sent again by itself, and by a person', () => {
    const conditional: WriteOperation = { method: 'create', resource: mine, ifNoneExist: 'identifier=a|b' };
    const create: WriteOperation = { method: 'create', resource: mine };
    const barePatch: WriteOperation = { method: 'patch', type: 'Patient', id: 'p1', patch: [] };
    const rows: [WriteOperation, boolean, boolean][] = [
      [update, true, true],
      [patch, true, true],
      [remove, true, true],
      [conditional, true, true],
      [plain, false, true],
      [removeAny, false, true],
      [create, false, false],
      [barePatch, false, false],
    ];
    for (const [operation, byItself, byPerson] of rows)
      assert.deepEqual([isGuarded(operation), isRepeatable(operation)], [byItself, byPerson], JSON.stringify(operation));
  });
});
