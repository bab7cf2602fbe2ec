/** From records to versions. What cannot be read is left out and noted; what comes after it is read all the same. */
import type { Version } from '../version.js';
import type { HeadRecord, StoreRecord } from './database.js';
import { failed } from './failures.js';
import type { PersistenceProblem } from './options.js';
import { readPiece } from './records.js';
import { NO_MARK, type Mark, type Seal, type Sealed } from './seal.js';

/** A place in the log: the number and the mark of a record. */
export interface Spot {
  sequence: number;
  mark: Mark;
}

/** What there is: the newest record of the log, and the snapshot of what came up to its base. */
export interface Head extends Spot {
  base: Spot;
  /** Chunks of the snapshot, and the mark of the last. */
  chunks: number;
  chunkMark: Mark;
  generation: number;
  epoch: number;
}

export const START: Spot = { sequence: 0, mark: NO_MARK };
export const FRESH: Head = { ...START, base: START, chunks: 0, chunkMark: NO_MARK, generation: 0, epoch: 0 };

export interface Numbered {
  number: number;
  record: unknown;
}

export type Note = (part: PersistenceProblem['part'], number: number, reason: PersistenceProblem['reason']) => void;

/** What opens under this seal alone. */
export const makeCheck = (seal: Seal): Promise<Sealed> => seal.close({ kind: 'check', at: [] }, 'carelet', NO_MARK);

/** @throws CareError `forbidden` when the database was made with another key. */
export async function checkSeal(seal: Seal, store: StoreRecord): Promise<void> {
  try {
    await seal.open({ kind: 'check', at: [] }, store.check);
  } catch {
    throw failed('forbidden', 'The stored records were locked with another key. They were left as they are.');
  }
}

export async function sealHead(seal: Seal, head: Head): Promise<HeadRecord> {
  const sealed = await seal.close({ kind: 'head', at: [] }, JSON.stringify(head), head.mark);
  return { generation: head.generation, base: head.base.sequence, epoch: head.epoch, sealed };
}

/** Undefined, with a note, where it cannot be read. @throws CareError `forbidden` when that is so because the key is another one. */
export async function readHead(seal: Seal, record: HeadRecord | undefined, store: StoreRecord, note: Note): Promise<Head | undefined> {
  if (record)
    try {
      const head = JSON.parse((await seal.open({ kind: 'head', at: [] }, record.sealed)).text) as Head;
      if (head.generation === record.generation && head.epoch === record.epoch && head.base.sequence === record.base) return head;
    } catch {
      await checkSeal(seal, store);
    }
  note('head', 0, record ? 'unreadable' : 'missing');
  return undefined;
}

/** @param head undefined where it was lost: then what is there counts. */
export async function readSnapshot(
  seal: Seal,
  generation: number,
  chunks: readonly Numbered[],
  head: Head | undefined,
  note: Note,
): Promise<Version[]> {
  const versions: Version[] = [];
  const records = new Map(chunks.map(({ number, record }) => [number, record]));
  const count = head?.chunks ?? Math.max(0, ...chunks.map(({ number }) => number + 1));
  const chain = new Chain(seal, NO_MARK);
  for (let number = 0; number < count; number++) {
    const piece = await chain.read('snapshot', [generation, number], records.get(number), (reason) => note('snapshot', number, reason));
    for (const version of piece?.versions ?? []) versions.push(version);
  }
  if (head && !chain.endsIn(head.chunkMark)) note('snapshot', count - 1, 'out-of-order');
  return versions;
}

/**
 * @param from what the first record has to follow; undefined when that is not known.
 * @param records ascending by number.
 * @returns whole units of work, and where the log ends.
 */
export async function readLog(
  seal: Seal,
  from: Spot | undefined,
  records: readonly Numbered[],
  head: Head | undefined,
  note: Note,
): Promise<{ versions: Version[]; spot: Spot }> {
  const versions: Version[] = [];
  const chain = new Chain(seal, from?.mark);
  let sequence = from?.sequence ?? (records[0]?.number ?? 1) - 1;
  /** Pieces so far of a unit of work. */
  let unit: Version[] = [];
  let pieces = 0;
  const entries = new Map(records.map(({ number, record }) => [number, record]));
  const last = head?.sequence ?? Math.max(sequence, records.at(-1)?.number ?? 0);
  for (const { number } of records) if (number > last) note('log', number, 'out-of-order');
  while (sequence < last) {
    const number = ++sequence;
    const piece = await chain.read('log', [number], entries.get(number), (reason) => note('log', number, reason));
    if (piece?.index === 0) [unit, pieces] = [[], 0];
    // Half of a unit of work is worse than none of it.
    if (!piece || piece.index !== pieces) continue;
    for (const version of piece.versions) unit.push(version);
    pieces++;
    if (piece.more) continue;
    for (const version of unit) versions.push(version);
    [unit, pieces] = [[], 0];
  }
  if (head && !chain.endsIn(head.mark)) note('log', last, 'out-of-order');
  return { versions, spot: { sequence: last, mark: head?.mark ?? chain.mark ?? NO_MARK } };
}

/** Records that each name the one before. After one that could not be read, the next cannot be held against it. */
class Chain {
  readonly #seal: Seal;
  mark: Mark | undefined;

  constructor(seal: Seal, mark: Mark | undefined) {
    this.#seal = seal;
    this.mark = mark;
  }

  async read(
    kind: 'log' | 'snapshot',
    at: readonly number[],
    record: unknown,
    note: (reason: PersistenceProblem['reason']) => void,
  ): Promise<ReturnType<typeof readPiece> | undefined> {
    const before = this.mark;
    this.mark = undefined;
    if (record === undefined) {
      note('missing');
      return undefined;
    }
    try {
      const { text, previous } = await this.#seal.open({ kind, at }, record);
      const piece = readPiece(text);
      if (before !== undefined && previous !== before) note('out-of-order');
      this.mark = this.#seal.markOf(record);
      return piece;
    } catch {
      note('unreadable');
      return undefined;
    }
  }

  endsIn(mark: Mark): boolean {
    return this.mark === undefined || this.mark === mark;
  }
}
