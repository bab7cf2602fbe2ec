/**
 * Where an appointment stands, in the words of the look (design/look/look.md, "Appointment status: shape first"). R4 spreads it over
 * Appointment.status, the patient's participation and the Encounter; this is the one place that puts them together.
 */
import type { Appointment, AppointmentParticipant, Encounter } from '../fhir/index.js';
import { entriesOf, epochOf, extensionValue, parseReference, textOf } from '../fhir/read/index.js';

export const APPOINTMENT_STATES = [
  'requested', // proposed, pending: nobody has agreed yet
  'held', // pending, kept free until a moment in time
  'not-confirmed', // booked; the patient has not answered, or nobody recorded it
  'declined', // booked, but the patient said no
  'confirmed', // booked and accepted
  'waiting', // arrived, checked-in
  'in-session', // Encounter in-progress
  'completed', // Encounter finished, or fulfilled
  'did-not-arrive', // noshow
  'cancelled',
  'waitlist', // wants a time, has none
  'unknown', // no status, or one that R4 does not have
] as const;
export type AppointmentState = (typeof APPOINTMENT_STATES)[number];

/** On a `pending` Appointment: the instant until which its time is held. Every reader ignores a hold that is over. */
export const HOLD_EXPIRES = 'urn:carelet:extension:hold-expires';

export interface StatusView {
  state: AppointmentState;
  /** Since when the patient waits or is seen, as an instant; undefined where nobody recorded it. */
  since: number | undefined;
  /** When a hold ends. */
  heldUntil: number | undefined;
}

/** Why an appointment is not drawn at all. It is counted, so that nothing vanishes without a word. */
export type LeftOut = 'entered-in-error' | 'expired-hold';

/** The participants whose actor is a patient (or somebody who comes for one). */
export function patientParticipants(appointment: Appointment): readonly AppointmentParticipant[] {
  return entriesOf(appointment.participant).filter((participant) => {
    const actor = parseReference(participant.actor);
    const type = actor && 'type' in actor ? actor.type : undefined;
    return (type ?? textOf(participant.actor?.type)) === 'Patient';
  });
}

function bookedState(appointment: Appointment): AppointmentState {
  const answers = patientParticipants(appointment);
  // A meeting without a patient is as sure as the people in it.
  const asked = answers.length > 0 ? answers : entriesOf(appointment.participant);
  if (answers.some(({ status }) => status === 'declined')) return 'declined';
  return asked.every(({ status }) => status === 'accepted') ? 'confirmed' : 'not-confirmed';
}

function encounterState(encounter: Encounter): AppointmentState | undefined {
  switch (encounter.status) {
    case 'arrived':
    case 'triaged':
      return 'waiting';
    case 'in-progress':
    case 'onleave':
      return 'in-session';
    case 'finished':
      return 'completed';
    default:
      return undefined;
  }
}

/** When the encounter came into the status it is in: its own record of it, else the beginning of its period. */
function encounterSince(encounter: Encounter): number | undefined {
  const last = entriesOf(encounter.statusHistory).findLast(({ period }) => textOf(period?.end) === undefined);
  return epochOf(textOf(last?.period?.start)) ?? epochOf(textOf(encounter.period?.start));
}

const NOTHING = { since: undefined, heldUntil: undefined };

function baseState(appointment: Appointment, now: number): StatusView | LeftOut {
  switch (appointment.status) {
    case 'proposed':
      return { state: 'requested', ...NOTHING };
    case 'pending': {
      const heldUntil = epochOf(textOf(extensionValue(appointment, HOLD_EXPIRES)));
      if (heldUntil === undefined) return { state: 'requested', ...NOTHING };
      return heldUntil > now ? { state: 'held', since: undefined, heldUntil } : 'expired-hold';
    }
    case 'booked':
      return { state: bookedState(appointment), ...NOTHING };
    case 'arrived':
    case 'checked-in':
      return { state: 'waiting', ...NOTHING };
    case 'fulfilled':
      return { state: 'completed', ...NOTHING };
    case 'noshow':
      return { state: 'did-not-arrive', ...NOTHING };
    case 'cancelled':
    case 'waitlist':
      return { state: appointment.status, ...NOTHING };
    case 'entered-in-error':
      return 'entered-in-error';
    default:
      return { state: 'unknown', ...NOTHING };
  }
}

const FURTHER: readonly AppointmentState[] = ['waiting', 'in-session', 'completed'];

/**
 * The state of an appointment.
 *
 * @param encounters those whose `appointment` is this one. The one that has come furthest counts; those entered in error or
 *   cancelled do not. They never bring back an appointment that was cancelled or missed.
 * @param now milliseconds since 1970: a hold that is over is no hold.
 */
export function appointmentStatus(appointment: Appointment, encounters: readonly Encounter[], now: number): StatusView | LeftOut {
  const base = baseState(appointment, now);
  if (typeof base === 'string' || !['requested', 'not-confirmed', 'declined', 'confirmed', 'waiting', 'completed'].includes(base.state))
    return base;
  let best = base;
  for (const encounter of encounters) {
    const state = encounterState(encounter);
    if (state === undefined || FURTHER.indexOf(state) < FURTHER.indexOf(best.state)) continue;
    best = { state, since: encounterSince(encounter), heldUntil: undefined };
  }
  return best;
}

/** States whose time is taken: a second booking beside one of them is a clash. */
const TAKES_TIME: ReadonlySet<AppointmentState> = new Set([
  'held',
  'not-confirmed',
  'declined',
  'confirmed',
  'waiting',
  'in-session',
  'completed',
  'unknown',
]);

export function takesTime(state: AppointmentState): boolean {
  return TAKES_TIME.has(state);
}

/** Why an appointment in a state cannot be moved; undefined when it can. The words are the page's. */
export type FixedReason = 'completed' | 'in-session' | 'did-not-arrive' | 'cancelled' | 'held' | 'unknown-status';

export function fixedReason(state: AppointmentState): FixedReason | undefined {
  switch (state) {
    case 'completed':
    case 'in-session':
    case 'did-not-arrive':
    case 'cancelled':
    case 'held':
      return state;
    case 'unknown':
      return 'unknown-status';
    default:
      return undefined;
  }
}
