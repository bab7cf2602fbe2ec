import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { HOUR, instantOn, MINUTE, wallAt, type DayColumn, type DayItem, type DayView } from '../../models/scheduling/index.js';
import { keyOf } from './keyboard.controller.js';
import type { MoveController } from './move.controller.js';
import type { Sizes } from './size.controller.js';

export interface PointerOptions {
  move: MoveController;
  view: () => DayView | undefined;
  columns: () => readonly DayColumn[];
  item: (key: string | undefined) => DayItem | undefined;
  sizes: () => Sizes;
  step: () => number;
  isRtl: () => boolean;
}

/** Pixels that a mouse goes before a press is a drag, and that a finger may tremble during a long press. */
const THRESHOLD = 4;
const TREMBLE = 8;
const LONG_PRESS = 450;
/** Pixels from an edge in which the schedule scrolls by itself, and how far in one frame at most. */
const EDGE = 40;
const SPEED = 14;

interface Press {
  item: DayItem;
  pointer: number;
  isTouch: boolean;
  x: number;
  y: number;
  /** Minutes between the beginning of the box and the place it was taken by. */
  grip: number;
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/**
 * Dragging by mouse (after a threshold) and by finger (after a long press, so that a swipe still scrolls). Owns the gesture: where
 * the pointer is on the day, scrolling at the edges, and the click that must not follow a drag. Sizes are read when the drag
 * begins and when something scrolled, never while it is drawn.
 */
export class PointerController implements ReactiveController {
  readonly #host: HTMLElement & ReactiveControllerHost;
  readonly #options: PointerOptions;
  #press: Press | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isDragging = false;
  #justDragged = false;
  #at = { x: 0, y: 0 };
  #grid: Box = { left: 0, right: 0, top: 0, bottom: 0 };
  #scroller: Box = { left: 0, right: 0, top: 0, bottom: 0 };
  #frame = 0;
  #listening: AbortController | undefined;

  constructor(host: HTMLElement & ReactiveControllerHost, options: PointerOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    // A finger that holds a box must not scroll the page with it; only a listener that is not passive can say so, and Safari
    // on a phone asks only those that were there before the finger came down.
    this.#host.addEventListener('touchmove', this.#handleTouch, { passive: false });
  }

  hostDisconnected(): void {
    this.#host.removeEventListener('touchmove', this.#handleTouch);
    this.#end();
  }

  /** Whether the click that is being handled belongs to a drag. */
  get wasDrag(): boolean {
    return this.#justDragged;
  }

