import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alertsView, bannerView, countCurrent, mergedInto } from '../../../src/models/charting/index.js';
import { coded, reading, titles } from './support.js';

const view = (own: object) =>
  bannerView({ resourceType: 'Patient', id: 'p1', name: [{ family: 'Flores', given: ['Mariana'] }], ...own }, reading());
const absent = (reason: string) => ({
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: reason }],
});

describe('banner', () => {
  it('shows the age now, and at death for the deceased', () => {
    assert.deepEqual(
      [view({ birthDate: '1984-03-14' }).birth.text, view({ birthDate: '1984-03-14' }).birth.age],
      ['14 Mar 1984', '42\u00a0y'],
    );
    const dead = view({ birthDate: '1984-03-14', deceasedDateTime: '2024-05-03' });
    assert.deepEqual([dead.deceased, dead.died, dead.birth.age], [true, '3 May 2024', '40\u00a0y']);
    const undated = view({ birthDate: '1984-03-14', deceasedBoolean: true });
    assert.deepEqual([undated.deceased, undated.died, undated.birth.age], [true, undefined, undefined]);
  });

  it('says what is missing, masked, doubtful or impossible', () => {
    assert.equal(view({ _birthDate: absent('masked') }).birth.absent, 'masked');
    assert.equal(view({ birthDate: '2030-01-01' }).birth.future, true);
    const accuracy = {
      extension: [{ url: 'http://hl7.org.au/fhir/StructureDefinition/date-accuracy-indicator', valueCoding: { code: 'UEA' } }],
    };
    assert.deepEqual(view({ birthDate: '1984-03-14', _birthDate: accuracy }).birth.doubtful, ['day', 'month']);
    const nameless = view({ name: [absent('asked-declined')] });
    assert.deepEqual([nameless.name, nameless.nameAbsent], [undefined, 'asked-declined']);
  });

  it('shows a narrative only for a patient of whom nothing else can be read', () => {
    const text = { status: 'generated', div: '<div>Jo Bloggs, b. 1950</div>' };
    assert.equal(view({ name: undefined, text }).narrative, 'Jo Bloggs, b. 1950');
    assert.equal(view({ text }).narrative, undefined);
  });

  it('says loudly that a record was merged or is out of use', () => {
    const merged = view({ active: false, link: [{ type: 'replaced-by', other: { reference: 'Patient/p2' } }] });
    assert.deepEqual([merged.inactive, mergedInto(merged)?.reference], [true, 'Patient/p2']);
    assert.equal(mergedInto(view({ link: [{ type: 'seealso', other: { reference: 'Patient/p2' } }] })), undefined);
  });

  it('reads sex, gender, pronouns and language needs as recorded', () => {
    const shown = view({
      gender: 'other',
      extension: [
        { url: 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex', valueCode: 'F' },
        {
          url: 'http://hl7.org/fhir/StructureDefinition/individual-recordedSexOrGender',
          extension: [
            { url: 'type', valueCodeableConcept: { text: 'Sex assigned at birth' } },
            { url: 'value', valueCodeableConcept: { text: 'Female' } },
          ],
        },
        {
          url: 'http://hl7.org/fhir/StructureDefinition/individual-pronouns',
          extension: [{ url: 'value', valueCodeableConcept: { text: 'they/them/their' } }],
        },
        { url: 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired', valueBoolean: true },
      ],
      communication: [{ language: { text: 'Spanish' }, preferred: true }],
    });
    assert.deepEqual(
      [
        shown.gender.code,
        shown.sexes.map(({ label, text }) => [label, text]),
        shown.pronouns?.text,
        shown.language.text,
        shown.language.interpreter,
      ],
      [
        'other',
        [
          [undefined, 'F'],
          ['Sex assigned at birth', 'Female'],
        ],
        'they/them',
        'Spanish',
        true,
      ],
    );
  });

  it('picks identifiers: each number once, none that is old or private', () => {
    const shown = view({
      identifier: [
        { system: 'http://example.org', value: '9' },
        { type: coded('http://terminology.hl7.org/CodeSystem/v2-0203', 'MR'), value: '704' },
        { system: 'urn:other', value: '704' },
        { use: 'old', value: '1' },
        { system: 'http://hl7.org/fhir/sid/us-ssn', value: '999999999' },
      ],
    });
    assert.deepEqual(
      shown.identifiers.map(({ label, value }) => [label, value]),
      [
        ['MRN', '704'],
        [undefined, '9'],
      ],
    );
  });

  it('reads multiple birth', () => {
    assert.deepEqual(view({ multipleBirthInteger: 2 }).multipleBirth, { order: 2 });
    assert.deepEqual(view({ multipleBirthBoolean: true }).multipleBirth, { order: undefined });
    assert.equal(view({ multipleBirthBoolean: false }).multipleBirth, undefined);
  });
});

describe('alerts', () => {
  it('shows active flags, keeps one whose status cannot be read, and leaves mistakes apart', () => {
    const flag = (id: string, status: string | undefined, own: object = {}) => ({
      resourceType: 'Flag',
      id,
      status,
      code: { text: id },
      subject: { reference: 'Patient/p1' },
      ...own,
    });
    const view = alertsView(
      [
        flag('Falls', 'active'),
        flag('Odd', undefined),
        flag('Old', 'inactive'),
        flag('Wrong', 'entered-in-error'),
        flag('Over', 'active', { period: { end: '2020' } }),
      ],
      reading(),
    );
    assert.deepEqual(titles(view), { active: ['Over', 'Falls'], unknown: ['Odd'], inactive: ['Old'], error: ['Wrong'] });
    assert.equal(countCurrent(view), 3);
  });
});
