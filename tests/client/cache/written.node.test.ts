import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesOf, mayHaveChanged } from '../../../src/client/cache/written.js';
import type { WriteOperation, WriteOutcome } from '../../../src/client/backend.js';
import { CareError, CARE_ERROR_KINDS } from '../../../src/models/errors.js';

const patient = (id?: string, versionId?: string) => ({
  resourceType: 'Patient' as const,
  ...(id === undefined ? {} : { id }),
  ...(versionId === undefined ? {} : { meta: { versionId } }),
});
const done = (more: Partial<Extract<WriteOutcome, { state: 'done' }>>): WriteOutcome => ({
  state: 'done',
  status: 200,
  resource: undefined,
  id: 'p1',
  versionId: undefined,
  issues: [],
  ...more,
});
const brief = (operation: WriteOperation, outcome?: WriteOutcome) => {
  const { changes, records, deleted } = changesOf([operation], outcome && { atomic: true, outcomes: [outcome] });
  return [
    changes.map(({ id, versionId, deleted: gone }) => [id, versionId, gone]),
    records.map(({ id, meta }) => `${id}.${meta?.versionId}`),
    deleted,
  ];
};

test('a write changes what its answer says', () => {
  const update: WriteOperation = { method: 'update', resource: patient('p1', '1') };
  assert.deepEqual(brief(update, done({ resource: patient('p1', '2'), versionId: '2' })), [[['p1', '2', false]], ['p1.2'], []]);
  assert.deepEqual(brief(update, done({ versionId: '2' })), [[['p1', '2', false]], [], []], 'an answer without the record');
  assert.deepEqual(
    brief(update, done({ resource: patient('p1'), versionId: '2' })),
    [[['p1', '2', false]], ['p1.2'], []],
    'a version in ETag alone',
  );
  assert.deepEqual(brief(update), [[['p1', undefined, false]], [], []], 'not known whether it was made');
  const create: WriteOperation = { method: 'create', resource: patient('mine') };
  assert.deepEqual(brief(create, done({ status: 201, id: 'new', resource: patient('new', '1') })), [[['new', '1', false]], ['new.1'], []]);
  assert.deepEqual(
    brief(create, done({ resource: patient('there', '7'), id: 'there' })),
    [[], ['there.7'], []],
    'a conditional create that found one',
  );
  assert.deepEqual(brief(create), [[[undefined, undefined, false]], [], []], 'the id of a record to be made means nothing');
  assert.deepEqual(brief({ method: 'delete', type: 'Patient', id: 'p1' }, done({ status: 204 })), [
    [['p1', undefined, true]],
    [],
    ['Patient/p1'],
  ]);
  assert.deepEqual(brief({ method: 'delete', type: 'Patient', id: 'p1' }), [[['p1', undefined, false]], [], []]);
  const criteria = { criteria: 'identifier=s|v' };
  assert.deepEqual(brief({ method: 'delete', type: 'Patient', ...criteria }, done({ id: '', status: 204 })), [
    [[undefined, undefined, true]],
    [],
    [],
  ]);
  assert.deepEqual(brief({ method: 'update', resource: patient('p9'), ...criteria }), [[[undefined, undefined, false]], [], []]);
  assert.deepEqual(brief(update, { state: 'skipped' }), [[], [], []]);
  assert.deepEqual(brief(update, { state: 'failed', error: new CareError('validation', 'No.') }), [[], [], []]);
  assert.deepEqual(brief(update, { state: 'failed', error: new CareError('conflict', 'No.') }), [[['p1', undefined, false]], [], []]);
});

test('after an error something may have changed, unless the server certainly did nothing', () => {
  const sure = CARE_ERROR_KINDS.filter((kind) => !mayHaveChanged(new CareError(kind, '')));
  assert.deepEqual(sure.toSorted(), ['auth', 'break-glass', 'forbidden', 'locked', 'rate-limited', 'unsupported', 'validation']);
  assert.equal(mayHaveChanged(new TypeError('whatever')), true);
});
