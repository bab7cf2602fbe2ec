/**
 * How the tabs of one database take turns at writing, and hear of each other.
 *
 * With Web Locks each write has its turn. Where there are none (an old frame of another site, a page without https) one tab writes: it
 * leaves a claim in the database, which lapses when it has not written for a while, and others are refused meanwhile. Over the channel
 * go sequence numbers, and the word that all is over.
 */
import type { Database } from './database.js';
import { failed } from './failures.js';

interface ClaimRecord {
  owner: string;
  /** Milliseconds since 1970. */
  until: number;
}

type Message = { sequence: number } | { over: true };

/** Has the tabs of a database forget what they held. */
export function sayOver(name: string): void {
  if (!('BroadcastChannel' in globalThis)) return;
  const channel = new BroadcastChannel(name);
  channel.postMessage({ over: true } satisfies Message);
  channel.close();
}

export interface Heard {
  /** Another tab has written. */
  news(): void;
  /** Another tab has deleted the database. */
  over(): void;
}

export class Tabs {
  readonly #name: string;
  readonly #database: Database;
  readonly #claim: number;
  readonly #owner = String(Math.random()).slice(2);
  readonly #channel: BroadcastChannel | undefined;
  readonly #awake: () => void;
  #locks: LockManager | undefined;
  /** Writes of this tab, where there are no locks. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(name: string, database: Database, heard: Heard, { locks, claim }: { locks: LockManager | undefined; claim: number }) {
    this.#name = name;
    this.#database = database;
    this.#locks = locks;
    this.#claim = claim;
    // A page that slept may have missed what was said.
    this.#awake = () => heard.news();
    globalThis.addEventListener?.('pageshow', this.#awake);
    globalThis.addEventListener?.('visibilitychange', this.#awake);
    if ('BroadcastChannel' in globalThis) {
      this.#channel = new BroadcastChannel(name);
      this.#channel.addEventListener('message', ({ data }: MessageEvent<Message>) => ('over' in data ? heard.over() : heard.news()));
    }
  }

  get turns(): 'locks' | 'claim' {
    return this.#locks ? 'locks' : 'claim';
  }

  /** Whether others can be heard at all; otherwise one has to look. */
  get hears(): boolean {
    return this.#channel !== undefined;
  }

  /** Finds out whether there are locks to be had: Firefox before 116 refuses them in frames of other sites. */
  async prepare(): Promise<void> {
    try {
      await this.#locks?.request(`${this.#name}:probe`, { mode: 'shared' }, () => undefined);
    } catch {
      this.#locks = undefined;
    }
  }

  /** Runs work while no other tab writes. @throws CareError `locked` where another one has the claim. */
  async exclusive<T>(work: () => Promise<T>): Promise<T> {
    if (this.#locks) return this.#locks.request(this.#name, work);
    const turn = this.#queue.then(async () => {
      await this.#take();
      return work();
    });
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** Runs work unless another tab is at the same, and says whether it ran. */
  async alone(what: string, work: () => Promise<void>, wait = false): Promise<boolean> {
    if (!this.#locks) {
      await work();
      return true;
    }
    return this.#locks.request(`${this.#name}:${what}`, { ifAvailable: !wait }, async (lock) => {
      if (lock) await work();
      return lock !== null;
    });
  }

  async #take(): Promise<void> {
    const now = Date.now();
    const transaction = this.#database.transaction('meta', 'readwrite');
    const claim = (await transaction.store.get('writer')) as ClaimRecord | undefined;
    // One that lasts longer than claims do was made before the clock was set back.
    const standing = claim && claim.owner !== this.#owner && claim.until > now && claim.until <= now + this.#claim;
    if (!standing) await transaction.store.put({ owner: this.#owner, until: now + this.#claim } satisfies ClaimRecord, 'writer');
    await transaction.done;
    if (standing) throw failed('locked', 'Another tab is writing, and this browser lets only one: nothing was saved.', { retryable: true });
  }

  /** Says how far the log goes. */
  tell(sequence: number): void {
    this.#channel?.postMessage({ sequence } satisfies Message);
  }

  close(): void {
    globalThis.removeEventListener?.('pageshow', this.#awake);
    globalThis.removeEventListener?.('visibilitychange', this.#awake);
    this.#channel?.close();
  }
}
