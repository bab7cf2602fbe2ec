import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { identifierForms, parsePatientQuery, patientSearches, phoneForms } from '../../../src/models/search/index.js';

const searches = (text: string) => patientSearches(parsePatientQuery(text, { locale: 'en-AU', now: new Date('2026-11-24T00:00:00Z') }));

describe('what a server is asked', () => {
  test('all words of a name, each alone or in the phrases it may stand in', () => {
    assert.deepEqual(searches('mariana quispe flores'), [
      {
        name: [
          'mariana,mariana quispe,mariana quispe flores',
          'quispe,mariana quispe,mariana quispe flores,quispe flores',
          'flores,mariana quispe flores,quispe flores',
        ],
      },
    ]);
  });

  test('“family, given” by both fields, and as a name for records that keep it as text', () => {
    const [exact, loose] = searches('Quispe, Mariana');
    assert.deepEqual(exact, { family: 'Quispe', given: ['Mariana'] });
    assert.deepEqual(Object.keys(loose!), ['name']);
  });

  test('a hyphen may be a space in the record, an apostrophe another sign or none', () => {
    assert.deepEqual(searches('Smith-Jones'), [{ name: ['Smith-Jones,Smith Jones'] }]);
    assert.deepEqual(searches('O’Brien'), [{ name: ["O’Brien,O'Brien,OBrien"] }]);
  });

  test('signs that mean something in a search are escaped', () => {
    assert.deepEqual(searches('qu|is$pe\\x'), [{ name: ['qu\\|is\\$pe\\\\x'] }]);
  });

  test('name, birth date and number together', () => {
    assert.deepEqual(searches('quispe 14/03/1984 A123'), [{ name: ['quispe'], birthdate: '1984-03-14', identifier: 'A123' }]);
  });

  test('nothing where nothing was understood', () => {
    assert.deepEqual(searches('31/02/1984'), []);
    assert.deepEqual(searches('--'), []);
  });

  test('few searches, however much is typed', () => {
    assert.ok(searches('june 1984, smith 19840314 0412345678').length <= 5);
  });
});

describe('identifiers in the ways they are kept', () => {
  test('Medicare: with and without spaces, and with the number on the card when it was left out', () => {
    const forms = identifierForms('2950 64117 1');
    for (const form of ['2950 64117 1', '2950641171', '29506411711', '29506411719']) assert.ok(forms.includes(form), form);
    const whole = identifierForms('29506411712');
    for (const form of ['29506411712', '2950641171', '2950 64117 1 / 2', '2950 64117 1/2']) assert.ok(whole.includes(form), form);
  });

  test('IHI in fours, SSN with hyphens, letters in capitals', () => {
    assert.ok(identifierForms('8003608166690503').includes('8003 6081 6669 0503'));
    assert.ok(identifierForms('123456789').includes('123-45-6789'));
    assert.ok(identifierForms('mrn-00123').includes('MRN00123'));
  });
});

describe('telephone numbers in the ways they are kept', () => {
  for (const typed of ['0412345678', '0412 345 678', '+61412345678', '+61 412 345 678']) {
    test(`a mobile of Australia, typed ${typed}`, () => {
      const forms = phoneForms(typed);
      for (const form of ['0412345678', '0412 345 678', '+61412345678', '+61 412 345 678']) assert.ok(forms.includes(form), form);
    });
  }

  test('a landline of Australia', () => {
    const forms = phoneForms('0355556473');
    for (const form of ['(03) 5555 6473', '03 5555 6473', '+61 3 5555 6473']) assert.ok(forms.includes(form), form);
  });

  test('North America', () => {
    const forms = phoneForms('5552345678');
    for (const form of ['555-234-5678', '(555) 234-5678', '+1 555 234 5678', '+15552345678']) assert.ok(forms.includes(form), form);
  });
});
