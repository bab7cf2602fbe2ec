/** What every row of a chart section holds, whatever it is about. */
import {
  absentReasonAt,
  absentReasonOfConcept,
  conceptText,
  conceptView,
  recordOf,
  recordsOf,
  shareCode,
  textOf,
  type AbsentReason,
  type CodeableConcept,
  type ConceptView,
  type Loose,
  type Resource,
} from '../fhir/index.js';
import { cautionsOf, type Caution } from './completeness.js';
import { narrativeText } from './narrative.js';
import { partyOf, type Party } from './party.js';
import type { ChartReading } from './reading.js';
import { dateWhen, type When } from './when.js';

/** What an entry is called. */
export interface Title {
  text: string | undefined;
  /** Where `text` is from; a narrative's words are said to be that. */
  from: 'record' | 'narrative' | 'reference';
  /** Why there is no name, where the record says so (`masked`, `unknown` …). */
  absent: AbsentReason | undefined;
}

export const FACT_NAMES = [
  'code', 'category', 'kind', 'criticality', 'severity', 'clinical', 'verification', 'bodySite', 'stage', 'evidence', 'onset', 'abatement',
  'reaction', 'lastOccurrence', 'recorded', 'recorder', 'asserter', 'encounter', 'medication', 'form', 'ingredient', 'batch',
  'reason', 'intent', 'statusReason', 'authored', 'requester', 'asserted', 'source', 'effective', 'course',
  'class', 'type', 'service', 'priority', 'period', 'length', 'participant', 'location', 'provider', 'diagnosis', 'discharge', 'partOf',
] as const; // prettier-ignore
export type FactName = (typeof FACT_NAMES)[number];

/** One recorded thing, for the details of a row. `code` is one of R4's codes, to be put into the reader's words. */
export type FactValue =
  | { kind: 'text'; text: string }
  | { kind: 'concept'; concept: ConceptView }
  | { kind: 'party'; party: Party }
  | { kind: 'when'; when: When }
  | { kind: 'code'; code: string }
  | { kind: 'absent'; reason: AbsentReason };
export interface Fact {
  name: FactName;
  value: FactValue;
}

/** An Annotation: its words, who wrote them and when. */
export interface Note {
  text: string;
  author: Party | undefined;
  /** `authorString`, where no person is referred to. */
  authorText: string | undefined;
  time: When | undefined;
}

export interface ChartRow {
  /** The same while the record is; see {@link distinctKeys} for records that came twice. */
  key: string;
  type: string;
  /** `Condition/12`; undefined for a record without an id. */
  reference: string | undefined;
  /** As received: what "Show original" prints. */
  resource: Resource;
  title: Title;
  /** BCP 47 tag of the record's own words, where it says so. */
  language: string | undefined;
  cautions: readonly Caution[];
  facts: readonly Fact[];
  notes: readonly Note[];
  /** Milliseconds to sort by, newest first. */
  sort: number | undefined;
}

/** The words a concept goes by; a reason for absence is not a name. */
export function conceptTitle(concept: unknown, locale: string | undefined): Title {
  const absent = absentReasonOfConcept(concept);
  const own = textOf(recordOf(concept)?.['text']);
  // A coding such as data-absent-reason#masked is no name of anything.
  const text = absent ? own : conceptText(concept as CodeableConcept, locale);
  return { text, from: 'record', absent: text === undefined ? absent : undefined };
}

/** Whether two concepts are surely the same thing. A shared reason for absence (both masked, both unknown) says nothing of the kind. */
export function sameConcept(a: CodeableConcept | undefined, b: CodeableConcept | undefined): boolean {
  return !absentReasonOfConcept(a) && !absentReasonOfConcept(b) && shareCode(a, b);
}

/** The first title with words; else the narrative's; else the first reason why there is none. */
export function firstTitle(resource: Loose, candidates: readonly Title[]): Title {
  const named = candidates.find(({ text }) => text !== undefined);
  if (named) return named;
  const narrative = narrativeText(resource);
  if (narrative !== undefined) return { text: narrative, from: 'narrative', absent: undefined };
  return { text: undefined, from: 'record', absent: candidates.find(({ absent }) => absent !== undefined)?.absent };
}

