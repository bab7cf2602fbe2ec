/** What a server does not bring along by `_include` or `_revinclude`, by searches of its own. */
import { isCareError } from '../../../models/errors.js';
import type { Resource } from '../../../models/fhir/index.js';
import type { SearchPage, SearchParams, SearchWarning } from '../../backend.js';
import { keepPatient } from '../../patient-check.js';
import { referencePaths } from '../../reference-paths.js';
import { localReference } from '../../references.js';
import type { Learned } from './learned.js';
import { includeKey } from './includes.js';
import type { Query } from './params.js';

export interface FollowContext {
  baseUrl: string;
  learned: Learned;
  search: (type: string, params: SearchParams) => AsyncIterable<SearchPage>;
  patient: string | undefined;
}

/** Ids in one search: keeps a GET below the length that proxies cut. */
const CHUNK = 40;

const chunks = <T>(list: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(list.length / CHUNK) }, (_, at) => list.slice(at * CHUNK, (at + 1) * CHUNK));

const keyOf = (row: Resource): string => `${row.resourceType}/${row.id}`;

function referencesAt(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => referencesAt(item, path));
  if (typeof value !== 'object' || value === null) return [];
  const [step, ...rest] = path;
  return step === undefined ? [(value as { reference?: unknown }).reference] : referencesAt((value as Record<string, unknown>)[step], rest);
}

/** `Type/id` of what an include leads to. */
function targetsOf(rows: readonly Resource[], include: string, baseUrl: string): string[] {
  const [type = '', param = '', only] = include.split(':');
  return referencePaths(type, param).flatMap(({ path, target = only }) =>
    rows
      .filter(({ resourceType }) => resourceType === type)
      .flatMap((row) => referencesAt(row, path))
      .flatMap((reference) => localReference(reference, baseUrl) ?? [])
      .filter((local) => target === undefined || local.startsWith(`${target}/`)),
  );
}

/**
 * A page with the rows that the includes in `missed` lead to and that did not come along. Where they turn out to exist, the
 * server is remembered not to take that include. What cannot be read is told, and leaves the rows themselves as they are: the page
 * is then as complete as before.
 *
 * @param missed `_include` and `_revinclude` with their values; `:iterate` counts from what came along as well.
 */
export async function followUp({ baseUrl, learned, search, patient }: FollowContext, missed: Query, page: SearchPage): Promise<SearchPage> {
  const { items: rows, included: here } = page;
  const known = new Set([...rows, ...here].map(keyOf));
  const found: Resource[] = [];
  const unread = new Map<string, number>();
  const read = async (type: string, params: SearchParams, count: number): Promise<boolean> => {
    const before = found.length;
    const fail = (): false => {
      unread.set(type, (unread.get(type) ?? 0) + count);
      return false;
    };
    try {
      for await (const page of search(type, params)) {
        // A search that left its ids out would bring anybody's rows along.
        if (page.warnings.some(({ code }) => code === 'ignored-parameter')) return fail();
        for (const row of page.items.filter((one) => !known.has(keyOf(one)))) {
          known.add(keyOf(row));
          found.push(row);
        }
      }
    } catch (error) {
      if (isCareError(error, 'aborted', 'auth')) throw error;
      return fail();
    }
    return found.length > before;
  };

  // What starts from the rows first: `:iterate` starts from what these brought.
  const values = Object.entries(missed)
    .flatMap(([name, list]) => list.map((value) => ({ name, value })))
    .toSorted((a, b) => a.name.split(':').length - b.name.split(':').length);
  for (const { name, value } of values) {
    const [type = '', param = ''] = value.split(':');
    const from = name.endsWith(':iterate') ? [...rows, ...here, ...found] : rows;
    let brought = false;
    if (name.startsWith('_include')) {
      const wanted = [...new Set(targetsOf(from, value, baseUrl))].filter((key) => !known.has(key));
      for (const target of new Set(wanted.map((key) => key.split('/')[0]!)))
        for (const chunk of chunks(wanted.filter((key) => key.startsWith(`${target}/`)).map((key) => key.slice(target.length + 1))))
          brought = (await read(target, { _id: chunk.join(','), _count: CHUNK }, chunk.length)) || brought;
    } else if (here.every(({ resourceType }) => resourceType !== type)) {
      for (const chunk of chunks(from.map(keyOf))) brought = (await read(type, { [param]: chunk.join(',') }, chunk.length)) || brought;
    }
    if (brought) learned.missing.add(includeKey(name, value));
  }
  const checked =
    patient === undefined ? { included: found, warnings: [] } : keepPatient({ items: rows, included: found }, patient, baseUrl);
  const gaps = [...unread].map(([type, count]): SearchWarning => {
    return { code: 'server-outcome', count, message: `${type} records that belong to these rows could not be read.` };
  });
  return {
    ...page,
    included: [...here, ...checked.included],
    complete: page.complete && checked.warnings.length === 0,
    warnings: [...page.warnings, ...checked.warnings, ...gaps],
  };
}
