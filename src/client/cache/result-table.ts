/**
 * Results of searches, as lists of what is in the {@link RecordTable}: a record that changed has changed in each of them. Owns which
 * rows a result has and what makes it less than whole. Does no I/O and reads no clock.
 */
import type { Resource } from '../../models/fhir/index.js';
import type { SearchPage, SearchWarning } from '../backend.js';
import { keepPatient } from '../patient-check.js';
import { CarePage } from '../search-result.js';
import { freezeJson } from './freeze.js';
import type { Known } from './observed.js';
import { versionIn } from './order.js';
import type { RecordKey, RecordTable } from './record-table.js';
import { searchKey, typesOf, wholeKey, type SearchSpec } from './search-key.js';

/** A row by its record, in the version that the server listed; or a row that stands for itself (one that came in part, or has no id). */
type Row = { key: RecordKey; version: string | undefined } | { own: Resource };

interface Result {
  patient: string | undefined;
  types: ReadonlySet<string> | undefined;
  items: Row[];
  included: Row[];
  total: number | undefined;
  complete: boolean;
  warnings: SearchWarning[];
  asked: number;
  at: number;
  /** The page that was put together last, and what of. */
  last: { items: readonly Resource[]; included: readonly Resource[]; page: CarePage } | undefined;
}

export class ResultTable {
  readonly #records: RecordTable;
  readonly #baseUrl: string;
  readonly #limit: number;
  /** In the order of last use. */
  readonly #results = new Map<string, Result>();

  constructor(records: RecordTable, baseUrl: string, limit = 200) {
    this.#records = records;
    this.#baseUrl = baseUrl;
    this.#limit = limit;
  }

  /** Takes in a whole result; its rows belong to the cache from now on. */
  put(spec: SearchSpec, page: SearchPage, asked: number, at: number, needed: { has(key: string): boolean }): CarePage {
    const key = searchKey(spec);
    const take = (row: Resource): Row => {
      const record = wholeKey(spec, row);
      if (record === undefined) {
        freezeJson(row);
        return { own: row };
      }
      this.#records.put(record, row, asked, at, true);
      return { key: record, version: versionIn(row) };
    };
    const types = typesOf(spec);
    const result: Result = {
      patient: spec.options.patient,
      types: types && new Set([...types, ...page.included.map(({ resourceType }) => resourceType)]),
      items: page.items.map(take),
      included: page.included.map(take),
      total: page.total,
      complete: page.complete,
      warnings: page.warnings,
      asked,
      at,
      last: undefined,
    };
    this.#results.delete(key);
    this.#results.set(key, result);
    for (const old of this.#results.keys()) {
      if (this.#results.size <= this.#limit) break;
      if (!needed.has(old)) this.#results.delete(old);
    }
    return this.#assemble(result)!.value!;
  }

  /** Records that results are made of: they are needed as long as those. */
  recordsOf(keys: Iterable<string>): RecordKey[] {
    return [...keys].flatMap((key) => {
      const { items = [], included = [] } = this.#results.get(key) ?? {};
      return [...items, ...included].flatMap((row) => ('key' in row ? [row.key] : []));
    });
  }

  drop(key: string): void {
    this.#results.delete(key);
  }

  clear(): void {
    this.#results.clear();
  }

  /** The result with its records as they are now; undefined where it was never asked for, or one of them is not held any more. */
  get(key: string): (Known<CarePage> & { value: CarePage }) | undefined {
    const result = this.#results.get(key);
    if (!result) return undefined;
    this.#results.delete(key);
    this.#results.set(key, result);
    const known = this.#assemble(result);
    if (!known) this.#results.delete(key);
    return known;
  }

  #assemble(result: Result): (Known<CarePage> & { value: CarePage }) | undefined {
    const seen = { changed: false, lost: false, deleted: 0, doubted: this.#records.changedAt(result.types) };
    const rows = (list: readonly Row[]): Resource[] =>
      list.flatMap((row) => {
        if ('own' in row) return [row.own];
        const entry = this.#records.get(row.key);
        if (!entry || (!entry.value && !entry.gone)) {
          seen.lost = true;
          return [];
        }
        seen.doubted = Math.max(seen.doubted, entry.changed);
        if (!entry.value) seen.deleted++;
        else if (versionIn(entry.value) !== row.version) seen.changed = true;
        return entry.value ?? [];
      });
    const items = rows(result.items);
    const gone = seen.deleted;
    const included = rows(result.included);
    if (seen.lost) return undefined;
    const { last, patient, complete, warnings, total } = result;
    const known = { gone: false, asked: result.asked, changed: seen.doubted, at: result.at };
    if (last && isSameList(last.items, items) && isSameList(last.included, included)) return { value: last.page, ...known };
    // A record that was changed may have become another patient's.
    const kept =
      seen.changed && patient !== undefined ? keepPatient({ items, included }, patient, this.#baseUrl) : { items, included, warnings: [] };
    const page: SearchPage = {
      items: kept.items,
      included: kept.included,
      total: total === undefined ? undefined : total - gone,
      complete: complete && kept.warnings.length === 0,
      warnings: [...warnings, ...kept.warnings],
    };
    for (const list of [page.items, page.included]) Object.freeze(list);
    freezeJson(page.warnings);
    result.last = { items, included, page: new CarePage(page, this.#baseUrl) };
    return { value: result.last.page, ...known };
  }
}

function isSameList(a: readonly Resource[], b: readonly Resource[]): boolean {
  return a.length === b.length && a.every((row, i) => row === b[i]);
}
