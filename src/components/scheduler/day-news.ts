import type { RecordChange } from '../../client/index.js';
import type { DayAppointments } from '../../client/scheduling.js';
import { isNewsTo } from '../base/watch-changes.js';

/** Types whose records a day is drawn from. */
export const DAY_TYPES = ['Appointment', 'Encounter', 'Patient', 'Practitioner', 'PractitionerRole', 'Location'];

/** Whether a day does not have a change yet. An appointment or encounter that it does not know may be of this day by now. */
export function isNewsToDay({ appointments, encounters, related }: DayAppointments, change: RecordChange): boolean {
  if (change.type === 'Appointment') return isNewsTo(appointments, change);
  if (change.type === 'Encounter') return isNewsTo(encounters, change);
  const isOurs = change.id === undefined || related.some(({ resourceType, id }) => resourceType === change.type && id === change.id);
  return isOurs && isNewsTo(related, change);
}
