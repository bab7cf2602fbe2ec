/** A section of the chart in each of its states. Only a whole answer may say "none", and only where somebody said so. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import {
  countCurrent,
  isBlank,
  type AllergyRow,
  type ChartRow,
  type EmptyReason,
  type EncounterRow,
  type MedicationRow,
  type ProblemRow,
  type RowGroup,
  type SectionView,
} from '../../../models/charting/index.js';
import { icon, type IconName } from '../../ui/icon.js';
import { section, type SectionContent } from '../../ui/section.js';
import type { Panel, SectionState } from '../chart.state.js';
import { byWords, dotted, said, whenWords, type Shown, type Words } from '../words.js';
import { disclosure, entry, statement, type EntryContext } from './entry.js';
import { allergyParts, encounterParts, medicationParts, problemParts, type RowParts } from './rows.js';
import { failureDetail, gapSentences, offeredSentences, withheldSentences } from './failure.js';

export interface PanelContext extends EntryContext {
  /** Groups that are shown in full. */
  expanded: ReadonlySet<string>;
  expand(group: string, all: boolean): void;
  retry(section: Panel): void;
  requestAccess(section: Panel): void;
  time(at: Date): string;
}

export const PANEL_ICONS: Readonly<Record<Panel, IconName>> = {
  allergies: 'shield-exclamation',
  problems: 'stethoscope',
  medications: 'pill',
  encounters: 'calendar-event',
};

/** Rows of a group that are shown before "Show all". */
const FIRST: Readonly<Partial<Record<string, number>>> = { 'encounters.finished': 8 };
const FIRST_OF_ANY = 60;

function partsOf(panel: Panel, row: ChartRow, words: Words): RowParts {
  switch (panel) {
    case 'problems':
      return problemParts(row as ProblemRow, words);
    case 'allergies':
      return allergyParts(row as AllergyRow, words);
    case 'medications':
      return medicationParts(row as MedicationRow, words);
    case 'encounters':
      return encounterParts(row as EncounterRow, words);
  }
}

type GroupKey = Parameters<typeof groupName>[0];
function groupName(
  key:
    | `problems.${ProblemRow['group']}`
    | `allergies.${AllergyRow['group']}`
    | `medications.${MedicationRow['group']}`
    | `encounters.${EncounterRow['group']}`,
  words: Words,
): string {
  return words.t(key);
}

function list(panel: Panel, key: string, rows: readonly ChartRow[], context: PanelContext): TemplateResult {
  const first = FIRST[key] ?? FIRST_OF_ANY;
  const all = context.expanded.has(key) || rows.length <= first;
  const { words } = context;
  return html`<ul class="rows">
      ${repeat(
        all ? rows : rows.slice(0, first),
        (row) => row.key,
        (row) => entry(row, partsOf(panel, row, words), context),
      )}
    </ul>
    ${
      rows.length <= first
        ? nothing
        : html`<div class="all">
            <button
              type="button"
              class="btn btn-quiet btn-sm"
              aria-expanded=${all ? 'true' : 'false'}
              @click=${() => context.expand(key, !all)}
            >
              ${icon(all ? 'chevron-up' : 'chevron-down')}${all ? words.t('action.showFewer') : words.t('action.showAll', rows.length)}
            </button>
          </div>`
    }`;
}

/** Folded away and counted: what is over, and what must not be taken for current. An order not to give is never folded. */
function group(panel: Panel, { name, standing, rows }: RowGroup, alone: boolean, context: PanelContext): TemplateResult {
  const { words } = context;
  const key = `${panel}.${name}` as GroupKey;
  const title = html`<span class="grp-t">${groupName(key, words)}</span> <span class="count">${words.format.number(rows.length)}</span>`;
  if (name === 'do-not')
    return html`<div class="grp danger">
      <h4>${icon('ban')}${title}</h4>
      ${list(panel, key, rows, context)}
    </div>`;
  if (standing === 'current')
    return html`<div class="grp">${alone ? nothing : html`<h4>${title}</h4>`}${list(panel, key, rows, context)}</div>`;
  return disclosure(key, html`${icon('chevron-down')}${title}`, () => list(panel, key, rows, context), context, `fold ${standing}`);
}

function reason(one: EmptyReason, words: Words): TemplateResult {
  return html`<li class="entry">
    <div class="entry-b">
      <p class="entry-n"><span class="name">${words.t(`reason.${one.code}`)}</span></p>
      <p class="sub">
        ${dotted([said(one.title), whenWords(one.when, words, 'days'), byWords(one.by, words)])}${one.settled ? nothing : html` · ${words.t('reason.unsettled')}`}
      </p>
      ${one.words === undefined ? nothing : html`<p class="sub pre">${said(one.words)}</p>`}
    </div>
  </li>`;
}

function body(panel: Panel, state: SectionState, view: SectionView, context: PanelContext): TemplateResult {
  const { words } = context;
  const currents = view.groups.filter(({ standing, name }) => standing === 'current' && name !== 'do-not');
  const onlyPast = currents.length === 0 && view.groups.length > 0 && view.statements.length === 0 && state.complete;
  return html`
    ${
      view.contradiction && panel !== 'encounters'
        ? html`<p class="notice warning flat">${icon('alert-triangle')}<span>${words.t(`contradiction.${panel}`)}</span></p>`
        : nothing
    }
    ${
      view.statements.length === 0
        ? nothing
        : html`<ul class="rows">
            ${view.statements.map((one) => statement(one, context))}
          </ul>`
    }
    ${onlyPast ? html`<p class="only-past">${words.t(`onlyPast.${panel}`)}</p>` : nothing}
    ${view.groups.map((one) => group(panel, one, currents.length === 1 && one.name !== 'unknown', context))}
    ${
      view.emptyReasons.length === 0
        ? nothing
        : html`<ul class="rows reasons">
            ${view.emptyReasons.map((one) => reason(one, words))}
          </ul>`
    }
  `;
}

type Stated = Pick<SectionContent, 'state'> & Partial<SectionContent>;

/** Nothing was read: each way of that looks different. */
function without(panel: Panel, state: SectionState, context: PanelContext): Stated {
  const { words } = context;
  const retry = html`<button type="button" class="btn btn-sm" @click=${() => context.retry(panel)}>
    ${icon('refresh')}${words.t('action.retry')}
  </button>`;
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
        actions: retry,
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
  const retry = html`<button type="button" class="btn btn-sm" @click=${() => context.retry(panel)}>
    ${icon('refresh')}${words.t('action.retry')}
  </button>`;
  const foot = [
    ...(old ? [words.t(state.load === 'loading' ? 'state.updating' : 'state.notUpdated')] : []),
    ...offeredSentences(state.gaps, words),
  ];
  const asOf = old && state.at ? words.t('state.asOf', context.time(state.at)) : undefined;
  const common = {
    body: body(panel, state, view, context),
    count: countCurrent(view) || undefined,
    foot: foot.length === 0 && !old ? undefined : html`${foot.join(' ')} ${old && state.load !== 'loading' ? retry : nothing}`,
  };
  if (!state.complete) {
    return {
      ...common,
      state: 'partial',
      tag: words.t('state.incomplete'),
      meta: asOf,
      line: words.t(`partial.${panel}`),
      detail: [...withheldSentences(state, words), ...gapSentences(state.gaps, words)].join(' '),
      actions: retry,
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
