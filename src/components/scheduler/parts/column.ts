import { html, nothing, type TemplateResult } from 'lit';
import { EVERYBODY, providerKey, type DayBlock, type DayColumn, type DayItem } from '../../../models/scheduling/index.js';
import { cssProperties } from '../../base/css-properties.js';
import { icon } from '../../ui/icon.js';
import type { Words } from '../words.js';
import { boxList } from '../box-list.js';
import type { BoxContext, BoxMoment } from './box.js';

/** Time that is not for booking: hatched off hours, breaks and blocked time with their word. */
function block(blocked: DayBlock, words: Words): TemplateResult {
  const { localize } = words;
  const place = cssProperties({ '--from': blocked.from, '--len': blocked.to - blocked.from });
  if (blocked.kind === 'off') {
    return html`<li class="block off" ${place}>
      <span class="vh">${localize.t('offHours', words.range(blocked.start, blocked.end))}</span>
    </li>`;
  }
  if (blocked.kind === 'skipped' || blocked.kind === 'twice') {
    const by = words.minutes(blocked.to - blocked.from);
    return html`<li class="block off clocks" ${place}>
      <span>${localize.t(blocked.kind === 'skipped' ? 'clocksForward' : 'clocksBack', by)}</span>
    </li>`;
  }
  const word = blocked.reason ?? localize.t(blocked.kind === 'break' ? 'breakTime' : 'closed');
  return html`<li class="block pause" ${place}>
    <span>${word}<span class="vh"> ${words.range(blocked.start, blocked.end)}</span></span>
  </li>`;
}

/** One tag for each clash, above the later of the two: where there is room for a word. Elsewhere their frames say it. */
function clashTags({ items }: DayColumn, { words }: BoxContext): readonly (TemplateResult | typeof nothing)[] {
  return items.map((item) => {
    const earlier = items.find((other) => item.clashes.includes(other.id));
    if (!earlier || items.indexOf(earlier) > items.indexOf(item)) return nothing;
    return html`<li class="clash-tag" aria-hidden="true" ${cssProperties({ '--from': item.from })}>
      ${icon('alert-triangle')}${words.localize.t('overlap')}
    </li>`;
  });
}

/** Whom and which day a column is of, as far as others beside it differ in that. */
export function columnName({ key, date, provider, axis }: DayColumn, words: Words): string {
  if (providerKey(key) === EVERYBODY) return words.day(date, 'short');
  const name = words.provider(provider);
  return axis.wall === undefined ? name : words.localize.t('columnOfDay', name, words.day(date, 'short'));
}

export function columnLabel(column: DayColumn, words: Words): string {
  return words.localize.t('columnLabel', columnName(column, words), column.items.length + column.allDay.length);
}

/** A provider's day: one labelled list. */
export function column(drawn: DayColumn, context: BoxContext, moment: BoxMoment, part: Stretch): TemplateResult {
  const { words } = context;
  const isSeen = part.to > part.from;
  const items = within(drawn.items, part, moment);
  return html`<ol
    class="col"
    role="list"
    part="column"
    aria-label=${columnLabel(drawn, words)}
    data-column=${drawn.key}
    ${boxList({ items, context, moment, isTimed: true })}
  >
    ${isSeen ? drawn.blocks.map((each) => block(each, words)) : nothing}
    ${isSeen && context.width >= 120 && drawn.items.some(({ clashes }) => clashes.length > 0) ? clashTags(drawn, context) : nothing}
  </ol>`;
}

/** Minutes of the axis that are drawn; none where the column is far from what is seen. */
export interface Stretch {
  from: number;
  to: number;
}

/** What is drawn of a column: what lies in the stretch, and what a person has hold of, wherever that is. */
function within(items: readonly DayItem[], { from, to }: Stretch, { active, moving, selected }: BoxMoment): readonly DayItem[] {
  const isDrawn = (item: DayItem): boolean =>
    (item.from < to && (item.to > from || item.from >= from)) || item.key === active || item.key === selected || item.id === moving;
  return items.every(isDrawn) ? items : items.filter(isDrawn);
}

/** The part of a column above the grid. */
export function allDayColumn(drawn: DayColumn, context: BoxContext, moment: BoxMoment, _part: Stretch): TemplateResult {
  return html`<ol
    class="col"
    role="list"
    aria-label=${`${context.words.localize.t('allDay')}, ${columnLabel(drawn, context.words)}`}
    ${boxList({ items: drawn.allDay, context, moment, isTimed: false })}
  ></ol>`;
}
