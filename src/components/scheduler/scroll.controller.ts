import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { minuteOf, type DayView } from '../../models/scheduling/index.js';

/** Minutes shown before now, and before the first appointment of another day. */
const BEFORE_NOW = 60;
const BEFORE_FIRST = 15;

/** The minute of the axis that stands at the top when a day is opened. */
export function firstMinute({ columns, table }: DayView, now: number): number {
  const today = columns.find(({ axis }) => now >= axis.start && now < axis.end);
  if (today) return Math.max(0, minuteOf(today.axis, table, now) - BEFORE_NOW);
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
    const shown = view && `${view.date} ${view.dates.length}`;
    if (!view || this.#done === shown) return;
    const scroller = this.#host.shadowRoot?.querySelector('.scroll');
    if (!scroller) return;
    this.#done = shown ?? '';
    // In the frame that draws the day, where its layout is due anyway.
    requestAnimationFrame(() => this.#scroll(scroller, view, now, minute));
  }

  #scroll(scroller: Element, view: DayView, now: number, minute: number): void {
    scroller.scrollTop = firstMinute(view, now) * minute;
  }
}
