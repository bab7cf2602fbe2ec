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
import type { Definitions } from './definitions.js';
import type { KeyIndex, RangeIndex } from './indexes.js';
import { SortOrder, type Sort, type SortKey } from './sort-order.js';
import { isObject, type ResourceTree } from './tree.js';
import { TypeTable } from './type-table.js';
import type { Localize } from './values.js';
import type { Row, Version, WriteMethod } from './version.js';

export { INVALID_TAG, type Row, type Version, type WriteMethod } from './version.js';

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

/** A unit of work under way: what to tell, and what to take back. */
interface Unit {
  versions: Version[];
  created: Set<Row>;
  /** What each row it touched held before. */
  previous: Map<Row, ResourceTree | undefined>;
}

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
  /** Set while a unit of work runs. */
  #unit: Unit | undefined;

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
      table = new TypeTable(type, () => this.definitions, this.#localize);
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
    const unit: Unit = { versions: [], created: new Set(), previous: new Map() };
    this.#unit = unit;
    let result: T;
    try {
      result = work((request) => this.#write(request));
    } catch (error) {
      this.#rollBack(unit);
      throw error;
    } finally {
      this.#unit = undefined;
    }
    if (unit.versions.length > 0) for (const listener of this.#listeners) listener(unit.versions);
    return result;
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
    table.setTree(row, tree);
  }

  #rollBack(unit: Unit): void {
    for (const version of unit.versions) {
      this.log.pop();
      this.get(version.type, version.id)!.versions.pop();
    }
    for (const [row, tree] of unit.previous) this.#table(row.type).setTree(row, tree);
    for (const row of [...unit.created].reverse()) {
      const table = this.#table(row.type);
      table.byId.delete(row.id);
      table.rows.pop();
      this.rows.pop();
    }
  }

  /** Index of a token, string, reference or uri parameter; `code:text` is that of a token's words. */
  keys(type: string, code: string): KeyIndex {
    return this.#table(type).index(code) as KeyIndex;
  }

  /** Index of a date, number or quantity parameter. */
  ranges(type: string, code: string): RangeIndex {
    return this.#table(type).index(code) as RangeIndex;
  }

  /** Builds every index of a type, as a benchmark or an eager host may want. */
  buildIndexes(type: string): void {
    this.#table(type).buildIndexes();
  }

  /** The order of a type's rows by these keys; without keys by when they were first written. */
  order(type: string, sorts: readonly Sort[]): SortOrder {
    return this.#table(type).order(sorts);
  }

  /** An order over rows of whatever types, by serial number. */
  mixedOrder(sorts: readonly Sort[]): SortOrder {
    return new SortOrder(sorts, (serial) => {
      const { type, row } = this.rows[serial]!;
      return this.#table(type).sortKeys(row, sorts);
    });
  }

  /** Where a resource with this content would stand, whatever the store holds now. */
  sortKeys(tree: ResourceTree, sorts: readonly Sort[]): SortKey[] {
    return this.#table(tree.resourceType).sortKeysOf(tree, sorts);
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
