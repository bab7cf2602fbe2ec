/** What is prescribed for the problems, and what people take without a prescription. */
import type { Dosage, MedicationRequest, MedicationStatement, Resource } from '../../models/fhir/index.js';
import { dateText } from './calendar.js';
import { concept, HL7, RXNORM, SNOMED, UCUM } from './codes.js';
import { doseOf, MEDICINES, type Medicine, type MedicineName } from './data/medicines.js';
import { practitionerReference } from './providers.js';
import { patientReference } from './patient.js';
import { yearsOld, type Person } from './people.js';
import type { Practice } from './practice.js';
import { conditionReference, type Held } from './problems.js';
import { Random } from './random.js';

function dosage(medicine: Medicine): Dosage {
  return {
    sequence: 1,
    text: medicine.sig,
    timing: { repeat: medicine.timing },
    ...(medicine.asNeeded ? { asNeededBoolean: true } : {}),
    route: concept(SNOMED, ...(medicine.route ?? (['26643006', 'Oral route'] as const))),
    doseAndRate: [doseOf(medicine)],
    ...(medicine.most === undefined
      ? {}
      : {
          maxDosePerPeriod: {
            numerator: { value: medicine.most, unit: 'tablet' },
            denominator: { value: 1, unit: 'day', system: UCUM, code: 'd' },
          },
        }),
  };
}

function medicationConcept({ text, rxnorm }: Medicine): MedicationRequest['medicationCodeableConcept'] {
  return { ...(rxnorm ? { coding: [{ system: RXNORM, code: rxnorm[0], display: rxnorm[1] }] } : {}), text };
}

function request(practice: Practice, person: Person, held: Held, name: MedicineName, number: number): MedicationRequest {
  const { today } = practice.calendar;
  const rng = new Random(practice.seed, 0x6d656473, person.index, number);
  const medicine: Medicine = MEDICINES[name];
  const start = Math.max(held.onset + 2, today - rng.int(40, 900));
  const end = Math.min(
    person.died ?? Infinity,
    held.resolved ?? Infinity,
    medicine.course === undefined ? Infinity : start + medicine.course,
  );
  const over = end <= today;
  const stopped = !over && !person.traits.has('complex') && rng.chance(0.1);
  const authored = over || stopped ? start : Math.max(start, today - rng.int(2, 150));
  const [quantity, unit, repeats, days] = medicine.supply;
  return {
    resourceType: 'MedicationRequest',
    id: `${person.id}-medicine-${number}`,
    status: over ? 'completed' : stopped ? 'stopped' : 'active',
    ...(stopped ? { statusReason: { text: rng.pick(['Side effects', 'No longer needed', 'Changed to another medicine']) } } : {}),
    intent: 'order',
    category: [concept(`${HL7}medicationrequest-category`, 'community', 'Community')],
    medicationCodeableConcept: medicationConcept(medicine)!,
    subject: patientReference(person),
    authoredOn: practice.calendar.iso(authored, 600),
    requester: practitionerReference(practice.providerFor(person.index, 'gp')),
    reasonReference: [conditionReference(held)],
    courseOfTherapyType:
      medicine.course === undefined
        ? concept(`${HL7}medicationrequest-course-of-therapy`, 'continuous')
        : concept(`${HL7}medicationrequest-course-of-therapy`, 'acute'),
    dosageInstruction: [dosage(medicine)],
    dispenseRequest: {
      validityPeriod: { start: dateText(authored), end: dateText(authored + 365) },
      numberOfRepeatsAllowed: repeats,
      quantity: { value: quantity, unit },
      expectedSupplyDuration: { value: days, unit: 'days', system: UCUM, code: 'd' },
    },
    substitution: { allowedBoolean: true },
  };
}

/** Prescriptions for the problems, one earlier medicine that was changed, and what the patient takes without one. */
export function* medicines(practice: Practice, person: Person, problems: readonly Held[]): Generator<Resource> {
  const rng = new Random(practice.seed, 0x70726573, person.index);
  const given = new Set<string>();
  let number = 0;
  for (const held of problems) {
    const names = (held.problem.medicines ?? []) as readonly MedicineName[];
    for (const name of person.traits.has('complex') ? names : rng.some(names, rng.chance(0.7) ? 1 : 0)) {
      if (given.has(name) || person.born + 365 * 5 > practice.calendar.today) continue;
      given.add(name);
      yield request(practice, person, held, name, ++number);
    }
  }
  if (person.traits.has('complex') && problems[0])
    yield {
      ...request(practice, person, problems[0], 'escitalopram', ++number),
      status: 'stopped',
      statusReason: { text: 'Changed to another medicine' },
      authoredOn: practice.calendar.iso(practice.calendar.today - 1090, 600),
    };
  if (yearsOld(person, practice.calendar.today) < 18 || !rng.chance(0.3)) return;
  const name = rng.pick(['vitaminD', 'paracetamol'] as const);
  if (given.has(name)) return;
  const medicine: Medicine = MEDICINES[name];
  const stopped = person.living ? undefined : (person.died ?? practice.calendar.today - 200);
  const started = (stopped ?? practice.calendar.today) - rng.int(100, 900);
  const statement: MedicationStatement = {
    resourceType: 'MedicationStatement',
    id: `${person.id}-takes-1`,
    status: person.living ? 'active' : 'completed',
    medicationCodeableConcept: medicationConcept(medicine)!,
    subject: patientReference(person),
    effectivePeriod: {
      start: dateText(started).slice(0, 7),
      ...(stopped === undefined ? {} : { end: dateText(stopped) }),
    },
    dateAsserted: dateText((stopped ?? practice.calendar.today) - rng.int(5, 90)),
    informationSource: patientReference(person),
    dosage: [dosage(medicine)],
    note: [{ text: 'Bought without a prescription.' }],
  };
  yield statement;
}
