/** The expander against published cases, against rrule-temporal where the two should agree, and by its own laws. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { RRuleTemporal } from 'rrule-temporal';
import 'temporal-polyfill/global';
import { expandRule, type ExpandOptions } from '../../../../src/models/scheduling/recurrence/expand.js';
import { parseRule } from '../../../../src/models/scheduling/recurrence/rule.js';
import { parseTime } from '../../../../src/models/scheduling/ics/values.js';
import { caseFiles, skipWithoutCases } from '../../../support/cases.js';

const DAY = 86_400_000;
const wall = (text: string): number => parseTime(text)!.wall;
const compact = (at: number): string => new Date(at).toISOString().replace(/[-:]/g, '').slice(0, 15);

function first(rule: string, start: string, limit: number, options: ExpandOptions = {}): number[] {
  const found: number[] = [];
  for (const at of expandRule(parseRule(rule), wall(start), options)) if (found.push(at) >= limit) break;
  return found;
}

/** What UNTIL means on a wall without a zone. */
function untilOf(rule: string, isDate: boolean): number | undefined {
  const text = /UNTIL=([^;]+)/.exec(rule)?.[1];
  if (text === undefined) return undefined;
  return wall(text) + (text.includes('T') || isDate ? 0 : DAY - 1);
}

/**
 * Published cases that contradict another one. BYWEEKNO works in week-years, as "The first date belongs to 2009, so after 6 years
 * it will be 2015" (in both files) wants it: 3 January 2027 belongs to 2026, and five years later none of 2031, 2036 … until 2071
 * has a week 53 with a Thursday in the step; this case counts calendar years instead.
 */
const CONTRADICTED = new Set(['FREQ=YEARLY;BYWEEKNO=53;INTERVAL=5;BYDAY=TH;COUNT=1']);

describe('published rules', { skip: skipWithoutCases }, () => {
  for (const { name, text } of caseFiles('scheduling/rrule', '.txt')) {
    it(name, () => {
      let checked = 0;
      for (const block of text.split(/\r?\n\s*\r?\n/)) {
        const part = (key: string): string | undefined => new RegExp(`^${key}:(.*)$`, 'm').exec(block)?.[1]?.trim();
        const [rule, start, instances] = [part('RRULE'), part('DTSTART'), part('INSTANCES')?.split(',')];
        if (rule === undefined || start === undefined || !instances || CONTRADICTED.has(rule)) continue;
        checked++;
        const isDate = !start.includes('T');
        // RFC 5545 forbids times of day for whole days; icsOccurrences leaves them out in the same way.
        const own = isDate ? rule.replace(/;BY(HOUR|MINUTE|SECOND)=[\d,]+/g, '') : rule;
        // One of the files means "show from here" by START-AT, the other one "begin to look from here".
        const at = name.includes('icalnet') ? part('START-AT') : undefined;
        const options = { until: untilOf(rule, isDate), ...(at === undefined ? {} : { from: wall(at) }) };
        const written = first(own, start, instances.length + 1, options).map((one) => compact(one).slice(0, isDate ? 8 : 15));
        assert.deepEqual(
          written,
          instances.map((one) => one.replace('Z', '')),
          `${rule} from ${start}`,
        );
      }
      assert.ok(checked > 35, `${checked} cases`);
    });
  }
});

const places = (max: number, negative: boolean) =>
  fc.uniqueArray(
    fc.integer({ min: negative ? -max : 1, max }).filter((n) => n !== 0),
    { minLength: 1, maxLength: 3 },
  );
const day = fc.constantFrom('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU');
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined, freq: 2 });
const start = fc.record({ day: fc.integer({ min: 10_000, max: 25_000 }), hour: fc.integer({ min: 0, max: 23 }), minute: fc.constantFrom(0, 15, 59) }); // prettier-ignore
const startOf = ({ day: of, hour, minute }: { day: number; hour: number; minute: number }): string =>
  compact(of * DAY + (hour * 60 + minute) * 60_000);

interface Parts {
  freq: string;
  interval: number;
  byMonth: number[] | undefined;
  byMonthDay: number[] | undefined;
  byDay: string[] | undefined;
  byHour: number[] | undefined;
  weekStart: string | undefined;
  setPos: number[] | undefined;
}
const parts = fc.record<Parts>({
  freq: fc.constantFrom('YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY'),
  interval: fc.integer({ min: 1, max: 5 }),
  byMonth: maybe(places(12, false)),
  byMonthDay: maybe(places(31, true)),
  byDay: maybe(fc.uniqueArray(day, { minLength: 1, maxLength: 3 })),
  byHour: maybe(fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 2 })),
  weekStart: maybe(day),
  setPos: maybe(places(3, true)),
});

