/**
 * Records by type and id, each in the last version that is known. Answers come in another order than they were asked for, so time here
 * is a counter: what was asked for before a change says nothing of the time after it, and an older version never takes a newer one's
 * place. Owns what is known of single records, and forgetting what was not used for longest. Does no I/O and reads no clock.
 */
import type { Resource } from '../../models/fhir/index.js';
import { cloneJson } from '../../models/fhir/json.js';
import { freezeJson } from './freeze.js';
import { isHigher, isLater, versionIn } from './order.js';
import type { CacheLimits } from './types.js';

/** `Patient/p1`. */
export type RecordKey = string;
const typeIn = (key: RecordKey): string => key.slice(0, key.indexOf('/'));
export const keyOf = (type: string, id: string): RecordKey => `${type}/${id}`;

export interface Entry {
  /** Frozen. Undefined for one that is gone. */
  value: Resource | undefined;
  gone: boolean;
  /** When the answer that last confirmed this had been asked for. */
  asked: number;
  /** When what is here came in, or was last confirmed. */
  came: number;
  /** When a change was last known of. */
  changed: number;
  /** The version that this change made. */
  expected: string | undefined;
  /** Milliseconds since 1970 when it was last confirmed. */
  at: number;
  size: number;
}

export class RecordTable {
  readonly #limits: { records: number; characters: number };
  /** In the order of last use. */
  readonly #entries = new Map<RecordKey, Entry>();
  /** When a record of a type was last known to have changed, whether it is held or not. */
  readonly #changed = new Map<string, number>();
  /** When all was last doubted. */
  #doubted = 0;
  #size = 0;
  #clock = 0;

  constructor({ records = 5_000, characters = 16_000_000 }: CacheLimits = {}) {
    this.#limits = { records, characters };
  }

  /** The time now; each call is later than the one before. */
  tick(): number {
    return ++this.#clock;
  }

  get size(): number {
    return this.#entries.size;
  }

  has(key: RecordKey): boolean {
    return this.#entries.has(key);
  }

  /** What is known of a record; it counts as used. */
  get(key: RecordKey): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry) {
      this.#entries.delete(key);
      this.#entries.set(key, entry);
    }
    return entry;
  }

  /**
   * A version that came in.
   *
   * @param asked when it had been asked for: the time before the request. For the answer of a write too, since another write may have come
   * between.
   * @param at milliseconds since 1970.
   * @param owned nobody else holds this object: it is frozen and kept itself, else a copy.
   */
  put(key: RecordKey, resource: Resource, asked: number, at: number, owned = false): void {
    const version = versionIn(resource);
    const entry = this.#entry(key);
    const { value } = entry;
    if (value && version !== undefined && version === versionIn(value)) return this.#confirm(entry, asked, at);
    const later = value && isLater(resource, value);
    // A server whose copies lag may answer with an older version after a newer one.
    if (later === false) return;
    if (!later && asked < entry.came) {
      // Two requests under way at once: which one was served last cannot be told. What is here stays, and is asked for again.
      entry.changed = this.tick();
      entry.expected = undefined;
      return;
    }
    entry.value = owned ? resource : cloneJson(resource);
    entry.gone = false;
    this.#resize(entry, freezeJson(entry.value));
    // The change is confirmed by the version that it made, whenever that was asked for.
    this.#confirm(entry, asked, at);
  }

  #confirm(entry: Entry, asked: number, at: number): void {
    const made = entry.expected !== undefined && entry.value && versionIn(entry.value) === entry.expected;
    entry.asked = Math.max(entry.asked, made ? entry.changed : asked);
    entry.came = this.tick();
    entry.at = at;
  }

  /** The record does not exist, or not any more, says an answer that had been asked for then. */
  missing(key: RecordKey, asked: number): void {
    const entry = this.#entry(key);
    if (asked < entry.came) {
      entry.changed = this.tick();
      entry.expected = undefined;
    } else this.#bury(entry, asked);
  }

  #bury(entry: Entry, asked: number): void {
    entry.value = undefined;
    entry.gone = true;
    entry.asked = asked;
    entry.came = this.tick();
    entry.expected = undefined;
    this.#resize(entry, 0);
  }

  /**
   * Something happened to a record: what is known of it has to be asked for again, unless it is that very version or a later one. It
   * counts for results of searches in any case.
   */
  change(type: string, id: string, versionId: string | undefined, deleted: boolean): void {
    const now = this.tick();
    this.#changed.set(type, now);
    const entry = this.#entries.get(keyOf(type, id));
    if (!entry) return;
    const known = entry.value && versionIn(entry.value);
    if (deleted ? entry.gone : versionId !== undefined && (known === versionId || isHigher(known, versionId))) return;
    entry.changed = now;
    entry.expected = versionId;
    // It may have been made again since: that is asked for.
    if (deleted) this.#bury(entry, entry.asked);
  }

  /** What is known does not count as confirmed any more: all of it, or that of one type. */
  doubt(type?: string): void {
    const now = this.tick();
    if (type === undefined) this.#doubted = now;
    else this.#changed.set(type, now);
    for (const [key, entry] of this.#entries)
      if (type === undefined || key.startsWith(`${type}/`)) [entry.changed, entry.expected] = [now, undefined];
  }

  /** When a record of one of these types was last known to have changed; of any type where none are given. */
  changedAt(types: ReadonlySet<string> | undefined): number {
    return Math.max(this.#doubted, ...[...this.#changed].flatMap(([type, time]) => (types === undefined || types.has(type) ? [time] : [])));
  }

  clear(): void {
    this.#entries.clear();
    this.#size = 0;
  }

  /** What is known of a record is let go: this user may not see it. */
  drop(key: RecordKey): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    // An answer that is under way must not count as newer than what is let go.
    const type = typeIn(key);
    this.#changed.set(type, Math.max(this.#changed.get(type) ?? 0, entry.changed));
    this.#size -= entry.size;
    this.#entries.delete(key);
  }

  /** Lets go of what was not used for longest, down to nine tenths of the limits, but of nothing that is `needed`. */
  trim(needed: () => ReadonlySet<RecordKey>): void {
    const { records, characters } = this.#limits;
    if (this.#entries.size <= records && this.#size <= characters) return;
    const kept = needed();
    for (const key of [...this.#entries.keys()]) {
      if (this.#entries.size <= records * 0.9 && this.#size <= characters * 0.9) return;
      if (!kept.has(key)) this.drop(key);
    }
  }

  #entry(key: RecordKey): Entry {
    const known = this.get(key);
    if (known) return known;
    const changed = this.changedAt(new Set([typeIn(key)]));
    const entry = { value: undefined, gone: false, asked: 0, came: 0, changed, expected: undefined, at: -Infinity, size: 0 };
    this.#entries.set(key, entry);
    return entry;
  }

  #resize(entry: Entry, size: number): void {
    this.#size += size - entry.size;
    entry.size = size;
  }
}

/** Whether nothing is known to have happened to a record since it was asked for. */
export function isConfirmed({ asked, changed, value, gone }: Entry): boolean {
  return asked >= changed && (gone || value !== undefined);
}
