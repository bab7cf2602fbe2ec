/** Moving an appointment: what may be moved, and the record as it will be. */
import { cloneJson } from '../fhir/json.js';
import type { Appointment, Reference } from '../fhir/index.js';
import { entriesOf, offsetAt, textOf } from '../fhir/read/index.js';
import type { DayItem } from './day-view.js';
import { providerParticipants, type People, type Provider } from './people.js';
import { fixedReason, type FixedReason } from './status.js';
import { isoWithOffset, MINUTE, offsetText } from './zone.js';

export type Immovable =
  | FixedReason
  | 'group' // a session: those who attend would have to come along
  | 'all-day'
  | 'other-day' // it began on another day, or ends on one
  | 'no-id' // plain data without an id: there is nothing to write to
  | 'pending'; // a change of it is on its way

/** Why this box cannot be moved on the grid; undefined when it can. The words are the page's. */
export function whyImmovable(item: DayItem): Immovable | undefined {
  if (item.pending) return 'pending';
  const fixed = fixedReason(item.state);
  if (fixed) return fixed;
  if (item.attendees.length > 0) return 'group';
  if (item.allDay) return 'all-day';
  if (item.before) return 'other-day';
  return item.appointment.id === undefined ? 'no-id' : undefined;
}

export interface MoveTarget {
  /** The new start, an instant. The duration stays. */
  start: number;
  /** Whom it goes to, where that changes. */
  provider?: { from: string; to: Provider } | undefined;
}

const STYLE = /T\d\d:\d\d(?::\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/**
 * A moved instant, written as the old one was: in UTC where that ended in `Z`; on the zone's wall clock where its offset was the
 * zone's (so that it is right across a change of clocks); else with the offset it had. A fraction of a second is kept.
 */
export function inStyleOf(old: string | undefined, instant: number, zone: string): string {
  const [, fraction = '', offset] = STYLE.exec(old ?? '') ?? [];
  const zoneOffset = offsetAt(instant, zone);
  if (offset === undefined) return isoWithOffset(instant, zoneOffset);
  const written = offset === offsetText(offsetAt(Date.parse(old ?? ''), zone)) ? undefined : offset;
  const text =
    written === 'Z'
      ? new Date(instant).toISOString().replace(/\.\d+Z$/, 'Z')
      : isoWithOffset(instant, written === undefined ? zoneOffset : minutesOf(written));
  return fraction === '' ? text : text.replace(/(Z|[+-]\d\d:\d\d)$/, `${fraction}$1`);
}

function minutesOf(offset: string): number {
  return (offset.startsWith('-') ? -1 : 1) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4))) * MINUTE;
}

/** What to write for the new provider: as the old one was written, by role or by person. */
function referenceFor(old: Reference | undefined, to: Provider): Reference {
  const role = /(?:^|\/)PractitionerRole\//.test(textOf(old?.reference) ?? '') ? to.roles.find(({ id }) => id !== undefined) : undefined;
  const reference = role ? `PractitionerRole/${role.id}` : to.reference;
  return { ...(reference === undefined ? {} : { reference }), ...(to.name === undefined ? {} : { display: to.name }) };
}

/**
 * The appointment after a move, as a new object. Start and end keep the duration; the participant that was the old provider
 * becomes the new one (or is added, where there was none). Everything else is kept to the character, extensions and number
 * literals too. One thing is taken off: references to Slots, which say that this appointment fills them and no longer would.
 */
export function applyMove(appointment: Appointment, target: MoveTarget, people: People): Appointment {
  const moved = cloneJson(appointment);
  const { zone } = people.options;
  const oldStart = Date.parse(textOf(appointment.start) ?? '');
  const oldEnd = Date.parse(textOf(appointment.end) ?? '');
  const isElsewhen = oldStart !== target.start;
  if (isElsewhen) {
    moved.start = inStyleOf(appointment.start, target.start, zone);
    if (Number.isFinite(oldEnd)) moved.end = inStyleOf(appointment.end, target.start + (oldEnd - oldStart), zone);
  }
  const { provider } = target;
  const isElsewhere = provider !== undefined && provider.from !== provider.to.key;
  if (isElsewhere) changeProvider(moved, appointment, provider, people);
  if (isElsewhen || isElsewhere) delete moved.slot;
  return moved;
}

function changeProvider(
  moved: Appointment,
  appointment: Appointment,
  { from, to }: NonNullable<MoveTarget['provider']>,
  people: People,
): void {
  const all: readonly unknown[] = Array.isArray(appointment.participant) ? appointment.participant : [];
  const main = providerParticipants(appointment);
  const old = main.find(({ actor }) => people.keyOf(actor, appointment) === from);
  const isThere = main.some(({ actor }) => people.keyOf(actor, appointment) === to.key);
  const at = old === undefined ? -1 : all.indexOf(old);
  const participant = moved.participant?.[at];
  // One who takes part already stays as they are: only the old provider goes.
  if (isThere) moved.participant = moved.participant.filter((_, i) => i !== at);
  else if (participant) participant.actor = referenceFor(old?.actor, to);
  else moved.participant = [...entriesOf(moved.participant), { actor: referenceFor(undefined, to), status: 'needs-action' }];
}
