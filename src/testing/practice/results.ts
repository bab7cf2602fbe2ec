/** Laboratory results over years, vital signs at visits, and outcome measures through a course of therapy. */
import type { CodeableConcept, DiagnosticReport, Observation, ObservationComponent, Reference, Resource } from '../../models/fhir/index.js';
import type { Day } from './calendar.js';
import { concept, HL7, LOINC, OWN_TEST, quantity, reference, V2 } from './codes.js';
import { COMPLEX_DAYS, COMPLEX_RESULTS, PANELS, type Panel, type Test } from './data/tests.js';
import { encounterReference } from './appointments.js';
import { LABORATORY, practitionerReference } from './organisation.js';
import { patientReference } from './patient.js';
import { yearsOld, type Person } from './people.js';
import type { Practice } from './practice.js';
import type { Held } from './problems.js';
import { Random } from './random.js';
import type { Visit } from './visit.js';

const INTERPRETATION = `${HL7}v3-ObservationInterpretation`;
const FLAGS: Readonly<Record<string, string>> = { N: 'Normal', H: 'High', L: 'Low', HH: 'Critical high', LL: 'Critical low' };

function flagOf(value: number, { low, high, criticalLow, criticalHigh }: Test): string {
  if (criticalHigh !== undefined && value >= criticalHigh) return 'HH';
  if (criticalLow !== undefined && value <= criticalLow) return 'LL';
  if (high !== undefined && value > high) return 'H';
  return low !== undefined && value < low ? 'L' : 'N';
}

function rangeOf({ low, high, decimals, unit, ucum }: Test): NonNullable<Observation['referenceRange']>[number] {
  return {
    ...(low === undefined ? {} : { low: quantity(low, decimals, unit, ucum) }),
    ...(high === undefined ? {} : { high: quantity(high, decimals, unit, ucum) }),
    type: concept(`${HL7}referencerange-meaning`, 'normal'),
  };
}

function testCode({ id, name, loinc }: Test): CodeableConcept {
  return {
    coding: [...(loinc === undefined ? [] : [{ system: LOINC, code: loinc }]), { system: OWN_TEST, code: id, display: name }],
    text: name,
  };
}

/** A result; `null` was not done, `undefined` is still to come. */
function result(practice: Practice, person: Person, test: Test, id: string, day: Day, value: number | null | undefined): Observation {
  const { calendar } = practice;
  const base = {
    resourceType: 'Observation' as const,
    id,
    category: [concept(`${HL7}observation-category`, 'laboratory', 'Laboratory')],
    code: testCode(test),
    subject: patientReference(person),
    effectiveDateTime: calendar.iso(day, 500),
    performer: [LABORATORY],
    referenceRange: [rangeOf(test)],
  };
  if (value === undefined) return { ...base, status: 'registered' };
  if (value === null)
    return { ...base, status: 'cancelled', dataAbsentReason: concept(`${HL7}data-absent-reason`, 'not-performed', 'Not Performed') };
  const flag = flagOf(value, test);
  return {
    ...base,
    status: 'final',
    issued: calendar.iso(day, 900),
    valueQuantity: quantity(value, test.decimals, test.unit, test.ucum),
    interpretation: [concept(INTERPRETATION, flag, FLAGS[flag])],
    ...(flag === 'HH' ? { note: [{ text: 'Rung through to the clinic by the laboratory.', time: calendar.iso(day, 920) }] } : {}),
  };
}

function report(practice: Practice, person: Person, panel: Panel, id: string, day: Day, results: readonly Observation[]): DiagnosticReport {
  const pending = results.some(({ status }) => status === 'registered');
  return {
    resourceType: 'DiagnosticReport',
    id,
    status: pending ? 'partial' : 'final',
    category: [concept(`${V2}0074`, 'LAB', 'Laboratory')],
    code: { coding: [{ system: OWN_TEST, code: `panel-${panel.id}`, display: panel.name }], text: panel.name },
    subject: patientReference(person),
    effectiveDateTime: practice.calendar.iso(day, 500),
    issued: practice.calendar.iso(day, 930),
    performer: [LABORATORY],
    result: results.map(({ id: observation }) => reference('Observation', observation ?? '')),
  };
}

/** Values through time: a well person strays about the usual, a sick one drifts away from it and partly back. */
function valueAt(test: Test, rng: Random, progress: number, sick: boolean): number {
  const stray = (rng.next() + rng.next() - 1) * test.spread;
  const bend = sick ? Math.sin(progress * Math.PI * 0.85) * test.drift * (0.55 + rng.next() * 0.45) : 0;
  return Math.max(0, test.usual + stray + bend);
}

export function* laboratory(practice: Practice, person: Person, problems: readonly Held[]): Generator<Resource> {
  if (person.traits.has('complex')) {
    yield* complexResults(practice, person);
    return;
  }
  const { today } = practice.calendar;
  const end = Math.min(person.died ?? today, person.living ? today : today - 200);
  const panels = new Map<string, Held | undefined>();
  for (const held of problems) for (const id of held.problem.panels ?? []) panels.set(id, held);
  const rng = new Random(practice.seed, 0x6c616273, person.index);
  if (yearsOld(person, end) >= 30 && rng.chance(0.5)) panels.set('blood-count', panels.get('blood-count'));
  for (const [id, held] of panels) {
    const panel = PANELS[id];
    if (!panel) continue;
    const first = Math.max(today - 1060, person.born + 400, held ? held.onset - 10 : 0);
    const times = Math.max(1, Math.min(held ? 7 : 3, Math.floor((end - first) / 120)));
    const sick = held !== undefined;
    for (let i = 0; i < times; i++) {
      const day = weekdayNear(first + Math.floor(((end - first - 6) * (i + 1)) / times) - rng.int(0, 20), end - 1);
      if (day <= person.born) continue;
      const stem = `${person.id}-${id}-${i + 1}`;
      const results = panel.tests.map((test) =>
        result(practice, person, test, `${stem}-${test.id}`, day, Number(valueAt(test, rng, (i + 1) / times, sick).toFixed(test.decimals))),
      );
      yield* results;
      yield report(practice, person, panel, stem, day, results);
    }
  }
}

/** Blood is taken on weekdays. */
function weekdayNear(day: Day, latest: Day): Day {
  let near = Math.min(day, latest);
  while ([0, 6].includes((((near + 4) % 7) + 7) % 7)) near--;
  return near;
}

function* complexResults(practice: Practice, person: Person): Generator<Resource> {
  const panel = PANELS['lithium'];
  if (!panel) return;
  for (const [i, ago] of COMPLEX_DAYS.entries()) {
    const day = weekdayNear(practice.calendar.today - ago, practice.calendar.today - 1);
    const stem = `${person.id}-lithium-${i + 1}`;
    const results = panel.tests.map((test) => result(practice, person, test, `${stem}-${test.id}`, day, COMPLEX_RESULTS[test.id]?.[i]));
    yield* results;
    yield report(practice, person, panel, stem, day, results);
  }
}

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
    performer: [patientReference(person) as Reference],
    valueQuantity: quantity(value, 0, 'score', '{score}'),
    ...(value >= measure.cutoff ? { interpretation: [concept(INTERPRETATION, 'H', 'High')] } : {}),
  };
}
