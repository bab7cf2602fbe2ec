/** Row numbers kept in ascending order, and the keys they are filed under. */

function position(rows: readonly number[], row: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows[middle]! < row) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function insertRow(rows: number[], row: number): void {
  if (rows.length === 0 || rows[rows.length - 1]! < row) rows.push(row);
  else {
    const at = position(rows, row);
    if (rows[at] !== row) rows.splice(at, 0, row);
  }
}

export function removeRow(rows: number[], row: number): void {
  const at = position(rows, row);
  if (rows[at] === row) rows.splice(at, 1);
}

/** Where `key` is, or would be, in ascending `keys`. */
export function lowerBound<K extends string | number>(keys: readonly K[], key: K): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keys[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The rows of one key. */
export interface Posting {
  readonly key: string;
  readonly rows: number[];
}

const FEW = 64;

/** Rows by key, with the keys in order on demand. */
export class Postings {
  readonly #postings = new Map<string, Posting>();
  #sorted: string[] | undefined;
  #fresh: string[] = [];

  /** Files a row under a key, and gives the posting that it is in now. */
  add(key: string, row: number): Posting {
    let posting = this.#postings.get(key);
    if (posting) insertRow(posting.rows, row);
    else {
      posting = { key, rows: [row] };
      this.#postings.set(key, posting);
      if (this.#sorted) this.#fresh.push(key);
    }
    return posting;
  }

  get(key: string): Posting | undefined {
    return this.#postings.get(key);
  }

  rows(key: string): readonly number[] {
    return this.#postings.get(key)?.rows ?? [];
  }

  /** All keys ever used, ascending by code unit; some may have no rows left. */
  keys(): readonly string[] {
    if (!this.#sorted) this.#sorted = [...this.#postings.keys()].sort();
    else if (this.#fresh.length > FEW) this.#sorted = [...this.#sorted, ...this.#fresh].sort();
    else for (const key of this.#fresh) this.#sorted.splice(lowerBound(this.#sorted, key), 0, key);
    this.#fresh = [];
    return this.#sorted;
  }

  /** Keys that begin with `prefix`. */
  keysFrom(prefix: string): string[] {
    const keys = this.keys();
    const found: string[] = [];
    for (let at = lowerBound(keys, prefix); at < keys.length && keys[at]!.startsWith(prefix); at++) found.push(keys[at]!);
    return found;
  }
}
