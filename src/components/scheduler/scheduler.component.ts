import { consume } from '@lit/context';
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { CareClient } from '../../client/index.js';
import type { Appointment, Resource } from '../../models/fhir/index.js';
import { isZone } from '../../models/fhir/read/index.js';
import { isDate, isScheduleView, stepView, type ScheduleView, type ApartItem, type DayItem } from '../../models/scheduling/index.js';
import { CareElement, clientContext, clockContext, permissionsContext, systemClock, type Clock, type Permissions } from '../base/index.js';
import { answerOf } from '../base/query.controller.js';
import { icon } from '../ui/icon.js';
import { Desk } from './desk.js';
import { keyOf } from './keyboard.controller.js';
import { bar } from './parts/bar.js';
import { drawDay } from './parts/day.js';
import { offlineStrip } from './parts/notices.js';
import { failed, loading } from './parts/states.js';
import { schedulerStyles } from './scheduler.styles.js';
import type {} from './scheduler.types.js';
import type { HourCycle } from './words.js';

const OFFERED: readonly ScheduleView[] = ['day', 'week', 'month', 'agenda'];

/**
 * The schedule of a clinic: a day with a column for each provider, weeks, a month, a list; appointments by what they are and where
 * they stand, moved by mouse, finger or keyboard, and saved without overwriting anybody. Works on a client (from `<care-provider>` or by property) or on plain data.
 * Give it a height and it scrolls inside, with the providers' heads in view.
 *
 * @summary Appointments by day and provider, by week, by month, or as a list: read, move, and see who else moved them.
 * @tag care-scheduler
 * @slot actions - Buttons at the end of the bar, such as booking an appointment.
 * @slot details-actions - Buttons in the open appointment, such as one to its patient's record.
 * @fires care-appointment-create - Empty time was chosen to be booked: by a click, or by the "Book at …" cursor.
 * @fires care-appointment-move - An appointment was put somewhere else and is about to be saved; prevent it to save it yourself.
 * @fires care-appointment-moved - A moved appointment was stored.
 * @fires care-appointment-open - An appointment was opened; prevent it to show your own details.
 * @fires care-date-change - The person went to another day.
 * @fires care-view-change - The person chose another view.
 * @fires care-time-zone-change - The person said which time zone the clinic is in.
 * @csspart appointment - An appointment's button; further tokens say its state: `confirmed`, `booked`, `clash`, `pending`, `selected`, `moving` …
 * @csspart column - A provider's list of appointments.
 * @csspart provider - A column's head.
 * @csspart bar - Today, back and on, the date, the counts.
 * @csspart counts - What is booked, clashes and is not confirmed.
 * @csspart book - The "Book at …" cursor.
 * @csspart views - The choice of views.
 * @csspart agenda - The list of days.
 * @csspart month - The month.
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
  /** `day`, `work-week`, `week`, `month` or `agenda` (seven days as a list). */
  @property({ reflect: true }) view: ScheduleView = 'day';
  /** Views that the bar offers, in order. */
  @property({ attribute: false }) views: readonly ScheduleView[] = OFFERED;
  /** `provider`: weeks have a column for each provider on each day; else one for each day. */
  @property() columns: 'provider' | '' = '';
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
  @state() private zoneError = false;

  readonly #desk: Desk = new Desk(this, {
    source: () => ({
      client: this.client ?? this.contextClient,
      date: this.date,
      view: isScheduleView(this.view) ? this.view : 'day',
      columns: this.columns === 'provider' ? 'provider' : '',
      zone: this.timeZone || this.clock?.zone,
      // A framework takes a property back as undefined or as null: neither is a day without appointments.
      appointments: this.appointments ?? undefined,
      providers: this.providers ?? undefined,
      related: this.related ?? undefined,
      now: (this.clock ?? systemClock).now().getTime(),
    }),
    settings: () => ({
      hourCycle: this.hourCycle || undefined,
      readOnly: this.readonly,
      permissions: this.permissions,
      step: Number.isFinite(this.step) && this.step >= 1 ? Math.min(60, Math.floor(this.step)) : 15,
      refreshEvery: Number.isFinite(this.refreshEvery) ? this.refreshEvery : 60,
    }),
    move: (detail) => this.emit('care-appointment-move', detail, { cancelable: true }).defaultPrevented,
    moved: (detail) => this.emit('care-appointment-moved', detail),
    create: (detail) => this.emit('care-appointment-create', detail, { cancelable: true }),
    goDay: (days) => this.#go(days < 0 ? 'previous' : 'next'),
  });

  /** Asks anew for the day and for who works when. */
  async refresh(): Promise<void> {
    await this.#desk.day.refresh({ all: true });
  }

  /** Scrolls to an appointment of the day shown; false where there is none of that id. */
  async scrollToAppointment(id: string): Promise<boolean> {
    await this.updateComplete;
    const found = this.#desk.bring(id);
    await this.updateComplete;
    return found;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('date') && this.date && !isDate(this.date))
      this.warnOnce('date', 'needs `date` as YYYY-MM-DD; today is shown instead.');
    if (changed.has('timeZone') && this.timeZone && !isZone(this.timeZone)) {
      this.warnOnce('time-zone', 'needs `time-zone` as a name of the IANA database, such as Australia/Sydney.');
    }
    if (changed.has('date') || changed.has('timeZone') || changed.has('view')) this.#desk.move.putBack();
  }

  #go(to: string): void {
    const { date, today } = this.#desk.day;
    if (date === undefined || today === undefined) return;
    const { view } = this.#desk;
    const next = to === 'today' ? today : to === 'previous' ? stepView(view, date, -1) : to === 'next' ? stepView(view, date, 1) : to;
    if (next === date || !isDate(next)) return;
    this.#desk.details.close();
    this.#desk.reschedule.clear();
    this.date = next;
    this.emit('care-date-change', { date: next });
  }

  #choose(view: ScheduleView): void {
    if (view === this.view) return;
    this.#desk.details.close();
    this.view = view;
    this.emit('care-view-change', { view });
  }

  /** A day by itself, from a week, a month or the list. */
  #openDay(date: string): void {
    this.#go(date);
    this.#choose('day');
  }

  #chooseZone(timeZone: string): void {
    this.zoneError = !isZone(timeZone);
    if (this.zoneError) return;
    this.#desk.day.chooseZone(timeZone);
    this.emit('care-time-zone-change', { timeZone });
  }

  #open(item: DayItem | ApartItem): void {
    const { appointment, patients } = item;
    const event = this.emit('care-appointment-open', { appointment, patient: patients[0]?.reference }, { cancelable: true });
    if (!event.defaultPrevented) this.#desk.details.open(item);
  }

  #handleClick(event: Event): void {
    const { keyboard, pointer, move } = this.#desk;
    if (pointer.wasDrag || move.moving) return;
    const item = keyboard.item(keyOf(event));
    if (item) this.#open(item);
    else if (event instanceof MouseEvent && this.#desk.hasSheet) this.#desk.book.press(event);
  }

  protected override render(): TemplateResult {
    const desk = this.#desk;
    const words = desk.words.now;
    const { date, state: query } = desk.day;
    return html`<div
        class="frame ${desk.size.widthClass} ${words.wall(0).length > 5 ? 'long-times' : ''}"
        @keydown=${desk.keyboard.handleKey}
      >
        <div class="probe probe-time"></div>
        <div class="probe probe-room"></div>
        ${offlineStrip({ words, state: query })}
        ${bar({
          words,
          date,
          view: desk.view,
          range: desk.day.range,
          views: this.views ?? OFFERED,
          choose: (view) => this.#choose(view),
          canGoToday: desk.day.today !== undefined,
          counts: desk.counts,
          isRefreshing: query.status === 'pending',
          canRefresh: desk.canRefresh,
          tags: this.#tags(),
          go: (to) => this.#go(to),
          refresh: () => void this.refresh(),
        })}
        ${this.#body()}
      </div>
      ${desk.details.render()}${desk.renderDialogs()}${desk.live.render()}`;
  }

  /** What is said of the whole day at the end of the bar: how old it is, and that nothing can be moved. */
  #tags(): TemplateResult {
    const { words, day, access } = this.#desk;
    const { shared } = words.now;
    const answer = answerOf(day.state);
    const old = answer && day.state.status === 'error' ? words.now.time(answer.at.getTime()) : undefined;
    const why = day.view && access.whyReadOnly;
    return html`${old === undefined ? nothing : html`<span class="tag info">${icon('history')}${shared.t('asOf', old)}</span>`}
    ${why === undefined ? nothing : html`<span class="tag" title=${why}>${icon('lock')}${shared.t('readOnly')}</span>`}`;
  }

  /** The day; or the question for the zone, and what stands there while there is no day to show. */
  #body(): TemplateResult {
    const desk = this.#desk;
    const words = desk.words.now;
    const { zone, view, state: query, date = '' } = desk.day;
    if (zone.state === 'ask') {
      const ask = desk.late.now?.askZone;
      return ask ? ask(words, zone.suggestions, this.zoneError, (chosen) => this.#chooseZone(chosen)) : loading(query, { words, date });
    }
    if (view) {
      return drawDay(desk, view, {
        go: (day) => this.#go(day),
        openDay: (day) => this.#openDay(day),
        refresh: () => void this.refresh(),
        open: (item) => this.#open(item),
        click: (event) => this.#handleClick(event),
      });
    }
    return query.status === 'error' ? failed(query, { words, date, retry: () => void this.refresh() }) : loading(query, { words, date });
  }
}
