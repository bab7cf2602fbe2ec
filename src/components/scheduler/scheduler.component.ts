import { consume } from '@lit/context';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { CareClient } from '../../client/index.js';
import type { DayAppointments } from '../../client/scheduling.js';
import type { Appointment, Resource } from '../../models/fhir/index.js';
import { isZone } from '../../models/fhir/read/index.js';
import { addDays, isDate, type ApartItem, type DayColumn, type DayItem, type DayView } from '../../models/scheduling/index.js';
import { CareElement, clientContext, clockContext, permissionsContext, systemClock, type Clock, type Permissions } from '../base/index.js';
import { answerOf, type QueryState } from '../base/query.controller.js';
import { icon } from '../ui/icon.js';
import { LiveRegionController } from '../ui/live-region.js';
import { AccessController } from './access.controller.js';
import { ConflictDialogController } from './conflict-dialog.controller.js';
import { DayController } from './day.controller.js';
import { DetailsController } from './details.controller.js';
import { keyOf, KeyboardController } from './keyboard.controller.js';
import { MoveController } from './move.controller.js';
import { MoveDialogController } from './move-dialog.controller.js';
import { askZone } from './parts/ask-zone.js';
import { bar, legend, zoneLine } from './parts/bar.js';
import type { BoxContext } from './parts/box.js';
import { layer, tray } from './parts/layer.js';
import { notices, offlineStrip } from './parts/notices.js';
import { sheet } from './parts/sheet.js';
import { apart, empty, failed, loading } from './parts/states.js';
import { switcher } from './parts/switcher.js';
import { PointerController } from './pointer.controller.js';
import { RescheduleController } from './reschedule.controller.js';
import { schedulerStyles } from './scheduler.styles.js';
import type {} from './scheduler.types.js';
import { ScrollController } from './scroll.controller.js';
import { SizeController } from './size.controller.js';
import { changesText } from './tell-changes.js';
import { TickerController } from './ticker.controller.js';
import { ViewerZone } from './viewer-zone.js';
import type { HourCycle } from './words.js';
import { WordsController } from './words.controller.js';

/** Boxes are drawn anew when their column has become this many pixels wider or narrower, not for each pixel. */
const WIDTH_STEP = 8;

/**
 * The day of a clinic: a column for each provider, appointments by what they are and where they stand, moved by mouse, finger or
 * keyboard, and saved without overwriting anybody. Works on a client (from `<care-provider>` or by property) or on plain data.
 * Give it a height and it scrolls inside, with the providers' heads in view.
 *
 * @summary A day's appointments by provider: read, move, and see who else moved them.
 * @tag care-scheduler
 * @slot actions - Buttons at the end of the bar, such as booking an appointment.
 * @slot details-actions - Buttons in the open appointment, such as one to its patient's record.
 * @fires care-appointment-move - An appointment was put somewhere else and is about to be saved; prevent it to save it yourself.
 * @fires care-appointment-moved - A moved appointment was stored.
 * @fires care-appointment-open - An appointment was opened; prevent it to show your own details.
 * @fires care-date-change - The person went to another day.
 * @fires care-time-zone-change - The person said which time zone the clinic is in.
 * @csspart appointment - An appointment's button; further tokens say its state: `confirmed`, `booked`, `clash`, `pending`, `selected`, `moving` …
 * @csspart column - A provider's list of appointments.
 * @csspart provider - A column's head.
 * @csspart bar - Today, back and on, the date, the counts.
 * @csspart counts - What is booked, clashes and is not confirmed.
 * @csspart zones - Which zone the times are in, where the viewer's differs.
 * @csspart legend - The services and states of the day.
 * @csspart switcher - The row that changes the provider on a narrow screen.
 * @csspart grid - The scrolling sheet.
 * @csspart drop - Where a moved appointment would land.
 * @csspart move-card - What would follow from a move.
 * @csspart failure - A move that was not made, and why.
 * @csspart details - The open appointment.
 * @csspart tray - Put back and move, on a narrow screen.
 * @csspart empty - The day has no appointments.
 * @csspart partial - Appointments may be missing.
 * @csspart offline - What is shown is a copy.
 * @csspart notice - What happened that is not seen on the grid.
 * @csspart apart - Appointments without a place on the grid.
 * @csspart ask-zone - The question for the clinic's time zone.
 * @cssprop --care-scheduler-column-min - Narrowest column before the sheet scrolls sideways. Default 6rem.
 * @cssprop --care-scheduler-gutter - Width of the hours. Default 3.25rem.
 */
export class CareScheduler extends CareElement {
  static override styles: CSSResultGroup = schedulerStyles;

