/**
 * Keeps a store in the database of this browser, and several tabs' stores alike.
 *
 * A write takes its turn, reads what other tabs wrote, does its work on that (so that If-Match and the like are judged by it), takes the
 * work back, appends it to the log, and only when that is on the disk applies it and resolves. So the store never shows what the disk does
 * not have, and a version id that was shown once is never given to anything else. The price is that work is applied twice.
 */
import { attempt, type Work } from '../commit.js';
import type { Store } from '../store.js';
import type { Version } from '../version.js';
import { checkOptions } from './check.js';
import { databaseName, deleteDatabase, openDatabase, type Database, type StoreRecord } from './database.js';
import { explain, failed, removed } from './failures.js';
import { Journal, PIECE } from './journal.js';
import { checkKey } from './keys.js';
import type { Internals, PersistenceName, PersistenceOptions, PersistenceStatus } from './options.js';
import { checkSeal, makeCheck } from './reading.js';
import { newest } from './records.js';
import { encrypted, plain, type Seal } from './seal.js';
import { DAMAGED, statusOf, type End } from './status.js';
import { sayOver, Tabs } from './tabs.js';

/** A log is compacted when it has so many records, or as many as a hundred a megabyte of snapshot … */
const RECORDS = 500;
/** … or is so large, or as large as the snapshot. */
const SIZE = 4_000_000;
/** How long a writer without Web Locks keeps others out after its last write. */
const CLAIM = 10_000;

export class Persistence {
  readonly #store: Store;
  readonly #options: PersistenceOptions;
  readonly #internals: Internals;
  readonly #name: string;
  readonly #id: string;
  readonly #database: Database;
  readonly #journal: Journal;
  readonly #tabs: Tabs;
  #end: End | undefined;
  /** Whether another tab has written what this one has not read. */
  #behind = false;
  /** What changes the store, one after the other. */
  #queue: Promise<unknown> = Promise.resolve();
  #compacting: Promise<void> | undefined;
  #protected: boolean | undefined;

