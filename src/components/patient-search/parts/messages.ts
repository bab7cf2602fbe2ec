import { html, nothing, type TemplateResult } from 'lit';
import type { CareError } from '../../../models/errors.js';
import type { PatientQuery, PatientRow } from '../../../models/search/index.js';
import { icon } from '../../ui/icon.js';
import type { SearchController, ShownList } from '../search.controller.js';
import { dateText, searchedFor, type Words } from './words.js';

/** How many there are, and whether that is all: the first line of the list. */
export function countLine(list: ShownList, words: Words): TemplateResult {
  const n = list.patients.length;
  if (list.more) return html`<b>${words.t('more', n)}</b> ${words.t('refine')}`;
  return html`<b>${words.t('count', n)}</b>`;
}

/** A birth date that can be read in several ways is asked, and one that is none is said: neither is guessed. */
export function birthQuestion(query: PatientQuery, words: Words, choose: (date: string) => void): TemplateResult {
  const { ambiguous, impossible } = query;
  return html`${
    impossible === undefined
      ? nothing
      : html`<div class="say warning">
          ${icon('alert-triangle')}
          <p>${words.t('impossible', impossible)}</p>
        </div>`
  }
  ${
    ambiguous
      ? html`<div class="say info">
          ${icon('help-circle')}
          <div>
            <p class="strong">${words.t('ask', ambiguous.text)}</p>
            <div class="acts" role="group" aria-label=${words.t('ask', ambiguous.text)}>
              ${ambiguous.dates.map((date) => html`<button class="btn btn-sm" type="button" @click=${() => choose(date)}>${dateText(date, words)}</button>`)}
            </div>
            <p class="note-d">${words.t('bothShown')}</p>
          </div>
        </div>`
      : nothing
  }`;
}

/** What makes the list less than the whole truth. "More exist" is said by the count. */
export function shortfall(list: ShownList, words: Words): TemplateResult | typeof nothing {
  const { failed, withheld, warnings } = list;
  if (failed === 0 && withheld === 0 && warnings.length === 0) return nothing;
  return html`<div class="gap">
    <p class="note-t">${icon('cloud-off')}${words.t('partial')}</p>
    <p class="note-d">
      ${failed > 0 ? words.t('partFailed', failed) : nothing} ${withheld > 0 ? words.t('withheld', withheld) : nothing}
      ${warnings.map((warning) => html`${warning} `)}
    </p>
  </div>`;
}

/** The words for a list without rows: "none" is said of a whole answer only. */
function noneKey({ failed, withheld, warnings }: ShownList, local: boolean): 'none' | 'noneHere' | 'noneSoFar' {
  if (local) return 'noneHere';
  return failed === 0 && withheld === 0 && warnings.length === 0 ? 'none' : 'noneSoFar';
}

/** How a search ended, for screen readers. Undefined while there is nothing to say. */
export function outcome({ list, state }: SearchController, rows: readonly PatientRow[], words: Words, local: boolean): string | undefined {
  if (!local && state.status === 'error') return `${words.t('failed')}. ${words.t(`why-${state.error.kind}`)}`;
  if (!list) return undefined;
  if (rows.length === 0) return words.t(noneKey(list, local));
  const alike = rows.find((row) => row.alike?.kind === 'same')?.alike;
  const count = list.more ? words.t('more', rows.length) : words.t('count', rows.length);
  return alike ? `${count}. ${words.t('sameNameAndBirth', alike.count)}` : count;
}

/** Nothing found. Only a whole answer may say that there is none. */
export function nobody(list: ShownList, words: Words, local: boolean): TemplateResult {
  const hasNumber = list.query.readings.some(({ number }) => number !== undefined);
  return html`<div class="note">
    <p class="note-t">${words.t(noneKey(list, local))}</p>
    <p class="note-d">${searchedFor(list.query, words)} ${hasNumber && !local ? words.t('wholeNumbers') : nothing}</p>
  </div>`;
}

export function failure(error: CareError, words: Words, retry: () => void): TemplateResult {
  if (error.kind === 'forbidden') return noAccess(words.t('forbidden'), words.t('why-forbidden'));
  return html`<div class="gap all">
    <p class="note-t">${icon(error.kind === 'offline' ? 'wifi-off' : 'cloud-off')}${words.t('failed')}</p>
    <p class="note-d">${words.t(`why-${error.kind}`)} ${words.t('failedDetail')}</p>
    <div class="acts"><button class="btn btn-sm" type="button" @click=${retry}>${icon('refresh', 'xs')}${words.t('tryAgain')}</button></div>
  </div>`;
}

function noAccess(line: string, detail: string): TemplateResult {
  return html`<div class="note shut">
    <p class="note-t">${icon('lock')} ${line}</p>
    <p class="note-d">${detail}</p>
  </div>`;
}

export function notConnected(words: Words): TemplateResult {
  return html`<div class="note">
    <p class="note-t">${words.t('notConnected')}</p>
    <p class="note-d">${words.t('notConnectedDetail')}</p>
  </div>`;
}

/** Bars in the shape of the rows to come, after a moment; words after a long one. */
export function waiting({ skeleton, slow }: { skeleton: boolean; slow: boolean }, words: Words): TemplateResult {
  return html`<div class="bones" aria-hidden="true">${skeleton ? html`<i></i><i></i><i></i><i></i>` : nothing}</div>
    ${slow ? html`<p class="note-d slow">${words.t('stillSearching')}</p>` : nothing}`;
}

export function keys(words: Words): TemplateResult {
  return html`<p class="keys" aria-hidden="true">
    <span><span class="kbd">↑</span> <span class="kbd">↓</span> ${words.t('keyMove')}</span>
    <span><span class="kbd">Enter</span> ${words.t('keyChoose')}</span>
    <span><span class="kbd">Esc</span> ${words.t('keyClose')}</span>
  </p>`;
}
