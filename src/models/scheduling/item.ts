/** One appointment as a day shows it: its time, state, people and service, read once. */
import type { Appointment, Encounter } from '../fhir/index.js';
import { dateOf, epochOf, textOf } from '../fhir/read/index.js';
import { sessionsOf, type Booked } from './clash.js';
import type { PatientLabel, People, Provider } from './people.js';
import { serviceOf, type Service } from './service.js';
import { appointmentStatus, type LeftOut, type StatusView } from './status.js';
import { MINUTE } from './zone.js';

/** Why an appointment has no place on the grid. It is listed beside it. */
export type ApartReason =
  | 'no-start'
  | 'no-end' // a start, but neither end nor duration
  | 'no-offset' // a time without a zone: nobody knows which instant it means
  | 'unreadable-time'
  | 'ends-before-start';

export type AppointmentTime = { start: number; end: number } | { apart: ApartReason; start: number | undefined };

function instantOrReason(text: string | undefined): number | ApartReason {
  const epoch = epochOf(text);
  if (epoch !== undefined) return epoch;
  return dateOf(text)?.kind === 'wall' ? 'no-offset' : 'unreadable-time';
}

/** When an appointment is, in instants. An end that is missing is found by the duration, never guessed. */
export function timeOf(appointment: Appointment): AppointmentTime {
  const startText = textOf(appointment.start);
  const endText = textOf(appointment.end);
  if (startText === undefined) return { apart: 'no-start', start: undefined };
  const start = instantOrReason(startText);
  if (typeof start === 'string') return { apart: start, start: undefined };
  if (endText === undefined) {
    const minutes = appointment.minutesDuration;
    return typeof minutes === 'number' && minutes > 0 ? { start, end: start + minutes * MINUTE } : { apart: 'no-end', start };
  }
  const end = instantOrReason(endText);
  if (typeof end === 'string') return { apart: end, start };
  return end < start ? { apart: 'ends-before-start', start } : { start, end };
}

/** What is the same in every column an appointment stands in. */
export interface Reading extends Booked, StatusView {
  appointment: Appointment;
  patients: readonly PatientLabel[];
  providers: readonly Provider[];
  /** Places, by key where they have one: for telling that a room is taken. */
  places: readonly { key: string | undefined; name: string | undefined }[];
  service: Service | undefined;
  /** The record's own words for it, for sessions without a patient. */
  description: string | undefined;
}

export interface ReadOptions {
  people: People;
  encounters: ReadonlyMap<string, readonly Encounter[]>;
  now: number;
  locale?: string | undefined;
}

/** Encounters by the id of the appointment they are for. */
export function encountersByAppointment(encounters: readonly Encounter[]): Map<string, Encounter[]> {
  const found = new Map<string, Encounter[]>();
  for (const encounter of encounters) {
    for (const { reference } of encounter.appointment ?? []) {
      const id = /(?:^|\/)Appointment\/([A-Za-z0-9.-]{1,64})(?:\/_history\/.*)?$/.exec(reference ?? '')?.[1];
      if (id === undefined) continue;
      const list = found.get(id);
      if (list) list.push(encounter);
      else found.set(id, [encounter]);
    }
  }
  return found;
}

const NONE: readonly Encounter[] = [];

/** What is read of an appointment whether or not it has a place on the grid. */
function who(
  appointment: Appointment,
  { people, locale }: ReadOptions,
): Pick<Reading, 'patients' | 'providers' | 'places' | 'service' | 'description'> {
  return {
    patients: people.patientsOf(appointment),
    providers: people.providersOf(appointment),
    places: people.placesOf(appointment),
    service: serviceOf(appointment, locale),
    description: textOf(appointment.description),
  };
}

/** An appointment that cannot be placed in time. */
export interface Unplaced extends Omit<Reading, 'start' | 'end' | 'sessions' | 'since' | 'heldUntil'> {
  reason: ApartReason;
  start: number | undefined;
}

type Read = Reading | Unplaced | LeftOut;

/** What was read of an appointment, by the people it was read with: both are never changed in place. */
const readings = new WeakMap<People, WeakMap<Appointment, { encounters: readonly Encounter[]; locale: string | undefined; read: Read }>>();

/**
 * Reads one appointment; again only when it, the people, its encounters or the language are others.
 *
 * @param place stands in for an id where the record has none (plain data).
 */
export function readAppointment(appointment: Appointment, place: number, options: ReadOptions): Read {
  const encounters = options.encounters.get(appointment.id ?? '') ?? NONE;
  let known = readings.get(options.people);
  if (!known) readings.set(options.people, (known = new WeakMap()));
  const before = known.get(appointment);
  if (before && before.locale === options.locale && sameEncounters(before.encounters, encounters)) return before.read;
  const read = readAnew(appointment, place, encounters, options);
  // A hold ends by itself, and a record without an id is known by its place alone.
  const isLasting = appointment.id !== undefined && appointment.status !== 'pending';
  if (isLasting) known.set(appointment, { encounters, locale: options.locale, read });
  return read;
}

function sameEncounters(a: readonly Encounter[], b: readonly Encounter[]): boolean {
  return a.length === b.length && a.every((encounter, i) => encounter === b[i]);
}

function readAnew(appointment: Appointment, place: number, encounters: readonly Encounter[], options: ReadOptions): Read {
  const status = appointmentStatus(appointment, encounters, options.now);
  if (typeof status === 'string') return status;
  const time = timeOf(appointment);
  const id = appointment.id ?? `#${place}`;
  const { patients, providers, places, service, description } = who(appointment, options);
  if ('apart' in time)
    return {
      appointment,
      id,
      state: status.state,
      reason: time.apart,
      start: time.start,
      patients,
      providers,
      places,
      service,
      description,
    };
  return {
    appointment,
    id,
    start: time.start,
    end: time.end,
    state: status.state,
    since: status.since,
    heldUntil: status.heldUntil,
    sessions: sessionsOf(appointment, id),
    patients,
    providers,
    places,
    service,
    description,
  };
}
