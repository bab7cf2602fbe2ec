/** A Monday at Harbour Street Clinic: invented people, five providers, every status of the look, one clash. */
import type { Appointment, Encounter, Location, Patient, Practitioner, PractitionerRole, Resource } from '../../src/models/fhir/index.js';

export const ZONE = 'Australia/Sydney';
export const DATE = '2026-11-23';
export const NOW = new Date('2026-11-23T11:20:00+11:00');

export interface ClinicDay {
  appointments: Appointment[];
  related: Resource[];
}

const at = (time: string, date = DATE, offset = '+11:00'): string => `${date}T${time}:00${offset}`;

type Hours = readonly (readonly [string, string])[];
const PROVIDERS: readonly (readonly [id: string, prefix: string, given: string, family: string, role: string, hours: Hours])[] = [
  ['okafor', 'Dr', 'Amara', 'Okafor', 'Clinical psychologist', [['09:00', '12:00'], ['12:45', '17:00']]],
  ['wojcik', '', 'Tomasz', 'Wójcik', 'Physiotherapist', [['08:00', '12:30'], ['13:15', '16:00']]],
  ['raman', '', 'Priya', 'Raman', 'Dietitian', [['09:30', '12:00'], ['12:45', '15:30']]],
  ['haddad', 'Dr', 'Leila', 'Haddad', 'Psychologist · video', [['08:00', '12:30']]],
  ['nakamura', '', 'Ben', 'Nakamura', 'Physiotherapist', [['10:00', '12:30'], ['13:15', '17:00']]],
]; // prettier-ignore

const SERVICES = {
  therapy: 'Individual therapy',
  physio: 'Physiotherapy',
  diet: 'Dietetics',
  assess: 'Assessment',
  group: 'Group',
  first: 'First visit',
} as const;
type ServiceName = keyof typeof SERVICES;

type Status = NonNullable<Appointment['status']>;
type Row = readonly [
  provider: string,
  from: string,
  to: string,
  name: string,
  birth: string,
  service: ServiceName,
  status: Status | 'asked',
  more?: { encounter?: Encounter['status']; since?: string; place?: string; reason?: string },
];

const ROWS: readonly Row[] = [
  ['okafor', '09:00', '09:50', 'Wiremu Parata', '1984-03-12', 'therapy', 'fulfilled'],
  ['okafor', '10:00', '10:50', 'Mei-Ling Zhao', '1991-07-02', 'therapy', 'fulfilled'],
  ['okafor', '11:00', '11:50', 'ليلى حسن', '1979-01-25', 'therapy', 'arrived', { encounter: 'in-progress', since: '11:02' }],
  ['okafor', '13:00', '14:30', 'Oskar Lindqvist', '2017-05-14', 'assess', 'booked'],
  ['okafor', '14:45', '15:35', 'Siobhan Gallagher', '1995-10-30', 'therapy', 'asked'],
  ['wojcik', '08:00', '08:30', 'Grace Adeyemi', '1962-12-01', 'physio', 'fulfilled'],
  ['wojcik', '08:30', '09:00', 'Luca Romano', '1988-08-19', 'physio', 'fulfilled'],
  ['wojcik', '09:15', '10:00', 'Joan Whitford', '1949-02-08', 'physio', 'noshow'],
  ['wojcik', '10:15', '11:00', 'Parveen Akhtar', '1971-06-21', 'physio', 'fulfilled'],
  ['wojcik', '11:15', '11:45', 'Diego Fuentes', '1999-04-04', 'physio', 'arrived', { encounter: 'arrived', since: '11:12' }],
  ['wojcik', '12:00', '12:30', 'Hana Kobayashi', '1986-09-09', 'physio', 'booked'],
  ['wojcik', '13:15', '14:00', 'Callum Reid', '2009-03-03', 'physio', 'booked'],
  ['wojcik', '15:15', '15:45', 'Beatriz Carvalho', '1990-11-11', 'physio', 'asked'],
  ['raman', '09:30', '10:15', 'Thomas Achterberg', '1958-01-17', 'diet', 'fulfilled'],
  ['raman', '10:30', '11:15', 'Sunita Gurung', '1983-05-29', 'diet', 'arrived', { encounter: 'in-progress', since: '10:31' }],
  ['raman', '11:30', '12:00', 'Jack Nguyen', '2001-02-14', 'diet', 'booked'],
  ['raman', '13:00', '13:45', 'Rosa Delgado', '1977-07-07', 'first', 'booked'],
  ['raman', '13:30', '14:00', 'Ewan MacLeod', '1966-10-22', 'diet', 'asked'],
  ['haddad', '08:15', '09:05', 'Anneke de Vries', '1993-03-18', 'therapy', 'fulfilled'],
  ['haddad', '09:15', '10:05', 'Matteo Bianchi', '1985-12-24', 'therapy', 'cancelled'],
  ['haddad', '10:15', '11:05', 'Ngozi Umeh', '1997-08-08', 'therapy', 'fulfilled'],
  ['haddad', '11:15', '12:05', 'Farid Rahimi', '1974-04-30', 'therapy', 'arrived', { encounter: 'in-progress', since: '11:16' }],
  ['nakamura', '10:00', '10:45', 'Ines Ferreira', '1968-06-06', 'physio', 'fulfilled'],
  ['nakamura', '10:50', '11:30', 'George Papadakis', '1952-02-02', 'physio', 'arrived', { encounter: 'in-progress', since: '10:52' }],
  ['nakamura', '11:30', '12:15', 'Yuki Tanabe', '1994-05-05', 'physio', 'arrived', { encounter: 'arrived', since: '11:17' }],
  ['nakamura', '13:30', '14:15', 'Malik Johnson', '1980-01-01', 'physio', 'booked'],
  ['nakamura', '15:30', '16:15', 'Noor El-Masri', '1989-09-19', 'physio', 'booked', { place: 'room2', reason: 'Shoulder, follow-up' }],
  ['nakamura', '16:15', '17:00', 'Pita Faleolo', '1973-12-12', 'physio', 'asked'],
];

