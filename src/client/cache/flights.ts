/**
 * Requests under way. Callers that ask for the same at the same time share one request; one that gives up leaves it to the others,
 * and with the last one it is aborted.
 */
import { CareError } from '../../models/errors.js';
import { cloneJson } from '../../models/fhir/json.js';
import { throwIfAborted } from '../deadline.js';

/** Settles as `work` does, unless `signal` fires before. */
export function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(new CareError('aborted', 'The request was given up.'));
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
    const done = (): void => signal.removeEventListener('abort', giveUp);
    work.then(resolve, reject).finally(done);
  });
}

/** One request, with those who wait for it. It is aborted when the last of them has left. */
export class Flight {
  readonly #stop = new AbortController();
  readonly #left: () => void;
  #waiting = 0;

  constructor(left: () => void) {
    this.#left = left;
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  get isShared(): boolean {
    return this.#waiting > 1;
  }

  join(): void {
    this.#waiting++;
  }

  leave(): void {
    if (--this.#waiting === 0) this.abort();
  }

  abort(): void {
    this.#left();
    this.#stop.abort();
  }
}

/** All flights of a client, by what they ask for. */
export class Flights<F extends { readonly flight: Flight }> {
  readonly #open = new Map<string, F>();
  readonly #running = new Set<F>();

  /** The flight under this key, or a new one. */
  take(key: string, start: (flight: Flight) => F): F {
    const open = this.#open.get(key);
    if (open) return open;
    const made = start(
      new Flight(() => {
        this.close((_, flight) => flight === made);
        this.#running.delete(made);
      }),
    );
    this.#open.set(key, made);
    this.#running.add(made);
    return made;
  }

  /** Nobody can join any more: the answer is there, or may be outdated by now. */
  close(which: (key: string, flight: F) => boolean): void {
    for (const [key, flight] of [...this.#open]) if (which(key, flight)) this.#open.delete(key);
  }

  abortAll(): void {
    for (const { flight } of [...this.#running]) flight.abort();
  }
}

interface Answer<T> {
  flight: Flight;
  value: Promise<T>;
}

/** Reads under way. */
export class SharedReads<T> {
  readonly #flights = new Flights<Answer<T> & { shared: boolean }>();

  /** @returns an object that is the caller's own: what is shared, or frozen because it is kept elsewhere, is copied. */
  async get(key: string, ask: (signal: AbortSignal) => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    throwIfAborted(signal);
    const one = this.#flights.take(key, (flight) => {
      const made = { flight, shared: false, value: undefined as unknown as Promise<T> };
      made.value = orAborted(ask(flight.signal), flight.signal).finally(() => {
        // Before anybody who waits goes on, and perhaps changes what it was given.
        made.shared = flight.isShared;
        this.#flights.close((_, flight) => flight === made);
      });
      return made;
    });
    one.flight.join();
    try {
      const value = await orAborted(one.value, signal);
      return one.shared || Object.isFrozen(value) ? cloneJson(value) : value;
    } finally {
      one.flight.leave();
    }
  }

  /** Who asks from now on is not given an answer that was asked for before. */
  close(which: (key: string) => boolean): void {
    this.#flights.close(which);
  }

  abortAll(): void {
    this.#flights.abortAll();
  }
}
