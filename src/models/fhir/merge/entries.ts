/** A list in one version of a record, read and written together with the list of its primitives' extensions (`given`, `_given`). */
import type { Fingerprints } from '../fingerprint.js';
import { copyMember } from '../json.js';
import { recordOf, type Loose } from '../read/loose.js';
import type { Entry } from './align.js';
import { keysOf, type EntryKeys } from './identity.js';
import type { Row, Side } from './rows.js';
import { own, put, type Sides } from './sides.js';

/** A list with that of its primitives' extensions beside it, as entries. */
export class Entries {
  readonly exists: boolean;
  readonly entries: readonly Entry[];
  readonly #name: string;
  readonly #values: readonly unknown[];
  readonly #extensions: readonly unknown[];

  constructor(holder: Loose | undefined, name: string, prints: Fingerprints) {
    const listOf = (property: string): readonly unknown[] => {
      const list = own(holder, property);
      return Array.isArray(list) ? list : [];
    };
    this.#name = name;
    const values = listOf(name);
    this.#values = values;
    this.#extensions = listOf(`_${name}`);
    this.exists = Array.isArray(own(holder, name)) || Array.isArray(own(holder, `_${name}`));
    const length = Math.max(this.#values.length, this.#extensions.length);
    this.entries = Array.from({ length }, (_, index) => {
      let keys: EntryKeys | undefined;
      return {
        print: `${prints.of(this.#values, index)}\n${prints.of(this.#extensions, index)}`,
        // Most entries are found by what they say as a whole.
        get keys() {
          return (keys ??= keysOf(values[index]));
        },
      };
    });
  }

  /** Whether the list is there, with these entries in this order. */
  are(prints: readonly string[]): boolean {
    return this.exists && prints.length === this.entries.length && prints.every((print, index) => print === this.entries[index]!.print);
  }

  record(index: number): Loose | undefined {
    return this.#extensions[index] === undefined ? recordOf(this.#values[index]) : undefined;
  }

  properties(index: number): Record<string, unknown> {
    const out: Record<string, unknown> = {};
    this.copyTo(index, out, out, this.#name, `_${this.#name}`);
    return out;
  }

  copyTo(index: number, values: object, extensions: object, key: string | number, extensionKey = key): void {
    if (this.#values[index] !== undefined) copyMember(this.#values, index, values, key);
    if (this.#extensions[index] !== undefined) copyMember(this.#extensions, index, extensions, extensionKey);
  }
}

/** Writes the entries that stand, in this order. */
export function writeEntries(
  lists: Sides<Entries>,
  ordered: readonly Row[],
  kept: ReadonlyMap<Row, Side | object>,
  name: string,
  out: object,
): void {
  const [values, extensions]: [unknown[], unknown[]] = [[], []];
  for (const [index, row] of ordered.entries()) {
    const stands = kept.get(row)!;
    if (typeof stands === 'object') put(values, index, stands);
    else lists[stands].copyTo(row[stands]!, values, extensions, index);
  }
  // Both lists go by position, and null stands for nothing (R4 json.html, "repeating primitives").
  const fill = (list: unknown[]): unknown[] => {
    for (let index = 0; index < ordered.length; index++) if (list[index] === undefined) list[index] = null;
    return list;
  };
  if (values.length > 0) put(out, name, fill(values));
  if (extensions.length > 0) put(out, `_${name}`, fill(extensions));
}
