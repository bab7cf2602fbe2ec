import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { addDays, SCHEDULE_VIEWS, stepView, viewRange, weekdayOf, weekRules } from '../../../src/models/scheduling/index.js';

const MONDAY = { firstDay: 1, weekend: [6, 7] };
const date = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays('1990-01-01', days));

test('a week begins with its first day, and a month is whole weeks', () => {
  assert.deepEqual(viewRange('week', '2026-11-29', MONDAY), { first: '2026-11-23', days: 7 });
  assert.deepEqual(viewRange('week', '2026-11-29', { firstDay: 7, weekend: [6, 7] }), { first: '2026-11-29', days: 7 });
  assert.deepEqual(viewRange('work-week', '2026-11-29', MONDAY), { first: '2026-11-23', days: 5 });
  assert.deepEqual(viewRange('work-week', '2026-11-25', { firstDay: 6, weekend: [5, 6] }), { first: '2026-11-22', days: 5 });
  assert.deepEqual(viewRange('month', '2026-11-15', MONDAY), { first: '2026-10-26', days: 42 });
  assert.deepEqual(viewRange('month', '2027-02-15', MONDAY), { first: '2027-02-01', days: 28 });
});

test('every view shows the date it is for, but a work week on a weekend', () => {
  fc.assert(
    fc.property(date, fc.constantFrom(...SCHEDULE_VIEWS), fc.integer({ min: 1, max: 7 }), (day, view, firstDay) => {
      const { first, days } = viewRange(view, day, { firstDay, weekend: [6, 7] });
      if (view !== 'work-week' || weekdayOf(day) < 6) assert.ok(first <= day && day < addDays(first, days));
    }),
  );
});

test('a step on never skips what a view would show', () => {
  fc.assert(
    fc.property(date, fc.constantFrom(...SCHEDULE_VIEWS), (day, view) => {
      const here = viewRange(view, day, MONDAY);
      const next = viewRange(view, stepView(view, day, 1), MONDAY);
      assert.ok(next.first > here.first);
      if (view !== 'work-week') assert.ok(next.first <= addDays(here.first, here.days));
    }),
  );
  assert.equal(stepView('month', '2027-01-31', 1), '2027-02-01');
  assert.equal(stepView('month', '2027-03-15', -1), '2027-02-15');
});

test('weeks of a language that nobody knows are those of ISO 8601', () => {
  assert.equal(weekRules('not a language').firstDay, 1);
  assert.equal(weekdayOf('2026-11-29'), 7);
});
