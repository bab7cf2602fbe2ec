/** Cases of conditional update, patch and delete (R4 http). Where a server takes none, the backend searches and writes under a version. */
import type { Patient, Resource } from '../../models/fhir/index.js';
import { equal, failsAs } from './assert.js';
import { scenario, type ContractCase, type Run } from './case.js';

const patient = (family: string, run: Run): Resource => {
  const resource: Patient = { resourceType: 'Patient', name: [{ family }], identifier: [run.identifier] };
  return resource;
};
const criteriaOf = (run: Run): string => `identifier=${encodeURIComponent(run.mark)}`;
const familyOf = async (run: Run, id: string): Promise<string | undefined> => (await run.backend.read('Patient', id)).name?.[0]?.family;

export const conditionalCases: ContractCase[] = [
  scenario('a conditional update saves over the one record that matches, or makes one', async (run) => {
    const criteria = criteriaOf(run);
    const made = await run.write({ method: 'update', resource: patient('Made', run), criteria });
    const saved = await run.write({ method: 'update', resource: patient('Saved', run), criteria });
    equal(saved.id, made.id, 'id');
    equal(await familyOf(run, made.id), 'Saved', 'family');
    equal(await run.ids('Patient'), [made.id], 'rows');
  }),
  scenario('a conditional update or delete with several matches is refused, and changes nothing', async (run) => {
    const criteria = criteriaOf(run);
    const ids = [];
    for (const family of ['One', 'Two']) ids.push((await run.write({ method: 'create', resource: patient(family, run) })).id);
    await failsAs(
      run.backend.write([{ method: 'update', resource: patient('Three', run), criteria }], { atomic: 'required' }),
      'precondition',
    );
    await failsAs(run.backend.write([{ method: 'delete', type: 'Patient', criteria }], { atomic: 'required' }), 'precondition');
    equal(await run.ids('Patient'), ids.toSorted(), 'rows');
  }),
  scenario('a conditional delete deletes the one record that matches, and none is no error', async (run) => {
    const criteria = criteriaOf(run);
    const { id } = await run.write({ method: 'create', resource: patient('Gone', run) });
    await run.backend.write([{ method: 'delete', type: 'Patient', criteria }], { atomic: 'required' });
    await failsAs(run.backend.read('Patient', id), 'gone', 'not-found');
    await run.backend.write([{ method: 'delete', type: 'Patient', criteria }], { atomic: 'required' });
  }),
  scenario('a conditional patch changes the one record that matches', async (run) => {
    const { id } = await run.write({ method: 'create', resource: patient('Before', run) });
    const patch = [{ op: 'replace', path: '/name/0/family', value: 'After' }] as const;
    await run.write({ method: 'patch', type: 'Patient', criteria: criteriaOf(run), patch });
    equal(await familyOf(run, id), 'After', 'family');
  }),
  scenario('a conditional update is what others written with it refer to', async (run) => {
    const { id } = await run.write({ method: 'create', resource: patient('Old', run) });
    const fullUrl = 'urn:uuid:0c7a4b8e-0000-4000-8000-000000000001';
    const basic: Resource = { resourceType: 'Basic', code: { text: 'x' }, subject: { reference: fullUrl }, identifier: [run.identifier] };
    // As one where the server can, else one by one.
    const { outcomes } = await run.backend.write(
      [
        { method: 'create', resource: basic },
        { method: 'update', resource: patient('New', run), criteria: criteriaOf(run), fullUrl },
      ],
      { atomic: 'preferred' },
    );
    const [made, saved] = outcomes;
    if (made?.state !== 'done' || saved?.state !== 'done') throw new Error('expected both to be done');
    run.made('Basic', made.id);
    equal(saved.id, id, 'id');
    const { subject } = await run.backend.read('Basic', made.id);
    equal(subject?.reference?.split('/_history/')[0], `Patient/${id}`, 'subject');
  }),
  scenario('a condition that filters nothing is refused before anything is sent', async (run) => {
    for (const criteria of ['', '_count=1', 'identifier='])
      await failsAs(run.backend.write([{ method: 'delete', type: 'Patient', criteria }], { atomic: 'required' }), 'validation');
  }),
];
