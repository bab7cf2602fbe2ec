/** The rows of one resource type, and the indexes and orders over them, which are made when they are first asked for. */
import type { Definitions, SearchParam } from './definitions.js';
import { KeyIndex, RangeIndex, type Index } from './indexes.js';
import { SortOrder, type Sort, type SortKey } from './sort-order.js';
import { valuesAt } from './paths.js';
import { insertRow, removeRow } from './postings.js';
import { fold } from './text.js';
import type { ResourceTree } from './tree.js';
import { keysOf, rangesOf, tokenKey, tokenTexts, type Localize } from './values.js';
import { INVALID_TAG, type Row } from './version.js';

/** An index with what files a resource in it. */
interface Filed {
  index: Index;
  add(row: number, tree: ResourceTree): void;
}

/** Orders kept at a time; beyond that the least recently used is dropped. */
const MAX_ORDERS = 12;

export class TypeTable {
  readonly byId = new Map<string, Row>();
  /** By number, deleted ones included. */
  readonly rows: Row[] = [];
  /** Row numbers of those not deleted, ascending. */
  readonly live: number[] = [];
  readonly #type: string;
  readonly #definitions: () => Definitions;
  readonly #localize: Localize;
  readonly #indexes = new Map<string, Filed>();
  readonly #orders = new Map<string, SortOrder>();

  constructor(type: string, definitions: () => Definitions, localize: Localize) {
    this.#type = type;
    this.#definitions = definitions;
    this.#localize = localize;
  }

  /** Follows a row whose newest version came or went. @param tree the version it has now, where it is parsed already. */
  changed(row: Row, tree?: ResourceTree): void {
    row.hold(tree);
    const live = !row.deleted;
    (live ? insertRow : removeRow)(this.live, row.row);
    for (const { index, add } of this.#indexes.values()) {
      index.delete(row.row);
      if (live) add(row.row, row.tree!);
    }
    for (const order of this.#orders.values()) order.touch(row.row);
  }

  #param(code: string): SearchParam {
    const param = this.#definitions().param(this.#type, code);
    if (!param) throw new Error(`No search parameter ${code} of ${this.#type}`);
    return param;
  }

  #newIndex(code: string): Filed {
    const [name = '', part] = code.split(':');
    const param = this.#param(name);
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
        if (tagged && this.rows[row]?.versions.at(-1)?.invalid)
          keys.push(
            tokenKey.code(INVALID_TAG.code),
            tokenKey.pair(INVALID_TAG.system, INVALID_TAG.code),
            tokenKey.system(INVALID_TAG.system),
          );
        index.add(row, keys);
      },
    };
  }

  /** The index of a parameter, or with `:text` that of a token's words. */
  index(code: string): Index {
    let filed = this.#indexes.get(code);
    if (!filed) {
      filed = this.#newIndex(code);
      for (const row of this.live) filed.add(row, this.rows[row]!.tree!);
      this.#indexes.set(code, filed);
    }
    return filed.index;
  }

  /** Builds every index, row by row, which is kinder to the caches than one by one. */
  buildIndexes(): void {
    const params = [...this.#definitions().params(this.#type).values()];
    const missing = params.filter(({ kind, code }) => kind !== 'c' && !this.#indexes.has(code));
    const made = missing.map(({ code }) => ({ code, filed: this.#newIndex(code) }));
    for (const row of this.live) for (const { filed } of made) filed.add(row, this.rows[row]!.tree!);
    for (const { code, filed } of made) this.#indexes.set(code, filed);
  }

  sortKeys(row: number, sorts: readonly Sort[]): SortKey[] {
    return sorts.map(({ code, descending }) => this.index(code).sortKey(row, descending));
  }

  /** The keys of a resource with this content, whatever the table holds now. */
  sortKeysOf(tree: ResourceTree, sorts: readonly Sort[]): SortKey[] {
    return sorts.map(({ code, descending }) => {
      const { index, add } = this.#newIndex(code);
      add(0, tree);
      return index.sortKey(0, descending);
    });
  }

  /** The order of the rows by these keys; without keys by when they were first written. */
  order(sorts: readonly Sort[]): SortOrder {
    const orders = this.#orders;
    const name = sorts.map(({ code, descending }) => (descending ? '-' : '') + code).join();
    const order = orders.get(name) ?? new SortOrder(sorts, (row) => this.sortKeys(row, sorts));
    orders.delete(name);
    orders.set(name, order);
    if (orders.size > MAX_ORDERS) orders.delete(orders.keys().next().value!);
    return order;
  }
}
