/**
 * An indexed FHIR store in memory. It keeps every version as text, so that nothing of a record is lost on the way in or out, and
 * beside it the parsed tree of the current one for indexes and patches. An index is built when a parameter is first searched by, and
 * from then on kept with every write.
 *
 * Everything is synchronous. All changes go through {@link Store.commit}, which applies all of a unit of work or nothing, and tells
 * its listeners what was written as text: an append log is `store.onCommit((versions) => append(versions))`, read back by
 * {@link Store.replay}.
 */
import type { CareIssue } from '../../models/errors.js';
import { literalOf, parseJson, stringify } from '../../models/fhir/json.js';
import type { Definitions, SearchParam } from './definitions.js';
import { KeyIndex, RangeIndex, SortOrder, type Index, type Sort, type SortKey } from './indexes.js';
import { insertRow, removeRow } from './postings.js';
import { fold } from './text.js';
import { isObject, type ResourceTree } from './tree.js';
import { keysOf, rangesOf, tokenKey, tokenTexts, type Localize } from './values.js';
import { valuesAt } from './paths.js';

export type WriteMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One version of a resource, complete as it goes into a log. */
export interface Version {
  readonly type: string;
  readonly id: string;
  /** 1, 2, 3 … within the resource. */
  readonly versionId: string;
  /** FHIR instant in UTC with milliseconds. */
  readonly lastUpdated: string;
  readonly method: WriteMethod;
  /** JSON with `id`, `meta.versionId` and `meta.lastUpdated`; undefined where this version is the deletion. */
  readonly text: string | undefined;
  /** What is wrong with a resource that was imported as it stood. */
  readonly invalid?: readonly CareIssue[];
}

export interface Row {
  /** Number within its type: indexes and orders of the type go by it. */
  readonly row: number;
  /** Number within the store. */
  readonly serial: number;
  readonly type: string;
  readonly id: string;
  /** Oldest first, never empty once committed. */
  readonly versions: Version[];
  /** The current version parsed; undefined when deleted. Never to be changed. */
  tree: ResourceTree | undefined;
}

export interface WriteRequest {
  method: WriteMethod;
  type: string;
  id: string;
  /** The resource to store, without an identity of its own: `id` and `meta` are set in it. It belongs to the store from now on. Left out for DELETE. */
  tree?: ResourceTree | undefined;
  invalid?: readonly CareIssue[] | undefined;
}

export interface StoreOptions {
  now: () => Date;
  /** Makes an id that was never used for this type. */
  ids: (type: string) => string;
  /** Cuts the store's own base URLs off a reference. */
  localize?: Localize;
}

/** `meta.tag` under which resources that were imported although invalid are served and found. It is not part of their text. */
export const INVALID_TAG = {
  system: 'urn:carelet:import',
  code: 'invalid',
  display: 'Imported as it stands, though not valid R4',
} as const;

interface TypeTable {
  byId: Map<string, Row>;
  /** By number, deleted ones included. */
  rows: Row[];
  /** Row numbers of those not deleted, ascending. */
  live: number[];
  indexes: Map<string, { index: Index; add(row: number, tree: ResourceTree): void }>;
  orders: Map<string, SortOrder>;
}

const MAX_ORDERS = 12;

export class Store {
  /** All rows ever made, by serial number; a row keeps its numbers. */
  readonly rows: Row[] = [];
  /** All versions in the order of their writing. */
  readonly log: Version[] = [];
  readonly now: () => Date;
  readonly #ids: (type: string) => string;
  readonly #localize: Localize;
  readonly #types = new Map<string, TypeTable>();
  readonly #listeners = new Set<(versions: readonly Version[]) => void>();
  #definitions: Definitions | undefined;
  #lastInstant: { time: number; text: string } | undefined;
  /** What to take back, and what to tell; set while a unit of work runs. */
  #unit: { versions: Version[]; created: Set<Row>; previous: Map<Row, ResourceTree | undefined> } | undefined;

  constructor(options: StoreOptions) {
    this.now = options.now;
    this.#ids = options.ids;
    this.#localize = options.localize ?? ((reference) => reference);
  }

  /** Needed before anything is searched: indexes follow the definitions. */
  use(definitions: Definitions): void {
    this.#definitions = definitions;
  }

