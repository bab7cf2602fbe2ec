import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { DayColumn, DayItem } from '../../models/scheduling/index.js';
import type { MoveController } from './move.controller.js';

export interface KeyboardOptions {
  move: MoveController;
  /** Columns that are shown, in the order of time. */
  columns: () => readonly DayColumn[];
  isRtl: () => boolean;
  goDay: (days: 1 | -1) => void;
  /** Takes a box into the hand; where there are no hours to move it on, asks where to. */
  take: (item: DayItem) => void;
  /** Goes to the free time after a box. */
  book: (item: DayItem) => void;
  /** Box that is in the tab order unless another was chosen: the first from now on. */
  now: () => number;
}

/** Boxes of a column in the order of reading. */
const itemsOf = ({ allDay, items }: DayColumn): readonly DayItem[] => [...allDay, ...items];

/**
 * Keys on boxes. Owns which box is in the tab order (one of all of them) and brings focus to it: arrows go by time and by column,
 * Home and End to the ends of the day, Page Up and Down to other days, M takes the box into the hand. While one is in the hand,
 * arrows move it, Enter drops it and Esc puts it back. Enter on a box is the button's own.
 */
export class KeyboardController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: KeyboardOptions;
  #active: string | undefined;
  /** A box that shall have the focus once it is drawn. */
  #wanted: string | undefined;
  /** Where focus was when the day was left by key: the nearest box of the next day gets it. */
  #left: { column: string; from: number } | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, options: KeyboardOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {}

  /** Key of the one box in the tab order; undefined where there is none. */
  get active(): string | undefined {
    if (this.item(this.#active)) return this.#active;
    const now = this.#options.now();
    let first: DayItem | undefined;
    for (const column of this.#options.columns())
      for (const item of itemsOf(column)) {
        if (item.end > now) return item.key;
        first ??= item;
      }
    return first?.key;
  }

  item(key: string | undefined): DayItem | undefined {
    if (key === undefined) return undefined;
    for (const column of this.#options.columns())
      if (key.endsWith(`@${column.key}`)) return itemsOf(column).find((item) => item.key === key);
    return undefined;
  }

  node(key: string): HTMLElement | null | undefined {
    return this.#host.shadowRoot?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  }

  /** Brings focus to a box, now or when it is drawn. */
  focus(key: string): void {
    this.#active = key;
    this.#wanted = key;
    this.#host.requestUpdate();
  }

  handleFocus = (event: FocusEvent): void => {
    const key = keyOf(event);
    if (key === undefined || key === this.#active) return;
    this.#active = key;
    this.#host.requestUpdate();
  };

  hostUpdated(): void {
    if (this.#left) this.#arrive();
    if (this.#wanted === undefined) return;
    const node = this.node(this.#wanted);
    if (!node) return;
    this.#wanted = undefined;
    node.focus();
  }

  /** After another day was opened by key: the box nearest in time, in the same column if it is there. */
  #arrive(): void {
    const columns = this.#options.columns();
    const left = this.#left;
    if (!left || columns.length === 0) return;
    this.#left = undefined;
    const column =
      columns.find(({ key, items }) => key === left.column && items.length > 0) ?? columns.find(({ items }) => items.length > 0);
    const item = column && nearest(column, left.from);
    // After this update: which box is in the tab order is part of what is drawn.
    if (item) queueMicrotask(() => this.focus(item.key));
    else this.#host.shadowRoot?.querySelector<HTMLElement>('#day')?.focus();
  }

  handleKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    const { move } = this.#options;
    const handled = move.moving ? this.#moveKey(event) : this.#browseKey(event);
    if (!handled) return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** Arrow keys as steps in time and columns; columns run with the text. */
  #arrow(key: string): readonly [time: number, column: number] | undefined {
    const end = this.#options.isRtl() ? -1 : 1;
    switch (key) {
      case 'ArrowUp':
        return [-1, 0];
      case 'ArrowDown':
        return [1, 0];
      case 'ArrowRight':
        return [0, end];
      case 'ArrowLeft':
        return [0, -end];
      default:
        return undefined;
    }
  }

  #moveKey(event: KeyboardEvent): boolean {
    const { move } = this.#options;
    // The card's own buttons keep their keys.
    const isButton = event.composedPath().some((node) => node instanceof HTMLElement && node.dataset['move'] !== undefined);
    const arrow = this.#arrow(event.key);
    if (arrow) move.go(arrow[0] * (event.shiftKey ? 4 : 1), arrow[1]);
    else if (event.key === 'Escape') move.putBack();
    else if ((event.key === 'Enter' || event.key === ' ') && !isButton) void move.drop();
    else return false;
    return true;
  }

  #browseKey(event: KeyboardEvent): boolean {
    const item = this.item(keyOf(event));
    if (!item) return false;
    const arrow = this.#arrow(event.key);
    if (arrow) return this.#go(item, arrow);
    switch (event.key) {
      case 'Home':
      case 'End': {
        const column = this.#options.columns().find(({ key }) => key === item.column);
        const all = column ? itemsOf(column) : [];
        const target = event.key === 'Home' ? all[0] : all.at(-1);
        if (target) this.focus(target.key);
        return true;
      }
      case 'PageUp':
      case 'PageDown':
        this.#left = { column: item.column, from: item.from };
        this.#options.goDay(event.key === 'PageUp' ? -1 : 1);
        return true;
      default:
        if (event.key.toLowerCase() === 'b' || event.code === 'KeyB') {
          this.#options.book(item);
          return true;
        }
        // By the key's place too: M is not M on every keyboard.
        if (event.key.toLowerCase() !== 'm' && event.code !== 'KeyM') return false;
        this.#options.take(item);
        return true;
    }
  }

  #go(item: DayItem, [time, column]: readonly [number, number]): boolean {
    const columns = this.#options.columns();
    const index = columns.findIndex(({ key }) => key === item.column);
    const own = columns[index];
    if (!own) return false;
    if (time !== 0) {
      const all = itemsOf(own);
      const target = all[all.indexOf(item) + time];
      if (target) this.focus(target.key);
      return true;
    }
    for (let i = index + column; i >= 0 && i < columns.length; i += column) {
      const target = nearest(columns[i]!, item.from);
      if (!target) continue;
      this.focus(target.key);
      break;
    }
    return true;
  }
}

/** The box of a column that begins nearest to a place on the axis. */
function nearest(column: DayColumn, from: number): DayItem | undefined {
  let best: DayItem | undefined;
  for (const item of itemsOf(column)) if (!best || Math.abs(item.from - from) < Math.abs(best.from - from)) best = item;
  return best;
}

/** The box that an event happened on. */
export function keyOf(event: Event): string | undefined {
  const node = event.composedPath().find((each): each is HTMLElement => each instanceof HTMLElement && each.dataset['key'] !== undefined);
  return node?.dataset['key'];
}
