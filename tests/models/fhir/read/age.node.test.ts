import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ageAt, formatAge, languageNeed, patientAge, pronouns, genderIdentity } from '../../../../src/models/fhir/read/index.js';

const now = '2026-11-24T12:00:00+11:00';
const zone = 'Australia/Sydney';
const text = (birth: string, at = '2026-11-24'): string | undefined => formatAge(ageAt(birth, at), 'en')?.replaceAll('\u00a0', ' ');

test('steps of the NHS Common User Interface', () => {
  assert.equal(text('2026-11-24'), '0 d');
  assert.equal(text('2026-10-28'), '27 d');
  assert.equal(text('2026-10-27'), '4 w');
  assert.equal(text('2026-08-10'), '15 w 1 d');
  assert.equal(text('2025-11-25'), '52 w');
  assert.equal(text('2025-11-24'), '12 m');
  assert.equal(text('2024-11-25'), '23 m 30 d');
  assert.equal(text('2024-11-24'), '2 y');
  assert.equal(text('2008-11-25'), '17 y 11 m');
  assert.equal(text('2008-11-24'), '18 y');
  assert.equal(text('1926-11-25'), '99 y');
});

test('minutes and hours of the first two days come from the time of birth', () => {
  const born = (time: string): string | undefined => {
    const patient = {
      birthDate: '2026-11-24',
      _birthDate: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime', valueDateTime: time }] },
    };
    return formatAge(patientAge(patient, now, zone).age, 'en')?.replaceAll('\u00a0', ' ');
  };
  assert.equal(born('2026-11-24T11:15:00+11:00'), '45 min');
  assert.equal(born('2026-11-24T09:30:00+11:00'), '2 h');
  assert.equal(born('2026-11-24T13:00:00+11:00'), '0 d', 'a time in the future is not believed');
});

test('a birthday of 29 February is reached on 1 March of a common year', () => {
  assert.equal(ageAt('2008-02-29', '2026-02-28')?.years.min, 17);
  assert.equal(ageAt('2008-02-29', '2026-03-01')?.years.min, 18);
  assert.equal(ageAt('2008-02-29', '2028-02-29')?.years.min, 20);
});

test('partial birth dates give a range, and say that they are not exact', () => {
  assert.deepEqual([ageAt('1984', '2026-11-24')?.years, ageAt('1984', '2026-11-24')?.exact], [{ min: 41, max: 42 }, false]);
  assert.equal(text('1984'), '41–42 y');
  assert.equal(text('1984-03'), '42 y');
  assert.equal(ageAt('1984-03', '2026-11-24')?.exact, false);
  assert.equal(text('1984-11'), '41–42 y');
  assert.equal(text('2026'), '0–10 m');
  assert.equal(text('2025'), '10–22 m');
});

test('which day it is depends on the zone of the clinic, never on that of the birth date', () => {
  const evening = '2026-11-24T01:00:00Z';
  assert.equal(patientAge({ birthDate: '2008-11-24' }, evening, 'Australia/Sydney').age?.years.min, 18);
  assert.equal(patientAge({ birthDate: '2008-11-24' }, evening, 'America/New_York').age?.years.min, 17);
});

test('the dead do not age; a death without a date gives no age', () => {
  const died = patientAge({ birthDate: '1940-05-01', deceasedDateTime: '2020-04-30' }, now, zone);
  assert.deepEqual([died.age?.years.min, died.deceased, died.died], [79, true, '2020-04-30']);
  assert.deepEqual(patientAge({ birthDate: '1940-05-01', deceasedBoolean: true }, now, zone), {
    age: undefined,
    deceased: true,
    died: undefined,
    future: false,
    absent: undefined,
  });
  assert.equal(patientAge({ birthDate: '1940-05-01', deceasedBoolean: false }, now, zone).age?.years.min, 86);
  assert.deepEqual(patientAge({ birthDate: '1940', deceasedDateTime: '2020' }, now).age?.years, { min: 79, max: 80 });
});

test('birth dates in the future, absent or unreadable give no age', () => {
  assert.deepEqual(
    [patientAge({ birthDate: '2027-01-01' }, now, zone).age, patientAge({ birthDate: '2027-01-01' }, now, zone).future],
    [undefined, true],
  );
  assert.equal(patientAge({ birthDate: '1984-02-31' }, now).age, undefined);
  const masked = {
    _birthDate: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }] },
  };
  assert.deepEqual([patientAge(masked, now).age, patientAge(masked, now).absent], [undefined, 'masked']);
});

test('the age never falls as days pass, and a whole date lies within the range of its parts', () => {
  const day = fc
    .date({ min: new Date('1900-01-01'), max: new Date('2026-11-24'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  fc.assert(
    fc.property(day, day, fc.integer({ min: 1, max: 400 }), (birth, at, later) => {
      if (birth > at) return;
      const next = new Date(Date.parse(at) + later * 86_400_000).toISOString().slice(0, 10);
      const [a, b] = [ageAt(birth, at), ageAt(birth, next)];
      assert.ok(a && b && a.months.min <= b.months.min);
      for (const partial of [birth.slice(0, 4), birth.slice(0, 7)]) {
        const range = ageAt(partial, at);
        assert.ok(range && range.months.min <= a.months.min && a.months.max <= range.months.max, `${partial} at ${at}`);
      }
    }),
  );
});

test('pronouns, gender identity, language and interpreter', () => {
  const patient = {
    extension: [
      {
        url: 'http://hl7.org/fhir/StructureDefinition/individual-pronouns',
        extension: [
          {
            url: 'value',
            valueCodeableConcept: {
              coding: [{ system: 'http://loinc.org', code: 'LA29520-6', display: 'they/them/their/theirs/themselves' }],
            },
          },
        ],
      },
      {
        url: 'http://hl7.org/fhir/StructureDefinition/individual-genderIdentity',
        extension: [
          {
            url: 'value',
            valueCodeableConcept: {
              coding: [
                {
                  system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason',
                  code: 'asked-declined',
                  display: 'Asked But Declined',
                },
              ],
            },
          },
        ],
      },
      { url: 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired', valueBoolean: true },
    ],
    communication: [
      { language: { coding: [{ code: 'en' }] } },
      { language: { coding: [{ code: 'ar', display: 'Arabic' }] }, preferred: true },
    ],
  };
  assert.deepEqual(pronouns(patient, now), { text: 'they/them', absent: undefined });
  assert.deepEqual(genderIdentity(patient, now), { text: 'Asked But Declined', absent: 'asked-declined' });
  assert.deepEqual(languageNeed(patient), { code: 'ar', text: 'Arabic', interpreter: true });
  assert.equal(languageNeed({}).interpreter, undefined, 'not recorded is not no');
  const us = (code: string) => ({
    extension: [
      {
        url: 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-interpreter-needed',
        valueCoding: { system: 'http://snomed.info/sct', code },
      },
    ],
  });
  assert.equal(languageNeed(us('373066001')).interpreter, true);
  assert.equal(languageNeed(us('373067005')).interpreter, false);
});
