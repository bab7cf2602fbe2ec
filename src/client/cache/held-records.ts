import { CareError } from '../../models/errors.js';
import type { Backend } from '../backend.js';
import { load } from '../load.js';
import { Watch, type Observe } from '../watch.js';
import type { Records } from './records.js';
import type { CacheOptions, RecordChange, WatchOptions } from './types.js';

interface Held {
  loading?: Promise<Records> | undefined;
  records?: Records;
}

/** The part that does the work, once for all clients of a page. */
let part: Promise<typeof import('./records.js')> | undefined;

/** What a client knows of the records, from its first request until somebody signs out; then another takes its place. */
export class HeldRecords {
  readonly #backend: Backend;
  readonly #options: CacheOptions;
  readonly #signedOut: (error: CareError, elsewhere: boolean) => void;
  #held: Held = {};
  #isOver = false;

  /** @param signedOut called when the session is over; `elsewhere`: by another tab. */
  constructor(backend: Backend, options: CacheOptions, signedOut: (error: CareError, elsewhere: boolean) => void) {
    this.#backend = backend;
    this.#options = options;
    this.#signedOut = signedOut;
  }

  open(): Promise<Records> {
    const held = this.#held;
    return (held.loading ??= this.#load(held).catch((error: unknown) => {
      // A chunk that could not be fetched may be there the next time.
      held.loading = part = undefined;
      throw error;
    }));
  }

  async #load(held: Held): Promise<Records> {
    const module = await (part ??= load(() => import('./records.js')));
    const { session, cache, timers, channel } = this.#options;
    const records = new module.Records({
      backend: this.#backend,
      // The name of a session that is over is not used again.
      session: this.#isOver ? undefined : session,
      limits: cache,
      timers,
      channel,
      over: () => this.#end(true),
    });
    if (held !== this.#held) records.end({ tell: false });
    return (held.records = records);
  }

  watch<T>(observe: (records: Records) => Observe<never>, { signal }: WatchOptions): Watch<T> {
    return new Watch<T>(async () => observe(await this.open()) as unknown as Observe<T>, signal);
  }

  onChange(listener: (changes: readonly RecordChange[]) => void): () => void {
    let end: (() => void) | undefined;
    let isEnded = false;
    this.open().then(
      (records) => {
        if (!isEnded) end = records.onChange(listener);
      },
      // Where the part could not be loaded, requests say so.
      () => undefined,
    );
    return () => {
      isEnded = true;
      end?.();
    };
  }

  signOut(): void {
    this.#end(false);
  }

  #end(elsewhere: boolean): void {
    const error = new CareError('auth', 'You have signed out.');
    this.#forget({ tell: !elsewhere, error });
    this.#signedOut(error, elsewhere);
  }

  close(): void {
    this.#forget({ tell: false });
  }

  #forget(how: { tell: boolean; error?: CareError }): void {
    const { records } = this.#held;
    this.#held = {};
    this.#isOver = true;
    records?.end(how);
  }
}
