import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  compareDates,
  dateSortKey,
  formatDate,
  formatPeriod,
  formatTime,
  isInForce,
  parseDate,
  periodContains,
  periodsOverlap,
} from '../../../../src/models/fhir/read/index.js';

test('dates keep the precision they have', () => {
  assert.deepEqual(parseDate('2026'), { kind: 'calendar', precision: 'year', year: 2026 });
  assert.deepEqual(parseDate('2026-11'), { kind: 'calendar', precision: 'month', year: 2026, month: 11 });
  assert.deepEqual(parseDate('2024-02-29'), { kind: 'calendar', precision: 'day', year: 2024, month: 2, day: 29 });
  assert.equal(parseDate('2026-11-24T09:00:00+11:00')?.epoch, Date.UTC(2026, 10, 23, 22));
  assert.equal(parseDate('2026-11-24T09:00:00.5Z')?.millisecond, 500);
  assert.equal(parseDate('2026-11-24T09:00:00')?.kind, 'wall');
  assert.equal(parseDate('2026-11-24T09:00:00')?.epoch, undefined);
});

test('what is no day of the calendar is not read', () => {
  for (const text of [
    '2026-13',
    '2026-02-29',
    '2026-00-01',
    '0000',
    '26-11-24',
    '2026-11-24T24:00:00Z',
    '2026-11-24T09:60:00Z',
    '2026-11-24T09:00:00+15:00',
    '2026/11/24',
    '',
    'today',
    20261124,
    null,
  ])
    assert.equal(parseDate(text), undefined, String(text));
});

test('a birth date reads the same day in every zone and locale', () => {
  for (const zone of ['Pacific/Apia', 'Pacific/Honolulu', 'Australia/Sydney', 'UTC'])
    for (const locale of ['en-AU', 'en-US', 'de', 'fr', 'he'])
      assert.match(formatDate('1984-03-14', { locale, zone }) ?? '', /\b14\b.*1984|14.*1984/u, `${zone} ${locale}`);
  assert.equal(formatDate('1984-03-14', { locale: 'th', zone: 'Asia/Bangkok' })?.includes('1984'), true, 'Gregorian in Thai too');
  assert.equal(formatDate('1984-03-14', { locale: 'th-u-ca-buddhist' })?.includes('2527'), true, 'unless the locale asks');
});

test('dates by locale with the month as a word', () => {
  assert.equal(formatDate('2026-11-22', { locale: 'en-AU' }), '22 Nov 2026');
  assert.equal(formatDate('2026-11-22', { locale: 'en-US' }), 'Nov 22, 2026');
  assert.equal(formatDate('2026-11', { locale: 'en-AU' }), 'Nov 2026');
  assert.equal(formatDate('2026', { locale: 'en-AU' }), '2026');
  assert.equal(formatDate('2026-11-22', { locale: 'de', style: 'short' }), '22.11.2026');
  assert.equal(formatDate('0033-04-03', { locale: 'en-AU' }), '3 Apr 33');
});

test('instants are shown in the zone asked for, and else as written with their offset', () => {
  const text = '2026-11-22T20:30:00-05:00';
  assert.equal(formatDate(text, { locale: 'en-GB', zone: 'Australia/Sydney' }), '23 Nov 2026, 12:30');
  assert.equal(formatDate(text, { locale: 'en-GB' }), '22 Nov 2026, 20:30 UTC−05:00');
  assert.equal(formatDate(text, { locale: 'en-GB', zone: 'Nowhere/Land' }), '22 Nov 2026, 20:30 UTC−05:00');
  assert.equal(formatDate(text, { locale: 'en-GB', zone: 'Australia/Sydney', show: 'date' }), '23 Nov 2026');
  assert.equal(formatDate(text, { locale: 'en-GB', zone: 'Australia/Sydney', show: 'time' }), '12:30');
  assert.equal(
    formatDate('2026-11-22T20:30:00', { locale: 'en-GB', zone: 'Australia/Sydney' }),
    '22 Nov 2026, 20:30',
    'a time without a zone is not moved',
  );
});

test('text that is no date is shown as it is', () => {
  assert.equal(formatDate('about 1960'), 'about 1960');
  assert.equal(formatDate(undefined), undefined);
  assert.equal(formatTime('08:05:00', 'en-GB'), '08:05');
  assert.match(formatTime('08:05:00', 'en-US') ?? '', /^8:05\sAM$/u);
  assert.equal(formatTime('25:00:00'), '25:00:00');
});

