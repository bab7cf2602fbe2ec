import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createEmbeddedBackend } from '../../src/client/backends/embedded/index.js';
import { CareClient } from '../../src/client/care-client.js';
import { Charting, patientIdOf } from '../../src/client/charting.js';
import { isCareError, type CareErrorKind } from '../../src/models/errors.js';
import type { Resource } from '../../src/models/fhir/index.js';
import {
  allergiesView,
  bannerView,
  chartReading,
  countShown,
  encountersView,
  medicationsView,
  patientIdentity,
  problemsView,
  SECTION_TYPES,
} from '../../src/models/charting/index.js';
import { parseJson } from '../../src/models/fhir/index.js';
import { scriptedClient, type Asked, type Script } from '../../stories/chart-viewer/scripted-backend.js';
import { caseFiles, skipWithoutCases } from '../support/cases.js';

function scripted(script: Script): { charting: Charting; asked: Asked[] } {
  const { client, asked } = scriptedClient(script);
  return { charting: new Charting(client), asked };
}

const kind = (wanted: CareErrorKind) => (error: unknown) => isCareError(error, wanted);
const allergy = { resourceType: 'AllergyIntolerance', id: 'a1', patient: { reference: 'Patient/p1' } } as Resource;

describe('a section of the chart', () => {
  it('asks for the rows of one patient, each to be checked', async () => {
    const { charting, asked } = scripted({ answers: { AllergyIntolerance: { items: [allergy] } } });
    const section = await charting.section('allergies', 'Patient/p1');
    assert.deepEqual(section.records, [allergy]);
    assert.equal(asked[0]!.params['patient'], 'Patient/p1');
    assert.equal(asked[0]!.options.patient, 'Patient/p1');
  });

  it('is not complete when rows were withheld, and counts them', async () => {
    const warnings = [
      { code: 'other-patient', message: '', count: 2 },
      { code: 'undecided-patient', message: '', count: 3 },
    ] as const;
    const { charting } = scripted({ answers: { AllergyIntolerance: { complete: false, warnings: [...warnings] } } });
    const section = await charting.section('allergies', 'p1');
    assert.deepEqual([section.complete, section.withheld], [false, { other: 2, undecided: 3 }]);
  });

  it('keeps what could be read of two types, and says which one failed', async () => {
    const { charting } = scripted({
      answers: {
        MedicationRequest: { items: [{ resourceType: 'MedicationRequest', id: 'm' } as Resource] },
        MedicationStatement: 'server',
      },
    });
    const section = await charting.section('medications', 'p1');
    assert.deepEqual(
      [section.records.length, section.complete, section.gaps.map(({ type, error }) => [type, error.kind])],
      [1, false, [['MedicationStatement', 'server']]],
    );
  });

  it('is whole where a server does not keep one of the types, and says so', async () => {
    const { charting } = scripted({ types: { MedicationStatement: { search: 'no' } } });
    const section = await charting.section('medications', 'p1');
    assert.deepEqual([section.complete, section.gaps.map(({ error }) => error.kind)], [true, ['unsupported']]);
  });

  it('fails as what it is: forbidden, restricted, not offered, failed', async () => {
    for (const why of ['forbidden', 'break-glass', 'auth', 'offline', 'server'] as const) {
      await assert.rejects(scripted({ answers: { AllergyIntolerance: why } }).charting.section('allergies', 'p1'), kind(why));
    }
    await assert.rejects(
      scripted({ types: { AllergyIntolerance: { search: 'no' } } }).charting.section('allergies', 'p1'),
      kind('unsupported'),
    );
    await assert.rejects(
      scripted({ types: { MedicationRequest: { search: 'no' } }, answers: { MedicationStatement: 'forbidden' } }).charting.section(
        'medications',
        'p1',
      ),
      kind('forbidden'),
    );
  });

  it('asks by subject where patient is not declared, and not at all where neither is', async () => {
    const { charting, asked } = scripted({ types: { Condition: { searchParams: ['subject', 'code'] } } });
    await charting.section('problems', 'p1');
    assert.equal(asked[0]!.params['subject'], 'Patient/p1');
    await assert.rejects(
      scripted({ types: { Condition: { searchParams: ['code'] } } }).charting.section('problems', 'p1'),
      kind('unsupported'),
    );
  });

  it('includes only what the server declares', async () => {
    const { charting, asked } = scripted({ types: { MedicationRequest: { includes: ['MedicationRequest:medication'] } } });
    await charting.section('medications', 'p1');
    assert.deepEqual(
      asked.map(({ type, params }) => [type, params['_include']]),
      [
        ['MedicationRequest', ['MedicationRequest:medication']],
        ['MedicationStatement', undefined],
      ],
    );
  });

  it('looks up what rows refer to and nobody sent along, of this patient only', async () => {
    const row = {
      resourceType: 'MedicationRequest',
      id: 'm',
      medicationReference: { reference: 'Medication/7' },
      requester: { reference: 'PractitionerRole/r' },
      recorder: { reference: 'Practitioner/1', display: 'Dr Ahn' },
      reasonReference: [{ reference: 'Condition/c' }],
    } as unknown as Resource;
    const role = { resourceType: 'PractitionerRole', id: 'r', practitioner: { reference: 'Practitioner/2' } } as Resource;
    const stranger = { resourceType: 'Practitioner', id: '9' } as Resource;
    const { charting, asked } = scripted({
      answers: {
        MedicationRequest: { items: [row] },
        PractitionerRole: { items: [role] },
        Practitioner: { items: [stranger] },
        Medication: 'server',
      },
    });
    const section = await charting.section('medications', 'p1');
    const looked = asked.filter(({ params }) => params['_id'] !== undefined);
    assert.deepEqual(
      looked.map(({ type, params, options }) => [type, params['_id'], options.patient]),
      [
        ['Medication', '7', undefined],
        ['PractitionerRole', 'r', undefined],
        ['Condition', 'c', 'Patient/p1'],
        ['Practitioner', '2', undefined],
      ],
    );
    assert.deepEqual(section.included, [role], 'what was not asked for is not taken');
  });

  it('reads of documents no more than why a list is empty, and by whom', async () => {
    const summary = {
      resourceType: 'Composition',
      id: 'c',
      author: [{ reference: 'Practitioner/2' }],
      section: [{ entry: [{ reference: 'Condition/1' }] }],
    } as unknown as Resource;
    const { charting, asked } = scripted({ answers: { Composition: { items: [summary] } } });
    await charting.section('documents', 'p1');
    assert.deepEqual(
      asked.map(({ type, options }) => [type, options.maxPages]),
      [
        ['List', 2],
        ['Composition', 2],
        ['Practitioner', 2],
      ],
    );
  });

  it('gives up when told to', async () => {
    const { charting } = scripted({ answers: { AllergyIntolerance: 'aborted' } });
    await assert.rejects(charting.section('allergies', 'p1'), kind('aborted'));
  });
});

