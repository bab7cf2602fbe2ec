/**
 * The narrative (`text`) of a merged record. One that was generated tells the structured data of its version and nothing else (R4
 * narrative.html), so over data put together from two versions it would tell what no longer holds: it is dropped, for the server or the
 * next editor to make anew. One that holds more than the data (`additional`) is somebody's writing, and is merged like any other element.
 */
import type { Fingerprints } from '../fingerprint.js';
import { cloneJson, copyMember } from '../json.js';
import { recordOf, type Loose } from '../read/loose.js';
import type { Decisions } from './decisions.js';
import { SIDES } from './rows.js';
import { own, sides, type Sides } from './sides.js';
import type { MergeResult } from './types.js';

const isGenerated = (text: unknown): boolean => {
  const status = recordOf(text)?.['status'];
  return text === undefined || status === 'generated' || status === 'extensions' || status === 'empty';
};

/** Whether two records say the same, their narrative and the server's part of `meta` aside. */
function sameData(a: Loose, b: Loose, prints: Fingerprints): boolean {
  const aside = new Set(['text', '_text', 'meta']);
  const names = new Set([...Object.keys(a), ...Object.keys(b)].filter((name) => !aside.has(name)));
  return [...names].every((name) => prints.of(a, name) === prints.of(b, name));
}

/** Puts the narrative into the merged record. */
export function mergeNarrative(
  versions: Sides<Loose | undefined>,
  merged: Record<string, unknown>,
  path: string,
  prints: Fingerprints,
  decisions: Decisions,
): MergeResult['narrative'] {
  const texts = sides((side) => own(versions[side], 'text'));
  if (texts.mine === undefined && texts.theirs === undefined) return 'none';
  const print = sides((side) => (texts[side] === undefined ? '' : prints.of(versions[side]!, 'text')));
  if (SIDES.every((side) => isGenerated(texts[side]))) {
    const whose = (['theirs', 'mine'] as const).find((side) => sameData(merged, versions[side]!, prints));
    if (whose === undefined) return 'dropped';
    if (texts[whose] === undefined) return 'none';
    copyMember(versions[whose]!, 'text', merged);
    return whose;
  }
  const properties = () => sides((side) => (texts[side] === undefined ? undefined : { text: cloneJson(texts[side]) }));
  const side = decisions.decide({ path, kind: 'changed', clinical: true, prints: print, properties });
  if (texts[side] === undefined) return 'none';
  copyMember(versions[side]!, 'text', merged);
  return print[side] === print.theirs ? 'theirs' : 'mine';
}
