/** Changing a series: this occurrence, this and those that follow, or all. What has happened already is never touched. */
import type { Appointment } from '../../fhir/index.js';
import { timeOf } from '../item.js';
import { civilDay, daysInMonth } from '../recurrence/civil.js';
import { addDays, createZoneTable, dateOfWall, DAY, instantOf, isoIn, wallAt, wallOfDate } from '../zone.js';
import { isChanged, markOccurrence, occurrenceNumber, readTemplate, seriesOf, type SeriesTemplate } from './template.js';

export type SeriesScope = 'this' | 'following' | 'all';

/** Why an occurrence stays as it is. */
export type UntouchedReason = 'past' | 'arrived' | 'over' | 'cancelled' | 'changed-apart' | 'no-time';

export interface SeriesSelection {
  readonly chosen: readonly Appointment[];
  readonly untouched: readonly { readonly appointment: Appointment; readonly why: UntouchedReason }[];
}

function fixed(appointment: Appointment, now: number): UntouchedReason | undefined {
  switch (appointment.status) {
    case 'arrived':
    case 'checked-in':
      return 'arrived';
    case 'fulfilled':
    case 'noshow':
      return 'over';
    case 'cancelled':
    case 'entered-in-error':
      return 'cancelled';
  }
  const time = timeOf(appointment);
  if (time.start === undefined) return 'no-time';
  return time.start < now ? 'past' : undefined;
}

const startOf = (appointment: Appointment): number => timeOf(appointment).start ?? Infinity;

/**
 * The occurrences of the target's series that a scope means.
 *
 * @param series the occurrences that are known, in any order; others are ignored
 * @param changedToo those that were changed apart too: for a cancellation, where leaving them behind would surprise
 */
export function selectOccurrences(
  series: readonly Appointment[],
  target: Appointment,
  scope: SeriesScope,
  { now, changedToo = false }: { now: number; changedToo?: boolean },
): SeriesSelection {
  const key = seriesOf(target);
  const from = startOf(target);
  const meant = series
    .filter((one) => (one.id === target.id ? true : scope !== 'this' && key !== undefined && seriesOf(one) === key))
    .filter((one) => scope !== 'following' || one.id === target.id || startOf(one) >= from)
    .sort((a, b) => startOf(a) - startOf(b));
  const chosen: Appointment[] = [];
  const untouched: { appointment: Appointment; why: UntouchedReason }[] = [];
  for (const appointment of meant) {
    const isApart = !changedToo && appointment.id !== target.id && isChanged(appointment);
    const why = fixed(appointment, now) ?? (isApart ? 'changed-apart' : undefined);
    if (why) untouched.push({ appointment, why });
    else chosen.push(appointment);
  }
  return { chosen, untouched };
}

/** How far the target is moved, on the clinic's wall: days and time of day together, in milliseconds; and its length, where that changes. */
export interface SeriesChange {
  readonly by: number;
  readonly minutes?: number | undefined;
  /** Other changes of each occurrence (another provider or room). */
  readonly apply?: ((appointment: Appointment) => Appointment) | undefined;
}

/** The template of a series that moved by whole days, its target now on `date`. */
function shifted(template: SeriesTemplate, days: number, date: string): SeriesTemplate {
  if (days === 0) return template;
  const weekday = (of: number): number => (((of + days) % 7) + 7) % 7;
  const { year, month, day } = civilDay(wallOfDate(date)! / DAY);
  const isLast = day + 7 > daysInMonth(year, month);
  const week = Math.ceil(day / 7) as 1 | 2 | 3 | 4 | 5;
  // A fifth weekday does not come every month: what is meant is the last.
  const nth = week === 5 || (isLast && template.monthly?.nth === -1) ? -1 : week;
  return {
    ...template,
    weekdays: template.weekdays.map(weekday).sort((x, y) => x - y),
    monthly: template.monthly && { nth, weekday: weekday(template.monthly.weekday) },
    last: template.last === undefined ? undefined : addDays(template.last, days),
    excluded: template.excluded.map((one) => addDays(one, days)),
  };
}

