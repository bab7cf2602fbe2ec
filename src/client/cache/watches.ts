import type { CareError } from '../../models/errors.js';
import type { Observe } from '../watch.js';
import { Observed, type Known } from './observed.js';
import type { Timers, WatchOptions } from './types.js';

export interface Watched<T> {
  key: string;
  look: () => Known<T> | undefined;
  ask: (signal: AbortSignal) => Promise<void>;
}

/** All that is watched, each thing once. */
export class Watches {
  readonly #observed = new Map<string, Observed<unknown>>();
  readonly #shared: { tick: () => number; isLockedOut: () => boolean; timers: Timers };
  #touching = false;

  constructor(shared: { tick: () => number; isLockedOut: () => boolean; timers: Timers }) {
    this.#shared = shared;
  }

  get keys(): ReadonlySet<string> {
    return new Set(this.#observed.keys());
  }

  /** @param open throws once all is over. */
  observe<T>({ key, look, ask }: Watched<T>, options: WatchOptions, open: () => void): Observe<T> {
    return (observer) => {
      open();
      let observed = this.#observed.get(key) as Observed<T> | undefined;
      if (!observed) {
        observed = new Observed<T>({ ...this.#shared, look, ask, left: () => this.#observed.delete(key) });
        this.#observed.set(key, observed as Observed<unknown>);
      }
      return observed.subscribe(observer, options);
    };
  }

  /** All look again, once for what happens in one step. */
  touch(): void {
    if (this.#touching || this.#observed.size === 0) return;
    this.#touching = true;
    queueMicrotask(() => {
      this.#touching = false;
      for (const observed of [...this.#observed.values()]) observed.touch();
    });
  }

  close(error: CareError | undefined): void {
    const all = [...this.#observed.values()];
    this.#observed.clear();
    for (const observed of all) observed.close(error && { state: 'error', value: undefined, error, at: undefined });
  }
}
