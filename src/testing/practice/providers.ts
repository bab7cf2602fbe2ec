/** The people who work here, their hours and their schedules. */
import type { Practitioner, PractitionerRole, Resource, Schedule } from '../../models/fhir/index.js';
import { concept, extension, OWN, OWN_SERVICE, reference, STRUCTURE, V2, words } from './codes.js';
import { ALL_SERVICES, providerName, type Provider } from './crew.js';
import { DAYS_AHEAD } from './cycles.js';
import { hpii, npi, providerNumber } from './numbers.js';
import { disciplineConcept, ORGANISATION, SITE, WEEKDAYS } from './organisation.js';
import type { Practice } from './practice.js';
import { Random } from './random.js';

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00`;
}

export function practitionerReference(provider: Provider): { reference: string; display: string } {
  return { reference: `Practitioner/${provider.id}`, display: providerName(provider) };
}

function practitioner(practice: Practice, provider: Provider): Practitioner {
  const rng = new Random(practice.seed, 0x70726163, provider.number);
  const au = practice.country === 'AU';
  return {
    resourceType: 'Practitioner',
    id: provider.id,
    identifier: [
      au
        ? { type: concept(`${V2}0203`, 'NPI'), system: 'http://ns.electronichealth.net.au/id/hi/hpii/1.0', value: hpii(rng) }
        : { type: concept(`${V2}0203`, 'NPI'), system: 'http://hl7.org/fhir/sid/us-npi', value: npi(rng) },
    ],
    active: true,
    name: [
      {
        use: 'official',
        family: provider.family,
        given: [provider.given],
        ...(provider.prefix === undefined ? {} : { prefix: [provider.prefix] }),
      },
    ],
    gender: provider.gender,
    telecom: [{ system: 'email', value: `${provider.id}@harbourstreet.example`, use: 'work' }],
    qualification: [{ code: words(provider.title) }],
  };
}

function role(practice: Practice, provider: Provider): PractitionerRole {
  const rng = new Random(practice.seed, 0x726f6c65, provider.number);
  const { hours } = provider;
  const leave = practice.calendar.today + rng.int(20, 60);
  return {
    resourceType: 'PractitionerRole',
    id: `role-${provider.id}`,
    ...(practice.country === 'AU'
      ? { identifier: [{ system: 'http://ns.electronichealth.net.au/id/medicare-provider-number', value: providerNumber(rng) }] }
      : {}),
    active: true,
    practitioner: practitionerReference(provider),
    organization: ORGANISATION,
    code: [words(provider.title)],
    specialty: [disciplineConcept(provider.discipline)],
    location: [SITE],
    healthcareService: ALL_SERVICES.filter(({ discipline }) => discipline === provider.discipline).map(({ id, name }) =>
      reference('HealthcareService', id, name),
    ),
    availableTime: [
      { daysOfWeek: [...WEEKDAYS], availableStartTime: clock(hours.from), availableEndTime: clock(hours.breakFrom) },
      { daysOfWeek: [...WEEKDAYS], availableStartTime: clock(hours.breakTo), availableEndTime: clock(hours.to) },
    ],
    notAvailable: [
      {
        description: 'Leave',
        during: { start: practice.calendar.date(leave + DAYS_AHEAD), end: practice.calendar.date(leave + DAYS_AHEAD + 11) },
      },
    ],
  };
}

export function scheduleReference(provider: Provider): { reference: string } {
  return { reference: `Schedule/schedule-${provider.id}` };
}

function schedule(practice: Practice, provider: Provider): Schedule {
  const { calendar } = practice;
  return {
    resourceType: 'Schedule',
    id: `schedule-${provider.id}`,
    extension: [extension(`${STRUCTURE}timezone`, { valueCode: calendar.zone })],
    identifier: [{ system: `${OWN}/schedule`, value: provider.id }],
    active: true,
    serviceType: ALL_SERVICES.filter(({ discipline }) => discipline === provider.discipline).map(({ id, name }) =>
      concept(OWN_SERVICE, id, name),
    ),
    specialty: [disciplineConcept(provider.discipline)],
    actor: [
      practitionerReference(provider),
      reference('PractitionerRole', `role-${provider.id}`),
      reference('Location', provider.room.id, provider.room.name),
    ],
    planningHorizon: { start: calendar.iso(calendar.today, 0), end: calendar.iso(calendar.today + DAYS_AHEAD, 0) },
  };
}

export function* providers(practice: Practice): Generator<Resource> {
  for (const provider of practice.providers) {
    yield practitioner(practice, provider);
    yield role(practice, provider);
    yield schedule(practice, provider);
  }
}
