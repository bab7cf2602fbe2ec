/** Which entry of one list is which of another. */
import { KINDS, type EntryKeys } from './identity.js';

/** An entry as far as alignment goes. */
export interface Entry {
  /** Equal for equal entries. */
  print: string;
  keys: EntryKeys;
}

/** Both ways, by position. */
class Pairs {
  readonly ofA = new Map<number, number>();
  readonly ofB = new Map<number, number>();

  add(a: number, b: number): void {
    this.ofA.set(a, b);
    this.ofB.set(b, a);
  }
}

/** Positions of the entries that are still alone, by their text; those without one are left out. */
function positions(entries: readonly Entry[], taken: ReadonlyMap<number, number>, text: (entry: Entry) => string): Map<string, number[]> {
  const found = new Map<string, number[]>();
  entries.forEach((entry, index) => {
    const one = taken.has(index) ? '' : text(entry);
    if (one === '') return;
    const list = found.get(one);
    if (list) list.push(index);
    else found.set(one, [index]);
  });
  return found;
}

const identified = (entry: Entry): boolean => entry.keys.strong.some(Boolean);

/**
 * @param loosely whether what is left may also be paired by where it stands: between the same neighbours, the same number of entries,
 * none of which says what it is.
 * @returns for positions in `a` those in `b`.
 */
export function align(a: readonly Entry[], b: readonly Entry[], loosely: boolean): ReadonlyMap<number, number> {
  const pairs = new Pairs();
  const pair = (text: (entry: Entry) => string, unique: boolean): void => {
    const others = positions(b, pairs.ofB, text);
    for (const [key, here] of positions(a, pairs.ofA, text)) {
      const there = others.get(key) ?? [];
      if (unique && (here.length > 1 || there.length > 1)) continue;
      for (let i = 0; i < here.length && i < there.length; i++) pairs.add(here[i]!, there[i]!);
    }
  };
  pair((entry) => entry.print, false);
  for (let kind = 0; kind < KINDS.strong; kind++) pair((entry) => entry.keys.strong[kind] ?? '', true);
  for (let kind = 0; kind < KINDS.weak; kind++) pair((entry) => entry.keys.weak[kind] ?? '', true);
  if (loosely) byPosition(a, b, pairs);
  return pairs.ofA;
}

function byPosition(a: readonly Entry[], b: readonly Entry[], pairs: Pairs): void {
  for (let i = 0; i < a.length; i++) {
    if (pairs.ofA.has(i)) continue;
    let end = i;
    while (end < a.length && !pairs.ofA.has(end)) end++;
    const start = i === 0 ? 0 : pairs.ofA.get(i - 1)! + 1;
    const stop = end === a.length ? b.length : pairs.ofA.get(end)!;
    const gap = stop - start === end - i ? Array.from({ length: end - i }, (_, n) => [i + n, start + n] as const) : [];
    if (gap.every(([one, other]) => !pairs.ofB.has(other) && !identified(a[one]!) && !identified(b[other]!)))
      for (const [one, other] of gap) pairs.add(one, other);
    i = end;
  }
}
