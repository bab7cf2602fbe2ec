/** Outcome measures through a course of therapy. */
import type { CodeableConcept, Observation, Resource } from '../../models/fhir/index.js';
import { encounterReference } from './appointments.js';
import { concept, HL7, INTERPRETATION, LOINC, OWN_TEST, quantity } from './codes.js';
import { patientReference } from './patient.js';
import type { Person } from './people.js';
import type { Practice } from './practice.js';
import { Random } from './random.js';
import type { Visit } from './visit.js';

interface Measure {
  id: string;
  name: string;
  code: CodeableConcept;
  max: number;
  min: number;
  /** From this total on it is worth a word, by the measure's own bands. */
  cutoff: number;
}

/** Totals only: the items belong to whoever wrote them. K10 as scored in Australia, 10 to 50. */
const MEASURES: readonly Measure[] = [
  { id: 'phq-9', name: 'PHQ-9', code: { coding: [{ system: LOINC, code: '44261-6' }], text: 'PHQ-9 total' }, min: 0, max: 27, cutoff: 10 },
  { id: 'gad-7', name: 'GAD-7', code: { coding: [{ system: LOINC, code: '70274-6' }], text: 'GAD-7 total' }, min: 0, max: 21, cutoff: 10 },
  {
    id: 'k10',
    name: 'K10',
    code: { coding: [{ system: OWN_TEST, code: 'k10', display: 'K10 total' }], text: 'K10 total' },
    min: 10,
    max: 50,
    cutoff: 30,
  },
];
const COMPLEX_K10 = [34, 32, 28, 25, 22, 24, 17, 20, 22, 26, 29];

/** Outcome measures at the sessions of a psychologist: distress falls through a course, and sometimes comes back. */
export function* measures(practice: Practice, person: Person, sessions: readonly Visit[]): Generator<Resource> {
  if (sessions.length === 0) return;
  const rng = new Random(practice.seed, 0x6d656173, person.index);
  const chosen = person.traits.has('complex') ? MEASURES.filter(({ id }) => id === 'k10') : rng.some(MEASURES, rng.int(1, 2));
  const asked = person.traits.has('complex') ? spread(sessions, COMPLEX_K10.length) : sessions.filter((_, i) => i % 2 === 0);
  for (const measure of chosen) {
    const start = measure.min + (measure.max - measure.min) * (0.45 + rng.next() * 0.4);
    const floor = measure.min + (measure.max - measure.min) * (0.08 + rng.next() * 0.25);
    for (const [i, session] of asked.entries()) {
      const share = asked.length === 1 ? 0 : i / (asked.length - 1);
      const reckoned = Math.round(
        floor + (start - floor) * (1 - share) ** 1.4 + (rng.next() - 0.5) * 3 + (share > 0.85 && rng.chance(0.3) ? 4 : 0),
      );
      const value =
        (person.traits.has('complex') ? COMPLEX_K10.at(i - asked.length) : undefined) ??
        Math.min(measure.max, Math.max(measure.min, reckoned));
      yield score(practice, person, session, measure, value);
    }
  }
}

/** At most `count` of them, evenly apart, the last among them. */
function spread<T>(list: readonly T[], count: number): T[] {
  if (list.length <= count) return [...list];
  return Array.from({ length: count }, (_, i) => list[Math.round(((list.length - 1) * i) / (count - 1))] as T);
}

function score(practice: Practice, person: Person, session: Visit, measure: Measure, value: number): Observation {
  return {
    resourceType: 'Observation',
    id: `${session.id}-${measure.id}`,
    status: 'final',
    category: [concept(`${HL7}observation-category`, 'survey', 'Survey')],
    code: measure.code,
    subject: patientReference(person),
    encounter: encounterReference(session),
    effectiveDateTime: practice.calendar.iso(session.day, session.start),
    performer: [patientReference(person)],
    valueQuantity: quantity(value, 0, 'score', '{score}'),
    ...(value >= measure.cutoff ? { interpretation: [concept(INTERPRETATION, 'H', 'High')] } : {}),
  };
}
