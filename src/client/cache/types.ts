/** What callers of the cache and of watches see. Types only. */
import type { CareError } from '../../models/errors.js';

/**
 * What is known of a thing that is watched.
 *
 * - `pending`: nothing yet.
 * - `fresh`: the server confirmed it after the last change that is known.
 * - `stale`: the last known copy; something changed, or it was not yet confirmed, and it is being asked for.
 * - `error`: it could not be had; `value` is the last known copy, as stale. Nothing of it is kept where access was refused (403).
 * - `gone`: there is none, or it was deleted.
 *
 * `value` is shared by all who watch and is frozen: an edit starts from `cloneJson(value)`.
 */
export type Snapshot<T> =
  | { readonly state: 'pending'; readonly value: undefined; readonly error: undefined; readonly at: undefined }
  | {
      readonly state: 'fresh' | 'stale';
      readonly value: T;
      readonly error: undefined;
      /** When the server last confirmed it. */ readonly at: Date;
    }
  | { readonly state: 'error'; readonly value: T | undefined; readonly error: CareError; readonly at: Date | undefined }
  | { readonly state: 'gone'; readonly value: undefined; readonly error: undefined; readonly at: undefined };

export interface WatchOptions {
  /** A copy that the server confirmed less than so many milliseconds ago is `fresh` at once and not asked for. 0 unless told. */
  maxAge?: number | undefined;
  /** Asks again every so many milliseconds while somebody can see the page. Never unless told. */
  every?: number | undefined;
  /** Milliseconds for one request. */
  timeout?: number | undefined;
  /** Ends the watch. */
  signal?: AbortSignal | undefined;
}

/** A record that was written, here or elsewhere. It says that there is something to ask for, not what. */
export interface RecordChange {
  /** `Resource` where it may have been any. */
  type: string;
  /** Undefined where it is not known which record of the type it was. */
  id: string | undefined;
  /** The version that the write made; undefined where it is not known, or not known whether the write was made. */
  versionId: string | undefined;
  deleted: boolean;
  /** This client, another tab of this session, or the backend (another client of the same store). */
  from: 'client' | 'tab' | 'backend';
}

/** How much a client remembers, in memory only. */
export interface CacheLimits {
  /** Records; 5,000 unless told. */
  records?: number | undefined;
  /** Results of searches; 200 unless told. */
  searches?: number | undefined;
  /** Characters of all records together, about; 16 million unless told. */
  characters?: number | undefined;
}

export interface CacheOptions {
  /**
   * A name for this sign-in, the same in all tabs that share it and never used again: tabs of one server and one session tell each other
   * what was written, and sign out together. Without it a client keeps to itself.
   */
  session?: string | undefined;
  /** How much is remembered. */
  cache?: CacheLimits | undefined;
  /** Time as watches see it; the system's unless told. */
  timers?: Timers | undefined;
  /** Opens the channel between tabs; a BroadcastChannel unless told. */
  channel?: ((name: string) => Channel | undefined) | undefined;
}

/** Time, as watches see it. */
export interface Timers {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back after so many milliseconds; gives what takes it back. */
  after(milliseconds: number, run: () => void): () => void;
  /** Whether somebody can see the page: polling waits while nobody can. */
  isVisible(): boolean;
  /**
   * Calls back each time when the page can be seen again; gives what ends it. `asleep`: it comes back from the history, and has not heard
   * what other tabs said meanwhile.
   */
  onVisible(run: (asleep: boolean) => void): () => void;
}

/** The part of a BroadcastChannel that is used. */
export interface Channel {
  postMessage(message: unknown): void;
  onmessage: ((event: { data: unknown }) => void) | null;
  close(): void;
}
