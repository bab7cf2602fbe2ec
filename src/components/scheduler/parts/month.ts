import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { DayColumn, DayView } from '../../../models/scheduling/index.js';
import { boxList } from '../box-list.js';
import type { BoxContext, BoxMoment } from './box.js';
import { columnLabel } from './column.js';

export interface MonthContent {
  view: DayView;
  context: BoxContext;
  moment: BoxMoment;
  /** The date that the month is of, and today. */
  date: string;
  today: string | undefined;
  go: (date: string) => void;
}

/** Boxes of a day before "5 more". */
const MOST = 3;

function cell(column: DayColumn, { context, moment, date, today, go }: MonthContent): TemplateResult {
  const { words } = context;
  const all = [...column.allDay, ...column.items];
  // What a person has hold of is shown, whatever comes before it.
  const items = all.filter((item, i) => i < MOST || item.key === moment.active || item.key === moment.selected);
  const more = all.length - items.length;
  const isOutside = column.date.slice(0, 7) !== date.slice(0, 7);
  return html`<div class="cell ${isOutside ? 'outside' : ''} ${column.date === today ? 'today' : ''}">
    <button
      class="day-b"
      type="button"
      aria-label=${words.localize.t('openDay', words.day(column.date, 'long'))}
      aria-current=${column.date === today ? 'date' : nothing}
      @click=${() => go(column.date)}
    >
      ${Number(column.date.slice(8))}
    </button>
    <ol
      class="col"
      role="list"
      part="column"
      data-column=${column.key}
      aria-label=${columnLabel(column, words)}
      ${boxList({ items, context, moment, isTimed: false })}
    ></ol>
    ${more > 0 ? html`<button class="more" type="button" @click=${() => go(column.date)}>${words.localize.t('moreThatDay', more)}</button>` : nothing}
  </div>`;
}

/** A month: whole weeks, each day with its first appointments and the way to the day. */
export function month(content: MonthContent): TemplateResult {
  const { view, context, moment, today } = content;
  const { words } = context;
  return html`<div class="month" part="month">
    <div class="month-heads" aria-hidden="true">
      ${view.columns.slice(0, 7).map(({ date }) => html`<span>${words.weekdayName(date)}</span>`)}
    </div>
    <div class="cells">
      ${view.columns.map((column) => {
        const own = (key: string | undefined): string | undefined => (key?.endsWith(`@${column.key}`) ? key : undefined);
        const [active, selected] = [own(moment.active), own(moment.selected)];
        return guard([column, context, active, selected, moment.moving, today, content.date], () => cell(column, content));
      })}
    </div>
  </div>`;
}
