/**
 * The re-check of search results against the patient asked for. A server that ignores a parameter, joins records or fails in
 * another way must not put another patient's rows on screen.
 */
import type { Resource } from '../models/fhir/index.js';
import type { SearchWarning } from './backend.js';
import { localReference } from './references.js';
import { hasSubject, subjectReferences } from './patient-paths.js';

/** The id of a patient on this server by a reference to it (`Patient/p1`, absolute, versioned); undefined for any other reference. */
export function patientId(reference: unknown, baseUrl: string): string | undefined {
  const local = localReference(reference, baseUrl);
  return local?.startsWith('Patient/') ? local.slice('Patient/'.length) : undefined;
}

export type PatientVerdict = 'same' | 'other' | 'undecided';

/**
 * Whether a row belongs to the patient with id `wanted`. `merged` holds ids that a Patient.link (replaced-by, replaces) ties to
 * it: whose a row of theirs is, only a person can say. A row with several subjects (an appointment of a couple) belongs to each.
 */
export function patientVerdict(row: Resource, wanted: string, baseUrl: string, merged: ReadonlySet<string>): PatientVerdict {
  const named = row.resourceType === 'Patient' ? [row.id] : subjectReferences(row).map((reference) => patientId(reference, baseUrl));
  const ids = named.filter((id) => id !== undefined);
  if (ids.includes(wanted)) return 'same';
  return ids.length === 0 || ids.some((id) => merged.has(id)) ? 'undecided' : 'other';
}

function mergedWith(wanted: string, rows: readonly Resource[], baseUrl: string): ReadonlySet<string> {
  const merged = new Set<string>();
  for (const row of rows) {
    if (row.resourceType !== 'Patient' || row.id === undefined || !Array.isArray(row.link)) continue;
    for (const link of row.link) {
      if (link?.type !== 'replaced-by' && link?.type !== 'replaces') continue;
      const other = patientId(link.other?.reference, baseUrl);
      if (row.id === wanted && other !== undefined) merged.add(other);
      if (other === wanted) merged.add(row.id);
    }
  }
  return merged;
}

function referencesIn(value: unknown, baseUrl: string, found: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) referencesIn(item, baseUrl, found);
  else if (typeof value === 'object' && value !== null)
    for (const [key, member] of Object.entries(value))
      if (key === 'reference' && typeof member === 'string') found.add(localReference(member, baseUrl) ?? member);
      else referencesIn(member, baseUrl, found);
}

const keyOf = (row: Resource): string => `${row.resourceType}/${row.id}`;

/**
 * Withholds the rows of a page that are not, or not surely, the patient's. What came along by include stays when it is about
 * nobody (practitioners, places), is the patient's, is about a row that stays (its Provenance), or is pointed at by one
 * (the other guest of an appointment).
 *
 * @param patient `Patient/p1`, or the bare id.
 */
export function keepPatient<T extends Resource>(
  page: { items: readonly T[]; included: readonly Resource[] },
  patient: string,
  baseUrl: string,
): { items: T[]; included: Resource[]; warnings: SearchWarning[] } {
  const wanted = patientId(patient, baseUrl) ?? patient;
  const merged = mergedWith(wanted, [...page.items, ...page.included], baseUrl);
  const withheld = { same: 0, other: 0, undecided: 0 };
  const belongs = (row: Resource): boolean => {
    const verdict = patientVerdict(row, wanted, baseUrl, merged);
    withheld[verdict]++;
    return verdict === 'same';
  };

  const items = page.items.filter(belongs);
  const kept = new Set(items.map(keyOf));
  const pointedAt = new Set<string>();
  for (const row of [...items, ...page.included.filter((one) => !hasSubject(one.resourceType))]) referencesIn(row, baseUrl, pointedAt);
  const included = page.included.filter(
    (row) =>
      !hasSubject(row.resourceType) ||
      pointedAt.has(keyOf(row)) ||
      subjectReferences(row).some((reference) => kept.has(localReference(reference, baseUrl) ?? '')) ||
      belongs(row),
  );

  const warnings: SearchWarning[] = [];
  if (withheld.other > 0)
    warnings.push({ code: 'other-patient', count: withheld.other, message: 'Rows of another patient came back and are withheld.' });
  if (withheld.undecided > 0)
    warnings.push({
      code: 'undecided-patient',
      count: withheld.undecided,
      message: 'Rows that do not say clearly whose they are came back and are withheld.',
    });
  return { items, included, warnings };
}
