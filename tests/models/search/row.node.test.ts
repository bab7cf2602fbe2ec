import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Patient } from '../../../src/models/fhir/index.js';
import { bannerName, chooseName, parseJson } from '../../../src/models/fhir/index.js';
import {
  findAlike,
  matchPatient,
  parsePatientQuery,
  patientRows,
  type PatientRow,
  type Segment,
} from '../../../src/models/search/index.js';
import { fold, foldWithPlaces, markNumber, markWords } from '../../../src/models/search/text.js';
import { caseFiles, skipWithoutCases } from '../../support/cases.js';

const now = new Date('2026-11-24T00:00:00Z');
const options = { now, zone: 'Australia/Sydney', locale: 'en-AU' };
const query = (text: string) => parsePatientQuery(text, options);
const rows = (patients: Patient[], text?: string) => patientRows(patients, text === undefined ? undefined : query(text), options);
const plain = (segments: readonly Segment[]) => segments.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('');
const named = (row: PatientRow) => `${plain(row.family)}, ${plain(row.given)}`;

const patient = (id: string, family: string, given: string, birthDate?: string, more: Partial<Patient> = {}): Patient => ({
  resourceType: 'Patient',
  id,
  name: [{ family, given: [given] }],
  ...(birthDate === undefined ? {} : { birthDate }),
  ...more,
});
const mariana = patient('1', 'Quispe Flores', 'Mariana', '1984-03-14', {
  gender: 'female',
  identifier: [
    { type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] }, value: '7042281' },
    { system: 'http://ns.electronichealth.net.au/id/medicare-number', value: '29506411712' },
    { system: 'http://hl7.org/fhir/sid/us-ssn', value: '123456789' },
  ],
  telecom: [{ system: 'phone', value: '0412 345 678' }],
});

