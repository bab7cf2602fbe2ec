/** Searches under way: callers that start the same one at the same time share its pages. */
import { cloneJson } from '../../models/fhir/json.js';
import type { SearchPage } from '../backend.js';
import { Flights, orAborted, type Flight } from './flights.js';

const NEVER = new Promise<never>(() => undefined);

/** Pages that were asked for once, for all who take part. Each page is asked for when the first of them wants it. */
class Pages {
  readonly flight: Flight;
  /** When it was asked for. */
  readonly asked: number;
  readonly #source: AsyncIterator<SearchPage>;
  readonly #closed: () => void;
  /** Pages that somebody has not taken yet; those before are let go. */
  readonly #pages: (SearchPage | undefined)[] = [];
  readonly #places = new Set<{ next: number }>();
  #asking: Promise<boolean> | undefined;

  constructor(flight: Flight, asked: number, source: AsyncIterable<SearchPage>, closed: () => void) {
    this.flight = flight;
    this.asked = asked;
    this.#source = source[Symbol.asyncIterator]();
    this.#closed = closed;
  }

  async *take(signal: AbortSignal | undefined): AsyncGenerator<SearchPage, void, undefined> {
    const place = { next: 0 };
    this.#places.add(place);
    this.flight.join();
    try {
      for (;;) {
        if (place.next === this.#pages.length && !(await orAborted(signal?.aborted ? NEVER : this.#more(), signal))) return;
        const page = this.#pages[place.next++]!;
        // Copied before anybody can change it; the last one to take it gets the page itself.
        const isLast = [...this.#places].every(({ next }) => next >= place.next);
        if (isLast) this.#pages[place.next - 1] = undefined;
        yield isLast ? page : cloneJson(page);
      }
    } finally {
      this.#places.delete(place);
      this.flight.leave();
    }
  }

  /** Asks for one more page; false when there is none. The end is the same for all, a failure too. */
  #more(): Promise<boolean> {
    return (this.#asking ??= orAborted(this.#source.next(), this.flight.signal)
      .then(({ done, value }) => {
        if (done) return false;
        this.#pages.push(value);
        this.#asking = undefined;
        return true;
      })
      // Who comes now would not get what the others may have begun to change.
      .finally(() => this.#closed()));
  }

  /** Lets the backend end as it would if its caller had stopped in between. */
  async return(): Promise<void> {
    await this.#source.return?.();
  }
}

export class SharedSearches {
  readonly #flights = new Flights<Pages>();
  readonly #tick: () => number;

  constructor(tick: () => number) {
    this.#tick = tick;
  }

  /**
   * @param ask called once for all who share; each gets pages of its own.
   * @param joined told when these pages had been asked for.
   */
  async *pages(
    key: string,
    ask: (signal: AbortSignal, asked: number) => AsyncIterable<SearchPage>,
    signal: AbortSignal | undefined,
    joined?: (asked: number) => void,
  ): AsyncGenerator<SearchPage, void, undefined> {
    const pages = this.#flights.take(key, (flight) => {
      const close = (): void => this.#flights.close((_, one) => one === made);
      const asked = this.#tick();
      const made: Pages = new Pages(flight, asked, ask(flight.signal, asked), close);
      flight.signal.addEventListener('abort', () => void made.return().catch(() => undefined), { once: true });
      return made;
    });
    joined?.(pages.asked);
    yield* pages.take(signal);
  }

  /** Who asks from now on is not given an answer that was asked for before. */
  close(): void {
    this.#flights.close(() => true);
  }

  abortAll(): void {
    this.#flights.abortAll();
  }
}