  handleDown = (event: PointerEvent): void => {
    this.#justDragged = false;
    if (event.button !== 0 || !event.isPrimary || this.#options.move.moving) return;
    const item = this.#options.item(keyOf(event));
    const view = this.#options.view();
    if (!item || !view) return;
    this.#measure();
    const grip = this.#minuteAt(event.clientY) - item.from;
    this.#press = { item, pointer: event.pointerId, isTouch: event.pointerType === 'touch', x: event.clientX, y: event.clientY, grip };
    this.#at = { x: event.clientX, y: event.clientY };
    const { signal } = (this.#listening = new AbortController());
    window.addEventListener('pointermove', this.#handleMove, { signal });
    window.addEventListener('pointerup', this.#handleUp, { signal });
    window.addEventListener('pointercancel', this.#handleCancel, { signal });
    this.#host.addEventListener('contextmenu', this.#handleMenu, { signal });
    window.addEventListener('scroll', this.#handleScroll, { signal, capture: true, passive: true });
    if (this.#press.isTouch) this.#timer = setTimeout(() => this.#start(), LONG_PRESS);
  };

  readonly #handleMove = (event: PointerEvent): void => {
    const press = this.#press;
    if (!press || event.pointerId !== press.pointer) return;
    this.#at = { x: event.clientX, y: event.clientY };
    if (this.#isDragging) {
      this.#follow();
      return;
    }
    const distance = Math.hypot(event.clientX - press.x, event.clientY - press.y);
    if (press.isTouch ? distance > TREMBLE : distance > THRESHOLD) {
      if (press.isTouch) this.#end();
      else this.#start();
    }
  };

  readonly #handleUp = (event: PointerEvent): void => {
    if (event.pointerId !== this.#press?.pointer) return;
    const wasDragging = this.#isDragging;
    this.#end();
    if (wasDragging) void this.#options.move.drop();
    this.#justDragged = wasDragging;
  };

  readonly #handleCancel = (event: PointerEvent): void => {
    if (event.pointerId !== this.#press?.pointer) return;
    const wasDragging = this.#isDragging;
    this.#end();
    if (wasDragging) this.#options.move.putBack();
  };

  readonly #handleTouch = (event: TouchEvent): void => {
    if (this.#isDragging && event.cancelable) event.preventDefault();
  };

  readonly #handleMenu = (event: Event): void => {
    if (this.#press?.isTouch) event.preventDefault();
  };

  readonly #handleScroll = (): void => {
    if (!this.#isDragging) return;
    this.#measure();
    this.#follow();
  };

  #start(): void {
    const press = this.#press;
    if (!press) return;
    clearTimeout(this.#timer);
    if (!this.#options.move.begin(press.item, 'pointer')) {
      this.#end();
      this.#justDragged = true;
      return;
    }
    this.#isDragging = true;
    // Safari does not focus a button that is pressed, and Esc has to come here.
    this.#host.shadowRoot?.querySelector<HTMLElement>(`[data-key="${CSS.escape(press.item.key)}"]`)?.focus({ preventScroll: true });
    this.#frame = requestAnimationFrame(this.#scrollAtEdges);
    this.#follow();
  }

  #end(): void {
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
    this.#listening?.abort();
    this.#listening = undefined;
    this.#press = undefined;
    this.#isDragging = false;
  }

  #measure(): void {
    const root = this.#host.shadowRoot;
    const grid = root?.querySelector('.grid')?.getBoundingClientRect();
    const scroller = root?.querySelector('.scroll')?.getBoundingClientRect();
    if (grid) this.#grid = grid;
    if (scroller) this.#scroller = scroller;
  }

  #minuteAt(y: number): number {
    return (y - this.#grid.top) / this.#options.sizes().minute;
  }

  /** Where the box would be if it were let go here, on the step. */
  #follow(): void {
    const press = this.#press;
    const view = this.#options.view();
    const columns = this.#options.columns();
    if (!press || !view || columns.length === 0) return;
    const { gutter } = this.#options.sizes();
    const wide = this.#grid.right - this.#grid.left - gutter;
    const along = this.#options.isRtl() ? this.#grid.right - gutter - this.#at.x : this.#at.x - this.#grid.left - gutter;
    const index = Math.max(0, Math.min(columns.length - 1, Math.floor((along / wide) * columns.length)));
    const step = this.#options.step() * MINUTE;
    const column = columns[index];
    const wanted = instantOn((column ?? view).axis, view.table, this.#minuteAt(this.#at.y) - press.grip);
    const off = (((wallAt(view.table, wanted) % HOUR) + HOUR) % HOUR) % step;
    const start = Math.round((wanted - off + (off > step / 2 ? step : 0)) / MINUTE) * MINUTE;
    this.#options.move.goTo({ start, column: column?.key ?? press.item.column });
  }

  readonly #scrollAtEdges = (): void => {
    if (!this.#isDragging) return;
    const { x, y } = this.#at;
    const pull = (near: number, far: number): number =>
      (near < EDGE ? -(1 - Math.max(0, near) / EDGE) : far < EDGE ? 1 - Math.max(0, far) / EDGE : 0) * SPEED;
    const scroller = this.#host.shadowRoot?.querySelector('.scroll');
    const { left, right, top, bottom } = this.#scroller;
    const down = pull(y - Math.max(0, top), Math.min(window.innerHeight, bottom) - y);
    scroller?.scrollBy(pull(x - Math.max(0, left), Math.min(window.innerWidth, right) - x), down);
    // Where the schedule does not scroll by itself, the page does.
    if (down !== 0 && scroller && scroller.scrollHeight <= scroller.clientHeight) window.scrollBy(0, down);
    this.#frame = requestAnimationFrame(this.#scrollAtEdges);
  };
}
