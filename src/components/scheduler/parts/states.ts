import { html, nothing, type TemplateResult } from 'lit';
import type { NearestDays } from '../../../client/scheduling.js';
import type { ApartItem, DayView } from '../../../models/scheduling/index.js';
import type { QueryState } from '../../base/query.controller.js';
import { icon } from '../../ui/icon.js';
import { section } from '../../ui/section.js';
import type { Words } from '../words.js';

interface Asked {
  words: Words;
  date: string;
  retry: () => void;
}

/** While the first answer is awaited: nothing for 300 ms, then columns to come. */
export function loading(state: QueryState<unknown> | undefined, { words, date }: Pick<Asked, 'words' | 'date'>): TemplateResult {
  const { skeleton, slow } = state?.status === 'pending' ? state : { skeleton: false, slow: false };
  const column = html`<span><i></i><i></i><i></i><i></i></span>`;
  return html`<div aria-busy="true">
    <p class="vh">${words.localize.t('loadingDay', words.day(date, 'long'))}</p>
    ${slow ? html`<p class="notices muted">${words.shared.t('stillLoading')}</p>` : nothing}
    <div class="bones-grid" aria-hidden="true">${skeleton ? [column, column, column, column, column] : nothing}</div>
  </div>`;
}

/** Nothing could be read. It never looks like an empty day. */
export function failed(state: Extract<QueryState<unknown>, { status: 'error' }>, { words, date, retry }: Asked): TemplateResult {
  const { localize, shared } = words;
  const { kind } = state.error;
  const again = html`<button class="btn btn-sm" type="button" @click=${retry}>${icon('refresh', 'xs')}${shared.t('tryAgain')}</button>`;
  const title = words.day(date);
  const isForbidden = kind === 'forbidden' || kind === 'break-glass';
  return html`<div class="instead" role="alert">
    ${
      isForbidden
        ? section({
            state: 'no-access',
            title,
            tag: shared.t('noAccess'),
            line: localize.t('forbiddenDay'),
            detail: shared.t(`why-${kind}`),
          })
        : section({
            state: 'failed',
            title,
            tag: shared.t(kind === 'offline' ? 'offline' : 'didNotLoad'),
            line: localize.t('failedDay', words.day(date, 'short')),
            detail: `${shared.t(`why-${kind}`)} ${localize.t('doNotAssumeFree')}`,
            actions: kind === 'unsupported' ? undefined : again,
          })
    }
  </div>`;
}

export interface EmptyContent {
  words: Words;
  date: string;
  /** When the day was asked for; undefined for data that were given. */
  at: Date | undefined;
  nearest: QueryState<NearestDays>;
  go: (date: string) => void;
}

/** Asked and answered: none. With the way to the nearest day that has some. */
export function empty({ words, date, at, nearest, go }: EmptyContent): TemplateResult {
  const { localize } = words;
  const days = nearest.status === 'complete' ? nearest.data : undefined;
  const way = (day: string | undefined, key: 'nextBooked' | 'lastBooked'): TemplateResult | typeof nothing =>
    day === undefined
      ? nothing
      : html`<button class="btn btn-sm" type="button" @click=${() => go(day)}>
          ${icon('calendar-event', 'xs')}${localize.t(key, words.day(day, 'short'))}
        </button>`;
  const none = days && days.before === undefined && days.after === undefined;
  return html`<div class="instead" part="empty">
    ${section({
      state: 'empty',
      title: words.day(date),
      icon: 'calendar',
      line: localize.t('emptyDay', words.day(date, 'short')),
      detail: at ? localize.t('emptyChecked', words.time(at.getTime())) : localize.t('emptyGiven'),
      actions: html`<div class="acts">
        ${way(days?.after, 'nextBooked')}${way(days?.before, 'lastBooked')}
        ${none ? html`<span class="note-d">${localize.t('noneBooked')}</span>` : nothing}
        ${nearest.status === 'pending' && nearest.skeleton ? html`<span class="note-d">${localize.t('lookingForDays')}</span>` : nothing}
      </div>`,
    })}
  </div>`;
}

/** Appointments that have no place on the grid, each with its reason: nothing may vanish. */
export function apart({ apart: items, leftOut }: DayView, words: Words, open: (item: ApartItem) => void): TemplateResult | typeof nothing {
  const { localize } = words;
  const counted = [
    ...(leftOut.enteredInError > 0 ? [localize.t('leftOutError', leftOut.enteredInError)] : []),
    ...(leftOut.expiredHolds > 0 ? [localize.t('leftOutHolds', leftOut.expiredHolds)] : []),
  ];
  if (items.length === 0 && counted.length === 0) return nothing;
  if (items.length === 0) return html`<p class="notices xs muted">${counted.join(' ')}</p>`;
  return html`<div class="notices">
    <div class="notice info" part="apart">
      ${icon('info-circle')}
      <p class="notice-t">${localize.t('apart', items.length)}</p>
      <ul>
        ${items.map(
          (item) =>
            html`<li>
              <button class="btn btn-link" type="button" data-apart=${item.id} @click=${() => open(item)}>
                <bdi>${words.name(item)}</bdi>
              </button>
              ${item.start === undefined ? nothing : html`${words.time(item.start)} · `}${localize.t(`apart-${item.reason}`)}
            </li>`,
        )}
      </ul>
      ${counted.length > 0 ? html`<p class="xs">${counted.join(' ')}</p>` : nothing}
    </div>
  </div>`;
}
