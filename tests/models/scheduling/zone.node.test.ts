import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  addDays,
  createZoneTable,
  DAY,
  dayBounds,
  HOUR,
  isDate,
  isoIn,
  offsetIn,
  resolveWall,
  wallAt,
  wallOfDate,
} from '../../../src/models/scheduling/zone.js';

const wall = (text: string): number => Date.parse(`${text}Z`);
const zones = [
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'America/New_York',
  'America/Santiago',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'Asia/Beirut',
  'UTC',
  'Pacific/Apia',
];

/** What Intl says, asked anew: the table is checked against it, not against itself. */
function intlWall(instant: number, zone: string): number {
  const part = Object.fromEntries(
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  return Date.UTC(part['year']!, part['month']! - 1, part['day']!, part['hour']!, part['minute']!, part['second']!);
}

test('an hour that clocks skip is moved on by the gap, and said to be skipped', () => {
  const { start, end } = dayBounds('2026-10-04', 'Australia/Sydney');
  const table = createZoneTable('Australia/Sydney', start, end);
  const { instant, kind } = resolveWall(table, wall('2026-10-04T02:30:00'));
  assert.equal(kind, 'skipped');
  assert.equal(isoIn(table, instant), '2026-10-04T03:30:00+11:00');
  assert.equal(end - start, 23 * HOUR);
});

test('an hour that clocks show twice is the first of the two, and said to be so', () => {
  const { start, end } = dayBounds('2026-04-05', 'Australia/Sydney');
  const table = createZoneTable('Australia/Sydney', start, end);
  const { instant, kind } = resolveWall(table, wall('2026-04-05T02:30:00'));
  assert.equal(kind, 'twice');
  assert.equal(isoIn(table, instant), '2026-04-05T02:30:00+11:00');
  assert.equal(isoIn(table, instant + HOUR), '2026-04-05T02:30:00+10:00');
  assert.equal(end - start, 25 * HOUR);
});

test('a day whose midnight is skipped begins where the gap ends', () => {
  const { start } = dayBounds('2026-09-06', 'America/Santiago');
  const table = createZoneTable('America/Santiago', start - DAY, start + DAY);
  assert.equal(isoIn(table, start), '2026-09-06T01:00:00-03:00');
  assert.equal(new Date(wallAt(table, start - 1000)).toISOString().slice(0, 10), '2026-09-05');
});

test('a shift of half an hour makes a day of 23 and a half hours', () => {
  const { start, end } = dayBounds('2026-10-04', 'Australia/Lord_Howe');
  assert.equal(end - start, 23.5 * HOUR);
});

test('a day in the clinic is found by its offset, not by UTC', () => {
  const { start, end } = dayBounds('2026-11-23', 'Australia/Sydney');
  assert.equal(new Date(start).toISOString(), '2026-11-22T13:00:00.000Z');
  assert.equal(end - start, DAY);
});

test('every instant of two years has the wall time that Intl gives, and leads back', () => {
  const span = { from: Date.UTC(2026, 0, 1), to: Date.UTC(2027, 11, 31) };
  const tables = new Map(zones.map((zone) => [zone, createZoneTable(zone, span.from, span.to)]));
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: span.from / 60_000, max: span.to / 60_000 }), (zone, minute) => {
      const table = tables.get(zone)!;
      const instant = minute * 60_000;
      const shown = wallAt(table, instant);
      assert.equal(shown, intlWall(instant, zone));
      const back = resolveWall(table, shown);
      assert.notEqual(back.kind, 'skipped');
      assert.equal(wallAt(table, back.instant), shown);
      assert.ok(back.instant === instant || (back.kind === 'twice' && back.instant < instant));
      assert.equal(Date.parse(isoIn(table, instant)), instant);
      assert.match(isoIn(table, instant), /^\d{4}-\d\d-\d\dT\d\d:\d\d:00[+-]\d\d:\d\d$/);
    }),
    { numRuns: 2000 },
  );
});

test('every wall time around a change is found, and days fit together without a gap', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 800 }), fc.integer({ min: 0, max: 1439 }), (zone, days, minute) => {
      const date = addDays('2026-01-01', days);
      const { start, end } = dayBounds(date, zone);
      assert.equal(dayBounds(addDays(date, 1), zone).start, end);
      const table = createZoneTable(zone, start, end);
      const asked = wallOfDate(date)! + minute * 60_000;
      const { instant, kind } = resolveWall(table, asked);
      if (kind === 'skipped') assert.ok(wallAt(table, instant) > asked);
      else assert.equal(wallAt(table, instant), asked);
      assert.ok(instant >= start && instant <= end);
    }),
    { numRuns: 1500 },
  );
});

test('outside its range a table asks Intl instead of guessing', () => {
  const table = createZoneTable('Australia/Sydney', Date.UTC(2026, 10, 23), Date.UTC(2026, 10, 24));
  assert.equal(offsetIn(table, Date.UTC(2026, 6, 1)), 10 * HOUR);
});

test('a zone that the engine does not know is refused, and so is a date that is none', () => {
  assert.throws(() => createZoneTable('Mars/Olympus', 0, 1), RangeError);
  assert.throws(() => dayBounds('2026-02-30', 'UTC'), RangeError);
  assert.equal(isDate('2026-02-29'), false);
  assert.equal(isDate('2028-02-29'), true);
  assert.equal(isDate('2026-2-3'), false);
});
