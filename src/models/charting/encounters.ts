/** Visits: what kind, when, with whom, where and why; newest first, the ones going on now before all others. */
import {
  absentReasonOfConcept,
  conceptView,
  formatQuantity,
  recordOf,
  recordsOf,
  textOf,
  type CodeableConcept,
  type Coding,
  type Loose,
  type Quantity,
} from '../fhir/index.js';
import type { Caution } from './completeness.js';
import { partiesOf, partyOf, type Party } from './party.js';
import type { ChartReading } from './reading.js';
import { baseRow, conceptTitle, distinctKeys, FactList, firstTitle, type ChartRow, type Title } from './row.js';
import { intoGroups, type SectionView, type Standing } from './section.js';
import { codeStatus, statusCautions } from './status.js';
import { durationText, isOver, newestFirst, whenOf, whenSort, type When } from './when.js';

/** R4 encounter-status, and R5's words for the same. */
export const ENCOUNTER_STATUSES = [
  'planned', 'arrived', 'triaged', 'in-progress', 'onleave', 'finished', 'cancelled', 'entered-in-error', 'unknown',
  'on-hold', 'discharged', 'completed', 'discontinued',
] as const; // prettier-ignore
export type EncounterStatus = (typeof ENCOUNTER_STATUSES)[number];

const GROUPS = {
  now: 'current',
  planned: 'apart',
  finished: 'current',
  unknown: 'current',
  cancelled: 'apart',
  error: 'apart',
} as const satisfies Record<string, Standing>;
export type EncounterGroup = keyof typeof GROUPS;

const GROUP_OF: Readonly<Record<EncounterStatus, EncounterGroup>> = {
  planned: 'planned',
  arrived: 'now',
  triaged: 'now',
  'in-progress': 'now',
  onleave: 'now',
  'on-hold': 'now',
  discharged: 'finished',
  finished: 'finished',
  completed: 'finished',
  cancelled: 'cancelled',
  discontinued: 'cancelled',
  'entered-in-error': 'error',
  unknown: 'unknown',
};

/** v3-ActCode classes that the page has words for. */
export const ENCOUNTER_CLASSES = ['AMB', 'EMER', 'FLD', 'HH', 'IMP', 'ACUTE', 'NONAC', 'OBSENC', 'PRENC', 'SS', 'VR'] as const;
export type EncounterClass = (typeof ENCOUNTER_CLASSES)[number];

export interface EncounterRow extends ChartRow {
  status: EncounterStatus | undefined;
  class: EncounterClass | undefined;
  /** The class in the record's words, where it is none of the known codes. */
  classWritten: string | undefined;
  period: When | undefined;
  reasons: readonly string[];
  participants: readonly Party[];
  locations: readonly Party[];
  provider: Party | undefined;
  diagnoses: number;
  group: EncounterGroup;
}
export type EncountersView = SectionView<EncounterRow, EncounterGroup>;

const ACT_CODE = /\/v3-ActCode$|^urn:oid:2\.16\.840\.1\.113883\.5\.4$/;

/** R4 has one Coding, R5 a list of concepts, older records a bare code. */
function classOf(
  value: unknown,
  locale: string | undefined,
): { code: EncounterClass | undefined; written: string | undefined; concept: CodeableConcept | undefined } {
  if (typeof value === 'string')
    return { code: ENCOUNTER_CLASSES.find((code) => code === value), written: textOf(value), concept: undefined };
  const first = recordsOf(value)[0];
  const concept = (
    first && ('coding' in first || ('text' in first && !('code' in first))) ? first : first && { coding: [first as Coding] }
  ) as CodeableConcept | undefined;
  const coded = recordsOf(concept?.coding).find(
    (coding) => coding['system'] === undefined || ACT_CODE.test(textOf(coding['system']) ?? ''),
  );
  return {
    code: ENCOUNTER_CLASSES.find((code) => code === textOf(coded?.['code'])),
    written: absentReasonOfConcept(concept) ? undefined : conceptView(concept, locale).text,
    concept,
  };
}

