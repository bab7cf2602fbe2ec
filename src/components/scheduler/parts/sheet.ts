import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { minuteOf, type DayColumn, type DayView, type ZoneTable } from '../../../models/scheduling/index.js';
import { cssProperties } from '../../base/css-properties.js';
import type { Words } from '../words.js';
import type { BoxContext, BoxMoment } from './box.js';
import type { Drawn } from '../window.controller.js';
import { allDayColumn, column } from './column.js';

export interface SheetContent {
  view: DayView;
  /** Those that are shown: all, or the one provider of a narrow screen. */
  columns: readonly DayColumn[];
  context: BoxContext;
  moment: BoxMoment;
  /** The viewer's zone, where its clocks show another time than the clinic's. */
  viewer: ZoneTable | undefined;
  now: number;
  isNarrow: boolean;
  /** Which part is drawn. */
  drawn: Drawn;
  /** What lies over the grid. */
  layer: unknown;
  /** The cursor for empty time. */
  book: unknown;
  /** Opens a day. */
  go: (date: string) => void;
}

/** A column's head; empty where it is far from what is seen. */
function head(column: DayColumn, { words, isByDay }: BoxContext, isSeen: boolean, go: (date: string) => void): TemplateResult {
  if (!isSeen) return html`<div class="head"></div>`;
  const { key, date, provider, working } = column;
  if (isByDay) return html`<div class="head" part="provider" data-head=${key}>${dayHead(date, words, go)}</div>`;
  const { localize } = words;
  const name = words.provider(provider);
  const role = provider ? (provider.role ?? '') : localize.t('unassignedRole');
  const hours = provider && working?.length === 0 ? localize.t('notWorkingToday') : undefined;
  return html`<div class="head" part="provider" data-head=${key}>
    <span class="avatar" aria-hidden="true">${provider?.initials ?? '–'}</span>
    <div>
      <h3><bdi>${name}</bdi></h3>
      <p>${[role, hours].filter((text) => text !== undefined && text !== '').join(' · ')}</p>
    </div>
  </div>`;
}

/** A day's name, that opens it. */
function dayHead(date: string, words: Words, go: (date: string) => void): TemplateResult {
  return html`<h3>
    <button class="day-b" type="button" aria-description=${words.localize.t('openDay', words.day(date, 'long'))} @click=${() => go(date)}>
      ${words.weekday(date)}
    </button>
  </h3>`;
}

/** The days above their providers: each as wide as it has columns. */
function dayHeads(view: DayView, columns: readonly DayColumn[], words: Words, go: (date: string) => void): TemplateResult {
  return html`<div class="days-row">
    <span class="corner"></span>
    ${view.dates.map((date) => {
      const span = columns.filter((column) => column.date === date).length;
      return html`<div class="day-head" ${cssProperties({ '--span': span })}>${dayHead(date, words, go)}</div>`;
    })}
  </div>`;
}

function hours({ axis }: DayView, { words }: BoxContext, viewer: ZoneTable | undefined): TemplateResult {
  return html`<ol aria-hidden="true">
    ${axis.ticks.map(
      ({ minute, wall, instant }) =>
        html`<li ${cssProperties({ '--from': minute })}>
          ${words.wall(wall)}${viewer ? html`<span class="yours">${words.timeIn(viewer, instant)}</span>` : nothing}
        </li>`,
    )}
  </ol>`;
}

/** Lines at each hour and half hour. One layer for all columns: a gradient could not follow a day on which clocks change. */
function rules({ axis }: DayView): TemplateResult {
  return html`<div class="rules" aria-hidden="true">
    ${axis.ticks.map(({ minute }, i) => {
      const next = axis.ticks[i + 1]?.minute ?? axis.minutes;
      return html`<i class=${next - minute > 30 ? '' : 'whole-only'} ${cssProperties({ '--from': minute })}></i>`;
    })}
  </div>`;
}

function changes({ axis }: DayView, { words }: BoxContext): TemplateResult[] {
  return axis.changes.map(({ minute, by }) => {
    const text = words.localize.t(by > 0 ? 'clocksForward' : 'clocksBack', words.minutes(by));
    return html`<p class="change" ${cssProperties({ '--from': minute })}><span>${text}</span></p>`;
  });
}

/** The time now, across the day; nothing on another day or outside the hours shown. */
function nowLine({ table }: DayView, columns: readonly DayColumn[], { words }: BoxContext, now: number): { line: unknown; badge: unknown } {
  const isToday = ({ axis }: DayColumn): boolean => now >= axis.start && now < axis.end;
  const first = columns.findIndex(isToday);
  const today = columns[first];
  if (!today) return { line: nothing, badge: nothing };
  const place = { '--from': minuteOf(today.axis, table, now), '--col': first, '--cols': columns.filter(isToday).length };
  return {
    line: html`<div class="now ${columns.every(isToday) ? '' : 'own'}" aria-hidden="true" ${cssProperties(place)}></div>`,
    badge: html`<span class="now-badge" aria-hidden="true" ${cssProperties(place)}>${words.time(now)}</span>`,
  };
}

/** The sheet: heads, what fills the day, the hours and a column for each provider. A column is drawn again when something in it changed. */
export function sheet({
  view,
  columns,
  context,
  moment,
  viewer,
  now,
  isNarrow,
  drawn: part,
  layer,
  book,
  go,
}: SheetContent): TemplateResult {
  const { active, moving, selected } = moment;
  const within = (drawn: DayColumn, key: string | undefined): string | undefined => (key?.endsWith(`@${drawn.key}`) ? key : undefined);
  const draw = (drawn: DayColumn, template: typeof column, place: number): unknown => {
    const isSeen = place >= part.first && place <= part.last;
    const [from, to] = isSeen ? [part.from, part.to] : [0, 0];
    const own: BoxMoment = {
      active: within(drawn, active),
      selected: within(drawn, selected),
      moving: moving !== undefined && [...drawn.items, ...drawn.allDay].some(({ id }) => id === moving) ? moving : undefined,
    };
    return guard([drawn, context, own.active, own.moving, own.selected, from, to], () => template(drawn, context, own, { from, to }));
  };
  const { line, badge } = nowLine(view, columns, context, now);
  const isSplit = view.dates.length > 1 && !view.isByDay;
  const byKey = ({ key }: DayColumn): string => key;
  return html`<div
    class="sheet ${context.width < 170 ? 'tight-columns' : ''}"
    ${cssProperties({ '--n': columns.length, '--minutes': view.axis.minutes })}
  >
    ${
      isNarrow
        ? nothing
        : html`<div class="top">
            ${isSplit ? guard([view, columns, context.words], () => dayHeads(view, columns, context.words, go)) : nothing}
            <div class="heads">
              <span class="corner"></span
              >${guard([columns, context, part.first, part.last], () => columns.map((each, i) => head(each, context, i >= part.first && i <= part.last, go)))}
            </div>
          </div>`
    }
    ${
      columns.some(({ allDay }) => allDay.length > 0)
        ? html`<div class="all-day">
            <span class="corner" aria-hidden="true">${context.words.localize.t('allDay')}</span>
            ${repeat(columns, byKey, (each, i) => draw(each, allDayColumn, i))}
          </div>`
        : nothing
    }
    <div class="grid">
      ${guard([view.axis], () => rules(view))}
      <div class="hours">${guard([view.axis, context.words, viewer], () => hours(view, context, viewer))}${badge}</div>
      ${repeat(columns, byKey, (each, i) => draw(each, column, i))} ${changes(view, context)} ${line} ${book}
      <div class="layer">${layer}</div>
    </div>
  </div>`;
}
