/** What changed between two answers for the same day, so that it can be told. */
import type { Appointment } from '../fhir/index.js';

export interface DayDifference {
  added: number;
  changed: number;
  removed: number;
}

const sameVersion = (a: Appointment, b: Appointment): boolean =>
  a === b ||
  (a.meta?.versionId !== undefined
    ? a.meta.versionId === b.meta?.versionId
    : a.start === b.start && a.end === b.end && a.status === b.status);

/** By id and version; where the server gives no versions, by time and status. */
export function compareAppointments(before: readonly Appointment[], after: readonly Appointment[]): DayDifference {
  const known = new Map(before.map((appointment) => [appointment.id, appointment]));
  let added = 0;
  let changed = 0;
  for (const appointment of after) {
    const old = known.get(appointment.id);
    known.delete(appointment.id);
    if (!old) added++;
    else if (!sameVersion(old, appointment)) changed++;
  }
  return { added, changed, removed: known.size };
}
