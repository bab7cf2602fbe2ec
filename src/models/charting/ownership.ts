/**
 * Whose a record is, for plain data that no server has checked. (What a client reads is re-checked against the patient by
 * `CareClient` itself; a row must never be shown under another person's banner either way.)
 */
import { entriesOf, parseReference, recordOf, recordsOf, textOf, type Loose, type ParsedReference } from '../fhir/index.js';

/** One person, under every reference that surely names them. */
export interface PatientIdentity {
  /** Logical id; undefined for a patient without one, in a bundle. */
  id: string | undefined;
  /** Absolute URLs and urns, such as the entry's fullUrl. */
  urls: ReadonlySet<string>;
}

/** @param fullUrl of the bundle entry that the Patient came in. */
export function patientIdentity(reference: string | undefined, fullUrl?: string | undefined): PatientIdentity {
  const parsed = parseReference(reference);
  const id = parsed?.kind === 'relative' && parsed.type === 'Patient' ? parsed.id : parsed?.kind === 'other' ? parsed.text : undefined;
  const urls = new Set<string>();
  for (const url of [reference, fullUrl]) {
    const key = urlKey(parseReference(url));
    if (key !== undefined) urls.add(key);
  }
  return { id, urls };
}

function urlKey(parsed: ParsedReference | undefined): string | undefined {
  if (parsed?.kind === 'urn') return parsed.scheme === 'other' ? parsed.urn : `urn:${parsed.scheme}:${parsed.value}`;
  if (parsed?.kind !== 'absolute') return undefined;
  return parsed.type === undefined ? parsed.url : `${parsed.base}/${parsed.type}/${parsed.id}`;
}

export type Ownership = 'same' | 'other' | 'undecided';

/**
 * Whether a reference names this person. `undecided` where only a person could tell: an identifier alone, a Group, another
 * server's record, words. A contained Patient is undecided too.
 */
export function namesPatient(reference: unknown, identity: PatientIdentity): Ownership {
  const parsed = parseReference(recordOf(reference) ?? textOf(reference));
  if (!parsed) return 'undecided';
  const key = urlKey(parsed);
  if (key !== undefined) {
    if (identity.urls.has(key)) return 'same';
    // Importers store a document's entries under the uuid of their fullUrl.
    if (parsed.kind === 'urn')
      return parsed.scheme === 'uuid' && identity.id !== undefined && parsed.value === identity.id.toLowerCase() ? 'same' : 'undecided';
    return 'undecided';
  }
  if (parsed.kind !== 'relative' || parsed.type !== 'Patient') return 'undecided';
  if (identity.id === undefined) return 'undecided';
  return parsed.id === identity.id ? 'same' : 'other';
}

/** Elements in which records name the person they are about. A performer, recorder or policy holder is somebody else's role. */
const SUBJECTS = ['subject', 'patient', 'beneficiary', 'for', 'individual'] as const;

/** The references by which a record says whose it is; empty for one about nobody (a Practitioner, a Medication). */
export function subjectsOf(resource: unknown): readonly Loose[] {
  const record = recordOf(resource);
  return SUBJECTS.flatMap((name) => recordsOf(record?.[name])).filter(
    (value) => 'reference' in value || 'identifier' in value || 'display' in value,
  );
}

/** Records that are about nobody: they belong to whoever refers to them. */
const ABOUT_NOBODY = new Set(
  (
    'Practitioner PractitionerRole Organization OrganizationAffiliation Location HealthcareService Medication Substance Endpoint ' +
    'ActivityDefinition PlanDefinition Questionnaire ValueSet CodeSystem ConceptMap StructureDefinition SearchParameter OperationDefinition ' +
    'CapabilityStatement NamingSystem Library Measure InsurancePlan MedicationKnowledge Binary Bundle OperationOutcome Parameters MessageHeader'
  ).split(' '),
);

export const isAboutNobody = (type: string | undefined): boolean => type !== undefined && ABOUT_NOBODY.has(type);

/** Whose a record is. Of several subjects (a couple's appointment) it is each one's. */
export function ownership(resource: unknown, identity: PatientIdentity): Ownership {
  const record = recordOf(resource);
  if (record?.['resourceType'] === 'Patient')
    return textOf(record['id']) !== undefined && textOf(record['id']) === identity.id ? 'same' : 'other';
  const verdicts = subjectsOf(record).map((reference) => namesPatient(reference, identity));
  if (verdicts.includes('same')) return 'same';
  return verdicts.length === 0 || verdicts.includes('undecided') ? 'undecided' : 'other';
}

/** How many records are kept from view because they are, or may be, somebody else's. */
export interface Withheld {
  other: number;
  undecided: number;
}
export const NOTHING_WITHHELD: Withheld = Object.freeze({ other: 0, undecided: 0 });

/** Splits records into this person's and the rest, which is counted and not given out. */
export function ownRecords<T>(records: readonly T[], identity: PatientIdentity): { own: T[]; withheld: Withheld } {
  const withheld = { other: 0, undecided: 0 };
  const own = records.filter((record) => {
    const verdict = ownership(record, identity);
    if (verdict !== 'same') withheld[verdict]++;
    return verdict === 'same';
  });
  return { own, withheld };
}

/** Entries of a Bundle, or plain resources, as pairs of fullUrl and resource. Resources without a fullUrl keep none. */
export function entriesOfRecords(input: unknown): { fullUrl: string | undefined; resource: Loose }[] {
  const bundle = recordOf(input);
  const entries =
    bundle?.['resourceType'] === 'Bundle'
      ? entriesOf(bundle['entry'] as Loose[])
      : recordsOf(input).map((resource) => ({ resource }) as Loose);
  return entries.flatMap((entry) => {
    const resource = recordOf(entry['resource']);
    return resource && textOf(resource['resourceType']) !== undefined ? [{ fullUrl: textOf(entry['fullUrl']), resource }] : [];
  });
}
