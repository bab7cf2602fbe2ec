/**
 * Time in one IANA zone over one visible range. Intl is asked once, for the few changes of offset in the range; from then on
 * instants and wall clocks are turned into each other by integers (5,000 conversions take about a millisecond).
 *
 * An instant is milliseconds since 1970. A wall time is a number too: what a clock on the wall shows, as if that wall were in
 * UTC. So a wall time's minutes, hours and days are found by division, and no formatter can move a day.
 */
import { isZone, offsetAt, utcEpoch } from '../fhir/read/zone.js';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** From `start` on, wall clocks are `offset` ahead of UTC. Both in milliseconds. */
export interface ZoneSegment {
  readonly start: number;
  readonly offset: number;
}

export interface ZoneTable {
  readonly zone: string;
  /** The range that was looked at. Instants outside it are answered too, by asking Intl. */
  readonly from: number;
  readonly to: number;
  /** In order of time; the first begins at minus infinity. */
  readonly segments: readonly ZoneSegment[];
}

/** The instant between two others, of unlike offsets, from which the second offset holds. Offsets change at whole seconds. */
function changeBetween(zone: string, early: number, late: number): number {
  const before = offsetAt(early, zone);
  let [low, high] = [early, late];
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000;
    if (offsetAt(middle, zone) === before) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * The offsets of a zone between two instants. A zone that this engine does not know is refused, since the alternative would be
 * to show every time wrong.
 *
 * @throws {RangeError} for an unknown zone; ask {@link isZone} before.
 */
export function createZoneTable(zone: string, from: number, to: number): ZoneTable {
  if (!isZone(zone)) throw new RangeError('Not a time zone of the IANA database.');
  // A wall time at an end of the range may lie up to a day beside it as an instant.
  const first = Math.floor(from / DAY) * DAY - DAY;
  const last = Math.ceil(to / DAY) * DAY + DAY;
  const segments: ZoneSegment[] = [{ start: -Infinity, offset: offsetAt(first, zone) }];
  for (let day = first; day < last; day += DAY) {
    // No zone changes its offset and changes it back within one UTC day.
    const offset = offsetAt(day + DAY, zone);
    if (offset !== segments.at(-1)?.offset) segments.push({ start: changeBetween(zone, day, day + DAY), offset });
  }
  return { zone, from: first, to: last, segments };
}

/** Milliseconds that wall clocks are ahead of UTC at an instant. */
export function offsetIn(table: ZoneTable, instant: number): number {
  if (instant < table.from || instant >= table.to) return offsetAt(instant, table.zone);
  const { segments } = table;
  for (let i = segments.length - 1; i > 0; i--) {
    const segment = segments[i]!;
    if (instant >= segment.start) return segment.offset;
  }
  return segments[0]!.offset;
}

/** What a clock on the wall shows at an instant. */
export function wallAt(table: ZoneTable, instant: number): number {
  return instant + offsetIn(table, instant);
}

/** `twice`: clocks go back and show that time two times. `skipped`: clocks go forward and never show it. */
export type WallKind = 'once' | 'twice' | 'skipped';

/**
 * The instant at which clocks show a wall time. One that is shown twice is the first of the two; one that is skipped is moved on
 * by the length of the gap, as Temporal's `compatible` does. The kind says which rule was used, so that it can be told.
 */
export function resolveWall(table: ZoneTable, wall: number): { instant: number; kind: WallKind } {
  return resolveWallBy((instant) => offsetIn(table, instant), wall);
}

/** {@link resolveWall} for any zone that can say its offset at an instant, both in milliseconds. */
export function resolveWallBy(offsetOf: (instant: number) => number, wall: number): { instant: number; kind: WallKind } {
  // Two offsets at most are in question: no wall time is more than a day from its instant.
  const before = offsetOf(wall - DAY);
  const after = offsetOf(wall + DAY);
  const early = wall - before;
  const late = wall - after;
  if (before === after && offsetOf(early) === before) return { instant: early, kind: 'once' };
  const isEarly = offsetOf(early) === before;
  const isLate = offsetOf(late) === after;
  if (isEarly && isLate && early !== late) return { instant: Math.min(early, late), kind: 'twice' };
  if (isEarly) return { instant: early, kind: 'once' };
  if (isLate) return { instant: late, kind: 'once' };
  return { instant: early, kind: 'skipped' };
}

export function instantOf(table: ZoneTable, wall: number): number {
  return resolveWall(table, wall).instant;
}

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;

/** Midnight of `YYYY-MM-DD` as a wall time; undefined for what is no day of the calendar. */
export function wallOfDate(date: string): number | undefined {
  const [, year, month, day] = DATE.exec(date) ?? [];
  if (year === undefined) return undefined;
  const wall = utcEpoch(Number(year), Number(month), Number(day));
  return dateOfWall(wall) === date ? wall : undefined;
}

export function isDate(text: string | undefined): text is string {
  return text !== undefined && wallOfDate(text) !== undefined;
}

/** The `YYYY-MM-DD` that a wall time lies in. */
export function dateOfWall(wall: number): string {
  return new Date(wall).toISOString().slice(0, 10);
}

export function addDays(date: string, days: number): string {
  return dateOfWall((wallOfDate(date) ?? 0) + days * DAY);
}

/** The day in `zone` that an instant lies in. */
export function dateAt(instant: number, zone: string): string {
  return dateOfWall(instant + offsetAt(instant, zone));
}

export interface DayBounds {
  /** First instant of the day: midnight, or the end of a gap that swallows midnight. */
  readonly start: number;
  /** First instant of the next day. */
  readonly end: number;
}

/** A day in a zone as instants: 23 or 25 hours long when clocks change. */
export function dayBounds(date: string, zone: string): DayBounds {
  const wall = wallOfDate(date);
  if (wall === undefined) throw new RangeError('Not a date as YYYY-MM-DD.');
  const table = createZoneTable(zone, wall - DAY, wall + 2 * DAY);
  return { start: instantOf(table, wall), end: instantOf(table, wall + DAY) };
}

const two = (value: number): string => String(value).padStart(2, '0');

/** An offset in milliseconds as FHIR writes it, `+11:00`; undefined where FHIR cannot (seconds, or beyond 14 hours). */
export function offsetText(offset: number): string | undefined {
  const minutes = offset / MINUTE;
  if (!Number.isInteger(minutes) || Math.abs(minutes) > 14 * 60) return undefined;
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** `YYYY-MM-DDTHH:mm:ss±hh:mm` with the given offset; in UTC where FHIR cannot write that offset. */
export function isoWithOffset(instant: number, offset: number): string {
  const text = offsetText(offset);
  return `${new Date(instant + (text === undefined ? 0 : offset)).toISOString().slice(0, 19)}${text ?? 'Z'}`;
}

/** An instant as FHIR writes it, on the zone's wall clock: `2026-11-24T09:00:00+11:00`. Always with an offset, to the second. */
export function isoIn(table: ZoneTable, instant: number): string {
  return isoWithOffset(instant, offsetIn(table, instant));
}
