/**
 * Servers that book by themselves: `Appointment/$find`, `$hold` and `$book` of IHE ITI Scheduling (ITI-115 to 117, which Argonaut's
 * preceded) and of Medplum. Used where the CapabilityStatement declares them.
 */
import { CareError } from '../../models/errors.js';
import type { Appointment, Bundle, Parameters, Resource, Schedule } from '../../models/fhir/index.js';
import { epochOf, textOf } from '../../models/fhir/read/index.js';
import { actorsOf } from '../../models/scheduling/availability/slots.js';
import { timeOf } from '../../models/scheduling/item.js';
import { createZoneTable, isoIn } from '../../models/scheduling/zone.js';
import { operationOf } from './can.js';
import type { BookingResult } from './claim.js';
import type { Desk } from './desk.js';
import type { BookingOffer, FindRequest, Found } from './find.js';
import { resolve } from './request.js';

/** `ihe` takes a reference to a proposed Appointment, `medplum` the Appointment itself. */
export type Dialect = 'ihe' | 'medplum';

/** How the server wants an operation; undefined where it does not declare it. */
export async function dialectOf(desk: Desk, operation: 'find' | 'hold' | 'book'): Promise<Dialect | undefined> {
  const capabilities = await desk.capabilities();
  if (operationOf(capabilities, operation) !== 'yes') return undefined;
  return /medplum/i.test(capabilities?.name ?? '') ? 'medplum' : 'ihe';
}

const appointmentsIn = (resource: Resource): Appointment[] => {
  if (resource.resourceType === 'Appointment') return [resource as Appointment];
  if (resource.resourceType === 'Parameters')
    return ((resource as Parameters).parameter ?? []).flatMap((one) => (one.resource ? appointmentsIn(one.resource as Resource) : []));
  if (resource.resourceType !== 'Bundle') return [];
  return ((resource as Bundle).entry ?? []).flatMap((entry) => (entry.resource ? appointmentsIn(entry.resource as Resource) : []));
};

/** What the server proposes, each within what was asked for: a server that ignores a bound does not put another day's times on screen. */
export async function findByOperation(desk: Desk, dialect: Dialect, request: FindRequest): Promise<Found> {
  const asked = await resolve(desk, request);
  const table = createZoneTable(asked.zone, asked.from, asked.to);
  const range = { start: isoIn(table, asked.from), end: isoIn(table, asked.to) };
  const who =
    dialect === 'medplum'
      ? { 'service-type-reference': asked.service, schedule: await schedulesOf(desk, asked.providers ?? []) }
      : { practitioner: asked.providers, location: asked.rooms, 'patient-reference': asked.patients?.[0] };
  const params = Object.fromEntries(Object.entries({ ...range, ...who }).filter(([, value]) => value !== undefined && value.length > 0));
  const answer = await desk.client.operation('Appointment/$find', { method: 'GET', params });
  const { from, to, providers, service, patients, zone, limit = 20 } = asked;
  const offers = appointmentsIn(answer).flatMap((proposed): BookingOffer[] => {
    const time = timeOf(proposed);
    if (!('end' in time) || time.start < from || time.start >= to) return [];
    return [{ zone, service, patients, providers: providers ?? [], start: time.start, end: time.end, explanation: undefined, proposed }];
  });
  return { offers: offers.sort((a, b) => a.start - b.start).slice(0, limit), complete: true };
}

async function schedulesOf(desk: Desk, providers: readonly string[]): Promise<string[]> {
  const { resources } = await desk.setting();
  return resources
    .filter(
      (one): one is Schedule => one.resourceType === 'Schedule' && actorsOf(one as Schedule).some((actor) => providers.includes(actor)),
    )
    .map(({ id }) => `Schedule/${id}`);
}

/** The server checks and writes; what it refuses throws as it says (409 and 412 are `conflict`). */
export async function byOperation(
  desk: Desk,
  dialect: Dialect,
  operation: 'hold' | 'book',
  proposed: Appointment,
  patients: readonly string[] = [],
): Promise<BookingResult> {
  const there = (proposed.participant ?? []).map(({ actor }) => textOf(actor?.reference));
  const added = patients.filter((patient) => !there.includes(patient));
  const full: Appointment = {
    ...proposed,
    participant: [...added.map((reference) => ({ actor: { reference }, status: 'needs-action' as const })), ...proposed.participant],
  };
  const byReference = dialect === 'ihe' && proposed.id !== undefined && added.length === 0;
  if (dialect === 'ihe' && operation === 'hold' && proposed.id === undefined)
    throw new CareError('unsupported', 'This server holds only what it proposed itself.');
  const parameter: Parameters['parameter'] = byReference
    ? [{ name: 'appointment-reference', valueReference: { reference: `Appointment/${proposed.id}` } }]
    : // IHE: a resource that is booked has the status pending.
      [{ name: dialect === 'ihe' ? 'appointment-resource' : 'appointment', resource: dialect === 'ihe' ? { ...full, status: 'pending' } : full }]; // prettier-ignore
  const answer = await desk.client.operation(`Appointment/$${operation}`, { method: 'POST', parameters: { resourceType: 'Parameters', parameter } }); // prettier-ignore
  const appointment = appointmentsIn(answer).find(({ start }) => epochOf(start) !== undefined);
  if (!appointment) throw new CareError('malformed', 'The server’s answer names no appointment.', { outcomeUnknown: true });
  return { state: 'booked', appointment, warnings: [] };
}
