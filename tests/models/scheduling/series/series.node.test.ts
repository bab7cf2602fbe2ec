import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseResource, type Appointment } from '../../../../src/models/fhir/index.js';
import { editSeries, selectOccurrences } from '../../../../src/models/scheduling/series/edit.js';
import { MOST_IN_SERIES, occurrencesOf, planSeries, type PlanOptions } from '../../../../src/models/scheduling/series/plan.js';
import {
  isChanged,
  markOccurrence,
  occurrenceNumber,
  readTemplate,
  seriesOf,
  type SeriesTemplate,
} from '../../../../src/models/scheduling/series/template.js';

const DAY = 86_400_000;
const SYDNEY = 'Australia/Sydney';
const weekly: SeriesTemplate = { zone: SYDNEY, type: 'wk', interval: 1, weekdays: [], monthly: undefined, count: 6, last: undefined, excluded: [] }; // prettier-ignore
const wall = (text: string): number => Date.parse(`${text}:00Z`);
const dates = (template: SeriesTemplate, start: string): string[] => occurrencesOf(template, wall(start)).map(({ date }) => date);

describe('occurrences', () => {
  it('weekly and fortnightly, on several days, monthly by date or by the nth weekday, yearly', () => {
    assert.deepEqual(dates({ ...weekly, count: 3 }, '2026-11-24T09:00'), ['2026-11-24', '2026-12-01', '2026-12-08']);
    assert.deepEqual(dates({ ...weekly, interval: 2, count: 2 }, '2026-11-24T09:00'), ['2026-11-24', '2026-12-08']);
    assert.deepEqual(dates({ ...weekly, weekdays: [1, 3], count: 3 }, '2026-11-24T09:00'), ['2026-11-24', '2026-11-26', '2026-12-01']);
    assert.deepEqual(dates({ ...weekly, type: 'mo', count: 3 }, '2026-01-31T09:00'), ['2026-01-31', '2026-03-31', '2026-05-31']);
    assert.deepEqual(dates({ ...weekly, type: 'mo', monthly: { nth: -1, weekday: 4 }, count: 2 }, '2026-11-27T09:00'), ['2026-11-27', '2026-12-25']); // prettier-ignore
    assert.deepEqual(dates({ ...weekly, type: 'a', count: undefined, last: '2028-11-24' }, '2026-11-24T09:00'), ['2026-11-24', '2027-11-24', '2028-11-24']); // prettier-ignore
  });

  it('keeps its wall-clock time over a change of clocks, and says by how much UTC moved', () => {
    const rows = occurrencesOf(weekly, wall('2026-03-24T09:00'));
    assert.deepEqual(rows.map(({ start }) => new Date(start).toISOString().slice(5, 16)), ['03-23T22:00', '03-30T22:00', '04-06T23:00', '04-13T23:00', '04-20T23:00', '04-27T23:00']); // prettier-ignore
    assert.deepEqual(
      rows.map(({ shift }) => shift / 3_600_000),
      [0, 0, -1, -1, -1, -1],
    );
  });

  it('a time that clocks skip is moved on, one that they show twice is the first, and both are said', () => {
    const daily = { ...weekly, type: 'd' as const, count: 3 };
    const kinds = (start: string): string[] => occurrencesOf(daily, wall(start)).map(({ clock }) => clock);
    assert.deepEqual(kinds('2026-10-03T02:30'), ['once', 'skipped', 'once']);
    assert.deepEqual(kinds('2026-04-04T02:30'), ['once', 'twice', 'once']);
  });

  it('without an end it is cut at a year of days', () => {
    assert.equal(occurrencesOf({ ...weekly, count: undefined }, wall('2026-01-01T09:00')).length, MOST_IN_SERIES);
  });
});

const plain: PlanOptions = { minutes: 50, explain: () => ({ level: 'ok', refusals: [] }) };

