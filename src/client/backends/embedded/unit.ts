/** Units of work: what is written together, and checked before it is. */
import { stringify } from '../../../models/fhir/json.js';
import { commit, type Work, type WriteRequest } from '../../store/commit.js';
import { INVALID_TAG, type Version } from '../../store/store.js';
import { isObject, type ResourceTree } from '../../store/tree.js';
import { FhirError } from './outcome.js';
import type { Service, Validation } from './service.js';

/** What a unit of work may do: write, and ask whether a resource made on the way is valid. */
export interface Unit {
  write(request: WriteRequest): Version;
  /** @throws 422 with the issues, or a request to run again once the resource has been checked. */
  check(tree: ResourceTree): void;
}

/** Thrown out of a unit of work that came across a resource nobody has checked yet. */
export class Unchecked extends Error {
  readonly tree: ResourceTree;
  readonly text: string;

  constructor(tree: ResourceTree, text: string) {
    super('unchecked');
    this.tree = tree;
    this.text = text;
  }
}

/** Runs a unit of work on the store, all or nothing. Where records are persisted, it may run again, and stands once it is on disk. */
export async function commitTo<T>({ store, persistence }: Service, work: Work<T>): Promise<T> {
  return persistence ? persistence.commit(work) : commit(store, work);
}

/**
 * Runs a unit of work on the store, all or nothing. Checking is asynchronous (schemas are loaded lazily) and the work is not, so that
 * nothing can come between its conditions and its writes: work that meets an unchecked resource is rolled back, the resource is checked,
 * and the work runs again on what the store holds by then.
 */
export async function inUnit<T>(service: Service, work: (unit: Unit) => T): Promise<T> {
  const verdicts = new Map<string, Validation>();
  const check = (tree: ResourceTree): void => {
    const text = stringify(tree);
    const verdict = verdicts.get(text);
    if (!verdict) throw new Unchecked(tree, text);
    if (verdict.errors.length > 0) throw new FhirError(422, verdict.errors);
  };
  for (;;) {
    try {
      return await commitTo(service, (write) => work({ write, check }));
    } catch (error) {
      if (!(error instanceof Unchecked)) throw error;
      verdicts.set(error.text, await service.validate(error.tree, { unknown: 'keep' }));
    }
  }
}

/** Refuses an invalid resource with 422. */
export async function assertValid(service: Service, tree: ResourceTree): Promise<void> {
  const { errors } = await service.validate(tree, { unknown: 'keep' });
  if (errors.length > 0) throw new FhirError(422, errors);
}

/** Takes that mark off a resource that comes back: it is the store's, not the record's. */
export function withoutMark(tree: ResourceTree): ResourceTree {
  const { meta } = tree;
  if (!isObject(meta) || !Array.isArray(meta['tag'])) return tree;
  const tags = meta['tag'].filter((tag) => !(isObject(tag) && tag['system'] === INVALID_TAG.system && tag['code'] === INVALID_TAG.code));
  if (tags.length === meta['tag'].length) return tree;
  const { tag: _, ...rest } = meta;
  tree['meta'] = tags.length > 0 ? { ...rest, tag: tags } : rest;
  return tree;
}
