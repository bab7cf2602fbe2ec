import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { DayView } from '../../models/scheduling/index.js';

/** Minutes shown before now, and before the first appointment of another day. */
const BEFORE_NOW = 60;
const BEFORE_FIRST = 15;

/** The minute of the axis that stands at the top when a day is opened. */
export function firstMinute({ axis, columns }: DayView, now: number): number {
  if (now >= axis.start && now < axis.end) return Math.max(0, (now - axis.start) / 60_000 - BEFORE_NOW);
  let first = Infinity;
  for (const { items } of columns) for (const { from } of items) first = Math.min(first, from);
  return Number.isFinite(first) ? Math.max(0, first - BEFORE_FIRST) : 0;
}

/** Brings the part of a day into view that matters, once for each day: the hour before now, else the first appointment. */
export class ScrollController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: () => { view: DayView | undefined; now: number; minute: number };
  #done = '';

  constructor(host: ReactiveControllerHost & HTMLElement, options: () => { view: DayView | undefined; now: number; minute: number }) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {}

  hostUpdated(): void {
    const { view, now, minute } = this.#options();
    if (!view || this.#done === view.date) return;
    const scroller = this.#host.shadowRoot?.querySelector('.scroll');
    if (!scroller) return;
    this.#done = view.date;
    // In the frame that draws the day, where its layout is due anyway.
    requestAnimationFrame(() => this.#scroll(scroller, view, now, minute));
  }

  #scroll(scroller: Element, view: DayView, now: number, minute: number): void {
    scroller.scrollTop = firstMinute(view, now) * minute;
  }
}
