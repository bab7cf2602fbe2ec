import { html, nothing, type TemplateResult } from 'lit';
import type { LocalizeController } from '../base/localize.controller.js';
import { answerOf, type QueryAnswer, type QueryState } from '../base/query.controller.js';
import type { common } from '../locales/en/common.js';
import { icon, type IconName } from './icon.js';
import { section, type SectionContent } from './section.js';

/** A line and what it rests on: "Allergies could not load", "Do not assume there are none." */
export interface SectionWords {
  line: unknown;
  detail?: unknown;
}

export interface QuerySectionContent<T> {
  query: QueryState<T>;
  title: string;
  icon?: IconName;
  level?: 2 | 3 | 4;
  part?: string;
  id?: string;
  /** How many rows the data has; 0 draws `empty`, if the answer is complete. */
  count: (data: T) => number;
  rows: (data: T) => unknown;
  /** For screen readers while it loads: "Loading allergies". */
  loading: string;
  empty: SectionWords;
  /** Nothing could be read. */
  failed: SectionWords;
  /** Part could not be read, or rows were withheld; left out, the words of the answer's own warnings are shown. */
  partial?: (data: T) => SectionWords;
  /** Instead of `failed` where the user may not see it; left out, the common words. */
  forbidden?: SectionWords;
  meta?: unknown;
  foot?: unknown;
  retry: () => void;
  /** The time of a copy, in the clinic's zone. */
  when: (at: Date) => string;
  words: LocalizeController<typeof common>;
}

/** A section that shows one query in all the states that a query can have: look.md, 10. */
export function querySection<T>(content: QuerySectionContent<T>): TemplateResult {
  const { title, icon: name, level, part, id, meta } = content;
  return section({ title, icon: name, level, part, id, meta, ...stateOf(content) });
}

function stateOf<T>(content: QuerySectionContent<T>): Omit<SectionContent, 'title'> {
  const { query, words } = content;
  const answer = answerOf(query);
  if (answer) return answered(content, answer);
  if (query.status === 'error') return failure(content, query.error.kind);
  const { skeleton, slow } = query.status === 'pending' ? query : { skeleton: false, slow: false };
  return { state: 'loading', loading: { skeleton, slow, label: content.loading, slowLabel: words.t('stillLoading') } };
}

/** Rows at full strength; a tag and a foot say what they lack: wholeness first, then freshness. */
function answered<T>(content: QuerySectionContent<T>, answer: QueryAnswer<T>): Omit<SectionContent, 'title'> {
  const { query, words } = content;
  const n = content.count(answer.data);
  const foot = freshness(content) ?? content.foot;
  if (!answer.complete) {
    const warnings = answer.warnings.map(({ message }) => html`<span>${message} </span>`);
    const told = content.partial?.(answer.data) ?? { line: words.t('incomplete'), detail: warnings.length ? warnings : undefined };
    return {
      state: 'partial',
      tag: words.t('incomplete'),
      count: n,
      body: content.rows(answer.data),
      ...told,
      actions: retry(content),
      foot,
    };
  }
  const old = query.status === 'error' || (query.status === 'pending' && query.skeleton);
  const rows = n === 0 ? content.empty : { body: content.rows(answer.data) };
  if (old) return { state: 'stale', tag: words.t('asOf', content.when(answer.at)), count: n, ...rows, foot };
  return n === 0 ? { state: 'empty', ...rows, foot } : { state: 'ready', count: n, ...rows, foot };
}

/** What is being done about the age of the rows. A quick refresh changes nothing to look at. */
function freshness<T>(content: QuerySectionContent<T>): TemplateResult | undefined {
  const { query, words } = content;
  if (query.status === 'error') {
    return html`${icon('cloud-off', 'xs')}<span>${words.t('notUpdated')} ${words.t(`why-${query.error.kind}`)}</span> ${retry(content)}`;
  }
  if (query.status !== 'pending' || !query.skeleton) return undefined;
  return html`${icon('refresh', 'xs')}<span>${words.t('updating')}</span>`;
}

function failure<T>(
  content: QuerySectionContent<T>,
  kind: Extract<QueryState<T>, { status: 'error' }>['error']['kind'],
): Omit<SectionContent, 'title'> {
  const { words } = content;
  if (kind === 'forbidden' || kind === 'break-glass') {
    return { state: 'no-access', tag: words.t('noAccess'), ...(content.forbidden ?? { line: words.t(`why-${kind}`) }) };
  }
  const { line, detail } = content.failed;
  return {
    state: 'failed',
    tag: words.t(kind === 'offline' ? 'offline' : 'didNotLoad'),
    line,
    detail: html`${words.t(`why-${kind}`)} ${detail ?? nothing}`,
    actions: kind === 'unsupported' ? undefined : retry(content),
  };
}

function retry<T>({ retry, words }: QuerySectionContent<T>): TemplateResult {
  return html`<button class="btn btn-sm" type="button" @click=${retry}>${icon('refresh', 'xs')}${words.t('tryAgain')}</button>`;
}
