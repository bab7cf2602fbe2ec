/** What all interactions share: the store, what is known of FHIR, and the way to check a resource. */
import type { CareIssue } from '../../../models/errors.js';
import { parseJson, stringify } from '../../../models/fhir/json.js';
import type { SearchContext } from '../../store/filters.js';
import type { Definitions } from '../../store/definitions.js';
import type { Persistence } from '../../store/persistence/persistence.js';
import type { Include, Pairs, SummaryMode } from '../../store/query.js';
import { INVALID_TAG, type Row, type Store, type Version } from '../../store/store.js';
import { isObject, isResource, type ResourceTree } from '../../store/tree.js';

export interface Validation {
  errors: readonly CareIssue[];
  /** Warnings and remarks. */
  others: readonly CareIssue[];
}

/** Checks a resource against the R4 schema of its type. Loaded at the first write. */
export type Validator = (tree: ResourceTree, options: { unknown: 'keep' | 'error' }) => Promise<Validation>;

export interface Service {
  readonly store: Store;
  readonly definitions: Definitions;
  readonly validate: Validator;
  /** Keeps the records beyond this page, where that was asked for. */
  persistence?: Persistence | undefined;
  /** Set once something needed it. */
  extras: Extras | undefined;
}

type Extras = typeof import('./extras.js');

/** The lazy part of the handler. */
export async function loadExtras(service: Service): Promise<Extras> {
  service.extras ??= await import('./extras.js');
  return service.extras;
}

/** Whether only the lazy part can answer some parameter: who meets one loads it before the synchronous work begins. Composite values have a $. */
export const needsExtras = (params: Pairs): boolean =>
  params.some(([name, value]) => /^_(summary|elements|(rev)?include)|:(in|not-in|above|below)$/.test(name) || value.includes('$'));

function loadedExtras({ extras }: Service): Extras {
  if (!extras) throw new Error('The lazy part was not loaded');
  return extras;
}

/** `_summary` and `_elements`. */
export function cut(service: Service, tree: ResourceTree, mode: SummaryMode, elements: readonly string[]): ResourceTree {
  return loadedExtras(service).subset(service.definitions, tree, mode, elements);
}

/** `_include` and `_revinclude`. */
export function bringAlong(service: Service, includes: readonly Include[], rows: readonly Row[]): { rows: Row[]; complete: boolean } {
  return loadedExtras(service).included(service.store, includes, rows);
}

/** A version's resource as it is served: its text, with the mark of an invalid import where it has one. */
export function servedText(version: Version): string {
  const { text = '' } = version;
  return version.invalid ? stringify(marked(parseJson(text))) : text;
}

/** The same as a tree; the store's own must not be changed. */
export function servedTree(row: Row): ResourceTree {
  const version = row.versions.at(-1)!;
  return version.invalid ? marked(parseJson(version.text!)) : row.tree!;
}

function marked(tree: unknown): ResourceTree {
  if (!isResource(tree)) throw new Error('The store holds what is no resource');
  const { meta } = tree;
  if (isObject(meta)) tree['meta'] = { ...meta, tag: [...(Array.isArray(meta['tag']) ? meta['tag'] : []), { ...INVALID_TAG }] };
  return tree;
}

/** Search over this service's store; code sets are known once the lazy part was loaded. */
export function searchContext(service: Service): SearchContext {
  const { store, extras } = service;
  if (!extras) return { store };
  return { store, ...extras.termsFor(service), composite: (type, param, values) => extras.compositeCondition(store, type, param, values) };
}
