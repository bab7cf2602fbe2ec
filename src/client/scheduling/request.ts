/** What is asked for when something is booked, in the caller's words, and with all that the records add to it. */
import { CareError } from '../../models/errors.js';
import type { Appointment, HealthcareService } from '../../models/fhir/index.js';
import {
  participantCalendars,
  rulesOfService,
  type AvailabilityAsked,
  type AvailabilityRecords,
} from '../../models/scheduling/availability/index.js';
import type { BookingRules, ParticipantCalendar } from '../../models/scheduling/booking/calendar.js';
import type { BookingAsked, Refusal } from '../../models/scheduling/booking/explain.js';
import { DAY, MINUTE } from '../../models/scheduling/zone.js';
import type { SearchWarning } from '../backend.js';
import type { Desk } from './desk.js';
import type { LoadedWindow } from './loaded-days.js';

/** Who is needed. References as `Practitioner/1` or `PractitionerRole/1`, `Location/1`, `Device/1`, `Patient/1`. */
export interface Needed {
  /** IANA zone of the clinic; left out: what its records say, where they agree. */
  zone?: string | undefined;
  /** `HealthcareService/1`: its rules, its hours and its type are the booking's. */
  service?: string | undefined;
  /** Stand above the service's rules. */
  rules?: Partial<BookingRules> | undefined;
  providers?: readonly string[] | undefined;
  rooms?: readonly string[] | undefined;
  equipment?: readonly string[] | undefined;
  patients?: readonly string[] | undefined;
  /** Where it takes place, for the hours of those who work at several places; the first room unless told. */
  place?: string | undefined;
  /** The referral holds for starts before this instant. */
  referralUntil?: number | undefined;
  quota?: BookingAsked['quota'];
  /** Staff may record what was: a start in the past is a warning then. */
  pastAllowed?: boolean | undefined;
}

/** One time for certain people. */
export interface BookingRequest extends Needed {
  /** Milliseconds since 1970. */
  start: number;
  /** The appointment that is being moved: it is no rival of itself. */
  ignore?: string | undefined;
  /**
   * Reasons that a person has seen and sets aside: outside hours, say. What is taken, and its buffers, cannot be set aside where the
   * service says `block`.
   */
  accept?: readonly Refusal['code'][] | undefined;
  /** What else the Appointment says: reason, comment, basedOn, supportingInformation for Coverage, extensions. */
  details?: Partial<Omit<Appointment, 'resourceType' | 'id' | 'start' | 'end' | 'status' | 'participant' | 'slot'>> | undefined;
  /** Whether the patients have agreed; `needs-action` unless told: booked, and not confirmed. */
  answer?: 'accepted' | 'needs-action' | undefined;
}

/** A request with what the records add. */
export interface Resolved extends Needed {
  readonly zone: string;
  readonly rules: BookingRules;
  readonly step: number | undefined;
  readonly healthcareService: HealthcareService | undefined;
}

/** @throws CareError `validation` where no zone is known, or the service is not among the records. */
export async function resolve<T extends Needed>(desk: Desk, asked: T): Promise<T & Resolved> {
  const [zone, healthcareService] = await Promise.all([desk.zone(asked.zone), desk.service(asked.service)]);
  if (asked.service !== undefined && !healthcareService) throw new CareError('validation', 'The service to be booked could not be found.');
  const { rules, step } = rulesOfService(healthcareService);
  const told = Object.fromEntries(Object.entries(asked.rules ?? {}).filter(([, value]) => value !== undefined));
  return { ...asked, zone, healthcareService, step, rules: { ...rules, ...told } };
}

export const participantsOf = ({ providers = [], rooms = [], equipment = [], patients = [], service }: Needed): string[] => [
  ...patients,
  ...providers,
  ...rooms,
  ...equipment,
  ...(service === undefined ? [] : [service]),
];

/** The span that a booking at `start` and the buffers around it may touch. */
export function reachOf(start: number, { minutes, bufferBefore, bufferAfter }: BookingRules): { start: number; end: number } {
  return { start: start - bufferBefore * MINUTE, end: start + (minutes + bufferAfter) * MINUTE };
}

/** Hours are cut at a window's ends, so it is wider than what is asked about by a day. */
export function availabilityAsked(desk: Desk, asked: Resolved, span: { start: number; end: number }): AvailabilityAsked {
  return {
    window: { start: span.start - DAY, end: span.end + DAY },
    zone: asked.zone,
    now: desk.now(),
    participants: participantsOf(asked),
    place: asked.place ?? asked.rooms?.[0],
    base: desk.client.backend.baseUrl,
  };
}

export interface Calendars {
  /** In the order asked for; a role stands for its practitioner. */
  readonly calendars: readonly ParticipantCalendar[];
  /** False: bookings may be missing, so what seems free may not be. */
  readonly complete: boolean;
  readonly warnings: readonly SearchWarning[];
  readonly zone: string;
}

export async function recordsOf(desk: Desk, window: LoadedWindow): Promise<AvailabilityRecords> {
  const { resources } = await desk.setting();
  return { resources, appointments: window.appointments, slots: window.slots };
}

/** The calendars of those asked for over a span, from what is remembered by the day. */
export async function loadCalendars(desk: Desk, asked: Resolved, span: { start: number; end: number }): Promise<Calendars> {
  const around = availabilityAsked(desk, asked, span);
  const [window, setting] = await Promise.all([desk.loaded.window(around.window, asked.zone), desk.setting()]);
  const calendars = participantCalendars(await recordsOf(desk, window), around);
  return { calendars, complete: window.complete && setting.complete, warnings: window.warnings, zone: asked.zone };
}

/** The question to the engine. */
export function bookingAsked(
  desk: Desk,
  asked: Resolved & { ignore?: string | undefined },
  participants: readonly ParticipantCalendar[],
): BookingAsked {
  // prettier-ignore
  const { rules, ignore, referralUntil, quota, pastAllowed } = asked;
  return { rules, participants, now: desk.now(), ignore, referralUntil, quota, pastAllowed };
}
