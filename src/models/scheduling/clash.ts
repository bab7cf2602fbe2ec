/** Who is booked twice. By true times, not by how tall boxes are drawn; appointments that only touch do not clash. */
import type { Appointment } from '../fhir/index.js';
import { entriesOf, referenceId, referenceType } from '../fhir/read/index.js';
import { takesTime, type AppointmentState } from './status.js';

export interface Booked {
  id: string;
  start: number;
  end: number;
  state: AppointmentState;
  /** Sessions that it belongs to, its own id included: attendees of one session do not clash with it nor with each other. */
  sessions: readonly string[];
}

/** The ids by which an appointment is known as one session: its own, and those it is an attendee of (supportingInformation). */
export function sessionsOf(appointment: Appointment, id: string): readonly string[] {
  const sessions = entriesOf(appointment.supportingInformation).filter((reference) => referenceType(reference) === 'Appointment');
  return [id, ...sessions.flatMap((reference) => referenceId(reference) ?? [])];
}

export function clash(a: Booked, b: Booked): boolean {
  if (a.id === b.id || a.start >= b.end || b.start >= a.end) return false;
  if (!takesTime(a.state) || !takesTime(b.state)) return false;
  // What is over and done needs nobody any more.
  if (a.state === 'completed' && b.state === 'completed') return false;
  return !a.sessions.some((session) => b.sessions.includes(session));
}

/** Minutes that two share. */
export function sharedMinutes(a: { start: number; end: number }, b: { start: number; end: number }): number {
  return Math.max(0, Math.round((Math.min(a.end, b.end) - Math.max(a.start, b.start)) / 60_000));
}

/** For each of one provider's appointments those it clashes with. Sweeps in order of time, so a long day costs no square. */
export function findClashes<T extends Booked>(items: readonly T[]): Map<T, T[]> {
  const clashes = new Map<T, T[]>();
  const note = (item: T, other: T): void => {
    const list = clashes.get(item);
    if (list) list.push(other);
    else clashes.set(item, [other]);
  };
  let open: T[] = [];
  for (const item of [...items].sort((a, b) => a.start - b.start)) {
    open = open.filter((other) => other.end > item.start);
    for (const other of open) {
      if (!clash(item, other)) continue;
      note(item, other);
      note(other, item);
    }
    open.push(item);
  }
  return clashes;
}

/** How many separate clashes there are: those that share an appointment are one. */
export function countClashes<T>(clashes: ReadonlyMap<T, readonly T[]>): number {
  const seen = new Set<T>();
  let count = 0;
  for (const first of clashes.keys()) {
    if (seen.has(first)) continue;
    count++;
    const queue = [first];
    for (let item = queue.pop(); item !== undefined; item = queue.pop()) {
      if (seen.has(item)) continue;
      seen.add(item);
      queue.push(...(clashes.get(item) ?? []));
    }
  }
  return count;
}
