import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface TickerOptions {
  now: () => number;
  /** Seconds between two refreshes; 0 for none. */
  every: () => number;
  /** Nothing may be asked now: something is in the hand or being saved. */
  isBusy: () => boolean;
  refresh: () => void;
}

const BEAT = 5000;

/**
 * Time that passes: the element is drawn again when the minute changes, and asks anew at intervals while somebody can see it. It
 * never asks during a move; what was missed is asked for right after.
 */
export class TickerController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: TickerOptions;
  #timer: ReturnType<typeof setInterval> | undefined;
  #minute = 0;
  #asked = performance.now();

  constructor(host: ReactiveControllerHost, options: TickerOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    if (typeof document === 'undefined') return;
    this.#timer = setInterval(this.beat, BEAT);
    document.addEventListener('visibilitychange', this.beat);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
    document.removeEventListener('visibilitychange', this.beat);
  }

  /** An answer came: the next refresh is a whole interval away. */
  answered(): void {
    this.#asked = performance.now();
  }

  readonly beat = (): void => {
    if (document.visibilityState !== 'visible') return;
    const minute = Math.floor(this.#options.now() / 60_000);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#host.requestUpdate();
    }
    const every = this.#options.every();
    if (every <= 0 || this.#options.isBusy() || performance.now() - this.#asked < every * 1000) return;
    this.#asked = performance.now();
    this.#options.refresh();
  };
}