const coded = (name: ServiceName): NonNullable<Appointment['serviceType']> => [
  { coding: [{ system: 'https://harbour.example/services', code: name, display: SERVICES[name] }] },
];

function patientOf(index: number, name: string, birthDate: string): Patient {
  const words = name.split(' ');
  const family = words.at(-1) ?? name;
  return {
    resourceType: 'Patient',
    id: `p${index}`,
    identifier: [
      {
        type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] },
        system: 'https://harbour.example/mrn',
        value: `HS-${4000 + index}`,
      },
    ],
    name: [{ use: 'official', family, given: words.slice(0, -1), text: name }],
    gender: index % 2 === 0 ? 'female' : 'male',
    birthDate,
  };
}

function appointmentOf(index: number, [provider, from, to, name, , service, status, more]: Row): Appointment {
  return {
    resourceType: 'Appointment',
    id: `a${index}`,
    meta: { versionId: '1', lastUpdated: '2026-11-20T09:00:00+11:00' },
    status: status === 'asked' ? 'booked' : status,
    serviceType: coded(service),
    start: at(from),
    end: at(to),
    ...(more?.reason === undefined ? {} : { description: more.reason }),
    participant: [
      { actor: { reference: `Patient/p${index}`, display: name }, status: status === 'asked' ? 'needs-action' : 'accepted' },
      { actor: { reference: `Practitioner/${provider}` }, status: 'accepted' },
      ...(more?.place === undefined
        ? []
        : [{ actor: { reference: `Location/${more.place}`, display: 'Room 2' }, status: 'accepted' as const }]),
    ],
  };
}

function special(): Appointment[] {
  const group: Appointment = {
    resourceType: 'Appointment',
    id: 'group',
    meta: { versionId: '1' },
    status: 'booked',
    serviceType: coded('group'),
    description: 'Mindfulness skills',
    start: at('16:00'),
    end: at('17:00'),
    participant: [{ actor: { reference: 'Practitioner/okafor' }, status: 'accepted' }],
  };
  const held: Appointment = {
    resourceType: 'Appointment',
    id: 'held',
    meta: { versionId: '1' },
    status: 'pending',
    extension: [{ url: 'urn:carelet:extension:hold-expires', valueInstant: at('12:00') }],
    serviceType: coded('first'),
    start: at('14:30'),
    end: at('15:15'),
    participant: [
      { actor: { reference: 'Patient/p90', display: 'Elin Sørensen' }, status: 'needs-action' },
      { actor: { reference: 'Practitioner/nakamura' }, status: 'needs-action' },
    ],
  };
  return [group, held];
}

/** Providers with their roles and hours. */
export function clinicProviders(): (Practitioner | PractitionerRole)[] {
  return PROVIDERS.flatMap(([id, prefix, given, family, role, hours]) => [
    {
      resourceType: 'Practitioner',
      id,
      name: [{ family, given: [given], ...(prefix === '' ? {} : { prefix: [prefix] }) }],
    } satisfies Practitioner,
    {
      resourceType: 'PractitionerRole',
      id: `role-${id}`,
      active: true,
      practitioner: { reference: `Practitioner/${id}` },
      code: [{ text: role }],
      availableTime: hours.map(([from, to]) => ({
        daysOfWeek: ['mon', 'tue', 'wed', 'thu', 'fri'],
        availableStartTime: `${from}:00`,
        availableEndTime: `${to}:00`,
      })),
    } satisfies PractitionerRole,
  ]);
}

/** The providers in the order of the clinic, as references. */
export const PROVIDER_ORDER: readonly string[] = PROVIDERS.map(([id]) => `Practitioner/${id}`);

export function clinicDay(): ClinicDay {
  const patients = ROWS.map(([, , , name, birth], i) => patientOf(i, name, birth));
  const encounters = ROWS.flatMap(([, , , , , , , more], i): Encounter[] =>
    more?.encounter === undefined
      ? []
      : [
          {
            resourceType: 'Encounter',
            id: `e${i}`,
            status: more.encounter,
            class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
            appointment: [{ reference: `Appointment/a${i}` }],
            subject: { reference: `Patient/p${i}` },
            ...(more.since === undefined ? {} : { period: { start: at(more.since) } }),
          },
        ],
  );
  const room: Location = { resourceType: 'Location', id: 'room2', name: 'Room 2' };
  return {
    appointments: [...ROWS.map((row, i) => appointmentOf(i, row)), ...special()],
    related: [...patients, patientOf(90, 'Elin Sørensen', '1998-01-31'), ...clinicProviders(), ...encounters, room],
  };
}
