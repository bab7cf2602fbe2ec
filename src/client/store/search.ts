/** Runs a query: which rows match, in which order, and the page of them that was asked for. */
import { parseJson } from '../../models/fhir/json.js';
import { matchAll, type Condition } from './conditions.js';
import { buildConditions, type SearchContext } from './filters.js';
import type { Place, SortOrder } from './sort-order.js';
import { SearchError, type Cursor, type Query } from './query.js';
import type { Row, Store } from './store.js';
import type { ResourceTree } from './tree.js';

export interface SearchResult {
  total: number;
  /** The rows of this page. */
  rows: Row[];
  /** Whether rows come before or after this page. */
  hasPrevious: boolean;
  hasNext: boolean;
}

/** A further condition per type, or undefined for "none of this type". */
type Extra = (type: string) => Condition | undefined;

/** Numbers of a type's rows that match, ascending. */
function matchesOf(context: SearchContext, query: Query, type: string, extra: Extra | undefined): readonly number[] {
  const { store } = context;
  const more = extra?.(type);
  const conditions = buildConditions(context, type, query.filters.get(type) ?? []);
  if (extra && !more) return [];
  return matchAll(store, type, more ? [more, ...conditions] : conditions);
}

/** All rows that match, in the order of their first writing. */
export function matches(context: SearchContext, query: Query, extra?: Extra): Row[] {
  const rows = query.types.flatMap((type) => matchesOf(context, query, type, extra).map((row) => context.store.rowsOf(type)[row]!));
  return query.types.length > 1 ? rows.sort((a, b) => a.serial - b.serial) : rows;
}

/** One page of the rows that match. */
export function search(context: SearchContext, query: Query, extra?: Extra): SearchResult {
  const { store } = context;
  const type = query.types.length === 1 ? query.types[0]! : undefined;
  const found = type === undefined ? matches(context, query, extra).map((row) => row.serial) : matchesOf(context, query, type, extra);
  if (query.count === 0 || query.summary === 'count') return { total: found.length, rows: [], hasPrevious: false, hasNext: false };
  const all = type === undefined ? store.rows : store.rowsOf(type);
  const { rows, ...edges } = pageOf(store, query, type, found);
  return { total: found.length, rows: rows.map((row) => all[row]!), ...edges };
}

interface Page {
  rows: number[];
  hasPrevious: boolean;
  hasNext: boolean;
}

/** A share of a type's rows above which it is cheaper to walk the type's kept order than to sort what matched. */
const WALK_ABOVE = 1 / 8;

/** @param type whose row numbers `found` holds; serial numbers when there are several types. */
function pageOf(store: Store, query: Query, type: string | undefined, found: readonly number[]): Page {
  const { cursor, count, sorts } = query;
  const order = type === undefined ? store.mixedOrder(sorts) : store.order(type, sorts);
  let ordered: readonly number[] = found;
  let accept: (row: number) => boolean = () => true;
  if (sorts.length > 0) {
    const live = type === undefined ? [] : store.live(type);
    if (type !== undefined && found.length > live.length * WALK_ABOVE) {
      const rows = store.rowsOf(type);
      ordered = order.rows(live, (row) => rows[row]?.deleted === false);
      if (found.length < live.length) {
        const wanted = new Uint8Array(rows.length);
        for (const row of found) wanted[row] = 1;
        accept = (row) => wanted[row] === 1;
      }
    } else ordered = order.sort(found);
  }
  if (!cursor) return forward(ordered, accept, 0, count, false);
  if (cursor.at === 'last') return { ...backward(ordered, accept, ordered.length, found.length % count || count), hasNext: false };
  const place = placeOf(store, cursor, query);
  const at = order.position(ordered, place);
  if (cursor.at === 'before') return { ...backward(ordered, accept, at, count), hasNext: true };
  // The row the last page ended with is skipped if it is still at its place.
  return forward(ordered, accept, ordered[at] === place.row && sameKeys(order, place) ? at + 1 : at, count, true);
}

const sameKeys = (order: SortOrder, place: Place): boolean => order.compare(order.place(place.row), place) === 0;

function forward(ordered: readonly number[], accept: (row: number) => boolean, from: number, count: number, hasPrevious: boolean): Page {
  const rows: number[] = [];
  for (let at = from; at < ordered.length; at++) {
    if (!accept(ordered[at]!)) continue;
    if (rows.length === count) return { rows, hasPrevious, hasNext: true };
    rows.push(ordered[at]!);
  }
  return { rows, hasPrevious, hasNext: false };
}

function backward(ordered: readonly number[], accept: (row: number) => boolean, to: number, count: number): Omit<Page, 'hasNext'> {
  const rows: number[] = [];
  for (let at = to - 1; at >= 0; at--) {
    if (!accept(ordered[at]!)) continue;
    if (rows.length === count) return { rows: rows.reverse(), hasPrevious: true };
    rows.push(ordered[at]!);
  }
  return { rows: rows.reverse(), hasPrevious: false };
}

/**
 * Where the row at a page's edge stood when the page was made. It goes by the version the link names, so that a page begins at the
 * same place although that row was changed or deleted since.
 */
function placeOf(store: Store, cursor: Cursor, query: Query): Place {
  const row = store.get(cursor.type, cursor.id);
  if (!row || !query.types.includes(cursor.type)) throw new SearchError('This page is no longer known: search again', 'expired', 410);
  const version = row.versions.find((one) => one.versionId === cursor.versionId && one.text !== undefined);
  const tree = version === row.versions.at(-1) ? row.tree : version && (parseJson(version.text!) as ResourceTree);
  if (!tree) throw new SearchError('This page is no longer known: search again', 'expired', 410);
  return { row: query.types.length === 1 ? row.row : row.serial, keys: store.sortKeys(tree, query.sorts) };
}