describe('the preview', () => {
  const start = wall('2026-11-24T09:00');
  it('leaves out holidays, excluded days and what funding does not pay; a day left out uses none of it', () => {
    const template = { ...weekly, excluded: ['2026-12-01'] };
    const rows = planSeries(template, start, { ...plain, funded: 3, holiday: (date) => (date === '2026-12-08' ? 'Proclamation Day' : undefined) }); // prettier-ignore
    assert.deepEqual(rows.map(({ action, problems }) => [action, ...problems.map(({ code }) => code)]), [['book'], ['leave-out'], ['leave-out', 'holiday'], ['book'], ['book'], ['leave-out', 'funding-used']]); // prettier-ignore
  });

  it('a refused start gets the alternative, unless another of the series has it', () => {
    const second = occurrencesOf(weekly, start)[1]!.start;
    const refused = { level: 'stop' as const, refusals: [{ code: 'past' as const, level: 'stop' as const, until: Infinity }] };
    const explain = (at: number) => (at === second ? refused : plain.explain(at));
    const rows = planSeries(weekly, start, { ...plain, explain, alternative: ({ start: at }) => at + 60 * 60_000 });
    assert.deepEqual([rows[1]?.action, rows[1]?.instead], ['instead', second + 60 * 60_000]);
    const taken = planSeries(weekly, start, { ...plain, explain, alternative: ({ start: at }) => at - 7 * DAY });
    assert.equal(taken[1]?.action, 'leave-out');
  });

  it('two of a series never overlap', () => {
    const rows = planSeries({ ...weekly, type: 'd', count: 4 }, start, { ...plain, minutes: 36 * 60 });
    assert.deepEqual(rows.map(({ action }) => action), ['book', 'leave-out', 'book', 'leave-out']); // prettier-ignore
  });
});

const appointment = (number: number, start: string, rest: Partial<Appointment> = {}): Appointment =>
  markOccurrence(
    {
      resourceType: 'Appointment',
      id: `a${number}`,
      status: 'booked',
      start,
      end: new Date(Date.parse(start) + 50 * 60_000).toISOString(),
      participant: [{ actor: { reference: 'Patient/p1' }, status: 'accepted' }],
      ...rest,
    },
    { series: 's1', template: weekly, number },
  );

describe('how a record says it', () => {
  it('is valid R4, comes back as it was, and is replaced, not doubled', async () => {
    const template: SeriesTemplate = { ...weekly, weekdays: [0, 3], last: '2027-01-01', excluded: ['2026-12-25'] };
    const monthly: SeriesTemplate = { ...weekly, type: 'mo', interval: 3, monthly: { nth: 2, weekday: 1 } };
    for (const one of [template, monthly, { ...weekly, type: 'a' as const }, { ...weekly, type: 'd' as const }]) {
      const marked = markOccurrence(markOccurrence(appointment(1, '2026-11-24T09:00:00+11:00'), { series: 'old', template: weekly, number: 9 }), { series: 's2', template: one, number: 3, changed: true }); // prettier-ignore
      const { ok, issues } = await parseResource(marked, { unknown: 'error' });
      assert.ok(ok, JSON.stringify(issues));
      assert.deepEqual(readTemplate(marked), one);
      assert.deepEqual([seriesOf(marked), occurrenceNumber(marked), isChanged(marked), marked.identifier?.length], ['s2', 3, true, 1]);
    }
  });

  it('a server that drops the extensions keeps the series', () => {
    const { extension: _, ...bare } = appointment(1, '2026-11-24T09:00:00+11:00');
    assert.deepEqual([seriesOf(bare), readTemplate(bare), occurrenceNumber(bare)], ['s1', undefined, undefined]);
  });
});

