/**
 * Expands a recurrence rule in integers: for each period the days that it holds, then filters, then times of day. A wall time is
 * milliseconds since 1970 as if the wall were in UTC (see `../zone.ts`): a series stays at its wall-clock time whatever the zone does.
 */
import { civilDay, dayNumber, daysInMonth, firstWeek, weekdayOf, weekYearOf } from './civil.js';
import type { RecurrenceRule, WeekdayRule } from './rule.js';

const SECOND = 1000;
const DAY = 86_400_000;
const LAST_DAY = dayNumber(9999, 12, 31);
/** Days and times that may be looked at in vain before a rule is taken to yield nothing more; a 400-year cycle has 146,097 days. */
const BUDGET = 4_000_000;

export interface ExpandOptions {
  /** Occurrences before this wall time are counted, but not given. */
  readonly from?: number | undefined;
  /** The last wall time that may occur: what UNTIL means, turned to the wall's zone. */
  readonly until?: number | undefined;
  /** False for a wall time that clocks never show: it does not occur and is not counted (RFC 5545, 3.3.10). */
  readonly exists?: ((wall: number) => boolean) | undefined;
}

/** Whether a day is one of the numbered weekdays in a span that it lies in: a month or a year. */
function isWeekday(rules: readonly WeekdayRule[], day: number, first: number, last: number): boolean {
  const weekday = weekdayOf(day);
  return rules.some((rule) => {
    if (rule.weekday !== weekday) return false;
    if (rule.nth === undefined) return true;
    return rule.nth > 0 ? Math.floor((day - first) / 7) + 1 === rule.nth : -(Math.floor((last - day) / 7) + 1) === rule.nth;
  });
}

class Expander {
  readonly #rule: RecurrenceRule;
  readonly #start: number;
  readonly #startDay: number;
  readonly #months: ReadonlySet<number>;
  /** Days whose weekday is asked for are counted within their month, not their year. */
  readonly #byMonth: boolean;
  readonly #times: readonly number[];
  left = BUDGET;

  constructor(rule: RecurrenceRule, start: number) {
    this.#rule = rule;
    this.#start = start;
    this.#startDay = Math.floor(start / DAY);
    this.#months = new Set(rule.byMonth);
    this.#byMonth = rule.freq === 'MONTHLY' || (rule.freq === 'YEARLY' && rule.byMonth.length > 0);
    this.#times = rule.freq === 'HOURLY' || rule.freq === 'MINUTELY' || rule.freq === 'SECONDLY' ? [] : this.#timesOfDay();
  }

