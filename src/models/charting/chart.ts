/** One patient's chart out of plain records: a Bundle of any kind, or resources that a host has at hand. */
import { createResolver, recordOf, stringify, textOf, type Loose, type ReferenceResolver } from '../fhir/index.js';
import { countInventory, type Inventory } from './inventory.js';
import {
  entriesOfRecords,
  NOTHING_WITHHELD,
  ownership,
  ownRecords,
  patientIdentity,
  type PatientIdentity,
  type Withheld,
} from './ownership.js';

/** The sections that are read from records of their own, and the types each holds. `documents` only tells why others are empty. */
export const SECTION_TYPES = {
  alerts: ['Flag'],
  allergies: ['AllergyIntolerance'],
  problems: ['Condition'],
  medications: ['MedicationRequest', 'MedicationStatement'],
  encounters: ['Encounter'],
  documents: ['List', 'Composition'],
} as const;
export type SectionName = keyof typeof SECTION_TYPES;
export const SECTION_NAMES = Object.keys(SECTION_TYPES) as readonly SectionName[];

/** The records of one section, whose ownership has been checked. */
export interface SectionRecords {
  records: readonly Loose[];
  withheld: Withheld;
}

export interface ChartRecords {
  /** Undefined when the patient is not among the records, or it is not said which of several is meant. */
  patient: Loose | undefined;
  identity: PatientIdentity;
  /** Patients among the records. */
  patients: number;
  resolver: ReferenceResolver;
  sections: Readonly<Record<SectionName, SectionRecords>>;
  inventory: Inventory;
}

interface PatientEntry {
  resource: Loose;
  fullUrl: string | undefined;
}

function patientsOf(entries: readonly PatientEntry[]): PatientEntry[] {
  return entries.filter(({ resource }) => resource['resourceType'] === 'Patient');
}

/** References by which each Patient of the records can be asked for: `Patient/12`, else the fullUrl of an entry without an id. */
export function patientReferences(input: unknown): string[] {
  return patientsOf(entriesOfRecords(input)).flatMap(({ resource, fullUrl }) => {
    const id = textOf(resource['id']);
    return id === undefined ? (fullUrl ?? []) : `Patient/${id}`;
  });
}

const NO_RECORDS: SectionRecords = { records: [], withheld: NOTHING_WITHHELD };

/** Whether an entry is the Patient asked for, by id or by the URL it came under. */
function isAskedFor({ resource, fullUrl }: PatientEntry, wanted: PatientIdentity, reference: string): boolean {
  const id = textOf(resource['id']);
  return fullUrl === reference || (id !== undefined && id === wanted.id);
}

/**
 * @param input a Bundle, or a list of resources.
 * @param reference `Patient/12`, a bare id, or an entry's fullUrl. Left out, the only Patient among the records is meant.
 */
export function chartRecords(input: unknown, reference?: string): ChartRecords {
  const entries = entriesOfRecords(input);
  const patients = patientsOf(entries);
  const wanted = reference === undefined ? undefined : patientIdentity(reference);
  const matching = wanted && reference !== undefined ? patients.filter((entry) => isAskedFor(entry, wanted, reference)) : patients;
  // Two different records under one id cannot be told apart: neither is shown. The same one twice is one.
  const [first] = matching;
  const chosen =
    first &&
    matching.every(({ resource }) => resource === first.resource || stringify(resource) === stringify(first.resource)) &&
    (wanted || matching.length === 1)
      ? first
      : undefined;
  const id = textOf(chosen?.resource['id']);
  const identity = chosen
    ? patientIdentity(id === undefined ? undefined : `Patient/${id}`, chosen.fullUrl)
    : (wanted ?? patientIdentity(undefined));
  const resolver = createResolver({ entry: entries });

  const known = chosen !== undefined || wanted !== undefined;
  const sections = Object.fromEntries(
    SECTION_NAMES.map((name): [SectionName, SectionRecords] => {
      const types: readonly string[] = SECTION_TYPES[name];
      const candidates = entries.flatMap(({ resource }) => (types.includes(textOf(resource['resourceType']) ?? '') ? [resource] : []));
      if (!known)
        return [name, candidates.length === 0 ? NO_RECORDS : { records: [], withheld: { other: 0, undecided: candidates.length } }];
      const { own, withheld } = ownRecords(candidates, identity);
      return [name, { records: own, withheld }];
    }),
  ) as Record<SectionName, SectionRecords>;

  const others = entries.flatMap(({ resource }) => (known && ownership(resource, identity) === 'other' ? [] : [resource]));
  return {
    patient: chosen?.resource,
    identity,
    patients: patients.length,
    resolver,
    sections,
    inventory: countInventory(others.map((one) => recordOf(one))),
  };
}
