/**
 * The two kinds of index: by keys (token, string, reference, uri) and by ranges (date, number, quantity). Each can name the rows that
 * may match a query, test one row exactly, and give a row's place in a sort.
 */
import { Postings, removeRow, type Posting } from './postings.js';
import type { SortKey } from './sort-order.js';
import type { Range } from './values.js';

export interface Index {
  delete(row: number): void;
  has(row: number): boolean;
  sortKey(row: number, descending: boolean): SortKey;
}

const NOWHERE: readonly Posting[] = [];

export class KeyIndex implements Index {
  readonly postings = new Postings();
  readonly #filed: (readonly Posting[] | undefined)[] = [];
  /** First letters of the keys that a sort goes by; none when it goes by all. */
  readonly #sortBy: string;

  constructor(sortBy = '') {
    this.#sortBy = sortBy;
  }

  add(row: number, keys: readonly string[]): void {
    if (keys.length > 0) this.#filed[row] = keys.map((key) => this.postings.add(key, row));
  }

  delete(row: number): void {
    for (const { rows } of this.filed(row)) removeRow(rows, row);
    this.#filed[row] = undefined;
  }

  /** Where a row is filed: what it has in common with others is the same object. */
  filed(row: number): readonly Posting[] {
    return this.#filed[row] ?? NOWHERE;
  }

  has(row: number): boolean {
    return this.#filed[row] !== undefined;
  }

  /** The lowest key ascending, the highest descending. */
  sortKey(row: number, descending: boolean): SortKey {
    let best: string | undefined;
    for (const { key } of this.filed(row)) {
      if (this.#sortBy && !this.#sortBy.includes(key[0]!)) continue;
      const plain = this.#sortBy ? key.slice(1).toLowerCase() : key;
      if (best === undefined || (descending ? plain > best : plain < best)) best = plain;
    }
    return best;
  }
}

const FEW = 64;
const byLow = (a: Range, b: Range): number => (a.low < b.low ? -1 : a.low > b.low ? 1 : a.row - b.row);
const byHigh = (a: Range, b: Range): number => (a.high < b.high ? -1 : a.high > b.high ? 1 : a.row - b.row);

/** Entries in the order of one bound, sorted when they are first asked for and kept so while single rows change. */
class SortedEntries {
  readonly #compare: (a: Range, b: Range) => number;
  readonly #bound: 'low' | 'high';
  #entries: Range[] = [];
  #fresh: Range[] = [];
  #dead = 0;

  constructor(bound: 'low' | 'high') {
    this.#bound = bound;
    this.#compare = bound === 'low' ? byLow : byHigh;
  }

  add(entry: Range): void {
    this.#fresh.push(entry);
  }

  died(): void {
    this.#dead++;
  }

  #settle(): readonly Range[] {
    if (this.#dead > FEW && this.#dead > this.#entries.length / 4) {
      this.#entries = this.#entries.filter((entry) => entry.live);
      this.#dead = 0;
    }
    if (this.#fresh.length > FEW) this.#entries = [...this.#entries, ...this.#fresh].sort(this.#compare);
    else
      for (const entry of this.#fresh) {
        let [low, high] = [0, this.#entries.length];
        while (low < high) {
          const middle = (low + high) >>> 1;
          if (this.#compare(this.#entries[middle]!, entry) < 0) low = middle + 1;
          else high = middle;
        }
        this.#entries.splice(low, 0, entry);
      }
    this.#fresh = [];
    return this.#entries;
  }

  #position(value: number): number {
    const entries = this.#entries;
    let [low, high] = [0, entries.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (entries[middle]![this.#bound] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** How many entries have their bound in [from, to), dead ones included. */
  count(from: number, to: number): number {
    this.#settle();
    return (to === Infinity ? this.#entries.length : this.#position(to)) - this.#position(from);
  }

  collect(from: number, to: number, test: (entry: Range) => boolean, rows: number[]): void {
    const entries = this.#settle();
    const end = to === Infinity ? entries.length : this.#position(to);
    for (let at = this.#position(from); at < end; at++) {
      const entry = entries[at]!;
      if (entry.live && test(entry)) rows.push(entry.row);
    }
  }
}

/** Ranges that `test` accepts, all of which have one bound in [from, to): where to look for them. `test` alone has to be right. */
export interface RangeQuery {
  by: 'low' | 'high';
  from: number;
  to: number;
  test: (range: Range) => boolean;
}

export class RangeIndex implements Index {
  readonly #rows: (readonly Range[] | undefined)[] = [];
  readonly #low = new SortedEntries('low');
  readonly #high = new SortedEntries('high');
  /** Length of the longest range that was ever added. */
  #longest = 0;
  /** Whether some row ever had several ranges. */
  #several = false;

  add(row: number, ranges: readonly Range[]): void {
    if (ranges.length === 0) return;
    if (ranges.length > 1) this.#several = true;
    for (const { low, high } of ranges) this.#longest = Math.max(this.#longest, high - low);
    this.#rows[row] = ranges;
    for (const entry of ranges) {
      entry.row = row;
      this.#low.add(entry);
      this.#high.add(entry);
    }
  }

  delete(row: number): void {
    for (const entry of this.#rows[row] ?? []) {
      entry.live = false;
      this.#low.died();
      this.#high.died();
    }
    this.#rows[row] = undefined;
  }

  has(row: number): boolean {
    return this.#rows[row] !== undefined;
  }

  some(row: number, test: (range: Range) => boolean): boolean {
    return this.#rows[row]?.some(test) ?? false;
  }

  /** The start decides in both directions, the earliest ascending and the latest descending: newest first means begun last. */
  sortKey(row: number, descending: boolean): SortKey {
    const entries = this.#rows[row];
    if (!entries) return undefined;
    let best = entries[0]!.low;
    for (const { low } of entries) if (descending ? low > best : low < best) best = low;
    return best;
  }

  /** One query for both, by where their ranges may begin; undefined when rows have several ranges, or some range has no end. */
  intersect(a: RangeQuery, b: RangeQuery): RangeQuery | undefined {
    if (this.#several || !Number.isFinite(this.#longest)) return undefined;
    const earliest = ({ by, from }: RangeQuery): number => (by === 'low' ? from : from - this.#longest);
    return {
      by: 'low',
      from: Math.max(earliest(a), earliest(b)),
      to: Math.min(a.to, b.to),
      test: (range) => a.test(range) && b.test(range),
    };
  }

  estimate(query: RangeQuery): number {
    return (query.by === 'low' ? this.#low : this.#high).count(query.from, query.to);
  }

  collect(query: RangeQuery, rows: number[]): void {
    (query.by === 'low' ? this.#low : this.#high).collect(query.from, query.to, query.test, rows);
  }
}