/** Moves one occurrence on the wall of `zone`, so that nine o'clock stays nine o'clock on either side of a change of clocks. */
function moved(appointment: Appointment, zone: string, { by, minutes, apply }: SeriesChange): Appointment | undefined {
  const time = timeOf(appointment);
  if (!('end' in time)) return undefined;
  const table = createZoneTable(zone, time.start - DAY + Math.min(0, by), time.start + DAY + Math.max(0, by));
  const start = instantOf(table, wallAt(table, time.start) + by);
  const length = minutes === undefined ? time.end - time.start : minutes * 60_000;
  const next: Appointment = { ...appointment, start: isoIn(table, start), end: isoIn(table, start + length) };
  if (next.minutesDuration !== undefined) next.minutesDuration = Math.round(length / 60_000);
  return apply ? apply(next) : next;
}

export interface SeriesEdit extends SeriesSelection {
  /** The new versions of what is chosen, and of those before it whose series now ends: all to be written in one transaction. */
  readonly updates: readonly Appointment[];
}

/**
 * The records to write for a change. `this` marks the occurrence as changed apart. `following` ends the old template the day before
 * and gives the rest a series of its own; `all` keeps the series.
 *
 * @param newSeries the identifier of the series that `following` begins
 */
export function editSeries(
  series: readonly Appointment[],
  target: Appointment,
  scope: SeriesScope,
  change: SeriesChange,
  { now, zone, newSeries }: { now: number; zone: string; newSeries: string },
): SeriesEdit {
  const selection = selectOccurrences(series, target, scope, { now });
  const key = seriesOf(target);
  const template = readTemplate(target);
  const wall = wallOfStart(target, zone);
  const days = Math.floor((wall + change.by) / DAY) - Math.floor(wall / DAY);
  const date = dateOfWall(wall + change.by);
  const updates: Appointment[] = [];
  for (const [i, appointment] of selection.chosen.entries()) {
    const next = moved(appointment, zone, change);
    if (!next) continue;
    if (key === undefined || !template) updates.push(next);
    else if (scope === 'this')
      updates.push(markOccurrence(next, { series: key, template: readTemplate(appointment) ?? template, number: occurrenceNumber(appointment) ?? 1, changed: true })); // prettier-ignore
    else if (scope === 'all')
      updates.push(markOccurrence(next, { series: key, template: shifted(template, days, date), number: occurrenceNumber(appointment) ?? i + 1 })); // prettier-ignore
    else {
      const before = occurrenceNumber(target) ?? 1;
      const count = template.count === undefined ? undefined : Math.max(selection.chosen.length, template.count - before + 1);
      const rest = { ...shifted(template, days, date), count };
      updates.push(markOccurrence(next, { series: newSeries, template: rest, number: (occurrenceNumber(appointment) ?? before + i) - before + 1 })); // prettier-ignore
    }
  }
  if (scope === 'following' && key !== undefined && template && updates.length > 0) {
    const last = addDays(dateOfWall(wall), -1);
    const ended: SeriesTemplate = { ...template, count: undefined, last };
    for (const appointment of series) {
      const isBefore = seriesOf(appointment) === key && startOf(appointment) < startOf(target);
      if (isBefore && fixed(appointment, now) === undefined)
        updates.push(markOccurrence(appointment, { series: key, template: ended, number: occurrenceNumber(appointment) ?? 1, changed: isChanged(appointment) })); // prettier-ignore
    }
  }
  return { ...selection, updates };
}

/** The wall time of an appointment's start; 0 where it has none. */
function wallOfStart(appointment: Appointment, zone: string): number {
  const { start } = timeOf(appointment);
  return start === undefined ? 0 : wallAt(createZoneTable(zone, start - DAY, start + DAY), start);
}
