/** Who of the waitlist a freed time suits, best first, with the reasons in facts that a page puts into words. */
import type { Explanation } from '../booking/explain.js';
import type { Span } from '../hours.js';
import { weekdayOf } from '../recurrence/civil.js';
import { createZoneTable, DAY, MINUTE, wallAt } from '../zone.js';
import type { WaitlistEntry } from './entry.js';

export interface FreedTime extends Span {
  /** References by which the provider may be meant: their Practitioner and their roles. */
  readonly providers: readonly string[];
  /** The service's key; undefined: any service. */
  readonly service: string | undefined;
  readonly zone: string;
}

/** What speaks for an entry, strongest first. */
export type MatchReason =
  | { readonly code: 'urgent'; readonly priority: number }
  /** Waits for so many whole days. */
  | { readonly code: 'waiting'; readonly days: number }
  | { readonly code: 'wants-provider' | 'wants-day' | 'wants-time' | 'wants-period' | 'same-service' }
  /** Minutes that stay free. */
  | { readonly code: 'leaves-over'; readonly minutes: number };

/** Why an entry does not fit. */
export type Misfit =
  | { readonly code: 'too-long'; readonly minutes: number }
  | { readonly code: 'other-provider' | 'other-day' | 'other-time' | 'other-period' | 'other-service' }
  | { readonly code: 'refused'; readonly explanation: Explanation };

export interface WaitlistMatch {
  readonly entry: WaitlistEntry;
  readonly reasons: readonly MatchReason[];
  /** Urgency with age counted in: from 1. */
  readonly urgency: number;
}

export interface Ranking {
  /** Best first. */
  readonly matches: readonly WaitlistMatch[];
  readonly others: readonly { readonly entry: WaitlistEntry; readonly misfits: readonly Misfit[] }[];
}

export interface RankOptions {
  readonly now: number;
  /** Length to assume where an entry does not say one; undefined: the freed time's own. */
  readonly minutes?: number | undefined;
  /** Days of waiting that count as much as one step of priority; 14 unless told. Infinity: age does not count. */
  readonly ageing?: number | undefined;
  /** What else stands in the way of this patient at that time: an appointment elsewhere, an expired referral. */
  readonly explain?: ((entry: WaitlistEntry, freed: FreedTime) => Explanation | undefined) | undefined;
}

/** An entry of which nobody said how urgent it is stands in the middle. */
const MIDDLE = 5;
const URGENT = 3;

function judge(
  entry: WaitlistEntry,
  freed: FreedTime,
  { now, minutes, explain }: RankOptions,
): { reasons: MatchReason[]; misfits: Misfit[] } {
  const reasons: MatchReason[] = [];
  const misfits: Misfit[] = [];
  const room = (freed.end - freed.start) / MINUTE;
  const needed = entry.minutes ?? minutes ?? room;
  const wall = wallAt(createZoneTable(freed.zone, freed.start, freed.end), freed.start);
  const minute = (wall - Math.floor(wall / DAY) * DAY) / MINUTE;
  const { days, times, providers } = entry.preference;
  const wish = (
    isMeant: boolean,
    holds: boolean,
    yes: 'wants-provider' | 'wants-day' | 'wants-time' | 'wants-period',
    no: Misfit,
  ): void => {
    if (!isMeant) return;
    if (holds) reasons.push({ code: yes });
    else misfits.push(no);
  };
  if (entry.priority !== undefined && entry.priority <= URGENT) reasons.push({ code: 'urgent', priority: entry.priority });
  if (entry.since !== undefined && now - entry.since >= DAY) reasons.push({ code: 'waiting', days: Math.floor((now - entry.since) / DAY) });
  wish(providers.length > 0, providers.some((one) => freed.providers.includes(one)), 'wants-provider', { code: 'other-provider' }); // prettier-ignore
  wish(days.length > 0, days.includes(weekdayOf(Math.floor(wall / DAY))), 'wants-day', { code: 'other-day' });
  wish(times.length > 0, times.some(({ from, to }) => minute >= from && minute + needed <= to), 'wants-time', { code: 'other-time' }); // prettier-ignore
  wish(entry.periods.length > 0, entry.periods.some(({ start, end }) => freed.start >= start && freed.start + needed * MINUTE <= end), 'wants-period', { code: 'other-period' }); // prettier-ignore
  if (freed.service !== undefined && entry.service) {
    if (entry.service.key === freed.service) reasons.push({ code: 'same-service' });
    else misfits.push({ code: 'other-service' });
  }
  if (needed > room) misfits.push({ code: 'too-long', minutes: needed });
  else if (needed < room) reasons.push({ code: 'leaves-over', minutes: room - needed });
  const explanation = explain?.(entry, freed);
  if (explanation?.level === 'stop') misfits.push({ code: 'refused', explanation });
  return { reasons, misfits };
}

/**
 * Priority, with one step less for each `ageing` days of waiting, so that nobody waits for ever behind those who are a little more
 * urgent. Age alone never makes the most urgent: that is said by a person.
 */
function urgencyOf({ priority = MIDDLE, since }: WaitlistEntry, now: number, ageing: number): number {
  const steps = since === undefined || ageing === Infinity ? 0 : Math.floor(Math.max(0, now - since) / (ageing * DAY));
  return Math.max(Math.min(priority, 2), priority - steps);
}

const WISHES: ReadonlySet<MatchReason['code']> = new Set(['wants-provider', 'wants-day', 'wants-time', 'wants-period']);

/** By urgency with age, then by how many wishes it meets, then who waits longer, then by id: the same list gives the same order. */
export function rankWaitlist(entries: readonly WaitlistEntry[], freed: FreedTime, options: RankOptions): Ranking {
  const { now, ageing = 14 } = options;
  const matches: WaitlistMatch[] = [];
  const others: { entry: WaitlistEntry; misfits: readonly Misfit[] }[] = [];
  for (const entry of entries) {
    const { reasons, misfits } = judge(entry, freed, options);
    if (misfits.length > 0) others.push({ entry, misfits });
    else matches.push({ entry, reasons, urgency: urgencyOf(entry, now, ageing) });
  }
  const wishes = ({ reasons }: WaitlistMatch): number => reasons.filter(({ code }) => WISHES.has(code)).length;
  const since = ({ entry }: WaitlistMatch): number => entry.since ?? Infinity;
  matches.sort(
    (a, b) =>
      a.urgency - b.urgency ||
      wishes(b) - wishes(a) ||
      (since(a) === since(b) ? 0 : since(a) - since(b)) ||
      (a.entry.id < b.entry.id ? -1 : a.entry.id > b.entry.id ? 1 : 0),
  );
  return { matches, others };
}
