import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cautionsOf, chartRecords, namesPatient, patientIdentity, patientReferences } from '../../../src/models/charting/index.js';
import { allergy, condition } from './support.js';

const patient = (id: string): object => ({ resourceType: 'Patient', id });

describe('whose a record is', () => {
  const me = patientIdentity('Patient/p1', 'urn:uuid:0C3151BD-1CBF-4D64-B04D-CD9187A4C6E0');
  const verdict = (reference: object) => namesPatient(reference, me);

  it('knows this patient by every reference that surely names them', () => {
    for (const reference of ['Patient/p1', 'Patient/p1/_history/3', 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0'])
      assert.equal(verdict({ reference }), 'same', reference);
  });

  it('knows another patient, and leaves open what only a person could tell', () => {
    assert.equal(verdict({ reference: 'Patient/p2' }), 'other');
    for (const reference of [
      { reference: 'http://else.example/fhir/Patient/p1' },
      { reference: 'Group/p1' },
      { reference: '#p1' },
      { reference: 'p1' },
      { identifier: { value: '7' } },
      { display: 'Mariana' },
      {},
    ])
      assert.equal(verdict(reference), 'undecided', JSON.stringify(reference));
  });
});

describe('chart of plain records', () => {
  it('withholds rows of another patient and those that do not say whose they are, and counts both', () => {
    const records = [
      patient('p1'),
      patient('p2'),
      allergy('mine'),
      allergy('theirs', { patient: { reference: 'Patient/p2' } }),
      allergy('whose', { patient: { identifier: { value: '7' } } }),
    ];
    const chart = chartRecords(records, 'Patient/p1');
    assert.deepEqual(
      chart.sections.allergies.records.map(({ id }) => id),
      ['mine'],
    );
    assert.deepEqual(chart.sections.allergies.withheld, { other: 1, undecided: 1 });
  });

  it('does not guess which patient is meant', () => {
    const records = [patient('p1'), patient('p2'), condition('x')];
    const chart = chartRecords(records);
    assert.equal(chart.patient, undefined);
    assert.deepEqual([chart.sections.problems.records.length, chart.sections.problems.withheld.undecided], [0, 1]);
    const twice = chartRecords([patient('p1'), { ...patient('p1'), active: false }, condition('x')], 'Patient/p1');
    assert.equal(twice.patient, undefined, 'two records under one id');
    assert.ok(chartRecords([patient('p1'), patient('p1'), condition('x')], 'Patient/p1').patient, 'the same record twice');
  });

  it('opens the patient of a document whose entries have no ids', () => {
    const bundle = {
      resourceType: 'Bundle',
      type: 'document',
      entry: [
        { fullUrl: 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0', resource: { resourceType: 'Patient' } },
        {
          fullUrl: 'urn:uuid:2',
          resource: { ...condition('x'), id: undefined, subject: { reference: 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0' } },
        },
      ],
    };
    const [reference] = patientReferences(bundle);
    const chart = chartRecords(bundle, reference);
    assert.deepEqual([chart.patient?.['resourceType'], chart.sections.problems.records.length], ['Patient', 1]);
  });

  it('counts the rest of the record by type', () => {
    const other = { resourceType: 'Observation', subject: { reference: 'Patient/p1' } };
    const { inventory } = chartRecords(
      [
        patient('p1'),
        other,
        other,
        { resourceType: 'Observation', subject: { reference: 'Patient/p2' } },
        { resourceType: 'Goal' },
        condition('x'),
      ],
      'Patient/p1',
    );
    assert.deepEqual(inventory, {
      lines: [
        { type: 'Observation', count: 2 },
        { type: 'Goal', count: 1 },
      ],
      complete: true,
    });
  });
});

describe('cautions', () => {
  it('finds a modifier wherever it stands, and one in a contained resource', () => {
    const modifierExtension = [{ url: 'http://example.org/negated', valueBoolean: true }];
    for (const record of [
      { modifierExtension },
      { reaction: [{ modifierExtension }] },
      { contained: [{ resourceType: 'Medication', ingredient: [{ modifierExtension }] }] },
    ])
      assert.deepEqual(cautionsOf(record), [{ code: 'modifier', urls: ['http://example.org/negated'] }]);
    assert.deepEqual(cautionsOf({ modifierExtension: [], extension: [{ url: 'http://example.org' }] }), []);
  });

  it('passes on the mark of a record that was imported although invalid', () => {
    assert.deepEqual(cautionsOf({ meta: { tag: [{ system: 'urn:carelet:import', code: 'invalid' }] } }), [{ code: 'not-valid' }]);
    assert.deepEqual(cautionsOf({ meta: { tag: [{ system: 'http://example.org', code: 'invalid' }] } }), []);
  });

  it('names implicit rules and contained references that lead nowhere', () => {
    assert.deepEqual(cautionsOf({ implicitRules: 'http://example.org/rules', recorder: { reference: '#p' }, contained: [{ id: 'q' }] }), [
      { code: 'implicit-rules', url: 'http://example.org/rules' },
      { code: 'unresolved', references: ['#p'] },
    ]);
  });
});
