import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkHpii, checkHpio, checkIhi, checkMedicare, checkNpi, checkProviderNumber } from '../../../src/models/fhir/index.js';
import {
  Calendar,
  dateText,
  dayOf,
  dayOfWeekdayNumber,
  isOpen,
  nextOpenDay,
  weekday,
  weekdayNumber,
} from '../../../src/testing/practice/calendar.js';
import { HPIO, hpii, ihi, medicare, npi, providerNumber } from '../../../src/testing/practice/numbers.js';
import { Random, share } from '../../../src/testing/practice/random.js';

test('times on days when clocks change have the offset of their hour, not of their day', () => {
  const sydney = new Calendar('Australia/Sydney', Date.parse('2026-10-04T00:00:00Z'));
  const spring = dayOf(2026, 10, 4);
  assert.equal(sydney.iso(spring, 60), '2026-10-04T01:00:00+10:00');
  assert.equal(sydney.iso(spring, 9 * 60), '2026-10-04T09:00:00+11:00');
  assert.equal(sydney.iso(spring + 1, 9 * 60), '2026-10-05T09:00:00+11:00');
  const newYork = new Calendar('America/New_York', Date.parse('2026-11-01T12:00:00Z'));
  const autumn = dayOf(2026, 11, 1);
  assert.equal(newYork.iso(autumn, 30), '2026-11-01T00:30:00-04:00');
  assert.equal(newYork.iso(autumn, 9 * 60), '2026-11-01T09:00:00-05:00');
});

test('today and the minute are those of the clinic’s wall', () => {
  const apia = new Calendar('Pacific/Apia', Date.parse('2026-11-23T21:30:00Z'));
  assert.equal(apia.date(apia.today), '2026-11-24');
  assert.equal(apia.minuteNow, 10 * 60 + 30);
  assert.equal(apia.fromNow(-31), '2026-11-24T09:59:00+13:00');
  const kolkata = new Calendar('Asia/Kolkata', Date.parse('2026-11-24T18:29:00Z'));
  assert.equal(kolkata.iso(kolkata.today, kolkata.minuteNow), '2026-11-24T23:59:00+05:30');
  assert.equal(kolkata.isPast(kolkata.today, kolkata.minuteNow + 1), false);
});

test('weekdays are numbered on without a gap, and back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -20_000, max: 40_000 }), (day) => {
      if (weekday(day) === 0 || weekday(day) === 6) return;
      assert.equal(dayOfWeekdayNumber(weekdayNumber(day)), day);
      assert.equal(weekdayNumber(day + (weekday(day) === 5 ? 3 : 1)), weekdayNumber(day) + 1);
    }),
  );
  assert.equal(dateText(dayOf(2024, 2, 29)), '2024-02-29');
  assert.equal(isOpen(dayOf(2026, 12, 25)), false);
  assert.equal(dateText(nextOpenDay(dayOf(2026, 12, 24))), '2026-12-28');
});

test('invented numbers have the check digits of their kind', () => {
  const rng = new Random(1);
  for (let i = 0; i < 200; i++) {
    assert.equal(checkIhi(ihi(rng)), 'valid');
    assert.equal(checkHpii(hpii(rng)), 'valid');
    assert.equal(checkNpi(npi(rng)), 'valid');
    assert.equal(checkMedicare(medicare(rng)), 'valid');
    assert.equal(checkProviderNumber(providerNumber(rng)), 'valid');
  }
  assert.equal(checkHpio(HPIO), 'valid');
});

test('chance is even, and near seeds are far apart', () => {
  const counts = Array.from({ length: 10 }, () => 0);
  for (let i = 0; i < 20_000; i++) counts[Math.floor(share(7, i) * 10)]!++;
  for (const count of counts) assert.ok(count > 1800 && count < 2200, String(counts));
  assert.notEqual(new Random(1, 2).next(), new Random(1, 3).next());
  assert.notEqual(new Random(12).next(), new Random(1, 2).next());
});
