/** Holding a time, booking it, moving to another, and giving it up. */
import { CareError } from '../../models/errors.js';
import type { Appointment, AppointmentParticipant, Reference } from '../../models/fhir/index.js';
import { cloneJson } from '../../models/fhir/json.js';
import { entriesOf, parseReference, textOf } from '../../models/fhir/read/index.js';
import { healthcareServiceOf } from '../../models/scheduling/availability/index.js';
import { CLAIMED_SINCE, extended, holdExpires } from '../../models/scheduling/booking/hold.js';
import { timeOf } from '../../models/scheduling/item.js';
import { HOLD_EXPIRES } from '../../models/scheduling/status.js';
import { createZoneTable, isoIn, MINUTE } from '../../models/scheduling/zone.js';
import type { HealthcareService } from '../../models/fhir/index.js';
import type { SearchWarning } from '../backend.js';
import { claim, type BookingResult } from './claim.js';
import type { Desk } from './desk.js';
import { resolve, type BookingRequest, type Needed, type Resolved } from './request.js';
import { releaseOperations, writeTogether } from './slots.js';

/** Minutes that a time is held unless told. */
const HOLD_MINUTES = 10;

export interface HoldOptions {
  /** How long; 10 unless told. */
  minutes?: number | undefined;
  /** Whether the record names the patients. Not unless told: a hold made by the public carries nobody's name. */
  withPatients?: boolean | undefined;
  /** More extensions for the held Appointment. */
  details?: BookingRequest['details'];
}

export async function hold(desk: Desk, request: BookingRequest, options: HoldOptions = {}): Promise<BookingResult> {
  const asked = await resolve(desk, request);
  const { minutes = HOLD_MINUTES, withPatients = false, details } = options;
  const expires = new Date(desk.now() + minutes * MINUTE).toISOString();
  const drafted = draft(desk, { ...asked, details: withPatients ? { ...asked.details, ...details } : details }, { status: 'pending', patients: withPatients ? asked.patients : [] }); // prettier-ignore
  const appointment = extended(drafted, [HOLD_EXPIRES], [{ url: HOLD_EXPIRES, valueInstant: expires }]);
  return claim(desk, { request: asked, appointment, slots: 'busy-tentative' });
}

/** A hold of one's own, with what was left out of it. */
export interface HeldBooking extends Omit<Needed, 'zone'>, Pick<BookingRequest, 'details' | 'answer' | 'accept'> {
  hold: Appointment;
  zone?: string | undefined;
}

export async function book(desk: Desk, request: BookingRequest | HeldBooking): Promise<BookingResult> {
  if ('hold' in request) return bookHold(desk, request);
  const asked = await resolve(desk, request);
  return claim(desk, { request: asked, appointment: draft(desk, asked, { status: 'booked', patients: asked.patients }), slots: 'busy' });
}

/** Under the hold's version: one that somebody else changed, or that was given up, is a ConflictError. */
async function bookHold(desk: Desk, { hold: held, ...more }: HeldBooking): Promise<BookingResult> {
  if (held.id === undefined || holdExpires(held) === undefined) throw new CareError('validation', 'This appointment is not a hold.');
  const request = await requestOf(desk, held, more);
  const since = held.meta?.lastUpdated;
  const claimed = since === undefined ? [] : [{ url: CLAIMED_SINCE, valueInstant: since }];
  const { answer = 'needs-action', patients = [], details } = request;
  const there = entriesOf(held.participant).map(({ actor }) => textOf(actor?.reference));
  const added = patients.filter((patient) => !there.includes(patient)).map((patient) => participant({ reference: patient }, answer));
  const booked = extended({ ...cloneJson(held), ...details } as Appointment, [HOLD_EXPIRES, CLAIMED_SINCE], claimed);
  const appointment: Appointment = { ...booked, status: 'booked', participant: [...added, ...answered(held, answer)] };
  return claim(desk, { request, appointment, base: held, slots: 'busy' });
}

const answered = ({ participant: all }: Appointment, answer: 'accepted' | 'needs-action'): AppointmentParticipant[] =>
  entriesOf(all).map((one) => (parsedType(one.actor) === 'Patient' && answer === 'accepted' ? { ...one, status: answer } : { ...one }));

