import { CareError } from '../../errors.js';
import { WEEKDAYS } from './civil.js';

export const FREQUENCIES = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY', 'MINUTELY', 'SECONDLY'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

export interface WeekdayRule {
  /** 0 for Monday to 6 for Sunday. */
  readonly weekday: number;
  /** The nth such weekday of the month or year, from its end when negative; undefined for each of them. */
  readonly nth: number | undefined;
}

/** A recurrence rule of RFC 5545, 3.3.10, read and checked. Lists are sorted and hold nothing twice. */
export interface RecurrenceRule {
  readonly freq: Frequency;
  readonly interval: number;
  readonly count: number | undefined;
  /** As written: `19971224`, `19971224T000000` or the same with `Z`. */
  readonly until: string | undefined;
  readonly bySecond: readonly number[];
  readonly byMinute: readonly number[];
  readonly byHour: readonly number[];
  readonly byDay: readonly WeekdayRule[];
  readonly byMonthDay: readonly number[];
  readonly byYearDay: readonly number[];
  readonly byWeekNo: readonly number[];
  readonly byMonth: readonly number[];
  readonly bySetPos: readonly number[];
  /** 0 for Monday. */
  readonly weekStart: number;
}

/** Told of what was read although it breaks the rules: plain words without the calendar's texts. */
export type RuleWarning = (message: string) => void;

interface Range {
  readonly max: number;
  /** Lowest number; 1 or 0. Negative ones count from the end, as far as `-max`. */
  readonly min: 0 | 1;
  readonly negative: boolean;
}
const RANGES: Readonly<Record<string, Range>> = {
  BYSECOND: { min: 0, max: 60, negative: false },
  BYMINUTE: { min: 0, max: 59, negative: false },
  BYHOUR: { min: 0, max: 23, negative: false },
  BYMONTHDAY: { min: 1, max: 31, negative: true },
  BYYEARDAY: { min: 1, max: 366, negative: true },
  BYWEEKNO: { min: 1, max: 53, negative: true },
  BYMONTH: { min: 1, max: 12, negative: false },
  BYSETPOS: { min: 1, max: 366, negative: true },
};
const PARTS = new Set(['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST', 'BYDAY', ...Object.keys(RANGES)]);

function refuse(part: string, reason: string): CareError {
  const message = `${part}: ${reason}`;
  return new CareError('malformed', `The recurrence rule cannot be used. ${message}`, {
    issues: [{ severity: 'error', code: 'value', path: part, message }],
  });
}

/** A whole number without anything beside it. */
function integer(part: string, text: string): number {
  if (!/^[+-]?\d{1,9}$/.test(text)) throw refuse(part, 'a whole number belongs here.');
  return Number(text);
}

function positive(part: string, text: string): number {
  const value = integer(part, text);
  if (value < 1) throw refuse(part, 'a number of 1 or more belongs here.');
  return value;
}

const sorted = (values: Iterable<number>): number[] => [...new Set(values)].sort((a, b) => a - b);

function numbers(part: string, text: string): number[] {
  const { min, max, negative } = RANGES[part]!;
  return sorted(
    text.split(',').map((one) => {
      const value = integer(part, one);
      if (value > max || value < (negative ? -max : min) || (min === 1 && value === 0))
        throw refuse(part, `a number from ${negative ? -max : min} to ${max}${negative ? ', but not 0,' : ''} belongs here.`);
      return value;
    }),
  );
}

function weekday(part: string, text: string): number {
  const index = (WEEKDAYS as readonly string[]).indexOf(text);
  if (index < 0) throw refuse(part, 'a weekday (MO, TU, WE, TH, FR, SA, SU) belongs here.');
  return index;
}

