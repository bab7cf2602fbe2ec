/** The practice's own calendar: days as whole numbers, times as minutes after midnight on the clinic's wall clock. */
import { epochAt, isoInZone, isZone, offsetAt, wallTimeAt } from '../../models/fhir/index.js';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** A calendar day, counted from 1970-01-01. Not an instant. */
export type Day = number;

const two = (value: number): string => String(value).padStart(2, '0');

export function dayOf(year: number, month: number, day: number): Day {
  return Math.floor(Date.UTC(year, month - 1, day) / DAY);
}

/** `YYYY-MM-DD`. */
export function dateText(day: Day): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** 0 is Sunday. */
export function weekday(day: Day): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** Open from Monday to Friday, closed on 25 December and 1 January. */
export function isOpen(day: Day): boolean {
  const dayOfWeek = weekday(day);
  if (dayOfWeek === 0 || dayOfWeek === 6) return false;
  const date = new Date(day * DAY);
  const [month, dayOfMonth] = [date.getUTCMonth(), date.getUTCDate()];
  return !(month === 11 && dayOfMonth === 25) && !(month === 0 && dayOfMonth === 1);
}

/** Weekdays (holidays among them) are numbered on, so that "ten working days later" is a sum. 5 January 1970 was a Monday. */
export function weekdayNumber(day: Day): number {
  const since = day - 4;
  const week = Math.floor(since / 7);
  return week * 5 + Math.min(since - week * 7, 4);
}

export function dayOfWeekdayNumber(number: number): Day {
  const week = Math.floor(number / 5);
  return 4 + week * 7 + (number - week * 5);
}

export function nextOpenDay(day: Day, step: 1 | -1 = 1): Day {
  let next = day;
  do next += step;
  while (!isOpen(next));
  return next;
}

interface DayClock {
  date: string;
  /** The offset of the whole day as FHIR writes it; undefined on a day when clocks change. */
  offset: string | undefined;
}

export class Calendar {
  readonly zone: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly today: Day;
  /** Minutes after midnight. */
  readonly minuteNow: number;
  readonly #clocks = new Map<Day, DayClock>();

  /** @throws {RangeError} for a zone that this engine does not know. */
  constructor(zone: string, now: number) {
    if (!isZone(zone)) throw new RangeError('Not a time zone of the IANA database.');
    this.zone = zone;
    this.now = now;
    const wall = wallTimeAt(now, zone);
    this.today = dayOf(wall.year, wall.month, wall.day);
    this.minuteNow = wall.hour * 60 + wall.minute;
  }

  #clock(day: Day): DayClock {
    let clock = this.#clocks.get(day);
    if (!clock) {
      const [first, last] = [this.#wallEpoch(day, 0), this.#wallEpoch(day, 1439)];
      const whole = offsetAt(first, this.zone) === offsetAt(last, this.zone);
      clock = { date: dateText(day), offset: whole ? isoInZone(first, this.zone).slice(19) : undefined };
      this.#clocks.set(day, clock);
    }
    return clock;
  }

  #wallEpoch(day: Day, minute: number): number {
    const date = new Date(day * DAY);
    return epochAt(
      {
        year: date.getUTCFullYear(),
        month: date.getUTCMonth() + 1,
        day: date.getUTCDate(),
        hour: Math.floor(minute / 60),
        minute: minute % 60,
      },
      this.zone,
    );
  }

  /** The instant at which the clinic's clock shows this minute of this day. */
  epoch(day: Day, minute: number): number {
    return this.#wallEpoch(day + Math.floor(minute / 1440), ((minute % 1440) + 1440) % 1440);
  }

  /** As FHIR writes an instant, with the offset of that day and time. */
  iso(day: Day, minute: number): string {
    const clock = this.#clock(day);
    if (clock.offset === undefined || minute < 0 || minute >= 1440) return isoInZone(this.epoch(day, minute), this.zone);
    return `${clock.date}T${two(Math.floor(minute / 60))}:${two(minute % 60)}:00${clock.offset}`;
  }

  /** `YYYY-MM-DD`. */
  date(day: Day): string {
    return this.#clock(day).date;
  }

  /** The instant `minutes` from now, to the minute. */
  fromNow(minutes: number): string {
    return isoInZone(Math.floor(this.now / MINUTE + minutes) * MINUTE, this.zone);
  }

  /** Whether this minute of this day lies before now. */
  isPast(day: Day, minute: number): boolean {
    return day < this.today || (day === this.today && minute <= this.minuteNow);
  }
}
