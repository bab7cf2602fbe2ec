/** The problem list: Conditions by clinical and verification status, with visit diagnoses folded under the problem they repeat. */
import { hasCode, recordOf, recordsOf, textOf, type CodeableConcept, type Loose } from '../fhir/index.js';
import { isGrave, type Caution } from './completeness.js';
import type { EmptyReason } from './empty-reasons.js';
import { absenceCautions, knownAbsence, type AbsenceStatement } from './known-absence.js';
import type { ChartReading } from './reading.js';
import { baseRow, conceptTitle, distinctKeys, FactList, firstTitle, sameConcept, type ChartRow } from './row.js';
import { intoGroups, type Folding, type SectionView, type Standing } from './section.js';
import { conceptStatus, statusCautions } from './status.js';
import { isOver, newestFirst, whenOf, whenSort, type When } from './when.js';

export const CLINICAL_STATUSES = ['active', 'recurrence', 'relapse', 'inactive', 'remission', 'resolved'] as const;
export type ClinicalStatus = (typeof CLINICAL_STATUSES)[number];
export const PROBLEM_VERIFICATIONS = ['confirmed', 'unconfirmed', 'provisional', 'differential', 'refuted', 'entered-in-error'] as const;
export type ProblemVerification = (typeof PROBLEM_VERIFICATIONS)[number];

/**
 * `unknown` has no clinical status that can be read. `uncertain`, `refuted` and `error` are not the patient's problems, or not
 * known to be: they stand apart and are counted there.
 */
const GROUPS = {
  active: 'current',
  unknown: 'current',
  inactive: 'past',
  uncertain: 'apart',
  refuted: 'apart',
  error: 'apart',
} as const satisfies Record<string, Standing>;
export type ProblemGroup = keyof typeof GROUPS;

export type ProblemCategory = 'problem-list-item' | 'encounter-diagnosis' | 'health-concern' | 'other';

export interface ProblemRow extends ChartRow, Folding {
  status: ClinicalStatus | undefined;
  verification: ProblemVerification | undefined;
  category: ProblemCategory;
  severity: string | undefined;
  onset: When | undefined;
  abatement: When | undefined;
  /** When it was recorded, for rows without an onset. */
  recorded: When | undefined;
  bodySites: readonly string[];
  /** Visit diagnoses of the same code and place in the body, newest first; each is a whole row of its own. */
  also: readonly ProblemRow[];
  group: ProblemGroup;
}
export type ProblemsView = SectionView<ProblemRow, ProblemGroup>;

const SNOMED = 'http://snomed.info/sct';
const LOINC = 'http://loinc.org';
const CATEGORY_SYSTEMS = [
  'http://terminology.hl7.org/CodeSystem/condition-category',
  'http://hl7.org/fhir/condition-category',
  'http://hl7.org/fhir/us/core/CodeSystem/condition-category',
];

function categoryOf(resource: Loose): ProblemCategory {
  const concepts = recordsOf(resource['category']) as readonly CodeableConcept[];
  const has = (code: string): boolean => concepts.some((concept) => CATEGORY_SYSTEMS.some((system) => hasCode(concept, system, code)));
  if (has('problem-list-item') || concepts.some((one) => hasCode(one, SNOMED, '55607006') || hasCode(one, LOINC, '75326-9')))
    return 'problem-list-item';
  if (has('encounter-diagnosis') || concepts.some((one) => hasCode(one, SNOMED, '439401001'))) return 'encounter-diagnosis';
  return has('health-concern') ? 'health-concern' : 'other';
}

function groupOf(status: ClinicalStatus | undefined, verification: ProblemVerification | undefined): ProblemGroup {
  if (verification === 'entered-in-error') return 'error';
  if (verification === 'refuted') return 'refuted';
  if (verification === 'unconfirmed' || verification === 'provisional' || verification === 'differential') return 'uncertain';
  if (status === undefined) return 'unknown';
  return status === 'active' || status === 'recurrence' || status === 'relapse' ? 'active' : 'inactive';
}