function weekdays(text: string, freq: Frequency, weeksNamed: boolean, warn: RuleWarning): WeekdayRule[] {
  const found = new Map<string, WeekdayRule>();
  for (const one of text.split(',')) {
    const [, number, name] = /^([+-]?\d{1,3})?([A-Z]*)$/.exec(one) ?? [];
    const day = weekday('BYDAY', name ?? '');
    let nth = number === undefined ? undefined : Number(number);
    if (nth === 0) {
      warn('BYDAY: a weekday with the number 0 does not exist; it is left out.');
      continue;
    }
    if (nth !== undefined && Math.abs(nth) > 53) throw refuse('BYDAY', 'a number from -53 to 53 belongs before a weekday.');
    if (nth !== undefined && freq !== 'YEARLY' && freq !== 'MONTHLY')
      throw refuse('BYDAY', 'a weekday has a number in monthly and yearly rules only.');
    if (nth !== undefined && weeksNamed) {
      warn('BYDAY: the number of a weekday means nothing beside BYWEEKNO; it is ignored.');
      nth = undefined;
    }
    found.set(`${nth ?? ''}${day}`, { weekday: day, nth });
  }
  return [...found.values()];
}

/**
 * Reads a rule (`FREQ=WEEKLY;BYDAY=MO,TH;COUNT=10`; the name `RRULE:` may stand before it).
 *
 * @throws CareError `malformed`, its issue's path naming the part: an unknown FREQ or part, one twice, a number out of range (0
 * before a weekday aside), a weekday's number where RFC 5545 forbids it, BYYEARDAY in daily, weekly and monthly rules, COUNT
 * beside UNTIL.
 */
export function parseRule(text: string, warn: RuleWarning = () => undefined): RecurrenceRule {
  const parts = new Map<string, string>();
  for (const piece of text
    .trim()
    .replace(/^RRULE:/i, '')
    .toUpperCase()
    .split(';')) {
    if (piece === '') continue;
    const at = piece.indexOf('=');
    const name = (at < 0 ? piece : piece.slice(0, at)).trim();
    if (!PARTS.has(name)) throw refuse(/^[A-Z-]{1,20}$/.test(name) ? name : 'RRULE', 'no part of a rule has this name.');
    if (parts.has(name)) throw refuse(name, 'the part is there twice.');
    parts.set(name, piece.slice(at + 1).trim());
  }
  const freq = parts.get('FREQ') as Frequency | undefined;
  if (freq === undefined || !FREQUENCIES.includes(freq)) throw refuse('FREQ', 'one of SECONDLY to YEARLY belongs here.');
  if (parts.has('COUNT') && parts.has('UNTIL')) throw refuse('COUNT', 'a rule ends by COUNT or by UNTIL, not by both.');
  if (parts.has('BYYEARDAY') && ['DAILY', 'WEEKLY', 'MONTHLY'].includes(freq))
    throw refuse('BYYEARDAY', 'a daily, weekly or monthly rule has no days of the year.');
  const until = parts.get('UNTIL');
  if (until !== undefined && !/^\d{8}(T\d{6}Z?)?$/.test(until)) throw refuse('UNTIL', 'a date or a date with time belongs here.');
  const list = (part: string): number[] => {
    const value = parts.get(part);
    return value === undefined ? [] : numbers(part, value);
  };
  let byWeekNo = list('BYWEEKNO');
  if (byWeekNo.length > 0 && freq !== 'YEARLY') {
    warn('BYWEEKNO: only a yearly rule has numbers of weeks; they are ignored.');
    byWeekNo = [];
  }
  const count = parts.get('COUNT');
  const byDay = parts.get('BYDAY');
  return {
    freq,
    interval: positive('INTERVAL', parts.get('INTERVAL') ?? '1'),
    count: count === undefined ? undefined : positive('COUNT', count),
    until,
    // A leap second is told by no clock that a calendar reads: 60 is taken as 59 (RFC 5545, 3.3.12).
    bySecond: sorted(list('BYSECOND').map((second) => Math.min(second, 59))),
    byMinute: list('BYMINUTE'),
    byHour: list('BYHOUR'),
    byDay: byDay === undefined ? [] : weekdays(byDay, freq, byWeekNo.length > 0, warn),
    byMonthDay: list('BYMONTHDAY'),
    byYearDay: list('BYYEARDAY'),
    byWeekNo,
    byMonth: list('BYMONTH'),
    bySetPos: list('BYSETPOS'),
    weekStart: weekday('WKST', parts.get('WKST') ?? 'MO'),
  };
}
