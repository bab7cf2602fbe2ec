/** What a search brings along: `_include`, `_revinclude`, and again from there with `:iterate`. */
import type { Include } from './query.js';
import type { Row, Store } from './store.js';
import { referenceKey } from './values.js';

/** No page brings along more than this; a chain of `:iterate` could otherwise gather the whole store. */
const MAX_INCLUDED = 5000;

/** Reference parameters that an include names, of the types in question. */
function paramsOf(store: Store, include: Include, types: readonly string[]): [type: string, code: string][] {
  return types.flatMap((type) => {
    const codes =
      include.code === '*'
        ? [...store.definitions.params(type).values()].filter((param) => param.kind === 'r').map((param) => param.code)
        : [include.code];
    return codes.map((code): [string, string] => [type, code]);
  });
}

/** Rows that `row` refers to by a parameter. */
export function referredTo(store: Store, row: Row, code: string, target?: string): Row[] {
  return store
    .keys(row.type, code)
    .filed(row.row)
    .flatMap(({ key }) => {
      if (!key.startsWith('r')) return [];
      const [type = '', id = ''] = key.slice(1).split('/');
      const found = target === undefined || target === type ? store.get(type, id) : undefined;
      return found?.tree ? [found] : [];
    });
}

/** Rows that an include adds to one row. */
function step(store: Store, include: Include, row: Row): Row[] {
  if (!include.reverse) {
    if (include.source !== '*' && include.source !== row.type) return [];
    return paramsOf(store, include, [row.type]).flatMap(([, code]) => referredTo(store, row, code, include.target));
  }
  if (include.target !== undefined && include.target !== row.type) return [];
  const key = referenceKey.local(row.type, row.id);
  const sources = include.source === '*' ? store.types : store.live(include.source).length > 0 ? [include.source] : [];
  return paramsOf(store, include, sources).flatMap(([type, code]) =>
    store
      .keys(type, code)
      .postings.rows(key)
      .map((one) => store.rowsOf(type)[one]!),
  );
}

/** What comes along with these rows, each once and none of the rows themselves; `complete` is false where the limit cut it off. */
export function included(store: Store, includes: readonly Include[], rows: readonly Row[]): { rows: Row[]; complete: boolean } {
  const seen = new Set(rows);
  const found: Row[] = [];
  let complete = true;
  const add = (row: Row, next: Row[]): void => {
    if (seen.has(row)) return;
    if (found.length >= MAX_INCLUDED) complete = false;
    else {
      seen.add(row);
      found.push(row);
      next.push(row);
    }
  };
  let level: Row[] = [];
  for (const include of includes) for (const row of rows) for (const one of step(store, include, row)) add(one, level);
  const iterated = includes.filter((include) => include.iterate);
  while (level.length > 0 && iterated.length > 0) {
    const next: Row[] = [];
    for (const include of iterated) for (const row of level) for (const one of step(store, include, row)) add(one, next);
    level = next;
  }
  return { rows: found, complete };
}
