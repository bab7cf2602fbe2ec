import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { epochAt, isoInZone, isZone, offsetAt, wallTimeAt } from '../../../../src/models/fhir/read/index.js';

test('wall clocks through the year, in zones of every kind', () => {
  assert.equal(isoInZone(Date.UTC(2026, 10, 24), 'Australia/Sydney'), '2026-11-24T11:00:00+11:00');
  assert.equal(isoInZone(Date.UTC(2026, 5, 24), 'Australia/Sydney'), '2026-06-24T10:00:00+10:00');
  assert.equal(isoInZone(Date.UTC(2026, 10, 24), 'Asia/Kolkata'), '2026-11-24T05:30:00+05:30');
  assert.equal(isoInZone(Date.UTC(2026, 10, 24), 'Pacific/Apia'), '2026-11-24T13:00:00+13:00');
  assert.equal(isoInZone(Date.UTC(2026, 10, 24, 0, 0, 0, 250), 'UTC'), '2026-11-24T00:00:00.250Z');
  assert.equal(isoInZone(Date.UTC(2026, 10, 24, 20), 'America/St_Johns'), '2026-11-24T16:30:00-03:30');
});

test('times that clocks skip move on, times that they show twice are the first', () => {
  const zone = 'Australia/Sydney';
  assert.equal(isoInZone(epochAt({ year: 2026, month: 10, day: 4, hour: 2, minute: 30 }, zone), zone), '2026-10-04T03:30:00+11:00');
  assert.equal(isoInZone(epochAt({ year: 2026, month: 4, day: 5, hour: 2, minute: 30 }, zone), zone), '2026-04-05T02:30:00+11:00');
  const newYork = 'America/New_York';
  assert.equal(isoInZone(epochAt({ year: 2026, month: 3, day: 8, hour: 2, minute: 30 }, newYork), newYork), '2026-03-08T03:30:00-04:00');
  assert.equal(isoInZone(epochAt({ year: 2026, month: 11, day: 1, hour: 1, minute: 30 }, newYork), newYork), '2026-11-01T01:30:00-04:00');
  // Samoa had no 30 December 2011.
  assert.equal(
    isoInZone(epochAt({ year: 2011, month: 12, day: 30, hour: 9 }, 'Pacific/Apia'), 'Pacific/Apia'),
    '2011-12-31T09:00:00+14:00',
  );
});

test('offsets of a century ago had seconds; FHIR text falls back to UTC', () => {
  assert.equal(isoInZone(Date.UTC(1880, 0, 1), 'Europe/Paris'), '1880-01-01T00:00:00Z');
});

test('zones that do not exist are known as such and count as UTC', () => {
  assert.equal(isZone('Nowhere/Land'), false);
  assert.equal(isZone(undefined), false);
  assert.equal(isZone('Asia/Kolkata'), true);
  assert.equal(offsetAt(0, 'Nowhere/Land'), 0);
});

test('an instant survives the way to the wall and back, except in the repeated hour', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(1950, 0), max: Date.UTC(2100, 0) }),
      fc.constantFrom(
        'Australia/Sydney',
        'Australia/Lord_Howe',
        'America/New_York',
        'Asia/Kolkata',
        'Pacific/Apia',
        'Africa/Casablanca',
        'Europe/Dublin',
      ),
      (epoch, zone) => {
        const back = epochAt(wallTimeAt(epoch, zone), zone);
        assert.ok(back === epoch || (back < epoch && epoch - back <= 7_200_000), `${zone} ${epoch}`);
        assert.equal(Date.parse(isoInZone(epoch, zone)), epoch);
      },
    ),
    { numRuns: 500 },
  );
});
