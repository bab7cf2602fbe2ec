/**
 * FHIR dates as ranges of time. `2026-11` is the whole month, `2026-11-24T09:00:00Z` the whole second (R4 search.html, "date").
 *
 * A value without an offset is on no time line yet. It is put on the store's own, UTC, whether it stands in a record or in a
 * query: so a birth date and the date asked for meet, and `date=2026-11-24` finds what happens between midnight and midnight UTC.
 * Whoever means a day of the clinic asks with offsets (`ge2026-11-24T00:00:00+11:00`), as carelet's client always does.
 */

/** Half open, in milliseconds since 1970; infinite where a period has no start or no end. */
export interface TimeRange {
  start: number;
  end: number;
}

const DATE = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;
const MINUTE = 60_000;

const utc = (year: number, month: number, day = 1): number => {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return date.getTime();
};

/** The range that a FHIR date, dateTime or instant stands for; undefined when it is none. */
export function rangeOfDate(text: string): TimeRange | undefined {
  const match = DATE.exec(text);
  if (!match) return undefined;
  const [, yearText, monthText, dayText, hourText, minuteText, secondText, fraction, zone] = match;
  const year = Number(yearText);
  if (monthText === undefined) return { start: utc(year, 0), end: utc(year + 1, 0) };
  const month = Number(monthText) - 1;
  if (month < 0 || month > 11) return undefined;
  if (dayText === undefined) return { start: utc(year, month), end: utc(year, month + 1) };
  const day = Number(dayText);
  const midnight = utc(year, month, day);
  if (day < 1 || new Date(midnight).getUTCMonth() !== month) return undefined;
  if (hourText === undefined) return { start: midnight, end: midnight + 1440 * MINUTE };

  const [hour, minute, second] = [Number(hourText), Number(minuteText), Number(secondText ?? 0)];
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  // Milliseconds are as fine as it gets: further digits are cut.
  const millis = fraction ? Number(`${fraction}00`.slice(0, 3)) : 0;
  const width = fraction ? 10 ** Math.max(0, 3 - fraction.length) : secondText ? 1000 : MINUTE;
  const start = midnight + (hour * 60 + minute) * MINUTE + second * 1000 + millis - offsetOf(zone);
  return { start, end: start + width };
}

/** Milliseconds east of UTC. */
function offsetOf(zone: string | undefined): number {
  if (!zone || zone === 'Z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))) * MINUTE;
}

/** The range of a Period; undefined when it has neither a readable start nor a readable end. */
export function rangeOfPeriod(start: unknown, end: unknown): TimeRange | undefined {
  const first = typeof start === 'string' ? rangeOfDate(start) : undefined;
  const last = typeof end === 'string' ? rangeOfDate(end) : undefined;
  if (!first && !last) return undefined;
  return { start: first?.start ?? -Infinity, end: last?.end ?? Infinity };
}
