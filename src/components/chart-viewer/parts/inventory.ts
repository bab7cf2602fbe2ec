/** "Also in this record": counts of everything that no section shows, so that nothing is silently missing. */
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../ui/icon.js';
import { section } from '../../ui/section.js';
import type { InventoryState } from '../chart.state.js';
import { codedWord, type Words } from '../words.js';
import { failureDetail } from './failure.js';

export interface InventoryContext {
  words: Words;
  retry(what: 'inventory'): void;
}

export function inventory(state: InventoryState, { words, retry }: InventoryContext): TemplateResult {
  const common = { id: 'inventory', title: words.t('title.inventory'), icon: 'versions', level: 3, part: 'section inventory' } as const;
  const again = html`<button type="button" class="btn btn-sm" @click=${() => retry('inventory')}>
    ${icon('refresh')}${words.t('action.retry')}
  </button>`;
  const { inventory: counts } = state;
  if (!counts) {
    if (state.load === 'loading')
      return section({
        ...common,
        state: 'loading',
        loading: {
          skeleton: state.skeleton,
          slow: state.slow,
          label: words.t('state.loading.inventory'),
          slowLabel: words.t('inventory.counting'),
        },
      });
    return section({
      ...common,
      state: 'failed',
      tag: words.t('state.failed'),
      line: words.t('failed.inventory'),
      detail: failureDetail(state.error, words),
      actions: again,
    });
  }
  const body = html`<ul class="counts">
    ${counts.lines.map(({ type, count }) => html`<li><span>${codedWord('type', type, words)}</span>${count === undefined ? html`<span class="muted">${words.t('inventory.unknown')}</span>` : html`<span class="num">${words.format.number(count)}</span>`}</li>`)}
  </ul>`;
  const none = counts.lines.length === 0;
  if (none && counts.complete) return section({ ...common, state: 'empty', line: words.t('empty.inventory') });
  const foot = words.t('inventory.note');
  if (!counts.complete)
    return section({
      ...common,
      state: 'partial',
      body: none ? nothing : body,
      tag: words.t('state.incomplete'),
      line: words.t('inventory.incomplete'),
      actions: again,
      foot,
    });
  return section({ ...common, state: 'ready', body, foot });
}
