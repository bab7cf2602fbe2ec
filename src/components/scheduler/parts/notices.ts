import { html, nothing, type TemplateResult } from 'lit';
import type { CareErrorKind } from '../../../models/errors.js';
import { answerOf, type QueryState, type QueryWarning } from '../../base/query.controller.js';
import { icon } from '../../ui/icon.js';
import type { Words } from '../words.js';

export interface NoticesContent {
  words: Words;
  state: QueryState<unknown>;
  /** Who works when could not be read, or only in part. */
  hoursMissing: boolean;
  notice: { text: string; date: string | undefined } | undefined;
  retry: () => void;
  showDay: (date: string) => void;
  dismissNotice: () => void;
}

/** Warnings of the client in words of the schedule. */
function warningText({ code, count = 0, message }: QueryWarning, { localize }: Words): string {
  switch (code) {
    case 'other-patient':
    case 'undecided-patient':
    case 'invalid-entry':
      return localize.t('withheld', count);
    case 'page-budget':
    case 'refused-link':
      return localize.t('morePages');
    case 'ignored-parameter':
      return localize.t('ignoredParameter');
    case 'outside-range':
      return localize.t('otherDays', count);
    case 'server-outcome':
      return localize.t('namesMissing');
    default:
      return message;
  }
}

function again({ words, retry }: NoticesContent): TemplateResult {
  return html`<button class="btn btn-sm" type="button" @click=${retry}>${icon('refresh', 'xs')}${words.shared.t('tryAgain')}</button>`;
}

/** The answer is less than the whole: a gap on the grid may be an appointment that nobody sees. */
function partial(content: NoticesContent, warnings: readonly QueryWarning[]): TemplateResult {
  const { localize } = content.words;
  return html`<div class="gap all" part="partial" role="status">
    <p class="note-t">${icon('cloud-off')}${localize.t('partialDay')}</p>
    <p class="note-d">${localize.t('partialDetail')} ${warnings.map((warning) => `${warningText(warning, content.words)} `)}</p>
    <div class="acts">${again(content)}</div>
  </div>`;
}

/** Dark strip on top: what is shown is a copy. */
export function offlineStrip({ words, state }: Pick<NoticesContent, 'words' | 'state'>): TemplateResult | typeof nothing {
  const answer = answerOf(state);
  if (state.status !== 'error' || state.error.kind !== 'offline' || !answer) return nothing;
  return html`<p class="offline-strip" part="offline">
    ${icon('wifi-off')}<span>${words.localize.t('offlineSince', words.time(answer.at.getTime()))}</span>
  </p>`;
}

/** What the schedule lacks, and what happened that is not seen on it; nothing where there is nothing to say. */
export function notices(content: NoticesContent): TemplateResult | typeof nothing {
  const { words, state, hoursMissing } = content;
  const answer = answerOf(state);
  // Offline has a strip of its own.
  const isStale = state.status === 'error' && answer !== undefined && state.error.kind !== 'offline';
  const asides = answer?.complete ? answer.warnings.filter(({ code }) => code === 'server-outcome' || code === 'outside-range') : [];
  const small = [...asides.map((warning) => warningText(warning, words)), ...(hoursMissing ? [words.localize.t('hoursMissing')] : [])];
  const told = [
    ...(isStale ? [stale(content, state.error.kind)] : []),
    ...(answer && !answer.complete ? [partial(content, answer.warnings)] : []),
    ...(small.length > 0 ? [html`<p class="xs muted">${icon('info-circle', 'xs')} ${small.join(' ')}</p>`] : []),
    ...(content.notice ? [happened(content, content.notice)] : []),
  ];
  return told.length === 0 ? nothing : html`<div class="notices">${told}</div>`;
}

/** What is shown is older than it could be, and why. */
function stale(content: NoticesContent, kind: CareErrorKind): TemplateResult {
  const { shared } = content.words;
  return html`<div class="notice warning" role="status">
    ${icon('history')}
    <p class="notice-t">${shared.t('notUpdated')}</p>
    <p>${shared.t(`why-${kind}`)}</p>
    ${again(content)}
  </div>`;
}

function happened(
  { words, showDay, dismissNotice }: NoticesContent,
  { text, date }: { text: string; date: string | undefined },
): TemplateResult {
  const { localize } = words;
  return html`<div class="notice success" part="notice" role="status">
    ${icon('check')}
    <p>${text}</p>
    <div class="acts">
      ${date === undefined ? nothing : html`<button class="btn btn-sm" type="button" @click=${() => showDay(date)}>${localize.t('showDay', words.day(date, 'short'))}</button>`}
      <button class="btn btn-sm btn-quiet" type="button" @click=${dismissNotice}>${localize.t('dismiss')}</button>
    </div>
  </div>`;
}
