/** What a filter becomes: something that says how many rows it may give, gives them, and tests a single one. */
import type { KeyIndex, RangeIndex, RangeQuery } from './indexes.js';
import type { Posting } from './postings.js';
import type { Store } from './store.js';
import { referenceKey } from './values.js';

export interface Condition {
  /** Upper bound of the rows it gives, without counting them one by one. */
  readonly estimate: number;
  /** Adds the rows that match, some perhaps twice. */
  collect(rows: number[]): void;
  test(row: number): boolean;
}

/** Rows that have any of these keys. */
export function keyCondition(index: KeyIndex, wanted: Iterable<string>): Condition {
  const found = new Set<Posting>();
  let estimate = 0;
  for (const key of wanted) {
    const posting = index.postings.get(key);
    if (!posting || found.has(posting)) continue;
    found.add(posting);
    estimate += posting.rows.length;
  }
  return {
    estimate,
    collect: (rows) => {
      for (const posting of found) for (const row of posting.rows) rows.push(row);
    },
    test: (row) => index.filed(row).some((posting) => found.has(posting)),
  };
}

/** Rows with a key that passes; every key of the index is looked at once. */
export function scanCondition(index: KeyIndex, test: (key: string) => boolean): Condition {
  return keyCondition(index, index.postings.keys().filter(test));
}

/** Rows with a range that any of the queries accepts. */
export class RangeCondition implements Condition {
  readonly #index: RangeIndex;
  readonly #queries: readonly RangeQuery[];
  readonly estimate: number;

  constructor(index: RangeIndex, queries: readonly RangeQuery[]) {
    this.#index = index;
    this.#queries = queries;
    this.estimate = queries.reduce((sum, query) => sum + index.estimate(query), 0);
  }

  collect(rows: number[]): void {
    for (const query of this.#queries) this.#index.collect(query, rows);
  }

  test(row: number): boolean {
    return this.#queries.some((query) => this.#index.some(row, query.test));
  }

  /**
   * Two bounds on the same dates (`date=ge…&date=lt…`) as one: each alone leaves half of all rows, both together a day. Undefined
   * where that can't be said, as with rows of several dates, of which one may meet the one bound and another the other.
   */
  and(other: RangeCondition): RangeCondition | undefined {
    const [mine, theirs] = [this.#queries[0], other.#queries[0]];
    if (other.#index !== this.#index || this.#queries.length !== 1 || other.#queries.length !== 1) return undefined;
    const both = this.#index.intersect(mine!, theirs!);
    return both && new RangeCondition(this.#index, [both]);
  }
}

/** Puts pairs of bounds together where they can be. */
export function merged(conditions: readonly Condition[]): Condition[] {
  const done: Condition[] = [];
  for (const condition of conditions) {
    const at =
      condition instanceof RangeCondition ? done.findIndex((one) => one instanceof RangeCondition && one.and(condition) !== undefined) : -1;
    if (at < 0) done.push(condition);
    else done[at] = (done[at] as RangeCondition).and(condition as RangeCondition)!;
  }
  return done;
}

/** Rows of the type for which `test` holds, found by trying them all. */
export function testCondition(store: Store, type: string, test: (row: number) => boolean): Condition {
  const live = store.live(type);
  return {
    estimate: live.length,
    collect: (rows) => {
      for (const row of live) if (test(row)) rows.push(row);
    },
    test,
  };
}

export function rowsCondition(rows: readonly number[]): Condition {
  const all = new Set(rows);
  return { estimate: all.size, collect: (found) => void found.push(...all), test: (row) => all.has(row) };
}

export function anyOf(conditions: readonly Condition[]): Condition {
  return {
    estimate: conditions.reduce((sum, one) => sum + one.estimate, 0),
    collect: (rows) => conditions.forEach((one) => one.collect(rows)),
    test: (row) => conditions.some((one) => one.test(row)),
  };
}

/** Rows that satisfy all: the condition with the fewest candidates gives them, the others test them. Ascending, each once. */
export function matchAll(store: Store, type: string, conditions: readonly Condition[]): readonly number[] {
  if (conditions.length === 0) return store.live(type);
  const [first, ...rest] = [...conditions].sort((a, b) => a.estimate - b.estimate);
  const candidates: number[] = [];
  first!.collect(candidates);
  const seen = new Uint8Array(store.rowsOf(type).length);
  const found: number[] = [];
  let ascending = true;
  for (const row of candidates) {
    if (seen[row]) continue;
    seen[row] = 1;
    if (rest.every((one) => one.test(row))) {
      if (found.length > 0 && found[found.length - 1]! > row) ascending = false;
      found.push(row);
    }
  }
  return ascending ? found : found.sort((a, b) => a - b);
}

/** The rows of a condition that also pass a test. */
export function tested(candidates: Condition, test: (row: number) => boolean): Condition {
  return {
    estimate: candidates.estimate,
    test: (row) => candidates.test(row) && test(row),
    collect: (rows) => {
      const found: number[] = [];
      candidates.collect(found);
      for (const row of found) if (test(row)) rows.push(row);
    },
  };
}

/** Rows of `type` in the compartment of `Patient/p1` and the like, by the parameters that R4 names for it. */
export function compartmentCondition(store: Store, compartment: string, id: string, type: string): Condition | undefined {
  const params = store.definitions.compartment(compartment)?.get(type) ?? [];
  const self = type === compartment ? store.get(type, id) : undefined;
  if (params.length === 0 && type !== compartment) return undefined;
  const key = referenceKey.local(compartment, id);
  const conditions = params
    .filter((code) => store.definitions.param(type, code))
    .map((code) => keyCondition(store.keys(type, code), [key]));
  return anyOf(self?.tree ? [rowsCondition([self.row]), ...conditions] : conditions);
}
