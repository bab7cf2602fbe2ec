/** The database: its parts, how it is opened, and how it ends. The only place that knows idb. */
import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { explain, failed } from './failures.js';
import type { PersistenceName } from './options.js';
import type { Sealed } from './seal.js';

/** What says how much there is. Counts may be read; the rest is sealed. */
export interface HeadRecord {
  generation: number;
  /** Log records up to this one are in the snapshot. */
  base: number;
  /** Changes when a damaged store is made whole from what was readable: whoever held more has to begin anew. */
  epoch: number;
  sealed: Sealed;
}

interface Schema extends DBSchema {
  /** `store`: StoreRecord. `head`: HeadRecord. `writer`: ClaimRecord. */
  meta: { key: 'store' | 'head' | 'writer'; value: unknown };
  /** One unit of work, or a piece of a large one, by sequence number from 1. */
  log: { key: number; value: Sealed };
  /** All versions up to the head's base, in chunks, by generation and number from 0. */
  snapshot: { key: [generation: number, chunk: number]; value: Sealed };
  /** Records that could not be read, kept for whoever might. */
  aside: { key: number; value: { part: string; at: unknown; record: unknown } };
}
export type Database = IDBPDatabase<Schema>;

/** Made once, with the database. */
export interface StoreRecord {
  id: string;
  /** Opens under the right key only. */
  check: Sealed;
}

export const FORMAT = 1;
/** How long other tabs may take to let go of a database. */
const PATIENCE = 5000;

/** Synthetic records have names of their own, so that they and real ones are never in the same database. */
export function databaseName(options: PersistenceName): string {
  return options.synthetic ? `carelet-synthetic:${options.name ?? 'default'}` : `carelet:${options.name}`;
}

function patiently<T>(work: Promise<T>, message: string, late: (result: T) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    let given = false;
    const timer = setTimeout(() => {
      given = true;
      reject(failed('locked', message, { retryable: true }));
    }, PATIENCE);
    work.then(
      (result) => {
        clearTimeout(timer);
        if (given) late(result);
        else resolve(result);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error as Error);
      },
    );
  });
}

export interface Ends {
  /** Somebody deletes the database, or needs it in a newer form: let go of it. */
  asked(deleting: boolean): void;
  /** The browser took it away. */
  lost(): void;
}

/** @throws CareError `unsupported` where there is no IndexedDB or the database is of a newer version; `locked` when blocked. */
export async function openDatabase(name: string, ends: Ends): Promise<Database> {
  if (!('indexedDB' in globalThis)) throw failed('unsupported', 'There is no IndexedDB here to keep records in.');
  try {
    return await patiently(
      openDB<Schema>(name, FORMAT, {
        upgrade(database) {
          for (const part of ['meta', 'log', 'snapshot'] as const) database.createObjectStore(part);
          database.createObjectStore('aside', { autoIncrement: true });
        },
        blocking: (_current, wanted) => ends.asked(wanted === null),
        terminated: () => ends.lost(),
      }),
      'Another tab holds the stored records in an older form: close it and try again.',
      (database) => database.close(),
    );
  } catch (error) {
    const { name: kind } = error as { name?: unknown };
    if (kind === 'SecurityError' || kind === 'InvalidStateError' || kind === 'NotAllowedError')
      throw failed('unsupported', 'This browser keeps no records here: it may be in private mode, or be told not to.', { cause: error });
    throw explain(error);
  }
}

/** @throws CareError `locked` when a tab does not let go of it; it is then deleted once that tab closes. */
export async function deleteDatabase(name: string): Promise<void> {
  if (!('indexedDB' in globalThis)) return;
  try {
    await patiently(deleteDB(name), 'Another tab holds the stored records: they are deleted when it is closed.', () => undefined);
  } catch (error) {
    throw explain(error);
  }
}
