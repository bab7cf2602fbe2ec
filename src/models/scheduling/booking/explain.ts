/**
 * Explained booking: why a start is refused, in facts that a page puts into words, and until when. `until` is never later than the
 * first start at which that reason no longer holds, so a search may jump there without passing over a free one.
 */
import type { Span } from '../hours.js';
import { MINUTE } from '../zone.js';
import { busyNear, overlaps, spanOf, type BookingRules, type Busy, type ParticipantCalendar } from './calendar.js';

/** `stop`: cannot be booked. `warn`: can, after a look. `unknown`: could not be checked. */
export type RefusalLevel = 'stop' | 'warn' | 'unknown';

interface Of {
  readonly level: RefusalLevel;
  /** The first start at which this reason may be gone; Infinity where no later start helps. */
  readonly until: number;
}
interface OfParticipant extends Of {
  readonly participant: ParticipantCalendar;
}

export type Refusal =
  | (OfParticipant & { readonly code: 'outside-hours'; readonly opens: number | undefined })
  | (OfParticipant & { readonly code: 'hours-unknown' })
  | (OfParticipant & { readonly code: 'leave' | 'closed' | 'blocked'; readonly reason: string | undefined; readonly ends: number })
  /** Somebody else has that time, until `ends`. */
  | (OfParticipant & { readonly code: 'taken'; readonly by: readonly Busy[]; readonly ends: number })
  /** Nobody has the time itself, but what must stay free around one of the two. */
  | (OfParticipant & { readonly code: 'buffer'; readonly by: Busy; readonly minutes: number })
  | (Of & { readonly code: 'past' })
  | (Of & { readonly code: 'too-soon'; readonly minutes: number })
  | (Of & { readonly code: 'too-far'; readonly minutes: number })
  | (Of & { readonly code: 'referral-expired'; readonly since: number })
  | (Of & { readonly code: 'quota-used'; readonly used: number; readonly of: number });

export interface BookingAsked {
  readonly rules: BookingRules;
  readonly participants: readonly ParticipantCalendar[];
  readonly now: number;
  /** The appointment that is being moved: it is no rival of itself. */
  readonly ignore?: string | undefined;
  /** The referral holds for starts before this instant. */
  readonly referralUntil?: number | undefined;
  /** Sessions that the funding pays for, those used or booked among them; `renews` is when counting begins anew. */
  readonly quota?: { readonly used: number; readonly of: number; readonly renews?: number | undefined } | undefined;
  /** Who books may do so in the past, after a warning: staff who record what was. */
  readonly pastAllowed?: boolean | undefined;
}

export interface Explanation {
  readonly level: 'ok' | 'unknown' | 'warn' | 'stop';
  /** Gravest first. */
  readonly refusals: readonly Refusal[];
}

const LEVELS = ['stop', 'warn', 'unknown'] as const;

function hours(participant: ParticipantCalendar, span: Span): Refusal[] {
  const { open } = participant;
  if (!open) return [{ code: 'hours-unknown', level: 'unknown', participant, until: Infinity }];
  if (open.some(({ start, end }) => start <= span.start && end >= span.end)) return [];
  const length = span.end - span.start;
  const next = open.find(({ start, end }) => start > span.start && end - start >= length);
  return [{ code: 'outside-hours', level: 'stop', participant, opens: next?.start, until: next?.start ?? Infinity }];
}

function closures(participant: ParticipantCalendar, span: Span): Refusal[] {
  return participant.closures
    .filter((closure) => overlaps(closure, span))
    .map(({ code, reason, end }) => ({ code, level: 'stop' as const, participant, reason, ends: end, until: end }));
}

/** The most bookings that a set of rivals makes at any one moment of a span; those of one session count once. */
function depth(rivals: readonly Busy[], span: Span): number {
  let most = 0;
  // The number changes upwards only where one begins.
  for (const { start } of [span, ...rivals]) {
    const at = Math.max(start, span.start);
    const there = new Set(rivals.filter((rival) => rival.start <= at && rival.end > at).map(({ session }) => session));
    most = Math.max(most, there.size);
  }
  return most;
}

function rivals(participant: ParticipantCalendar, span: Span, { rules, ignore }: BookingAsked): Refusal[] {
  if (participant.kind === 'service') return [];
  const before = rules.bufferBefore * MINUTE;
  const after = rules.bufferAfter * MINUTE;
  const others = busyNear(participant, span, Math.max(before, after)).filter(({ id }) => id !== ignore);
  const taken = others.filter((busy) => overlaps(busy, span));
  const level = rules.mode === 'warn' ? 'warn' : 'stop';
  const found: Refusal[] = [];
  const most = rules.mode === 'allow' ? rules.allow : 1;
  if (taken.length > 0 && depth(taken, span) >= most) {
    const ends = Math.max(...taken.map(({ end }) => end));
    // One more may fit as soon as the first of several is over.
    const until = most > 1 ? Math.min(...taken.map(({ end }) => end)) : ends;
    found.push({ code: 'taken', level, participant, by: taken, ends, until });
  }
  // A patient needs no time between two visits, and what may overlap needs none either.
  if (participant.kind === 'patient' || rules.mode === 'allow') return found;
  for (const busy of others) {
    if (taken.includes(busy)) continue;
    const isAfter = span.start >= busy.end;
    const needed = isAfter ? Math.max(before, busy.after) : Math.max(after, busy.before);
    const gap = isAfter ? span.start - busy.end : busy.start - span.end;
    if (gap >= needed) continue;
    found.push({ code: 'buffer', level, participant, by: busy, minutes: needed / MINUTE, until: busy.end + Math.max(before, busy.after) });
  }
  return found;
}

function rulesOfTime({ rules, now, pastAllowed, referralUntil, quota }: BookingAsked, span: Span): Refusal[] {
  const found: Refusal[] = [];
  const { notice, horizon } = rules;
  if (span.start < now) found.push({ code: 'past', level: pastAllowed ? 'warn' : 'stop', until: now });
  else if (span.start < now + notice * MINUTE)
    found.push({ code: 'too-soon', level: 'stop', minutes: notice, until: now + notice * MINUTE });
  if (horizon !== undefined && span.start > now + horizon * MINUTE)
    found.push({ code: 'too-far', level: 'stop', minutes: horizon, until: Infinity });
  if (referralUntil !== undefined && span.start >= referralUntil)
    found.push({ code: 'referral-expired', level: 'stop', since: referralUntil, until: Infinity });
  if (quota && quota.used >= quota.of && !(quota.renews !== undefined && span.start >= quota.renews))
    found.push({ code: 'quota-used', level: 'stop', used: quota.used, of: quota.of, until: quota.renews ?? Infinity });
  return found;
}

/** Every reason against a start, of each participant. */
export function explainStart(asked: BookingAsked, start: number): Explanation {
  const span = spanOf(start, asked.rules);
  const refusals = [
    ...rulesOfTime(asked, span),
    ...asked.participants.flatMap((participant) => [
      ...(participant.kind === 'patient' ? [] : [...hours(participant, span), ...closures(participant, span)]),
      ...rivals(participant, span, asked),
    ]),
  ].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
  return { level: refusals[0]?.level ?? 'ok', refusals };
}
