/** What booking knows of each participant over a stretch of time. All times are instants in milliseconds. */
import type { Span } from '../hours.js';
import { MINUTE } from '../zone.js';

/** `service`: the HealthcareService itself, whose hours bound all others. */
export type ParticipantKind = 'patient' | 'provider' | 'room' | 'equipment' | 'service';

export interface Closure extends Span {
  /** `leave`: of a person. `closed`: a holiday or closure of a place or service. `blocked`: time kept free by hand. */
  readonly code: 'leave' | 'closed' | 'blocked';
  /** The record's own words ("Annual leave"). */
  readonly reason: string | undefined;
}

export interface Busy extends Span {
  /** The appointment's id. */
  readonly id: string;
  /** Milliseconds that its service keeps free before and after it. */
  readonly before: number;
  readonly after: number;
  /** Appointments of one session (a group and its attendees) are one booking: they share this key. */
  readonly session: string;
}

/** One participant's time. Lists are in order of their starts. */
export interface ParticipantCalendar {
  /** `Practitioner/dr-singh`. */
  readonly key: string;
  readonly kind: ParticipantKind;
  readonly name: string | undefined;
  /** When it may be booked; undefined: nobody recorded it, which is not the same as never. Nothing touches or overlaps. */
  readonly open: readonly Span[] | undefined;
  readonly closures: readonly Closure[];
  readonly busy: readonly Busy[];
}

/** What is done when a participant is taken already. `allow`: as many at one time as the service's `allow` says. */
export type ConflictMode = 'block' | 'warn' | 'allow';

/** What a service asks of a booking. */
export interface BookingRules {
  readonly minutes: number;
  readonly bufferBefore: number;
  readonly bufferAfter: number;
  readonly mode: ConflictMode;
  /** Bookings at one time under `allow`, this one included. */
  readonly allow: number;
  /** Minutes from now that a booking must lie ahead, and may lie ahead at most. */
  readonly notice: number;
  readonly horizon: number | undefined;
}

export const PLAIN_RULES: BookingRules = {
  minutes: 30,
  bufferBefore: 0,
  bufferAfter: 0,
  mode: 'block',
  allow: 1,
  notice: 0,
  horizon: undefined,
};

export const spanOf = (start: number, { minutes }: BookingRules): Span => ({ start, end: start + minutes * MINUTE });

export const overlaps = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

/** The first of a list in order of starts whose start is not before `at`. */
function firstFrom(list: readonly Span[], at: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]!.start < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How far back from an instant a booking may have begun and still reach it, its buffers with it. */
const longest = new WeakMap<readonly Busy[], number>();

/** The bookings that may touch a span or the time around it: a few of thousands, found by halving. */
export function busyNear({ busy }: ParticipantCalendar, span: Span, margin: number): readonly Busy[] {
  let reach = longest.get(busy);
  if (reach === undefined) {
    reach = 0;
    for (const { start, end, before, after } of busy) reach = Math.max(reach, end - start + Math.max(before, after));
    longest.set(busy, reach);
  }
  return busy.slice(firstFrom(busy, span.start - reach - margin), firstFrom(busy, span.end + reach + margin));
}
