/** Problems, and the Conditions that record them. */
import type { Condition, Reference, Resource } from '../../models/fhir/index.js';
import { dateText, type Day } from './calendar.js';
import { concept, HL7, ICD10CM, reference, SNOMED } from './codes.js';
import type { Discipline } from './crew.js';
import { disciplinesOf } from './cycles.js';
import { COMPLEX_PROBLEMS, PROBLEMS, type Problem } from './data/problems.js';
import { practitionerReference } from './providers.js';
import { patientReference } from './patient.js';
import { yearsOld, type Person } from './people.js';
import type { Practice } from './practice.js';
import { Random } from './random.js';

/** A problem that a patient has or had. */
export interface Held {
  id: string;
  problem: Problem;
  onset: Day;
  resolved: Day | undefined;
}

/** The problems of a patient, oldest first. */
export function problemsOf(practice: Practice, person: Person): readonly Held[] {
  const { today } = practice.calendar;
  const rng = new Random(practice.seed, 0x70726f62, person.index);
  const held = person.traits.has('complex') ? complex(person, today) : ordinary(practice, person, rng);
  return held.sort((a, b) => a.onset - b.onset).map((each, i) => ({ ...each, id: `${person.id}-problem-${i + 1}` }));
}

function complex(person: Person, today: Day): Held[] {
  return COMPLEX_PROBLEMS.map(({ problem, daysAgo, resolved }) => ({
    id: '',
    problem,
    onset: Math.max(person.born, today - daysAgo),
    resolved: resolved === undefined ? undefined : today - resolved,
  }));
}

function ordinary(practice: Practice, person: Person, rng: Random): Held[] {
  const { today } = practice.calendar;
  const end = person.died ?? today;
  const age = yearsOld(person, end);
  const wanted = age < 16 ? rng.int(0, 1) : Math.min(5, rng.int(0, 2) + Math.floor(age / 28));
  const fitting = (discipline: Discipline): readonly Problem[] =>
    PROBLEMS.filter((problem) => problem.discipline === discipline && age >= problem.ages[0]);
  // Whoever sees a psychologist or physiotherapist has something to see them about.
  const chosen = disciplinesOf(practice, person).filter((discipline) => discipline !== 'gp').flatMap((discipline) => rng.some(fitting(discipline), 1)); // prettier-ignore
  chosen.push(...rng.some(fitting('gp'), wanted));
  return chosen.map((problem) => {
    const earliest = person.born + problem.ages[0] * 366;
    const latest = Math.min(end - 20, person.born + problem.ages[1] * 365);
    const onset = Math.max(
      person.born,
      Math.min(end - 1, problem.passing ? end - rng.int(30, 900) : rng.int(Math.min(earliest, latest), latest)),
    );
    return { id: '', problem, onset, resolved: problem.passing && rng.chance(0.75) ? Math.min(end, onset + rng.int(10, 200)) : undefined };
  });
}

function status(code: string): Condition['clinicalStatus'] {
  return concept(`${HL7}condition-clinical`, code);
}

function condition(practice: Practice, person: Person, held: Held): Condition {
  const { problem, onset, resolved } = held;
  const provider = practice.providerFor(person.index, problem.discipline);
  const codings = [
    ...(problem.snomed ? [{ system: SNOMED, code: problem.snomed[0], display: problem.snomed[1] }] : []),
    ...(problem.icd && practice.country === 'US' ? [{ system: ICD10CM, code: problem.icd[0], display: problem.icd[1] }] : []),
  ];
  // The onset of what began long ago is remembered as a year.
  const onsetText =
    practice.calendar.today - onset > 1500
      ? dateText(onset).slice(0, 4)
      : practice.calendar.today - onset > 700
        ? dateText(onset).slice(0, 7)
        : dateText(onset);
  return {
    resourceType: 'Condition',
    id: held.id,
    clinicalStatus: status(resolved === undefined ? 'active' : 'resolved')!,
    verificationStatus: concept(`${HL7}condition-ver-status`, 'confirmed'),
    category: [concept(`${HL7}condition-category`, 'problem-list-item', 'Problem List Item')],
    code: { ...(codings.length > 0 ? { coding: codings } : {}), text: problem.text },
    subject: patientReference(person),
    onsetDateTime: onsetText,
    ...(resolved === undefined ? {} : { abatementDateTime: dateText(resolved) }),
    recordedDate: dateText(Math.min(practice.calendar.today, onset + 3)),
    recorder: practitionerReference(provider),
  };
}

export function conditionReference(held: Held): Reference {
  return reference('Condition', held.id, held.problem.text);
}

export function* conditions(practice: Practice, person: Person, problems: readonly Held[]): Generator<Resource> {
  for (const held of problems) yield condition(practice, person, held);
  const rng = new Random(practice.seed, 0x6d697374, person.index);
  const mistake = PROBLEMS.find(({ text }) => text === 'Asthma');
  if (!mistake || problems.length === 0 || !rng.chance(person.index < 30 ? 0.2 : 0.05)) return;
  // Written into the wrong chart: kept, and marked as such. R4 forbids a clinical status then.
  const { clinicalStatus: _, ...wrong } = condition(practice, person, {
    id: `${person.id}-problem-x`,
    problem: mistake,
    onset: practice.calendar.today - 200,
    resolved: undefined,
  });
  yield { ...wrong, verificationStatus: concept(`${HL7}condition-ver-status`, 'entered-in-error') };
}
