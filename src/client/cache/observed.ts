/**
 * One thing that is watched, for all who watch it. Owns when it is asked for (at first, after a change, at intervals, again after a
 * failure) and what is told of it. Does not own what is known: that is looked up.
 */
import { isCareError, type CareError } from '../../models/errors.js';
import type { Observer } from '../watch.js';
import type { Snapshot, Timers, WatchOptions } from './types.js';

/** What is known of the thing now. */
export interface Known<T> {
  /** Undefined where it is not known, or gone. */
  value: T | undefined;
  gone: boolean;
  /** When the answer that confirmed it was asked for, and when a change was last known of. */
  asked: number;
  changed: number;
  /** Milliseconds since 1970 when it was last confirmed. */
  at: number;
}

export interface ObservedOptions<T> {
  look: () => Known<T> | undefined;
  /** Asks the server. What came can be looked up once it resolves. */
  ask: (signal: AbortSignal) => Promise<void>;
  /** The logical time. */
  tick: () => number;
  /** Nobody is signed in, the server says: nothing counts as fresh, and nothing is asked for by itself. */
  isLockedOut: () => boolean;
  timers: Timers;
  /** The last one who watched is gone. */
  left: () => void;
}

interface Subscription<T> {
  observer: Observer<T>;
  seen: Snapshot<T> | undefined;
  every: number | undefined;
}

/** Waits after a first and after many failures, in milliseconds. */
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 60_000;
/** A page that was out of sight asks for what is older than this. */
const OLD = 60_000;
/** Changes that come faster than answers: so many times is asked again at once. */
const AT_ONCE = 3;

const PENDING = { state: 'pending', value: undefined, error: undefined, at: undefined } as const;
const GONE = { state: 'gone', value: undefined, error: undefined, at: undefined } as const;

export class Observed<T> {
  readonly #options: ObservedOptions<T>;
  readonly #subscriptions = new Set<Subscription<T>>();
  readonly #stop = new AbortController();
  readonly #endVisible: () => void;
  #snapshot: Snapshot<T> = PENDING;
  /** What was asked for before this time is not fresh for somebody who came later. */
  #wanted = 0;
  #asking = false;
  /** When it was last asked for. */
  #asked = 0;
  #failure: CareError | undefined;
  /** Failures in a row, and answers that were outdated when they came. */
  #tries = 0;
  #cancelTimer: (() => void) | undefined;
  /** The timer ran out while nobody could see the page. */
  #due = false;
  #telling = false;

