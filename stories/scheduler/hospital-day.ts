/** A full day of a hospital: twelve clinicians, twenty-five appointments each. Invented people, the same on every run. */
import type { Appointment, Patient, Practitioner, Resource } from '../../src/models/fhir/index.js';
import { DATE, type ClinicDay } from './clinic-day.js';

const GIVEN = ['Ava', 'Noah', 'Mia', 'Leo', 'Zoe', 'Kai', 'Ivy', 'Max', 'Amy', 'Sam', 'Lin', 'Raj', 'Eli', 'Una', 'Tom', 'Kim'];
const FAMILY = [
  'Nguyen',
  'Smith',
  'Patel',
  'Brown',
  'Rossi',
  'Kaur',
  'Wilson',
  'Chen',
  'Kelly',
  'Haddad',
  'Silva',
  'Ito',
  'Young',
  'Osei',
  'Novak',
  'Reid',
];
const SERVICES = ['Review', 'First visit', 'Procedure', 'Pre-admission', 'Wound care', 'Infusion', 'Telehealth'];
const LENGTHS = [15, 20, 20, 30, 20];

/** A small generator of numbers, so that nothing depends on chance. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
}

const pick = <T>(list: readonly T[], next: () => number): T => list[Math.floor(next() * list.length)]!;

export function hospitalDay(columns = 12, each = 25): ClinicDay {
  const next = numbers(7);
  const appointments: Appointment[] = [];
  const related: Resource[] = [];
  for (let c = 0; c < columns; c++) {
    related.push({
      resourceType: 'Practitioner',
      id: `h${c}`,
      name: [{ family: FAMILY[c % FAMILY.length]!, given: [GIVEN[(c * 5) % GIVEN.length]!], prefix: ['Dr'] }],
    } satisfies Practitioner);
    let minute = 8 * 60;
    for (let i = 0; i < each; i++) {
      const id = `h${c}-${i}`;
      const length = pick(LENGTHS, next);
      const start = Date.parse(`${DATE}T00:00:00+11:00`) + minute * 60_000;
      related.push({
        resourceType: 'Patient',
        id,
        name: [{ family: pick(FAMILY, next), given: [pick(GIVEN, next)] }],
        birthDate: `${1935 + Math.floor(next() * 85)}-06-15`,
      } satisfies Patient);
      appointments.push({
        resourceType: 'Appointment',
        id,
        meta: { versionId: '1' },
        status: minute < 11 * 60 ? 'fulfilled' : next() < 0.06 ? 'cancelled' : 'booked',
        serviceType: [{ text: pick(SERVICES, next) }],
        start: new Date(start).toISOString(),
        end: new Date(start + length * 60_000).toISOString(),
        participant: [
          { actor: { reference: `Patient/${id}` }, status: next() < 0.25 ? 'needs-action' : 'accepted' },
          { actor: { reference: `Practitioner/h${c}` }, status: 'accepted' },
        ],
      });
      minute += next() < 0.04 ? length - 5 : length + (next() < 0.3 ? 5 : 0);
    }
  }
  return { appointments, related };
}
