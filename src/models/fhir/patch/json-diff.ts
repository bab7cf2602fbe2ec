/**
 * A JSON Patch (RFC 6902) that makes one version of a record out of another, with few operations. Number literals travel with their
 * values. Where an operation stands on a position in a list, a `test` goes before it: a position means nothing once somebody else has
 * changed that list, and the patch is then refused as a whole instead of changing another entry.
 */
import { Fingerprints } from '../fingerprint.js';
import { copyMember } from '../json.js';

/** One operation of a JSON Patch, as in RFC 6902. */
export interface JsonPatchOperation {
  op: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test';
  path: string;
  from?: string;
  value?: unknown;
}

export interface JsonDiffOptions {
  /** `lists` (unless told): a test for each entry of a list that is changed by its position. `all`: also for members. `none`. */
  guards?: 'lists' | 'all' | 'none';
}

/** Above this many comparisons, lists are not aligned but replaced as a whole. */
const MAX_CELLS = 1_000_000;

const isTree = (value: unknown): value is object => typeof value === 'object' && value !== null;
const token = (key: string | number): string => String(key).replace(/~/g, '~0').replace(/\//g, '~1');
const memberOf = (holder: object, key: string | number): unknown => (holder as Record<string | number, unknown>)[key];

/** Pairs of positions whose entries are equal, in order: a longest common subsequence. Undefined where the lists are too long for it. */
function anchors(a: readonly string[], b: readonly string[]): [number, number][] | undefined {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const [rows, columns] = [a.length - start - end, b.length - start - end];
  if (rows * columns > MAX_CELLS) return undefined;
  // length[i][j]: of the longest common subsequence of what follows i and j.
  const length = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1));
  for (let i = rows - 1; i >= 0; i--)
    for (let j = columns - 1; j >= 0; j--)
      length[i]![j] = a[start + i] === b[start + j] ? length[i + 1]![j + 1]! + 1 : Math.max(length[i + 1]![j]!, length[i]![j + 1]!);
  const pairs: [number, number][] = Array.from({ length: start }, (_, i) => [i, i]);
  for (let i = 0, j = 0; i < rows && j < columns;)
    if (a[start + i] === b[start + j]) pairs.push([start + i++, start + j++]);
    else if (length[i + 1]![j]! >= length[i]![j + 1]!) i++;
    else j++;
  for (let i = end; i > 0; i--) pairs.push([a.length - i, b.length - i]);
  return pairs;
}

class Diff {
  readonly steps: JsonPatchOperation[] = [];
  readonly #prints = new Fingerprints();
  /** `none` also inside an entry that has been tested as a whole. */
  #guards: NonNullable<JsonDiffOptions['guards']>;

  constructor(guards: NonNullable<JsonDiffOptions['guards']>) {
    this.#guards = guards;
  }

  /** From `a[aKey]` to `b[bKey]`, which stands at `path`. */
  value(a: object, aKey: string | number, b: object, bKey: string | number, path: string): void {
    if (this.#prints.of(a, aKey) === this.#prints.of(b, bKey)) return;
    const [before, after] = [memberOf(a, aKey), memberOf(b, bKey)];
    if (isTree(before) && isTree(after) && Array.isArray(before) === Array.isArray(after)) {
      if (Array.isArray(before)) this.#list(before, after as unknown[], path, () => this.#step('replace', path, b, bKey));
      else this.#object(before, after, path);
    } else {
      if (this.#guards === 'all') this.#step('test', path, a, aKey);
      this.#step('replace', path, b, bKey);
    }
  }

  #step(op: 'add' | 'replace' | 'test', path: string, holder: object, key: string | number): void {
    const step: JsonPatchOperation = { op, path };
    copyMember(holder, key, step, 'value');
    this.steps.push(step);
  }

  #object(before: object, after: object, path: string): void {
    const [had, has] = [membersOf(before), membersOf(after)];
    for (const name of had) {
      const inner = `${path}/${token(name)}`;
      if (has.has(name)) this.value(before, name, after, name, inner);
      else {
        if (this.#guards === 'all') this.#step('test', inner, before, name);
        this.steps.push({ op: 'remove', path: inner });
      }
    }
    for (const name of has) if (!had.has(name)) this.#step('add', `${path}/${token(name)}`, after, name);
  }

  #list(before: readonly unknown[], after: readonly unknown[], path: string, replaceAll: () => void): void {
    const print = (list: readonly unknown[]): string[] => list.map((_, index) => this.#prints.of(list, index));
    const pairs = anchors(print(before), print(after));
    if (!pairs) return replaceAll();
    let [i, j] = [0, 0];
    for (const [nextI, nextJ] of [...pairs, [before.length, after.length] as const]) {
      // Between two anchors entries are changed in place as far as there are both; the list's positions are by now those of `after`.
      for (; i < nextI && j < nextJ; i++, j++) {
        const at = `${path}/${j}`;
        const guards = this.#guards;
        if (guards !== 'none') this.#step('test', at, before, i);
        this.#guards = 'none';
        this.value(before, i, after, j, at);
        this.#guards = guards;
      }
      for (; i < nextI; i++) {
        if (this.#guards !== 'none') this.#step('test', `${path}/${j}`, before, i);
        this.steps.push({ op: 'remove', path: `${path}/${j}` });
      }
      for (; j < nextJ; j++) this.#step('add', nextI === before.length ? `${path}/-` : `${path}/${j}`, after, j);
      [i, j] = [nextI + 1, nextJ + 1];
    }
  }
}

/** Names of the members that have a value: JSON knows no undefined. */
function membersOf(object: object): Set<string> {
  return new Set(Object.keys(object).filter((name) => memberOf(object, name) !== undefined));
}

/**
 * The operations that make `mine` out of `base`; none where they are equal. Applied to `base` they give `mine` to the character of each
 * number. Order of members is no difference.
 *
 * For a patch of a record, both are versions of it with one id and one `meta`: a server refuses a patch that changes these.
 */
export function diff(base: object, mine: object, options: JsonDiffOptions = {}): JsonPatchOperation[] {
  const run = new Diff(options.guards ?? 'lists');
  run.value({ root: base }, 'root', { root: mine }, 'root', '');
  return run.steps;
}
