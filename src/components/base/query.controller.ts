import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { CareError, isCareError } from '../../models/errors.js';

/** A problem that makes an answer less than the whole truth, in words for a person. */
export interface QueryWarning {
  code: string;
  message: string;
  count?: number;
}

export interface QueryResult<T> {
  data: T;
  /** False: rows may be missing. Shown as partial, never as the whole. */
  complete: boolean;
  warnings?: readonly QueryWarning[];
}

/**
 * What a section shows. `data` in `pending` and `error` is the last answer for the same arguments; it is shown as stale.
 * `slow` turns true after 5 s. Nothing is drawn for the first 300 ms (`skeleton` is false), so fast answers do not flicker.
 */
export type QueryState<T> =
  | { status: 'initial' }
  | { status: 'pending'; skeleton: boolean; slow: boolean; data?: T; at?: Date }
  | { status: 'complete'; data: T; at: Date; complete: boolean; warnings: readonly QueryWarning[] }
  | { status: 'error'; error: CareError; data?: T; at?: Date };

export interface QueryOptions<A extends readonly unknown[], T> {
  /** Compared one by one with `Object.is`; a change asks anew. `undefined` means: not enough is known to ask. */
  args: () => A | undefined;
  run: (args: A, options: { signal: AbortSignal }) => Promise<QueryResult<T>>;
  now?: () => Date;
}

/**
 * One query of one element: asks when its arguments change, aborts what is outdated, keeps the last answer while it
 * asks again. Owns the request's life and timers. Does not own caching (the client's) nor what the states look like.
 */
export class QueryController<A extends readonly unknown[], T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: QueryOptions<A, T>;
  #state: QueryState<T> = { status: 'initial' };
  #args: A | undefined;
  #abort: AbortController | undefined;
  #timers: ReturnType<typeof setTimeout>[] = [];

  constructor(host: ReactiveControllerHost, options: QueryOptions<A, T>) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  get state(): QueryState<T> {
    return this.#state;
  }

  /** The data there is, fresh or not. */
  get data(): T | undefined {
    return 'data' in this.#state ? this.#state.data : undefined;
  }

  hostUpdate(): void {
    const args = this.#options.args();
    const same = args !== undefined && this.#args !== undefined && args.length === this.#args.length && args.every((arg, i) => Object.is(arg, this.#args![i]));
    if (same || (args === undefined && this.#args === undefined)) return;
    this.#args = args;
    this.#cancel();
    this.#state = { status: 'initial' };
    if (args !== undefined) this.#start(args);
  }

  hostDisconnected(): void {
    this.#cancel();
    // Ask again when it comes back: what was in flight is lost, and the world may have moved on.
    this.#args = undefined;
  }

  hostConnected(): void {
    if (this.#state.status !== 'initial') this.#host.requestUpdate();
  }

  /** Asks again with the same arguments; what is shown stays, marked as being refreshed. */
  refetch(): Promise<void> {
    if (this.#args === undefined) return Promise.resolve();
    this.#cancel();
    return this.#start(this.#args);
  }

  /** Puts in a change that the server has confirmed, without asking again. */
  mutate(change: (data: T) => T): void {
    if ('data' in this.#state && this.#state.data !== undefined) this.#set({ ...this.#state, data: change(this.#state.data) } as QueryState<T>);
  }

  async #start(args: A): Promise<void> {
    const before = this.#state;
    const kept = 'data' in before && before.data !== undefined ? { data: before.data, ...('at' in before && before.at ? { at: before.at } : {}) } : {};
    const abort = (this.#abort = new AbortController());
    this.#set({ status: 'pending', skeleton: false, slow: false, ...kept });
    const later = (ms: number, change: object) =>
      this.#timers.push(setTimeout(() => this.#state.status === 'pending' && this.#set({ ...this.#state, ...change }), ms));
    later(300, { skeleton: true });
    later(5000, { slow: true });
    let next: QueryState<T>;
    try {
      const { data, complete, warnings = [] } = await this.#options.run(args, { signal: abort.signal });
      next = { status: 'complete', data, complete, warnings, at: (this.#options.now ?? (() => new Date()))() };
    } catch (error) {
      next = { status: 'error', error: isCareError(error) ? error : new CareError('malformed', 'The answer could not be read.', { cause: error }), ...kept };
    }
    if (abort.signal.aborted || this.#abort !== abort) return;
    this.#clearTimers();
    this.#set(next);
  }

  #set(state: QueryState<T>): void {
    this.#state = state;
    this.#host.requestUpdate();
  }

  #cancel(): void {
    this.#abort?.abort();
    this.#abort = undefined;
    this.#clearTimers();
  }

  #clearTimers(): void {
    this.#timers.splice(0).forEach(clearTimeout);
  }
}
