import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import {
  columnKey,
  DAY,
  dateAt,
  EVERYBODY,
  isDate,
  MINUTE,
  offsetIn,
  providerKey,
  resolveWall,
  UNASSIGNED,
  wallAt,
  wallOfDate,
  type DayItem,
  type DayView,
} from '../../models/scheduling/index.js';
import { DialogController } from '../ui/dialog.js';
import { icon } from '../ui/icon.js';
import type { DayController } from './day.controller.js';
import type { MoveController } from './move.controller.js';
import { checkList } from './parts/checks.js';
import type { Place } from './reschedule.controller.js';
import type { Words } from './words.js';

export interface MoveDialogOptions {
  day: DayController;
  move: MoveController;
  words: () => Words;
  save: (item: DayItem, place: Place) => void;
}

interface Fields {
  item: DayItem;
  date: string;
  time: string;
  column: string;
  /** Told only after an attempt: nobody is corrected while typing. */
  tried: boolean;
}

const TIME = /^(\d\d):(\d\d)(?::\d\d)?$/;

/**
 * "Move to…": the same move by date, time and provider fields, without dragging (WCAG 2.5.7). Owns its fields. What it finds is
 * checked against the day that is loaded; for another day it is said that nothing was checked.
 */
export class MoveDialogController implements ReactiveController {
  readonly #options: MoveDialogOptions;
  readonly #dialog: DialogController<'move'>;
  #fields: Fields | undefined;

  constructor(host: ReactiveControllerHost, options: MoveDialogOptions) {
    this.#options = options;
    this.#dialog = new DialogController(host);
    host.addController(this);
  }

  hostConnected(): void {}

