import type { ReactiveControllerHost } from 'lit';
import type { DayAppointments } from '../../client/scheduling.js';
import type { DayColumn, DayCounts, DayItem, ScheduleView } from '../../models/scheduling/index.js';
import type { Permissions } from '../base/index.js';
import type { QueryState } from '../base/query.controller.js';
import { LiveRegionController } from '../ui/live-region.js';
import { AccessController } from './access.controller.js';
import { BookController } from './book.controller.js';
import { DayController, type DaySource } from './day.controller.js';
import { DetailsController } from './details.controller.js';
import type { Dialogs } from './late-parts.js';
import { LateController } from './late.controller.js';
import { KeyboardController } from './keyboard.controller.js';
import { MoveController } from './move.controller.js';
import type { BoxContext } from './parts/box.js';
import { PointerController } from './pointer.controller.js';
import { RescheduleController } from './reschedule.controller.js';
import type { AppointmentCreateDetail, AppointmentMovedDetail, AppointmentMoveDetail } from './scheduler.types.js';
import { ScrollController } from './scroll.controller.js';
import { SizeController } from './size.controller.js';
import { changesText } from './tell-changes.js';
import { TickerController } from './ticker.controller.js';
import { ViewerZone } from './viewer-zone.js';
import { WindowController } from './window.controller.js';
import type { HourCycle } from './words.js';
import { WordsController } from './words.controller.js';

export interface DeskSettings {
  hourCycle: HourCycle | undefined;
  readOnly: boolean;
  permissions: Permissions | undefined;
  /** Minutes. */
  step: number;
  /** Seconds. */
  refreshEvery: number;
}

export interface DeskOptions {
  source: () => Omit<DaySource, 'lang' | 'minimum' | 'isByDay'> & { columns: string };
  settings: () => DeskSettings;
  /** Asks the host; true when it has prevented the move. */
  move: (detail: AppointmentMoveDetail) => boolean;
  moved: (detail: AppointmentMovedDetail) => void;
  create: (detail: AppointmentCreateDetail) => void;
  goDay: (days: 1 | -1) => void;
}

/** Boxes are drawn anew when their column has become this many pixels wider or narrower, not for each pixel. */
const WIDTH_STEP = 8;
/** Width of the element until it is known. */
const USUAL_WIDTH = 1280;