function ruleOf({ freq, interval, byMonth, byMonthDay, byDay, byHour, weekStart, setPos }: Parts): string {
  const list: [string, readonly (string | number)[] | undefined][] = [
    ['BYMONTH', byMonth],
    ['BYMONTHDAY', byMonthDay],
    ['BYDAY', byDay],
    ['BYHOUR', byHour],
    ['WKST', weekStart === undefined ? undefined : [weekStart]],
    ['BYSETPOS', byMonth || byMonthDay || byDay || byHour ? setPos : undefined],
  ];
  return [`FREQ=${freq}`, `INTERVAL=${interval}`, ...list.flatMap(([name, values]) => (values ? [`${name}=${values.join(',')}`] : []))].join(';'); // prettier-ignore
}

describe('laws of the expander', () => {
  it('goes forward, and never gives one twice or before the start', () => {
    fc.assert(
      fc.property(parts, start, (rule, at) => {
        const found = first(ruleOf(rule), startOf(at), 40);
        for (const [i, one] of found.entries()) assert.ok(one > (found[i - 1] ?? wall(startOf(at)) - 1));
      }),
    );
  });

  it('gives from any day on what it gives from the start', () => {
    fc.assert(
      fc.property(parts, start, fc.integer({ min: 0, max: 1500 }), (rule, at, days) => {
        const text = ruleOf(rule);
        const from = wall(startOf(at)) + days * DAY;
        const whole = first(text, startOf(at), 3000).filter((one) => one >= from);
        const jumped = first(text, startOf(at), 10, { from });
        assert.deepEqual(whole.slice(0, 10), jumped.slice(0, whole.length));
      }),
    );
  });

  it('a count ends it there, an end does not change what comes before', () => {
    fc.assert(
      fc.property(parts, start, fc.integer({ min: 1, max: 12 }), (rule, at, count) => {
        const text = ruleOf(rule);
        const free = first(text, startOf(at), count);
        assert.deepEqual(first(`${text};COUNT=${count}`, startOf(at), 100), free);
        const last = free.at(-1);
        if (last !== undefined) assert.deepEqual(first(text, startOf(at), 100, { until: last }), free);
      }),
    );
  });

  it('agrees with rrule-temporal', () => {
    fc.assert(
      fc.property(parts, start, (rule, at) => {
        // Where the two read RFC 5545 differently: BYMONTHDAY of a year means the start's month here, and RFC 5545 has no BYMONTHDAY in weeks.
        fc.pre(!(rule.byMonthDay && ((rule.freq === 'YEARLY' && !rule.byMonth) || rule.freq === 'WEEKLY')));
        // A set of places that begins before the start counts from the period's beginning, which rrule-temporal does not do in its first one.
        fc.pre(!rule.setPos);
        const text = ruleOf(rule);
        const theirs = new RRuleTemporal({
          rruleString: `DTSTART;TZID=UTC:${startOf(at)}\nRRULE:${text};UNTIL=20450101T000000Z`,
          maxIterations: 100_000,
        });
        const expected = theirs.all((_, i) => i < 15).slice(0, 15).map(({ epochMilliseconds }) => epochMilliseconds); // prettier-ignore
        const ours = first(text, startOf(at), 15, { until: Date.UTC(2045, 0, 1) });
        assert.deepEqual(ours.map(compact), expected.map(compact), text);
      }),
      { numRuns: 150 },
    );
  });
});

describe('rules that ask for much and give nothing', () => {
  for (const rule of [
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31',
    'FREQ=SECONDLY;INTERVAL=86400;BYHOUR=3',
    'FREQ=SECONDLY;INTERVAL=60;BYSECOND=7',
    'FREQ=MINUTELY;BYMONTH=4;BYMONTHDAY=31',
    'FREQ=MONTHLY;BYDAY=MO;BYSETPOS=300',
    'FREQ=YEARLY;INTERVAL=999999999',
    'FREQ=WEEKLY;INTERVAL=999999999;BYDAY=TU',
  ]) {
    it(`${rule} ends`, () => {
      const found = first(rule, '20240101T090000', 5);
      assert.ok(found.length <= 1, String(found.length));
    });
  }
});
