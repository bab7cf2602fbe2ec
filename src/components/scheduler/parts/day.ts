import { html, nothing, type TemplateResult } from 'lit';
import type { ApartItem, DayItem, DayView } from '../../../models/scheduling/index.js';
import { answerOf, type QueryState } from '../../base/query.controller.js';
import { cssProperties } from '../../base/css-properties.js';
import type { Desk } from '../desk.js';
import { legend, zoneLine } from './bar.js';
import { notices } from './notices.js';
import { sheet } from './sheet.js';
import { apart, empty } from './states.js';
import { switcher } from './switcher.js';

export interface DayActions {
  go: (date: string) => void;
  /** Shows a day alone. */
  openDay: (date: string) => void;
  refresh: () => void;
  open: (item: ApartItem | DayItem) => void;
  click: (event: Event) => void;
}

/** A day that is loaded: its key, what it lacks, what has no place, and the sheet. */
export function drawDay(desk: Desk, view: DayView, actions: DayActions): TemplateResult {
  const words = desk.words.now;
  const { columns, size, move } = desk;
  const viewer = desk.viewer.for(view);
  return html`
    ${size.isNarrow && desk.hasSheet && view.columns.length > 1 ? switcher(view.columns, view.columns.indexOf(columns[0]!), words, (key) => desk.show(key)) : nothing}
    ${legend(view, words)} ${viewer ? zoneLine(words, view, viewer) : nothing} ${drawNotices(desk, view, actions)}
    ${columns.length === 0 ? nothing : drawBody(desk, view, actions)}
    ${size.isNarrow && move.moving ? desk.late.now?.tray(move.moving, words, drop(desk), putBack(desk)) : nothing}
  `;
}

const drop =
  ({ move }: Desk) =>
  (): void =>
    void move.drop();
const putBack =
  ({ move }: Desk) =>
  (): void =>
    move.putBack();

/** Whether it is not known, or not wholly, who works when: as far as was ever answered. */
function lacksHours(directory: QueryState<unknown>): boolean {
  const answer = answerOf(directory);
  return answer ? !answer.complete : directory.status === 'error';
}

function drawNotices({ day, words, reschedule, canRefresh }: Desk, view: DayView, { go, refresh, open }: DayActions): unknown {
  const { state, directory, blocked, nearest, isEmpty } = day;
  return html`${notices({
    words: words.now,
    state,
    hoursMissing: lacksHours(directory) || (blocked.status === 'error' && answerOf(blocked) === undefined),
    notice: reschedule.notice,
    retry: refresh,
    showDay: go,
    dismissNotice: () => reschedule.clear(),
  })}
  ${apart(view, words.now, open)}
  ${isEmpty ? empty({ words: words.now, date: view.date, at: canRefresh ? answerOf(state)?.at : undefined, nearest, go }) : nothing}`;
}

/** The one button that stands for all empty time; shown while it has the focus. */
function bookCursor({ book }: Desk): TemplateResult | typeof nothing {
  const { place } = book;
  if (!place) return nothing;
  const { minute, index, label, start, end } = place;
  return html`<button
    class="book"
    type="button"
    part="book"
    ${cssProperties({ '--from': minute, '--len': (end - start) / 60_000, '--col': index })}
    @click=${book.handlePress}
    @keydown=${book.handleKey}
  >
    ${label}
  </button>`;
}

/** The view that was chosen, of what is loaded. */
function drawBody(desk: Desk, view: DayView, actions: DayActions): TemplateResult {
  const { words, move, keyboard, details, day } = desk;
  if (desk.hasSheet) return drawSheet(desk, view, actions);
  const late = desk.late.now;
  if (!late) return html`<div class="instead"></div>`;
  const { openDay: go, open, click } = actions;
  if (desk.view === 'agenda') {
    return late.agenda({
      view,
      words: words.now,
      whyFixed: (item) => move.whyNot(item),
      open,
      move: (item) => void desk.openMoveDialog(item),
      go,
    });
  }
  const moment = { active: keyboard.active, moving: undefined, selected: details.key };
  return html`<p class="vh" id="hint">${words.now.localize.t('boxHint')}</p>
    <div class="month-box" part="grid" @click=${click} @focusin=${keyboard.handleFocus}>
      ${late.month({ view, context: desk.monthBoxes, moment, date: day.date ?? view.date, today: day.today, go })}
    </div>`;
}

function drawSheet(desk: Desk, view: DayView, { click, openDay }: DayActions): TemplateResult {
  const { columns, size, move, reschedule, keyboard, pointer, details } = desk;
  const words = desk.words.now;
  const { isNarrow } = size;
  const context = desk.boxes;
  // Fetched when a pointer or the focus came near; where it was not, the box goes without its card until it has come.
  const isNeeded = move.moving !== undefined || reschedule.failures.size > 0;
  const over =
    isNeeded &&
    desk.late.now?.layer({
      view,
      columns,
      context,
      isNarrow,
      moving: move.moving,
      failures: [...reschedule.failures.values()],
      step: desk.step,
      why: ({ error, item }) => reschedule.why(error, item),
      drop: drop(desk),
      putBack: putBack(desk),
      retry: ({ item }) => void reschedule.retry(item.id),
      dismiss: ({ item }) => reschedule.dismiss(item.id),
    });
  return html`<p class="vh" id="hint">${words.localize.t('boxHint')}</p>
    <div
      class="scroll ${isNarrow ? 'one' : ''}"
      part="grid"
      role="region"
      aria-label=${words.localize.t('schedule', words.day(view.date, 'long'))}
      aria-describedby="hint"
      tabindex=${desk.day.isEmpty ? '0' : nothing}
      @click=${click}
      @focusin=${(event: FocusEvent) => {
        desk.preload();
        keyboard.handleFocus(event);
      }}
      @pointerdown=${pointer.handleDown}
      @pointerenter=${desk.preload}
      @scroll=${desk.window.handleScroll}
    >
      ${sheet({
        view,
        columns,
        context,
        moment: { active: keyboard.active, moving: move.moving?.item.id, selected: details.key },
        viewer: desk.viewer.for(view),
        now: desk.now,
        isNarrow,
        drawn: desk.window.drawn,
        layer: over || nothing,
        go: openDay,
        book: bookCursor(desk),
      })}
    </div>`;
}
