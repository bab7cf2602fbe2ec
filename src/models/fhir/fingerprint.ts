/** Equality of JSON data to the character of each number: members in any order, but 1.0 is not 1.00, whose precision is another. */
import { literalOf } from './json.js';

/**
 * Texts of values, equal where the values are. One is made for one comparison of data that do not change meanwhile, since it remembers
 * the text of each object it has met.
 */
export class Fingerprints {
  readonly #known = new WeakMap<object, string>();

  /** The text of `holder[key]`; empty where nothing is there. */
  of(holder: object, key: string | number): string {
    const value = (holder as Record<string | number, unknown>)[key];
    if (typeof value === 'number') return literalOf(holder, key) ?? String(value);
    if (typeof value !== 'object' || value === null) return value === undefined ? '' : JSON.stringify(value);
    return this.ofTree(value);
  }

  /** The text of an object or a list. */
  ofTree(tree: object): string {
    const before = this.#known.get(tree);
    if (before !== undefined) return before;
    const text = Array.isArray(tree)
      ? `[${tree.map((_, index) => this.of(tree, index)).join()}]`
      : `{${Object.keys(tree)
          .toSorted()
          .filter((name) => (tree as Record<string, unknown>)[name] !== undefined)
          .map((name) => `${JSON.stringify(name)}:${this.of(tree, name)}`)
          .join()}}`;
    this.#known.set(tree, text);
    return text;
  }
}
