/** Reads a FHIR search query: which filters, which order, which page, what besides. Nothing is looked up yet. */
import type { Definitions, SearchParam } from './definitions.js';
import { MODIFIERS } from './definitions.js';
import type { Sort } from './sort-order.js';

/** A query that can't be answered: answered by 400. The message names parameters, never their values. */
export class SearchError extends Error {
  override readonly name = 'SearchError';
  /** FHIR issue type. */
  readonly code: string;
  readonly status: number;

  constructor(message: string, code = 'invalid', status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export type Filter =
  | { kind: 'param'; name: string; param: SearchParam; modifier: string; value: string }
  /** `subject:Patient.name=…`: the reference parameter, the types it may lead to, and a filter on each of them. */
  | { kind: 'chain'; name: string; param: SearchParam; targets: readonly { type: string; filter: Filter }[] }
  /** `_has:Observation:patient:code=…`: resources of `source` that match and refer to us by `param`. */
  | { kind: 'has'; name: string; source: string; param: SearchParam; filter: Filter };

export interface Include {
  reverse: boolean;
  iterate: boolean;
  /** `*` for any. */
  source: string;
  /** `*` for any reference parameter. */
  code: string;
  target: string | undefined;
}

export type SummaryMode = 'true' | 'text' | 'data' | 'count' | 'false';
export type TotalMode = 'none' | 'estimate' | 'accurate';

/** Where a page begins: `after` or `before` a version of a resource, at the `last` page, or at the start. */
export interface Cursor {
  at: 'after' | 'before' | 'last';
  type: string;
  id: string;
  versionId: string;
}

export interface Ignored {
  name: string;
  reason: string;
}

export interface Query {
  types: readonly string[];
  /** Per type: at the system level the same parameter may mean another element in each. */
  filters: ReadonlyMap<string, Filter[]>;
  sorts: Sort[];
  count: number;
  cursor: Cursor | undefined;
  includes: Include[];
  summary: SummaryMode;
  total: TotalMode;
  elements: readonly string[];
  /** Parameters that were understood, as they came: what the self link repeats. The cursor is not among them. */
  applied: (readonly [name: string, value: string])[];
  ignored: Ignored[];
}

export type Pairs = readonly (readonly [name: string, value: string])[];

export const DEFAULT_COUNT = 50;
export const MAX_COUNT = 1000;
/** Deepest chain of references that is followed. */
const MAX_DEPTH = 5;

const SUMMARIES: readonly string[] = ['true', 'text', 'data', 'count', 'false'];
const TOTALS: readonly string[] = ['none', 'estimate', 'accurate'];

/** Splits at an unescaped separator; escapes stay. */
export function splitEscaped(text: string, separator: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === separator) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

/** Takes the escapes `\,` `\|` `\$` `\\` away. */
export const unescapeValue = (text: string): string => (text.includes('\\') ? text.replace(/\\([,|$\\])/g, '$1') : text);

/** Thrown inside, to be reported as an ignored parameter or refused under strict handling. */
class Unknown extends Error {}

class FilterReader {
  readonly #definitions: Definitions;

  constructor(definitions: Definitions) {
    this.#definitions = definitions;
  }

  read(type: string, name: string, value: string, depth = 0): Filter {
    if (depth > MAX_DEPTH) throw new SearchError(`${name} follows more than ${MAX_DEPTH} references`, 'too-costly');
    if (name.startsWith('_has:')) return this.#has(type, name, value, depth);
    const dot = name.indexOf('.');
    return dot < 0 ? this.#plain(type, name, value) : this.#chain(type, name, dot, value, depth);
  }

  #param(type: string, code: string): SearchParam {
    const param = this.#definitions.param(type, code);
    if (!param) throw new Unknown(`${type} has no search parameter of this name`);
    return param;
  }

  #plain(type: string, name: string, value: string): Filter {
    const [code = '', modifier = '', ...more] = name.split(':');
    const param = this.#param(type, code);
    const known =
      modifier === '' ||
      modifier === 'missing' ||
      MODIFIERS[param.kind].includes(modifier) ||
      (param.kind === 'r' && this.#definitions.isType(modifier));
    if (!known || more.length > 0) throw new SearchError(`${code} takes no modifier :${[modifier, ...more].join(':')}`, 'not-supported');
    if (value === '') throw new Unknown('It has no value');
    return { kind: 'param', name, param, modifier, value };
  }

  #chain(type: string, name: string, dot: number, value: string, depth: number): Filter {
    const [code = '', wanted] = name.slice(0, dot).split(':');
    const rest = name.slice(dot + 1);
    const param = this.#param(type, code);
    if (param.kind !== 'r') throw new SearchError(`${code} is no reference, so that nothing can be chained to it`);
    if (wanted !== undefined && !this.#definitions.isType(wanted))
      throw new SearchError(`${code} takes no modifier :${wanted}`, 'not-supported');
    const candidates = wanted === undefined ? (param.targets ?? this.#definitions.types) : [wanted];
    const targets: { type: string; filter: Filter }[] = [];
    for (const target of candidates)
      try {
        targets.push({ type: target, filter: this.read(target, rest, value, depth + 1) });
      } catch (error) {
        if (!(error instanceof Unknown)) throw error;
      }
    if (targets.length === 0) throw new Unknown('No resource it may refer to has the parameter at the end of the chain');
    return { kind: 'chain', name, param, targets };
  }

  #has(type: string, name: string, value: string, depth: number): Filter {
    const [, source = '', code = '', ...rest] = name.split(':');
    if (!this.#definitions.isType(source) || rest.length === 0) throw new SearchError('_has is written _has:Type:reference:parameter');
    const param = this.#param(source, code);
    if (param.kind !== 'r') throw new SearchError(`${code} of ${source} is no reference`);
    if (param.targets && !param.targets.includes(type)) throw new SearchError(`${code} of ${source} does not refer to ${type}`);
    return { kind: 'has', name, source, param, filter: this.read(source, rest.join(':'), value, depth + 1) };
  }
}

function readCount(value: string): number {
  if (!/^\d+$/.test(value)) throw new SearchError('_count is a number, 0 or greater');
  return Math.min(Number(value), MAX_COUNT);
}

function oneOf<T extends string>(name: string, value: string, allowed: readonly string[]): T {
  if (!allowed.includes(value)) throw new SearchError(`${name} is one of ${allowed.join(', ')}`);
  return value as T;
}

/** `a~Type~id~version`, `b~…` or `l`: no patient data, and no state here that could expire. */
export function writeCursor(at: 'after' | 'before', place: { type: string; id: string; versionId: string }): string {
  return `${at === 'after' ? 'a' : 'b'}~${place.type}~${place.id}~${place.versionId}`;
}

function readCursor(value: string): Cursor {
  if (value === 'l') return { at: 'last', type: '', id: '', versionId: '' };
  const match = /^([ab])~(\w+)~([\w.-]+)~(\d+)$/.exec(value);
  if (!match) throw new SearchError('_cursor is no place that this server gave');
  return { at: match[1] === 'a' ? 'after' : 'before', type: match[2]!, id: match[3]!, versionId: match[4]! };
}

function readSorts(definitions: Definitions, types: readonly string[], value: string): Sort[] {
  return value.split(',').map((item) => {
    const descending = item.startsWith('-');
    const code = descending ? item.slice(1) : item;
    for (const type of types) {
      const param = definitions.param(type, code);
      if (!param || param.kind === 'c')
        throw new SearchError(`_sort: ${type} can't be sorted by that`, param ? 'not-supported' : 'invalid');
    }
    return { code, descending };
  });
}

function readInclude(definitions: Definitions, types: readonly string[], name: string, value: string): Include {
  const [base, modifier] = name.split(':');
  if (modifier !== undefined && modifier !== 'iterate' && modifier !== 'recurse')
    throw new SearchError(`${base} takes no modifier :${modifier}`, 'not-supported');
  const reverse = base === '_revinclude';
  const iterate = modifier !== undefined;
  if (value === '*')
    return { reverse, iterate, source: reverse ? '*' : types.length === 1 ? types[0]! : '*', code: '*', target: undefined };
  const [source = '', code, target, ...more] = value.split(':');
  const param = code === undefined ? undefined : definitions.param(source, code);
  const ok =
    definitions.isType(source) &&
    (code === '*' || param?.kind === 'r') &&
    (target === undefined || definitions.isType(target)) &&
    more.length === 0;
  if (!ok) throw new SearchError(`${base} is written ${base}=Type:reference, with a reference parameter of that type`);
  return { reverse, iterate, source, code: code!, target };
}

/**
 * Reads a query over one type, or over several at the system level.
 *
 * @param strict refuse what is unknown rather than report it.
 * @throws {SearchError}
 */
export function readQuery(definitions: Definitions, types: readonly string[], pairs: Pairs, strict: boolean): Query {
  const query: Query = {
    types,
    filters: new Map(types.map((type) => [type, []])),
    sorts: [],
    count: DEFAULT_COUNT,
    cursor: undefined,
    includes: [],
    summary: 'false',
    total: 'accurate',
    elements: [],
    applied: [],
    ignored: [],
  };
  const reader = new FilterReader(definitions);
  for (const [name, value] of pairs) {
    if (name === '_cursor') {
      query.cursor = readCursor(value);
      continue;
    }
    try {
      readOne(definitions, reader, query, name, value);
      query.applied.push([name, value]);
    } catch (error) {
      if (!(error instanceof Unknown)) throw error;
      if (strict) throw new SearchError(`${printable(name)}: ${error.message}`, 'not-supported');
      query.ignored.push({ name: printable(name), reason: error.message });
    }
  }
  return query;
}

/** A parameter's name as it may be repeated in an answer: what a caller typed there by mistake could be anything. */
const printable = (name: string): string => (/^[\w:.-]{1,64}$/.test(name) ? name : 'A parameter');

function readOne(definitions: Definitions, reader: FilterReader, query: Query, name: string, value: string): void {
  const base = name.split(':')[0];
  switch (base) {
    case '_sort':
      query.sorts = readSorts(definitions, query.types, value);
      return;
    case '_count':
      query.count = readCount(value);
      return;
    case '_include':
    case '_revinclude':
      query.includes.push(readInclude(definitions, query.types, name, value));
      return;
    case '_summary':
      query.summary = oneOf('_summary', value, SUMMARIES);
      return;
    case '_total':
      query.total = oneOf('_total', value, TOTALS);
      return;
    case '_elements':
      query.elements = value.split(',').map((element) =>
        element
          .trim()
          .replace(/^[A-Z]\w*\./, '')
          .replace(/\..*$/, ''),
      );
      return;
    case '_format':
    case '_pretty':
      return;
    case '_contained':
      if (value === 'false') return;
      throw new Unknown('Contained resources are not searched');
  }
  // All are read before any is kept: at the system level a filter has to make sense for each type.
  const filters = query.types.map((type) => reader.read(type, name, value));
  query.types.forEach((type, i) => query.filters.get(type)!.push(filters[i]!));
}
