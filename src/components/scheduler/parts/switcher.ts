import { html, type TemplateResult } from 'lit';
import type { DayColumn } from '../../../models/scheduling/index.js';
import { icon } from '../../ui/icon.js';
import type { Words } from '../words.js';
import { columnName } from './column.js';

/** On a narrow screen one provider is shown: this row of 44 px goes to the others. */
export function switcher(columns: readonly DayColumn[], index: number, words: Words, show: (key: string) => void): TemplateResult {
  const { localize } = words;
  const shown = columns[index];
  const name = (column: DayColumn | undefined): string => (column ? columnName(column, words) : '');
  const step = (to: number, label: 'previousProvider' | 'nextProvider', glyph: 'chevron-left' | 'chevron-right'): TemplateResult => {
    const target = columns[(to + columns.length) % columns.length];
    return html`<button
      class="btn btn-icon"
      type="button"
      aria-label=${localize.t(label, name(target))}
      ?disabled=${columns.length < 2}
      @click=${() => target && show(target.key)}
    >
      ${icon(glyph, 'md')}
    </button>`;
  };
  return html`<div class="who" part="switcher">
    ${step(index - 1, 'previousProvider', 'chevron-left')}
    <span class="btn who-b">
      <span class="avatar" aria-hidden="true">${shown?.provider?.initials ?? '–'}</span>
      <span class="who-n" aria-hidden="true"
        ><span class="strong">${name(shown)}</span
        ><span class="xs muted">${shown?.provider?.role ?? localize.t('booked', shown?.items.length ?? 0, true)}</span></span
      >
      ${icon('chevron-down')}
      <select aria-label=${localize.t('provider')} @change=${(event: Event) => show((event.target as HTMLSelectElement).value)}>
        ${columns.map((column, i) => html`<option value=${column.key} ?selected=${i === index}>${name(column)}</option>`)}
      </select>
    </span>
    ${step(index + 1, 'nextProvider', 'chevron-right')}
  </div>`;
}
