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

/** An answer, when it came, and whether it was the whole truth. */
export interface QueryAnswer<T> {
  data: T;
  at: Date;
  complete: boolean;
  warnings: readonly QueryWarning[];
}

/**
 * What a section shows. In `pending` and `error`, `data` and the rest of the answer are the last one for the same arguments: it
 * is shown as stale, and as partial if it was. `slow` turns true after 5 s. Nothing is drawn for the first 300 ms (`skeleton`
 * is false), so fast answers do not flicker.
 */
export type QueryState<T> =
  | { status: 'initial' }
  | ({ status: 'pending'; skeleton: boolean; slow: boolean } & Partial<QueryAnswer<T>>)
  | ({ status: 'complete' } & QueryAnswer<T>)
  | ({ status: 'error'; error: CareError } & Partial<QueryAnswer<T>>);

/** The answer that a state holds, fresh or not. */
export function answerOf<T>(state: QueryState<T>): QueryAnswer<T> | undefined {
  if (state.status === 'initial' || !('data' in state)) return undefined;
  const { data, at, complete, warnings } = state as QueryAnswer<T>;
  return { data, at, complete, warnings };
}

export interface QueryOptions<A extends readonly unknown[], T> {
  /** Compared one by one with `Object.is`; a change asks anew. `undefined` means: not enough is known to ask. */
  args: () => A | undefined;
  run: (args: A, options: { signal: AbortSignal }) => Promise<QueryResult<T>>;
  /**
   * Listens for what may change the answer, as long as the arguments stay the same: `changed` has it asked for again, once for all that
   * happens in a moment, if one of the `isNews` then says that the answer at hand does not have it yet. Gives what ends it.
   */
  watch?: (args: A, changed: (isNews: (data: T) => boolean) => void) => () => void;
  /** The clock of the element's place; the system's unless told. */
  now?: () => Date;
  /** The state changed; for announcements. */
  changed?: (state: QueryState<T>) => void;
}

const SKELETON_AFTER = 300;
const SLOW_AFTER = 5000;
/** What changes together is asked for together; and who made the change has put it in by then. */
const CHANGES_AFTER = 50;

/**
 * One query of one element: asks when its arguments change, aborts what is outdated, keeps the last answer while it
 * asks again, and asks again when the element comes back to the page. Owns the request's life and timers. Does not own caching
 * (the client's) nor what the states look like.
 */
export class QueryController<A extends readonly unknown[], T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: QueryOptions<A, T>;
  #state: QueryState<T> = { status: 'initial' };
  #args: A | undefined;
  #connected = false;
  #wasAway = false;
  #abort: AbortController | undefined;
  #timers: ReturnType<typeof setTimeout>[] = [];
  #unwatch: (() => void) | undefined;
  #news: ((data: T) => boolean)[] = [];
  #newsTimer: ReturnType<typeof setTimeout> | undefined;

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
    return answerOf(this.#state)?.data;
  }

  hostConnected(): void {
    this.#connected = true;
    // The next update asks: by then contexts have answered from the element's new place.
    if (this.#wasAway) this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#wasAway = true;
    this.#cancel();
    this.#watch(undefined);
  }

  hostUpdate(): void {
    if (!this.#connected) return;
    const args = this.#options.args();
    const back = this.#wasAway;
    this.#wasAway = false;
    if (same(this.#args, args)) {
      // What was in flight is lost and the world may have moved on; what was there is shown meanwhile.
      if (back) {
        this.#watch(args);
        void this.refetch();
      }
      return;
    }
    this.#args = args;
    this.#cancel();
    this.#watch(args);
    // Another question: the answer to the last one must not stand under it.
    this.#set({ status: 'initial' });
    if (args !== undefined) void this.#start(args);
  }

  /** Asks again with the same arguments; what is shown stays, marked as being refreshed. */
  refetch(): Promise<void> {
    if (this.#args === undefined || !this.#connected) return Promise.resolve();
    this.#cancel();
    return this.#start(this.#args);
  }

  /** Puts in a change that the server has confirmed, without asking again. */
  mutate(change: (data: T) => T): void {
    const answer = answerOf(this.#state);
    if (answer) this.#set({ ...this.#state, ...answer, data: change(answer.data) } as QueryState<T>);
  }

  #watch(args: A | undefined): void {
    this.#unwatch?.();
    clearTimeout(this.#newsTimer);
    this.#newsTimer = undefined;
    this.#news = [];
    this.#unwatch =
      args &&
      this.#options.watch?.(args, (isNews) => {
        this.#news.push(isNews);
        this.#newsTimer ??= setTimeout(() => this.#heed(), CHANGES_AFTER);
      });
  }

  #heed(): void {
    this.#newsTimer = undefined;
    // What is being asked for may have been read before the change: it is asked for again once it is there.
    if (this.#state.status === 'pending') return;
    const { data } = this;
    const news = this.#news.splice(0);
    if (data === undefined || news.some((isNews) => isNews(data))) void this.refetch();
  }

  async #start(args: A): Promise<void> {
    const abort = (this.#abort = new AbortController());
    this.#set({ status: 'pending', skeleton: false, slow: false, ...answerOf(this.#state) });
    this.#later(SKELETON_AFTER, { skeleton: true });
    this.#later(SLOW_AFTER, { slow: true });
    let next: () => QueryState<T>;
    try {
      const { data, complete, warnings = [] } = await this.#options.run(args, { signal: abort.signal });
      next = () => ({ status: 'complete', data, complete, warnings, at: (this.#options.now ?? (() => new Date()))() });
    } catch (error) {
      next = () => ({ status: 'error', error: asCareError(error), ...answerOf(this.#state) });
    }
    if (this.#abort !== abort) return;
    this.#abort = undefined;
    this.#clearTimers();
    this.#set(next());
    if (this.#news.length === 0 || this.#newsTimer !== undefined) return;
    this.#news = [];
    void this.refetch();
  }

  #later(ms: number, change: { skeleton: true } | { slow: true }): void {
    this.#timers.push(setTimeout(() => this.#state.status === 'pending' && this.#set({ ...this.#state, ...change }), ms));
  }

  #set(state: QueryState<T>): void {
    this.#state = state;
    this.#options.changed?.(state);
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

function same(a: readonly unknown[] | undefined, b: readonly unknown[] | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}

/** Whatever went wrong, as the one error that widgets show. Its cause may hold a record, so it never gets into words. */
export function asCareError(error: unknown): CareError {
  return isCareError(error) ? error : new CareError('malformed', 'The answer could not be read.', { cause: error });
}
