/** Building search values: what must be escaped, and dates that mean the same on every server. */
import { CareError } from '../errors.js';
import { epochAt, isZone, isoInZone } from './read/zone.js';

/** Text that a person typed, as one value: `,` would mean or, `$` and `|` part composites and tokens (R4 search 3.1.1.4.1.1). */
export const escapeValue = (text: string): string => text.replace(/[\\,$|]/g, '\\$&');

/** A token value. Without a system it matches any; with `''` only codes that have none. */
export function token(system: string | undefined, code = ''): string {
  return system === undefined ? escapeValue(code) : `${escapeValue(system)}|${escapeValue(code)}`;
}

export type DatePrefix = 'eq' | 'ne' | 'gt' | 'lt' | 'ge' | 'le' | 'sa' | 'eb' | 'ap';

const DATE = /^\d{4}(?:-\d\d(?:-\d\d)?)?$/;
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * A bound on an instant or a date-time, with its offset: servers read one without in their own zone, or in UTC, and the mornings
 * of Sydney fall out of the day. Text must carry `Z` or an offset; a Date goes out in UTC.
 *
 * @throws CareError `validation` for text without an offset, and for no date at all.
 */
export function instantBound(prefix: DatePrefix, at: Date | string): string {
  const text = typeof at === 'string' ? at : Number.isNaN(at.getTime()) ? '' : at.toISOString();
  if (!DATE_TIME.test(text))
    throw new CareError('validation', 'A bound in time needs a date, a time and an offset (2026-11-24T09:00:00+11:00).');
  return `${prefix}${text}`;
}

/**
 * A bound on a `date` (a birth date): a year, a month or a day, never with a time or an offset, which could move it to another day.
 *
 * @throws CareError `validation` for anything else.
 */
export function dateBound(prefix: DatePrefix, date: string): string {
  if (!DATE.test(date)) throw new CareError('validation', 'A date is a year, a month or a day without a time (2026-11-24).');
  return `${prefix}${date}`;
}

/**
 * The two bounds of calendar days in a place: `['ge2026-11-24T00:00:00+11:00', 'lt2026-11-25T00:00:00+11:00']`.
 *
 * @param first a day, `2026-11-24`; `days` how many from there.
 * @param zone IANA name, `Australia/Sydney`.
 * @throws CareError `validation` for another date or an unknown zone.
 */
export function dayRange(first: string, zone: string, days = 1): [string, string] {
  const [, year, month, day] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(first) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) throw new CareError('validation', 'A day is written 2026-11-24.');
  if (!isZone(zone)) throw new CareError('validation', 'The time zone is not known.');
  const midnight = (offset: number): string => isoInZone(epochAt({ year, month, day: day + offset }, zone), zone);
  return [`ge${midnight(0)}`, `lt${midnight(days)}`];
}