/** Collects the facts of a row; what is not there is left out. */
export class FactList {
  readonly all: Fact[] = [];
  readonly #from: Loose;
  readonly #reading: ChartReading;

  constructor(from: Loose, reading: ChartReading) {
    this.#from = from;
    this.#reading = reading;
  }

  text(name: FactName, value: unknown): this {
    const text = textOf(value);
    if (text !== undefined) this.all.push({ name, value: { kind: 'text', text } });
    return this;
  }

  /** One concept or several. */
  concept(name: FactName, value: unknown): this {
    if (typeof value === 'string') return this.text(name, value);
    for (const record of recordsOf(value)) {
      const concept = conceptView(record as CodeableConcept, this.#reading.locale);
      if (concept.text !== undefined || concept.codes.length > 0 || concept.absent)
        this.all.push({ name, value: { kind: 'concept', concept } });
    }
    return this;
  }

  party(name: FactName, value: unknown): this {
    for (const reference of recordsOf(value)) {
      const party = partyOf(reference, this.#from, this.#reading);
      if (party) this.all.push({ name, value: { kind: 'party', party } });
    }
    return this;
  }

  when(name: FactName, when: When | undefined): this {
    if (when) this.all.push({ name, value: { kind: 'when', when } });
    return this;
  }

  date(name: FactName, key: string): this {
    return this.when(name, dateWhen(this.#from, key, this.#reading));
  }

  /** A code of R4's, which the reader's language has a word for. */
  code(name: FactName, key: string): this {
    const codes = [this.#from[key]].flat().flatMap((code) => textOf(code) ?? []);
    for (const code of codes) this.all.push({ name, value: { kind: 'code', code } });
    const reason = codes.length === 0 ? absentReasonAt(this.#from, key) : undefined;
    if (reason) this.all.push({ name, value: { kind: 'absent', reason } });
    return this;
  }
}

/** The notes of a record: a list of Annotations, one of them, or bare text as older versions have it. */
export function notesOf(resource: Loose, reading: ChartReading): Note[] {
  const value = resource['note'];
  if (typeof value === 'string')
    return textOf(value) === undefined ? [] : [{ text: value.trim(), author: undefined, authorText: undefined, time: undefined }];
  return recordsOf(value).flatMap((note) => {
    const text = textOf(note['text']);
    if (text === undefined) return [];
    return [
      {
        text,
        author: partyOf(note['authorReference'], resource, reading),
        authorText: textOf(note['authorString']),
        time: dateWhen(note, 'time', reading),
      },
    ];
  });
}

/** The parts of a row that do not depend on its kind. `index` tells rows without an id apart. */
export function baseRow(
  resource: Loose,
  index: number,
  reading: ChartReading,
  own: { title: Title; cautions?: readonly Caution[]; also?: readonly Loose[]; facts: readonly Fact[]; sort: number | undefined },
): ChartRow {
  const type = textOf(resource['resourceType']) ?? '';
  const id = textOf(resource['id']);
  const cautions = [...cautionsOf(resource, own.also), ...(own.cautions ?? [])];
  if (own.title.from === 'narrative') cautions.push({ code: 'narrative-only' });
  return {
    key: id === undefined ? `${type}#${index}` : `${type}/${id}`,
    type,
    reference: id === undefined ? undefined : `${type}/${id}`,
    resource: resource as unknown as Resource,
    title: own.title,
    language: textOf(resource['language']),
    cautions,
    facts: own.facts,
    notes: notesOf(resource, reading),
    sort: own.sort,
  };
}

/** Makes keys unique where a record came more than once (two versions, two sources). */
export function distinctKeys<R extends ChartRow>(rows: readonly R[]): R[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const times = (seen.get(row.key) ?? 0) + 1;
    seen.set(row.key, times);
    return times === 1 ? row : { ...row, key: `${row.key}~${times}` };
  });
}
