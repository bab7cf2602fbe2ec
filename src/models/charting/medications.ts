/** Medicines: orders (MedicationRequest) and what is reported to be taken (MedicationStatement), side by side and never merged. */
import { recordOf, recordsOf, textOf, type CodeableConcept, type Loose } from '../fhir/index.js';
import { danglingContained, isGrave, type Caution } from './completeness.js';
import { dosageViews, type DosageView } from './dosage.js';
import type { EmptyReason } from './empty-reasons.js';
import { absenceCautions, knownAbsence, type AbsenceStatement } from './known-absence.js';
import { partyOf, type Party } from './party.js';
import type { ChartReading } from './reading.js';
import { baseRow, conceptTitle, distinctKeys, FactList, firstTitle, sameConcept, type ChartRow, type Title } from './row.js';
import { intoGroups, type SectionView, type Standing } from './section.js';
import { codeStatus, statusCautions } from './status.js';
import { dateWhen, isOver, newestFirst, whenOf, whenSort, type When } from './when.js';

/** R4 medicationrequest-status and medication-statement-status, and the codes that STU3 and R5 have beside them. */
export const MEDICATION_STATUSES = [
  'active', 'recorded', 'on-hold', 'draft', 'intended', 'not-taken', 'stopped', 'completed', 'cancelled', 'ended', 'entered-in-error', 'unknown',
] as const; // prettier-ignore
export type MedicationStatus = (typeof MEDICATION_STATUSES)[number];

/** `do-not` is an order not to give the medicine: it stands first and is no medicine. */
const GROUPS = {
  'do-not': 'apart',
  active: 'current',
  'on-hold': 'current',
  unknown: 'current',
  draft: 'apart',
  'not-taken': 'apart',
  past: 'past',
  error: 'apart',
} as const satisfies Record<string, Standing>;
export type MedicationGroup = keyof typeof GROUPS;

const GROUP_OF: Readonly<Record<MedicationStatus, MedicationGroup>> = {
  active: 'active',
  recorded: 'active',
  'on-hold': 'on-hold',
  draft: 'draft',
  intended: 'draft',
  'not-taken': 'not-taken',
  stopped: 'past',
  completed: 'past',
  cancelled: 'past',
  ended: 'past',
  'entered-in-error': 'error',
  unknown: 'unknown',
};

export interface MedicationRow extends ChartRow {
  kind: 'request' | 'statement';
  status: MedicationStatus | undefined;
  /** R4 intent of a request, as written: order, plan, proposal …. */
  intent: string | undefined;
  /** A plan or proposal: nobody ordered it. */
  notOrdered: boolean;
  doNotPerform: boolean;
  /** Reported by somebody rather than ordered here. */
  reported: boolean;
  reportedBy: Party | undefined;
  dosages: readonly DosageView[];
  reasons: readonly string[];
  /** When it is or was taken; for an order without one, when it was written. */
  effective: When | undefined;
  authored: When | undefined;
  by: Party | undefined;
  /** How many other current entries, of either kind, are for the same code. They are listed too. */
  alsoListed: number;
  group: MedicationGroup;
}
export type MedicationsView = SectionView<MedicationRow, MedicationGroup>;

interface Drug {
  title: Title;
  concept: CodeableConcept | undefined;
  /** The Medication resource, contained or referenced, that is drawn as part of the row. */
  resource: Loose | undefined;
  cautions: Caution[];
}

/** `medicationCodeableConcept`, `medicationReference` (contained, included, or only named), R5's `medication`. */
function drugOf(resource: Loose, reading: ChartReading): Drug {
  const codeable = recordOf(resource['medication']);
  const concept = recordOf(resource['medicationCodeableConcept']) ?? recordOf(codeable?.['concept']);
  const reference = recordOf(resource['medicationReference']) ?? recordOf(codeable?.['reference']);
  const found = reference && reading.resolver.resolve(reference, resource);
  const medication = found && found !== resource ? found : undefined;
  const own = conceptTitle(concept, reading.locale);
  const theirs = conceptTitle(medication?.['code'], reading.locale);
  const party = reference && partyOf(reference, resource, reading);
  const named: Title = { text: party?.kind === 'named' ? party.text : undefined, from: 'reference', absent: undefined };
  const ingredients = recordsOf(medication?.['ingredient']).flatMap(
    (one) => conceptTitle(one['itemCodeableConcept'], reading.locale).text ?? [],
  );
  const made: Title = { text: ingredients.join(' + ') || undefined, from: 'record', absent: undefined };
  const title = firstTitle(resource, [own, theirs, named, made]);
  const literal = textOf(reference?.['reference']);
  const missing =
    reference && !medication && title.text === undefined && literal !== undefined && !danglingContained(resource).includes(literal);
  return {
    title,
    concept: (concept ?? medication?.['code']) as CodeableConcept | undefined,
    resource: medication,
    cautions: missing ? [{ code: 'unresolved', references: [literal] }] : [],
  };
}

function drugFacts(facts: FactList, { concept, resource }: Drug): void {
  facts.concept('medication', concept).concept('form', resource?.['form']);
  for (const ingredient of recordsOf(resource?.['ingredient'])) facts.concept('ingredient', ingredient['itemCodeableConcept']);
  const batch = recordOf(resource?.['batch']);
  facts.text('batch', batch?.['lotNumber']);
}

