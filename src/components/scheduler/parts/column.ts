import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { DayBlock, DayColumn, DayItem } from '../../../models/scheduling/index.js';
import { cssProperties } from '../../base/css-properties.js';
import { icon } from '../../ui/icon.js';
import type { Words } from '../words.js';
import { box, type BoxContext, type BoxMoment } from './box.js';

/** Time that is not for booking: hatched off hours, breaks and blocked time with their word. */
function block(blocked: DayBlock, words: Words): TemplateResult {
  const { localize } = words;
  const place = cssProperties({ '--from': blocked.from, '--len': blocked.to - blocked.from });
  if (blocked.kind === 'off') {
    return html`<li class="block off" ${place}>
      <span class="vh">${localize.t('offHours', words.range(blocked.start, blocked.end))}</span>
    </li>`;
  }
  const word = blocked.reason ?? localize.t(blocked.kind === 'break' ? 'breakTime' : 'closed');
  return html`<li class="block pause" ${place}>
    <span>${word}<span class="vh"> ${words.range(blocked.start, blocked.end)}</span></span>
  </li>`;
}

/** One tag for each clash, above the later of the two, where there is room for a word. */
function clashTags({ items }: DayColumn, { words, width }: BoxContext): readonly (TemplateResult | typeof nothing)[] {
  return items.map((item) => {
    const earlier = items.find((other) => item.clashes.includes(other.id));
    if (!earlier || items.indexOf(earlier) > items.indexOf(item)) return nothing;
    return html`<li class="clash-tag" aria-hidden="true" ${cssProperties({ '--from': item.from })}>
      ${icon('alert-triangle')}${width < 120 ? nothing : words.localize.t('overlap')}
    </li>`;
  });
}

export function columnLabel(column: DayColumn, words: Words): string {
  return words.localize.t('columnLabel', words.provider(column.provider), column.items.length + column.allDay.length);
}

/** A provider's day: one labelled list. */
export function column(drawn: DayColumn, context: BoxContext, moment: BoxMoment): TemplateResult {
  const { words } = context;
  return html`<ol class="col" role="list" part="column" aria-label=${columnLabel(drawn, words)} data-column=${drawn.key}>
    ${drawn.blocks.map((each) => block(each, words))}
    ${repeat(
      drawn.items,
      ({ key }: DayItem) => key,
      (item) => box(item, context, moment),
    )}
    ${drawn.items.some(({ clashes }) => clashes.length > 0) ? clashTags(drawn, context) : nothing}
  </ol>`;
}

/** The part of a column above the grid. */
export function allDayColumn(drawn: DayColumn, context: BoxContext, moment: BoxMoment): TemplateResult {
  return html`<ol class="col" role="list" aria-label=${`${context.words.localize.t('allDay')}, ${columnLabel(drawn, context.words)}`}>
    ${repeat(
      drawn.allDay,
      ({ key }: DayItem) => key,
      (item) => box(item, context, moment),
    )}
  </ol>`;
}