  /** Day shown, `YYYY-MM-DD` in the clinic's zone. Empty: today. */
  @property({ reflect: true }) date = '';
  /** The clinic's IANA zone. Else the provider's clock, else what the records say with one voice, else it is asked for; never the browser's. */
  @property({ attribute: 'time-zone' }) timeZone = '';
  /** Minutes of one step when an appointment is moved. */
  @property({ type: Number }) step = 15;
  /** Nothing can be moved. */
  @property({ type: Boolean, reflect: true }) readonly = false;
  /** `h12` or `h23`; the language's own unless told. */
  @property({ attribute: 'hour-cycle' }) hourCycle: HourCycle | '' = '';
  /** Seconds between two refreshes while it can be seen; 0 for none. */
  @property({ type: Number, attribute: 'refresh-every' }) refreshEvery = 60;
  /** Where appointments are read and saved; else the one in context. */
  @property({ attribute: false }) client: CareClient | undefined;
  /** Plain data instead of a client: the appointments. Give a new array when they change. */
  @property({ attribute: false }) appointments: readonly Appointment[] | undefined;
  /** Columns wanted, in order: Practitioner or PractitionerRole records, or references. Else whoever works or is booked. */
  @property({ attribute: false }) providers: readonly (Resource | string)[] | undefined;
  /** Plain data: patients, practitioners, roles, encounters and places that the appointments name. */
  @property({ attribute: false }) related: readonly Resource[] | undefined;

  @consume({ context: clientContext, subscribe: true }) @state() private contextClient: CareClient | undefined;
  @consume({ context: clockContext, subscribe: true }) @state() private clock: Clock | undefined;
  @consume({ context: permissionsContext, subscribe: true }) @state() private permissions: Permissions | undefined;
  /** Key of the provider on a narrow screen. */
  @state() private shownColumn: string | undefined;
  @state() private zoneError = false;

  private boxContext: BoxContext | undefined;
  private lastAnswer: DayAppointments | undefined;