function reasonTexts(resource: Loose, reading: ChartReading): string[] {
  const coded = recordsOf(resource['reasonCode']).flatMap((one) => conceptTitle(one, reading.locale).text ?? []);
  const referred = recordsOf(resource['reasonReference']).flatMap((one) => {
    const party = partyOf(one, resource, reading);
    return party?.kind === 'named' ? (party.text ?? []) : [];
  });
  return [...coded, ...referred];
}

/** A STU3 request has no intent, and a STU3 statement has `taken`. */
function notTaken(resource: Loose): boolean {
  return textOf(resource['taken']) === 'n';
}

function medicationRow(resource: Loose, index: number, reading: ChartReading): MedicationRow & { concept: CodeableConcept | undefined } {
  const kind = resource['resourceType'] === 'MedicationStatement' ? 'statement' : 'request';
  const status = codeStatus(resource['status'], MEDICATION_STATUSES);
  const drug = drugOf(resource, reading);
  const doNotPerform = resource['doNotPerform'] === true;
  const stated = status.code === undefined ? 'unknown' : GROUP_OF[status.code];
  const group: MedicationGroup =
    stated === 'error' || stated === 'past' ? stated : doNotPerform ? 'do-not' : notTaken(resource) ? 'not-taken' : stated;
  const effective = whenOf(resource, 'effective', reading);
  const authored = dateWhen(resource, kind === 'request' ? 'authoredOn' : 'dateAsserted', reading);
  const cautions: Caution[] = [...drug.cautions, ...(status.code === 'unknown' ? [] : statusCautions(status))];
  if (group === 'active' && effective?.kind === 'period' && isOver(effective, reading.now)) cautions.push({ code: 'ended' });

  // STU3 has the person one level down.
  const requester = recordOf(recordOf(resource['requester'])?.['agent']) ?? resource['requester'];
  const intent = kind === 'request' ? textOf(resource['intent']) : undefined;
  const facts = new FactList(resource, reading);
  drugFacts(facts, drug);
  facts
    .code('intent', 'intent')
    .concept('category', resource['category'])
    .code('priority', 'priority')
    .concept('reason', resource['reasonCode'])
    .party('reason', resource['reasonReference'])
    .concept('statusReason', resource['statusReason'])
    .when('effective', effective)
    .when(kind === 'request' ? 'authored' : 'asserted', authored)
    .party('requester', requester)
    .party('source', resource['informationSource'])
    .party('recorder', resource['recorder'])
    .party('encounter', resource['encounter'] ?? resource['context'])
    .concept('course', resource['courseOfTherapyType']);

  const reportedReference = recordOf(resource['reportedReference']);
  return {
    ...baseRow(resource, index, reading, {
      title: drug.title,
      cautions,
      also: drug.resource ? [drug.resource] : [],
      facts: facts.all,
      sort: whenSort(effective) ?? whenSort(authored),
    }),
    kind,
    status: status.code,
    intent,
    notOrdered: intent === 'plan' || intent === 'proposal' || intent === 'option',
    doNotPerform,
    reported: kind === 'statement' || resource['reportedBoolean'] === true || reportedReference !== undefined,
    reportedBy: partyOf(reportedReference ?? (kind === 'statement' ? resource['informationSource'] : undefined), resource, reading),
    dosages: dosageViews(resource['dosageInstruction'] ?? resource['dosage'], reading),
    reasons: reasonTexts(resource, reading),
    effective,
    authored,
    by: partyOf(requester, resource, reading),
    alsoListed: 0,
    group,
    concept: drug.concept,
  };
}

/** @param records MedicationRequests and MedicationStatements of one patient, whose ownership has been checked. */
export function medicationsView(
  records: readonly unknown[],
  reading: ChartReading,
  emptyReasons: readonly EmptyReason[] = [],
): MedicationsView {
  const statements: AbsenceStatement[] = [];
  const read: (MedicationRow & { concept: CodeableConcept | undefined })[] = [];
  for (const [index, record] of records.map((one) => recordOf(one) ?? {}).entries()) {
    const row = medicationRow(record, index, reading);
    const absence = GROUPS[row.group] === 'current' ? knownAbsence(row.concept) : undefined;
    if (absence?.domain !== 'medications') read.push(row);
    else
      statements.push({
        ...absence,
        row: { ...row, cautions: [...row.cautions, ...absenceCautions(absence, record)] },
        verification: undefined,
      });
  }
  const current = read.filter(({ group }) => GROUPS[group] === 'current');
  const rows = read.map(({ concept, ...row }): MedicationRow => {
    const others =
      GROUPS[row.group] === 'current'
        ? current.filter((other) => other.resource !== row.resource && sameConcept(other.concept, concept)).length
        : 0;
    return others === 0 ? row : { ...row, alsoListed: others };
  });
  const groups = intoGroups(
    distinctKeys(rows).sort((a, b) => Number(isGrave(b.cautions)) - Number(isGrave(a.cautions)) || newestFirst(a.sort, b.sort)),
    ({ group }) => group,
    GROUPS,
  );
  return {
    groups,
    statements,
    emptyReasons: emptyReasons.filter(({ domain }) => domain === 'medications'),
    contradiction: statements.some(({ scope }) => scope === 'all') && groups.some(({ name }) => name === 'active'),
    received: records.length,
  };
}
