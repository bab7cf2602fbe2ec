/**
 * FHIR dates as they are. A year, a month or a day is a place in a calendar, not an instant: it never becomes one here,
 * so no zone can move it to the day before. R4 datatypes: date, dateTime, instant.
 */
import { utcEpoch } from './zone.js';

export const DATE_PRECISIONS = ['year', 'month', 'day', 'minute', 'second'] as const;
export type DatePrecision = (typeof DATE_PRECISIONS)[number];

/**
 * `calendar`: a year, month or day. `instant`: a time with its offset. `wall`: a time without one, which R4 forbids and
 * senders write all the same; nobody knows which instant it names.
 */
export interface FhirDate {
  kind: 'calendar' | 'instant' | 'wall';
  precision: DatePrecision;
  year: number;
  /** 1 to 12, from precision `month` on. */
  month?: number;
  /** From precision `day` on. */
  day?: number;
  hour?: number;
  minute?: number;
  second?: number;
  millisecond?: number;
  /** Minutes ahead of UTC as written; instants only. */
  offset?: number;
  /** Milliseconds since 1970; instants only. */
  epoch?: number;
}

const SHAPE = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;

export function daysInMonth(year: number, month: number): number {
  return new Date(utcEpoch(year, month + 1, 0)).getUTCDate();
}

/** Reads `2026`, `2026-11`, `2026-11-24`, `2026-11-24T09:00:00+11:00` …; undefined for anything that isn't a day of the calendar. */
export function parseDate(text: unknown): FhirDate | undefined {
  const parts = typeof text === 'string' ? SHAPE.exec(text.trim()) : null;
  if (!parts) return undefined;
  const [, y, mo, d, h, mi, s, fraction, zone] = parts;
  const year = Number(y);
  if (year < 1) return undefined;
  if (mo === undefined) return { kind: 'calendar', precision: 'year', year };
  const month = Number(mo);
  if (month < 1 || month > 12) return undefined;
  if (d === undefined) return { kind: 'calendar', precision: 'month', year, month };
  const day = Number(d);
  if (day < 1 || day > daysInMonth(year, month)) return undefined;
  if (h === undefined) return { kind: 'calendar', precision: 'day', year, month, day };
  const hour = Number(h);
  const minute = Number(mi);
  const second = Number(s ?? 0);
  const millisecond = Math.floor(Number(fraction ?? 0) * 1000);
  // 60 is a leap second; R4 lets it through.
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  const time = {
    precision: s === undefined ? ('minute' as const) : ('second' as const),
    year,
    month,
    day,
    hour,
    minute,
    second,
    millisecond,
  };
  if (zone === undefined) return { kind: 'wall', ...time };
  const offset = offsetMinutes(zone);
  if (offset === undefined) return undefined;
  return { kind: 'instant', ...time, offset, epoch: utcEpoch(year, month, day, hour, minute, second, millisecond) - offset * 60_000 };
}

/** R4 allows offsets up to 14:00. */
function offsetMinutes(zone: string): number | undefined {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4));
  if (Number(zone.slice(4)) > 59 || minutes > 14 * 60) return undefined;
  return zone.startsWith('-') ? -minutes : minutes;
}

/** A date as text or already read. */
export type DateInput = string | FhirDate | undefined;

export function dateOf(input: DateInput): FhirDate | undefined {
  return typeof input === 'object' ? input : parseDate(input);
}
