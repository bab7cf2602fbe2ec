/** Dates, times and periods in a reader's language. The month is a word where the style has room for it (look.md, Writing). */
import { dateOf, type DateInput, type FhirDate } from './date.js';
import type { PeriodLike } from './date-compare.js';
import { dateTimeFormat } from './intl.js';
import { textOf } from './loose.js';
import { isZone, utcEpoch } from './zone.js';

export interface DateFormatOptions {
  /** BCP 47 tag; decides order, words, digits and 12 or 24 hours. */
  locale?: string | undefined;
  /** IANA zone in which instants are shown. Without it they read as they were written, with their offset. */
  zone?: string | undefined;
  /** `short` 22/11/2026, `medium` 22 Nov 2026 (default), `long` 22 November 2026. */
  style?: 'short' | 'medium' | 'long' | undefined;
  /** `date` leaves the time of an instant out, `time` shows nothing else. Default `both`. */
  show?: 'both' | 'date' | 'time' | undefined;
  /** Put the weekday before a full date. */
  weekday?: boolean | undefined;
}

type Fields = Intl.DateTimeFormatOptions;

function dateFields(precision: FhirDate['precision'], { style = 'medium', weekday = false }: DateFormatOptions): Fields {
  const month = style === 'short' ? '2-digit' : style === 'medium' ? 'short' : 'long';
  if (precision === 'year') return { year: 'numeric' };
  if (precision === 'month') return { year: 'numeric', month: style === 'short' ? 'numeric' : month };
  return {
    ...(weekday ? { weekday: style === 'long' ? ('long' as const) : ('short' as const) } : {}),
    year: 'numeric',
    month,
    day: style === 'short' ? '2-digit' : 'numeric',
  };
}

function fieldsOf(date: FhirDate, options: DateFormatOptions): Fields {
  const show = date.kind === 'calendar' ? 'date' : (options.show ?? 'both');
  return {
    ...(show === 'time' ? {} : dateFields(date.precision, options)),
    // Seconds are left out: no list in a clinic wants them, and the record keeps them.
    ...(show === 'date' ? {} : clockFields(options.locale)),
  };
}

/** 08:20 where the day has 24 hours, 8:20 am where it has twice 12. */
function clockFields(locale: string | undefined): Pick<Fields, 'hour' | 'minute'> {
  const cycle = dateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions().hourCycle;
  return { hour: cycle === 'h23' || cycle === 'h24' ? '2-digit' : 'numeric', minute: '2-digit' };
}

/** Where the date's own wall clock stands, as if that wall were in UTC: with a UTC formatter no day can move. */
function wallEpoch({ year, month = 1, day = 1, hour = 0, minute = 0, second = 0 }: FhirDate): number {
  return utcEpoch(year, month, day, hour, minute, second);
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const digits = `${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
  return minutes === 0 ? 'UTC' : `UTC${minutes < 0 ? '−' : '+'}${digits}`;
}

/**
 * A date for people: `22 Nov 2026`, `Nov 2026`, `2026`, `22 Nov 2026, 09:00`. A calendar date is never shifted by a zone.
 * Text that is no date comes back as it is, so that nothing recorded disappears from view; undefined when there is none.
 */
export function formatDate(input: DateInput, options: DateFormatOptions = {}): string | undefined {
  const date = dateOf(input);
  if (!date) return textOf(input);
  const fields = fieldsOf(date, options);
  if (date.epoch !== undefined && isZone(options.zone))
    return dateTimeFormat(options.locale, { ...fields, timeZone: options.zone }).format(date.epoch);
  const written = dateTimeFormat(options.locale, { ...fields, timeZone: 'UTC' }).format(wallEpoch(date));
  return date.offset === undefined || fields.hour === undefined ? written : `${written} ${offsetText(date.offset)}`;
}

/** FHIR `time` (`09:30:00`) in the locale's clock; text that is no time comes back as it is. */
export function formatTime(text: string | undefined, locale?: string): string | undefined {
  const parts = /^(\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?$/.exec(textOf(text) ?? '');
  if (!parts || Number(parts[1]) > 23 || Number(parts[2]) > 59) return textOf(text);
  return dateTimeFormat(locale, { ...clockFields(locale), timeZone: 'UTC' }).format(
    utcEpoch(2000, 1, 1, Number(parts[1]), Number(parts[2])),
  );
}

/** The ends of a period in words, and both in one (`22–24 Nov 2026`) when both are known. The words for an open end are the caller's. */
export interface PeriodText {
  start: string | undefined;
  end: string | undefined;
  range: string | undefined;
}

export function formatPeriod(period: PeriodLike | undefined | null, options: DateFormatOptions = {}): PeriodText {
  const start = dateOf(textOf(period?.start));
  const end = dateOf(textOf(period?.end));
  return {
    start: formatDate(start ?? textOf(period?.start), options),
    end: formatDate(end ?? textOf(period?.end), options),
    range: start && end ? rangeText(start, end, options) : undefined,
  };
}

function rangeText(start: FhirDate, end: FhirDate, options: DateFormatOptions): string | undefined {
  const zoned = isZone(options.zone);
  const unlike =
    start.kind !== end.kind || start.precision !== end.precision || (start.kind === 'instant' && !zoned && start.offset !== end.offset);
  const [from, to] =
    start.epoch !== undefined && end.epoch !== undefined && zoned ? [start.epoch, end.epoch] : [wallEpoch(start), wallEpoch(end)];
  // Intl refuses a range that runs backwards; a record may hold one.
  if (unlike || from > to) return [start, end].map((date) => formatDate(date, options)).join(' – ');
  const timeZone = start.kind === 'instant' && zoned ? options.zone : 'UTC';
  const text = dateTimeFormat(options.locale, { ...fieldsOf(start, options), ...(timeZone ? { timeZone } : {}) }).formatRange(from, to);
  return start.kind === 'instant' && !zoned && options.show !== 'date' ? `${text} ${offsetText(start.offset ?? 0)}` : text;
}
