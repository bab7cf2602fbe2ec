/**
 * Allergies and intolerances. What might be an allergy stays in view: one that nobody confirmed, or whose status cannot be read,
 * stands with the active ones. "No known allergies" is shown only as somebody's statement, never for an empty list.
 */
import { recordOf, recordsOf, textOf, textsOf, type Loose } from '../fhir/index.js';
import type { Caution } from './completeness.js';
import type { EmptyReason } from './empty-reasons.js';
import { absenceCautions, knownAbsence, type AbsenceScope, type AbsenceStatement } from './known-absence.js';
import type { ChartReading } from './reading.js';
import { baseRow, conceptTitle, distinctKeys, FactList, firstTitle, type ChartRow } from './row.js';
import { intoGroups, type SectionView, type Standing } from './section.js';
import { conceptStatus, statusCautions } from './status.js';
import { dateWhen, newestFirst, whenOf, whenSort, type When } from './when.js';

export const ALLERGY_STATUSES = ['active', 'inactive', 'resolved'] as const;
export type AllergyStatus = (typeof ALLERGY_STATUSES)[number];
export const ALLERGY_VERIFICATIONS = ['confirmed', 'unconfirmed', 'presumed', 'refuted', 'entered-in-error'] as const;
export type AllergyVerification = (typeof ALLERGY_VERIFICATIONS)[number];
export const CRITICALITIES = ['high', 'low', 'unable-to-assess'] as const;
export type Criticality = (typeof CRITICALITIES)[number];
export const REACTION_SEVERITIES = ['severe', 'moderate', 'mild'] as const;
export type ReactionSeverity = (typeof REACTION_SEVERITIES)[number];

const GROUPS = { active: 'current', unknown: 'current', inactive: 'past', refuted: 'apart', error: 'apart' } as const satisfies Record<
  string,
  Standing
>;
export type AllergyGroup = keyof typeof GROUPS;

/** One reaction, in the record's words; severity in R4's code, or as written where it is none. */
export interface Reaction {
  manifestations: readonly string[];
  severity: ReactionSeverity | undefined;
  severityWritten: string | undefined;
  /** The substance of this reaction, where it is another name than the allergy's. */
  substance: string | undefined;
  description: string | undefined;
  route: string | undefined;
  onset: When | undefined;
}

export interface AllergyRow extends ChartRow {
  status: AllergyStatus | undefined;
  verification: AllergyVerification | undefined;
  criticality: Criticality | undefined;
  /** The worst severity among the reactions. */
  severity: ReactionSeverity | undefined;
  kind: 'allergy' | 'intolerance' | undefined;
  /** R4 codes: food, medication, environment, biologic. */
  categories: readonly string[];
  reactions: readonly Reaction[];
  onset: When | undefined;
  recorded: When | undefined;
  group: AllergyGroup;
}
export type AllergiesView = SectionView<AllergyRow, AllergyGroup>;

function groupOf(status: AllergyStatus | undefined, verification: AllergyVerification | undefined): AllergyGroup {
  if (verification === 'entered-in-error') return 'error';
  if (verification === 'refuted') return 'refuted';
  if (status === undefined) return 'unknown';
  return status === 'active' ? 'active' : 'inactive';
}

function reactionOf(reaction: Loose, name: string | undefined, reading: ChartReading): Reaction {
  const { locale } = reading;
  const severity = textOf(reaction['severity']);
  const substance = conceptTitle(reaction['substance'], locale).text;
  return {
    // STU3 and R5 shapes: a concept, or a CodeableReference that holds one.
    manifestations: recordsOf(reaction['manifestation']).flatMap((one) => conceptTitle(recordOf(one['concept']) ?? one, locale).text ?? []),
    severity: REACTION_SEVERITIES.find((code) => code === severity),
    severityWritten: severity,
    substance: substance === name ? undefined : substance,
    description: textOf(reaction['description']),
    route: conceptTitle(reaction['exposureRoute'], locale).text,
    onset: dateWhen(reaction, 'onset', reading),
  };
}

