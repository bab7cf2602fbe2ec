/** Cases of single records: create, read, update, delete, versions, conditional create, patch. */
import type { Observation, Parameters, Patient } from '../../models/fhir/index.js';
import { check, equal, failsAs } from './assert.js';
import { content, scenario, type ContractCase } from './case.js';

const patient = (family: string): Patient => ({
  resourceType: 'Patient',
  name: [{ family, given: ['Ada'] }],
  gender: 'female',
  birthDate: '1980-02-29',
});

export const recordCases: ContractCase[] = [
  scenario('a create gives an id and a version, and the record reads back as it was', async (run) => {
    const resource: Patient = { ...patient('Create'), identifier: [run.identifier] };
    const done = await run.write({ method: 'create', resource });
    check(done.id !== '', 'no id');
    check(done.versionId !== undefined, 'no version');
    const read = await run.backend.read('Patient', done.id);
    equal(content(read), content(resource), 'content');
    equal(read.id, done.id, 'id');
    equal(read.meta?.versionId, done.versionId, 'version');
  }),
  scenario('a read of an id that is not there is not-found', async (run) => {
    await failsAs(run.backend.read('Patient', run.value), 'not-found');
  }),
  scenario('an update replaces the whole record and makes a new version', async (run) => {
    const before = await run.create(patient('Before'));
    const { gender: _gone, ...rest } = before;
    const done = await run.write({ method: 'update', resource: { ...rest, name: [{ family: 'After' }] } });
    const after = await run.backend.read('Patient', before.id);
    equal(after.name, [{ family: 'After' }], 'name');
    equal(after.gender, undefined, 'gender');
    check(after.meta?.versionId !== before.meta?.versionId, 'the version is still the same');
    equal(done.versionId, after.meta?.versionId, 'version of the outcome');
  }),
  scenario(
    'an update to an id of our own choosing creates',
    async (run) => {
      const id = `c-${run.value.slice(0, 20)}`;
      const done = await run.write({ method: 'update', resource: { ...patient('Own'), id, identifier: [run.identifier] } });
      equal(done.id, id, 'id');
      equal((await run.backend.read('Patient', id)).id, id, 'id read');
    },
    (capabilities) => (capabilities.type('Patient').updateCreate === 'no' ? 'the server chooses ids itself' : undefined),
  ),
  scenario('a deleted record is gone, also from searches', async (run) => {
    const { id } = await run.create(patient('Deleted'));
    await run.write({ method: 'delete', type: 'Patient', id });
    await failsAs(run.backend.read('Patient', id), 'gone', 'not-found');
    equal(await run.ids('Patient'), [], 'rows found');
  }),
  scenario('deleting again, or what was never there, changes nothing', async (run) => {
    const { id } = await run.create(patient('Twice'));
    await run.write({ method: 'delete', type: 'Patient', id });
    for (const again of [id, run.value]) {
      const result = run.backend.write([{ method: 'delete', type: 'Patient', id: again }], { atomic: 'required' });
      await result.catch(() => failsAs(result, 'not-found', 'gone'));
    }
  }),
  scenario(
    'an earlier version can be read',
    async (run) => {
      const first = await run.create(patient('First'));
      await run.write({ method: 'update', resource: { ...first, name: [{ family: 'Second' }] } });
      const earlier = await run.backend.read('Patient', first.id, { versionId: first.meta!.versionId! });
      equal(earlier.name?.[0]?.family, 'First', 'family');
      await failsAs(run.backend.read('Patient', first.id, { versionId: '999' }), 'not-found');
    },
    (capabilities) => (capabilities.type('Patient').vread === 'no' ? 'the server keeps no versions' : undefined),
  ),
  scenario('an update based on the current version is taken', async (run) => {
    const first = await run.create(patient('Guarded'));
    const done = await run.write({ method: 'update', resource: { ...first, gender: 'other' }, ifMatch: first.meta!.versionId! });
    check(done.versionId !== first.meta!.versionId, 'no new version');
  }),
  scenario('an update based on an old version is a conflict and changes nothing', async (run) => {
    const first = await run.create(patient('Mine'));
    const stale = first.meta!.versionId!;
    await run.write({ method: 'update', resource: { ...first, name: [{ family: 'Theirs' }] }, ifMatch: stale });
    const mine = { ...first, name: [{ family: 'Lost update' }] };
    await failsAs(run.backend.write([{ method: 'update', resource: mine, ifMatch: stale }], { atomic: 'required' }), 'conflict');
    equal((await run.backend.read('Patient', first.id)).name?.[0]?.family, 'Theirs', 'family');
  }),
  scenario('an update without a version overwrites', async (run) => {
    const first = await run.create(patient('First'));
    await run.write({ method: 'update', resource: { ...first, name: [{ family: 'Second' }] } });
    await run.write({ method: 'update', resource: { ...first, name: [{ family: 'Third' }] } });
    equal((await run.backend.read('Patient', first.id)).name?.[0]?.family, 'Third', 'family');
  }),
  scenario('of two updates of the same version at once, one wins and one is a conflict', async (run) => {
    const first = await run.create(patient('Race'));
    const attempt = (family: string): Promise<unknown> =>
      run.backend.write([{ method: 'update', resource: { ...first, name: [{ family }] }, ifMatch: first.meta!.versionId! }], {
        atomic: 'required',
      });
    const results = await Promise.allSettled(['A', 'B', 'C', 'D'].map(attempt));
    equal(results.filter((one) => one.status === 'fulfilled').length, 1, 'winners');
    for (const one of results) if (one.status === 'rejected') await failsAs(Promise.reject(one.reason), 'conflict');
  }),
  scenario('a delete based on an old version is a conflict and deletes nothing', async (run) => {
    const first = await run.create(patient('Kept'));
    await run.write({ method: 'update', resource: { ...first, gender: 'male' } });
    const stale = { method: 'delete', type: 'Patient', id: first.id, ifMatch: first.meta!.versionId! } as const;
    await failsAs(run.backend.write([stale], { atomic: 'required' }), 'conflict');
    equal((await run.backend.read('Patient', first.id)).gender, 'male', 'gender');
  }),
  scenario('a conditional create makes a record once', async (run) => {
    const resource: Patient = { ...patient('Once'), identifier: [run.identifier] };
    const create = { method: 'create', resource, ifNoneExist: `identifier=${encodeURIComponent(run.mark)}` } as const;
    const first = await run.write(create);
    const second = await run.write(create);
    equal([first.status, second.status], [201, 200], 'statuses');
    equal(second.id, first.id, 'id');
    equal(await run.ids('Patient'), [first.id], 'rows');
  }),
  scenario('a conditional create with several matches is refused', async (run) => {
    await run.create(patient('One'));
    await run.create(patient('Two'));
    const create = { method: 'create', resource: patient('Three'), ifNoneExist: `identifier=${encodeURIComponent(run.mark)}` } as const;
    await failsAs(run.backend.write([create], { atomic: 'required' }), 'precondition');
    equal((await run.ids('Patient')).length, 2, 'rows');
  }),
];

