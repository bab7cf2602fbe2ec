/** Small records for the tests of scheduling. */
import type { Appointment, Encounter, Patient, Practitioner, PractitionerRole, Resource } from '../../../src/models/fhir/index.js';
import { buildDay, People, type DayInput, type DayView } from '../../../src/models/scheduling/index.js';

export const SYDNEY = 'Australia/Sydney';
export const DATE = '2026-11-23'; // a Monday, +11:00
export const at = (time: string, date = DATE, offset = '+11:00'): number => Date.parse(`${date}T${time}:00${offset}`);

type Participant = Appointment['participant'][number];

export function participant(reference: string, status: Participant['status'] = 'accepted', more: Partial<Participant> = {}): Participant {
  return { actor: { reference }, ...(status === undefined ? {} : { status }), ...more };
}

/** `09:00` to `09:45` on the date in Sydney, with a patient and a practitioner, booked and accepted. */
export function appointment(id: string, from: string, to: string, more: Partial<Appointment> = {}): Appointment {
  return {
    resourceType: 'Appointment',
    id,
    meta: { versionId: '1' },
    status: 'booked',
    start: `${DATE}T${from}:00+11:00`,
    end: `${DATE}T${to}:00+11:00`,
    participant: [participant('Patient/p1'), participant('Practitioner/okafor')],
    ...more,
  };
}

export const okafor: Practitioner = {
  resourceType: 'Practitioner',
  id: 'okafor',
  name: [{ family: 'Okafor', given: ['Amara'], prefix: ['Dr'] }],
};
export const wojcik: Practitioner = { resourceType: 'Practitioner', id: 'wojcik', name: [{ family: 'Wójcik', given: ['Tomasz'] }] };
export const patient: Patient = {
  resourceType: 'Patient',
  id: 'p1',
  name: [{ family: 'Zhao', given: ['Mei-Ling'] }],
  birthDate: '1988-02-11',
};

export function role(id: string, practitioner: string, hours: [string, string][], more: Partial<PractitionerRole> = {}): PractitionerRole {
  return {
    resourceType: 'PractitionerRole',
    id,
    practitioner: { reference: `Practitioner/${practitioner}` },
    availableTime: hours.map(([start, end]) => ({
      daysOfWeek: ['mon', 'tue', 'wed', 'thu', 'fri'],
      availableStartTime: `${start}:00`,
      availableEndTime: `${end}:00`,
    })),
    ...more,
  };
}

export interface DayOptions extends Partial<Omit<DayInput, 'people' | 'appointments'>> {
  related?: readonly Resource[];
  previous?: DayView;
  base?: string;
}

export function day(appointments: readonly Appointment[], options: DayOptions = {}): DayView {
  const { related = [okafor, wojcik, patient], previous, base, ...rest } = options;
  const zone = rest.zone ?? SYDNEY;
  const now = rest.now ?? at('11:20');
  const people = new People(related, { now, zone, locale: 'en', base });
  return buildDay({ date: DATE, now, appointments, people, ...rest, zone }, previous);
}

export const encounter = (id: string, status: Encounter['status'], start?: string): Encounter => ({
  resourceType: 'Encounter',
  id: `e-${id}`,
  ...(status === undefined ? {} : { status }),
  class: { code: 'AMB' },
  appointment: [{ reference: `Appointment/${id}` }],
  ...(start === undefined ? {} : { period: { start } }),
});
