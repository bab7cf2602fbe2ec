/** Where an appointment stands, changed: by the transitions of the server, with the Encounter of a check-in, one or many. */
import { CareError, isCareError } from '../../models/errors.js';
import type { Appointment, CodeableConcept, Encounter } from '../../models/fhir/index.js';
import { cloneJson } from '../../models/fhir/json.js';
import { entriesOf, referenceId } from '../../models/fhir/read/index.js';
import type { Explanation } from '../../models/scheduling/booking/explain.js';
import { CLAIMED_SINCE, extended, NO_SHOW_REASON } from '../../models/scheduling/booking/hold.js';
import { appointmentStatus, HOLD_EXPIRES, patientParticipants, takesTime } from '../../models/scheduling/status.js';
import { mayFollow, transitionsOf, type AppointmentStatus, type Transitions } from '../../models/scheduling/transitions.js';
import type { SearchWarning, WriteOperation } from '../backend.js';
import { requestOf, type MoveOptions } from './book.js';
import { claim } from './claim.js';
import type { Desk } from './desk.js';
import { releaseOperations, writeTogether } from './slots.js';

export interface StatusOptions extends Pick<MoveOptions, 'zone' | 'accept' | 'rules' | 'pastAllowed'> {
  /** Why it was cancelled or missed; words become a CodeableConcept's text. */
  reason?: string | CodeableConcept | undefined;
  /** Whether a check-in opens the Encounter; yes unless told. */
  encounter?: boolean | undefined;
}

export type StatusResult =
  | {
      readonly state: 'done';
      readonly appointment: Appointment;
      /** Opened by a check-in; one for each patient. */
      readonly encounters: readonly Encounter[];
      readonly warnings: readonly SearchWarning[];
    }
  /** This server does not go from the one to the other; `next` is where it goes. */
  | { readonly state: 'not-allowed'; readonly next: readonly AppointmentStatus[] }
  /** It would take a time that is not free. */
  | { readonly state: 'refused'; readonly explanation: Explanation }
  | { readonly state: 'withdrawn' | 'double-booked'; readonly rival: Appointment };

/** What may follow what on this server. */
export async function transitions(desk: Desk): Promise<Transitions> {
  return transitionsOf((await desk.capabilities())?.name ?? '');
}

/**
 * @param appointment as the user saw it: its version guards the write.
 * @throws ConflictError where somebody else changed it; nothing has changed then.
 */
export async function setStatus(
  desk: Desk,
  appointment: Appointment,
  to: AppointmentStatus,
  options: StatusOptions = {},
): Promise<StatusResult> {
  // prettier-ignore
  const allowed = await transitions(desk);
  const from = appointment.status as AppointmentStatus | undefined;
  if (!mayFollow(allowed, from, to)) return { state: 'not-allowed', next: (from && allowed[from]) ?? [] };
  const next = changedTo(appointment, to, options);
  if (takesTimeAnew(desk, appointment, next)) {
    const { encounter: _, reason: __, ...more } = options;
    const result = await claim(desk, { request: await requestOf(desk, next, more), appointment: next, base: appointment, slots: 'busy' });
    if (result.state === 'booked') return { state: 'done', appointment: result.appointment, encounters: [], warnings: result.warnings };
    return result.state === 'refused' ? result : { state: result.state, rival: result.rival };
  }
  if (to === 'cancelled' || to === 'entered-in-error') return giveUp(desk, appointment, next);
  if ((to === 'arrived' || to === 'checked-in') && options.encounter !== false) return checkIn(desk, appointment, next);
  return done(await desk.client.update(next, { base: appointment }));
}

const done = (appointment: Appointment, encounters: readonly Encounter[] = [], warnings: readonly SearchWarning[] = []): StatusResult => ({
  state: 'done',
  appointment,
  encounters,
  warnings,
});

/** Out of a state that keeps nobody busy into one that does: then it is a booking like any other. */
function takesTimeAnew(desk: Desk, before: Appointment, after: Appointment): boolean {
  const takes = (appointment: Appointment): boolean => {
    const status = appointmentStatus(appointment, [], desk.now());
    return typeof status !== 'string' && takesTime(status.state);
  };
  return takes(after) && !takes(before);
}

function changedTo(appointment: Appointment, to: AppointmentStatus, { reason }: StatusOptions): Appointment {
  const concept = typeof reason === 'string' ? { text: reason } : reason;
  const missed = to === 'noshow' && concept ? [{ url: NO_SHOW_REASON, valueCodeableConcept: concept }] : [];
  const dropped = [NO_SHOW_REASON, HOLD_EXPIRES, ...(to === 'cancelled' || to === 'noshow' ? [CLAIMED_SINCE] : [])];
  const next: Appointment = { ...extended(cloneJson(appointment), dropped, missed), status: to };
  // app-4: a reason stands on what was cancelled only; a no-show's is in the extension, since strict servers refuse it here.
  if (to === 'cancelled' && concept) next.cancelationReason = concept;
  else if (to !== 'cancelled') delete next.cancelationReason;
  return next;
}

