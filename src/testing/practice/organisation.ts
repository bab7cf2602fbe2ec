/** The practice itself: organisations, payers, rooms, services. */
import type { CodeableConcept, HealthcareService, Location, Organization, Resource } from '../../models/fhir/index.js';
import { concept, extension, HL7, OWN_SERVICE, reference, STRUCTURE, V2, words } from './codes.js';
import { ALL_SERVICES, ROOMS, VIDEO, type Discipline } from './crew.js';
import { HPIO, npi, phone } from './numbers.js';
import type { Practice } from './practice.js';
import { Random } from './random.js';

export const ORGANISATION = reference('Organization', 'harbour-street', 'Harbour Street Clinic');
export const LABORATORY = reference('Organization', 'tidewater-pathology', 'Tidewater Pathology');
export const SITE = reference('Location', 'harbour-street-site', 'Harbour Street Clinic');

/** Who pays: invented funds, and the two public schemes by their common names. */
export interface Payer {
  id: string;
  name: string;
  /** v3-ActCode of Coverage.type. */
  type: string;
  typeText: string;
}
export const PAYERS: Readonly<Record<'AU' | 'US', readonly Payer[]>> = {
  AU: [
    { id: 'payer-medicare-au', name: 'Medicare', type: 'PUBLICPOL', typeText: 'Medicare' },
    { id: 'payer-banksia', name: 'Banksia Health Fund', type: 'HIP', typeText: 'Private health insurance' },
    { id: 'payer-veterans', name: 'Veterans’ Affairs', type: 'PUBLICPOL', typeText: 'DVA' },
    { id: 'payer-ironbark', name: 'Ironbark Workers Insurance', type: 'WCBPOL', typeText: 'Workers compensation' },
  ],
  US: [
    { id: 'payer-medicare-us', name: 'Medicare', type: 'PUBLICPOL', typeText: 'Medicare' },
    { id: 'payer-blue-heron', name: 'Blue Heron Insurance', type: 'EHCPOL', typeText: 'Commercial' },
    { id: 'payer-summit-ridge', name: 'Summit Ridge Health Plan', type: 'HIP', typeText: 'Commercial' },
    { id: 'payer-pine-mutual', name: 'Pine Mutual Casualty', type: 'WCBPOL', typeText: 'Workers compensation' },
  ],
};

/** Palette slot, usual length and places of a service: R4 has no element for them. */
export const SERVICE_COLOUR = 'urn:carelet:extension:service-colour';
export const SERVICE_DURATION = 'urn:carelet:extension:service-duration';
export const SERVICE_CAPACITY = 'urn:carelet:extension:service-capacity';

const DISCIPLINE_NAMES: Record<Discipline, string> = { gp: 'General practice', psychology: 'Psychology', physiotherapy: 'Physiotherapy' };

export function disciplineConcept(discipline: Discipline): CodeableConcept {
  return words(DISCIPLINE_NAMES[discipline]);
}

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

function organisations(practice: Practice): Organization[] {
  const rng = new Random(practice.seed, 0x6f7267);
  const au = practice.country === 'AU';
  const clinic: Organization = {
    resourceType: 'Organization',
    id: 'harbour-street',
    identifier: [
      au
        ? {
            type: concept('http://terminology.hl7.org.au/CodeSystem/v2-0203', 'NOI', 'National Organisation Identifier'),
            system: 'http://ns.electronichealth.net.au/id/hi/hpio/1.0',
            value: HPIO,
          }
        : { type: concept(`${V2}0203`, 'NPI'), system: 'http://hl7.org/fhir/sid/us-npi', value: npi(rng) },
    ],
    active: true,
    type: [concept(`${HL7}organization-type`, 'prov', 'Healthcare Provider')],
    name: 'Harbour Street Clinic',
    telecom: [
      { system: 'phone', value: phone(rng, practice.country, false), use: 'work' },
      { system: 'email', value: 'hello@harbourstreet.example', use: 'work' },
    ],
    address: [clinicAddress(practice)],
  };
  const others = [...PAYERS.AU, ...PAYERS.US].map(({ id, name }): Organization => ({
    resourceType: 'Organization',
    id,
    active: true,
    type: [concept(`${HL7}organization-type`, 'pay', 'Payer')],
    name,
  }));
  const laboratory: Organization = {
    resourceType: 'Organization',
    id: 'tidewater-pathology',
    active: true,
    type: [concept(`${HL7}organization-type`, 'prov', 'Healthcare Provider')],
    name: 'Tidewater Pathology',
  };
  return [clinic, laboratory, ...others];
}

function clinicAddress({ country }: Practice): NonNullable<Organization['address']>[number] {
  return country === 'AU'
    ? { use: 'work', line: ['12 Harbour Street'], city: 'Balmain', state: 'NSW', postalCode: '2041', country: 'AU' }
    : { use: 'work', line: ['12 Harbour Street'], city: 'Portland', state: 'ME', postalCode: '04101', country: 'US' };
}

function locations(practice: Practice): Location[] {
  const site: Location = {
    resourceType: 'Location',
    id: 'harbour-street-site',
    extension: [extension(`${STRUCTURE}timezone`, { valueCode: practice.calendar.zone })],
    status: 'active',
    name: 'Harbour Street Clinic',
    mode: 'instance',
    address: clinicAddress(practice),
    physicalType: concept(`${HL7}location-physical-type`, 'si', 'Site'),
    managingOrganization: ORGANISATION,
    hoursOfOperation: [{ daysOfWeek: [...WEEKDAYS], openingTime: '08:00:00', closingTime: '18:00:00' }],
  };
  const rooms = ROOMS.map(({ id, name }): Location => ({
    resourceType: 'Location',
    id,
    status: 'active',
    name,
    mode: 'instance',
    physicalType: concept(`${HL7}location-physical-type`, 'ro', 'Room'),
    managingOrganization: ORGANISATION,
    partOf: SITE,
  }));
  // R4's list of physical types has no code for a video room.
  const video: Location = {
    resourceType: 'Location',
    id: VIDEO.id,
    status: 'active',
    name: VIDEO.name,
    mode: 'instance',
    physicalType: words('Virtual'),
    managingOrganization: ORGANISATION,
  };
  return [site, ...rooms, video];
}

function services(): HealthcareService[] {
  return ALL_SERVICES.map((service) => ({
    resourceType: 'HealthcareService',
    id: service.id,
    extension: [
      extension(SERVICE_COLOUR, { valueInteger: service.colour }),
      extension(SERVICE_DURATION, {
        valueDuration: { value: service.minutes, unit: 'min', system: 'http://unitsofmeasure.org', code: 'min' },
      }),
      ...(service.capacity === undefined ? [] : [extension(SERVICE_CAPACITY, { valueInteger: service.capacity })]),
    ],
    active: true,
    providedBy: ORGANISATION,
    category: [disciplineConcept(service.discipline)],
    type: [concept(OWN_SERVICE, service.id, service.name)],
    location: [SITE],
    name: service.name,
    appointmentRequired: true,
  }));
}

/** Everything but the people. */
export function* organisation(practice: Practice): Generator<Resource> {
  yield* organisations(practice);
  yield* locations(practice);
  yield* services();
}