describe('the patient', () => {
  it('is refused when another record comes back', async () => {
    await assert.rejects(
      scripted({ patient: () => ({ resourceType: 'Patient', id: 'p2' }) as Resource }).charting.patient('Patient/p1'),
      kind('malformed'),
    );
    assert.equal(
      (await scripted({ patient: () => ({ resourceType: 'Patient', id: 'p1' }) as Resource }).charting.patient('Patient/p1')).id,
      'p1',
    );
  });

  it('is asked for by a reference or an id only', async () => {
    assert.deepEqual(
      ['Patient/p1', 'p1', ' Patient/p1 ', 'Patient/p1/x', 'Group/p1', 'http://x/Patient/p1', '', '../p1'].map(patientIdOf),
      ['p1', 'p1', 'p1', undefined, undefined, undefined, undefined, undefined],
    );
    await assert.rejects(scripted({}).charting.section('allergies', 'Patient/p1?x=1'), kind('validation'));
  });
});

describe('the inventory', () => {
  it('counts each type, and says not known for one that failed or was not asked as meant', async () => {
    const { charting } = scripted({
      answers: {
        Observation: { total: 12 },
        Goal: { total: 0 },
        CarePlan: 'server',
        Coverage: { total: 900, complete: false, warnings: [{ code: 'ignored-parameter', message: '', count: 1 }] },
      },
      types: { Immunization: { search: 'no' } },
    });
    const progress: number[] = [];
    const { lines, complete } = await charting.inventory('p1', { onProgress: ({ lines: known }) => progress.push(known.length) });
    const of = (type: string) => lines.find((line) => line.type === type);
    assert.deepEqual(
      [of('Observation')?.count, of('Goal'), of('CarePlan')?.count, of('Coverage')?.count, of('Immunization'), complete],
      [12, undefined, undefined, undefined, undefined, false],
    );
    assert.ok(of('CarePlan') && of('Coverage'));
    assert.ok(progress.length > 1);
  });
});

describe('charts of the cases over the embedded backend', { skip: skipWithoutCases }, () => {
  const wanted = [
    'synthea-r4/Judson',
    'synthea-r4/Norine',
    'Bundle-IPS-examples-Bundle-01',
    'Bundle-aups-gpvisit-retrieval',
    'Bundle-aups-basicsummary',
    'patient-1032702',
  ];
  for (const part of wanted)
    it(`opens ${part}`, async () => {
      const file = caseFiles('patients').find(({ name }) => name.includes(part))!;
      const backend = createEmbeddedBackend();
      await backend.import(file.text);
      const client = new CareClient({ baseUrl: backend.baseUrl, fetch: backend.fetch });
      const charting = await client.charting();
      const patients = await client.search('Patient', {}).all();
      assert.equal(patients.items.length, 1);
      const reference = `Patient/${patients.items[0]!.id}`;
      const patient = await charting.patient(reference);
      assert.ok(bannerView(patient, chartReading({ now: Date.now() })).fullName);

      const entries = (parseJson(file.text) as { entry: { resource: Resource }[] }).entry.map(
        ({ resource }) => resource.resourceType as string,
      );
      for (const [name, view] of [
        ['problems', problemsView],
        ['allergies', allergiesView],
        ['medications', medicationsView],
        ['encounters', encountersView],
      ] as const) {
        const section = await charting.section(name, reference);
        const there = entries.filter((type) => (SECTION_TYPES[name] as readonly string[]).includes(type)).length;
        assert.deepEqual([section.records.length, section.complete, section.withheld], [there, true, { other: 0, undecided: 0 }], name);
        const records = [...section.records, ...section.included, patient];
        const shown = view(
          section.records,
          chartReading({ now: Date.now(), records, base: backend.baseUrl, patient: patientIdentity(reference) }),
        );
        assert.equal(countShown(shown), there);
        for (const row of shown.groups.flatMap(({ rows }) => [...rows]))
          assert.ok(row.title.text ?? row.title.absent ?? row.type === 'Encounter', `${name} ${row.key}`);
      }
      const { lines, complete } = await charting.inventory(reference);
      assert.equal(complete, true);
      for (const { type, count } of lines) assert.equal(count, entries.filter((one) => one === type).length, type);
    });
});