async function giveUp(desk: Desk, before: Appointment, next: Appointment): Promise<StatusResult> {
  const { operations, warnings } = await releaseOperations(desk, entriesOf(before.slot));
  return done(await writeTogether(desk, [...operations, { method: 'update', resource: next, base: before }], next), [], warnings);
}

async function checkIn(desk: Desk, before: Appointment, next: Appointment): Promise<StatusResult> {
  const update: WriteOperation = { method: 'update', resource: next, base: before };
  const opened = await openedEncounters(desk, next);
  if (opened.length > 0 || patientParticipants(next).length === 0) return done(await desk.client.update(next, { base: before }), opened);
  const capabilities = await desk.capabilities();
  if (capabilities?.type('Encounter').create === 'no') {
    const message = 'This server takes no Encounter: the visit was not opened.';
    return done(await desk.client.update(next, { base: before }), [], [{ code: 'server-outcome', count: 1, message }]);
  }
  const creates = patientParticipants(next).map(({ actor }): WriteOperation => ({
    method: 'create',
    resource: arrival(next, actor, desk.now()),
  }));
  const { outcomes } = await desk.client.transaction([update, ...creates], { atomic: 'preferred' });
  const [first, ...rest] = outcomes;
  if (first?.state !== 'done') throw first?.state === 'failed' ? first.error : new CareError('server', 'The status was not changed.');
  const encounters = await Promise.all(
    rest.flatMap((outcome) => (outcome.state === 'done' ? [(outcome.resource as Encounter | undefined) ?? desk.client.read('Encounter', outcome.id)] : [])), // prettier-ignore
  );
  const left = creates.length - encounters.length;
  const message = 'The patient is checked in, but the visit could not be opened.';
  const appointment = (first.resource as Appointment | undefined) ?? (await desk.client.read('Appointment', next.id!));
  return done(appointment, encounters, left === 0 ? [] : [{ code: 'server-outcome', count: left, message }]);
}

/** Encounters of the appointment that are there already: a second check-in opens none. */
async function openedEncounters(desk: Desk, appointment: Appointment): Promise<Encounter[]> {
  try {
    const page = await desk.client.search('Encounter', { appointment: `Appointment/${appointment.id}` }).all();
    return page.items.filter(
      (encounter) =>
        encounter.status !== 'cancelled' &&
        encounter.status !== 'entered-in-error' &&
        entriesOf(encounter.appointment).some((reference) => referenceId(reference) === appointment.id),
    );
  } catch (error) {
    if (isCareError(error, 'aborted', 'auth', 'offline')) throw error;
    return [];
  }
}

const AMBULATORY = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB', display: 'ambulatory' };

function arrival(appointment: Appointment, subject: Encounter['subject'], now: number): Encounter {
  const start = new Date(now).toISOString();
  const providers = entriesOf(appointment.participant).filter(({ actor }) =>
    /(?:^|\/)Practitioner(?:Role)?\//.test(actor?.reference ?? ''),
  );
  return {
    resourceType: 'Encounter',
    status: 'arrived',
    statusHistory: [{ status: 'arrived', period: { start } }],
    class: AMBULATORY,
    ...(subject ? { subject } : {}),
    ...(providers.length > 0 ? { participant: providers.flatMap(({ actor }) => (actor ? [{ individual: actor }] : [])) } : {}),
    ...(appointment.serviceType?.[0] ? { serviceType: appointment.serviceType[0] } : {}),
    appointment: [{ reference: `Appointment/${appointment.id}` }],
    period: { start },
  };
}

export interface StatusChange extends StatusOptions {
  appointment: Appointment;
  to: AppointmentStatus;
}

/** One after the other, each by itself: what failed is said, and the others stand. */
export async function setStatuses(
  desk: Desk,
  changes: readonly StatusChange[],
): Promise<(StatusResult | { state: 'failed'; error: CareError })[]> {
  // prettier-ignore
  const results: (StatusResult | { state: 'failed'; error: CareError })[] = [];
  for (const { appointment, to, ...options } of changes) {
    try {
      results.push(await setStatus(desk, appointment, to, options));
    } catch (error) {
      // Signed out or given up: the rest would fail alike.
      if (!isCareError(error) || isCareError(error, 'aborted', 'auth')) throw error;
      results.push({ state: 'failed', error });
    }
  }
  return results;
}
