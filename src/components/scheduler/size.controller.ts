import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What there is room for in a box, by its width: everything, two lines, or its colour alone. */
export const DETAILS = ['full', 'two', 'one'] as const;
export type Detail = (typeof DETAILS)[number];

/** Below this the schedule shows one provider at a time. */
const ONE_PROVIDER = 768;
/** Below this there is no room for the key to the statuses. */
const WIDE = 1200;
const FULL = 120;
const TWO = 60;

export function detailFor(width: number): Detail {
  return width >= FULL ? 'full' : width >= TWO ? 'two' : 'one';
}

export interface Sizes {
  /** Of the element, in pixels; 0 until it is known. */
  width: number;
  /** Pixels of one minute, by the density in force. */
  minute: number;
  /** Pixels of the smallest box, by density and pointer. */
  smallest: number;
  /** Pixels of the hours' gutter. */
  gutter: number;
  /** Pixels that a column has at least. */
  column: number;
}

const FIRST: Sizes = { width: 0, minute: 1.2, smallest: 24, gutter: 52, column: 96 };

/** Sizes by the length of a slot in force and the root's type size, before the probes have said: boxes are not drawn twice. */
function firstSizes(host: HTMLElement): Partial<Sizes> {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const [, slot, unit] = /^\s*([\d.]+)(rem|px)\s*$/.exec(getComputedStyle(host).getPropertyValue('--care-slot')) ?? [];
  if (!Number.isFinite(rem) || slot === undefined) return {};
  const smallest = (matchMedia('(pointer: coarse)').matches ? 2 : 1.5) * rem;
  return { minute: (Number(slot) * (unit === 'rem' ? rem : 1)) / 15, smallest, gutter: 3.25 * rem, column: 6 * rem };
}

/**
 * How much room there is. Reads sizes from observers only, after layout, so that drawing never waits for a layout of its own:
 * the element's width, and two probes whose sides are an hour, the smallest box, the gutter and a column as CSS has them.
 */
export class SizeController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #observer: ResizeObserver | undefined;
  #sizes = FIRST;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  get sizes(): Sizes {
    return this.#sizes;
  }

  /** One provider at a time. */
  get isNarrow(): boolean {
    return this.#sizes.width > 0 && this.#sizes.width < ONE_PROVIDER;
  }

  /** Class for the width: `w-narrow`, `w-middle` or `w-wide`. */
  get widthClass(): string {
    const { width } = this.#sizes;
    return this.isNarrow ? 'w-narrow' : width > 0 && width < WIDE ? 'w-middle' : 'w-wide';
  }

  hostConnected(): void {
    if (typeof ResizeObserver === 'undefined') return;
    // Read once, before anything is drawn: else a phone would draw twelve columns first.
    const width = this.#host.clientWidth;
    this.#sizes = { ...this.#sizes, ...firstSizes(this.#host), ...(width > 0 && { width }) };
    this.#observer = new ResizeObserver((entries) => this.#take(entries));
    this.#observer.observe(this.#host);
    this.#observeProbes();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
  }

  hostUpdated(): void {
    this.#observeProbes();
  }

  #observeProbes(): void {
    for (const probe of this.#host.shadowRoot?.querySelectorAll('.probe:not([data-seen])') ?? []) {
      (probe as HTMLElement).dataset['seen'] = '';
      this.#observer?.observe(probe);
    }
  }

  #take(entries: readonly ResizeObserverEntry[]): void {
    let next = this.#sizes;
    for (const { target, contentRect } of entries) {
      const { width, height } = contentRect;
      if (target === this.#host) next = { ...next, width };
      else if (height === 0) continue;
      else if (target.classList.contains('probe-time')) next = { ...next, smallest: width, minute: height / 60 };
      else next = { ...next, gutter: width, column: height };
    }
    const before = this.#sizes;
    this.#sizes = next;
    if ((Object.keys(next) as (keyof Sizes)[]).some((key) => Math.abs(next[key] - before[key]) > 0.01)) this.#host.requestUpdate();
  }
}
