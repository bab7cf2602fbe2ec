/** What a host says to have records kept beyond the page, and what it is told of them. */

interface Common {
  /**
   * The host has kept records here before, so that finding none means that the browser removed them: opening then fails (`server`, status 503)
   * in place of starting empty. Nothing that a page could leave behind outlives an eviction, so only the host can know.
   */
  expect?: boolean;
  /** Asks the browser not to remove this site's data when room runs short (StorageManager.persist). It may say no. */
  protect?: boolean;
  /**
   * `strict`, unless told: a write is acknowledged when it is on the disk. `relaxed`: when the operating system has it, which outlives a
   * crash of the page or the browser, but not one of the machine.
   */
  durability?: 'strict' | 'relaxed';
  /** Versions of a resource that are kept when the log is compacted, 1 or more; all unless told. */
  history?: number;
  /** For tests of this module. @internal */
  internals?: Internals;
}

/**
 * Real records need `name` and `key`; made-up ones may be kept unencrypted under `synthetic: true`. The name is part of the database's
 * own, which is readable: it must not say who a user or a patient is.
 */
export type PersistenceOptions = Common &
  ({ name: string; key: CryptoKey; synthetic?: never } | { synthetic: true; name?: string; key?: never });

/** Which database is meant. */
export type PersistenceName = { name: string; synthetic?: boolean } | { synthetic: true; name?: string };

/** Points between two of which a tab may die. */
export type Point =
  'locked' | 'caught-up' | 'proposed' | 'sealed' | 'in-transaction' | 'appended' | 'applied' | 'chunk' | 'drafted' | 'in-swap' | 'swapped';

export interface Internals {
  /** Called at each point; what it throws ends the work there. Inside a transaction it is not waited for. */
  probe?: (point: Point) => void | Promise<void>;
  /** Compaction begins after so many log records … */
  records?: number;
  /** … or so many characters of log. */
  characters?: number;
  /** Characters of a chunk or log record. */
  chunk?: number;
  /** Web Locks and the channel, if not the page's own; null where there are none. */
  locks?: LockManager | null;
  /** Milliseconds for which a writer without Web Locks keeps others from writing. */
  claim?: number;
}

/** Something stored that could not be read. */
export interface PersistenceProblem {
  /** `head`: what says how much there is. `log` and `snapshot`: records, by number. */
  part: 'head' | 'log' | 'snapshot';
  number: number;
  /** `missing`, `unreadable` (damaged, or put here from elsewhere), `out-of-order` (readable, but not what followed here before). */
  reason: 'missing' | 'unreadable' | 'out-of-order';
}

export interface PersistenceStatus {
  /** `read-only`: something could not be read, or the browser removed what was stored. `closed`: also nothing is read any more. */
  state: 'open' | 'read-only' | 'closed';
  encrypted: boolean;
  /** Number of the newest log record that this tab holds. */
  sequence: number;
  /** How tabs take turns: by Web Locks, or, where the browser has none here, by a claim on writing that lapses. */
  turns: 'locks' | 'claim';
  /** Whether the browser promised not to remove the data; undefined where it was not asked, or cannot say. */
  protected: boolean | undefined;
  problems: readonly PersistenceProblem[];
  /** Plain sentences for a person. */
  notes: readonly string[];
}
