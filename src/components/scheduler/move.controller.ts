import type { ReactiveController, ReactiveControllerHost } from 'lit';
import {
  checkMove,
  DAY,
  HOUR,
  instantOf,
  MINUTE,
  wallAt,
  wallOfDate,
  whyImmovable,
  type DayItem,
  type DayAxis,
  type MoveCheck,
} from '../../models/scheduling/index.js';
import type { DayController } from './day.controller.js';
import type { Place, RescheduleController } from './reschedule.controller.js';
import type { Words } from './words.js';
import { checksText } from './parts/checks.js';

/** A box that is in the hand. */
export interface Moving {
  item: DayItem;
  place: Place;
  by: 'keyboard' | 'pointer';
  checks: readonly MoveCheck[];
}

export interface MoveOptions {
  day: DayController;
  reschedule: RescheduleController;
  words: () => Words;
  now: () => number;
  /** Minutes of one step. */
  step: () => number;
  /** Why nothing on this schedule can be moved; undefined when it can. */
  whyReadOnly: () => string | undefined;
  announce: (text: string, assertive?: boolean) => void;
  /** The column that a place is in came into question: on a narrow screen it is the one to show. */
  show: (column: string) => void;
}

/**
 * Moving a box on the day, by whatever hand: begin, go somewhere, drop or put back. Owns where it would land and what would follow.
 * Does not own keys and pointers (they call it), nor saving.
 */
export class MoveController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: MoveOptions;
  #moving: Moving | undefined;

  constructor(host: ReactiveControllerHost, options: MoveOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.putBack();
  }

  get moving(): Moving | undefined {
    return this.#moving;
  }

  /** Why a box cannot be moved, in words; undefined when it can. */
  whyNot(item: DayItem): string | undefined {
    const readOnly = this.#options.whyReadOnly();
    if (readOnly !== undefined) return readOnly;
    const reason = whyImmovable(item);
    return reason && this.#options.words().localize.t(`fixed-${reason}`);
  }

  /** Takes a box into the hand. False, with the reason said, when it cannot be moved. */
  begin(item: DayItem, by: Moving['by']): boolean {
    const { day, words, announce } = this.#options;
    const why = this.whyNot(item);
    if (why !== undefined) {
      announce(why, true);
      return false;
    }
    if (!day.view) return false;
    this.#options.reschedule.dismiss(item.id);
    day.freeze();
    this.#moving = {
      item,
      by,
      place: { start: item.start, column: item.column },
      checks: this.#check(item, { start: item.start, column: item.column }),
    };
    if (by === 'keyboard') announce(words().localize.t('moveStarted', words().name(item)));
    this.#host.requestUpdate();
    return true;
  }

  /** Goes by steps of the clock and columns. Starts that are off the step come onto it. */
  go(steps: number, columns: number): void {
    const { moving } = this;
    const view = this.#options.day.view;
    if (!moving || !view) return;
    const step = this.#options.step() * MINUTE;
    const wall = wallAt(view.table, moving.place.start);
    const off = ((wall % HOUR) + HOUR) % step;
    const by = steps === 0 ? 0 : steps > 0 ? steps * step - off : steps * step + (off === 0 ? 0 : step - off);
    const index = view.columns.findIndex(({ key }) => key === moving.place.column);
    const column = view.columns[Math.max(0, Math.min(view.columns.length - 1, index + columns))];
    // Another day's column: the same time of its clocks.
    const days = column && view.columns[index] ? daysBetween(view.columns[index].date, column.date) : 0;
    const start = days === 0 ? moving.place.start + by : instantOf(view.table, wallAt(view.table, moving.place.start) + days * DAY);
    this.goTo({ start, column: column?.key ?? moving.place.column });
  }

  /** Goes to a place, kept on the day's axis. */
  goTo(wanted: Place): void {
    const { moving } = this;
    const view = this.#options.day.view;
    if (!moving || !view) return;
    const column = view.columns.find(({ key }) => key === wanted.column);
    const place = { column: wanted.column, start: onAxis((column ?? view).axis, moving.item, wanted.start) };
    if (place.start === moving.place.start && place.column === moving.place.column) return;
    this.#moving = { ...moving, place, checks: this.#check(moving.item, place) };
    this.#options.show(place.column);
    const { words, announce } = this.#options;
    const text = words();
    const provider = view.columns.find(({ key }) => key === place.column)?.provider;
    const end = place.start + (moving.item.end - moving.item.start);
    announce(
      text.localize.t(
        'movePlace',
        text.range(place.start, end),
        text.provider(provider),
        checksText(this.#moving.checks, text, { provider, item: moving.item }),
      ),
    );
    this.#host.requestUpdate();
  }

  #check(item: DayItem, place: Place): readonly MoveCheck[] {
    const { day, now } = this.#options;
    return day.view ? checkMove(day.view, item, place, { now: now(), complete: day.isComplete }) : [];
  }

  /** The checks of another place than the one in hand: for the dialog. Undefined where that day is not loaded. */
  checksAt(item: DayItem, place: Place): readonly MoveCheck[] | undefined {
    const { view } = this.#options.day;
    return view && place.start >= view.bounds.start && place.start < view.bounds.end ? this.#check(item, place) : undefined;
  }

  /** Lets go where it is. A place that nobody can be booked into keeps it in the hand. */
  async drop(): Promise<void> {
    const { moving } = this;
    if (!moving) return;
    const { words, announce, reschedule } = this.#options;
    const stop = moving.checks.find(({ level }) => level === 'stop');
    if (stop) {
      announce(words().localize.t('check-no-provider'), true);
      return;
    }
    if (moving.checks.some(({ code }) => code === 'same-place')) {
      this.putBack();
      return;
    }
    this.#end();
    await reschedule.save(moving.item, moving.place);
  }

  putBack(): void {
    const { moving } = this;
    if (!moving) return;
    const { words, announce } = this.#options;
    this.#end();
    announce(words().localize.t('wasPutBack', words().name(moving.item), words().time(moving.item.start)));
    this.#options.show(moving.item.column);
  }

  #end(): void {
    this.#moving = undefined;
    this.#options.day.thaw();
  }
}

const daysBetween = (from: string, to: string): number => ((wallOfDate(to) ?? 0) - (wallOfDate(from) ?? 0)) / DAY;

/** The nearest start at which the whole appointment is on the axis, or its beginning where it is longer than that. */
function onAxis(axis: DayAxis, item: DayItem, start: number): number {
  return Math.max(axis.start, Math.min(start, Math.max(axis.start, axis.end - (item.end - item.start))));
}