describe('changing a series', () => {
  const NOW = Date.parse('2026-04-01T00:00:00Z');
  // Tuesdays at nine in Sydney; clocks go back on 5 April.
  const series = [
    appointment(1, '2026-03-24T09:00:00+11:00', { status: 'fulfilled' }),
    appointment(2, '2026-03-31T09:00:00+11:00'),
    appointment(3, '2026-04-07T09:00:00+10:00'),
    markOccurrence(appointment(4, '2026-04-14T13:00:00+10:00'), { series: 's1', template: weekly, number: 4, changed: true }),
    appointment(5, '2026-04-21T09:00:00+10:00', { status: 'cancelled' }),
    appointment(6, '2026-04-28T09:00:00+10:00'),
    { ...appointment(3, '2026-04-07T11:00:00+10:00'), id: 'other', identifier: [] },
  ];
  const ids = (list: readonly Appointment[]): (string | undefined)[] => list.map(({ id }) => id);

  it('what is past, over, cancelled or was changed apart stays', () => {
    const all = selectOccurrences(series, series[2]!, 'all', { now: NOW });
    assert.deepEqual(ids(all.chosen), ['a3', 'a6']);
    assert.deepEqual(all.untouched.map(({ appointment: { id }, why }) => `${id} ${why}`), ['a1 over', 'a2 past', 'a4 changed-apart', 'a5 cancelled']); // prettier-ignore
    assert.deepEqual(ids(selectOccurrences(series, series[5]!, 'following', { now: NOW }).chosen), ['a6']);
    assert.deepEqual(ids(selectOccurrences(series, series[3]!, 'this', { now: NOW }).chosen), ['a4']);
  });

  it('this: one is moved and marked as changed', () => {
    const { updates } = editSeries(series, series[2]!, 'this', { by: 90 * 60_000 }, { now: NOW, zone: SYDNEY, newSeries: 's2' });
    assert.deepEqual(updates.map(({ id, start, end }) => [id, start, end]), [['a3', '2026-04-07T10:30:00+10:00', '2026-04-07T11:20:00+10:00']]); // prettier-ignore
    assert.deepEqual([isChanged(updates[0]!), seriesOf(updates[0]!)], [true, 's1']);
  });

  it('following: the rest is a series of its own from one on, the old one ends the day before', () => {
    const early = Date.parse('2026-03-25T00:00:00Z');
    const { updates } = editSeries(
      series,
      series[2]!,
      'following',
      { by: DAY + 60 * 60_000 },
      { now: early, zone: SYDNEY, newSeries: 's2' },
    );
    assert.deepEqual(updates.map((one) => `${one.id} ${one.start} ${seriesOf(one)} ${occurrenceNumber(one)}`), ['a3 2026-04-08T10:00:00+10:00 s2 1', 'a6 2026-04-29T10:00:00+10:00 s2 4', 'a2 2026-03-31T09:00:00+11:00 s1 2']); // prettier-ignore
    assert.equal(readTemplate(updates[2]!)?.last, '2026-04-06');
    assert.equal(readTemplate(updates[0]!)?.count, 4);
  });

  it('all: nine stays nine on either side of a change of clocks', () => {
    const early = Date.parse('2026-03-25T00:00:00Z');
    const { updates } = editSeries(series, series[2]!, 'all', { by: -30 * 60_000 }, { now: early, zone: SYDNEY, newSeries: 's2' });
    assert.deepEqual(updates.map(({ start }) => start), ['2026-03-31T08:30:00+11:00', '2026-04-07T08:30:00+10:00', '2026-04-28T08:30:00+10:00']); // prettier-ignore
  });

  it('nothing that happened is ever among what is written', () => {
    fc.assert(
      fc.property(fc.constantFrom('this' as const, 'following' as const, 'all' as const), fc.integer({ min: 0, max: 5 }), fc.integer({ min: -40, max: 40 }), fc.integer({ min: 0, max: 60 }), (scope, which, hours, day) => {
        const now = Date.parse('2026-03-10T00:00:00Z') + day * DAY;
        const { updates } = editSeries(series, series[which]!, scope, { by: hours * 3_600_000 }, { now, zone: SYDNEY, newSeries: 's2' });
        for (const { id } of updates) {
          const before = series.find((one) => one.id === id)!;
          assert.ok(Date.parse(before.start!) >= now && before.status === 'booked');
        }
        assert.equal(new Set(ids(updates)).size, updates.length);
      }),
    ); // prettier-ignore
  });
});
