/** Cases of several writes as one. */
import type { Observation, Patient } from '../../models/fhir/index.js';
import { temporaryId } from '../../client/temporary-id.js';
import { isCareError } from '../../models/errors.js';
import { check, equal, failsAs } from './assert.js';
import { scenario, type ContractCase, type Run } from './case.js';
import { deviation } from './deviations.js';

/** Writes that must be one. A server that shows only now that it takes no transactions keeps the contract by saying so. */
function asOne(name: string, body: (run: Run) => Promise<void>, needs: ContractCase['needs'] = () => undefined): ContractCase {
  return scenario(
    name,
    async (run) => {
      try {
        await body(run);
      } catch (error) {
        const refusal = error instanceof Error && error.cause ? error.cause : error;
        if (!isCareError(refusal, 'unsupported') || (await run.backend.describe()).transaction !== 'no') throw error;
      }
    },
    (capabilities) => (capabilities.transaction === 'no' ? 'the server takes no transactions' : needs(capabilities)),
  );
}

const observation = (subject: string): Observation => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'contract' },
  subject: { reference: subject },
});

export const transactionCases: ContractCase[] = [
  asOne('records that refer to each other by temporary ids get real references', async (run) => {
    const fullUrl = temporaryId();
    const patient: Patient = { resourceType: 'Patient', identifier: [run.identifier], name: [{ family: 'New' }] };
    const [child, parent] = await run.writeAll([
      { method: 'create', resource: { ...observation(fullUrl), identifier: [run.identifier] } },
      { method: 'create', resource: patient, fullUrl },
    ]);
    const stored = await run.backend.read('Observation', child!.id);
    equal(stored.subject?.reference, `Patient/${parent!.id}`, 'reference');
    equal(await run.ids('Observation', { patient: parent!.id }), [child!.id], 'found by it');
    equal(child!.versionId, stored.meta?.versionId, 'version');
  }),
  asOne('outcomes come in the order of the operations', async (run) => {
    const [a, b] = [
      await run.create({ resourceType: 'Patient', name: [{ family: 'A' }] }),
      await run.create({ resourceType: 'Patient', name: [{ family: 'B' }] }),
    ];
    const made = await run.writeAll([
      { method: 'update', resource: { ...a, active: true }, ifMatch: a.meta!.versionId! },
      { method: 'create', resource: { resourceType: 'Patient', identifier: [run.identifier], name: [{ family: 'C' }] } },
      { method: 'delete', type: 'Patient', id: b.id },
    ]);
    equal([made[0]!.id, made[2]!.id], [a.id, b.id], 'ids');
    equal(await run.ids('Patient'), [a.id, made[1]!.id].toSorted(), 'rows after');
    equal((await run.backend.read('Patient', a.id)).meta?.versionId, made[0]!.versionId, 'version');
  }),
  asOne('one stale update refuses the whole as a conflict, and nothing has changed', async (run) => {
    const first = await run.create({ resourceType: 'Patient', name: [{ family: 'Stale' }] });
    await run.write({ method: 'update', resource: { ...first, active: true } });
    const failed = await failsAs(
      run.backend.write(
        [
          { method: 'create', resource: { resourceType: 'Patient', identifier: [run.identifier] } },
          { method: 'update', resource: { ...first, active: false }, ifMatch: first.meta!.versionId! },
        ],
        { atomic: 'required' },
      ),
      'conflict',
      'validation', // some servers answer 400 here; CareClient finds the conflict by reading
    );
    check(failed.kind === 'conflict' || failed.status === 400, `${failed.kind} (${failed.status})`);
    equal(await run.ids('Patient'), [first.id], 'rows after');
    equal((await run.backend.read('Patient', first.id)).active, true, 'active');
  }),
  asOne(
    'one failing write rolls all of them back',
    async (run) => {
      const first = await run.create({ resourceType: 'Patient', name: [{ family: 'Kept' }] });
      const unknown = temporaryId();
      await failsAs(
        run.backend.write(
          [
            { method: 'create', resource: { resourceType: 'Patient', identifier: [run.identifier] } },
            { method: 'update', resource: { ...first, name: [{ family: 'Rolled back' }] } },
            { method: 'create', resource: { ...observation(unknown), identifier: [run.identifier] } },
          ],
          { atomic: 'required' },
        ),
        'validation',
        'not-found',
        'conflict',
        'precondition',
      );
      equal(await run.ids('Patient'), [first.id], 'patients after');
      equal(await run.ids('Observation'), [], 'observations after');
      equal((await run.backend.read('Patient', first.id)).name?.[0]?.family, 'Kept', 'family');
    },
    ({ name }) => deviation(name, 'dangling-temporary-ids'),
  ),
  asOne('a conditional create that matches gives its references to the record that is there', async (run) => {
    const existing = await run.create({ resourceType: 'Patient', name: [{ family: 'There' }] });
    const fullUrl = temporaryId();
    const [patient, child] = await run.writeAll([
      {
        method: 'create',
        resource: { resourceType: 'Patient', identifier: [run.identifier] },
        fullUrl,
        ifNoneExist: `identifier=${encodeURIComponent(run.mark)}`,
      },
      { method: 'create', resource: { ...observation(fullUrl), identifier: [run.identifier] } },
    ]);
    equal(patient!.id, existing.id, 'id');
    equal((await run.backend.read('Observation', child!.id)).subject?.reference, `Patient/${existing.id}`, 'reference');
    equal(await run.ids('Patient'), [existing.id], 'patients');
  }),
  asOne(
    'a patch can be one of them',
    async (run) => {
      const first = await run.create({ resourceType: 'Patient', name: [{ family: 'P' }] });
      const [, patched] = await run.writeAll([
        { method: 'create', resource: { resourceType: 'Patient', identifier: [run.identifier] } },
        {
          method: 'patch',
          type: 'Patient',
          id: first.id,
          patch: [{ op: 'add', path: '/active', value: true }],
          ifMatch: first.meta!.versionId!,
        },
      ]);
      const after = await run.backend.read('Patient', first.id);
      equal([after.active, after.meta?.versionId], [true, patched!.versionId], 'record');
    },
    (capabilities) => (capabilities.jsonPatch === 'no' ? 'the server takes no JSON Patch' : undefined),
  ),
  scenario('writes that need not be one all land, and what they refer to is real', async (run) => {
    const fullUrl = temporaryId();
    const { outcomes } = await run.backend.write(
      [
        { method: 'create', resource: { ...observation(fullUrl), identifier: [run.identifier] } },
        { method: 'create', resource: { resourceType: 'Patient', identifier: [run.identifier] }, fullUrl },
      ],
      { atomic: 'preferred' },
    );
    equal(
      outcomes.map(({ state }) => state),
      ['done', 'done'],
      'states',
    );
    const [child, parent] = outcomes.map((outcome) => (outcome.state === 'done' ? outcome.id : ''));
    run.made('Patient', parent!);
    run.made('Observation', child!);
    equal((await run.backend.read('Observation', child!)).subject?.reference, `Patient/${parent}`, 'reference');
  }),
  scenario('no operations are done at once', async (run) => {
    equal(await run.backend.write([], { atomic: 'required' }), { atomic: true, outcomes: [] }, 'result');
  }),
];
