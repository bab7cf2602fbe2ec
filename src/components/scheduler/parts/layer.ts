import { html, nothing, type TemplateResult } from 'lit';
import { minuteOf, type DayColumn, type DayView } from '../../../models/scheduling/index.js';
import { cssProperties } from '../../base/css-properties.js';
import { icon } from '../../ui/icon.js';
import type { Moving } from '../move.controller.js';
import type { Failure } from '../reschedule.controller.js';
import type { Words } from '../words.js';
import { boxLines, boxText, serviceBeside, type BoxContext } from './box.js';
import { checkList } from './checks.js';

export interface LayerContent {
  view: DayView;
  columns: readonly DayColumn[];
  context: BoxContext;
  isNarrow: boolean;
  moving: Moving | undefined;
  failures: readonly Failure[];
  /** Minutes of a step, for the key hints. */
  step: number;
  why: (failure: Failure) => string;
  drop: () => void;
  putBack: () => void;
  retry: (failure: Failure) => void;
  dismiss: (failure: Failure) => void;
}

/** Which side of its column a card stands on: where there are more columns. */
function side(index: number, columns: readonly DayColumn[], isNarrow: boolean): string {
  if (isNarrow) return 'below';
  return index < columns.length / 2 ? 'after' : 'before';
}

/** The box in the hand, where it would land, and the card that says what would follow. */
function moving({ view, columns, context, isNarrow, moving: held, step, drop, putBack }: LayerContent): TemplateResult | typeof nothing {
  if (!held) return nothing;
  const { item, place, checks, by } = held;
  const { words } = context;
  const { localize } = words;
  const index = columns.findIndex(({ key }) => key === place.column);
  if (index < 0) return nothing;
  const provider = columns[index]?.provider;
  const length = item.end - item.start;
  const at = cssProperties({ '--from': minuteOf(columns[index]!.axis, view.table, place.start), '--len': length / 60_000, '--col': index });
  const wasWith = words.provider(view.columns.find(({ key }) => key === item.column)?.provider);
  const service = serviceBeside(item, words) ?? '';
  const lines = length >= 40 * 60_000 ? 3 : 2;
  const seen = boxText({ ...item, start: place.start }, words, words.age(item, view.date), { detail: 'full', lines, width: context.width });
  return html`
    <div class="drop ${checks.some(({ level }) => level === 'stop') ? 'stop' : ''}" part="drop" ${at}></div>
    <div class="lifted ev-lift s-${item.state} h${item.slot ?? 0} lines-${lines}" aria-hidden="true" ${at}>
      <div class="ev-b">${boxLines(seen)}</div>
    </div>
    <section class="card ${side(index, columns, isNarrow)}" part="move-card" aria-label=${localize.t('moveTo')} ${at}>
      <h3>${localize.t('moveHeading', words.range(place.start, place.start + length), words.provider(provider))}</h3>
      <p class="sub">
        ${localize.t('moveWas', words.name(item), words.minutes(length / 60_000), service, words.time(item.start), wasWith)}
      </p>
      ${checkList(checks, words, { provider, item })}
      ${
        isNarrow
          ? nothing
          : html`${
                by === 'keyboard'
                  ? html`<div class="acts">
                      <button class="btn btn-sm" type="button" data-move="back" @click=${putBack}>${localize.t('putBack')}</button>
                      <button class="btn btn-sm btn-primary" type="button" data-move="drop" @click=${drop}>
                        ${localize.t('moveToTime', words.time(place.start))}
                      </button>
                    </div>`
                  : nothing
              }
              <div class="keys">
                <span><kbd class="kbd">Enter</kbd> ${localize.t('keyDrop')}</span
                ><span><kbd class="kbd">Esc</kbd> ${localize.t('keyPutBack')}</span>
                <span><kbd class="kbd">↑</kbd><kbd class="kbd">↓</kbd> ${words.minutes(step)}</span>
              </div>`
      }
    </section>
  `;
}

/** A move that was not made, said beside the box that is back in its place. */
function failure(failed: Failure, { columns, context, isNarrow, why, retry, dismiss }: LayerContent): TemplateResult | typeof nothing {
  const { words } = context;
  const index = columns.findIndex(({ key }) => key === failed.item.column);
  if (index < 0) return nothing;
  const at = cssProperties({ '--from': failed.item.from, '--len': failed.item.to - failed.item.from, '--col': index });
  return html`<section
    class="card fail-card ${side(index, columns, isNarrow)}"
    part="failure"
    aria-label=${words.localize.t('notMoved', words.name(failed.item))}
    ${at}
  >
    <h3>${icon(failed.error.kind === 'offline' ? 'wifi-off' : 'alert-circle')}${words.localize.t('notMoved', words.name(failed.item))}</h3>
    <p class="sub">${why(failed)}</p>
    <div class="acts">
      ${
        failed.error.kind === 'gone' || failed.error.kind === 'not-found'
          ? nothing
          : html`<button class="btn btn-sm" type="button" @click=${() => retry(failed)}>
              ${icon('refresh', 'xs')}${words.shared.t('tryAgain')}
            </button>`
      }
      <button class="btn btn-sm btn-quiet" type="button" @click=${() => dismiss(failed)}>${words.localize.t('dismiss')}</button>
    </div>
  </section>`;
}

export function layer(content: LayerContent): unknown {
  return html`${moving(content)}${content.failures.map((failed) => failure(failed, content))}`;
}

/** On a narrow screen: put back and move, within reach of a thumb. */
export function tray({ place }: Moving, words: Words, drop: () => void, putBack: () => void): TemplateResult {
  return html`<div class="tray" part="tray">
    <button class="btn" type="button" data-move="back" @click=${putBack}>${words.localize.t('putBack')}</button>
    <button class="btn btn-primary" type="button" data-move="drop" @click=${drop}>
      ${words.localize.t('moveToTime', words.time(place.start))}
    </button>
  </div>`;
}
