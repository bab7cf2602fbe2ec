import type { ReactiveController, ReactiveControllerHost } from 'lit';
import {
  EVERYBODY,
  HOUR,
  instantOn,
  MINUTE,
  minuteOf,
  providerKey,
  UNASSIGNED,
  wallAt,
  type DayColumn,
  type DayView,
} from '../../models/scheduling/index.js';
import type { AppointmentCreateDetail } from './scheduler.types.js';
import type { Words } from './words.js';
import { columnName } from './parts/column.js';

export interface BookOptions {
  view: () => DayView | undefined;
  columns: () => readonly DayColumn[];
  words: () => Words;
  /** Minutes of a step. */
  step: () => number;
  now: () => number;
  /** Pixels of a minute. */
  minute: () => number;
  isRtl: () => boolean;
  /** Why nothing can be booked here; undefined when it can. */
  whyReadOnly: () => string | undefined;
  announce: (text: string, assertive?: boolean) => void;
  create: (detail: AppointmentCreateDetail) => void;
  /** A box or another thing is in the hand. */
  isBusy: () => boolean;
  goDay: (days: 1 | -1) => void;
}

/** Minutes proposed for a new appointment: whoever books it says how long it is. */
const LENGTH = 30;

/**
 * Empty time, and the one "Book at …" cursor that stands for all of it: a button that goes by time and column, so that a person
 * without a mouse can book any minute that one with a mouse can press. Owns where the cursor is. It books nothing itself: it says
 * where, and the host opens what books.
 */
export class BookController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: BookOptions;
  #at: { column: string; start: number } | undefined;
  #wantsFocus = false;

  constructor(host: ReactiveControllerHost & HTMLElement, options: BookOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {}

  hostUpdated(): void {
    if (!this.#wantsFocus) return;
    const button = this.#host.shadowRoot?.querySelector<HTMLElement>('.book');
    if (!button) return;
    this.#wantsFocus = false;
    button.focus();
    button.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  /** Where the cursor is: as it was left, if that is still shown; else now, or the beginning of the day. Undefined where nothing can be booked. */
  get place(): { column: DayColumn; index: number; start: number; end: number; minute: number; label: string } | undefined {
    const { view: viewOf, columns: columnsOf, now, words, whyReadOnly } = this.#options;
    const view = viewOf();
    const columns = columnsOf();
    if (!view || columns.length === 0 || whyReadOnly() !== undefined) return undefined;
    const at = this.#at;
    let index = columns.findIndex(({ key }) => key === at?.column);
    const isKept = index >= 0 && at !== undefined && at.start >= columns[index]!.axis.start && at.start < columns[index]!.axis.end;
    if (!isKept)
      index = Math.max(
        0,
        columns.findIndex(({ axis }) => now() >= axis.start && now() < axis.end),
      );
    const column = columns[index]!;
    const start = isKept ? at.start : this.#onStep(view, column, Math.max(column.axis.start, Math.min(now(), column.axis.end - 1)), 'up');
    const text = words();
    return {
      column,
      index,
      start,
      end: start + LENGTH * MINUTE,
      minute: minuteOf(column.axis, view.table, start),
      label: text.localize.t('bookAt', text.time(start), columnName(column, text)),
    };
  }

  /** Brings focus to the cursor, at a time in a column. */
  goTo(column: string, start: number): void {
    this.#at = { column, start };
    this.#wantsFocus = true;
    this.#host.requestUpdate();
  }

  readonly handleKey = (event: KeyboardEvent): void => {
    const { view: viewOf, columns: columnsOf, isRtl, step, goDay, isBusy } = this.#options;
    const { place } = this;
    const view = viewOf();
    if (!place || !view || isBusy() || event.altKey || event.ctrlKey || event.metaKey) return;
    const columns = columnsOf();
    const end = isRtl() ? -1 : 1;
    const along = event.key === 'ArrowRight' ? end : event.key === 'ArrowLeft' ? -end : 0;
    const down = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (along !== 0) {
      const next = columns[Math.max(0, Math.min(columns.length - 1, place.index + along))]!;
      this.goTo(next.key, instantOn(next.axis, view.table, place.minute));
    } else if (down !== 0) {
      const to = place.start + down * step() * MINUTE * (event.shiftKey ? 4 : 1);
      const { axis } = place.column;
      if (to >= axis.start && to < axis.end) this.goTo(place.column.key, to);
    } else if (event.key === 'PageDown' || event.key === 'PageUp') goDay(event.key === 'PageUp' ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** The cursor was pressed: by Enter, or by whatever presses buttons. */
  readonly handlePress = (event: Event): void => {
    event.stopPropagation();
    const { place } = this;
    if (place) this.#create(place.column, place.start, place.end);
  };

  /** Empty time was clicked. True when it was, and something was proposed. */
  press(event: MouseEvent): boolean {
    const { view: viewOf, columns, minute, whyReadOnly, announce, isBusy } = this.#options;
    const view = viewOf();
    const [target] = event.composedPath();
    const list = target instanceof Element ? target.closest<HTMLElement>('.grid [data-column]') : null;
    if (!view || !list || isBusy() || (target as Element).closest('button')) return false;
    const column = columns().find(({ key }) => key === list.dataset['column']);
    if (!column) return false;
    const why = whyReadOnly();
    if (why !== undefined) {
      announce(why, true);
      return false;
    }
    // After a click the layout is clean: this read waits for nothing.
    const at = instantOn(column.axis, view.table, (event.clientY - list.getBoundingClientRect().top) / minute());
    const start = this.#onStep(view, column, at, 'down');
    this.#at = { column: column.key, start };
    this.#create(column, start, start + LENGTH * MINUTE);
    return true;
  }

  #onStep(view: DayView, { axis }: DayColumn, instant: number, way: 'up' | 'down'): number {
    const step = this.#options.step() * MINUTE;
    const off = (((wallAt(view.table, instant) % HOUR) + HOUR) % HOUR) % step;
    const on = instant - off + (way === 'up' && off > 0 ? step : 0);
    return Math.max(axis.start, Math.min(on, axis.end - step));
  }

  #create(column: DayColumn, start: number, end: number): void {
    const key = providerKey(column.key);
    const provider = key === EVERYBODY || key === UNASSIGNED ? undefined : column.provider?.reference;
    this.#options.create({ start: new Date(start).toISOString(), end: new Date(end).toISOString(), column: column.key, provider });
    this.#host.requestUpdate();
  }
}