test('periods: both ends, one, and one that runs backwards', () => {
  assert.equal(
    formatPeriod({ start: '2026-11-22', end: '2026-11-24' }, { locale: 'en-AU' }).range?.replaceAll(/\s/gu, ' '),
    '22–24 Nov 2026',
  );
  assert.deepEqual(formatPeriod({ start: '2026-11' }, { locale: 'en-AU' }), { start: 'Nov 2026', end: undefined, range: undefined });
  assert.equal(formatPeriod({ start: '2026-12-01', end: '2026-11-01' }, { locale: 'en-AU' }).range, '1 Dec 2026 – 1 Nov 2026');
  assert.equal(formatPeriod({ start: '2025', end: '2026-11-01' }, { locale: 'en-AU' }).range, '2025 – 1 Nov 2026');
});

test('order by precision: what cannot be told is said to be so', () => {
  assert.equal(compareDates('2026', '2027-01-01'), 'before');
  assert.equal(compareDates('2026', '2026-03'), 'maybe');
  assert.equal(compareDates('2026-03-02', '2026-03-01'), 'after');
  assert.equal(compareDates('2026-03-01', '2026-03-01'), 'same');
  assert.equal(compareDates('2026-03', '2026-03'), 'same');
  assert.equal(compareDates('2026-11-24T09:00:00+11:00', '2026-11-23T22:00:00Z'), 'same');
  assert.equal(compareDates('2026-13', '2026'), undefined);
});

test('a day and an instant are told apart by the zone of the day', () => {
  const morning = '2026-11-24T09:00:00+11:00';
  assert.equal(compareDates('2026-11-23', morning, 'Australia/Sydney'), 'before');
  assert.equal(compareDates('2026-11-23', morning, 'America/New_York'), 'maybe');
  assert.equal(compareDates('2026-11-23', morning), 'maybe');
  assert.equal(compareDates('2026-11-21', morning), 'before');
});

test('period ends include their whole day; open ends are open', () => {
  const zone = 'Australia/Sydney';
  assert.equal(periodContains({ end: '2026-02-03' }, '2026-02-03T23:59:59+11:00', zone), 'yes');
  assert.equal(periodContains({ end: '2026-02-03' }, '2026-02-04T00:00:00+11:00', zone), 'no');
  assert.equal(periodContains({ start: '2026-02' }, '2026-02'), 'yes');
  assert.equal(periodContains({ start: '2026-02-10' }, '2026-02'), 'maybe');
  assert.equal(periodContains(undefined, '2026'), 'yes');
  assert.equal(periodContains({ start: 'soon' }, '2026'), 'yes');
  assert.equal(isInForce({ end: '2026-11-24' }, '2026-11-24T12:00:00+11:00', zone), true);
  assert.equal(isInForce({ end: '2026-11-23' }, '2026-11-24T12:00:00+11:00', zone), false);
  assert.equal(isInForce({ end: '2026-11-23' }, '2026-11-24T12:00:00+11:00'), true, 'without a zone it may still be the 23rd somewhere');
});

test('appointments that only touch do not overlap; days do, to their precision', () => {
  const nine = { start: '2026-11-24T09:00:00Z', end: '2026-11-24T10:00:00Z' };
  assert.equal(periodsOverlap(nine, { start: '2026-11-24T10:00:00Z', end: '2026-11-24T11:00:00Z' }), 'no');
  assert.equal(periodsOverlap(nine, { start: '2026-11-24T09:59:00Z', end: '2026-11-24T11:00:00Z' }), 'yes');
  assert.equal(periodsOverlap({ end: '2026-11-24' }, { start: '2026-11-24' }), 'yes');
  assert.equal(periodsOverlap({ end: '2026-11-23' }, { start: '2026-11-24' }), 'no');
  assert.equal(periodsOverlap({ end: '2026-11-23' }, nine), 'maybe', 'the 23rd ends late in Honolulu');
  assert.equal(periodsOverlap(undefined, nine), 'yes');
});

const dateText = fc.oneof(
  fc.integer({ min: 1, max: 9999 }).map((year) => String(year).padStart(4, '0')),
  fc
    .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .chain((date) => fc.constantFrom(date.toISOString().slice(0, 7), date.toISOString().slice(0, 10), date.toISOString())),
);

test('comparison is its own mirror, and agrees with the sort key', () => {
  const mirror = { before: 'after', after: 'before', same: 'same', maybe: 'maybe' };
  fc.assert(
    fc.property(dateText, dateText, fc.constantFrom(undefined, 'Asia/Kolkata'), (a, b, zone) => {
      const order = compareDates(a, b, zone);
      assert.ok(order);
      assert.equal(compareDates(b, a, zone), mirror[order]);
      const [x, y] = [dateSortKey(a, 'Asia/Kolkata') ?? NaN, dateSortKey(b, 'Asia/Kolkata') ?? NaN];
      if (order === 'before') assert.ok(x < y);
      if (order === 'after') assert.ok(x > y);
    }),
  );
});
