/** Vital signs, taken at a GP's visits. */
import type { Observation, ObservationComponent, Resource } from '../../models/fhir/index.js';
import { encounterReference } from './appointments.js';
import { concept, HL7, LOINC, quantity } from './codes.js';
import { patientReference } from './patient.js';
import type { Person } from './people.js';
import type { Practice } from './practice.js';
import type { Held } from './problems.js';
import { practitionerReference } from './providers.js';
import { Random } from './random.js';
import type { Visit } from './visit.js';

function vital(
  practice: Practice,
  person: Person,
  visit: Visit,
  code: readonly [string, string],
  text: string,
  value: Partial<Observation>,
): Observation {
  return {
    resourceType: 'Observation',
    id: `${visit.id}-${code[0]}`,
    status: 'final',
    category: [concept(`${HL7}observation-category`, 'vital-signs', 'Vital Signs')],
    code: concept(LOINC, code[0], code[1], text),
    subject: patientReference(person),
    encounter: encounterReference(visit),
    effectiveDateTime: practice.calendar.iso(visit.day, visit.start + 5),
    performer: [practitionerReference(visit.provider)],
    ...value,
  };
}

function pressure(code: readonly [string, string], value: number): ObservationComponent {
  return { code: concept(LOINC, code[0], code[1]), valueQuantity: quantity(value, 0, 'mmHg', 'mm[Hg]') };
}

/** Vital signs taken at a GP's visit. */
export function* vitals(practice: Practice, person: Person, visit: Visit, problems: readonly Held[]): Generator<Resource> {
  const rng = new Random(practice.seed, 0x76697461, person.index, visit.day);
  if (visit.video || !rng.chance(0.7)) return;
  const age = (visit.day - person.born) / 365.25;
  const heavy = new Random(practice.seed, 0x68656176, person.index).next();
  const kilograms = age < 18 ? 3.4 + age * 3.1 + heavy * age * 0.7 : 52 + heavy * 45 + rng.next() * 2;
  yield vital(practice, person, visit, ['29463-7', 'Body weight'], 'Weight', { valueQuantity: quantity(kilograms, 1, 'kg', 'kg') });
  yield vital(practice, person, visit, ['8867-4', 'Heart rate'], 'Heart rate', {
    valueQuantity: quantity(age < 2 ? rng.int(105, 140) : rng.int(58, 92), 0, '/min', '/min'),
  });
  if (age < 6) {
    yield vital(practice, person, visit, ['8310-5', 'Body temperature'], 'Temperature', {
      valueQuantity: quantity(36.4 + rng.next() * 1.9, 1, '°C', 'Cel'),
    });
    return;
  }
  const raised = problems.some(({ problem }) => problem.text === 'Hypertension') ? 24 : 0;
  const systolic = Math.round(108 + Math.min(age, 80) * 0.25 + raised + rng.next() * 14);
  yield vital(practice, person, visit, ['85354-9', 'Blood pressure panel with all children optional'], 'Blood pressure', {
    component: [
      pressure(['8480-6', 'Systolic blood pressure'], systolic),
      pressure(['8462-4', 'Diastolic blood pressure'], Math.round(systolic * 0.58 + rng.next() * 8)),
    ],
  });
  if (age >= 18 && rng.chance(0.3))
    yield vital(practice, person, visit, ['8302-2', 'Body height'], 'Height', { valueQuantity: quantity(152 + heavy * 34, 0, 'cm', 'cm') });
}
