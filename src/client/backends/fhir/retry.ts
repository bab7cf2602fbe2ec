/**
 * When a request is sent again, and after how long. Loaded at the first failure that might pass.
 *
 * - Reads (GET, POST _search, a batch of reads) after everything that might pass.
 * - Writes only where the answer proves that the server did not take them: 429, and 503 with Retry-After. What became of a write
 *   that got no answer is found out elsewhere (`delivery.ts`), never by sending it blindly again.
 * - A wait is as long as the server asks for; else exponential with full jitter (M. Brooker, "Exponential Backoff And Jitter").
 * - A budget bounds all retries of a client together, so that a failing server is not hammered by them (Google SRE book, ch. 21).
 * - 429 stops every request of this client until the time that the server gave, not just the one that met it.
 */
import { isCareError, type CareError } from '../../../models/errors.js';
import { throwIfAborted } from '../../deadline.js';
import { careError } from './failure.js';
import type { Exchange } from './transport.js';

export interface RetryOptions {
  /** How often one request is sent at most, the first time included; 4. */
  attempts?: number | undefined;
  /** Retries of a client in all: `burst` at once, and `ratio` for each request; 10 and 0.2. */
  budget?: { ratio?: number | undefined; burst?: number | undefined } | undefined;
  /** Milliseconds: the longest wait before the first retry where the server asks for none; doubled with each one. 300. */
  baseDelay?: number | undefined;
  /** Milliseconds: no wait that we choose ourselves is longer. 10,000. */
  maxDelay?: number | undefined;
  /** At least 0, below 1; Math.random unless given. For tests. */
  random?: (() => number) | undefined;
  /** Resolves after so many milliseconds, or as soon as the signal fires. For tests. */
  sleep?: ((milliseconds: number, signal: AbortSignal) => Promise<void>) | undefined;
  /** Milliseconds since 1970; Date.now unless given. For tests. */
  now?: (() => number) | undefined;
}

/** Statuses of failures that may pass; a network error and an answer that breaks off have none, and may pass too. */
const PASSING: readonly (number | undefined)[] = [undefined, 408, 425, 429, 500, 502, 503, 504];

/** Whether sending a request again can help, and cannot harm. */
export function mayRepeat(error: unknown, safe: boolean): error is CareError {
  if (!isCareError(error, 'offline', 'rate-limited', 'server')) return false;
  if (safe) return PASSING.includes(error.status);
  return error.status === 429 || (error.status === 503 && error.retryAfter !== undefined);
}

export type Verdict = { wait: number } | { stop: 'attempts' | 'time' | 'budget' };

/**
 * Whether there is one more attempt, and after how many milliseconds.
 *
 * @param state `sent`: how often it was; `left`: milliseconds until the caller's time is over; `tokens`: what is left of the budget.
 */
export function decide(
  retryAfter: number | undefined,
  state: { sent: number; left: number; tokens: number },
  { attempts = 4, baseDelay = 300, maxDelay = 10_000, random = Math.random }: RetryOptions,
): Verdict {
  const asked = (retryAfter ?? 0) * 1000;
  if (asked >= state.left) return { stop: 'time' };
  if (state.sent >= attempts) return { stop: 'attempts' };
  if (state.tokens < 1) return { stop: 'budget' };
  const spread = random() * Math.min(maxDelay, baseDelay * (retryAfter === undefined ? 2 ** (state.sent - 1) : 1));
  // Not all clients at the very moment that a server named, but within the caller's time.
  return { wait: asked + Math.min(spread, (state.left - asked) / 2) };
}

/** Adds to an error what only the one who sent it knows. */
export function told<E extends CareError>(error: E, attempts: number): E {
  (error as { attempts: number | undefined }).attempts = attempts;
  return error;
}

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, Math.min(milliseconds, 2 ** 31 - 1)); // a longer timer would fire at once
    signal.addEventListener('abort', end);
  });

/** Milliseconds. A server that asks for more (in the wrong unit, or by a clock that is wrong) is asked again after that. */
const LONGEST_GATE = 600_000;

type Waiting = Pick<Exchange, 'signal' | 'until'>;

export class Retrier {
  readonly #options: RetryOptions;
  readonly #now: () => number;
  #tokens: number;
  /** No request goes out before. */
  #opens = 0;

  constructor(options: RetryOptions, now: () => number) {
    this.#options = options;
    this.#now = now;
    this.#tokens = options.budget?.burst ?? 10;
  }

  /** @param failed what the first attempt ended with, where it was made already. */
  async run<T>(send: () => Promise<T>, exchange: Pick<Exchange, 'safe'> & Waiting, failed?: unknown): Promise<T> {
    const attempt = async (): Promise<T> => {
      await this.#gate(exchange);
      return send();
    };
    if (failed === undefined) this.#earn();
    let next = failed === undefined ? attempt : (): Promise<T> => Promise.reject(failed as Error);
    for (let sent = 1; ; sent++) {
      try {
        return await next();
      } catch (error) {
        // What has `attempts` already was sent again as a part of a batch, or never got past the gate.
        if (!isCareError(error) || error.attempts !== undefined) throw error;
        if (error.status === 429) this.#close(error, sent);
        if (!mayRepeat(error, exchange.safe)) throw told(error, sent);
        await this.again(error, sent, exchange);
        next = attempt;
      }
    }
  }

  /**
   * Waits until a request may be sent once more.
   *
   * @param sent how often it was.
   * @throws the error itself where that is not to be; `rate-limited` with `retryAfter` where the server asks for more time than is left.
   */
  async again(error: CareError, sent: number, waiting: Waiting): Promise<void> {
    const left = waiting.until - this.#now();
    const verdict = decide(error.retryAfter, { sent, left, tokens: this.#tokens }, this.#options);
    if ('stop' in verdict) {
      const late = verdict.stop === 'time' && error.retryAfter !== undefined && error.kind !== 'rate-limited';
      const { status, retryAfter, issues } = error;
      throw told(late ? careError('rate-limited', { status, retryAfter, issues }) : error, sent);
    }
    this.#tokens--;
    await this.#sleep(verdict.wait, waiting);
  }

  #earn(): void {
    const { ratio = 0.2, burst = 10 } = this.#options.budget ?? {};
    this.#tokens = Math.min(burst, this.#tokens + ratio);
  }

  #close(error: CareError, sent: number): void {
    const { baseDelay = 300, maxDelay = 10_000 } = this.#options;
    const wait = error.retryAfter === undefined ? Math.min(maxDelay, baseDelay * 2 ** (sent - 1)) : error.retryAfter * 1000;
    this.#opens = Math.max(this.#opens, this.#now() + Math.min(wait, LONGEST_GATE));
  }

  /** Waits while the server wants none of our requests. */
  async #gate(waiting: Waiting): Promise<void> {
    const { random = Math.random, baseDelay = 300 } = this.#options;
    // Others may meet a 429 meanwhile, and the gate then stays closed for longer.
    for (let seen = 0; this.#opens !== seen;) {
      seen = this.#opens;
      const closed = seen - this.#now();
      if (closed <= 0) return;
      const spare = waiting.until - this.#now() - closed;
      if (spare <= 0) throw told(careError('rate-limited', { status: 429, retryAfter: Math.ceil(closed / 1000) }), 0);
      await this.#sleep(closed + Math.min(random() * baseDelay, spare / 2), waiting);
    }
  }

  async #sleep(milliseconds: number, { signal }: Waiting): Promise<void> {
    throwIfAborted(signal);
    await (this.#options.sleep ?? pause)(milliseconds, signal);
    throwIfAborted(signal);
  }
}
