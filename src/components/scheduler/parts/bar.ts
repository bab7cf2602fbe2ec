import { html, nothing, type TemplateResult } from 'lit';
import type { DayCounts, DayView, ScheduleView, ViewRange, ZoneTable } from '../../../models/scheduling/index.js';
import { offsetIn } from '../../../models/scheduling/index.js';
import { icon } from '../../ui/icon.js';
import type { Words } from '../words.js';

export interface BarContent {
  words: Words;
  /** Undefined while the clinic's zone, and with it today, is not known. */
  date: string | undefined;
  view: ScheduleView;
  range: ViewRange | undefined;
  /** Views to choose from; none where there is but one. */
  views: readonly ScheduleView[];
  choose: (view: ScheduleView) => void;
  canGoToday: boolean;
  /** Only where the day is loaded. `whole` false: "28+". */
  counts: (DayCounts & { whole: boolean }) | undefined;
  isRefreshing: boolean;
  /** Tags at the end: read only, the age of a copy. */
  tags: unknown;
  canRefresh: boolean;
  go: (date: string | 'today' | 'previous' | 'next') => void;
  refresh: () => void;
}

function sum({ counts, words }: BarContent): TemplateResult | typeof nothing {
  if (!counts) return nothing;
  const { localize } = words;
  const { booked, clashes, notConfirmed, whole } = counts;
  return html`<span class="sum" part="counts"
    >${localize.t('booked', booked, whole)}${clashes > 0 ? html` · <span class="alarm">${localize.t('clashes', clashes, whole)}</span>` : nothing}${
      notConfirmed > 0 ? html` · ${localize.t('notConfirmedCount', notConfirmed, whole)}` : nothing
    }</span
  >`;
}

/** Opens the calendar wherever the field is pressed. In a frame of another origin that throws: the field's own ways are left there. */
function openPicker(event: Event): void {
  try {
    (event.target as HTMLInputElement).showPicker?.();
  } catch {
    // It has the focus, and takes a date by keyboard.
  }
}

/** How the steps back and on are called, by what they go by. */
const STEPS = {
  day: { previous: 'previousDay', next: 'nextDay' },
  week: { previous: 'previousWeek', next: 'nextWeek' },
  month: { previous: 'previousMonth', next: 'nextMonth' },
} as const;

function titleOf(words: Words, view: ScheduleView, date: string, range: ViewRange | undefined): string {
  return view === 'day' || !range ? words.day(date) : words.days(range.first, range.days, view === 'month' ? date : undefined);
}

function segments(
  { localize }: Words,
  view: ScheduleView,
  views: readonly ScheduleView[],
  choose: (view: ScheduleView) => void,
): TemplateResult {
  return html`<div class="seg" role="group" aria-label=${localize.t('view')} part="views">
    ${views.map(
      (each) =>
        html`<button type="button" aria-pressed=${each === view ? 'true' : 'false'} @click=${() => choose(each)}>
          ${localize.t(`view-${each}`)}
        </button>`,
    )}
  </div>`;
}

/** Today, one day back or on, the date with what is booked on it, and what can be done with the whole. */
export function bar(content: BarContent): TemplateResult {
  const { words, date, view, range, views, choose, canGoToday, isRefreshing, tags, canRefresh, go, refresh } = content;
  const { localize } = words;
  const step = (to: 'previous' | 'next', name: 'chevron-left' | 'chevron-right'): TemplateResult =>
    html`<button
      class="btn btn-quiet btn-icon"
      type="button"
      aria-label=${localize.t(STEPS[view === 'day' || view === 'month' ? view : 'week'][to])}
      ?disabled=${date === undefined}
      @click=${() => go(to)}
    >
      ${icon(name, 'md')}
    </button>`;
  const pick = (event: Event): void => {
    const { value } = event.target as HTMLInputElement;
    if (value !== '') go(value);
  };
  return html`<div class="bar" part="bar">
    <div class="row">
      <button class="btn" type="button" ?disabled=${!canGoToday} @click=${() => go('today')}>${localize.t('today')}</button>
      <span class="row tight">${step('previous', 'chevron-left')}${step('next', 'chevron-right')}</span>
    </div>
    ${date === undefined ? nothing : html`<h2 id="day" tabindex="-1">${titleOf(words, view, date, range)}</h2>`}
    <span class="pick">
      <span class="btn btn-quiet btn-icon" aria-hidden="true">${icon('calendar-event', 'md')}</span>
      <input
        type="date"
        aria-label=${localize.t('goToDate')}
        .value=${date ?? ''}
        ?disabled=${date === undefined}
        @change=${pick}
        @click=${openPicker}
      />
    </span>
    ${sum(content)}
    <span class="grow"></span>
    ${tags} ${views.length > 1 ? segments(words, view, views, choose) : nothing}
    ${
      canRefresh
        ? html`<button
            class="btn btn-quiet btn-icon"
            type="button"
            aria-label=${localize.t('refresh')}
            aria-busy=${isRefreshing ? 'true' : nothing}
            @click=${refresh}
          >
            ${icon('refresh', 'md')}
          </button>`
        : nothing
    }
    <slot name="actions"></slot>
  </div>`;
}

/** Which zone the times are in, and how the viewer's own clock stands to it; only where they differ. */
export function zoneLine(words: Words, { bounds, zone, table }: DayView, viewer: ZoneTable): TemplateResult {
  const { localize } = words;
  const noon = (bounds.start + bounds.end) / 2;
  const minutes = (offsetIn(viewer, noon) - offsetIn(table, noon)) / 60_000;
  const difference = localize.t(minutes > 0 ? 'ahead' : 'behind', words.minutes(minutes));
  return html`<p class="zones" part="zones">
    ${icon('clock', 'xs')} ${localize.t('clinicTime', words.zone(zone, noon))}
    ${localize.t('viewerTime', words.zone(viewer.zone, noon), difference)}
  </p>`;
}

/** What edges and marks mean: the services and states that are on this day. */
export function legend({ services, states }: DayView, words: Words): TemplateResult | typeof nothing {
  if (services.length === 0 && states.length === 0) return nothing;
  const { localize } = words;
  return html`<div class="legend" part="legend">
    <div>
      <h3>${localize.t('service')}</h3>
      <ul>
        ${services.map(({ label, slot }) => html`<li class="h${slot}"><span class="edge"></span>${label}</li>`)}
      </ul>
    </div>
    <div class="states">
      <h3>${localize.t('status')}</h3>
      <ul>
        ${states.map((state) => html`<li class="s-${state}"><span class="mark"></span>${words.state(state)}</li>`)}
      </ul>
    </div>
  </div>`;
}
