/** The day's vertical axis: real minutes, so that a day on which clocks change is as long as it is. */
import type { Span } from './hours.js';
import { HOUR, instantOf, MINUTE, wallAt, wallOfDate, type DayBounds, type ZoneTable } from './zone.js';

export interface AxisTick {
  /** Minutes after the axis begins. */
  minute: number;
  instant: number;
  /** What clocks show: a wall time on the hour. */
  wall: number;
  /** That hour was on the axis before: clocks went back. */
  again: boolean;
}

/** Where clocks change on the axis. `by` is in minutes: 60 forward, -60 back. */
export interface AxisChange {
  minute: number;
  instant: number;
  by: number;
}

export interface DayAxis extends Span {
  /** Length in real minutes. */
  minutes: number;
  ticks: readonly AxisTick[];
  changes: readonly AxisChange[];
  /**
   * Several days side by side share one axis of the wall clock, else an hour would not stand at one height: this is the wall time
   * that it begins with. Undefined on a day alone, whose minutes are real ones.
   */
  wall?: number | undefined;
}

/** Hours of the wall clock that are on the axis at least. */
export interface AxisHours {
  from: number;
  to: number;
}
export const USUAL_HOURS: AxisHours = { from: 8, to: 18 };

const QUARTER = 15 * MINUTE;

/** From the usual hours, widened to whole hours of the wall clock until everything in `spans` is on it, within the day. */
export function dayAxis(date: string, day: DayBounds, table: ZoneTable, spans: readonly Span[], hours: AxisHours = USUAL_HOURS): DayAxis {
  const midnight = wallOfDate(date) ?? 0;
  let start = instantOf(table, midnight + hours.from * HOUR);
  let end = instantOf(table, midnight + hours.to * HOUR);
  for (const span of spans) {
    start = Math.min(start, instantOf(table, Math.floor(wallAt(table, span.start) / HOUR) * HOUR), span.start);
    end = Math.max(end, instantOf(table, Math.ceil(wallAt(table, span.end) / HOUR) * HOUR), span.end);
  }
  start = Math.max(start, day.start);
  end = Math.min(end, day.end);
  const ticks: AxisTick[] = [];
  // Offsets are whole quarters of an hour, so every full hour of the wall clock is met.
  for (let instant = start; instant < end; instant += QUARTER) {
    const wall = wallAt(table, instant);
    if (wall % HOUR === 0)
      ticks.push({ minute: (instant - start) / MINUTE, instant, wall, again: ticks.some((tick) => tick.wall === wall) });
  }
  const changes = table.segments.flatMap((segment, i): AxisChange[] => {
    const before = table.segments[i - 1];
    const inside = before && segment.start >= start && segment.start < end;
    return inside
      ? [{ minute: (segment.start - start) / MINUTE, instant: segment.start, by: (segment.offset - before.offset) / MINUTE }]
      : [];
  });
  return { start, end, minutes: (end - start) / MINUTE, ticks, changes };
}

/** Minutes down the axis of an instant; before the axis they are negative. */
export function minuteOf({ start, wall }: DayAxis, table: ZoneTable, instant: number): number {
  return (wall === undefined ? instant - start : wallAt(table, instant) - wall) / MINUTE;
}

/** The instant at so many minutes down the axis; of a wall time that is shown twice the first, of one that is skipped the next. */
export function instantOn({ start, wall }: DayAxis, table: ZoneTable, minute: number): number {
  return wall === undefined ? start + minute * MINUTE : instantOf(table, wall + minute * MINUTE);
}

/** One axis of the wall clock for several days: the hours that any of them needs. Given and handed back in the same order. */
export function sharedAxes(days: readonly { date: string; axis: DayAxis }[], table: ZoneTable): DayAxis[] {
  const walls = days.map(({ date, axis }) => ({ midnight: wallOfDate(date) ?? 0, axis }));
  const hour = (wall: number, midnight: number): number => (wall - midnight) / HOUR;
  const from = Math.floor(Math.min(...walls.map(({ midnight, axis }) => hour(wallAt(table, axis.start), midnight))));
  const to = Math.ceil(Math.max(...walls.map(({ midnight, axis }) => hour(wallAt(table, axis.end - 1) + 1, midnight))));
  return walls.map(({ midnight }) => {
    const wall = midnight + from * HOUR;
    const ticks = Array.from({ length: to - from }, (_, i): AxisTick => ({
      minute: i * 60,
      wall: wall + i * HOUR,
      instant: instantOf(table, wall + i * HOUR),
      again: false,
    }));
    const [start, end] = [instantOf(table, wall), instantOf(table, midnight + to * HOUR)];
    return { start, end, minutes: (to - from) * 60, ticks, changes: [], wall };
  });
}

/** Hours of the wall clock that a shared axis shows once but clocks skip or show twice, as stretches to be marked. */
export function clockBlocks(
  { start, end }: Span,
  table: ZoneTable,
): { kind: 'skipped' | 'twice'; start: number; end: number; minutes: number }[] {
  return table.segments.flatMap((segment, i) => {
    const before = table.segments[i - 1];
    if (!before || segment.start < start || segment.start >= end) return [];
    const by = segment.offset - before.offset;
    return [{ kind: by > 0 ? ('skipped' as const) : ('twice' as const), start: segment.start, end: segment.start, minutes: by / MINUTE }];
  });
}
