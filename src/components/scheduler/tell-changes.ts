import type { DayAppointments } from '../../client/scheduling.js';
import { compareAppointments } from '../../models/scheduling/index.js';
import type { Words } from './words.js';

/** What others changed between two answers for the same day, in one line; empty where there is nothing to tell. */
export function changesText(before: DayAppointments | undefined, after: DayAppointments, { localize }: Words): string {
  if (!before || before.date !== after.date || before.days !== after.days || before.zone !== after.zone) return '';
  const { added, changed, removed } = compareAppointments(before.appointments, after.appointments);
  const told = [
    ...(changed > 0 ? [localize.t('changed', changed)] : []),
    ...(added > 0 ? [localize.t('added', added)] : []),
    ...(removed > 0 ? [localize.t('removed', removed)] : []),
  ];
  return told.length === 0 ? '' : `${told.join(', ')}.`;
}
