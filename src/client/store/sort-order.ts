/** Rows in the order of a `_sort`. */

/** Where a row stands in a sort; undefined when it has no value, which comes last in either direction. */
export type SortKey = string | number | undefined;

/** So many changes are worked in one by one; after more the whole is sorted again. */
const FEW = 64;

/** One key of a `_sort`. */
export interface Sort {
  code: string;
  descending: boolean;
}

/** Compares two rows' places key by key: lowest first or, where descending, highest first; no value comes last in both directions. */
export function compareKeys(a: readonly SortKey[], b: readonly SortKey[], sorts: readonly Sort[]): number {
  for (let i = 0; i < sorts.length; i++) {
    const [x, y] = [a[i], b[i]];
    if (x === y) continue;
    if (x === undefined) return 1;
    if (y === undefined) return -1;
    return x < y === sorts[i]!.descending ? 1 : -1;
  }
  return 0;
}

/** A row's place among others: its keys, and for equal ones the row number, so that no two are equal. */
export interface Place {
  row: number;
  keys: readonly SortKey[];
}

/** Rows of a type in the order of a `_sort`, kept while single rows change. */
export class SortOrder {
  readonly #sorts: readonly Sort[];
  readonly #keysOf: (row: number) => readonly SortKey[];
  readonly #places: (Place | undefined)[] = [];
  #rows: number[] | undefined;
  #changed = new Set<number>();

  constructor(sorts: readonly Sort[], keysOf: (row: number) => readonly SortKey[]) {
    this.#sorts = sorts;
    this.#keysOf = keysOf;
  }

  readonly compare = (a: Place, b: Place): number => compareKeys(a.keys, b.keys, this.#sorts) || a.row - b.row;

  place(row: number): Place {
    return (this.#places[row] ??= { row, keys: this.#keysOf(row) });
  }

  /** To be told when a row was written or deleted. */
  touch(row: number): void {
    this.#places[row] = undefined;
    this.#changed.add(row);
  }

  /** First position whose row stands at or after `place`. */
  position(rows: readonly number[], place: Place): number {
    let [low, high] = [0, rows.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.compare(this.place(rows[middle]!), place) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  sort(rows: readonly number[]): number[] {
    return rows
      .map((row) => this.place(row))
      .sort(this.compare)
      .map((place) => place.row);
  }

  /** All rows of the type in order. @param live its rows, ascending. @param isLive whether a row still exists. */
  rows(live: readonly number[], isLive: (row: number) => boolean): readonly number[] {
    if (!this.#rows || this.#changed.size > FEW) this.#rows = this.sort(live);
    else if (this.#changed.size > 0) {
      const changed = this.#changed;
      this.#rows = this.#rows.filter((row) => !changed.has(row));
      for (const row of changed) if (isLive(row)) this.#rows.splice(this.position(this.#rows, this.place(row)), 0, row);
    }
    this.#changed = new Set();
    return this.#rows;
  }
}