  constructor(options: ObservedOptions<T>) {
    this.#options = options;
    this.#endVisible = options.timers.onVisible((asleep) => {
      if (asleep) {
        this.#wanted = options.tick();
        this.touch();
      } else if (this.#due || options.timers.now() - (options.look()?.at ?? 0) > OLD) void this.ask();
    });
  }

  subscribe(observer: Observer<T>, { maxAge = 0, every }: WatchOptions): () => void {
    const subscription = { observer, seen: undefined, every };
    this.#subscriptions.add(subscription);
    const known = this.#options.look();
    const isYoung =
      known !== undefined && known.asked >= known.changed && this.#options.timers.now() - known.at < maxAge && !this.#options.isLockedOut();
    if (!this.#asking) {
      if (!isYoung) {
        this.#wanted = this.#options.tick();
        void this.ask();
      } else this.#plan();
    }
    this.touch();
    return () => this.#leave(subscription);
  }

  #leave(subscription: Subscription<T>): void {
    if (!this.#subscriptions.delete(subscription) || this.#subscriptions.size > 0) return;
    this.end();
    this.#options.left();
  }

  /** What is known may have changed. */
  touch(): void {
    if (this.#stop.signal.aborted) return;
    this.#look();
    if (this.#asking || this.#snapshot.state === 'fresh' || this.#options.isLockedOut()) return;
    if (this.#isNews() || this.#failure?.kind === 'auth') void this.ask();
  }

  /** Whether something happened since it was last asked for. */
  #isNews(): boolean {
    return this.#doubted() > this.#asked;
  }

  #doubted(): number {
    return Math.max(this.#wanted, this.#options.look()?.changed ?? 0);
  }

  #look(): void {
    const known = this.#options.look();
    const value = known?.value;
    const isFresh = known !== undefined && known.asked >= this.#doubted() && !this.#options.isLockedOut();
    // Somebody else has had an answer since it failed here.
    if (isFresh && known.asked > this.#asked) this.#failure = undefined;
    const at = known && Number.isFinite(known.at) ? new Date(known.at) : undefined;
    if (this.#failure) this.#set({ state: 'error', value, error: this.#failure, at });
    else if (known?.gone) this.#set(GONE);
    else if (value === undefined || at === undefined) this.#set(PENDING);
    else this.#set({ state: isFresh ? 'fresh' : 'stale', value, error: undefined, at });
  }

  #set(next: Snapshot<T>): void {
    const last = this.#snapshot;
    const isSame =
      last.state === next.state && last.value === next.value && last.error === next.error && last.at?.getTime() === next.at?.getTime();
    if (!isSame) this.#snapshot = next;
    if (this.#telling) return;
    this.#telling = true;
    // What changes several times in one step is told once, and who subscribes is told after it has what ends it.
    queueMicrotask(() => {
      this.#telling = false;
      this.#tell();
    });
  }

  #tell(): void {
    for (const subscription of [...this.#subscriptions]) {
      if (subscription.seen === this.#snapshot || !this.#subscriptions.has(subscription)) continue;
      subscription.seen = this.#snapshot;
      try {
        subscription.observer.next(this.#snapshot);
      } catch (failure) {
        // One listener's own failure must neither silence the others nor go unseen.
        queueMicrotask(() => {
          throw failure;
        });
      }
    }
  }

  /** Asks now, unless it is being asked for. */
  async ask(): Promise<void> {
    if (this.#asking || this.#stop.signal.aborted) return;
    this.#asking = true;
    this.#due = false;
    this.#cancelTimer?.();
    this.#asked = this.#options.tick();
    let failure: CareError | undefined;
    try {
      await this.#options.ask(this.#stop.signal);
    } catch (error) {
      failure = error as CareError;
    }
    this.#asking = false;
    if (this.#stop.signal.aborted) return;
    this.#failure = failure;
    this.#look();
    if (!failure && this.#snapshot.state !== 'stale' && this.#snapshot.state !== 'pending') this.#tries = 0;
    else this.#tries++;
    if (!failure && this.#isNews() && this.#tries <= AT_ONCE) void this.ask();
    else this.#plan();
  }

  /** When to ask next: at the shortest interval that somebody wants, and after a failure that may pass. */
  #plan(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (this.#options.isLockedOut()) return;
    const { state } = this.#snapshot;
    const every = Math.min(...[...this.#subscriptions].map((one) => one.every ?? Infinity));
    const failure = this.#failure;
    const mayPass = failure
      ? isCareError(failure, 'offline', 'rate-limited', 'server', 'locked')
      : state === 'stale' || state === 'pending';
    const backOff = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.max(0, this.#tries - 1));
    const asTold = (failure?.retryAfter ?? 0) * 1000;
    const wait = Math.max(mayPass ? 0 : every, failure || mayPass ? backOff : 0, asTold);
    if (!Number.isFinite(wait)) return;
    this.#cancelTimer = this.#options.timers.after(wait, () => {
      if (this.#options.timers.isVisible()) void this.ask();
      else this.#due = true;
    });
  }

  /** Nobody is told anything more. @param last what is told before that. */
  end(last?: Snapshot<T>): void {
    this.#stop.abort();
    this.#cancelTimer?.();
    this.#endVisible();
    if (!last) return;
    this.#snapshot = last;
    this.#tell();
  }

  /** Ends those who watch, too. */
  close(last?: Snapshot<T>): void {
    this.end(last);
    for (const { observer } of [...this.#subscriptions]) observer.done();
  }
}
