/**
 * The log and its snapshot in the database. Every change is one transaction that first compares the head with the one that this tab knows,
 * so that two writers can never both go on from the same place, whatever becomes of locks.
 *
 * The head holds the number and mark of the newest log record: a log that was cut off at its end, or put together from older pieces, does
 * not fit it. A whole database that was put back to an earlier state fits itself; only a tab that has seen more can tell.
 */
import type { Version } from '../version.js';
import type { Database, HeadRecord, StoreRecord } from './database.js';
import { explain, removed } from './failures.js';
import type { Point, PersistenceProblem } from './options.js';
import { FRESH, makeCheck, readHead, readLog, readSnapshot, sealHead, START, type Head, type Numbered, type Spot } from './reading.js';
import { piecesOf } from './records.js';
import { NO_MARK, sameSealed, type Seal, type Sealed } from './seal.js';

/** What a tab had not seen yet. */
export interface News {
  /** Oldest first. Some may be known already. */
  versions: Version[];
  /** What this tab holds is to be forgotten first. */
  anew: boolean;
}

/** A snapshot that lies in the database but counts for nothing until the head names it. */
export interface Draft {
  generation: number;
  chunks: number;
  chunkMark: string;
  base: Spot;
  epoch: number;
}

export interface JournalOptions {
  seal: Seal;
  durability: 'strict' | 'relaxed';
  /** Characters of a record. */
  piece: number;
  probe(point: Point): void | Promise<void>;
}

/** Characters of a record, unless told: about 1 MB where text is Latin. */
export const PIECE = 1_000_000;

type Part = 'meta' | 'log' | 'snapshot' | 'aside';
const begin = (database: Database, parts: Part[], durability: 'strict' | 'relaxed') =>
  database.transaction(parts, 'readwrite', { durability });
type Change = ReturnType<typeof begin>;
/** What fails ends its transaction, and is told by that. */
const quiet = (request: Promise<unknown>): void => void request.catch(() => undefined);
const chunksOf = (generation: number): IDBKeyRange => IDBKeyRange.bound([generation, 0], [generation, Infinity]);
const sizeOf = (record: unknown): number => (record as { length?: number }).length ?? 0;

export class Journal {
  readonly #database: Database;
  readonly #durability: 'strict' | 'relaxed';
  readonly #piece: number;
  readonly #probe: (point: Point) => void | Promise<void>;
  #seal: Seal;
  #head: Head = FRESH;
  /** The head's record as this tab last saw it, whether it could be read or not. */
  #record: HeadRecord | undefined;
  /** Of the snapshot that stands, as far as could be told. */
  #generation = 0;
  #loaded = false;
  /** How far this tab has read. */
  #spot: Spot = START;
  #problems: PersistenceProblem[] = [];
  /** Bytes or characters of log that this tab has seen since the snapshot. */
  #size = 0;

  constructor(database: Database, { seal, durability, piece, probe }: JournalOptions) {
    this.#database = database;
    this.#seal = seal;
    this.#durability = durability;
    this.#piece = piece;
    this.#probe = probe;
  }

  get problems(): readonly PersistenceProblem[] {
    return this.#problems;
  }

  get spot(): Spot {
    return this.#spot;
  }

  get encrypted(): boolean {
    return this.#seal.encrypted;
  }

