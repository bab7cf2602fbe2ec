/** What makes two searches the same one, and which changes concern a search. */
import type { Resource } from '../../models/fhir/index.js';
import type { SearchOptions, SearchParams } from '../backend.js';
import { keyOf, type RecordKey } from './record-table.js';

export interface SearchSpec {
  type: string;
  params: SearchParams;
  options: Omit<SearchOptions, 'signal'>;
}

/** The same text for searches that ask for the same; the order of repeated values counts, that of the parameters does not. */
export function searchKey({ type, params, options }: SearchSpec): string {
  return JSON.stringify([type, sorted(params), sorted(options as SearchParams)]);
}

function sorted(params: SearchParams): (readonly [string, string[]])[] {
  const asked = Object.entries(params).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, [value].flat().map(String)] as const],
  );
  return asked.sort(([a], [b]) => (a < b ? -1 : 1));
}

const list = (value: SearchParams[string]): string[] =>
  value === undefined ? [] : [value].flat().flatMap((one) => String(one).split(','));

/** Whether a server says that it left members out (R4 resource.html, SUBSETTED). */
function isSubsetted({ meta }: Resource): boolean {
  const tags: unknown = meta?.tag;
  return Array.isArray(tags) && tags.some((tag: { code?: unknown } | null) => tag?.code === 'SUBSETTED');
}

/** The record that a row of a search is; undefined for one that came in part: such a row never stands for its record. */
export function wholeKey({ params }: SearchSpec, row: Resource): RecordKey | undefined {
  const isCut = '_elements' in params || '_summary' in params || isSubsetted(row);
  return isCut || row.id === undefined ? undefined : keyOf(row.resourceType, row.id);
}

/**
 * Types whose changes can alter the result of a search, besides those of the rows that it has; undefined for any type, where rows are
 * found by what other records say (chains, `_has`, `_filter`, named queries, lists).
 */
export function typesOf({ type, params }: SearchSpec): ReadonlySet<string> | undefined {
  const types = new Set([type]);
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined) continue;
    if (name.includes('.') || /^_(has|filter|query|list)\b/.test(name)) return undefined;
    if (!/^_(rev)?include\b/.test(name)) continue;
    for (const one of list(value)) {
      const [source = '', , target] = one.split(':');
      if (source === '*') return undefined;
      types.add(source);
      if (target) types.add(target);
    }
  }
  return types;
}