function parsedType(reference: Reference | undefined): string | undefined {
  const parsed = parseReference(reference);
  return parsed && 'type' in parsed ? parsed.type : undefined;
}

/** The request that an appointment which exists stands for: its people, its time, and the rules of its service. */
export async function requestOf(
  desk: Desk,
  appointment: Appointment,
  more: Omit<Partial<BookingRequest>, 'start'> = {},
): Promise<BookingRequest & Resolved> {
  const time = timeOf(appointment);
  if (!('end' in time)) throw new CareError('validation', 'This appointment has no start and end.');
  const of = (...types: string[]): string[] =>
    entriesOf(appointment.participant)
      .filter(({ status, required }) => status !== 'declined' && required !== 'information-only')
      .flatMap(({ actor }) => (types.includes(parsedType(actor) ?? '') ? (textOf(actor?.reference) ?? []) : []));
  const { resources } = await desk.setting();
  const services = resources.filter((one): one is HealthcareService => one.resourceType === 'HealthcareService');
  const service = more.service ?? serviceReference(healthcareServiceOf(appointment, services));
  const patients = [...new Set([...of('Patient'), ...(more.patients ?? [])])];
  return resolve(desk, {
    ...more,
    start: time.start,
    service,
    rules: { ...more.rules, minutes: (time.end - time.start) / MINUTE },
    providers: of('Practitioner', 'PractitionerRole'),
    rooms: of('Location'),
    equipment: of('Device'),
    patients,
    ignore: appointment.id,
  });
}

const serviceReference = (service: HealthcareService | undefined): string | undefined =>
  service?.id === undefined ? undefined : `HealthcareService/${service.id}`;

export interface MoveOptions extends Pick<BookingRequest, 'zone' | 'accept' | 'rules' | 'pastAllowed'> {
  /** As it was when the move began; read where it is left out. */
  base?: Appointment | undefined;
}

/** Saves a moved appointment where its new time is free, and puts it back where a rival was faster. */
export async function move(desk: Desk, moved: Appointment, options: MoveOptions = {}): Promise<BookingResult> {
  const { base = await desk.client.read('Appointment', moved.id ?? ''), ...more } = options;
  const request = await requestOf(desk, moved, more);
  // From now on the time is claimed anew.
  return claim(desk, { request, appointment: extended(moved, [CLAIMED_SINCE]), base, slots: 'busy' });
}

/** Gives up a hold: it is cancelled under its version, and its slots are free. */
export async function release(desk: Desk, held: Appointment): Promise<{ appointment: Appointment; warnings: readonly SearchWarning[] }> {
  if (holdExpires(held) === undefined) throw new CareError('validation', 'This appointment is not a hold.');
  const { operations, warnings } = await releaseOperations(desk, entriesOf(held.slot));
  const given: Appointment = { ...extended(held, [HOLD_EXPIRES]), status: 'cancelled' };
  delete given.slot;
  const appointment = await writeTogether(desk, [...operations, { method: 'update', resource: given, base: held }], given);
  return { appointment, warnings };
}

function participant(actor: Reference, status: 'accepted' | 'needs-action'): AppointmentParticipant {
  return { actor, required: 'required', status };
}

/** The record of a booking that does not exist yet. */
export function draft(
  desk: Desk,
  { start, zone, rules, providers = [], rooms = [], equipment = [], healthcareService, details, answer = 'needs-action' }: BookingRequest & Resolved, // prettier-ignore
  { status, patients = [] }: { status: 'booked' | 'pending'; patients?: readonly string[] | undefined },
): Appointment {
  const end = start + rules.minutes * MINUTE;
  const table = createZoneTable(zone, start, end);
  const reference = serviceReference(healthcareService);
  return {
    ...(healthcareService?.type ? { serviceType: healthcareService.type } : {}),
    ...details,
    resourceType: 'Appointment',
    status,
    start: isoIn(table, start),
    end: isoIn(table, end),
    minutesDuration: Math.max(1, Math.round(rules.minutes)),
    created: new Date(desk.now()).toISOString(),
    participant: [
      ...patients.map((patient) => participant({ reference: patient }, answer)),
      ...[...providers, ...rooms, ...equipment, ...(reference === undefined ? [] : [reference])].map((one) =>
        participant({ reference: one }, 'accepted'),
      ),
    ],
  };
}
