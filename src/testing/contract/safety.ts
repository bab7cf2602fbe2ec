/** Cases of what must not go wrong: another patient's rows, lost digits and letters, patient data in errors, calls that never end. */
import type { WriteOperation } from '../../client/backend.js';
import type { Bundle, Observation, Patient } from '../../models/fhir/index.js';
import { literalOf, parseJson } from '../../models/fhir/json.js';
import { check, equal, failsAs } from './assert.js';
import { NotOffered } from './offered.js';
import { content, scenario, type ContractCase } from './case.js';

const about = (subject: Observation['subject']): Observation => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'contract' },
  ...(subject ? { subject } : {}),
});

export const patientCases: ContractCase[] = [
  scenario('rows of the patient asked for are all there', async (run) => {
    const patient = await run.create({ resourceType: 'Patient', name: [{ family: 'Own' }] });
    const row = await run.create(about({ reference: `Patient/${patient.id}` }));
    for (const wanted of [`Patient/${patient.id}`, patient.id]) {
      const page = await run.find('Observation', { patient: patient.id }, { patient: wanted });
      equal([page.items.map(({ id }) => id), page.complete, page.warnings], [[row.id], true, []], wanted);
    }
    const self = await run.find('Patient', {}, { patient: patient.id });
    equal([self.items.length, self.complete], [1, true], 'the patient itself');
  }),
  scenario('rows of another patient are withheld and warned of', async (run) => {
    const [mine, other] = [
      await run.create({ resourceType: 'Patient', name: [{ family: 'Mine' }] }),
      await run.create({ resourceType: 'Patient', name: [{ family: 'Other' }] }),
    ];
    const row = await run.create(about({ reference: `Patient/${mine.id}` }));
    await run.create(about({ reference: `Patient/${other.id}` }));
    // As if the server had ignored the patient: it is not asked for here.
    const page = await run.find('Observation', { _include: 'Observation:subject' }, { patient: mine.id });
    equal(
      page.items.map(({ id }) => id),
      [row.id],
      'items',
    );
    equal(
      page.included.map(({ id }) => id),
      [mine.id],
      'included',
    );
    equal([page.complete, page.warnings.map(({ code }) => code)], [false, ['other-patient']], 'warnings');
  }),
  scenario('rows that do not say whose they are, are withheld and counted', async (run) => {
    const mine = await run.create({ resourceType: 'Patient', name: [{ family: 'Mine' }] });
    const group = await run.create({ resourceType: 'Group', type: 'person', actual: true });
    const row = await run.create(about({ reference: `Patient/${mine.id}` }));
    await run.create(about({ reference: `Group/${group.id}` }));
    await run.create(about({ identifier: { system: 'urn:carelet:mrn', value: '1' } }));
    await run.create(about(undefined));
    const page = await run.find('Observation', {}, { patient: mine.id });
    equal(
      page.items.map(({ id }) => id),
      [row.id],
      'items',
    );
    const undecided = page.warnings.filter(({ code }) => code === 'undecided-patient');
    equal([page.complete, undecided.reduce((sum, { count }) => sum + count, 0)], [false, 3], 'warnings');
  }),
  scenario('an appointment of two patients belongs to each of them', async (run) => {
    const [mine, other] = [await run.create({ resourceType: 'Patient' }), await run.create({ resourceType: 'Patient' })];
    const appointment = await run.create({
      resourceType: 'Appointment',
      status: 'booked',
      start: '2026-03-10T09:00:00Z',
      end: '2026-03-10T10:00:00Z',
      participant: [mine, other].map(({ id }) => ({ actor: { reference: `Patient/${id}` }, status: 'accepted' as const })),
    });
    for (const { id } of [mine, other]) {
      const page = await run.find('Appointment', { patient: id }, { patient: id });
      equal([page.items.map((row) => row.id), page.complete], [[appointment.id], true], 'page');
    }
  }),
];

export const contentCases: ContractCase[] = [
  scenario(
    'decimals keep their digits',
    async (run) => {
      const text = `{"resourceType":"Observation","identifier":[{"system":"${run.system}","value":"${run.value}"}],"status":"final","code":{"text":"precise"},"valueQuantity":{"value":1.00,"unit":"mmol/L"},"component":[{"code":{"text":"small"},"valueQuantity":{"value":0.010}}]}`;
      const { id } = await run.write({ method: 'create', resource: parseJson(text) as Observation });
      const read = await run.backend.read('Observation', id);
      equal([literalOf(read.valueQuantity!, 'value'), literalOf(read.component![0]!.valueQuantity!, 'value')], ['1.00', '0.010'], 'read');
      const { items } = await run.find('Observation');
      equal(literalOf(items[0]!.valueQuantity!, 'value'), '1.00', 'found');
      await run.write({ method: 'update', resource: { ...read, note: [{ text: 'kept' }] } });
      equal(literalOf((await run.backend.read('Observation', id)).valueQuantity!, 'value'), '1.00', 'after an update');
    },
    'decimals-shortened',
  ),
  scenario('names in any script come back as they were', async (run) => {
    const names: Patient['name'] = [
      { use: 'official', family: 'עֲזוּלַאי', given: ['نَجْلاء'] },
      { use: 'usual', text: '𠮷野 さくら', family: '𠮷野' },
      { use: 'nickname', text: 'Zoë 👩‍⚕️ <b>&amp;</b> "q" \\ /' },
    ];
    const patient = await run.create({ resourceType: 'Patient', name: names });
    equal(patient.name, names, 'names');
    equal(await run.ids('Patient', { 'family:exact': '𠮷野' }), [patient.id], 'found');
  }),
  scenario('extensions, primitive extensions and contained resources are kept', async (run) => {
    const resource: Patient = {
      resourceType: 'Patient',
      contained: [{ resourceType: 'Organization', id: 'own', name: 'Own practice' }],
      identifier: [run.identifier],
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/patient-religion', valueCodeableConcept: { text: 'none' } }],
      name: [
        {
          family: 'Extended',
          _family: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/humanname-own-name', valueString: 'X' }] },
        },
      ],
      birthDate: '1970-03-30',
      _birthDate: {
        extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime', valueDateTime: '1970-03-30T10:00:00+02:00' }],
      },
      managingOrganization: { reference: '#own' },
    };
    const { id } = await run.write({ method: 'create', resource });
    equal(content(await run.backend.read('Patient', id)), content(resource), 'content');
  }),
  scenario('a record larger than 64 KiB goes both ways', async (run) => {
    const note = [{ text: 'x'.repeat(100_000) }];
    const row = await run.create({ ...about(undefined), note });
    equal(row.note?.[0]?.text?.length, 100_000, 'length');
  }),
];

