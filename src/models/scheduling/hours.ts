/**
 * When a provider works on one day, and what stands in the way. Hours are wall-clock times of the clinic's zone (R4
 * PractitionerRole.availableTime); leave and blocked time come from notAvailable and from Slots that are busy-unavailable.
 * No hours recorded is not the same as not working: then nothing is drawn.
 */
import type { PractitionerRole, Slot } from '../fhir/index.js';
import { dateOf, entriesOf, epochOf, textOf, textsOf } from '../fhir/read/index.js';
import { DAY, instantOf, wallOfDate, type DayBounds, type ZoneTable } from './zone.js';

/** A stretch of instants, the end not included. */
export interface Span {
  start: number;
  end: number;
}

export interface Block extends Span {
  /** `off`: before or after hours. `break`: between two stretches of hours. `closed`: leave or blocked time. Hours that clocks skip or show twice. */
  kind: 'off' | 'break' | 'closed' | 'skipped' | 'twice';
  /** The record's own words ("Annual leave"), where it has some. */
  reason: string | undefined;
}

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const TIME = /^(\d\d):(\d\d)(?::(\d\d))?/;

/** Milliseconds after midnight; undefined for what is no time. `24:00` is midnight at the day's end. */
export function timeOfDay(written: unknown): number | undefined {
  const text = textOf(written);
  const [, hour, minute, second] = TIME.exec(text ?? '') ?? [];
  if (hour === undefined || Number(hour) > 24 || Number(minute) > 59) return undefined;
  return Math.min(DAY, ((Number(hour) * 60 + Number(minute)) * 60 + Number(second ?? 0)) * 1000);
}

/** Sorted, with what touches or overlaps made one. */
export function union(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else merged.push({ ...span });
  }
  return merged;
}

/**
 * The hours of a day by these roles, as wall times; undefined when no role says anything of hours. Hours that run past midnight
 * go on into the next day.
 */
function wallHours(roles: readonly PractitionerRole[], midnight: number): Span[] | undefined {
  const spans: Span[] = [];
  let known = false;
  for (const rule of roles.flatMap((role) => entriesOf(role.availableTime))) {
    const days = textsOf(rule.daysOfWeek);
    for (const back of [0, 1]) {
      const day = midnight - back * DAY;
      const start = rule.allDay === true ? 0 : timeOfDay(rule.availableStartTime);
      const end = rule.allDay === true ? DAY : timeOfDay(rule.availableEndTime);
      if (start === undefined || end === undefined) continue;
      known = true;
      // No weekday at all: the times hold on every day.
      if (days.length > 0 && !days.includes(WEEKDAYS[new Date(day).getUTCDay()] ?? '')) continue;
      spans.push({ start: day + start, end: day + (end > start ? end : end + DAY) });
    }
  }
  return known
    ? union(spans.map(({ start, end }) => ({ start: Math.max(start, midnight), end: Math.min(end, midnight + DAY) })))
    : undefined;
}

/** The working hours of a day as instants; undefined when they are not recorded. Empty: does not work that day. */
export function workingSpans(roles: readonly PractitionerRole[], date: string, table: ZoneTable): Span[] | undefined {
  const midnight = wallOfDate(date);
  if (midnight === undefined) return undefined;
  return wallHours(roles, midnight)?.map(({ start, end }) => ({ start: instantOf(table, start), end: instantOf(table, end) }));
}

/** An end of a Period as an instant: a calendar date is meant in the clinic's zone, and an end includes its whole day (R4 Period). */
export function periodBound(text: string | undefined, table: ZoneTable, side: 'start' | 'end'): number | undefined {
  const date = dateOf(text);
  if (!date) return undefined;
  if (date.epoch !== undefined) return date.epoch;
  const { year, month = 1, day = 1, hour = 0, minute = 0 } = date;
  if (date.kind === 'wall' || side === 'start') return instantOf(table, Date.UTC(year, month - 1, day, hour, minute));
  const next =
    date.precision === 'year'
      ? Date.UTC(year + 1, 0, 1)
      : date.precision === 'month'
        ? Date.UTC(year, month, 1)
        : Date.UTC(year, month - 1, day + 1);
  return instantOf(table, next);
}

/** Leave and other absences of these roles that touch the day. */
export function absences(roles: readonly PractitionerRole[], table: ZoneTable, day: DayBounds): Block[] {
  return roles
    .flatMap((role) => entriesOf(role.notAvailable))
    .map(({ description, during }): Block => {
      // Without a period nobody can say when: R4 allows it, and no day is closed for it.
      const start = during ? (periodBound(textOf(during.start), table, 'start') ?? -Infinity) : Infinity;
      return { kind: 'closed', start, end: periodBound(textOf(during?.end), table, 'end') ?? Infinity, reason: textOf(description) };
    })
    .map((block) => clip(block, day))
    .filter((block): block is Block => block !== undefined);
}

/** Blocked time of Slots (already those of one provider) that touches the day. */
export function blockedSlots(slots: readonly Slot[], day: DayBounds): Block[] {
  return slots
    .filter(({ status }) => status === 'busy-unavailable')
    .flatMap((slot) => {
      const start = epochOf(textOf(slot.start));
      const end = epochOf(textOf(slot.end));
      const block =
        start === undefined || end === undefined
          ? undefined
          : clip({ kind: 'closed' as const, start, end, reason: textOf(slot.comment) }, day);
      return block ? [block] : [];
    });
}

function clip(block: Block, { start, end }: DayBounds): Block | undefined {
  const clipped = { ...block, start: Math.max(block.start, start), end: Math.min(block.end, end) };
  return clipped.end > clipped.start ? clipped : undefined;
}

/** What of `range` is not working time: off at both ends, a break between. Nothing where hours are not recorded. */
export function gapsIn(range: Span, working: readonly Span[] | undefined): Block[] {
  if (!working) return [];
  const gaps: Block[] = [];
  let at = range.start;
  const hours = working.filter(({ start, end }) => end > range.start && start < range.end);
  for (const [index, { start, end }] of hours.entries()) {
    if (start > at) gaps.push({ kind: index === 0 ? 'off' : 'break', start: at, end: start, reason: undefined });
    at = Math.max(at, end);
  }
  if (at < range.end) gaps.push({ kind: 'off', start: at, end: range.end, reason: undefined });
  return gaps;
}

/** The parts of `blocks` that lie outside `over`: a break that is also blocked time is drawn once, with the words of the latter. */
export function without(blocks: readonly Block[], over: readonly Span[]): Block[] {
  const covers = union(over);
  return blocks.flatMap((block) => {
    const rest: Block[] = [];
    let at = block.start;
    for (const { start, end } of covers) {
      if (end <= at || start >= block.end) continue;
      if (start > at) rest.push({ ...block, start: at, end: start });
      at = Math.max(at, end);
    }
    return at < block.end ? [...rest, { ...block, start: at }] : rest;
  });
}