  /** How much has been logged since the snapshot, and how large that is. */
  get growth(): { records: number; size: number; chunks: number } {
    return { records: this.#spot.sequence - this.#head.base.sequence, size: this.#size, chunks: this.#head.chunks };
  }

  /** Writes the head of a database that was just made. Nothing is done where another tab was faster. */
  static async found(database: Database, id: string, seal: Seal): Promise<void> {
    const check = await makeCheck(seal);
    const head = await sealHead(seal, FRESH);
    const transaction = database.transaction('meta', 'readwrite', { durability: 'strict' });
    if ((await transaction.store.get('store')) === undefined) {
      quiet(transaction.store.put({ id, check } satisfies StoreRecord, 'store'));
      quiet(transaction.store.put(head, 'head'));
    }
    await transaction.done;
  }

  /** What came since this tab last read. What cannot be read is left out and listed under `problems`. */
  async news(): Promise<News> {
    const transaction = this.#database.transaction(['meta', 'log', 'snapshot']);
    const record = (await transaction.objectStore('meta').get('head')) as HeadRecord | undefined;
    if (this.#loaded && sameSealed(record?.sealed, this.#record?.sealed)) return { versions: [], anew: false };
    const store = (await transaction.objectStore('meta').get('store')) as StoreRecord | undefined;
    const anew = this.#loaded && record !== undefined && record.epoch !== (this.#record?.epoch ?? 0);
    const from = anew ? START : this.#spot;
    const log = transaction.objectStore('log');
    const newer = IDBKeyRange.lowerBound(from.sequence, true);
    const [numbers, records] = await Promise.all([log.getAllKeys(newer), log.getAll(newer)]);
    const snapshot = transaction.objectStore('snapshot');
    const missing = record ? record.base > from.sequence : from.sequence === 0 && numbers[0] !== 1;
    const [keys, chunks] = missing ? await Promise.all([snapshot.getAllKeys(), snapshot.getAll()]) : [[], []];
    await transaction.done;
    if (!store) throw removed();

    const problems: PersistenceProblem[] = anew ? [] : [...this.#problems];
    const note = (part: PersistenceProblem['part'], number: number, reason: PersistenceProblem['reason']): void => {
      if (!problems.some((one) => one.part === part && one.number === number)) problems.push({ part, number, reason });
    };
    const head = await readHead(this.#seal, record, store, note);
    if (head && head.sequence < from.sequence) throw removed('The stored records are older than what this page has seen already.');
    // Without a head, the lowest generation is the one that stood: a later one was never finished.
    const generation = head?.generation ?? keys[0]?.[0] ?? 0;
    const own = keys.flatMap((key, i): Numbered[] => (key[0] === generation ? [{ number: key[1], record: chunks[i] }] : []));
    const versions = missing ? await readSnapshot(this.#seal, generation, own, head, note) : [];
    const start = missing ? head?.base : from;
    const entries = numbers.map((number, i): Numbered => ({ number, record: records[i] }));
    const read = await readLog(this.#seal, start, start ? entries.filter(({ number }) => number > start.sequence) : entries, head, note);
    for (const version of read.versions) versions.push(version);

    if (anew || head?.generation !== this.#head.generation) this.#size = 0;
    for (const one of records) this.#size += sizeOf(one);
    [this.#loaded, this.#record, this.#spot, this.#problems] = [true, record, read.spot, problems];
    if (head) this.#head = head;
    if (head || missing) this.#generation = generation;
    return { versions, anew };
  }

  /** Adds a unit of work. @returns false, with nothing done, when another tab came first. */
  async append(versions: readonly Version[]): Promise<boolean> {
    let spot = this.#spot;
    const records: [number, Sealed][] = [];
    for (const text of piecesOf(versions, this.#piece)) {
      const sequence = spot.sequence + 1;
      const record = await this.#seal.close({ kind: 'log', at: [sequence] }, text, spot.mark);
      records.push([sequence, record]);
      spot = { sequence, mark: this.#seal.markOf(record) };
    }
    const done = await this.#become({ ...this.#head, ...spot }, ['meta', 'log'], ['sealed', 'in-transaction', 'appended'], (change) => {
      for (const [sequence, record] of records) quiet(change.objectStore('log').add(record, sequence));
    });
    if (!done) return false;
    this.#spot = spot;
    for (const [, record] of records) this.#size += sizeOf(record);
    return true;
  }

  /** Writes versions beside the snapshot that stands. @param base the place in the log that they lead up to. */
  async draft(versions: readonly Version[], base: Spot, seal: Seal = this.#seal): Promise<Draft> {
    if (this.#problems.length === 0) await this.#sweep();
    // The fraction keeps two tabs from writing to the same place, whatever becomes of locks.
    const generation = Math.floor(this.#head.generation) + 1 + Math.random();
    let [chunks, chunkMark] = [0, NO_MARK];
    for (const text of piecesOf(versions, this.#piece)) {
      const record = await seal.close({ kind: 'snapshot', at: [generation, chunks] }, text, chunkMark);
      await this.#database.put('snapshot', record, [generation, chunks]);
      await this.#probe('chunk');
      chunkMark = seal.markOf(record);
      chunks++;
    }
    await this.#probe('drafted');
    return { generation, chunks, chunkMark, base, epoch: this.#head.epoch };
  }

  /** Chunks of snapshots that were never finished. */
  async #sweep(): Promise<void> {
    const { generation } = this.#head;
    await this.#become(this.#head, ['meta', 'snapshot'], [], async (change) => {
      for (const key of await change.objectStore('snapshot').getAllKeys())
        if (key[0] !== generation) quiet(change.objectStore('snapshot').delete(key));
    });
  }

  /**
   * Puts a draft in the place of the snapshot and the log up to its base.
   *
   * @param renewed a new seal, under which the draft was written, and what opens under it: then the draft holds all of the log.
   * @returns false, with nothing done, when another tab came first or took the draft away.
   */
  async adopt(draft: Draft, renewed?: { seal: Seal; store: StoreRecord }): Promise<boolean> {
    if (draft.epoch !== this.#head.epoch || draft.base.sequence < this.#head.base.sequence) return false;
    return this.#replace({ ...this.#head, ...draft }, [], renewed);
  }

  /** Puts a draft in the place of everything, also of what could not be read: that is put aside. */
  async mend(draft: Draft): Promise<boolean> {
    const { sequence, mark } = draft.base;
    const head: Head = { ...draft, sequence, mark, epoch: (this.#record?.epoch ?? 0) + 1 + Math.random() };
    if (!(await this.#replace(head, this.#problems))) return false;
    this.#problems = [];
    return true;
  }

  async #replace(head: Head, problems: readonly PersistenceProblem[], renewed?: { seal: Seal; store: StoreRecord }): Promise<boolean> {
    const points: Point[] = ['in-swap', 'swapped'];
    const done = await this.#become(
      head,
      ['meta', 'log', 'snapshot', 'aside'],
      points,
      async (change) => {
        const [log, snapshot] = [change.objectStore('log'), change.objectStore('snapshot')];
        if ((await snapshot.count(chunksOf(head.generation))) !== head.chunks) return false;
        for (const { part, number } of problems) {
          const found =
            part === 'head'
              ? await change.objectStore('meta').get('head')
              : part === 'log'
                ? await log.get(number)
                : await snapshot.get([this.#generation, number]);
          if (found !== undefined) quiet(change.objectStore('aside').add({ part, at: number, record: found }));
        }
        quiet(log.delete(IDBKeyRange.upperBound(problems.length > 0 ? Infinity : head.base.sequence)));
        quiet(snapshot.delete(IDBKeyRange.upperBound([head.generation], true)));
        quiet(snapshot.delete(IDBKeyRange.lowerBound([head.generation, Infinity])));
        if (renewed) quiet(change.objectStore('meta').put(renewed.store, 'store'));
        return true;
      },
      renewed?.seal,
    );
    if (!done) return false;
    this.#size = 0;
    this.#spot = { sequence: head.sequence, mark: head.mark };
    return true;
  }

  /**
   * One transaction that leads to a new head, if the head is still the one that this tab knows.
   *
   * @param points for tests: before, within and after it.
   * @param work may answer false to have nothing done.
   */
  async #become(
    head: Head,
    parts: Part[],
    points: readonly Point[],
    work: (change: Change) => void | Promise<boolean | void>,
    seal: Seal = this.#seal,
  ): Promise<boolean> {
    const record = head === this.#head ? this.#record : await sealHead(seal, head);
    const [before, within, after] = points.length > 2 ? points : [undefined, ...points];
    if (before) await this.#probe(before);
    const change = begin(this.#database, parts, this.#durability);
    const done = change.done.then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    let going = false;
    try {
      const meta = change.objectStore('meta');
      const known = (await meta.get('head')) as HeadRecord | undefined;
      going = sameSealed(known?.sealed, this.#record?.sealed) && (await work(change)) !== false;
      if (going) quiet(meta.put(record, 'head'));
      if (going && within) void this.#probe(within);
      if (!going) change.abort();
    } catch (error) {
      try {
        change.abort();
      } catch {
        // It has ended by itself.
      }
      const { name } = error as { name?: unknown };
      // A request of a transaction that failed says only that; the transaction knows why.
      throw explain(name === 'AbortError' ? ((await done)?.error ?? error) : error);
    }
    const failure = await done;
    if (!going) return false;
    if (failure) throw explain(failure.error);
    [this.#head, this.#record, this.#seal] = [head, record, seal];
    if (after) await this.#probe(after);
    return true;
  }
}
