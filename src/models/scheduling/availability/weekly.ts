/** Weekly hours of people, places and services, over any window, as instants. They follow the wall clock, so a day may have 23 hours. */
import type { Schedule } from '../../fhir/index.js';
import { entriesOf, extensionsOf, extensionValue, recordOf, textOf, textsOf } from '../../fhir/read/index.js';
import { timeOfDay, union, type Span } from '../hours.js';
import { DAY, instantOf, MINUTE, wallAt, type ZoneTable } from '../zone.js';
import { durationMinutes, medplumParameters } from './rules.js';

/** One line of weekly hours; wall times in milliseconds after midnight, an end at or before the start is on the next day. */
export interface WeeklyHours {
  /** `mon` …; empty: every day. */
  readonly days: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** 0 is Thursday: 1970-01-01 was one. */
const BY_DAY_NUMBER = ['thu', 'fri', 'sat', 'sun', 'mon', 'tue', 'wed'] as const;

/** availableTime of PractitionerRole and HealthcareService, and Location.hoursOfOperation. A line without times that can be read is left out. */
export function weeklyHours(lines: unknown): WeeklyHours[] {
  return entriesOf(lines as readonly object[]).flatMap((one) => {
    const line = recordOf(one) ?? {};
    const isAllDay = line['allDay'] === true;
    const from = isAllDay ? 0 : timeOfDay(textOf(line['availableStartTime']) ?? textOf(line['openingTime']));
    const to = isAllDay ? DAY : timeOfDay(textOf(line['availableEndTime']) ?? textOf(line['closingTime']));
    return from === undefined || to === undefined ? [] : [{ days: textsOf(line['daysOfWeek']), from, to }];
  });
}

/** Medplum's `availability` of a Schedule: a Timing that repeats, or `availableTime` as nested extensions. */
export function medplumHours(schedule: Schedule): WeeklyHours[] {
  return extensionsOf(medplumParameters(schedule), 'availability').flatMap((one) => [
    ...timingHours(one.valueTiming?.repeat),
    ...extensionsOf(one, 'availableTime').flatMap((line) =>
      weeklyHours([
        {
          daysOfWeek: extensionsOf(line, 'daysOfWeek').flatMap(({ valueCode }) => textOf(valueCode) ?? []),
          allDay: extensionValue(line, 'allDay'),
          availableStartTime: extensionValue(line, 'availableStartTime'),
          availableEndTime: extensionValue(line, 'availableEndTime'),
        },
      ]),
    ),
  ]);
}

function timingHours(repeat: unknown): WeeklyHours[] {
  const timing = recordOf(repeat);
  if (!timing) return [];
  const length = durationMinutes({ value: timing['duration'], unit: timing['durationUnit'] });
  if (length === undefined || length <= 0 || length > 1440) return [];
  return textsOf(timing['timeOfDay']).flatMap((text) => {
    const from = timeOfDay(text);
    if (from === undefined) return [];
    const end = from + length * MINUTE;
    return [{ days: textsOf(timing['dayOfWeek']), from, to: end > DAY ? end - DAY : end }];
  });
}

/** The hours within a window, in order, nothing touching. The window is cut into days of the zone's wall. */
export function openSpans(hours: readonly WeeklyHours[], window: Span, table: ZoneTable): Span[] {
  const spans: Span[] = [];
  // Hours that run past midnight began the day before.
  const first = Math.floor(wallAt(table, window.start) / DAY) - 1;
  const last = Math.floor(wallAt(table, window.end) / DAY);
  for (let day = first; day <= last; day++) {
    const name = BY_DAY_NUMBER[((day % 7) + 7) % 7]!;
    for (const { days, from, to } of hours) {
      if (days.length > 0 && !days.includes(name)) continue;
      const midnight = day * DAY;
      const start = instantOf(table, midnight + from);
      const end = instantOf(table, midnight + to + (to > from ? 0 : DAY));
      spans.push({ start, end });
    }
  }
  return clipped(union(spans), window);
}

/** The parts of spans within one; empty parts are left out. */
export function clipped<T extends Span>(spans: readonly T[], { start, end }: Span): T[] {
  return spans
    .map((span) => ({ ...span, start: Math.max(span.start, start), end: Math.min(span.end, end) }))
    .filter((span) => span.end > span.start);
}
