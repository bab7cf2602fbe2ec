import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PatientRow } from '../../../models/search/index.js';
import type { SearchController } from '../search.controller.js';
import { birthQuestion, countLine, failure, keys, nobody, notConnected, shortfall, waiting } from './messages.js';
import { patientOption, type RowEvents } from './row.js';
import type { Words } from './words.js';

export interface PopupContent {
  search: SearchController;
  rows: readonly PatientRow[];
  isActive: (row: PatientRow) => boolean;
  id: (row: PatientRow) => string;
  /** Searched in plain patients. */
  local: boolean;
  /** There is something to search in. */
  connected: boolean;
  events: RowEvents;
  words: Words;
}

/** What stands below the field: questions and warnings first, then the count, the patients, and what the list lacks. */
export function popup(content: PopupContent): TemplateResult {
  const { search, rows, words } = content;
  const { query } = search;
  const found = query?.enough && !search.busy && search.list !== undefined && rows.length === 0;
  return html`${query?.enough ? birthQuestion(query, words, (date) => search.chooseBirth(date)) : nothing} ${line(content)}
    <div
      class="list"
      part="list"
      id="list"
      role="listbox"
      aria-label=${words.t(query ? 'listLabel' : 'recent')}
      ?hidden=${rows.length === 0}
    >
      ${repeat(
        rows,
        ({ key }) => key,
        (row) => patientOption(row, { id: content.id(row), active: content.isActive(row), words, events: content.events }),
      )}
    </div>
    ${query ? ending(content) : nothing}
    <slot name="empty" ?hidden=${!found}></slot>
    ${rows.length > 0 ? keys(words) : nothing}`;
}

/** One line above the list. */
function line({ search, rows, words }: PopupContent): TemplateResult | typeof nothing {
  const { query, list, busy } = search;
  if (!query) return html`<p class="line">${words.t('recent')}</p>`;
  if (!query.enough) return html`<p class="line">${words.t('tooShort')}</p>`;
  if (busy) return html`<p class="line">${words.t('searching')}</p>`;
  if (!list || rows.length === 0) return nothing;
  return html`<p class="line ${list.more ? 'more' : ''}">${countLine(list, words)}</p>`;
}

/** What stands where rows end, or instead of them. */
function ending({ search, rows, words, local, connected }: PopupContent): TemplateResult | typeof nothing {
  const { query, list, state, busy } = search;
  if (!query?.enough || query.readings.length === 0) return nothing;
  if (!connected) return notConnected(words);
  if (busy) return rows.length > 0 ? nothing : waiting(state.status === 'pending' ? state : { skeleton: false, slow: false }, words);
  if (state.status === 'error' && !local) return failure(state.error, words, () => search.retry());
  if (!list) return nothing;
  return html`${rows.length === 0 ? nobody(list, words, local) : nothing}${shortfall(list, words)}`;
}
