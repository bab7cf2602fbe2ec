import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CareError } from '../../models/errors.js';
import { asCareError } from './query.controller.js';

export type MutationState<I, R> =
  | { status: 'idle' }
  | { status: 'pending'; input: I }
  | { status: 'done'; input: I; result: R }
  /** The input is kept: a failed save loses nothing. */
  | { status: 'error'; input: I; error: CareError };

/**
 * One kind of write of one element. Owns the state of the last write and keeps its input until it is done or given up.
 * A write is never aborted when the element goes: its answer would be lost. Does not retry and does not queue.
 */
export class MutationController<I, R> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #run: (input: I) => Promise<R>;
  #state: MutationState<I, R> = { status: 'idle' };
  #last = 0;

  constructor(host: ReactiveControllerHost, run: (input: I) => Promise<R>) {
    this.#host = host;
    this.#run = run;
    host.addController(this);
  }

  hostConnected(): void {}

  get state(): MutationState<I, R> {
    return this.#state;
  }

  async run(input: I): Promise<MutationState<I, R>> {
    const turn = ++this.#last;
    this.#set({ status: 'pending', input });
    let next: MutationState<I, R>;
    try {
      next = { status: 'done', input, result: await this.#run(input) };
    } catch (error) {
      next = { status: 'error', input, error: asCareError(error) };
    }
    if (turn === this.#last) this.#set(next);
    return next;
  }

  reset(): void {
    this.#last++;
    this.#set({ status: 'idle' });
  }

  #set(state: MutationState<I, R>): void {
    this.#state = state;
    this.#host.requestUpdate();
  }
}
