/** A section of the chart in each of its states. Only a whole answer may say "none", and only where somebody said so. */
import { html, nothing, type TemplateResult } from 'lit';
import { countCurrent, isBlank, type SectionView } from '../../../models/charting/index.js';
import { icon, type IconName } from '../../ui/icon.js';
import { section, type SectionContent } from '../../ui/section.js';
import type { Panel, SectionState } from '../chart.state.js';
import type { Shown, Words } from '../words.js';
import { failureDetail, gapSentences, offeredSentences, withheldSentences } from './failure.js';
import { groups, type GroupContext } from './groups.js';

export interface PanelContext extends GroupContext {
  /** Undefined where there is nothing to ask: on plain records. */
  retry: ((section: Panel) => void) | undefined;
  requestAccess(section: Panel): void;
  time(at: Date): string;
}

export const PANEL_ICONS: Readonly<Record<Panel, IconName>> = {
  allergies: 'shield-exclamation',
  problems: 'stethoscope',
  medications: 'pill',
  encounters: 'calendar-event',
};

function retryButton(panel: Panel, { retry, words }: PanelContext): TemplateResult | undefined {
  return (
    retry &&
    html`<button type="button" class="btn btn-sm" @click=${() => retry(panel)}>${icon('refresh')}${words.t('action.retry')}</button>`
  );
}

type Stated = Pick<SectionContent, 'state'> & Partial<SectionContent>;

/** Nothing was read: each way of that looks different. */
function without(panel: Panel, state: SectionState, context: PanelContext): Stated {
  const { words } = context;
  switch (state.load) {
    case 'forbidden':
      return {
        state: 'no-access',
        tag: words.t('state.noAccess'),
        line: words.t(`forbidden.${panel}`),
        detail: state.reason ?? words.t('forbidden.detail'),
      };
    case 'break-glass':
      return {
        state: 'no-access',
        tag: words.t('state.noAccess'),
        line: words.t(`breakGlass.${panel}`),
        detail: words.t('breakGlass.detail'),
        actions: html`<button type="button" class="btn btn-sm" @click=${() => context.requestAccess(panel)}>
          ${words.t('action.breakGlass')}
        </button>`,
      };
    case 'unsupported':
      return {
        state: 'not-asked',
        tag: words.t('state.notOffered'),
        line: words.t(`unsupported.${panel}`),
        detail: words.t('unsupported.detail'),
      };
    case 'failed':
      return {
        state: 'failed',
        tag: words.t('state.failed'),
        line: words.t(`failed.${panel}`),
        detail: `${failureDetail(state.error, words)} ${words.t('failed.none')}`,
        actions: retryButton(panel, context),
      };
    default:
      return {
        state: 'loading',
        loading: { skeleton: state.skeleton, slow: state.slow, label: words.t(`state.loading.${panel}`), slowLabel: words.t('state.slow') },
      };
  }
}

/** A whole and fresh answer. */
function settled(panel: Panel, view: SectionView, words: Words): Stated {
  if (!isBlank(view)) return { state: view.groups.length === 0 ? 'empty' : 'ready' };
  if (panel === 'encounters') return { state: 'empty', line: words.t('empty.encounters') };
  const [newest] = view.emptyReasons;
  if (newest?.code === 'nilknown' && newest.settled) return { state: 'empty', line: words.t(`none.${panel}.all`) };
  return {
    state: 'not-asked',
    tag: words.t(newest?.code === 'notasked' ? 'state.notAsked' : 'state.notRecorded'),
    ...(newest ? {} : { line: words.t(`empty.${panel}`), detail: words.t(`empty.${panel}.detail`) }),
  };
}

function withView(panel: Panel, state: SectionState, view: SectionView, context: PanelContext): Stated {
  const { words } = context;
  const old = state.load !== 'ready' && (state.load !== 'loading' || state.skeleton);
  const foot = [
    ...(old ? [words.t(state.load === 'loading' ? 'state.updating' : 'state.notUpdated')] : []),
    ...offeredSentences(state.gaps, words),
  ];
  const asOf = old && state.at ? words.t('state.asOf', context.time(state.at)) : undefined;
  const common = {
    body: groups(panel, view, state.complete, context),
    count: countCurrent(view) || undefined,
    foot:
      foot.length === 0 && !old
        ? undefined
        : html`${foot.join(' ')} ${old && state.load !== 'loading' ? retryButton(panel, context) : nothing}`,
  };
  if (!state.complete) {
    return {
      ...common,
      state: 'partial',
      tag: words.t('state.incomplete'),
      meta: asOf,
      line: words.t(`partial.${panel}`),
      detail: [...withheldSentences(state, words), ...gapSentences(state.gaps, words)].join(' '),
      actions: retryButton(panel, context),
    };
  }
  if (old) return { ...common, state: 'stale', tag: asOf };
  const stated = settled(panel, view, words);
  return { ...common, ...stated };
}

export function panel(name: Panel, state: SectionState, context: PanelContext): TemplateResult {
  const { words } = context;
  const stated = state.view ? withView(name, state, state.view, context) : without(name, state, context);
  return section({ id: name, title: words.t(`title.${name}`), icon: PANEL_ICONS[name], level: 3, part: `section ${name}`, ...stated });
}

/** What stands beside a section's name in the navigation: a count where it is known, else why there is none. */
export function navCount(state: SectionState, words: Words): Shown {
  if (!state.view) {
    if (state.load === 'loading') return nothing;
    const denied = state.load === 'forbidden' || state.load === 'break-glass';
    const name: IconName = denied ? 'lock' : state.load === 'failed' ? 'cloud-off' : 'help-circle';
    const text = words.t(denied ? 'state.noAccess' : state.load === 'failed' ? 'state.failed' : 'state.notOffered');
    return html`<span class=${state.load === 'failed' ? 'st danger' : 'st'}>${icon(name)}<span class="vh">${text}</span></span>`;
  }
  const count = countCurrent(state.view);
  if (state.complete && isBlank(state.view)) return nothing;
  return html`<span class="count">${words.format.number(count)}${state.complete ? nothing : '+'}</span
    >${state.complete ? nothing : html`<span class="vh"> (${words.t('state.incomplete')})</span>`}`;
}
