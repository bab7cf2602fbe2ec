/** Laboratory results over years: panels, ranges, flags, runs of abnormal values, one that is critical. */
import type { CodeableConcept, DiagnosticReport, Observation, Resource } from '../../models/fhir/index.js';
import type { Day } from './calendar.js';
import { concept, HL7, INTERPRETATION, LOINC, OWN_TEST, quantity, reference, V2 } from './codes.js';
import { COMPLEX_DAYS, COMPLEX_RESULTS, PANELS, type Panel, type Test } from './data/tests.js';
import { LABORATORY } from './organisation.js';
import { patientReference } from './patient.js';
import { yearsOld, type Person } from './people.js';
import type { Practice } from './practice.js';
import type { Held } from './problems.js';
import { Random } from './random.js';

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