const canPatch: ContractCase['needs'] = (capabilities) =>
  capabilities.jsonPatch === 'no' || capabilities.type('Patient').patch === 'no' ? 'the server takes no JSON Patch' : undefined;

export const patchCases: ContractCase[] = [
  scenario(
    'a JSON Patch adds, replaces and removes',
    async (run) => {
      const first = await run.create(patient('Patched'));
      const done = await run.write({
        method: 'patch',
        type: 'Patient',
        id: first.id,
        patch: [
          { op: 'test', path: '/gender', value: 'female' },
          { op: 'replace', path: '/name/0/family', value: 'New' },
          { op: 'add', path: '/active', value: true },
          { op: 'remove', path: '/birthDate' },
        ],
        ifMatch: first.meta!.versionId!,
      });
      const after = await run.backend.read('Patient', first.id);
      equal([after.name?.[0]?.family, after.active, after.birthDate], ['New', true, undefined], 'elements');
      equal(done.versionId, after.meta?.versionId, 'version');
    },
    canPatch,
  ),
  scenario(
    'a JSON Patch whose test fails changes nothing',
    async (run) => {
      const first = await run.create(patient('Untouched'));
      const patch = [
        { op: 'replace', path: '/name/0/family', value: 'Changed' },
        { op: 'test', path: '/gender', value: 'male' },
      ] as const;
      await failsAs(
        run.backend.write([{ method: 'patch', type: 'Patient', id: first.id, patch }], { atomic: 'required' }),
        'validation',
        'conflict',
        'precondition',
      );
      equal((await run.backend.read('Patient', first.id)).name?.[0]?.family, 'Untouched', 'family');
    },
    canPatch,
  ),
  scenario(
    'a patch based on an old version is a conflict',
    async (run) => {
      const first = await run.create(patient('Old'));
      await run.write({ method: 'update', resource: { ...first, active: true } });
      const patch = [{ op: 'replace', path: '/gender', value: 'other' }] as const;
      const stale = { method: 'patch', type: 'Patient', id: first.id, patch, ifMatch: first.meta!.versionId! } as const;
      await failsAs(run.backend.write([stale], { atomic: 'required' }), 'conflict');
    },
    canPatch,
  ),
  scenario(
    'a FHIRPath Patch replaces an element',
    async (run) => {
      const observation: Observation = { resourceType: 'Observation', status: 'preliminary', code: { text: 'patched' } };
      const first = await run.create(observation);
      const patch: Parameters = {
        resourceType: 'Parameters',
        parameter: [
          {
            name: 'operation',
            part: [
              { name: 'type', valueCode: 'replace' },
              { name: 'path', valueString: 'Observation.status' },
              { name: 'value', valueCode: 'final' },
            ],
          },
        ],
      };
      await run.write({ method: 'patch', type: 'Observation', id: first.id, patch });
      equal((await run.backend.read('Observation', first.id)).status, 'final', 'status');
    },
    (capabilities) => (capabilities.fhirpathPatch === 'no' ? 'the server takes no FHIRPath Patch' : undefined),
  ),
];
