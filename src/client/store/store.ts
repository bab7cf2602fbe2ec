/**
 * An indexed FHIR store in memory. It keeps every version as text, so that nothing of a record is lost on the way in or out, and parses
 * the current one when indexes or patches first need it. An index is built when a parameter is first searched by, and from then on kept
 * with every write.
 *
 * Everything is synchronous. All changes are made by units of work ({@link commit} in commit.ts), and are told to listeners as versions
 * of text; {@link Store.replay} reads them back. Persistence is built on these two.
 */
import type { Definitions } from './definitions.js';
import type { KeyIndex, RangeIndex } from './indexes.js';
import { SortOrder, type Sort, type SortKey } from './sort-order.js';
import type { ResourceTree } from './tree.js';
import { TypeTable } from './type-table.js';
import type { Localize } from './values.js';
import { Row, type Version } from './version.js';

export { INVALID_TAG, type Row, type Version } from './version.js';

export interface StoreOptions {
  now: () => Date;
  /** Makes an id that was never used for this type. */
  ids: (type: string) => string;
  /** Cuts the store's own base URLs off a reference. */
  localize?: Localize;
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

  /** Tells of every unit of work once it stands, and of what other tabs wrote to the same database. A listener that throws is heard by the writer, and undoes nothing. */
  onCommit(listener: (versions: readonly Version[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** For units of work: says that they stand. */
  tell(versions: readonly Version[]): void {
    for (const listener of this.#listeners) listener(versions);
  }

  /** Applies versions that a listener was told of earlier. Nobody is told again. */
  replay(versions: Iterable<Version>): void {
    for (const version of versions) this.apply(version);
  }

  /** For units of work: takes one version in. @param tree its text parsed, where that is at hand; it belongs to the store from now on. */
  apply(version: Version, tree?: ResourceTree): void {
    const table = this.#table(version.type);
    let row = table.byId.get(version.id);
    if (!row) {
      row = new Row(table.rows.length, this.rows.length, version.type, version.id);
      this.rows.push(row);
      table.rows.push(row);
      table.byId.set(version.id, row);
    }
    row.versions.push(version);
    this.log.push(version);
    table.changed(row, tree);
  }

  /** For units of work: takes the newest version back, as if it had never been. */
  unapply(): void {
    const version = this.log.pop();
    if (!version) return;
    const table = this.#table(version.type);
    const row = table.byId.get(version.id)!;
    row.versions.pop();
    table.changed(row);
    if (row.versions.length > 0) return;
    table.byId.delete(row.id);
    table.rows.pop();
    this.rows.pop();
  }

  /** Forgets every record. */
  clear(): void {
    this.rows.length = this.log.length = 0;
    this.#types.clear();
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
