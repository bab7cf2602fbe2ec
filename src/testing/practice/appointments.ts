/** Appointments and the Encounters that come of them, in step with each other. */
import type {
  Appointment,
  AppointmentParticipant,
  Encounter,
  EncounterStatusHistory,
  Reference,
  Resource,
} from '../../models/fhir/index.js';
import { HOLD_EXPIRES } from '../../models/scheduling/status.js';
import { dateText } from './calendar.js';
import { coding, concept, extension, HL7, OWN_SERVICE, reference, V2, V3_ACT, words } from './codes.js';
import { disciplineConcept, ORGANISATION } from './organisation.js';
import { practitionerReference } from './providers.js';
import { patientReference } from './patient.js';
import { personAt, yearsOld, type Person } from './people.js';
import type { Plan } from './plan.js';
import type { Practice } from './practice.js';
import { Random } from './random.js';
import { hasSlot, slotId } from './slots.js';
import { isCancelled, type Session, type Visit, type VisitState } from './visit.js';

const STATUS: Record<VisitState, NonNullable<Appointment['status']>> = {
  proposed: 'proposed',
  pending: 'pending',
  held: 'pending',
  unconfirmed: 'booked',
  confirmed: 'booked',
  arrived: 'arrived',
  'checked-in': 'checked-in',
  'in-session': 'arrived',
  fulfilled: 'fulfilled',
  noshow: 'noshow',
  'cancelled-patient': 'cancelled',
  'cancelled-provider': 'cancelled',
  'entered-in-error': 'entered-in-error',
};

const REASONS = { gp: ['Blood pressure review', 'Prescription renewal', 'Results', 'Cough and fever', 'Care plan'], psychology: ['Low mood', 'Worry and sleep', 'Work stress', 'Grief'], physiotherapy: ['Low back pain', 'Knee pain', 'Shoulder pain', 'After surgery'] } as const; // prettier-ignore

/** What a patient's visits refer to. */
export interface VisitContext {
  practice: Practice;
  plan: Plan;
  /** The referral in force that a visit of this discipline is based on. */
  referral(visit: Visit): Reference | undefined;
  coverage: Reference;
}

/** How sure the patient is: unconfirmed bookings and requests still need an answer. */
function patientAnswer(state: VisitState): NonNullable<AppointmentParticipant['status']> {
  if (state === 'unconfirmed' || state === 'pending' || state === 'held' || state === 'proposed') return 'needs-action';
  return state === 'cancelled-patient' ? 'declined' : 'accepted';
}

function participants(person: Person, visit: Visit, today: number): AppointmentParticipant[] {
  const { provider, room, state } = visit;
  const other = state === 'proposed' || state === 'pending' ? 'needs-action' : state === 'cancelled-provider' ? 'declined' : 'accepted';
  const all: AppointmentParticipant[] = [
    { actor: patientReference(person), required: 'required', status: patientAnswer(state) },
    { actor: practitionerReference(provider), required: 'required', status: other },
    { actor: reference('Location', room.id, room.name), required: 'required', status: other === 'declined' ? 'accepted' : other },
  ];
  // A parent comes along with a child.
  if (yearsOld(person, today) < 16 && visit.session === undefined)
    all.push({ actor: reference('RelatedPerson', `${person.id}-relative`), required: 'optional', status: 'accepted' });
  return all;
}

export function appointment(context: VisitContext, person: Person, visit: Visit): Appointment {
  const { practice, plan, coverage } = context;
  const { calendar } = practice;
  const { service, provider, day, start, minutes, state } = visit;
  const rng = new Random(practice.seed, 0x61707074, day, start, provider.number, person.index);
  const basedOn = context.referral(visit);
  const ahead = rng.int(3, 40);
  return {
    resourceType: 'Appointment',
    id: visit.id,
    ...(state === 'held' ? { extension: [extension(HOLD_EXPIRES, { valueInstant: calendar.fromNow(rng.int(30, 90)) })] } : {}),
    status: STATUS[state],
    ...(isCancelled(state)
      ? { cancelationReason: concept(`${HL7}appointment-cancellation-reason`, state === 'cancelled-patient' ? 'pat' : 'prov') }
      : {}),
    serviceType: [concept(OWN_SERVICE, service.id, service.name)],
    specialty: [disciplineConcept(provider.discipline)],
    appointmentType: service === provider.first ? concept(`${V2}0276`, 'CHECKUP') : concept(`${V2}0276`, 'FOLLOWUP'),
    ...(visit.session === undefined ? { reasonCode: [words(rng.pick(REASONS[provider.discipline]))] } : {}),
    description: visit.video ? `${service.name} · video` : service.name,
    supportingInformation: [coverage, ...(visit.session === undefined ? [] : [reference('Appointment', visit.session)])],
    start: calendar.iso(day, start),
    end: calendar.iso(day, start + minutes),
    minutesDuration: minutes,
    ...(hasSlot(practice, plan, visit) ? { slot: [reference('Slot', slotId(provider, calendar.date(day), start))] } : {}),
    created: dateText(Math.min(day - 1, Math.min(day - ahead, calendar.today - (ahead % 7)))),
    ...(visit.video ? { patientInstruction: 'A link comes by text message ten minutes before.' } : {}),
    ...(basedOn ? { basedOn: [basedOn] } : {}),
    participant: participants(person, visit, calendar.today),
  };
}

