/** Versions of records to compare and merge: what people and servers do to one, by chance that can be repeated. */
import { copyMember, cloneJson, parseJson } from '../../src/models/fhir/json.js';
import { caseFiles } from './cases.js';

export type Tree = Record<string, unknown>;
const isTree = (value: unknown): value is Tree | unknown[] => typeof value === 'object' && value !== null;

/** Numbers from 0 to below 1 (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Numbers whose characters matter, as JSON text. */
const NUMBERS = ['1.0', '1.00', '0.50', '1e2', '-0', '7', '123456789012345678901', '2.5'];

/** All objects and lists of a tree but those that name what it is. */
function holders(tree: Tree): (Tree | unknown[])[] {
  const found: (Tree | unknown[])[] = [];
  const visit = (value: Tree | unknown[]): void => {
    found.push(value);
    for (const [name, member] of Object.entries(value)) if (isTree(member) && name !== 'meta' && name !== 'text') visit(member);
  };
  visit(tree);
  return found;
}

function newValue(random: () => number, holder: object, key: string | number): void {
  const at = Math.floor(random() * NUMBERS.length);
  const mark = `edit ${Math.floor(random() * 1e6)}`;
  const choices: (() => void)[] = [
    () => Reflect.set(holder, key, mark),
    () => copyMember(parseJson(`[${NUMBERS[at]!}]`) as unknown[], 0, holder, key),
    () => Reflect.set(holder, key, { extension: [{ url: 'urn:test', valueString: mark }] }),
    () => Reflect.set(holder, key, random() < 0.5),
  ];
  choices[Math.floor(random() * choices.length)]!();
}

function moved(list: unknown[], random: () => number): void {
  const order = list.map((_, index) => index).toSorted(() => random() - 0.5);
  const copy = cloneJson(list);
  list.length = 0;
  for (const index of order) copyMember(copy, index, list, list.length);
}

/** A copy with `count` edits: values changed, members and entries added and removed, lists put in another order. */
export function edited<T extends object>(tree: T, seed: number, count = 3): T {
  const random = randomOf(seed);
  const copy = cloneJson(tree) as unknown as Tree;
  for (let i = 0; i < count; i++) {
    const all = holders(copy);
    const holder = all[Math.floor(random() * all.length)]!;
    const how = random();
    if (Array.isArray(holder)) {
      if (how < 0.25) newValue(random, holder, holder.length);
      else if (how < 0.5 && holder.length > 0) {
        const copied = cloneJson(holder);
        holder.length = 0;
        const gone = Math.floor(random() * copied.length);
        copied.forEach((_, index) => index !== gone && copyMember(copied, index, holder, holder.length));
      } else if (how < 0.7) moved(holder, random);
      else if (holder.length > 0) newValue(random, holder, Math.floor(random() * holder.length));
      continue;
    }
    const names = Object.keys(holder).filter((name) => !['resourceType', 'id', 'meta', 'text'].includes(name));
    const name = names[Math.floor(random() * names.length)];
    if (how < 0.25 || name === undefined) newValue(random, holder, `added${Math.floor(random() * 3)}`);
    else if (how < 0.5) delete holder[name];
    else if (!isTree(holder[name])) newValue(random, holder, name);
    else if (Array.isArray(holder[name]) && (holder[name] as unknown[]).length > 0) {
      const list = holder[name] as unknown[];
      copyMember(list, Math.floor(random() * list.length), list, list.length);
    }
  }
  return copy as unknown as T;
}

/** Resources of the cases, Bundles taken apart; every `step`-th, and none of more than 200 kB. */
export function caseResources(step = 1): Tree[] {
  const found: Tree[] = [];
  for (const folder of ['patients', 'claims', 'medications', 'questionnaires', 'scheduling', 'migration', 'fhir-bad-and-fhirpath'])
    for (const { text } of caseFiles(folder)) {
      if (text.length > 2_000_000) continue;
      try {
        const tree = parseJson(text) as Tree;
        const entries = Array.isArray(tree?.['entry']) ? (tree['entry'] as Tree[]) : [];
        for (const one of [tree, ...entries.map((entry) => entry?.['resource'] as Tree)])
          if (isTree(one) && !Array.isArray(one) && one['resourceType'] !== undefined && JSON.stringify(one).length < 200_000)
            found.push(one);
      } catch {
        continue; // some of the cases are no JSON on purpose
      }
    }
  return found.filter((_, index) => index % step === 0);
}
