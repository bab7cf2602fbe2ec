/**
 * What makes an entry of a list the same entry in another version of the record. FHIR lists have no keys of their own, but most entries
 * say what they are: `id`, an identifier's system and value, an extension's url, the actor of a participant.
 */
import { recordOf, type Loose } from '../read/loose.js';

/** A key is made of the values at these paths; where one of them in front of the `?` is missing, there is no such key. */
type KeyPath = readonly string[];

/** Entries whose keys of this kind differ are different things. In order: the first that fits both lists decides. */
const STRONG: readonly KeyPath[] = [
  ['id'],
  ['resourceType', 'id'],
  ['fullUrl'],
  ['linkId'],
  ['url'],
  ['sequence'],
  ['reference'],
  ['actor.reference'],
  ['individual.reference'],
  ['member.reference'],
  ['condition.reference'],
  ['location.reference'],
  ['coverage.reference'],
  ['item.reference'],
  ['other.reference'],
  ['code.coding.0.system?', 'code.coding.0.code'],
  ['coding.0.system?', 'coding.0.code'],
  ['system', 'code'],
];

/** Of entries that may have changed in what makes them out, the one that is most likely meant; unique ones only. */
const WEAK: readonly KeyPath[] = [
  ['system', 'use?', 'value'],
  ['system', 'use?', 'type.coding.0.code?', 'type.text?'],
  ['relationship.0.coding.0.code'],
  ['language.coding.0.code'],
  ['type.coding.0.code'],
  ['role.0.coding.0.code'],
  ['family', 'use?'],
  ['use'],
  ['type'],
];

function at(value: unknown, path: string): unknown {
  let found = value;
  for (const name of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
    found = (found as Loose)[name];
  }
  return found;
}

function keyOf(entry: Loose, paths: KeyPath): string {
  const parts: unknown[] = [];
  for (const path of paths) {
    const value = at(entry, path.replace('?', ''));
    const known = typeof value === 'string' || typeof value === 'number';
    if (!known && !path.endsWith('?')) return '';
    parts.push(known ? value : null);
  }
  return JSON.stringify(parts);
}

export interface EntryKeys {
  strong: readonly string[];
  weak: readonly string[];
}

const NONE: EntryKeys = { strong: [], weak: [] };

/** The keys of an entry, at the same position for each kind; empty where it has none of that kind. */
export function keysOf(entry: unknown): EntryKeys {
  const record = recordOf(entry);
  if (!record) return NONE;
  return { strong: STRONG.map((paths) => keyOf(record, paths)), weak: WEAK.map((paths) => keyOf(record, paths)) };
}

export const KINDS = { strong: STRONG.length, weak: WEAK.length } as const;