export const failureCases: ContractCase[] = [
  scenario(
    'a code outside its required binding is refused as validation',
    async (run) => {
      const martian = { resourceType: 'Patient', identifier: [run.identifier], gender: 'martian' } as unknown as Patient;
      await failsAs(run.backend.write([{ method: 'create', resource: martian }], { atomic: 'required' }), 'validation');
      equal(await run.ids('Patient'), [], 'rows');
    },
    'codes-unchecked',
  ),
  scenario('errors hold no patient data', async (run) => {
    const family = `Secret${run.value.slice(0, 8)}`;
    const broken = { resourceType: 'Patient', name: [{ family }], birthDate: `${family}-not-a-date` } as unknown as Patient;
    const errors = [
      await run.backend
        .write([{ method: 'update', resource: { ...broken, id: 'no/slash' } }], { atomic: 'required' })
        .catch((error: unknown) => error),
      await run.backend.write([{ method: 'create', resource: broken }], { atomic: 'required' }).then(
        ({ outcomes: [outcome] }) => outcome?.state === 'done' && run.made('Patient', outcome.id),
        (error: unknown) => error,
      ),
      await run.find('Patient', { family, birthdate: 'not-a-date' }).catch((error: unknown) => error),
    ].filter((one): one is Error => one instanceof Error);
    check(errors.length > 0, 'nothing failed');
    for (const error of errors) {
      check(!error.message.includes(family), 'the message holds the name');
      check(!JSON.stringify(error).includes(family), 'the JSON holds the name');
    }
  }),
  scenario('an id or a type that would change the address is refused', async (run) => {
    for (const id of ['../Patient', 'a/b', 'a?b', '..', '']) await failsAs(run.backend.read('Patient', id), 'validation', 'not-found');
    await failsAs(run.find('Patient/../Observation' as 'Patient'), 'validation', 'not-found', 'unsupported');
  }),
  scenario('a bound in time without an offset is refused', async (run) => {
    await failsAs(run.find('Appointment', { date: 'ge2026-03-10T09:00:00' }), 'validation');
  }),
  scenario('a call that was given up is aborted, before it and between pages', async (run) => {
    const over = new AbortController();
    over.abort();
    await failsAs(run.backend.read('Patient', 'any', { signal: over.signal }), 'aborted');
    await failsAs(run.find('Patient', {}, { signal: over.signal }), 'aborted');
    await failsAs(run.backend.describe({ signal: over.signal }), 'aborted');
    const write: WriteOperation = { method: 'create', resource: { resourceType: 'Patient', identifier: [run.identifier] } };
    await failsAs(run.backend.write([write], { atomic: 'required', signal: over.signal }), 'aborted');

    for (let index = 0; index < 3; index++) await run.create({ resourceType: 'Patient' });
    const later = new AbortController();
    let pages = 0;
    const work = (async (): Promise<void> => {
      for await (const _page of run.backend.search('Patient', { identifier: run.mark, _count: 1 }, { signal: later.signal })) {
        pages++;
        later.abort();
      }
    })();
    await failsAs(work, 'aborted');
    equal(pages, 1, 'pages');
    equal(await run.ids('Patient'), (await run.find('Patient')).items.map(({ id }) => id ?? '').toSorted(), 'rows');
  }),
];

export const descriptionCases: ContractCase[] = [
  scenario('it says what it can do with the types that the suite has used', async (run) => {
    const capabilities = await run.backend.describe();
    for (const type of ['Patient', 'Observation', 'Appointment']) {
      const abilities = capabilities.type(type);
      for (const ability of ['read', 'search'] as const) check(abilities[ability] !== 'no', `${type}: no ${ability}`);
      for (const ability of ['create', 'update', 'delete'] as const)
        if (abilities[ability] === 'no') throw new NotOffered(`the server says that it has no ${ability} of ${type}`);
    }
    equal(capabilities.type('NoSuchType').read === 'yes', false, 'a type that does not exist');
    check(capabilities.name !== '', 'no name');
  }),
  scenario(
    '$everything holds the patient and its rows',
    async (run) => {
      const patient = await run.create({ resourceType: 'Patient' });
      const row = await run.create(about({ reference: `Patient/${patient.id}` }));
      const bundle = await run.backend.operation(`Patient/${patient.id}/$everything`);
      check(bundle.resourceType === 'Bundle', bundle.resourceType);
      const found = (bundle as Bundle).entry?.map((entry) => entry.resource?.id) ?? [];
      check(found.includes(patient.id) && found.includes(row.id), 'rows are missing');
      await failsAs(run.backend.operation(`Patient/${run.value}/$everything`), 'not-found', 'gone');
    },
    (capabilities) => (capabilities.everything === 'yes' ? undefined : 'the server has no $everything'),
  ),
];
