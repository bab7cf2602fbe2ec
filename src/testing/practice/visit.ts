/** One booked visit, before any resource is written. */
import type { Day } from './calendar.js';
import type { Provider, Room, Service } from './crew.js';

export const VISIT_STATES = [
  'proposed',
  'pending',
  'held',
  'unconfirmed',
  'confirmed',
  'arrived',
  'checked-in',
  'in-session',
  'fulfilled',
  'noshow',
  'cancelled-patient',
  'cancelled-provider',
  'entered-in-error',
] as const;
export type VisitState = (typeof VISIT_STATES)[number];

export interface Visit {
  /** Id of its Appointment; those of its Encounter, note and charge are made from it. */
  id: string;
  /** Place of the patient in the practice's list. */
  patient: number;
  provider: Provider;
  service: Service;
  day: Day;
  /** Minutes after midnight. */
  start: number;
  minutes: number;
  state: VisitState;
  video: boolean;
  room: Room;
  /** Id of the group session's own Appointment, for one who takes part in it. */
  session?: string;
}

/** A group: its own Appointment has the provider and the room, and no patient. */
export interface Session {
  id: string;
  provider: Provider;
  service: Service;
  day: Day;
  start: number;
  minutes: number;
  room: Room;
  attendees: readonly number[];
}

export function visitId(provider: Provider, dateText: string, start: number): string {
  const clock = `${String(Math.floor(start / 60)).padStart(2, '0')}${String(start % 60).padStart(2, '0')}`;
  return `visit-${dateText.replaceAll('-', '')}-${clock}-${provider.number}`;
}

export function isCancelled(state: VisitState): boolean {
  return state === 'cancelled-patient' || state === 'cancelled-provider';
}

/** Whether the time of the visit is taken in the provider's diary. */
export function takesTime(state: VisitState): boolean {
  return !isCancelled(state) && state !== 'entered-in-error' && state !== 'noshow' && state !== 'proposed';
}

/** Whether two stretches of a day overlap; ones that only touch do not. */
export function shareTime(a: Pick<Visit, 'start' | 'minutes'>, b: Pick<Visit, 'start' | 'minutes'>): boolean {
  return a.start < b.start + b.minutes && b.start < a.start + a.minutes;
}
