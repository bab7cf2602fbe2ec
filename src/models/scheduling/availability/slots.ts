/** What published Slots say of somebody's time: they bound what is open, and some are taken or blocked. */
import type { Schedule, Slot } from '../../fhir/index.js';
import { entriesOf, epochOf, parseReference, textOf } from '../../fhir/read/index.js';
import type { Closure } from '../booking/calendar.js';
import { periodBound, union, type Span } from '../hours.js';
import { DAY, instantOf, wallAt, type ZoneTable } from '../zone.js';

export interface SlotSpan extends Span {
  readonly slot: Slot;
  readonly status: 'free' | 'busy' | 'busy-unavailable' | 'busy-tentative';
}

const STATUSES: readonly string[] = ['free', 'busy', 'busy-unavailable', 'busy-tentative'];

/** Slots whose time and status can be read, in order. Those entered in error are left out. */
export function slotSpans(slots: readonly Slot[]): SlotSpan[] {
  return slots
    .flatMap((slot) => {
      const start = epochOf(textOf(slot.start));
      const end = epochOf(textOf(slot.end));
      const status = textOf(slot.status);
      return start === undefined || end === undefined || end <= start || status === undefined || !STATUSES.includes(status)
        ? []
        : [{ slot, start, end, status: status as SlotSpan['status'] }];
    })
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

/** The references of a Schedule's actors as `Type/id`, those of other servers left out. */
export function actorsOf(schedule: Schedule): string[] {
  return entriesOf(schedule.actor).flatMap((actor) => {
    const parsed = parseReference(actor);
    return parsed && 'type' in parsed && 'id' in parsed && parsed.type !== undefined ? [`${parsed.type}/${parsed.id}`] : [];
  });
}

/** Time blocked by hand: busy-unavailable, with the slot's own words. */
export function blockedTime(spans: readonly SlotSpan[]): Closure[] {
  return spans
    .filter(({ status }) => status === 'busy-unavailable')
    .map(({ start, end, slot }) => ({ code: 'blocked', start, end, reason: textOf(slot.comment) }));
}

/**
 * Which stretches of a window are governed by slots: the days that have any, and, once there are some, the days that the Schedule's
 * planningHorizon covers. On those a time outside every slot is not open; on other days weekly hours hold.
 */
export function governed(spans: readonly SlotSpan[], schedules: readonly Schedule[], window: Span, table: ZoneTable): Span[] {
  const published = spans.filter(({ status }) => status !== 'busy-unavailable');
  if (published.length === 0) return [];
  const dayOf = (instant: number): Span => {
    const midnight = Math.floor(wallAt(table, instant) / DAY) * DAY;
    return { start: instantOf(table, midnight), end: instantOf(table, midnight + DAY) };
  };
  const planned = schedules.flatMap(({ planningHorizon }) => {
    const start = periodBound(textOf(planningHorizon?.start), table, 'start');
    const end = periodBound(textOf(planningHorizon?.end), table, 'end');
    if (start === undefined || end === undefined) return [];
    // A horizon alone promises no slots: it governs as far as slots have been published.
    return [{ start, end: Math.min(end, dayOf(published.at(-1)!.end - 1).end) }];
  });
  return union([...published.map(({ start }) => dayOf(start)), ...planned])
    .map(({ start, end }) => ({ start: Math.max(start, window.start), end: Math.min(end, window.end) }))
    .filter(({ start, end }) => end > start);
}

/** Free and taken slots together: where bookings may lie at all. Taken ones stand among the busy. */
export function slotOpen(spans: readonly SlotSpan[]): Span[] {
  return union(spans.filter(({ status }) => status !== 'busy-unavailable'));
}