/** R4's participant.individual, R5's actor, and R5's actor carried into R4 by extension. */
function participantReference(participant: Loose): Loose | undefined {
  const extended = recordsOf(participant['extension']).find((extension) =>
    textOf(extension['url'])?.endsWith('extension-Encounter.participant.actor'),
  );
  return recordOf(participant['individual']) ?? recordOf(participant['actor']) ?? recordOf(extended?.['valueReference']);
}

function encounterRow(resource: Loose, index: number, reading: ChartReading): EncounterRow {
  const { locale, now } = reading;
  const status = codeStatus(resource['status'], ENCOUNTER_STATUSES);
  const cls = classOf(resource['class'], locale);
  const period =
    whenOf(resource, 'period', reading) ?? whenOf(resource, 'actualPeriod', reading) ?? whenOf(resource, 'plannedPeriod', reading);
  const group: EncounterGroup = status.code === undefined ? 'unknown' : GROUP_OF[status.code];
  const cautions: Caution[] = status.code === 'unknown' ? [] : statusCautions(status);
  if (group === 'now' && period?.kind === 'period' && isOver(period, now)) cautions.push({ code: 'ended' });
  const types: Title[] = recordsOf(resource['type']).map((one) => conceptTitle(one, locale));
  const service = conceptTitle(recordsOf(resource['serviceType'])[0], locale);
  const people = recordsOf(resource['participant']).flatMap((one) => participantReference(one) ?? []);
  const places = recordsOf(resource['location']).flatMap((one) => recordOf(one['location']) ?? []);
  const diagnoses = recordsOf(resource['diagnosis']);

  const facts = new FactList(resource, reading)
    .concept('class', cls.concept ?? cls.written)
    .concept('type', resource['type'])
    .concept('service', resource['serviceType']);
  facts
    .when('period', period)
    .text(
      'length',
      durationText(recordOf(resource['length']) as Quantity | undefined, locale) ??
        formatQuantity(recordOf(resource['length']) as Quantity | undefined, locale),
    )
    .concept('reason', resource['reasonCode'] ?? (Array.isArray(resource['reason']) ? resource['reason'] : undefined))
    .party('reason', resource['reasonReference'])
    .party('participant', people)
    .party('location', places)
    .party('provider', resource['serviceProvider'])
    .concept('priority', resource['priority']);
  for (const diagnosis of diagnoses) facts.party('diagnosis', diagnosis['condition']);
  const stay = recordOf(resource['hospitalization']) ?? recordOf(resource['admission']);
  facts.concept('discharge', stay?.['dischargeDisposition']).party('partOf', resource['partOf']);

  return {
    ...baseRow(resource, index, reading, {
      title: firstTitle(resource, [...types, service]),
      cautions,
      facts: facts.all,
      sort: whenSort(period),
    }),
    status: status.code,
    class: cls.code,
    classWritten: cls.code === undefined ? cls.written : undefined,
    period,
    reasons: reasonsOf(resource, reading),
    participants: partiesOf(people, resource, reading),
    locations: partiesOf(places, resource, reading),
    provider: partyOf(resource['serviceProvider'], resource, reading),
    diagnoses: diagnoses.length,
    group,
  };
}

function reasonsOf(resource: Loose, reading: ChartReading): string[] {
  const coded = recordsOf(resource['reasonCode']).flatMap((one) => conceptTitle(one, reading.locale).text ?? []);
  const named = partiesOf(resource['reasonReference'], resource, reading).flatMap((party) =>
    party.kind === 'named' ? (party.text ?? []) : [],
  );
  return [...new Set([...coded, ...named])];
}

/** @param records Encounters of one patient, whose ownership has been checked. */
export function encountersView(records: readonly unknown[], reading: ChartReading): EncountersView {
  const rows = records.map((record, index) => encounterRow(recordOf(record) ?? {}, index, reading));
  const sorted = distinctKeys(rows.sort((a, b) => newestFirst(a.sort, b.sort)));
  return {
    groups: intoGroups(sorted, ({ group }) => group, GROUPS),
    statements: [],
    emptyReasons: [],
    contradiction: false,
    received: records.length,
  };
}