function allergyRow(resource: Loose, index: number, reading: ChartReading): AllergyRow {
  const clinical = conceptStatus(resource['clinicalStatus'], ALLERGY_STATUSES, /\/allergyintolerance-clinical$|\/allergy-clinical-status$/);
  const verification = conceptStatus(
    resource['verificationStatus'],
    ALLERGY_VERIFICATIONS,
    /\/allergyintolerance-verification$|\/allergy-verification-status$/,
  );
  const group = groupOf(clinical.code, verification.code);
  const cautions: Caution[] = group === 'error' ? [] : statusCautions(clinical);
  if (verification.code === undefined && verification.written !== undefined)
    cautions.push({ code: 'verification-unknown', written: verification.written });
  if (clinical.bare || verification.bare) cautions.push({ code: 'other-version' });

  const { locale } = reading;
  const reactionRecords = recordsOf(resource['reaction']);
  const title = firstTitle(resource, [
    conceptTitle(resource['code'] ?? resource['substance'], locale),
    ...reactionRecords.map((reaction) => ({ ...conceptTitle(reaction['substance'], locale), absent: undefined })),
  ]);
  const reactions = reactionRecords.map((reaction) => reactionOf(reaction, title.text, reading));
  const onset = whenOf(resource, 'onset', reading);
  const recorded = dateWhen(
    resource,
    textOf(resource['recordedDate']) === undefined && resource['assertedDate'] !== undefined ? 'assertedDate' : 'recordedDate',
    reading,
  );

  const facts = new FactList(resource, reading)
    .concept('code', resource['code'] ?? resource['substance'])
    .concept('clinical', resource['clinicalStatus'])
    .concept('verification', resource['verificationStatus'])
    .code('kind', 'type')
    .code('category', 'category')
    .code('criticality', 'criticality')
    .when('onset', onset)
    .date('lastOccurrence', 'lastOccurrence')
    .when('recorded', recorded)
    .party('recorder', resource['recorder'])
    .party('asserter', resource['asserter'])
    .party('encounter', resource['encounter']);
  for (const reaction of reactionRecords) facts.concept('reaction', reaction['manifestation']).concept('reaction', reaction['substance']);

  const criticality = textOf(resource['criticality']);
  const kind = textOf(resource['type']);
  return {
    ...baseRow(resource, index, reading, { title, cautions, facts: facts.all, sort: whenSort(recorded) ?? whenSort(onset) }),
    status: clinical.code,
    verification: verification.code,
    criticality: CRITICALITIES.find((code) => code === criticality),
    severity: REACTION_SEVERITIES.find((code) => reactions.some(({ severity }) => severity === code)),
    kind: kind === 'allergy' || kind === 'intolerance' ? kind : undefined,
    categories: textsOf(resource['category']),
    reactions,
    onset,
    recorded,
    group,
  };
}

/** High criticality and severe reactions first, then the rest by date. */
function weight({ criticality, severity }: AllergyRow): number {
  return (criticality === 'high' ? 4 : 0) + (severity === 'severe' ? 3 : severity === 'moderate' ? 2 : severity === 'mild' ? 1 : 0);
}

const SCOPE_CATEGORY: Partial<Record<AbsenceScope, string>> = { drug: 'medication', food: 'food', environment: 'environment' };

/** Whether an allergy is one that the statement says there is none of. What category nobody recorded is not held against it. */
function contradicts(row: AllergyRow, scope: AbsenceScope): boolean {
  const category = SCOPE_CATEGORY[scope];
  return scope === 'all' || (category !== undefined && row.categories.includes(category));
}

/** @param records AllergyIntolerances of one patient, whose ownership has been checked. */
export function allergiesView(
  records: readonly unknown[],
  reading: ChartReading,
  emptyReasons: readonly EmptyReason[] = [],
): AllergiesView {
  const statements: AbsenceStatement[] = [];
  const rows: AllergyRow[] = [];
  for (const [index, record] of records.map((one) => recordOf(one) ?? {}).entries()) {
    const row = allergyRow(record, index, reading);
    const absence = row.group === 'active' || row.group === 'unknown' ? knownAbsence(record['code'] ?? record['substance']) : undefined;
    if (absence?.domain !== 'allergies') rows.push(row);
    else
      statements.push({
        ...absence,
        row: { ...row, cautions: [...row.cautions, ...absenceCautions(absence, record)] },
        verification: row.verification,
      });
  }
  const sorted = distinctKeys(rows).sort((a, b) => weight(b) - weight(a) || newestFirst(a.sort, b.sort));
  const groups = intoGroups(sorted, ({ group }) => group, GROUPS);
  const standing = groups.flatMap(({ standing, rows: list }) => (standing === 'current' ? list : []));
  const reasons = emptyReasons.filter(({ domain }) => domain === 'allergies');
  // A list that was empty before an allergy was recorded is merely old; an entry that still says "none known" contradicts it.
  const denied = reasons.some(
    ({ code, when }) => code === 'nilknown' && standing.some((row) => (row.sort ?? -Infinity) <= (whenSort(when) ?? Infinity)),
  );
  return {
    groups,
    statements: statements.sort((a, b) => newestFirst(a.row.sort, b.row.sort)),
    emptyReasons: reasons,
    contradiction: denied || statements.some(({ scope }) => standing.some((row) => contradicts(row, scope))),
    received: records.length,
  };
}
