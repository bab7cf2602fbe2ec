/** A watch on a record or a search. Nothing is asked for until somebody listens. */
import type { CareError } from '../models/errors.js';
import type { Snapshot } from './cache/types.js';

/** What is told to one who listens; `done` once there is nothing more to tell. */
export interface Observer<T> {
  next(snapshot: Snapshot<T>): void;
  done(): void;
}
/** Begins to tell; gives what ends it. */
export type Observe<T> = (observer: Observer<T>) => () => void;

/**
 * ```ts
 * const stop = client.watch('Patient', 'p1').subscribe(({ state, value }) => draw(state, value));
 * for await (const { value } of client.watchSearch('Appointment', { date }, { every: 60_000, signal })) draw(value?.items ?? []);
 * ```
 */
export class Watch<T> implements AsyncIterable<Snapshot<T>> {
  readonly #open: () => Promise<Observe<T>>;
  readonly #signal: AbortSignal | undefined;

  constructor(open: () => Promise<Observe<T>>, signal: AbortSignal | undefined) {
    this.#open = open;
    this.#signal = signal;
  }

  /** Tells of what is known at once, and of each change of it. Gives what ends it. */
  subscribe(listener: (snapshot: Snapshot<T>) => void): () => void {
    return this.#start({ next: listener, done: () => undefined });
  }

  /** Each step gives what is known by then; what came and went between two steps is left out. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Snapshot<T>, void, undefined> {
    let next: Snapshot<T> | undefined;
    let done = false;
    let wake = (): void => undefined;
    const stop = this.#start({
      next: (snapshot) => {
        next = snapshot;
        wake();
      },
      done: () => {
        done = true;
        wake();
      },
    });
    try {
      for (;;) {
        if (!next && !done) await new Promise<void>((resolve) => (wake = resolve));
        if (next) {
          const snapshot = next;
          next = undefined;
          yield snapshot;
        } else if (done) return;
      }
    } finally {
      stop();
    }
  }

  #start({ next, done }: Observer<T>): () => void {
    let stop: (() => void) | undefined;
    let ended = false;
    const end = (): void => {
      if (ended) return;
      ended = true;
      this.#signal?.removeEventListener('abort', end);
      stop?.();
      done();
    };
    if (this.#signal?.aborted) {
      end();
      return end;
    }
    this.#signal?.addEventListener('abort', end);
    const tell = (snapshot: Snapshot<T>): void => {
      if (!ended) next(snapshot);
    };
    this.#open()
      .then((observe) => {
        if (!ended) stop = observe({ next: tell, done: end });
      })
      .catch((error: CareError) => {
        tell({ state: 'error', value: undefined, error, at: undefined });
        end();
      });
    return end;
  }
}
