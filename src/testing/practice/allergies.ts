/** Allergies, statements that there are none, and vaccines. */
import type { AllergyIntolerance, CodeableConcept, Immunization, Resource } from '../../models/fhir/index.js';
import { dateText } from './calendar.js';
import { concept, CVX, HL7, SNOMED, words } from './codes.js';
import { practitionerReference } from './providers.js';
import { patientReference } from './patient.js';
import { yearsOld, type Person } from './people.js';
import type { Practice } from './practice.js';
import { Random } from './random.js';

interface AllergyKind {
  code: CodeableConcept;
  category: NonNullable<AllergyIntolerance['category']>[number];
  manifestation: CodeableConcept;
  severity: 'mild' | 'moderate' | 'severe';
  intolerance?: boolean;
}

const PENICILLIN: AllergyKind = {
  code: concept(SNOMED, '764146007', 'Penicillin', 'Penicillin'),
  category: 'medication',
  manifestation: concept(SNOMED, '39579001', 'Anaphylaxis', 'Anaphylaxis'),
  severity: 'severe',
};
const LATEX: AllergyKind = {
  code: concept(SNOMED, '111088007', 'Latex', 'Latex'),
  category: 'environment',
  manifestation: words('Contact rash'),
  severity: 'mild',
};
const KINDS: readonly AllergyKind[] = [
  PENICILLIN,
  LATEX,
  {
    code: concept(SNOMED, '762952008', 'Peanut', 'Peanut'),
    category: 'food',
    manifestation: concept(SNOMED, '39579001', 'Anaphylaxis', 'Anaphylaxis'),
    severity: 'severe',
  },
  {
    code: concept(SNOMED, '387207008', 'Ibuprofen', 'Ibuprofen'),
    category: 'medication',
    manifestation: concept(SNOMED, '126485001', 'Urticaria', 'Hives'),
    severity: 'moderate',
  },
  {
    code: words('Codeine'),
    category: 'medication',
    manifestation: concept(SNOMED, '422587007', 'Nausea', 'Nausea'),
    severity: 'mild',
    intolerance: true,
  },
  { code: words('Grass pollen'), category: 'environment', manifestation: words('Hay fever'), severity: 'mild' },
];

const CLINICAL = `${HL7}allergyintolerance-clinical`;
const VERIFICATION = `${HL7}allergyintolerance-verification`;

function allergy(practice: Practice, person: Person, kind: AllergyKind, number: number, refuted: boolean): AllergyIntolerance {
  const rng = new Random(practice.seed, 0x616c6c65, person.index, number);
  return {
    resourceType: 'AllergyIntolerance',
    id: `${person.id}-allergy-${number}`,
    clinicalStatus: concept(CLINICAL, refuted ? 'inactive' : 'active'),
    verificationStatus: concept(
      VERIFICATION,
      refuted ? 'refuted' : rng.chance(0.8) || person.traits.has('complex') ? 'confirmed' : 'unconfirmed',
    ),
    type: kind.intolerance ? 'intolerance' : 'allergy',
    category: [kind.category],
    criticality: kind.severity === 'severe' ? 'high' : 'low',
    code: kind.code,
    patient: patientReference(person),
    onsetDateTime: dateText(Math.max(person.born, practice.calendar.today - rng.int(400, 9000))).slice(0, 4),
    recordedDate: dateText(Math.max(person.born, Math.min(practice.calendar.today, person.died ?? Infinity) - rng.int(10, 700))),
    recorder: practitionerReference(practice.providerFor(person.index, 'gp')),
    reaction: [{ manifestation: [kind.manifestation], severity: kind.severity }],
  };
}

/** Some have allergies, most were asked and have none, and a few were never asked: then there is no entry at all. */
export function* allergies(practice: Practice, person: Person): Generator<Resource> {
  const rng = new Random(practice.seed, 0x616c6c31, person.index);
  if (person.traits.has('complex')) {
    yield allergy(practice, person, PENICILLIN, 1, false);
    yield allergy(practice, person, LATEX, 2, false);
    return;
  }
  if (person.traits.has('no-allergies-asked')) return;
  const chance = rng.next();
  if (chance < 0.35) {
    for (const [i, kind] of rng.some(KINDS, rng.chance(0.25) ? 2 : 1).entries()) yield allergy(practice, person, kind, i + 1, false);
    return;
  }
  if (chance < 0.42) yield allergy(practice, person, PENICILLIN, 1, true);
  if (chance > 0.85) return;
  const none: AllergyIntolerance = {
    resourceType: 'AllergyIntolerance',
    id: `${person.id}-allergy-none`,
    clinicalStatus: concept(CLINICAL, 'active'),
    verificationStatus: concept(VERIFICATION, 'confirmed'),
    code: concept(SNOMED, '716186003', 'No known allergy', 'No known allergies'),
    patient: patientReference(person),
    recordedDate: dateText(Math.max(person.born, Math.min(practice.calendar.today, person.died ?? Infinity) - rng.int(5, 500))),
    recorder: practitionerReference(practice.providerFor(person.index, 'gp')),
  };
  yield none;
}

/** CVX code, words, and the age in days at which a child is given it. */
const CHILD_VACCINES = [
  ['08', 'Hepatitis B, birth dose', 1],
  ['20', 'Diphtheria, tetanus, pertussis', 62],
  ['133', 'Pneumococcal conjugate', 62],
  ['20', 'Diphtheria, tetanus, pertussis', 122],
  ['20', 'Diphtheria, tetanus, pertussis', 184],
  ['03', 'Measles, mumps, rubella', 370],
  ['21', 'Varicella', 550],
] as const;

function immunization(
  practice: Practice,
  person: Person,
  number: number,
  code: string,
  text: string,
  day: number,
  given: boolean,
): Immunization {
  return {
    resourceType: 'Immunization',
    id: `${person.id}-vaccine-${number}`,
    status: given ? 'completed' : 'not-done',
    ...(given ? {} : { statusReason: concept(`${HL7}v3-ActReason`, 'PATOBJ', 'patient objection') }),
    vaccineCode: concept(CVX, code, undefined, text),
    patient: patientReference(person),
    occurrenceDateTime: dateText(day),
    primarySource: true,
    ...(given
      ? {
          lotNumber: `HS${String(day % 10_000).padStart(4, '0')}`,
          performer: [{ actor: practitionerReference(practice.providerFor(person.index, 'gp')) }],
        }
      : {}),
  };
}

export function* immunizations(practice: Practice, person: Person): Generator<Resource> {
  const { today } = practice.calendar;
  const end = person.died ?? today;
  let number = 0;
  if (yearsOld(person, end) < 6) {
    for (const [code, text, age] of CHILD_VACCINES)
      if (person.born + age < end) yield immunization(practice, person, ++number, code, text, person.born + age, true);
    return;
  }
  // The one whose chart is full has none recorded: asked of the register, not assumed.
  if (person.traits.has('complex')) return;
  const rng = new Random(practice.seed, 0x76616363, person.index);
  const keen = yearsOld(person, end) >= 65 ? 0.85 : 0.4;
  for (let year = 2; year >= 0; year--) {
    const day = today - year * 365 - rng.int(120, 240);
    if (day < end && rng.chance(keen)) yield immunization(practice, person, ++number, '140', 'Influenza, this season', day, true);
  }
  if (rng.chance(0.6)) yield immunization(practice, person, ++number, '207', 'COVID-19', Math.min(end, today - rng.int(200, 1100)), true);
  if (rng.chance(0.06)) yield immunization(practice, person, ++number, '140', 'Influenza, this season', Math.min(end, today - 60), false);
}
