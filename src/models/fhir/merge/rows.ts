/** Three versions of a list as rows: which entries are one, and in which order they go out. */
import { align, type Entry } from './align.js';

export const SIDES = ['base', 'mine', 'theirs'] as const;
export type Side = (typeof SIDES)[number];

/** One entry of a list, by its position in each version that has it. */
export interface Row {
  base: number | undefined;
  mine: number | undefined;
  theirs: number | undefined;
  /** Its position in `theirs`; what `theirs` lacks is numbered after that. Does not depend on what anybody chooses. */
  at: number;
}

/** @param knownBase false where the base is not known: then mine and theirs are compared as closely as either with a base. */
export function rowsOf(lists: Readonly<Record<Side, readonly Entry[]>>, knownBase: boolean): Row[] {
  const { base, mine, theirs } = lists;
  const [toMine, toTheirs] = [align(base, mine, true), align(base, theirs, true)];
  const rest = (list: readonly Entry[], taken: ReadonlyMap<number, number>): number[] => {
    const used = new Set(taken.values());
    return list.map((_, index) => index).filter((index) => !used.has(index));
  };
  const [newMine, newTheirs] = [rest(mine, toMine), rest(theirs, toTheirs)];
  const both = align(
    newMine.map((index) => mine[index]!),
    newTheirs.map((index) => theirs[index]!),
    !knownBase,
  );
  const ofTheirs = new Map([...both].map(([one, other]) => [newTheirs[other]!, newMine[one]!]));
  const ofBase = new Map([...toTheirs].map(([one, other]) => [other, one]));
  const rows: Row[] = theirs.map((_, index) => {
    const from = ofBase.get(index);
    return { base: from, mine: from === undefined ? ofTheirs.get(index) : toMine.get(from), theirs: index, at: index };
  });
  let at = theirs.length;
  base.forEach((_, index) => {
    if (!toTheirs.has(index)) rows.push({ base: index, mine: toMine.get(index), theirs: undefined, at: at++ });
  });
  newMine.forEach((index, position) => {
    if (!both.has(position)) rows.push({ base: undefined, mine: index, theirs: undefined, at: at++ });
  });
  return rows;
}

/** The rows that a version has, in its order. */
export function inOrder(rows: readonly Row[], side: Side): Row[] {
  return rows.filter((row) => row[side] !== undefined).toSorted((a, b) => a[side]! - b[side]!);
}

/**
 * The rows in the order of one version; what it lacks comes where it stood in the other: behind the entry that was before it, and
 * behind what the first version put there.
 */
export function arrange(rows: readonly Row[], first: Side): Row[] {
  const head = { next: undefined } as Link;
  const links = new Map<Row, Link>();
  const insert = (row: Row, behind: Link): Link => {
    const link: Link = { row, next: behind.next };
    behind.next = link;
    links.set(row, link);
    return link;
  };
  let last = head;
  for (const row of inOrder(rows, first)) last = insert(row, last);
  for (const side of (['theirs', 'mine', 'base'] as const).filter((one) => one !== first)) {
    last = head;
    for (const row of inOrder(rows, side)) {
      const known = links.get(row);
      if (!known) while (last.next?.row && last.next.row[side] === undefined) last = last.next;
      last = known ?? insert(row, last);
    }
  }
  const out: Row[] = [];
  for (let link = head.next; link; link = link.next) out.push(link.row!);
  return out;
}

interface Link {
  row?: Row;
  next: Link | undefined;
}