  readonly #words: WordsController = new WordsController(this, () => ({
    hourCycle: this.hourCycle || undefined,
    table: this.#day.view?.table,
  }));
  readonly #live = new LiveRegionController(this);
  readonly #announce = (text: string, assertive = false): void => this.#live.announce(text, { assertive });
  readonly #size = new SizeController(this);
  readonly #viewer = new ViewerZone();
  readonly #access = new AccessController(this, {
    client: () => this.#client,
    permissions: () => this.permissions,
    readOnly: () => this.readonly,
    words: () => this.#words.now,
  });
  readonly #day: DayController = new DayController(
    this,
    () => ({
      client: this.#client,
      date: this.date,
      zone: this.timeZone || this.clock?.zone,
      appointments: this.appointments,
      providers: this.providers,
      related: this.related,
      now: this.#now(),
      lang: this.#words.localize.lang,
      minimum: this.#size.sizes.smallest / this.#size.sizes.minute,
    }),
    (query) => this.#answered(query),
  );
  readonly #conflict = new ConflictDialogController(this, {
    day: this.#day,
    words: () => this.#words.now,
    now: () => this.#now(),
    chosen: (choice, conflict) => {
      if (choice === 'mine') void this.#reschedule.moveAnyway(conflict);
      else this.#reschedule.useTheirs(conflict);
      const item = choice === 'another' ? this.#reschedule.theirItem(conflict) : undefined;
      if (item) void this.#moveDialog.open(item);
    },
  });
  readonly #reschedule: RescheduleController = new RescheduleController(this, {
    day: this.#day,
    client: () => this.#client,
    words: () => this.#words.now,
    move: (detail) => this.emit('care-appointment-move', detail, { cancelable: true }).defaultPrevented,
    moved: (detail) => this.emit('care-appointment-moved', detail),
    announce: this.#announce,
    ask: (conflict) => void this.#conflict.open(conflict),
    focus: (id, column) => this.#keyboard.focus(`${id}@${column}`),
  });
  readonly #move: MoveController = new MoveController(this, {
    day: this.#day,
    reschedule: this.#reschedule,
    words: () => this.#words.now,
    now: () => this.#now(),
    step: () => this.#step(),
    whyReadOnly: () => this.#access.whyReadOnly,
    announce: this.#announce,
    show: (column) => (this.shownColumn = column),
  });
  readonly #moveDialog: MoveDialogController = new MoveDialogController(this, {
    day: this.#day,
    move: this.#move,
    words: () => this.#words.now,
    save: (item, place) => void this.#reschedule.save(item, place),
  });
  readonly #keyboard: KeyboardController = new KeyboardController(this, {
    move: this.#move,
    columns: () => this.#columns(),
    isRtl: () => this.#words.localize.dir === 'rtl',
    goDay: (days) => this.#go(days < 0 ? 'previous' : 'next'),
    now: () => this.#now(),
  });
  readonly #pointer = new PointerController(this, {
    move: this.#move,
    view: () => this.#day.view,
    columns: () => this.#columns(),
    item: (key) => this.#keyboard.item(key),
    sizes: () => this.#size.sizes,
    step: () => this.#step(),
    isRtl: () => this.#words.localize.dir === 'rtl',
  });
  readonly #details = new DetailsController(this, {
    words: () => this.#words.now,
    view: () => this.#day.view,
    viewer: () => this.#day.view && this.#viewer.for(this.#day.view),
    now: () => this.#now(),
    whyFixed: (item) => this.#move.whyNot(item),
    move: (item) => void this.#moveDialog.open(item),
  });
  readonly #ticker = new TickerController(this, {
    now: () => this.#now(),
    every: () => (this.#client && this.appointments === undefined ? this.refreshEvery : 0),
    isBusy: () => this.#day.isFrozen || this.#day.changes.isSaving || this.#day.state.status === 'pending',
    refresh: () => void this.#day.refresh(),
  });

  constructor() {
    super();
    new ScrollController(this, () => ({ view: this.#day.view, now: this.#now(), minute: this.#size.sizes.minute }));
  }

  /** Asks anew for the day and for who works when. */
  async refresh(): Promise<void> {
    await this.#day.refresh({ all: true });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('date') && this.date !== '' && !isDate(this.date))
      this.warnOnce('date', 'needs `date` as YYYY-MM-DD; today is shown instead.');
    if (changed.has('timeZone') && this.timeZone !== '' && !isZone(this.timeZone)) {
      this.warnOnce('time-zone', 'needs `time-zone` as a name of the IANA database, such as Australia/Sydney.');
    }
    if (changed.has('date') || changed.has('timeZone')) this.#move.putBack();
  }

  get #client(): CareClient | undefined {
    return this.client ?? this.contextClient;
  }

  #now(): number {
    return (this.clock ?? systemClock).now().getTime();
  }

  #step(): number {
    return Number.isFinite(this.step) && this.step >= 1 ? Math.min(60, Math.floor(this.step)) : 15;
  }

  /** Columns that are shown: all, or the one provider of a narrow screen. */
  #columns(): readonly DayColumn[] {
    const columns = this.#day.view?.columns ?? [];
    if (!this.#size.isNarrow || columns.length === 0) return columns;
    return [columns.find(({ key }) => key === this.shownColumn) ?? columns.find(({ items }) => items.length > 0) ?? columns[0]!];
  }

  #answered(query: QueryState<DayAppointments>): void {
    if (query.status !== 'complete') return;
    this.#ticker.answered();
    const told = changesText(this.lastAnswer, query.data, this.#words.now);
    this.lastAnswer = query.data;
    if (told !== '') this.#announce(told);
  }

  #go(to: string): void {
    const { date, today } = this.#day;
    if (date === undefined || today === undefined) return;
    const next = to === 'today' ? today : to === 'previous' ? addDays(date, -1) : to === 'next' ? addDays(date, 1) : to;
    if (next === date || !isDate(next)) return;
    this.#details.close();
    this.#reschedule.clear();
    this.date = next;
    this.emit('care-date-change', { date: next });
  }

  #chooseZone(timeZone: string): void {
    this.zoneError = !isZone(timeZone);
    if (this.zoneError) return;
    this.#day.chooseZone(timeZone);
    this.emit('care-time-zone-change', { timeZone });
  }

  #open(item: DayItem | ApartItem): void {
    const { appointment, patients } = item;
    const event = this.emit('care-appointment-open', { appointment, patient: patients[0]?.reference }, { cancelable: true });
    if (!event.defaultPrevented) this.#details.open(item);
  }

  #handleClick(event: Event): void {
    const item = this.#keyboard.item(keyOf(event));
    if (item && !this.#pointer.wasDrag && !this.#move.moving) this.#open(item);
  }

  /** The same object as long as boxes would be drawn the same. */
  #boxes(columns: number): BoxContext {
    const { width, gutter, column, minute, smallest } = this.#size.sizes;
    const room = Math.max(column, ((width || 1280) - gutter) / Math.max(1, columns));
    const next: BoxContext = {
      words: this.#words.now,
      date: this.#day.view?.date ?? '',
      width: Math.floor(room / WIDTH_STEP) * WIDTH_STEP,
      minute,
      smallest,
      isReadOnly: this.#access.whyReadOnly !== undefined,
    };
    const last = this.boxContext;
    const isSame = last && (Object.keys(next) as (keyof BoxContext)[]).every((key) => next[key] === last[key]);
    return isSame ? last : (this.boxContext = next);
  }

  protected override render(): TemplateResult {
    const words = this.#words.now;
    const { date, view, zone, state, isComplete, isEmpty } = this.#day;
    const readOnly = this.#access.whyReadOnly;
    const answer = answerOf(state);
    const isOld = answer && state.status === 'error';
    return html`<div
        class="frame ${this.#size.widthClass} ${words.wall(0).length > 5 ? 'long-times' : ''}"
        @keydown=${this.#keyboard.handleKey}
      >
        <div class="probe probe-time"></div>
        <div class="probe probe-room"></div>
        ${offlineStrip({ words, state })}
        ${bar({
          words,
          date,
          canGoToday: this.#day.today !== undefined,
          counts: view && !isEmpty ? { ...view.counts, whole: isComplete } : undefined,
          isRefreshing: state.status === 'pending',
          canRefresh: this.#client !== undefined && this.appointments === undefined,
          tags: html`${isOld ? html`<span class="tag info">${icon('history')}${words.shared.t('asOf', words.time(answer.at.getTime()))}</span>` : nothing}
          ${view && readOnly !== undefined ? html`<span class="tag" title=${readOnly}>${icon('lock')}${words.shared.t('readOnly')}</span>` : nothing}`,
          go: (to) => this.#go(to),
          refresh: () => void this.refresh(),
        })}
        ${zone.state === 'ask' ? askZone(words, zone.suggestions, this.zoneError, (chosen) => this.#chooseZone(chosen)) : view ? this.#renderDay(view) : this.#renderInstead()}
      </div>
      ${this.#details.render()}${this.#moveDialog.render()}${this.#conflict.render()}${this.#live.render()}`;
  }

  /** What stands there while there is no day to show: still asking, or it could not be had. */
  #renderInstead(): TemplateResult {
    const words = this.#words.now;
    const { state, date = '' } = this.#day;
    return state.status === 'error' ? failed(state, { words, date, retry: () => void this.refresh() }) : loading(state, { words, date });
  }

  #renderDay(view: DayView): TemplateResult {
    const words = this.#words.now;
    const { state, directory, blocked, isEmpty, nearest } = this.#day;
    const viewer = this.#viewer.for(view);
    const columns = this.#columns();
    const { isNarrow } = this.#size;
    const { moving } = this.#move;
    const context = this.#boxes(columns.length);
    return html`
      ${isNarrow && view.columns.length > 1 ? switcher(view.columns, view.columns.indexOf(columns[0]!), words, (key) => (this.shownColumn = key)) : nothing}
      ${legend(view, words)} ${viewer ? zoneLine(words, view, viewer) : nothing}
      ${notices({
        words,
        state,
        hoursMissing: lacksHours(directory) || (blocked.status === 'error' && answerOf(blocked) === undefined),
        notice: this.#reschedule.notice,
        retry: () => void this.refresh(),
        showDay: (day) => this.#go(day),
        dismissNotice: () => this.#reschedule.clear(),
      })}
      ${apart(view, words, (item) => this.#open(item))}
      ${isEmpty ? empty({ words, date: view.date, at: this.appointments ? undefined : answerOf(state)?.at, nearest, go: (day) => this.#go(day) }) : nothing}
      ${
        columns.length === 0
          ? nothing
          : html`<p class="vh" id="hint">${words.localize.t('boxHint')}</p>
              <div
                class="scroll ${isNarrow ? 'one' : ''}"
                part="grid"
                role="region"
                aria-label=${words.localize.t('schedule', words.day(view.date, 'long'))}
                tabindex=${isEmpty ? '0' : nothing}
                @click=${this.#handleClick}
                @focusin=${this.#keyboard.handleFocus}
                @pointerdown=${this.#pointer.handleDown}
              >
                ${sheet({
                  view,
                  columns,
                  context,
                  moment: { active: this.#keyboard.active, moving: moving?.item.id, selected: this.#details.key },
                  viewer,
                  now: this.#now(),
                  isNarrow,
                  layer: layer({
                    view,
                    columns,
                    context,
                    isNarrow,
                    moving,
                    failures: [...this.#reschedule.failures.values()],
                    step: this.#step(),
                    why: ({ error, item }) => this.#reschedule.why(error, item),
                    drop: () => void this.#move.drop(),
                    putBack: () => this.#move.putBack(),
                    retry: ({ item }) => void this.#reschedule.retry(item.id),
                    dismiss: ({ item }) => this.#reschedule.dismiss(item.id),
                  }),
                  hintId: 'hint',
                })}
              </div>`
      }
      ${
        isNarrow && moving
          ? tray(
              moving,
              words,
              () => void this.#move.drop(),
              () => this.#move.putBack(),
            )
          : nothing
      }
    `;
  }
}

/** Whether it is not known, or not wholly, who works when: as far as was ever answered. */
function lacksHours(directory: QueryState<unknown>): boolean {
  const answer = answerOf(directory);
  return answer ? !answer.complete : directory.status === 'error';
}