  /** Wall times of the rule in order, from the period that holds `from`. The set of a period may begin before the start of all. */
  *periods(from: number): Generator<readonly number[], void, undefined> {
    const { freq } = this.#rule;
    if (freq === 'YEARLY' || freq === 'MONTHLY' || freq === 'WEEKLY' || freq === 'DAILY') {
      for (const days of this.#daysFrom(Math.floor(from / DAY))) {
        yield this.#pick(days.flatMap((day) => this.#times.map((time) => day * DAY + time)));
      }
    } else {
      const unit = freq === 'HOURLY' ? 3600 : freq === 'MINUTELY' ? 60 : 1;
      for (let day = Math.floor(Math.max(from, this.#start) / DAY); day <= LAST_DAY && this.left > 0; day++) {
        this.left--;
        if (this.#holds(day)) yield* this.#within(day, unit);
      }
    }
  }

  /** Those at the places that BYSETPOS names, in order. */
  #pick(set: readonly number[]): readonly number[] {
    const { bySetPos } = this.#rule;
    if (bySetPos.length === 0) return set;
    const picked = new Set(bySetPos.map((place) => set[place > 0 ? place - 1 : set.length + place]));
    return set.filter((wall) => picked.has(wall));
  }

  #timesOfDay(): number[] {
    const { byHour, byMinute, bySecond } = this.#rule;
    const clock = (this.#start - this.#startDay * DAY) / SECOND;
    const hours = byHour.length > 0 ? byHour : [Math.floor(clock / 3600)];
    const minutes = byMinute.length > 0 ? byMinute : [Math.floor(clock / 60) % 60];
    const seconds = bySecond.length > 0 ? bySecond : [Math.floor(clock) % 60];
    return hours.flatMap((hour) => minutes.flatMap((minute) => seconds.map((second) => ((hour * 60 + minute) * 60 + second) * SECOND)));
  }

  /** The days of each period. */
  *#daysFrom(from: number): Generator<readonly number[], void, undefined> {
    const { freq, interval } = this.#rule;
    const [first, at, days] = this.#steps(from);
    for (let period = Math.max(0, Math.floor((at - first) / interval) - 1) * interval + first; ; period += interval) {
      const beyond = freq === 'DAILY' ? period > LAST_DAY : freq === 'WEEKLY' ? period * 7 > LAST_DAY + 7 : period > (freq === 'MONTHLY' ? 9999 * 12 + 11 : 10_000); // prettier-ignore
      if (beyond || this.left <= 0) return;
      const found = days(period);
      this.left -= 1 + found.length;
      if (found.length > 0) yield found;
    }
  }

  /** Periods as numbers: that of the start, that of a day, and the days of one. */
  #steps(from: number): [first: number, at: number, days: (period: number) => readonly number[]] {
    const { freq, weekStart, byWeekNo } = this.#rule;
    const start = civilDay(this.#startDay);
    const at = civilDay(from);
    if (freq === 'DAILY') return [this.#startDay, from, (day) => (this.#holds(day) ? [day] : [])];
    if (freq === 'WEEKLY') {
      // Weeks are numbered by their first day: 1970 began three days after a Monday.
      const week = (day: number): number => Math.floor((day + 3 - weekStart) / 7);
      return [week(this.#startDay), week(from), (number) => this.#ofWeek(number * 7 - 3 + weekStart)];
    }
    if (freq === 'MONTHLY') {
      const month = ({ year, month: of }: { year: number; month: number }): number => year * 12 + of - 1;
      return [month(start), month(at), (number) => this.#ofMonth(Math.floor(number / 12), (number % 12) + 1)];
    }
    if (byWeekNo.length > 0) return [weekYearOf(this.#startDay, weekStart), weekYearOf(from, weekStart), (year) => this.#ofWeekYear(year)];
    return [start.year, at.year, (year) => this.#ofYear(year, start.month, start.day)];
  }

  #ofWeek(first: number): number[] {
    const { byDay } = this.#rule;
    const own = weekdayOf(this.#startDay);
    const days: number[] = [];
    for (let day = first; day < first + 7; day++) {
      const asked = byDay.length > 0 ? byDay.some(({ weekday }) => weekday === weekdayOf(day)) : weekdayOf(day) === own;
      if (asked && this.#holds(day, { weekday: true })) days.push(day);
    }
    return days;
  }

  #ofMonth(year: number, month: number): number[] {
    const { byMonthDay, byDay } = this.#rule;
    if (this.#months.size > 0 && !this.#months.has(month)) return [];
    const first = dayNumber(year, month, 1);
    const length = daysInMonth(year, month);
    if (byMonthDay.length === 0 && byDay.length === 0) {
      const { day } = civilDay(this.#startDay);
      return day <= length ? [first + day - 1] : [];
    }
    return range(first, length).filter((day) => this.#holds(day));
  }

  #ofYear(year: number, month: number, day: number): number[] {
    const { byYearDay, byMonthDay, byDay, byMonth } = this.#rule;
    const onlyMonths = byYearDay.length === 0 && byMonthDay.length === 0 && byDay.length === 0;
    // BYMONTHDAY without BYMONTH means the start's month; BYYEARDAY and BYDAY speak of the year.
    const ownMonth = byMonth.length === 0 && byYearDay.length === 0 && (onlyMonths || byMonthDay.length > 0);
    const months = ownMonth ? [month] : byMonth.length > 0 ? byMonth : range(1, 12);
    return months.flatMap((of) => {
      const first = dayNumber(year, of, 1);
      const length = daysInMonth(year, of);
      if (onlyMonths) return day <= length ? [first + day - 1] : [];
      return range(first, length).filter((one) => this.#holds(one));
    });
  }

  /** Days of the numbered weeks, which may lie in the calendar years beside it. */
  #ofWeekYear(year: number): number[] {
    const { byWeekNo, byYearDay, byMonthDay, byDay, weekStart } = this.#rule;
    const first = firstWeek(year, weekStart);
    const weeks = (firstWeek(year + 1, weekStart) - first) / 7;
    const own = weekdayOf(this.#startDay);
    // Without any rule for days it is the weekday of the start.
    const plain = byDay.length === 0 && byMonthDay.length === 0 && byYearDay.length === 0;
    const wanted = new Set(byWeekNo.map((week) => (week > 0 ? week : weeks + 1 + week)).filter((week) => week >= 1 && week <= weeks));
    return [...wanted]
      .sort((a, b) => a - b)
      .flatMap((week) => range(first + (week - 1) * 7, 7))
      .filter((one) => this.#holds(one, { week: true }) && (!plain || weekdayOf(one) === own));
  }

  /** Whether a day passes every filter of days that the rule has. */
  #holds(day: number, done: { weekday?: boolean; week?: boolean } = {}): boolean {
    const { byMonthDay, byYearDay, byDay } = this.#rule;
    if (this.#months.size === 0 && byMonthDay.length === 0 && byYearDay.length === 0 && (byDay.length === 0 || done.weekday)) return true;
    const civil = civilDay(day);
    if (this.#months.size > 0 && !this.#months.has(civil.month)) return false;
    if (byMonthDay.length > 0) {
      const fromEnd = civil.day - daysInMonth(civil.year, civil.month) - 1;
      if (!byMonthDay.includes(civil.day) && !byMonthDay.includes(fromEnd)) return false;
    }
    const newYear = dayNumber(civil.year, 1, 1);
    const yearEnd = dayNumber(civil.year, 12, 31);
    if (byYearDay.length > 0 && !byYearDay.includes(day - newYear + 1) && !byYearDay.includes(day - yearEnd - 1)) return false;
    if (byDay.length === 0 || done.weekday) return true;
    if (!this.#byMonth || done.week) return isWeekday(byDay, day, newYear, yearEnd);
    const first = day - civil.day + 1;
    return isWeekday(byDay, day, first, first + daysInMonth(civil.year, civil.month) - 1);
  }

  /** Sets of a rule by hour, minute or second in one day: `unit` is the seconds of a step. */
  *#within(day: number, unit: number): Generator<readonly number[], void, undefined> {
    const { interval, byHour, byMinute, bySecond } = this.#rule;
    const steps = 86_400 / unit;
    // Steps are counted from the start's own; the first of this day that falls on the interval:
    const behind = (day * steps - Math.floor(this.#start / SECOND / unit)) % interval;
    const clock = Math.floor(this.#start / SECOND);
    const minutes = unit < 3600 ? undefined : byMinute.length > 0 ? byMinute : [Math.floor(clock / 60) % 60];
    const seconds = unit < 60 ? undefined : bySecond.length > 0 ? bySecond : [clock % 60];
    for (let step = (interval - (behind < 0 ? behind + interval : behind)) % interval; step < steps; step += interval) {
      if (--this.left <= 0) return;
      const at = step * unit;
      const hour = Math.floor(at / 3600);
      if (byHour.length > 0 && !byHour.includes(hour)) {
        // Nothing until the next hour: with steps of seconds there would be thousands to pass by.
        const next = Math.ceil(((hour + 1) * 3600 - at) / (unit * interval));
        step += Math.max(0, next - 1) * interval;
        continue;
      }
      if (!minutes && byMinute.length > 0 && !byMinute.includes(Math.floor(at / 60) % 60)) {
        const next = Math.ceil((60 - (at % 60)) / (unit * interval));
        step += Math.max(0, next - 1) * interval;
        continue;
      }
      if (!seconds && bySecond.length > 0 && !bySecond.includes(at % 60)) continue;
      const base = day * DAY + at * SECOND;
      yield this.#pick((minutes ?? [0]).flatMap((minute) => (seconds ?? [0]).map((second) => base + (minute * 60 + second) * SECOND)));
    }
  }
}

const range = (first: number, length: number): number[] => Array.from({ length }, (_, i) => first + i);

/**
 * The wall times of a rule that begins at `start`, in order, without end where the rule has none (to the year 9999). A start that
 * the rule does not produce is no occurrence and is not counted.
 */
export function* expandRule(
  rule: RecurrenceRule,
  start: number,
  { from = start, until = Infinity, exists }: ExpandOptions = {},
): Generator<number, void, undefined> {
  const expander = new Expander(rule, start);
  let count = rule.count ?? Infinity;
  // What is counted must be seen from the start; else one period is looked at before the one asked for.
  const begin = count === Infinity ? Math.max(start, from) : start;
  for (const set of expander.periods(begin)) {
    for (const wall of set) {
      if (wall < start || (exists && !exists(wall))) continue;
      if (wall > until || count === 0 || wall >= (LAST_DAY + 1) * DAY) return;
      if (count !== Infinity) count--;
      if (wall >= from) {
        expander.left = BUDGET;
        yield wall;
      }
    }
    if (count === 0) return;
  }
}
