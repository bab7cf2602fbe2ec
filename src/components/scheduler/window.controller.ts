import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { DayView } from '../../models/scheduling/index.js';
import { firstMinute } from './scroll.controller.js';
import type { Sizes } from './size.controller.js';

/** What of the sheet is drawn: minutes of the axis, and columns by their place. */
export interface Drawn {
  from: number;
  to: number;
  first: number;
  last: number;
}

export interface WindowOptions {
  view: () => DayView | undefined;
  sizes: () => Sizes;
  /** How many columns are shown. */
  columns: () => number;
  now: () => number;
}

/** Screens drawn around the one that is seen, and how near to the edge of them a scroll may come before more is drawn. */
const AROUND = 0.5;
const NEAR = 0.2;
/** Pixels of bar, legend and heads: less than that is never beside the grid, so the first guess errs by drawing more. */
const HEADS = 56;

interface Stretch {
  at: number;
  long: number;
}

/**
 * Which part of the sheet is drawn, in both axes. Reads scroll places in scroll events and sizes from an observer, so that drawing
 * waits for no layout. The first frame of a day draws what is seen; what is around it follows when the browser has time.
 */
export class WindowController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: WindowOptions;
  #observer: ResizeObserver | undefined;
  #scroller: Element | undefined;
  #height = 0;
  #width = 0;
  #top: number | undefined;
  #left = 0;
  #date = '';
  #isFirst = true;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #key = '';
  #drawn: Drawn = { from: 0, to: 0, first: 0, last: 0 };

  constructor(host: ReactiveControllerHost & HTMLElement, options: WindowOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    if (typeof ResizeObserver === 'undefined') return;
    this.#height = this.#host.clientHeight || window.innerHeight;
    this.#width = this.#host.clientWidth || window.innerWidth;
    this.#observer = new ResizeObserver((entries) => {
      const size = entries.at(-1)!.contentRect;
      if (size.height === 0 || (size.height === this.#height && size.width === this.#width)) return;
      this.#height = size.height;
      this.#width = size.width;
      this.#check();
    });
  }

  hostDisconnected(): void {
    clearTimeout(this.#idle);
    this.#observer?.disconnect();
    this.#scroller = undefined;
    this.#isFirst = true;
  }

  hostUpdated(): void {
    const scroller = this.#host.shadowRoot?.querySelector('.scroll') ?? undefined;
    if (scroller !== this.#scroller) {
      this.#observer?.disconnect();
      if (scroller) this.#observer?.observe(scroller);
      this.#scroller = scroller;
    }
    if (!scroller || !this.#isFirst) return;
    this.#isFirst = false;
    // After the frame that this update is for.
    requestAnimationFrame(() => {
      clearTimeout(this.#idle);
      this.#idle = setTimeout(() => this.#check());
    });
  }

  readonly handleScroll = (event: Event): void => {
    const scroller = event.currentTarget as Element;
    this.#top = scroller.scrollTop;
    this.#left = Math.abs(scroller.scrollLeft);
    this.#check();
  };

  #check(): void {
    if (this.#next() !== undefined) this.#host.requestUpdate();
  }

  /** Where the visible part lies: pixels down the axis and across the columns. */
  #seen(): { down: Stretch; across: Stretch; minute: number; room: number; count: number; minutes: number } | undefined {
    const { view: viewOf, sizes, columns, now } = this.#options;
    const view = viewOf();
    if (!view) return undefined;
    const { minute, gutter, column } = sizes();
    const count = Math.max(1, columns());
    const room = Math.max(column, (this.#width - gutter) / count);
    const shown = `${view.date} ${view.dates.length}`;
    if (shown !== this.#date) {
      this.#date = shown;
      this.#top = undefined;
    }
    const { minutes } = view.axis;
    const most = Math.max(0, minutes * minute - (this.#height - HEADS));
    const top = Math.min(this.#top ?? firstMinute(view, now()) * minute, most);
    return { down: { at: top, long: this.#height }, across: { at: this.#left, long: this.#width }, minute, room, count, minutes };
  }

  /** What shall be drawn, where that is not what is drawn. */
  #next(): { key: string; drawn: Drawn } | undefined {
    const seen = this.#seen();
    if (!seen) return undefined;
    const { down, across, minute, room, count, minutes } = seen;
    const key = `${minute} ${room} ${count} ${minutes} ${this.#date}`;
    const reach = (by: number): Drawn => ({
      from: Math.max(0, Math.floor((down.at - by * down.long) / minute / 30) * 30),
      to: Math.min(minutes, Math.ceil((down.at + (1 + by) * down.long) / minute / 30) * 30),
      first: Math.max(0, Math.floor((across.at - by * across.long) / room)),
      last: Math.min(count - 1, Math.ceil((across.at + (1 + by) * across.long) / room)),
    });
    const drawn = this.#drawn;
    if (key === this.#key) {
      const least = reach(this.#isFirst ? 0 : NEAR);
      if (drawn.from <= least.from && drawn.to >= least.to && drawn.first <= least.first && drawn.last >= least.last) return undefined;
    }
    return { key, drawn: reach(this.#isFirst ? 0 : AROUND) };
  }

  /** What is to be drawn now; the same object until it has to be another part. */
  get drawn(): Drawn {
    const next = this.#next();
    if (next) {
      this.#key = next.key;
      this.#drawn = next.drawn;
    }
    return this.#drawn;
  }

  /** Scrolls to a place: a minute of the axis in a column, both in the middle of the screen. */
  bring(minute: number, column: number): void {
    const seen = this.#seen();
    const scroller = this.#scroller;
    if (!seen || !scroller) return;
    scroller.scrollTop = Math.max(0, minute * seen.minute - this.#height / 2);
    const left = Math.max(0, (column + 0.5) * seen.room - this.#width / 2);
    scroller.scrollLeft = getComputedStyle(scroller).direction === 'rtl' ? -left : left;
    this.#top = scroller.scrollTop;
    this.#left = Math.abs(scroller.scrollLeft);
    this.#host.requestUpdate();
  }
}
