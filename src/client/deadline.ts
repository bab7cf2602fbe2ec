import { CareError } from '../models/errors.js';
import type { RequestOptions } from './backend.js';

const aborted = (): CareError => new CareError('aborted', 'The request was given up.');

/** Throws when the caller has given up already. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw aborted();
}

/**
 * Runs `work` with a signal that fires when the caller gives up (kind `aborted`) or the time is over (kind `offline`, retryable).
 * Rejects then even if `work` heeds no signal, so an injected fetch, a slow body or a dead proxy cannot hang a caller.
 */
export function withDeadline<T>(work: (signal: AbortSignal) => Promise<T>, { signal, timeout }: RequestOptions): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(aborted());
    const inner = new AbortController();
    // Work that heeds no signal may never end, so what hangs on it is taken off at the first end of any kind.
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      settle();
    };
    const stop = (error: CareError): void =>
      end(() => {
        reject(error);
        inner.abort(error);
      });
    const onAbort = (): void => stop(aborted());
    const timer =
      timeout === undefined || timeout === Infinity
        ? undefined
        : setTimeout(
            () => stop(new CareError('offline', `The server did not answer within ${Math.max(0, Math.round(timeout)) / 1000} s.`)),
            timeout,
          );
    signal?.addEventListener('abort', onAbort, { once: true });
    work(inner.signal).then(
      (value) => end(() => resolve(value)),
      (error: unknown) => end(() => reject(error)),
    );
  });
}