  get definitions(): Definitions {
    if (!this.#definitions) throw new Error('The store was given no definitions');
    return this.#definitions;
  }

  #table(type: string): TypeTable {
    let table = this.#types.get(type);
    if (!table) {
      table = { byId: new Map(), rows: [], live: [], indexes: new Map(), orders: new Map() };
      this.#types.set(type, table);
    }
    return table;
  }

  /** Types that hold, or held, anything. */
  get types(): string[] {
    return [...this.#types.keys()].filter((type) => this.#table(type).byId.size > 0).sort();
  }

  /** The resource, also when it is deleted: then its `tree` is undefined. */
  get(type: string, id: string): Row | undefined {
    return this.#types.get(type)?.byId.get(id);
  }

  /** Row numbers of a type's resources, ascending. */
  live(type: string): readonly number[] {
    return this.#types.get(type)?.live ?? [];
  }

  /** A type's rows by number, deleted ones included. */
  rowsOf(type: string): readonly Row[] {
    return this.#types.get(type)?.rows ?? [];
  }

  newId(type: string): string {
    for (;;) {
      const id = this.#ids(type);
      if (!this.get(type, id)) return id;
    }
  }

  localize(reference: string): string {
    return this.#localize(reference);
  }

  onCommit(listener: (versions: readonly Version[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Runs a unit of work. What it wrote stays when it returns, and is as if it had never been when it throws. Units do not nest. */
  commit<T>(work: (write: (request: WriteRequest) => Version) => T): T {
    if (this.#unit) throw new Error('A unit of work is under way');
    const unit = { versions: [], created: new Set<Row>(), previous: new Map<Row, ResourceTree | undefined>() };
    this.#unit = unit;
    try {
      const result = work((request) => this.#write(request));
      this.#unit = undefined;
      if (unit.versions.length > 0) for (const listener of this.#listeners) listener(unit.versions);
      return result;
    } catch (error) {
      this.#rollBack();
      throw error;
    }
  }

  /** Applies versions that a listener was told of earlier. Nobody is told again. */
  replay(versions: Iterable<Version>): void {
    for (const version of versions)
      this.#apply(version, version.text === undefined ? undefined : (parseJson(version.text) as ResourceTree));
  }

  #write({ method, type, id, tree, invalid }: WriteRequest): Version {
    const versionId = String((this.get(type, id)?.versions.length ?? 0) + 1);
    const lastUpdated = this.#instant();
    const resource = tree && withIdentity(tree, type, id, versionId, lastUpdated);
    const text = resource && stringify(resource);
    const version: Version = { type, id, versionId, lastUpdated, method, text, ...(invalid?.length ? { invalid } : {}) };
    this.#apply(version, resource);
    return version;
  }

  /** The time as FHIR writes it; bulk loads ask for the same millisecond over and over. */
  #instant(): string {
    const now = this.now().getTime();
    if (this.#lastInstant?.time !== now) this.#lastInstant = { time: now, text: new Date(now).toISOString() };
    return this.#lastInstant.text;
  }

  #apply(version: Version, tree: ResourceTree | undefined): void {
    const table = this.#table(version.type);
    let row = table.byId.get(version.id);
    if (!row) {
      row = { row: table.rows.length, serial: this.rows.length, type: version.type, id: version.id, versions: [], tree: undefined };
      this.rows.push(row);
      table.rows.push(row);
      table.byId.set(version.id, row);
      this.#unit?.created.add(row);
    }
    const unit = this.#unit;
    if (unit) {
      unit.versions.push(version);
      if (!unit.previous.has(row)) unit.previous.set(row, row.tree);
    }
    row.versions.push(version);
    this.log.push(version);
    this.#setTree(table, row, tree);
  }

  #setTree(table: TypeTable, row: Row, tree: ResourceTree | undefined): void {
    const before = row.tree;
    row.tree = tree;
    if (tree && !before) insertRow(table.live, row.row);
    if (before && !tree) removeRow(table.live, row.row);
    for (const { index, add } of table.indexes.values()) {
      if (before) index.delete(row.row);
      if (tree) add(row.row, tree);
    }
    for (const order of table.orders.values()) order.touch(row.row);
  }

  #rollBack(): void {
    const unit = this.#unit!;
    this.#unit = undefined;
    for (const version of unit.versions) {
      this.log.pop();
      this.get(version.type, version.id)!.versions.pop();
    }
    for (const [row, tree] of unit.previous) this.#setTree(this.#table(row.type), row, tree);
    for (const row of [...unit.created].reverse()) {
      const table = this.#table(row.type);
      table.byId.delete(row.id);
      table.rows.pop();
      this.rows.pop();
    }
  }

  #param(type: string, code: string): SearchParam {
    const param = this.definitions.param(type, code);
    if (!param) throw new Error(`No search parameter ${code} of ${type}`);
    return param;
  }

  #newIndex(type: string, code: string): { index: Index; add(row: number, tree: ResourceTree): void } {
    const [name = '', part] = code.split(':');
    const param = this.#param(type, name);
    if (part === 'text') {
      const index = new KeyIndex();
      return { index, add: (row, tree) => index.add(row, [...new Set(valuesAt(tree, param.path).flatMap(tokenTexts).map(fold))]) };
    }
    if (param.kind === 'd' || param.kind === 'q' || param.kind === 'n') {
      const index = new RangeIndex();
      return { index, add: (row, tree) => index.add(row, rangesOf(tree, param)) };
    }
    const index = new KeyIndex(param.kind === 't' ? 'cC' : param.kind === 'r' ? 'ru' : '');
    const tagged = name === '_tag';
    return {
      index,
      add: (row, tree) => {
        const keys = keysOf(tree, param, this.#localize);
        if (tagged && this.rowsOf(type)[row]?.versions.at(-1)?.invalid)
          keys.push(
            tokenKey.code(INVALID_TAG.code),
            tokenKey.pair(INVALID_TAG.system, INVALID_TAG.code),
            tokenKey.system(INVALID_TAG.system),
          );
        index.add(row, keys);
      },
    };
  }

  #index(type: string, code: string): Index {
    const table = this.#table(type);
    let made = table.indexes.get(code);
    if (!made) {
      made = this.#newIndex(type, code);
      for (const row of table.live) made.add(row, table.rows[row]!.tree!);
      table.indexes.set(code, made);
    }
    return made.index;
  }

  /** Index of a token, string, reference or uri parameter; `code:text` is that of a token's words. */
  keys(type: string, code: string): KeyIndex {
    return this.#index(type, code) as KeyIndex;
  }

  /** Index of a date, number or quantity parameter. */
  ranges(type: string, code: string): RangeIndex {
    return this.#index(type, code) as RangeIndex;
  }

  /** Builds every index of a type, as a benchmark or an eager host may want: row by row, which is kinder to the caches than one by one. */
  buildIndexes(type: string): void {
    const table = this.#table(type);
    const missing = [...this.definitions.params(type).values()].filter(({ kind, code }) => kind !== 'c' && !table.indexes.has(code));
    const made = missing.map(({ code }) => ({ code, ...this.#newIndex(type, code) }));
    for (const row of table.live) for (const { add } of made) add(row, table.rows[row]!.tree!);
    for (const { code, index, add } of made) table.indexes.set(code, { index, add });
  }

  /** The order of a type's rows by these keys; without keys by when they were first written. */
  order(type: string, sorts: readonly Sort[]): SortOrder {
    const { orders } = this.#table(type);
    const name = sorts.map((sort) => (sort.descending ? '-' : '') + sort.code).join();
    const order =
      orders.get(name) ?? new SortOrder(sorts, (row) => sorts.map((sort) => this.#index(type, sort.code).sortKey(row, sort.descending)));
    // The least recently used goes first.
    orders.delete(name);
    orders.set(name, order);
    if (orders.size > MAX_ORDERS) orders.delete(orders.keys().next().value!);
    return order;
  }

  /** An order over rows of whatever types, by serial number. */
  mixedOrder(sorts: readonly Sort[]): SortOrder {
    return new SortOrder(sorts, (serial) => {
      const { type, row } = this.rows[serial]!;
      return sorts.map((sort) => this.#index(type, sort.code).sortKey(row, sort.descending));
    });
  }

  /** Where a resource with this content would stand, whatever the store holds now. */
  sortKeys(tree: ResourceTree, sorts: readonly Sort[]): SortKey[] {
    return sorts.map((sort) => {
      const { index, add } = this.#newIndex(tree.resourceType, sort.code);
      add(0, tree);
      return index.sortKey(0, sort.descending);
    });
  }
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
