import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Resource } from '../../src/models/fhir/index.js';
import { keepPatient, patientVerdict } from '../../src/client/patient-check.js';

const BASE = 'https://fhir.example.org/r4';
const as = (resource: object): Resource => resource as Resource;
const verdict = (resource: object, merged: string[] = []): string => patientVerdict(as(resource), 'p1', BASE, new Set(merged));
const ref = (reference: string): object => ({ reference });

describe('whose a row is', () => {
  const mine: [string, object][] = [
    ['Observation.subject', { resourceType: 'Observation', subject: ref('Patient/p1') }],
    ['an absolute reference to this server', { resourceType: 'Observation', subject: ref(`${BASE}/Patient/p1`) }],
    ['the same by http', { resourceType: 'Observation', subject: ref('http://fhir.example.org/r4/Patient/p1') }],
    ['a version of the patient', { resourceType: 'Observation', subject: ref('Patient/p1/_history/3') }],
    ['AllergyIntolerance.patient', { resourceType: 'AllergyIntolerance', patient: ref('Patient/p1') }],
    ['Coverage.beneficiary', { resourceType: 'Coverage', beneficiary: ref('Patient/p1'), subscriber: ref('Patient/p2') }],
    ['ResearchSubject.individual', { resourceType: 'ResearchSubject', individual: ref('Patient/p1') }],
    ['Task.for', { resourceType: 'Task', for: ref('Patient/p1') }],
    ['SupplyRequest.deliverTo', { resourceType: 'SupplyRequest', deliverTo: ref('Patient/p1') }],
    [
      'Appointment.participant.actor',
      { resourceType: 'Appointment', participant: [{ actor: ref('Practitioner/d') }, {}, { actor: ref('Patient/p1') }] },
    ],
    ['an appointment of two', { resourceType: 'Appointment', participant: [{ actor: ref('Patient/p2') }, { actor: ref('Patient/p1') }] }],
    ['AppointmentResponse.actor', { resourceType: 'AppointmentResponse', actor: ref('Patient/p1') }],
    ['Account.subject, a list', { resourceType: 'Account', subject: [ref('Organization/o'), ref('Patient/p1')] }],
    [
      'AuditEvent.entity.what',
      { resourceType: 'AuditEvent', agent: [{ who: ref('Practitioner/d') }], entity: [{ what: ref('Patient/p1') }] },
    ],
    ['Person.link.target', { resourceType: 'Person', link: [{ target: ref('Patient/p1') }] }],
    ['the patient', { resourceType: 'Patient', id: 'p1' }],
  ];
  for (const [name, row] of mine) test(`${name}: the patient's`, () => assert.equal(verdict(row), 'same'));

  const others: [string, object][] = [
    ['another subject', { resourceType: 'Observation', subject: ref('Patient/p2') }],
    [
      'another subject, reported by the patient',
      { resourceType: 'Observation', subject: ref('Patient/p2'), performer: [ref('Patient/p1')] },
    ],
    ['an id that only begins the same', { resourceType: 'Observation', subject: ref('Patient/p11') }],
    ['an id in another case', { resourceType: 'Observation', subject: ref('Patient/P1') }],
    [
      "another's coverage that the patient pays",
      { resourceType: 'Coverage', beneficiary: ref('Patient/p2'), subscriber: ref('Patient/p1'), payor: [ref('Patient/p1')] },
    ],
    [
      'an appointment of others',
      { resourceType: 'Appointment', participant: [{ actor: ref('Patient/p2') }, { actor: ref('Patient/p3') }] },
    ],
    ['another patient', { resourceType: 'Patient', id: 'p2' }],
  ];
  for (const [name, row] of others) test(`${name}: another's`, () => assert.equal(verdict(row), 'other'));

  const undecided: [string, object][] = [
    ['nobody', { resourceType: 'Observation' }],
    ['an identifier only', { resourceType: 'Observation', subject: { identifier: { value: 'p1' }, type: 'Patient' } }],
    ['a display only', { resourceType: 'Observation', subject: { display: 'Patient/p1' } }],
    ['a group', { resourceType: 'Observation', subject: ref('Group/p1') }],
    ['a device or a place', { resourceType: 'Observation', subject: ref('Location/p1') }],
    ['a contained patient', { resourceType: 'Observation', subject: ref('#p1'), contained: [{ resourceType: 'Patient', id: 'p1' }] }],
    ['a temporary id', { resourceType: 'Observation', subject: ref('urn:uuid:00000000-0000-4000-8000-000000000000') }],
    ['a search', { resourceType: 'Observation', subject: ref('Patient?identifier=p1') }],
    ["another server's patient", { resourceType: 'Observation', subject: ref('https://other.example.org/r4/Patient/p1') }],
    ['an appointment without a patient', { resourceType: 'Appointment', participant: [{ actor: ref('Practitioner/p1') }] }],
    ['a type without a subject', { resourceType: 'Practitioner', id: 'p1' }],
    ['a subject that is no reference', { resourceType: 'Observation', subject: 'Patient/p1' }],
    ['a reference that is no text', { resourceType: 'Observation', subject: { reference: 1 } }],
  ];
  for (const [name, row] of undecided) test(`${name}: undecided`, () => assert.equal(verdict(row), 'undecided'));

  test("a merged patient's: undecided", () => {
    assert.equal(verdict({ resourceType: 'Observation', subject: ref('Patient/p2') }, ['p2']), 'undecided');
    assert.equal(verdict({ resourceType: 'Patient', id: 'p2' }, ['p2']), 'undecided');
  });
});

