/** Units of work: what is written to a store together, all of it or nothing. */
import type { CareIssue } from '../../models/errors.js';
import { literalOf, stringify } from '../../models/fhir/json.js';
import type { Store } from './store.js';
import { isObject, type ResourceTree } from './tree.js';
import type { Version, WriteMethod } from './version.js';

export interface WriteRequest {
  method: WriteMethod;
  type: string;
  id: string;
  /** The resource to store, without an identity of its own: `id` and `meta` are set in it. It belongs to the store from now on. Left out for DELETE. */
  tree?: ResourceTree | undefined;
  invalid?: readonly CareIssue[] | undefined;
}

/** What a unit of work does: it writes, and sees what it has written. It is synchronous, and other units do not nest in it. */
export type Work<T> = (write: (request: WriteRequest) => Version) => T;

/** What a unit of work came to. */
export interface Attempt<T> {
  result: T;
  versions: readonly Version[];
  /** Writes it, if nothing else was written meanwhile. */
  apply(): void;
}

const busy = new WeakSet<Store>();

function run<T>(store: Store, work: Work<T>, keep: boolean): Attempt<T> {
  if (busy.has(store)) throw new Error('A unit of work is under way');
  busy.add(store);
  const versions: Version[] = [];
  const trees: (ResourceTree | undefined)[] = [];
  let kept = false;
  try {
    const write = (request: WriteRequest): Version => {
      const [version, tree] = versionOf(store, request);
      versions.push(version);
      trees.push(tree);
      store.apply(version, tree);
      return version;
    };
    const result = work(write);
    kept = keep;
    return { result, versions, apply: () => versions.forEach((version, index) => store.apply(version, trees[index])) };
  } finally {
    if (!kept) for (const _ of versions) store.unapply();
    busy.delete(store);
  }
}

/** Runs a unit of work. What it wrote stays when it returns, and is as if it had never been when it throws. */
export function commit<T>(store: Store, work: Work<T>): T {
  const { result, versions } = run(store, work, true);
  if (versions.length > 0) store.tell(versions);
  return result;
}

/** Runs a unit of work and takes it back, so that the store shows nothing of it until it is applied: once it is on disk, say. */
export function attempt<T>(store: Store, work: Work<T>): Attempt<T> {
  return run(store, work, false);
}

function versionOf(store: Store, { method, type, id, tree, invalid }: WriteRequest): [Version, ResourceTree | undefined] {
  const last = store.get(type, id)?.versions.at(-1);
  const versionId = String(Number(last?.versionId ?? 0) + 1);
  const now = instant(store.now());
  // A clock that was set back must not make a version older than the one before it: history goes by these times.
  const lastUpdated = last && last.lastUpdated > now ? last.lastUpdated : now;
  const resource = tree && withIdentity(tree, type, id, versionId, lastUpdated);
  const text = resource && stringify(resource);
  return [{ type, id, versionId, lastUpdated, method, text, ...(invalid?.length ? { invalid } : {}) }, resource];
}

let lastInstant = { time: NaN, text: '' };

/** The time as FHIR writes it; bulk loads ask for the same millisecond over and over. */
function instant(now: Date): string {
  const time = now.getTime();
  if (lastInstant.time !== time) lastInstant = { time, text: now.toISOString() };
  return lastInstant.text;
}

/** Puts identity and version into a tree, in the order in which FHIR writes them. Whatever is in the place of `meta` and is no object stays. */
function withIdentity(tree: ResourceTree, type: string, id: string, versionId: string, lastUpdated: string): ResourceTree {
  const { meta } = tree;
  if (meta !== undefined && !isObject(meta)) {
    tree.id = id;
    return tree;
  }
  const stamped = { ...meta, versionId, lastUpdated };
  if (tree.id !== undefined && meta) {
    tree.id = id;
    tree['meta'] = stamped;
    return tree;
  }
  const { resourceType: _, id: __, meta: ___, ...rest } = tree;
  const fresh = { resourceType: type, id, meta: stamped, ...rest };
  // A copy loses the literals of numbers that stand at the top (1.00); a resource that has such keeps its own order of members.
  if (Object.keys(rest).every((name) => literalOf(tree, name) === undefined)) return fresh;
  return Object.assign(tree, { id, meta: stamped });
}
