/** Explained booking and the search for free times, over what is remembered by the day. */
import type { ParticipantCalendar } from '../../models/scheduling/booking/calendar.js';
import { explainStart, type Explanation } from '../../models/scheduling/booking/explain.js';
import { findOffers, type Choice, type Offer } from '../../models/scheduling/booking/search.js';
import type { Appointment } from '../../models/fhir/index.js';
import { dateAt, dayBounds, MINUTE } from '../../models/scheduling/zone.js';
import type { Desk } from './desk.js';
import { bookingAsked, loadCalendars, resolve, type BookingRequest, type Needed } from './request.js';

/** Minutes between starts where nothing says otherwise. */
const STEP = 15;

export interface Explained {
  readonly explanation: Explanation;
  /** False: bookings may be missing, so `ok` is not certain. */
  readonly complete: boolean;
}

export async function explain(desk: Desk, request: BookingRequest): Promise<Explained> {
  const asked = await resolve(desk, request);
  const span = { start: asked.start, end: asked.start + asked.rules.minutes * MINUTE };
  const { calendars, complete } = await loadCalendars(desk, asked, span);
  return { explanation: explainStart(bookingAsked(desk, asked, calendars), asked.start), complete };
}

export interface FindRequest extends Needed {
  /** Starts from here, and before `to`. */
  from: number;
  to: number;
  /** Any one of these, the first preferred. With none, none is needed. */
  providers?: readonly string[] | undefined;
  rooms?: readonly string[] | undefined;
  equipment?: readonly string[] | undefined;
  /** Minutes between starts, from midnight; the service's own unless told, else 15. */
  step?: number | undefined;
  /** 20 unless told. */
  limit?: number | undefined;
  /** Nearest to this start, and to this provider, come first; without it the earliest. */
  wish?: { readonly start: number; readonly provider?: string | undefined } | undefined;
}

/** A free time: `hold` and `book` take it as it is. */
export interface BookingOffer extends BookingRequest {
  readonly zone: string;
  readonly end: number;
  /** What it warns of, if anything. */
  readonly explanation: Explanation | undefined;
  /** What a server's own `$find` proposed. */
  readonly proposed?: Appointment | undefined;
}

export interface Found {
  readonly offers: readonly BookingOffer[];
  /** False: bookings may be missing, so an offer may prove taken; booking asks again. */
  readonly complete: boolean;
}

const choice = (kind: Choice['kind'], references: readonly string[] | undefined, calendars: readonly ParticipantCalendar[]): Choice[] => {
  const wanted = calendars.filter((calendar) => calendar.kind === kind);
  return references === undefined || references.length === 0 ? [] : [{ kind, among: wanted }];
};

/** An hour for another provider than the one wished for: a person would rather wait that long for their own. */
const OTHER_PROVIDER = 60 * MINUTE;

export async function find(desk: Desk, request: FindRequest): Promise<Found> {
  const asked = await resolve(desk, request);
  const { from, to, wish, limit = 20, rules, zone } = asked;
  const span = { start: from, end: to + rules.minutes * MINUTE };
  const { calendars, complete } = await loadCalendars(desk, asked, span);
  const fixed = calendars.filter(({ kind }) => kind === 'patient' || kind === 'service');
  const choices = [
    ...choice('provider', asked.providers, calendars),
    ...choice('room', asked.rooms, calendars),
    ...choice('equipment', asked.equipment, calendars),
  ];
  const range = {
    from,
    to,
    step: request.step ?? asked.step ?? STEP,
    aligned: dayBounds(dateAt(from, zone), zone).start,
  };
  const isWished = ({ participants }: Offer): boolean =>
    wish?.provider === undefined || participants.some(({ key }) => key === wish.provider);
  const rank = wish && ((offer: Offer): number => Math.abs(offer.start - wish.start) + (isWished(offer) ? 0 : OTHER_PROVIDER));
  const offers = findOffers(bookingAsked(desk, asked, fixed), choices, range, { limit, rank });
  const keysOf = (offer: Offer, kind: Choice['kind']): string[] =>
    offer.participants.filter((one) => one.kind === kind).map(({ key }) => key);
  return {
    complete,
    offers: offers.map((offer): BookingOffer => ({
      ...needs(request),
      zone,
      start: offer.start,
      end: offer.start + rules.minutes * MINUTE,
      explanation: offer.explanation,
      providers: keysOf(offer, 'provider'),
      rooms: keysOf(offer, 'room'),
      equipment: keysOf(offer, 'equipment'),
    })),
  };
}

/** The part of a search that its offers keep. */
function needs({ service, rules, patients, place, referralUntil, quota, pastAllowed }: FindRequest): Omit<Needed, 'zone'> {
  return { service, rules, patients, place, referralUntil, quota, pastAllowed };
}