  async open(item: DayItem): Promise<void> {
    const { view } = this.#options.day;
    if (!view) return;
    const wall = new Date(wallAt(view.table, item.start)).toISOString();
    this.#fields = { item, date: wall.slice(0, 10), time: wall.slice(11, 16), column: providerKey(item.column), tried: false };
    const { words } = this.#options;
    const answer = await this.#dialog.ask({
      title: words().localize.t('moveDialog', words().name(item)),
      icon: 'arrows-move',
      body: this.#body(),
      actions: this.#actions(),
    });
    const fields = this.#fields;
    const place = this.#place();
    this.#fields = undefined;
    if (answer !== 'move' || !fields || !place) return;
    if (place.start !== fields.item.start || place.column !== fields.item.column) this.#options.save(fields.item, place);
  }

  render(): TemplateResult {
    return this.#dialog.render();
  }

  #set(change: Partial<Fields>): void {
    if (!this.#fields) return;
    this.#fields = { ...this.#fields, ...change };
    this.#dialog.update({ body: this.#body(), actions: this.#actions() });
  }

  /** The wall time asked for; undefined while a field is not a date or a time. */
  #wall(): number | undefined {
    const [, hour, minute] = TIME.exec(this.#fields?.time ?? '') ?? [];
    const midnight = isDate(this.#fields?.date) ? wallOfDate(this.#fields.date) : undefined;
    return midnight === undefined || hour === undefined || Number(hour) > 23
      ? undefined
      : midnight + (Number(hour) * 60 + Number(minute)) * MINUTE;
  }

  #place(): Place | undefined {
    const wall = this.#wall();
    const { view } = this.#options.day;
    return wall === undefined || !view || !this.#fields ? undefined : this.#placeAt(view, resolveWall(view.table, wall).instant);
  }

  /** A start with the provider that was chosen: their column on that day, where it is shown. */
  #placeAt(view: DayView, start: number): Place {
    const provider = this.#fields?.column ?? UNASSIGNED;
    const column = view.columns.find(({ key, axis }) => providerKey(key) === provider && start >= axis.start && start < axis.end);
    return { start, column: column?.key ?? (view.dates.length === 1 ? provider : columnKey(provider, dateAt(start, view.zone), false)) };
  }

  #submit(): void {
    if (this.#place()) this.#dialog.close('move');
    else this.#set({ tried: true });
  }

  #actions(): TemplateResult {
    const words = this.#options.words();
    const place = this.#place();
    return html`<button class="btn" type="button" @click=${() => this.#dialog.close()}>${words.shared.t('cancel')}</button>
      <button class="btn btn-primary" type="button" data-move="save" @click=${() => this.#submit()}>
        ${place ? words.localize.t('moveToTime', words.time(place.start)) : words.localize.t('moveTo')}
      </button>`;
  }

  #body(): TemplateResult {
    const words = this.#options.words();
    const { localize } = words;
    const { view } = this.#options.day;
    const fields = this.#fields;
    if (!view || !fields) return html``;
    // Each provider once, however many days have a column of theirs.
    const columns = [...new Map(view.columns.map((column) => [providerKey(column.key), column]))].filter(
      ([key, { provider }]) =>
        key === fields.column || key === providerKey(fields.item.column) || (key !== UNASSIGNED && provider?.reference !== undefined),
    );
    const wrong = (name: 'date' | 'time', isWrong: boolean): TemplateResult | typeof nothing =>
      isWrong
        ? html`<p class="err" id="move-${name}-error">
            ${icon('alert-circle', 'xs')}${localize.t(name === 'date' ? 'dateWrong' : 'timeWrong')}
          </p>`
        : nothing;
    const dateWrong = fields.tried && !isDate(fields.date);
    const timeWrong = fields.tried && !TIME.test(fields.time);
    const value = (event: Event): string => (event.target as HTMLInputElement | HTMLSelectElement).value;
    return html`<div class="fields">
        <div>
          <label class="lbl" for="move-date">${localize.t('date')}</label>
          <input
            class="in"
            id="move-date"
            type="date"
            required
            .value=${fields.date}
            aria-invalid=${dateWrong ? 'true' : nothing}
            aria-describedby=${dateWrong ? 'move-date-error' : nothing}
            @input=${(event: Event) => this.#set({ date: value(event) })}
          />
          ${wrong('date', dateWrong)}
        </div>
        <div>
          <label class="lbl" for="move-time">${localize.t('startTime')}</label>
          <input
            class="in"
            id="move-time"
            type="time"
            required
            .value=${fields.time}
            aria-invalid=${timeWrong ? 'true' : nothing}
            aria-describedby=${timeWrong ? 'move-time-error' : nothing}
            @input=${(event: Event) => this.#set({ time: value(event) })}
          />
          ${wrong('time', timeWrong)}
        </div>
        <div class="wide">
          <label class="lbl" for="move-provider">${localize.t('provider')}</label>
          <span class="sel"
            ><select class="in" id="move-provider" @change=${(event: Event) => this.#set({ column: value(event) })}>
              ${columns.map(
                ([key, { provider }]) =>
                  html`<option value=${key} ?selected=${key === fields.column}>
                    ${key === EVERYBODY ? fields.item.providers.map((own) => words.provider(own)).join(', ') || words.provider(undefined) : words.provider(provider)}
                  </option>`,
              )}</select
            >${icon('chevron-down')}</span
          >
        </div>
      </div>
      <div aria-live="polite">${this.#found()}</div>`;
  }

  /** What would follow, as far as it can be told. */
  #found(): TemplateResult | typeof nothing {
    const words = this.#options.words();
    const { localize } = words;
    const { view } = this.#options.day;
    const fields = this.#fields;
    const wall = this.#wall();
    if (!view || !fields || wall === undefined) return nothing;
    const { instant, kind } = resolveWall(view.table, wall);
    const place = this.#placeAt(view, instant);
    const checks = this.#options.move.checksAt(fields.item, place);
    const provider = view.columns.find(({ key }) => key === place.column)?.provider;
    const skipped =
      kind === 'skipped'
        ? html`<p class="sm">${localize.t('timeSkipped', words.wall(instant + offsetIn(view.table, instant)))}</p>`
        : nothing;
    const unchecked = html`<ul class="checks">
      <li>
        <span>${icon('circle-dashed')}</span
        ><span
          >${localize.t('check-other-day', words.day(new Date(Math.floor(wall / DAY) * DAY).toISOString().slice(0, 10), 'short'))}</span
        >
      </li>
    </ul>`;
    return html`${skipped}${checks ? checkList(checks, words, { provider, item: fields.item }) : unchecked}`;
  }
}