function problemRow(resource: Loose, index: number, reading: ChartReading): ProblemRow {
  const clinical = conceptStatus(resource['clinicalStatus'], CLINICAL_STATUSES, /\/condition-clinical$/);
  const verification = conceptStatus(resource['verificationStatus'], PROBLEM_VERIFICATIONS, /\/condition-ver-status$/);
  const onset = whenOf(resource, 'onset', reading);
  const abatement = whenOf(resource, 'abatement', reading);
  const recordedKey =
    textOf(resource['recordedDate']) === undefined && resource['assertedDate'] !== undefined ? 'assertedDate' : 'recordedDate';
  const group = groupOf(clinical.code, verification.code);
  const cautions: Caution[] = group === 'error' ? [] : statusCautions(clinical);
  if (verification.code === undefined && verification.written !== undefined)
    cautions.push({ code: 'verification-unknown', written: verification.written });
  if (group === 'active' && isOver(abatement, reading.now)) cautions.push({ code: 'ended' });
  if (clinical.bare || verification.bare) cautions.push({ code: 'other-version' });

  const facts = new FactList(resource, reading)
    .concept('code', resource['code'])
    .concept('clinical', resource['clinicalStatus'])
    .concept('verification', resource['verificationStatus'])
    .concept('category', resource['category'])
    .concept('severity', resource['severity'])
    .concept('bodySite', resource['bodySite'])
    .when('onset', onset)
    .when('abatement', abatement)
    .date('recorded', recordedKey)
    .party('recorder', resource['recorder'])
    .party('asserter', resource['asserter'])
    .party('encounter', resource['encounter'] ?? resource['context']);
  for (const stage of recordsOf(resource['stage'])) facts.concept('stage', stage['summary']);
  for (const evidence of recordsOf(resource['evidence'])) facts.concept('evidence', evidence['code']);
  const recorded = facts.all.find(({ name }) => name === 'recorded')?.value;

  return {
    ...baseRow(resource, index, reading, {
      title: firstTitle(resource, [conceptTitle(resource['code'], reading.locale)]),
      cautions,
      facts: facts.all,
      sort: whenSort(onset) ?? (recorded?.kind === 'when' ? whenSort(recorded.when) : undefined),
    }),
    status: clinical.code,
    verification: verification.code,
    category: categoryOf(resource),
    severity: conceptTitle(resource['severity'], reading.locale).text,
    onset,
    abatement,
    recorded: recorded?.kind === 'when' ? recorded.when : undefined,
    bodySites: recordsOf(resource['bodySite']).flatMap((site) => conceptTitle(site, reading.locale).text ?? []),
    also: [],
    group,
  };
}

const codeOf = (row: ProblemRow): CodeableConcept | undefined =>
  recordOf((row.resource as unknown as Loose)['code']) as CodeableConcept | undefined;

function sameProblem(a: ProblemRow, b: ProblemRow): boolean {
  return sameConcept(codeOf(a), codeOf(b)) && [...a.bodySites].sort().join('\n') === [...b.bodySites].sort().join('\n');
}

/** A diagnosis without a clinical status of its own, as US Core has them at visits, takes that of the problem it repeats. */
function mayHold(head: ProblemRow, row: ProblemRow): boolean {
  if (isGrave(head.cautions) || !sameProblem(head, row)) return false;
  return (
    head.group === row.group ||
    (row.group === 'unknown' && head.category === 'problem-list-item' && (head.group === 'active' || head.group === 'inactive'))
  );
}

/**
 * Folds visit diagnoses under the row they repeat: an entry of the problem list, else the newest of the diagnoses. Only within
 * one group (a resolved episode stays beside an active one), only by a shared code, and never an entry with a grave caution.
 */
function fold(rows: readonly ProblemRow[]): ProblemRow[] {
  const heads: { row: ProblemRow; also: ProblemRow[] }[] = [];
  const listFirst = rows.toSorted((a, b) => Number(a.category === 'encounter-diagnosis') - Number(b.category === 'encounter-diagnosis'));
  for (const row of listFirst) {
    const foldable = row.category === 'encounter-diagnosis' && !isGrave(row.cautions);
    const head = foldable ? heads.find((one) => mayHold(one.row, row)) : undefined;
    if (head) head.also.push(row);
    else heads.push({ row, also: [] });
  }
  return heads.map(({ row, also }) => (also.length === 0 ? row : { ...row, also })).sort((a, b) => newestFirst(a.sort, b.sort));
}

/** @param records Conditions of one patient, whose ownership has been checked. */
export function problemsView(records: readonly unknown[], reading: ChartReading, emptyReasons: readonly EmptyReason[] = []): ProblemsView {
  const statements: AbsenceStatement[] = [];
  const rows: ProblemRow[] = [];
  for (const [index, record] of records.map((one) => recordOf(one) ?? {}).entries()) {
    const row = problemRow(record, index, reading);
    const absence = row.group === 'active' || row.group === 'unknown' ? knownAbsence(record['code']) : undefined;
    if (absence?.domain !== 'problems') rows.push(row);
    else
      statements.push({
        ...absence,
        row: { ...row, cautions: [...row.cautions, ...absenceCautions(absence, record)] },
        verification: row.verification,
      });
  }
  const groups = intoGroups(fold(distinctKeys(rows.toSorted((a, b) => newestFirst(a.sort, b.sort)))), ({ group }) => group, GROUPS);
  return {
    groups,
    statements,
    emptyReasons: emptyReasons.filter(({ domain }) => domain === 'problems'),
    contradiction: statements.some(({ scope }) => scope === 'all') && groups.some(({ name }) => name === 'active'),
    received: records.length,
  };
}
