/** Free starts, of one set of participants or of the first provider and room that have time, and the nearest ones to a wish. */
import { MINUTE } from '../zone.js';
import type { ParticipantCalendar } from './calendar.js';
import { explainStart, type BookingAsked, type Explanation } from './explain.js';

export interface SearchRange {
  readonly from: number;
  /** Starts before this. */
  readonly to: number;
  /** Starts lie on whole steps of these minutes, counted from `aligned`: 5, 10, 15. */
  readonly step: number;
  /** An instant that starts are counted from: a midnight of the clinic, so that steps follow its wall clock. */
  readonly aligned: number;
}

export interface FreeStart {
  readonly start: number;
  readonly explanation: Explanation;
}

/** Starts that nothing stops, in order. Those that only warn are given too: their explanation says so. */
export function* freeStarts(asked: BookingAsked, { from, to, step, aligned }: SearchRange): Generator<FreeStart, void, undefined> {
  const every = step * MINUTE;
  const align = (at: number): number => aligned + Math.ceil((at - aligned) / every) * every;
  let start = align(from);
  while (start < to) {
    const explanation = explainStart(asked, start);
    if (explanation.level !== 'stop') {
      yield { start, explanation };
      start += every;
      continue;
    }
    const until = Math.max(...explanation.refusals.filter(({ level }) => level === 'stop').map((refusal) => refusal.until));
    if (until === Infinity) return;
    start = Math.max(align(until), start + every);
  }
}

/** A set of participants of which one must come: providers of a service, rooms of a location. */
export interface Choice {
  readonly kind: 'provider' | 'room' | 'equipment';
  readonly among: readonly ParticipantCalendar[];
}

export interface Offer extends FreeStart {
  /** Whom the choices fell on, in their order, after those who were fixed. */
  readonly participants: readonly ParticipantCalendar[];
}

/** Every way to take one of each choice, in order of preference: the first choice changes last. */
function* combinations(choices: readonly Choice[]): Generator<readonly ParticipantCalendar[], void, undefined> {
  const [first, ...rest] = choices;
  if (!first) return yield [];
  for (const one of first.among) for (const others of combinations(rest)) yield [one, ...others];
}

export interface SearchOptions {
  readonly limit: number;
  /** Ranks better when smaller; ties go by the order of the choices. Left out: by time. */
  readonly rank?: ((offer: Offer) => number) | undefined;
}

/**
 * The best starts over all choices. One start is offered once for each first choice (a provider), with the first of the others
 * (a room) that is free.
 */
export function findOffers(asked: BookingAsked, choices: readonly Choice[], range: SearchRange, { limit, rank }: SearchOptions): Offer[] {
  const found = new Map<string, Offer>();
  for (const participants of combinations(choices)) {
    const all = { ...asked, participants: [...asked.participants, ...participants] };
    let taken = 0;
    for (const free of freeStarts(all, range)) {
      const key = `${participants[0]?.key ?? ''} ${free.start}`;
      if (!found.has(key)) found.set(key, { ...free, participants });
      // Without a rank of its own the earliest are the best, and no later start of these can be among them.
      if (!rank && ++taken >= limit) break;
    }
  }
  return [...found.values()]
    .map((offer, place) => ({ offer, place, value: rank ? rank(offer) : offer.start }))
    .sort((a, b) => a.value - b.value || a.place - b.place)
    .slice(0, limit)
    .map(({ offer }) => offer);
}

/** The starts nearest to a wish, before or after it; the same provider as wished for first among equals. */
export function nearestOffers(
  asked: BookingAsked,
  choices: readonly Choice[],
  range: SearchRange,
  wish: { readonly start: number; readonly provider?: string | undefined },
  limit: number,
): Offer[] {
  // Another provider weighs as much as an hour of distance: a person would rather wait that long for their own.
  const rank = ({ start, participants }: Offer): number =>
    Math.abs(start - wish.start) + (wish.provider === undefined || participants.some(({ key }) => key === wish.provider) ? 0 : 60 * MINUTE);
  return findOffers(asked, choices, range, { limit, rank });
}