export function sessionAppointment(practice: Practice, session: Session): Appointment {
  const { calendar } = practice;
  const { provider, service, room, day, start, minutes } = session;
  return {
    resourceType: 'Appointment',
    id: session.id,
    status: calendar.isPast(day, start + minutes) ? 'fulfilled' : 'booked',
    serviceType: [concept(OWN_SERVICE, service.id, service.name)],
    specialty: [disciplineConcept(provider.discipline)],
    description: service.name,
    start: calendar.iso(day, start),
    end: calendar.iso(day, start + minutes),
    minutesDuration: minutes,
    created: dateText(day - 30),
    participant: [
      { actor: practitionerReference(provider), required: 'required', status: 'accepted' },
      { actor: reference('Location', room.id, room.name), required: 'required', status: 'accepted' },
    ],
  };
}

export function encounterId(visit: Visit): string {
  return `encounter-${visit.id}`;
}

export function encounterReference(visit: Visit): Reference {
  return reference('Encounter', encounterId(visit));
}

/** The Encounter of a visit that has begun; undefined for one that hasn't, and for one that never took place. */
export function encounter(practice: Practice, person: Person, visit: Visit, diagnosis: Reference | undefined): Encounter | undefined {
  const { calendar } = practice;
  const { state, day, start, minutes, provider, service } = visit;
  if (state !== 'fulfilled' && state !== 'in-session' && state !== 'checked-in') return undefined;
  const rng = new Random(practice.seed, 0x656e636f, day, start, provider.number, person.index);
  // Nobody has arrived, and nothing has begun, later than now.
  const before = (minute: number): number => (day === calendar.today ? Math.min(minute, calendar.minuteNow - 1) : minute);
  const arrived = before(start - rng.int(1, 9));
  const began = Math.max(arrived, before(start + rng.int(0, 3)));
  const ended = Math.max(began + 1, Math.min(start + minutes + rng.int(-3, 4), day === calendar.today ? calendar.minuteNow : Infinity));
  const history: EncounterStatusHistory[] = [
    {
      status: 'arrived',
      period: { start: calendar.iso(day, arrived), ...(state === 'checked-in' ? {} : { end: calendar.iso(day, began) }) },
    },
  ];
  if (state !== 'checked-in')
    history.push({
      status: 'in-progress',
      period: { start: calendar.iso(day, began), ...(state === 'fulfilled' ? { end: calendar.iso(day, ended) } : {}) },
    });
  return {
    resourceType: 'Encounter',
    id: encounterId(visit),
    status: state === 'fulfilled' ? 'finished' : state === 'in-session' ? 'in-progress' : 'arrived',
    statusHistory: history,
    class: visit.video ? coding(V3_ACT, 'VR', 'virtual') : coding(V3_ACT, 'AMB', 'ambulatory'),
    type: [concept(OWN_SERVICE, service.id, service.name)],
    serviceType: disciplineConcept(provider.discipline),
    subject: patientReference(person),
    participant: [
      { type: [concept(`${HL7}v3-ParticipationType`, 'PPRF', 'primary performer')], individual: practitionerReference(provider) },
    ],
    appointment: [reference('Appointment', visit.id)],
    period: {
      start: calendar.iso(day, state === 'checked-in' ? arrived : began),
      ...(state === 'fulfilled' ? { end: calendar.iso(day, ended) } : {}),
    },
    ...(diagnosis && state === 'fulfilled' ? { diagnosis: [{ condition: diagnosis, rank: 1 }] } : {}),
    location: [{ location: reference('Location', visit.room.id, visit.room.name) }],
    serviceProvider: ORGANISATION,
  };
}

/** Requests without a time, and the list of those who wait for one. */
export function* waiting(practice: Practice): Generator<Resource> {
  const { calendar } = practice;
  const rng = new Random(practice.seed, 0x77616974);
  const people = Array.from({ length: Math.min(practice.patients, 60) }, (_, index) => personAt(practice, index)).filter(
    (person) => person.living && yearsOld(person, calendar.today) >= 8,
  );
  const chosen = rng.some(people, Math.min(people.length, 6));
  for (const [i, person] of chosen.entries()) {
    const discipline = i % 2 === 0 ? 'psychology' : 'physiotherapy';
    const provider = practice.providerFor(person.index, discipline);
    const isRequest = i >= 4;
    const resource: Appointment = {
      resourceType: 'Appointment',
      id: `${isRequest ? 'request' : 'waitlist'}-${(i % 4) + 1}`,
      status: isRequest ? 'proposed' : 'waitlist',
      serviceType: [concept(OWN_SERVICE, provider.usual.id, provider.usual.name)],
      specialty: [disciplineConcept(discipline)],
      // 1 is most urgent, as in the house's convention for waiting lists.
      priority: i === 2 ? 1 : 5,
      description: provider.usual.name,
      minutesDuration: provider.usual.minutes,
      created: dateText(calendar.today - rng.int(2, 14)),
      comment: rng.pick([
        'Any day, mornings',
        'After 15:00',
        'School hours',
        'Before 15:00, any physiotherapist',
        'Today if something opens',
      ]),
      participant: [
        { actor: patientReference(person), required: 'required', status: isRequest ? 'accepted' : 'needs-action' },
        { actor: practitionerReference(provider), required: 'optional', status: 'needs-action' },
      ],
      requestedPeriod: [{ start: calendar.date(calendar.today + (isRequest ? 1 : 0)), end: calendar.date(calendar.today + 14) }],
    };
    yield resource;
  }
}

/** A booking made twice by mistake: the record stays, marked as such. */
export function duplicate(original: Appointment): Appointment {
  const { slot: _, ...rest } = original;
  return { ...rest, id: `${original.id}-x`, status: 'entered-in-error' };
}