describe('a page', () => {
  const keep = (items: object[], included: object[] = []) =>
    keepPatient({ items: items.map(as), included: included.map(as) }, 'Patient/p1', BASE);
  const row = (id: string, subject: string, rest: object = {}): object => ({
    resourceType: 'Observation',
    id,
    subject: ref(subject),
    ...rest,
  });
  const keys = (rows: readonly Resource[]): string[] => rows.map(({ resourceType, id }) => `${resourceType}/${id}`);

  test('keeps the order, and counts what it withholds', () => {
    const page = keep([
      row('1', 'Patient/p1'),
      row('2', 'Patient/p2'),
      row('3', 'Group/g'),
      row('4', 'Patient/p1'),
      row('5', 'Patient/p3'),
    ]);
    assert.deepEqual(keys(page.items), ['Observation/1', 'Observation/4']);
    assert.deepEqual(
      page.warnings.map(({ code, count }) => [code, count]),
      [
        ['other-patient', 2],
        ['undecided-patient', 1],
      ],
    );
  });

  test('takes an absolute or a bare id of the patient', () => {
    for (const patient of ['p1', `${BASE}/Patient/p1`, 'Patient/p1/_history/2']) {
      assert.deepEqual(
        keys(keepPatient({ items: [as(row('1', 'Patient/p1'))], included: [] }, patient, BASE).items),
        ['Observation/1'],
        patient,
      );
    }
  });

  test('learns merges from the patients that came along, in both directions', () => {
    const link = (id: string, type: string, other: string): object => ({
      resourceType: 'Patient',
      id,
      link: [{ type, other: ref(`Patient/${other}`) }],
    });
    for (const along of [link('p2', 'replaced-by', 'p1'), link('p1', 'replaces', 'p2'), link('p1', 'replaced-by', 'p2')]) {
      assert.deepEqual(keep([row('1', 'Patient/p2')], [along]).warnings[0]!.code, 'undecided-patient');
    }
    assert.deepEqual(keep([row('1', 'Patient/p2')], [link('p2', 'seealso', 'p1')]).warnings[0]!.code, 'other-patient');
  });

  test('of what came along, keeps whom nobody is about, the patient, and what is pointed at by a row that stays', () => {
    const group = {
      resourceType: 'Appointment',
      id: 'a',
      participant: [{ actor: ref('Patient/p1') }, { actor: ref(`${BASE}/Patient/p2`) }],
    };
    const along = [
      { resourceType: 'Practitioner', id: 'd' },
      { resourceType: 'Patient', id: 'p1' },
      { resourceType: 'Patient', id: 'p2' },
      { resourceType: 'Slot', id: 's', schedule: ref('Schedule/c') },
      { resourceType: 'Schedule', id: 'c', actor: [ref('Practitioner/d')] },
      { resourceType: 'Provenance', id: 'v', target: [ref('Appointment/a')] },
    ];
    const page = keep([group], along);
    assert.deepEqual(
      keys(page.included),
      along.map(({ resourceType, id }) => `${resourceType}/${id}`),
    );
    assert.deepEqual(page.warnings, []);
  });

  test("withholds another patient's record and rows among them", () => {
    const page = keep(
      [row('1', 'Patient/p1'), row('2', 'Patient/p2')],
      [
        { resourceType: 'Patient', id: 'p2' },
        row('3', 'Patient/p3'),
        row('4', 'Patient/p1'),
        { resourceType: 'Provenance', id: 'v', target: [ref('Observation/2')] },
      ],
    );
    assert.deepEqual(keys(page.included), ['Observation/4']);
    assert.deepEqual(
      page.warnings.map(({ code, count }) => [code, count]),
      [
        ['other-patient', 3],
        ['undecided-patient', 1],
      ],
    );
  });

  test('never shows a row that names another patient alone, and never throws', () => {
    const reference = fc.oneof(fc.constantFrom('Patient/p1', 'Patient/p2', 'Group/p1', '#p1', 'x'), fc.string());
    const anyRow = fc.record({
      resourceType: fc.constantFrom('Observation', 'Coverage', 'Appointment', 'Patient', 'Location'),
      id: fc.string(),
      subject: fc.oneof(fc.record({ reference }), fc.anything()),
      beneficiary: fc.record({ reference }),
      participant: fc.oneof(fc.array(fc.record({ actor: fc.record({ reference }) })), fc.anything()),
      link: fc.anything(),
    });
    fc.assert(
      fc.property(fc.array(anyRow), fc.array(anyRow), (items, included) => {
        const page = keep(items, included);
        const withheld = page.warnings.reduce((sum, { count }) => sum + count, 0);
        assert.equal(page.items.length + page.included.length + withheld, items.length + included.length);
        for (const one of page.items)
          if (one.resourceType === 'Observation')
            assert.match((one.subject as { reference: string }).reference, /(?:^|\/)Patient\/p1(?:\/|$)/);
      }),
    );
  });
});
