import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isCareError } from '../../../src/models/errors.js';
import { checkDates } from '../../../src/models/fhir/search-check.js';
import { dateBound, dayRange, escapeValue, instantBound, token } from '../../../src/models/fhir/search-values.js';

const refused = (work: () => unknown): void => assert.throws(work, (error) => isCareError(error, 'validation'));

test('text is escaped where it would mean something', () => {
  assert.equal(escapeValue('Smith, Jr | $5 \\ x'), 'Smith\\, Jr \\| \\$5 \\\\ x');
  assert.equal(token('http://loinc.org', '8867-4'), 'http://loinc.org|8867-4');
  assert.equal(token(undefined, 'a,b'), 'a\\,b');
  assert.equal(token('', 'x'), '|x');
  fc.assert(fc.property(fc.string(), (text) => escapeValue(text).replace(/\\(.)/gs, '$1') === text));
});

describe('bounds', () => {
  test('in time carry an offset', () => {
    assert.equal(instantBound('ge', '2026-11-24T09:00:00+11:00'), 'ge2026-11-24T09:00:00+11:00');
    assert.equal(instantBound('lt', '2026-11-24T09:00Z'), 'lt2026-11-24T09:00Z');
    assert.equal(instantBound('sa', new Date(Date.UTC(2026, 10, 24))), 'sa2026-11-24T00:00:00.000Z');
    for (const bad of ['2026-11-24T09:00:00', '2026-11-24', '', 'now', new Date(NaN)]) refused(() => instantBound('ge', bad));
  });

  test('of dates carry no time', () => {
    for (const date of ['1980', '1980-02', '1980-02-29']) assert.equal(dateBound('eq', date), `eq${date}`);
    for (const bad of ['1980-02-29T00:00:00Z', '80', '', '1980-2-9', '1980-02-29Z']) refused(() => dateBound('eq', bad));
  });

  test('of a day are its midnights in a place, also when the clocks change', () => {
    assert.deepEqual(dayRange('2026-11-24', 'Australia/Sydney'), ['ge2026-11-24T00:00:00+11:00', 'lt2026-11-25T00:00:00+11:00']);
    assert.deepEqual(dayRange('2026-04-05', 'Australia/Sydney'), ['ge2026-04-05T00:00:00+11:00', 'lt2026-04-06T00:00:00+10:00']);
    assert.deepEqual(dayRange('2026-03-08', 'America/New_York'), ['ge2026-03-08T00:00:00-05:00', 'lt2026-03-09T00:00:00-04:00']);
    assert.deepEqual(dayRange('2026-12-31', 'UTC', 2), ['ge2026-12-31T00:00:00Z', 'lt2027-01-02T00:00:00Z']);
    assert.deepEqual(dayRange('2026-02-27', 'Asia/Kathmandu', 7), ['ge2026-02-27T00:00:00+05:45', 'lt2026-03-06T00:00:00+05:45']);
    for (const [day, zone] of [
      ['2026-11', 'UTC'],
      ['24.11.2026', 'UTC'],
      ['2026-11-24', 'Mars/Olympus'],
    ] as const)
      refused(() => dayRange(day, zone));
  });
});

test('parameters with a bound in time but no offset, or a birth date with a time, are refused, by name and not by value', () => {
  for (const params of [
    { date: '2026-11-24T09:00' },
    { date: ['ge2026-11-24', 'lt2026-11-24T09:00:00'] },
    { 'patient.birthdate': 'ge1980-01-01T00:00:00Z' },
    { birthdate: '1980-01-01T00:00:00+01:00' },
    { _lastUpdated: '2026-11-24T09:00:00Z,2026-11-24T10:00:00' },
  ]) {
    assert.throws(
      () => checkDates(params),
      (error) => isCareError(error, 'validation') && !/\d{4}/.test(error.message) && error.message.includes(Object.keys(params)[0]!),
      JSON.stringify(params),
    );
  }
  checkDates({
    date: ['ge2026-11-24', 'lt2026-11-24T09:00:00+11:00'],
    birthdate: 'ge1980-01',
    name: 'at 2026-11-24T09:00',
    _count: 3,
    active: true,
    code: undefined,
  });
});
