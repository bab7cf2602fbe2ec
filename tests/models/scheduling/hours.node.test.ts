import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PractitionerRole, Slot } from '../../../src/models/fhir/index.js';
import {
  absences,
  blockedSlots,
  createZoneTable,
  DAY,
  dayBounds,
  gapsIn,
  isoIn,
  without,
  workingSpans,
  type Span,
} from '../../../src/models/scheduling/index.js';
import { at, DATE, role, SYDNEY } from './records.js';

const bounds = dayBounds(DATE, SYDNEY);
const table = createZoneTable(SYDNEY, bounds.start - DAY, bounds.end + DAY);
const texts = (spans: readonly Span[] | undefined) =>
  spans?.map(({ start, end }) => `${isoIn(table, start).slice(11, 16)}-${isoIn(table, end).slice(11, 16)}`);

test('hours of the weekday, with a break between', () => {
  const roles = [role('r', 'okafor', [['09:00', '12:00'], ['12:45', '17:00']])]; // prettier-ignore
  assert.deepEqual(texts(workingSpans(roles, DATE, table)), ['09:00-12:00', '12:45-17:00']);
  const gaps = gapsIn({ start: at('08:00'), end: at('18:00') }, workingSpans(roles, DATE, table));
  assert.deepEqual(gaps.map(({ kind }, i) => [kind, texts(gaps)![i]]), [['off', '08:00-09:00'], ['break', '12:00-12:45'], ['off', '17:00-18:00']]); // prettier-ignore
});

test('no hours recorded is not the same as not working', () => {
  assert.equal(workingSpans([], DATE, table), undefined);
  assert.equal(workingSpans([{ resourceType: 'PractitionerRole' }], DATE, table), undefined);
  assert.deepEqual(gapsIn({ start: at('08:00'), end: at('18:00') }, undefined), []);
  assert.deepEqual(workingSpans([role('r', 'okafor', [['09:00', '17:00']])], '2026-11-22', table), [], 'a Sunday off');
});

test('all day, every day, and past midnight', () => {
  const always: PractitionerRole = { resourceType: 'PractitionerRole', availableTime: [{ allDay: true }] };
  assert.deepEqual(texts(workingSpans([always], DATE, table)), ['00:00-00:00']);
  const night: PractitionerRole = {
    resourceType: 'PractitionerRole',
    availableTime: [{ availableStartTime: '22:00:00', availableEndTime: '06:00:00' }],
  };
  assert.deepEqual(texts(workingSpans([night], DATE, table)), ['00:00-06:00', '22:00-00:00']);
});

test('hours of two roles are put together', () => {
  const roles = [role('a', 'okafor', [['09:00', '12:00']]), role('b', 'okafor', [['11:00', '15:00']])];
  assert.deepEqual(texts(workingSpans(roles, DATE, table)), ['09:00-15:00']);
});

test('hours are wall-clock time also on the day on which clocks change', () => {
  const day = dayBounds('2026-10-05', SYDNEY);
  const later = createZoneTable(SYDNEY, day.start - 2 * DAY, day.end);
  const [monday] = workingSpans([role('r', 'okafor', [['09:00', '17:00']])], '2026-10-05', later) ?? [];
  assert.equal(isoIn(later, monday!.start), '2026-10-05T09:00:00+11:00');
  const before = createZoneTable(SYDNEY, Date.UTC(2026, 9, 1), Date.UTC(2026, 9, 3));
  const [friday] = workingSpans([role('r', 'okafor', [['09:00', '17:00']])], '2026-10-02', before) ?? [];
  assert.equal(isoIn(before, friday!.start), '2026-10-02T09:00:00+10:00');
});

test('leave by dates includes its last day and no other', () => {
  const away = (start?: string, end?: string) =>
    absences(
      [
        {
          resourceType: 'PractitionerRole',
          notAvailable: [{ description: 'Leave', during: { ...(start ? { start } : {}), ...(end ? { end } : {}) } }],
        },
      ],
      table,
      bounds,
    );
  assert.deepEqual(texts(away('2026-11-20', '2026-11-23')), ['00:00-00:00']);
  assert.deepEqual(away('2026-11-20', '2026-11-22'), []);
  assert.deepEqual(away('2026-11-24'), []);
  assert.deepEqual(texts(away('2026-11-23T13:00:00+11:00')), ['13:00-00:00']);
  assert.equal(away('2026-11-01')[0]?.reason, 'Leave');
  assert.deepEqual(texts(away('2026-11')), ['00:00-00:00']);
  assert.deepEqual(absences([{ resourceType: 'PractitionerRole', notAvailable: [{ description: 'Sometimes' }] }], table, bounds), []);
});

test('blocked slots block, busy and free ones do not', () => {
  const slot = (status: Slot['status'], from: string, to: string): Slot => ({
    resourceType: 'Slot',
    schedule: { reference: 'Schedule/1' },
    ...(status ? { status } : {}),
    start: `${DATE}T${from}:00+11:00`,
    end: `${DATE}T${to}:00+11:00`,
    comment: 'Lunch',
  });
  const blocks = blockedSlots(
    [slot('busy-unavailable', '12:00', '12:45'), slot('busy', '09:00', '10:00'), slot('free', '10:00', '11:00')],
    bounds,
  );
  assert.deepEqual(texts(blocks), ['12:00-12:45']);
  assert.equal(blocks[0]?.reason, 'Lunch');
});

test('a break that is blocked time too is drawn once', () => {
  const block = { kind: 'break' as const, start: at('12:00'), end: at('13:00'), reason: undefined };
  assert.deepEqual(texts(without([block], [{ start: at('12:15'), end: at('12:30') }])), ['12:00-12:15', '12:30-13:00']);
  assert.deepEqual(without([block], [{ start: at('11:00'), end: at('14:00') }]), []);
});
