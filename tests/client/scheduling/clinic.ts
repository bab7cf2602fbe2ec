/** A small clinic on a server, and clients of it: over the store itself, or over a wire with a personality. */
import { createEmbeddedBackend } from '../../../src/client/backends/embedded/index.js';
import { createFhirBackend } from '../../../src/client/backends/fhir/index.js';
import { CareClient } from '../../../src/client/index.js';
import { Scheduling } from '../../../src/client/scheduling.js';
import type { Appointment, HealthcareService, Location, Practitioner, PractitionerRole, Resource, Schedule, Slot } from '../../../src/models/fhir/index.js'; // prettier-ignore
import { SERVICE_EXTENSIONS } from '../../../src/models/scheduling/index.js';
import type { Personality } from '../../../src/testing/personalities.js';

export const ZONE = 'Australia/Sydney';
export const DATE = '2026-11-24'; // a Tuesday, +11:00
export const at = (time: string, date = DATE): number => Date.parse(`${date}T${time}:00+11:00`);
export const NOW = at('07:30');
export const SINGH = 'Practitioner/singh';
export const OKAFOR = 'Practitioner/okafor';
export const ROOM = 'Location/room-1';
export const CONSULT = 'HealthcareService/consult';

const minutes = (url: string, value: number): NonNullable<HealthcareService['extension']>[number] => ({
  url,
  valueDuration: { value, unit: 'min', system: 'http://unitsofmeasure.org', code: 'min' },
});

const role = (id: string): PractitionerRole => ({
  resourceType: 'PractitionerRole',
  id: `role-${id}`,
  practitioner: { reference: `Practitioner/${id}` },
  availableTime: [{ daysOfWeek: ['mon', 'tue', 'wed', 'thu', 'fri'], availableStartTime: '09:00:00', availableEndTime: '17:00:00' }],
});

export const setting = (): Resource[] => [
  { resourceType: 'Practitioner', id: 'singh', name: [{ family: 'Singh' }] } as Practitioner,
  { resourceType: 'Practitioner', id: 'okafor', name: [{ family: 'Okafor' }] } as Practitioner,
  role('singh'),
  role('okafor'),
  {
    resourceType: 'Location',
    id: 'room-1',
    status: 'active',
    name: 'Room 1',
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/timezone', valueCode: ZONE }],
  } as Location,
  ...['p1', 'p2', 'p3'].map((id): Resource => ({ resourceType: 'Patient', id })),
  {
    resourceType: 'HealthcareService',
    id: 'consult',
    active: true,
    type: [{ coding: [{ system: 'urn:test', code: 'consult' }] }],
    extension: [minutes(SERVICE_EXTENSIONS.duration, 30)],
  } as HealthcareService,
];

/** Dr Singh's slots from nine to twelve, half an hour each. */
export const slots = (): Resource[] => [
  { resourceType: 'Schedule', id: 'singh', actor: [{ reference: SINGH }] } as Schedule,
  ...Array.from({ length: 6 }, (_, i): Slot => ({
    resourceType: 'Slot',
    id: `s${i}`,
    status: 'free',
    schedule: { reference: 'Schedule/singh' },
    start: new Date(at('09:00') + i * 30 * 60_000).toISOString(),
    end: new Date(at('09:30') + i * 30 * 60_000).toISOString(),
  })),
];

export interface Clinic {
  server: ReturnType<typeof createEmbeddedBackend>;
  /** Another client over the same store. */
  here(): Scheduling;
  /** Another client over the wire, which the others know nothing of. */
  over(personality?: Personality): Scheduling;
  client(personality?: Personality): CareClient;
  appointments(): Promise<Appointment[]>;
  slot(id: string): Promise<Slot>;
}

export async function clinic(extra: readonly Resource[] = []): Promise<Clinic> {
  // Each write has an instant of its own, as on a server.
  let tick = NOW;
  const server = createEmbeddedBackend({ now: () => new Date((tick += 1)) });
  await server.import([...setting(), ...extra] as never, { validate: false });
  const all = new CareClient({ backend: server });
  const client = (personality: Personality = (handler) => handler): CareClient =>
    new CareClient({ backend: createFhirBackend({ baseUrl: server.baseUrl, fetch: personality(server.handle) }) });
  return {
    server,
    client,
    here: () => new Scheduling(new CareClient({ backend: server }), { now: () => NOW }),
    over: (personality) => new Scheduling(client(personality), { now: () => NOW }),
    appointments: async () => (await all.search('Appointment', {}).all()).items,
    slot: (id) => all.read('Slot', id),
  };
}

export const visit = (time: string, patient = 'Patient/p1', more = {}) => ({
  start: at(time),
  service: CONSULT,
  providers: [SINGH],
  patients: [patient],
  ...more,
});

export const standing = (appointments: readonly Appointment[]): Appointment[] =>
  appointments.filter(({ status }) => status === 'booked' || status === 'arrived' || status === 'pending');

/** An appointment as the server might have it. */
export const booked = (id: string, time: string, more: Partial<Appointment> = {}): Appointment => ({
  resourceType: 'Appointment',
  id,
  status: 'booked',
  start: new Date(at(time)).toISOString(),
  end: new Date(at(time) + 30 * 60_000).toISOString(),
  participant: [
    { actor: { reference: 'Patient/p3' }, status: 'accepted' },
    { actor: { reference: SINGH }, status: 'accepted' },
  ],
  ...more,
});
