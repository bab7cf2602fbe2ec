/**
 * Order of dates of unlike precision. What cannot be decided is said to be so: 2026 is neither before nor after 2026-03,
 * and a day is neither before nor after an instant within it unless the zone of that day is known.
 */
import { dateOf, type DateInput, type FhirDate } from './date.js';
import { epochOf, type Moment } from './moment.js';
import { epochAt, isZone, utcEpoch } from './zone.js';

export type DateOrder = 'before' | 'after' | 'same' | 'maybe';

/** The first instant of a date and the first one after it, each as the earliest and the latest that it may be. */
interface Span {
  from: readonly [number, number];
  to: readonly [number, number];
}

/** Zones run from UTC+14 to UTC-12: a day begins that early or that late. */
const EARLIEST = -14 * 3_600_000;
const LATEST = 12 * 3_600_000;

/** `floating`: all dates at hand lack a zone, so they compare as clocks on one wall. */
type Axis = { zone: string | undefined; floating: boolean };

function spanOf(date: FhirDate, axis: Axis): Span {
  if (date.epoch !== undefined) {
    const to = date.epoch + (date.precision === 'minute' ? 60_000 : 1);
    return { from: [date.epoch, date.epoch], to: [to, to] };
  }
  const { year, month = 1, day = 1, hour = 0, minute = 0, second = 0, millisecond = 0 } = date;
  const start = { year, month, day, hour, minute, second, millisecond };
  const end = { ...start };
  if (date.precision === 'year') end.year++;
  else if (date.precision === 'month') end.month++;
  else if (date.precision === 'day') end.day++;
  else if (date.precision === 'minute') end.minute++;
  else end.millisecond++;
  return { from: instants(start, axis), to: instants(end, axis) };
}

function instants(wall: Parameters<typeof epochAt>[0], { zone, floating }: Axis): readonly [number, number] {
  if (!floating && isZone(zone)) {
    const epoch = epochAt(wall, zone);
    return [epoch, epoch];
  }
  const epoch = utcEpoch(wall.year, wall.month, wall.day, wall.hour, wall.minute, wall.second, wall.millisecond);
  return floating ? [epoch, epoch] : [epoch + EARLIEST, epoch + LATEST];
}

function axisOf(dates: readonly (FhirDate | undefined)[], zone: string | undefined): Axis {
  return { zone, floating: dates.every((date) => date?.epoch === undefined) };
}

/**
 * How `a` stands to `b`. `same` is said only of equal precision.
 *
 * @param zone IANA zone in which dates without one are meant (the clinic's); without it they are compared with instants by a margin.
 * @returns undefined when one of them is no date.
 */
export function compareDates(a: DateInput, b: DateInput, zone?: string): DateOrder | undefined {
  const left = dateOf(a);
  const right = dateOf(b);
  if (!left || !right) return undefined;
  const axis = axisOf([left, right], zone);
  const x = spanOf(left, axis);
  const y = spanOf(right, axis);
  if (x.to[1] <= y.from[0]) return 'before';
  if (x.from[0] >= y.to[1]) return 'after';
  const settled = x.from[0] === x.from[1] && y.from[0] === y.from[1];
  const alike = left.kind === right.kind || (left.kind !== 'calendar' && right.kind !== 'calendar');
  if (alike && left.precision === right.precision && x.from[0] === y.from[0] && (settled || left.kind === right.kind)) return 'same';
  return 'maybe';
}

export type Verdict = 'yes' | 'no' | 'maybe';

export interface PeriodLike {
  start?: string | undefined;
  end?: string | undefined;
}

function boundsOf(period: PeriodLike | undefined | null): { start: FhirDate | undefined; end: FhirDate | undefined } {
  return { start: dateOf(textual(period?.start)), end: dateOf(textual(period?.end)) };
}

function textual(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/**
 * Whether `at` lies in the period. Both ends are included to their precision: an end of 2026-02-03 includes that whole day
 * (R4 datatypes, Period). A missing end is open: the period goes on; a missing start is treated as open too.
 */
export function periodContains(period: PeriodLike | undefined | null, at: DateInput, zone?: string): Verdict {
  const date = dateOf(at);
  if (!date) return 'maybe';
  const { start, end } = boundsOf(period);
  const axis = axisOf([start, end, date], zone);
  const point = spanOf(date, axis);
  const from = start ? spanOf(start, axis).from : OPEN_START;
  const to = end ? spanOf(end, axis).to : OPEN_END;
  if (point.to[1] <= from[0] || point.from[0] >= to[1]) return 'no';
  return point.from[0] >= from[1] && point.to[1] <= to[0] ? 'yes' : 'maybe';
}

const OPEN_START = [-Infinity, -Infinity] as const;
const OPEN_END = [Infinity, Infinity] as const;

/** Whether two periods share any time. Open ends reach for ever; periods that only touch (one ends as the other starts) do not overlap. */
export function periodsOverlap(a: PeriodLike | undefined | null, b: PeriodLike | undefined | null, zone?: string): Verdict {
  const left = boundsOf(a);
  const right = boundsOf(b);
  const axis = axisOf([left.start, left.end, right.start, right.end], zone);
  const [x, y] = [left, right].map(({ start, end }) => ({
    from: start ? spanOf(start, axis).from : OPEN_START,
    // An end that is an instant is the moment at which the next period may begin.
    to: !end ? OPEN_END : end.epoch === undefined ? spanOf(end, axis).to : spanOf(end, axis).from,
  })) as [Span, Span];
  if (x.to[1] <= y.from[0] || y.to[1] <= x.from[0]) return 'no';
  return x.to[0] > y.from[1] && y.to[0] > x.from[1] ? 'yes' : 'maybe';
}

/**
 * Whether the period may be in force at `now`: not certainly over, not certainly still to come. No period at all is in force.
 * Without a zone, a day counts wherever on earth it is that day.
 */
export function isInForce(period: PeriodLike | undefined | null, now: Moment, zone?: string): boolean {
  const epoch = epochOf(now);
  return epoch === undefined || periodContains(period, new Date(epoch).toISOString(), zone) !== 'no';
}

/** Milliseconds to sort by: where the date begins, a date without a zone in `zone` or else in UTC. Undefined for what is no date. */
export function dateSortKey(input: DateInput, zone?: string): number | undefined {
  const date = dateOf(input);
  if (!date) return undefined;
  return spanOf(date, isZone(zone) ? { zone, floating: false } : { zone: undefined, floating: true }).from[0];
}
