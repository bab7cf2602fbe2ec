import type { RetryOptions } from '../../src/client/backends/fhir/retry.js';

/** A clock that goes on only when somebody sleeps by it: then to the moment at which the first sleeper wakes. */
export class FakeClock {
  time = Date.parse('2026-11-24T00:00:00Z');
  /** How long each sleep was to be, in the order they began. */
  readonly waits: number[] = [];
  readonly #sleepers: { at: number; wake: () => void }[] = [];
  /** Stands still while true. */
  held = false;
  /** As `retry` of a backend: no chance in it. */
  readonly retry: RetryOptions;

  constructor(random = 0.5) {
    this.retry = { now: () => this.time, random: () => random, sleep: (milliseconds, signal) => this.#sleep(milliseconds, signal) };
  }

  #sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    this.waits.push(milliseconds);
    return new Promise((wake) => {
      this.#sleepers.push({ at: this.time + milliseconds, wake });
      signal.addEventListener('abort', () => wake());
      // After everything that is under way has come to its own sleep.
      setTimeout(() => this.#advance(), 1);
    });
  }

  release(): void {
    this.held = false;
    this.#advance();
  }

  #advance(): void {
    if (this.held) return;
    this.#sleepers.sort((a, b) => a.at - b.at);
    const first = this.#sleepers.shift();
    if (!first) return;
    this.time = Math.max(this.time, first.at);
    first.wake();
    if (this.#sleepers.length > 0) setTimeout(() => this.#advance(), 1);
  }
}
