/** What is booked already, as the engine counts it: each appointment with the buffers of its service, a session and its attendees once. */
import type { Appointment, Encounter, HealthcareService } from '../../fhir/index.js';
import { entriesOf, referenceId, referenceType } from '../../fhir/read/index.js';
import type { Busy, ParticipantKind } from '../booking/calendar.js';
import { encountersByAppointment, timeOf } from '../item.js';
import type { People } from '../people.js';
import { appointmentStatus, takesTime } from '../status.js';
import { MINUTE } from '../zone.js';
import { healthcareServiceOf, rulesOfService } from './rules.js';

/** An appointment that takes time, with everybody who takes part. */
export interface Taking {
  readonly appointment: Appointment;
  readonly busy: Busy;
  /** Keys of {@link People.keyOf}. */
  readonly participants: ReadonlySet<string>;
  /** References of the slots that it fills, as written. */
  readonly slots: readonly string[];
}

export interface TakingOptions {
  readonly people: People;
  readonly services: readonly HealthcareService[];
  readonly encounters?: readonly Encounter[] | undefined;
  readonly now: number;
}

/** The kind by the type that a reference names; undefined for those that have no time of their own. */
export function kindOf(reference: string): ParticipantKind | undefined {
  switch (/(?:^|\/)([A-Z][A-Za-z]+)\/[^/]+$/.exec(reference)?.[1]) {
    case 'Patient':
      return 'patient';
    case 'Practitioner':
    case 'PractitionerRole':
      return 'provider';
    case 'Location':
      return 'room';
    case 'Device':
      return 'equipment';
    case 'HealthcareService':
      return 'service';
    default:
      return undefined;
  }
}

/** The session that an attendee's appointment belongs to; its own id otherwise. */
function sessionOf(appointment: Appointment, id: string): string {
  const session = entriesOf(appointment.supportingInformation).find((reference) => referenceType(reference) === 'Appointment');
  return (session && referenceId(session)) ?? id;
}

/** Those that take time now: neither cancelled nor waiting nor a hold that is over. Who declined is not kept busy by it. */
export function takings(appointments: readonly Appointment[], { people, services, encounters = [], now }: TakingOptions): Taking[] {
  const byId = encountersByAppointment(encounters);
  const found: Taking[] = [];
  for (const [place, appointment] of appointments.entries()) {
    const id = appointment.id ?? `#${place}`;
    const status = appointmentStatus(appointment, byId.get(id) ?? [], now);
    if (typeof status === 'string' || !takesTime(status.state)) continue;
    const time = timeOf(appointment);
    if (!('end' in time) || time.end <= time.start) continue;
    const { rules } = rulesOfService(healthcareServiceOf(appointment, services));
    const participants = entriesOf(appointment.participant)
      .filter(({ status: answer, required }) => answer !== 'declined' && required !== 'information-only')
      .flatMap(({ actor }) => people.keyOf(actor, appointment) ?? []);
    found.push({
      appointment,
      participants: new Set(participants),
      slots: entriesOf(appointment.slot).flatMap(({ reference }) => reference ?? []),
      busy: {
        id,
        start: time.start,
        end: time.end,
        before: rules.bufferBefore * MINUTE,
        after: rules.bufferAfter * MINUTE,
        session: sessionOf(appointment, id),
      },
    });
  }
  return found.sort((a, b) => a.busy.start - b.busy.start);
}