describe('a match', () => {
  const matches = (text: string, one: Patient = mariana) => matchPatient(one, query(text)) !== undefined;

  test('is found by names in any order, by their beginnings, without case and accents', () => {
    for (const text of [
      'mariana quispe',
      'QUISPE FLORES',
      'flores mar',
      'quíspe',
      'Quispe Flores, Mariana',
      'Flores, M',
      'Mariana, Quispe',
    ])
      assert.ok(matches(text), text);
    for (const text of ['uispe', 'mariano', 'quispe smith', 'Quispe, Joan']) assert.ok(!matches(text), text);
  });

  test('is found by Arabic letters however they are written', () => {
    const one = patient('2', 'حسن', 'ليلى');
    for (const text of ['ليلي', 'ليلى حسن', 'حَسَن']) assert.ok(matches(text, one), text);
  });

  test('needs all that was typed', () => {
    assert.ok(matches('quispe 14/03/1984'));
    assert.ok(!matches('quispe 15/03/1984'));
    assert.ok(!matches('smith 14/03/1984'));
    assert.ok(matches('quispe 7042281'));
    assert.ok(!matches('quispe 7042282'));
  });

  test('is found by numbers whatever stands between their digits', () => {
    for (const text of ['704 2281', '7042', '2950 64117 1', '2950641171/2', '0412345678', '+61 412 345 678', '5678'])
      assert.ok(matches(text), text);
    assert.ok(!matches('345678'.slice(0, 3)), 'not from the middle');
  });

  test('a record with less of a birth date may be the one; it comes after one that surely is', () => {
    const vague = patient('3', 'Quispe', 'Mario', '1984');
    assert.deepEqual(
      rows([vague, mariana], 'quispe 14/03/1984').map(({ reference }) => reference),
      ['Patient/1', 'Patient/3'],
    );
    assert.ok(!matches('quispe 14/03/1984', patient('4', 'Quispe', 'X')), 'one without is not');
  });

  test('the order typed with a comma comes first, the other way round after it', () => {
    const order = rows([patient('a', 'James', 'Martin'), patient('b', 'Martin', 'James')], 'Martin, James');
    assert.deepEqual(
      order.map(({ reference }) => reference),
      ['Patient/b', 'Patient/a'],
    );
  });

  test('never throws, whatever a record holds', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('name', 'birthDate', 'identifier', 'telecom', 'link', 'id', 'active', 'gender', 'deceasedDateTime'),
          fc.jsonValue(),
        ),
        (body) => {
          patientRows([{ resourceType: 'Patient', ...body } as unknown as Patient, mariana], query('qu 1984 704'), options);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a row', () => {
  test('has the family name first, what matched marked, and what tells people apart', () => {
    const [row] = rows([mariana], 'flores mari');
    assert.equal(named(row!), 'Quispe [Flores], [Mari]ana');
    assert.deepEqual(row!.birth, { date: '14 Mar 1984', age: '42\u00a0y', hit: false });
    assert.deepEqual(
      row!.identifiers.map(({ kind, value }) => [kind, plain(value)]),
      [
        ['mrn', '7042281'],
        ['medicare', '2950 64117 1 / 2'],
      ],
    );
    assert.equal(row!.phone, undefined);
  });

  test('shows the number that was typed, also one that is not shown otherwise', () => {
    assert.equal(plain(rows([mariana], '2950 64117')[0]!.identifiers[0]!.value), '[2950 64117] 1 / 2');
    assert.deepEqual(rows([mariana], '123-45-6789')[0]!.identifiers[0]!.kind, 'ssn');
    assert.ok(rows([mariana], 'quispe')[0]!.identifiers.every(({ kind }) => kind !== 'ssn'));
    assert.equal(plain(rows([mariana], '+61 412 345 678')[0]!.phone!), '0[412 345 678]');
  });

  test('says the other name that matched, and that it is a former one', () => {
    const married: Patient = { ...mariana, name: [...mariana.name!, { use: 'maiden', family: 'Mamani', given: ['Mariana'] }] };
    const [row] = rows([married], 'mamani');
    assert.equal(named(row!), 'Quispe Flores, Mariana');
    assert.equal(plain(row!.other!.segments), '[Mamani], Mariana');
    assert.equal(row!.other!.former, true);
    assert.equal(rows([married], 'quispe')[0]!.other, undefined);
  });

  test('says that a patient has died, is not in use, or was merged; those come after others that answer as well', () => {
    const merged: Patient = { ...mariana, id: 'm', link: [{ type: 'replaced-by', other: { reference: 'Patient/1' } }] };
    const list = rows([merged, { ...mariana, id: 'i', active: false }, { ...mariana, id: 'd', deceasedBoolean: true }, mariana], 'quispe');
    assert.deepEqual(
      list.map(({ reference }) => reference),
      ['Patient/1', 'Patient/d', 'Patient/i', 'Patient/m'],
    );
    assert.equal(list[3]!.replacedBy, 'Patient/1');
    assert.equal(list[2]!.inactive, true);
    const [dead] = rows([{ ...mariana, deceasedDateTime: '2020-05-01T10:00:00+10:00' }]);
    assert.deepEqual([dead!.deceased, dead!.died, dead!.birth!.age], [true, '1 May 2020', '36\u00a0y']);
  });

  test('a name kept as text only is shown as it is', () => {
    const [row] = rows([{ resourceType: 'Patient', id: 't', name: [{ text: 'Mr Baby of Quispe' }] }], 'quispe');
    assert.equal(plain(row!.text), 'Mr Baby of [Quispe]');
    assert.equal(row!.birth, undefined);
  });

  test('keeps the order given where nothing was typed', () => {
    assert.deepEqual(
      rows([patient('z', 'Z', 'Z'), patient('a', 'A', 'A')]).map(({ reference }) => reference),
      ['Patient/z', 'Patient/a'],
    );
  });
});

describe('patients that may be taken for one another', () => {
  const alike = (...patients: Patient[]) => findAlike(patients, now).map((one) => one && `${one.kind} ${one.count}`);

  test('the same name and birth date', () => {
    assert.deepEqual(
      alike(
        mariana,
        { ...mariana, id: '2', name: [{ family: 'QUISPE  FLORES', given: ['Mariána', 'Inés'] }] },
        patient('3', 'Smith', 'Joan'),
      ),
      ['same 2', 'same 2', undefined],
    );
  });

  test('the same name with another birth date, or none', () => {
    assert.deepEqual(alike(mariana, patient('2', 'Quispe Flores', 'Mariana', '1990-01-01'), patient('3', 'Quispe Flores', 'Mariana')), [
      'name 3',
      'name 3',
      'name 3',
    ]);
  });

  test('names that differ by one letter, by two that changed places, or by their order', () => {
    for (const [family, given] of [
      ['Quispe Florez', 'Mariana'],
      ['Quispe Flores', 'Marianna'],
      ['Quispe Folres', 'Mariana'],
      ['Mariana', 'Quispe Flores'],
    ]) {
      assert.deepEqual(alike(mariana, patient('2', family!, given!)), ['near 2', 'near 2'], `${family}, ${given}`);
    }
    assert.deepEqual(
      alike(patient('1', 'Li', 'Wei'), patient('2', 'Lu', 'Wei')),
      [undefined, undefined],
      'short names differ often by a letter',
    );
    assert.deepEqual(alike(mariana, patient('2', 'Quispe Rojas', 'Mariana')), [undefined, undefined]);
  });

  test('the strongest likeness is the one that is said', () => {
    assert.deepEqual(alike(mariana, { ...mariana, id: '2' }, patient('3', 'Quispe Florez', 'Mariana')), ['same 2', 'same 2', 'near 3']);
  });
});

describe('marks', () => {
  test('joined, the segments are the text, whatever is marked', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.string({ maxLength: 4 }), { maxLength: 3 }), (text, needles) => {
        assert.equal(markWords(text, needles).map((segment) => segment.text).join(''), text); // prettier-ignore
        assert.equal(markNumber(text, needles[0] ?? '').map((segment) => segment.text).join(''), text); // prettier-ignore
      }),
    );
  });

  test('are compared with text that is folded in the same way, short or long', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.oneof(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }), fc.constantFrom('é', '’', 'ß', 'ى')),
        }),
        (text) => {
          assert.equal(fold(text), foldWithPlaces(text).text);
        },
      ),
    );
  });

  test('stand at the beginnings of words, over accents and silent signs', () => {
    assert.equal(plain(markWords('Ana Mariana', ['ana'])), '[Ana] Mariana');
    assert.equal(plain(markWords("O'Brien", ['obr'])), "[O'Br]ien");
    assert.equal(plain(markWords('Müller-Strauß', ['mull', 'strauss'])), '[Müll]er-[Strauß]');
    assert.equal(plain(markWords('山田太郎', ['太郎'])), '山田[太郎]');
  });
});