  private constructor(store: Store, options: PersistenceOptions, database: Database, id: string, journal: Journal) {
    this.#store = store;
    this.#options = options;
    this.#internals = options.internals ?? {};
    this.#name = databaseName(options);
    this.#id = id;
    this.#database = database;
    this.#journal = journal;
    const { locks = (globalThis.navigator as Partial<Navigator> | undefined)?.locks, claim = CLAIM } = this.#internals;
    const heard = { news: () => void (this.#behind = true), over: () => this.#forget() };
    this.#tabs = new Tabs(this.#name, database, heard, { locks: locks ?? undefined, claim });
  }

  /**
   * Opens the database, and brings what it holds into the store, in place of what that held.
   *
   * @throws CareError `validation` for options that do not go together; `forbidden` for another key; `locked` when another tab blocks the
   * database; `unsupported` without IndexedDB, or for a newer database; `server` with status 503 when records were expected and there are
   * none.
   */
  static async open(store: Store, options: PersistenceOptions): Promise<Persistence> {
    const key = checkOptions(options);
    let self: Persistence | undefined;
    // Between opening and the end of this function the database may go already.
    let early: (() => void) | undefined;
    const end = (work: (one: Persistence) => void): void => {
      if (self) work(self);
      else early = () => work(self!);
    };
    const database = await openDatabase(databaseName(options), {
      asked: (deleting) =>
        end((one) => (deleting ? one.#forget() : one.#lose('Another tab needs the stored records in a newer form: reload this page.'))),
      lost: () => end((one) => one.#lose()),
    });
    try {
      const sealOf = (id: string): Seal => (key ? encrypted(key, [databaseName(options), id]) : plain);
      let record = (await database.get('meta', 'store')) as StoreRecord | undefined;
      if (!record && options.expect) throw removed();
      if (!record) {
        const id = randomId();
        await Journal.found(database, id, sealOf(id));
        record = (await database.get('meta', 'store')) as StoreRecord;
      }
      const seal = sealOf(record.id);
      await checkSeal(seal, record);
      const { durability = 'strict', internals: { chunk: piece = PIECE, probe = () => undefined } = {} } = options;
      const journal = new Journal(database, { seal, durability, piece, probe });
      store.clear();
      store.replay((await journal.news()).versions);
      self = new Persistence(store, options, database, record.id, journal);
      await self.#tabs.prepare();
      early?.();
      if (options.protect) void self.#protect();
      return self;
    } catch (error) {
      database.close();
      throw explain(error);
    }
  }

  /** Runs a unit of work. What it wrote is on the disk, and seen in the store, when this resolves. It may run several times. */
  commit<T>(work: Work<T>): Promise<T> {
    return this.#inTurn(async () => {
      for (;;) {
        await this.#catchUp();
        await this.#probe('caught-up');
        const { result, versions, apply } = attempt(this.#store, work);
        if (versions.length === 0) return result;
        this.#assertWritable();
        await this.#probe('proposed');
        if (!(await this.#journal.append(versions))) continue;
        // Meanwhile somebody may have signed out: then nothing comes into memory again.
        this.#assertOpen();
        apply();
        this.#tabs.tell(this.#journal.spot.sequence);
        await this.#probe('applied');
        this.#compactWhenGrown();
        this.#store.tell(versions);
        return result;
      }
    });
  }

  /** Before anything is read: what other tabs are known to have written is in the store. */
  async current(): Promise<void> {
    if (this.#end) {
      if (this.#end.reads) return;
      throw this.#end.error;
    }
    if (this.#behind || !this.#tabs.hears) await this.#serially(() => this.#catchUp());
  }

  /** Runs work, such as an import, if there was never anything in the store; no two tabs do. */
  async seed(work: () => Promise<unknown>): Promise<void> {
    await this.#tabs.alone(
      'seed',
      async () => {
        await this.#serially(() => this.#catchUp());
        if (this.#store.log.length === 0 && this.#journal.problems.length === 0) await work();
      },
      true,
    );
  }

  /** Firefox asks the user, who may never answer. */
  async #protect(): Promise<void> {
    try {
      this.#protected = await (globalThis.navigator as Partial<Navigator> | undefined)?.storage?.persist();
    } catch {
      // As if it had not been asked.
    }
  }

  #probe(point: Parameters<NonNullable<Internals['probe']>>[0]): void | Promise<void> {
    return this.#internals.probe?.(point);
  }

  #serially<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** While no other tab writes, and this one does nothing else to the store. */
  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.#assertOpen();
    try {
      return await this.#tabs.exclusive(async () => {
        await this.#probe('locked');
        return this.#serially(work);
      });
    } catch (error) {
      throw explain(error);
    }
  }

  async #catchUp(): Promise<void> {
    this.#assertOpen();
    this.#behind = false;
    try {
      const { versions, anew } = await this.#journal.news();
      this.#assertOpen();
      if (anew) this.#store.clear();
      const fresh = versions.filter((version) => isNew(this.#store, version));
      this.#store.replay(fresh);
      if (fresh.length > 0) this.#store.tell(fresh);
    } catch (error) {
      this.#behind = true;
      throw explain(error);
    }
  }

  #assertOpen(): void {
    if (this.#end) throw this.#end.error;
  }

  #assertWritable(): void {
    if (this.#journal.problems.length > 0) throw failed('unsupported', `${DAMAGED} Nothing was saved.`);
  }

  #compactWhenGrown(): void {
    const { records, size, chunks } = this.#journal.growth;
    const { records: most = Math.max(RECORDS, 100 * chunks), characters = Math.max(SIZE, PIECE * chunks) } = this.#internals;
    if (this.#compacting || (records < most && size < characters)) return;
    this.#compacting = this.#compact(false)
      // The log stands as it was. Whatever is wrong shows at the next write.
      .catch(() => undefined)
      .finally(() => (this.#compacting = undefined));
  }

  /** Writes all versions as a snapshot and empties the log. Done by itself when the log has grown; nothing is lost when it is interrupted. */
  async compact(): Promise<void> {
    await this.#compact(true);
  }

  /** @param wait also after another tab that is at it. */
  async #compact(wait: boolean): Promise<void> {
    const work = async (): Promise<void> => {
      const [versions, spot] = await this.#serially(async () => {
        await this.#catchUp();
        this.#assertWritable();
        return [newest(this.#store.log, this.#options.history ?? Infinity).slice(), this.#journal.spot] as const;
      });
      const draft = await this.#journal.draft(versions, spot);
      await this.#inTurn(async () => {
        await this.#catchUp();
        this.#assertWritable();
        await this.#journal.adopt(draft);
      });
    };
    await this.#tabs.alone('compact', work, wait);
  }

  /** Writes everything anew under another key. Tabs that have the old one can go no further. @throws CareError as {@link open}. */
  async rekey(key: CryptoKey): Promise<void> {
    if (!this.#journal.encrypted) throw failed('validation', 'Synthetic records are kept without a key.');
    const seal = encrypted(checkKey(key), [this.#name, this.#id]);
    await this.#wholly(async (draft) => {
      return this.#journal.adopt(draft, { seal, store: { id: this.#id, check: await makeCheck(seal) } });
    }, seal);
  }

  /**
   * Makes the store one that can be written to again, of what could be read. What could not is put aside in the database, and what it held
   * is lost to the store: a record may be older than it was, or missing. Other tabs begin anew from here.
   */
  async salvage(): Promise<void> {
    await this.#wholly((draft) => this.#journal.mend(draft));
  }

  /** Writes a snapshot of all while nobody else writes. */
  async #wholly(adopt: (draft: Awaited<ReturnType<Journal['draft']>>) => Promise<boolean>, seal?: Seal): Promise<void> {
    await this.#inTurn(async () => {
      for (let done = false; !done;) {
        await this.#catchUp();
        if (seal) this.#assertWritable();
        const versions = newest(this.#store.log, this.#options.history ?? Infinity);
        done = await adopt(await this.#journal.draft(versions, this.#journal.spot, seal));
      }
      this.#tabs.tell(this.#journal.spot.sequence);
    });
  }

  /** What a reader has to know of what is read, if anything. */
  get problem(): string | undefined {
    return this.#journal.problems.length > 0 ? DAMAGED : undefined;
  }

  status(): PersistenceStatus {
    const { encrypted, problems, spot } = this.#journal;
    return statusOf({
      encrypted,
      problems,
      sequence: spot.sequence,
      turns: this.#tabs.turns,
      protected: this.#protected,
      end: this.#end,
    });
  }

  /** Lets go of the database; what is in memory is forgotten. */
  close(): void {
    this.#finish({ error: removed('The stored records were closed.'), reads: false });
  }

  /** Sign-out: deletes the database, and has every tab forget what it held. @throws CareError `locked` when a tab does not let go of it. */
  async destroy(): Promise<void> {
    this.#forget();
    await destroyPersistence(this.#options);
  }

  #forget(): void {
    this.#finish({ error: removed(), reads: false });
  }

  #lose(message?: string): void {
    this.#finish({ error: removed(message), reads: true });
  }

  #finish(end: End): void {
    // The store may have been opened again since, and hold what another of this class put there.
    if (this.#end?.reads === false) return;
    this.#end = end;
    this.#tabs.close();
    this.#database.close();
    if (!end.reads) this.#store.clear();
  }
}

/** Deletes a database that need not be open, or could not be opened. Tabs that have it open forget what they held. */
export async function destroyPersistence(options: PersistenceName): Promise<void> {
  const name = databaseName(options);
  sayOver(name);
  await deleteDatabase(name);
}

/** Whether a version is newer than what the store has of its resource. */
function isNew(store: Store, { type, id, versionId }: Version): boolean {
  return Number(versionId) > Number(store.get(type, id)?.versions.at(-1)?.versionId ?? 0);
}

const randomId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
