import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { DayColumn, DayItem, DayView } from '../../../models/scheduling/index.js';
import { icon } from '../../ui/icon.js';
import type { Words } from '../words.js';
import { serviceBeside } from './box.js';

export interface AgendaContent {
  view: DayView;
  words: Words;
  /** Why an appointment cannot be moved; undefined when it can. */
  whyFixed: (item: DayItem) => string | undefined;
  open: (item: DayItem) => void;
  move: (item: DayItem) => void;
  go: (date: string) => void;
}

function row(item: DayItem, { words, whyFixed, open, move }: AgendaContent): TemplateResult {
  const { localize } = words;
  const name = words.name(item);
  const time = words.time(item.start);
  const why = whyFixed(item);
  const places = item.places.flatMap(({ name: place }) => place ?? []).join(', ');
  return html`<tr class="s-${item.state} h${item.slot ?? 0} ${item.clashes.length > 0 ? 'clash' : ''}">
    <td class="tnum">${item.allDay ? localize.t('allDay') : words.range(item.start, item.end)}</td>
    <th scope="row"><bdi>${name}</bdi></th>
    <td><span class="edge"></span>${serviceBeside(item, words) ?? nothing}</td>
    <td>${item.providers.map((provider) => words.provider(provider)).join(', ') || localize.t('unassigned')}</td>
    <td>${places}</td>
    <td>
      <span class="st s-${item.state}"><span class="mark"></span>${item.pending ? localize.t('saving') : words.status(item)}</span>
      ${item.clashes.length > 0 ? html`<span class="tag danger">${icon('alert-triangle', 'xs')}${localize.t('overlap')}</span>` : nothing}
    </td>
    <td class="do">
      <button
        class="btn btn-sm"
        type="button"
        part="appointment ${item.state}"
        data-key=${item.key}
        aria-label=${localize.t('openNamed', name, time)}
        @click=${() => open(item)}
      >
        ${localize.t('open')}
      </button>
      <button
        class="btn btn-sm"
        type="button"
        data-move-key=${item.key}
        aria-label=${localize.t('moveNamed', name, time)}
        ?disabled=${why !== undefined}
        title=${why ?? nothing}
        @click=${() => move(item)}
      >
        ${localize.t('move')}
      </button>
    </td>
  </tr>`;
}

/** A day of the list: its own table, so that a screen reader can go from day to day by heading or by table. */
function day(column: DayColumn, content: AgendaContent): TemplateResult {
  const { words, go } = content;
  const { localize } = words;
  const items = [...column.allDay, ...column.items];
  const title = words.day(column.date, 'long');
  return html`<section class="agenda-day" aria-label=${title}>
    <h3>
      <button class="day-b" type="button" aria-description=${localize.t('openDay', title)} @click=${() => go(column.date)}>
        ${words.day(column.date, 'short')}
      </button>
    </h3>
    ${
      items.length === 0
        ? html`<p class="muted sm">${localize.t('nothingListed')}</p>`
        : html`<table class="tbl">
            <caption class="vh">
              ${localize.t('listCaption', title)}
            </caption>
            <thead>
              <tr>
                <th scope="col">${localize.t('time')}</th>
                <th scope="col">${localize.t('patient')}</th>
                <th scope="col">${localize.t('service')}</th>
                <th scope="col">${localize.t('provider')}</th>
                <th scope="col">${localize.t('room')}</th>
                <th scope="col">${localize.t('status')}</th>
                <th scope="col"><span class="vh">${localize.t('actions')}</span></th>
              </tr>
            </thead>
            <tbody>
              ${repeat(
                items,
                ({ key }) => key,
                (item) => row(item, content),
              )}
            </tbody>
          </table>`
    }
  </section>`;
}

/** The list: seven days as tables, with every action of the grid and none of its dragging (WCAG 2.5.7). */
export function agenda(content: AgendaContent): TemplateResult {
  return html`<div class="agenda" part="agenda">${content.view.columns.map((column) => day(column, content))}</div>`;
}
