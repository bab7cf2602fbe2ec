/** Which status may follow which, as data: products differ. */
import type { Appointment } from '../fhir/index.js';

export type AppointmentStatus = NonNullable<Appointment['status']>;
export type Transitions = Readonly<Record<AppointmentStatus, readonly AppointmentStatus[]>>;

/** What R4 leaves open, in a clinic's order; steps back are how a slip at the desk is undone. */
export const PLAIN_TRANSITIONS: Transitions = {
  proposed: ['pending', 'booked', 'cancelled', 'entered-in-error'],
  pending: ['booked', 'cancelled', 'entered-in-error'],
  booked: ['arrived', 'checked-in', 'fulfilled', 'noshow', 'cancelled', 'entered-in-error'],
  arrived: ['checked-in', 'fulfilled', 'booked', 'noshow', 'cancelled', 'entered-in-error'],
  'checked-in': ['fulfilled', 'arrived', 'booked', 'cancelled', 'entered-in-error'],
  fulfilled: ['checked-in', 'arrived', 'entered-in-error'],
  noshow: ['booked', 'arrived', 'entered-in-error'],
  cancelled: ['booked', 'entered-in-error'],
  waitlist: ['cancelled', 'entered-in-error'],
  'entered-in-error': [],
};

/** Oracle Health: booked to arrived or checked-in to fulfilled, and nothing back (its Appointment PATCH). */
export const ORACLE_TRANSITIONS: Transitions = {
  proposed: ['booked', 'cancelled'],
  pending: ['booked', 'cancelled'],
  booked: ['arrived', 'checked-in', 'noshow', 'cancelled'],
  arrived: ['checked-in', 'fulfilled'],
  'checked-in': ['fulfilled'],
  fulfilled: [],
  noshow: [],
  cancelled: [],
  waitlist: ['cancelled'],
  'entered-in-error': [],
};

/** @param software what the server calls itself */
export function transitionsOf(software: string): Transitions {
  return /oracle|cerner|millennium/i.test(software) ? ORACLE_TRANSITIONS : PLAIN_TRANSITIONS;
}

export function mayFollow(transitions: Transitions, from: string | undefined, to: AppointmentStatus): boolean {
  const next: readonly AppointmentStatus[] | undefined = Object.hasOwn(transitions, from ?? '') ? transitions[from as AppointmentStatus] : undefined; // prettier-ignore
  return next?.includes(to) ?? false;
}
