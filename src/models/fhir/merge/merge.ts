/** Merging the three versions of a stale write; see {@link merge}. */
import { Fingerprints } from '../fingerprint.js';
import { cloneJson } from '../json.js';
import { recordOf, textOf, type Loose } from '../read/loose.js';
import { Decisions } from './decisions.js';
import { mergeNarrative } from './narrative.js';
import { RecordMerge } from './record-merge.js';
import { SIDES, type Side } from './rows.js';
import { sides, type Sides } from './sides.js';
import type { MergeChoices, MergeOptions, MergeResult, MergeVersions } from './types.js';

/**
 * Three-way merge of a record after a stale write (a ConflictError, or any three versions): what mine and theirs made of base.
 *
 * - Administrative elements (names, contacts, comments …) merge by themselves where the two do not overlap, and are reported in `changes`.
 * - Clinical elements always ask: each that either changed, as soon as theirs changed anything at all. They are whole, never put together from two.
 * - Types without a table, and everything where no base is known, ask for all that differs.
 *
 * The same versions give the same conflicts with the same paths; choices by path answer them. Nothing is invented: each value in
 * `merged` stands in one of the three. Pure, and never throws on JSON data as `parseJson` gives it, however wrong.
 */
export function merge<T = unknown>(versions: MergeVersions<T>, options: MergeOptions = {}): MergeResult<T> {
  const records = sides((side) => recordOf(versions[side]));
  const first = mergeOnce<T>(records, new Map());
  const chosen = chosenIn(first, options.choices);
  return chosen.size > 0 ? mergeOnce<T>(records, chosen) : first;
}

const isSide = (value: unknown): value is Side => SIDES.includes(value as Side);

function chosenIn(result: MergeResult, choices: MergeChoices | undefined): Map<string, Side> {
  const chosen = new Map<string, Side>();
  for (const conflict of choices ? result.conflicts : []) {
    const of =
      typeof choices === 'function' ? choices(conflict) : Object.hasOwn(choices!, conflict.path) ? choices![conflict.path] : undefined;
    if (isSide(of)) chosen.set(conflict.path, of);
  }
  return chosen;
}

function mergeOnce<T>(records: Sides<Loose | undefined>, chosen: ReadonlyMap<string, Side>): MergeResult<T> {
  const { base, mine, theirs } = records;
  const type = textOf(theirs?.['resourceType']) ?? textOf(mine?.['resourceType']) ?? 'Resource';
  if (!mine || !theirs || !isSameRecord(mine, theirs)) return wholeRecord(records, type, chosen);
  const knownBase = base !== undefined && isSameRecord(base, theirs);
  const known = { ...records, base: knownBase ? base : undefined };
  const decisions = new Decisions(knownBase, chosen);
  const merged = new RecordMerge(decisions, knownBase).record(known, type);
  const narrative = mergeNarrative(known, merged, `${type}.text`, new Fingerprints(), decisions);
  decisions.settle();
  return { merged: merged as T, conflicts: decisions.conflicts, changes: decisions.changes, narrative };
}

const isSameRecord = (a: Loose, b: Loose): boolean =>
  a['resourceType'] === b['resourceType'] && (a['id'] === undefined || b['id'] === undefined || a['id'] === b['id']);

/** One of them was deleted, was no save, or is another record: there is nothing to put together. */
function wholeRecord<T>(records: Sides<Loose | undefined>, type: string, chosen: ReadonlyMap<string, Side>): MergeResult<T> {
  const standing = chosen.get(type) ?? 'theirs';
  const copies = sides((side) => (records[side] === undefined ? undefined : (cloneJson(records[side]) as Record<string, unknown>)));
  const stands = records[standing];
  return {
    merged: (stands === undefined ? undefined : cloneJson(stands)) as T,
    conflicts: [{ path: type, kind: 'record', clinical: true, standing, ...copies, properties: copies }],
    changes: [],
    narrative: stands?.['text'] === undefined ? 'none' : standing === 'mine' ? 'mine' : 'theirs',
  };
}
