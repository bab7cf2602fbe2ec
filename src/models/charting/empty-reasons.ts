/**
 * Why a list is empty, where a List or the section of a summary document says so: `nilknown` is an answer, `notasked` and
 * `unavailable` are not (R4, List.emptyReason). Also a section that holds words only, which must not be lost.
 */
import { conceptText, recordOf, recordsOf, textOf, type CodeableConcept, type Loose } from '../fhir/index.js';
import type { AbsenceDomain } from './known-absence.js';
import { narrativeText } from './narrative.js';
import { partiesOf, partyOf, type Party } from './party.js';
import type { ChartReading } from './reading.js';
import { dateWhen, newestFirst, whenSort, type When } from './when.js';

export const EMPTY_CODES = ['nilknown', 'notasked', 'withheld', 'unavailable', 'notstarted', 'closed'] as const;
export type EmptyCode = (typeof EMPTY_CODES)[number];

export interface EmptyReason {
  domain: AbsenceDomain;
  /** `words`: no entries and no reason, but a narrative. `other`: a reason that is none of R4's. */
  code: EmptyCode | 'words' | 'other';
  /** The record's own words for it: the reason's, else the section's narrative. */
  words: string | undefined;
  /** False where the list or document is not in force (a draft, or without a status): its "nil known" settles nothing. */
  settled: boolean;
  /** What it stands in: the document's or list's title. */
  title: string | undefined;
  by: Party | undefined;
  when: When | undefined;
  /** `Composition/12`. */
  reference: string | undefined;
}

/** LOINC codes of the lists and document sections of each domain, and R4's example list codes. */
const LIST_CODES: Readonly<Record<AbsenceDomain, readonly string[]>> = {
  allergies: ['48765-2', '52472-8', '52473-6', 'allergies'],
  problems: ['11450-4', 'problems'],
  medications: ['10160-0', '19009-0', 'medications'],
};
const LIST_SYSTEM =
  /^(?:https?:\/\/loinc\.org\/?|http:\/\/terminology\.hl7\.org\/CodeSystem\/list-example-use-codes|http:\/\/hl7\.org\/fhir\/list-example-use-codes)$/;
const EMPTY_SYSTEM = /\/list-empty-reason$/;

function domainOf(concept: unknown): AbsenceDomain | undefined {
  const codes = recordsOf(recordOf(concept)?.['coding']).flatMap((coding) =>
    LIST_SYSTEM.test(textOf(coding['system']) ?? '') ? (textOf(coding['code']) ?? []) : [],
  );
  return (Object.keys(LIST_CODES) as AbsenceDomain[]).find((domain) => codes.some((code) => LIST_CODES[domain].includes(code)));
}

function codeOf(concept: Loose): EmptyCode | 'other' {
  const codes = recordsOf(concept['coding']).flatMap((coding) =>
    EMPTY_SYSTEM.test(textOf(coding['system']) ?? '') ? (textOf(coding['code']) ?? []) : [],
  );
  return EMPTY_CODES.find((code) => codes.includes(code)) ?? 'other';
}

/** One list or section: nothing where it has entries. */
function reasonOf(holder: Loose): Pick<EmptyReason, 'domain' | 'code' | 'words'> | undefined {
  const domain = domainOf(holder['code']);
  if (!domain || recordsOf(holder['entry']).length > 0) return undefined;
  const reason = recordOf(holder['emptyReason']);
  const words = (reason && conceptText(reason as CodeableConcept)) ?? narrativeText(holder);
  if (reason) return { domain, code: codeOf(reason), words };
  return words === undefined ? undefined : { domain, code: 'words', words };
}

/** Records in a state that says nothing any more. */
const VOID = new Set(['entered-in-error', 'retired']);
const SETTLED = new Set(['current', 'final', 'amended']);

/** What Lists and Compositions of one patient say about empty lists, newest first. Nested sections are read too. */
export function emptyReasons(records: readonly unknown[], reading: ChartReading): EmptyReason[] {
  const found: EmptyReason[] = [];
  for (const record of records.map(recordOf)) {
    if (!record || VOID.has(textOf(record['status']) ?? '')) continue;
    const [type, id] = [textOf(record['resourceType']), textOf(record['id'])];
    const list = type === 'List';
    if (!list && type !== 'Composition') continue;
    const status = textOf(record['status']) ?? '';
    const base = {
      settled: SETTLED.has(status),
      title: textOf(record['title']) ?? conceptText((list ? record['code'] : record['type']) as CodeableConcept),
      by: list ? partyOf(record['source'], record, reading) : partiesOf(record['author'], record, reading)[0],
      when: dateWhen(record, 'date', reading),
      reference: id === undefined ? undefined : `${type}/${id}`,
    };
    for (const holder of list ? [record] : sectionsOf(record)) {
      const reason = reasonOf(holder);
      if (reason) found.push({ ...reason, ...base });
    }
  }
  return found.sort((a, b) => newestFirst(whenSort(a.when), whenSort(b.when)));
}

function sectionsOf(record: Loose, depth = 0): Loose[] {
  return depth > 8 ? [] : recordsOf(record['section']).flatMap((section) => [section, ...sectionsOf(section, depth + 1)]);
}