/** The controllers of one schedule, and what ties them together. Owns which provider a narrow screen shows. */
export class Desk {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: DeskOptions;
  readonly words: WordsController;
  readonly live: LiveRegionController;
  readonly size: SizeController;
  readonly viewer = new ViewerZone();
  readonly access: AccessController;
  readonly day: DayController;
  readonly reschedule: RescheduleController;
  readonly move: MoveController;
  /** What most days do without. */
  readonly late: LateController<typeof import('./late-parts.js')>;
  #dialogs: Dialogs | undefined;
  readonly keyboard: KeyboardController;
  readonly pointer: PointerController;
  readonly details: DetailsController;
  readonly book: BookController;
  /** Which part of the sheet is drawn. */
  readonly window: WindowController;
  readonly #ticker: TickerController;
  #shown: string | undefined;
  #boxes: BoxContext | undefined;
  #monthBoxes: BoxContext | undefined;
  #last: DayAppointments | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, options: DeskOptions) {
    this.#host = host;
    this.#options = options;
    const { source, settings } = options;
    const words = () => this.words.now;
    const now = () => this.now;
    const client = () => source().client;
    const step = () => settings().step;
    const isRtl = () => this.words.localize.dir === 'rtl';
    const columns = () => this.columns;
    const view = () => this.day.view;
    const announce = (text: string, assertive = false): void => this.live.announce(text, { assertive });
    this.late = new LateController(host, () => import('./late-parts.js'));
    this.words = new WordsController(host, () => ({ hourCycle: settings().hourCycle, table: this.day.view?.table }));
    this.live = new LiveRegionController(host);
    this.size = new SizeController(host);
    this.access = new AccessController(host, {
      client,
      words,
      permissions: () => settings().permissions,
      readOnly: () => settings().readOnly,
    });
    this.day = new DayController(
      host,
      () => ({
        ...source(),
        isByDay: this.#isByDay,
        lang: this.words.localize.lang,
        minimum: this.size.sizes.smallest / this.size.sizes.minute,
      }),
      (query) => this.#answered(query),
    );
    this.reschedule = new RescheduleController(host, {
      day: this.day,
      client,
      words,
      move: options.move,
      moved: options.moved,
      announce,
      ask: (conflict) => void this.#ask(({ conflict: dialog }) => dialog.open(conflict)),
      focus: (id, column) => this.keyboard.focus(`${id}@${column}`),
    });
    this.move = new MoveController(host, {
      day: this.day,
      reschedule: this.reschedule,
      words,
      now,
      step,
      whyReadOnly: () => this.access.whyReadOnly,
      announce,
      show: (column) => this.show(column),
    });
    this.keyboard = new KeyboardController(host, {
      move: this.move,
      columns,
      isRtl,
      now,
      goDay: options.goDay,
      book: (item) => this.book.goTo(item.column, item.end),
      take: (item) => {
        if (this.hasSheet) this.move.begin(item, 'keyboard');
        else void this.openMoveDialog(item);
      },
    });
    this.pointer = new PointerController(host, {
      move: this.move,
      view,
      columns,
      step,
      isRtl,
      item: (key) => this.keyboard.item(key),
      sizes: () => this.size.sizes,
    });
    this.details = new DetailsController(host, {
      late: this.late,
      words,
      view,
      now,
      viewer: () => this.day.view && this.viewer.for(this.day.view),
      whyFixed: (item) => this.move.whyNot(item),
      move: (item) => void this.openMoveDialog(item),
    });
    this.book = new BookController(host, {
      view,
      columns,
      words,
      step,
      now,
      isRtl,
      announce,
      minute: () => this.size.sizes.minute,
      whyReadOnly: () => this.access.whyCannotBook,
      create: options.create,
      isBusy: () => this.move.moving !== undefined,
      goDay: options.goDay,
    });
    this.#ticker = new TickerController(host, {
      now,
      every: () => (this.canRefresh ? settings().refreshEvery : 0),
      isBusy: () => this.day.isFrozen || this.day.changes.isSaving || this.day.state.status === 'pending',
      refresh: () => void this.day.refresh(),
    });
    this.window = new WindowController(host, { view, now, sizes: () => this.size.sizes, columns: () => this.columns.length });
    new ScrollController(host, () => ({ view: this.day.view, now: this.now, minute: this.size.sizes.minute }));
  }

  /** A person comes near an appointment: what opens and moves it is fetched, so that it is there when it is asked for. */
  readonly preload = (): void => {
    this.late.preload();
  };

  async openMoveDialog(item: DayItem): Promise<void> {
    await this.#ask(({ move }) => move.open(item));
  }

  /** Asks one of the questions, whose code may have to be fetched first. */
  async #ask(question: (dialogs: Dialogs) => Promise<void>): Promise<void> {
    let part: typeof import('./late-parts.js');
    try {
      part = await this.late.ready();
    } catch {
      this.live.announce(this.words.now.shared.t('why-offline'), { assertive: true });
      return;
    }
    const { day, move, reschedule } = this;
    const words = () => this.words.now;
    this.#dialogs ??= part.createDialogs(
      this.#host,
      { day, move, words, save: (item, place) => void reschedule.save(item, place) },
      {
        day,
        words,
        now: () => this.now,
        chosen: (choice, conflict) => {
          if (choice === 'mine') void reschedule.moveAnyway(conflict);
          else reschedule.useTheirs(conflict);
          const item = choice === 'another' ? reschedule.theirItem(conflict) : undefined;
          if (item) void this.openMoveDialog(item);
        },
      },
    );
    // Its empty dialog has to be in the document before it can be shown.
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    await question(this.#dialogs);
  }

  /** The dialogs, once there are any. */
  renderDialogs(): unknown {
    return this.#dialogs ? [this.#dialogs.move.render(), this.#dialogs.conflict.render()] : undefined;
  }

  get now(): number {
    return this.#options.source().now;
  }

  get step(): number {
    return this.#options.settings().step;
  }

  /** Whether a day has one column for all: lists and months, and weeks unless their providers are asked for and there is room. */
  get #isByDay(): boolean {
    const { view, columns } = this.#options.source();
    if (view === 'day') return false;
    return view === 'month' || view === 'agenda' || columns !== 'provider' || this.size.isNarrow;
  }

  /** Plain data are not asked for anew. */
  get canRefresh(): boolean {
    const { client, appointments } = this.#options.source();
    return client !== undefined && appointments === undefined;
  }

  /** What is booked; undefined where the day is not loaded, or is known to be empty. */
  get counts(): (DayCounts & { whole: boolean }) | undefined {
    const { view, isEmpty, isComplete } = this.day;
    return view && !isEmpty ? { ...view.counts, whole: isComplete } : undefined;
  }

  /** Columns that are shown: all, or the one provider of a narrow screen. */
  get columns(): readonly DayColumn[] {
    const columns = this.day.view?.columns ?? [];
    if (!this.size.isNarrow || !this.hasSheet || columns.length === 0) return columns;
    return [columns.find(({ key }) => key === this.#shown) ?? columns.find(({ items }) => items.length > 0) ?? columns[0]!];
  }

  /** Shows a provider on a narrow screen. */
  show(column: string): void {
    this.#shown = column;
    this.#host.requestUpdate();
  }

  get view(): ScheduleView {
    return this.#options.source().view;
  }

  /** Whether columns of hours are shown: not for a list and a month. */
  get hasSheet(): boolean {
    return this.view !== 'agenda' && this.view !== 'month';
  }

  /** Boxes of a month: one line each, in a seventh of the width. */
  get monthBoxes(): BoxContext {
    const next = {
      ...this.boxes,
      width: Math.floor((this.size.sizes.width || USUAL_WIDTH) / 7 / WIDTH_STEP) * WIDTH_STEP,
      minute: 0,
      smallest: 24,
    };
    const last = this.#monthBoxes;
    const isSame = last && (Object.keys(next) as (keyof BoxContext)[]).every((key) => next[key] === last[key]);
    return isSame ? last : (this.#monthBoxes = next);
  }

  /** Scrolls to an appointment; false where this day has none of that id. */
  bring(id: string): boolean {
    const columns = this.columns;
    const index = columns.findIndex(({ items }) => items.some((item) => item.id === id));
    const item = columns[index]?.items.find((each) => each.id === id);
    if (!item) return false;
    this.window.bring((item.from + item.to) / 2, index);
    return true;
  }

  /** What boxes are drawn with: the same object as long as they would be drawn the same. */
  get boxes(): BoxContext {
    const { width, gutter, column, minute, smallest } = this.size.sizes;
    const room = Math.max(column, ((width || USUAL_WIDTH) - gutter) / Math.max(1, this.columns.length));
    const next: BoxContext = {
      words: this.words.now,
      date: this.day.view?.date ?? '',
      width: Math.floor(room / WIDTH_STEP) * WIDTH_STEP,
      minute,
      smallest,
      isReadOnly: this.access.whyReadOnly !== undefined,
      isByDay: this.day.view?.isByDay ?? false,
    };
    const last = this.#boxes;
    const isSame = last && (Object.keys(next) as (keyof BoxContext)[]).every((key) => next[key] === last[key]);
    return isSame ? last : (this.#boxes = next);
  }

  /** An answer came: what others changed since the last one for the same day is told. */
  #answered(query: QueryState<DayAppointments>): void {
    if (query.status !== 'complete') return;
    this.#ticker.answered();
    const told = changesText(this.#last, query.data, this.words.now);
    this.#last = query.data;
    if (told !== '') this.live.announce(told);
  }
}