test('every patient of the cases is found by its own name, birth date and numbers', { skip: skipWithoutCases }, () => {
  const seen = new Set<string>();
  let found = 0;
  for (const { name, text } of caseFiles('patients')) {
    for (const one of patientsIn(parseJson(text))) {
      const chosen = chooseName(one.name, { now });
      const parts = bannerName(chosen);
      const typed = parts && (parts.text ?? [parts.family, parts.given].filter(Boolean).join(', '));
      const key = JSON.stringify([typed, one.birthDate, one.identifier]);
      if (seen.has(key)) continue;
      seen.add(key);
      const [row] = patientRows([one], undefined, options);
      assert.ok(row, name);
      if (!typed || /\d/.test(typed)) continue;
      assert.ok(matchPatient(one, query(typed)), `${name}: ${typed}`);
      if (row.birth && /^\d{4}-\d\d-\d\d$/.test(one.birthDate ?? ''))
        assert.ok(matchPatient(one, query(`${typed.split(',')[0]} ${row.birth.date}`)), `${name}: ${row.birth.date}`);
      found++;
    }
  }
  assert.ok(found > 50, `${found} patients`);
});

function* patientsIn(value: unknown): Generator<Patient> {
  if (typeof value !== 'object' || value === null) return;
  if ((value as Patient).resourceType === 'Patient') yield value as Patient;
  for (const part of Object.values(value)) yield* patientsIn(part);
}
