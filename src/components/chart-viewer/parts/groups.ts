/** What a section holds: statements that there is none, rows in their groups, and why a list is empty. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type {
  AllergyRow,
  ChartRow,
  EmptyReason,
  EncounterRow,
  MedicationRow,
  ProblemRow,
  RowGroup,
  SectionView,
} from '../../../models/charting/index.js';
import { icon } from '../../ui/icon.js';
import type { Panel } from '../chart.state.js';
import { byWords, dotted, said, whenWords, type Words } from '../words.js';
import { disclosure, entry, statement, type EntryContext } from './entry.js';
import { allergyParts, encounterParts, medicationParts, problemParts, type RowParts } from './rows.js';

export interface GroupContext extends EntryContext {
  /** Groups that are shown in full. */
  expanded: ReadonlySet<string>;
  expand(group: string, all: boolean): void;
}

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

function list(panel: Panel, key: string, rows: readonly ChartRow[], context: GroupContext): TemplateResult {
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
function group(panel: Panel, { name, standing, rows }: RowGroup, alone: boolean, context: GroupContext): TemplateResult {
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

/** @param complete false keeps "no current …" from being said: there may be one. */
export function groups(panel: Panel, view: SectionView, complete: boolean, context: GroupContext): TemplateResult {
  const { words } = context;
  const currents = view.groups.filter(({ standing, name }) => standing === 'current' && name !== 'do-not');
  const onlyPast = currents.length === 0 && view.groups.length > 0 && view.statements.length === 0 && complete;
  const draw = (list: SectionView['groups']): TemplateResult[] =>
    list.map((one) => group(panel, one, currents.length === 1 && one.name !== 'unknown', context));
  // What is there comes before a statement that there is none of something else; what is over or apart comes after both.
  const from = panel === 'encounters' ? 0 : view.groups.findIndex(({ standing, name }) => standing !== 'current' && name !== 'do-not');
  const split = from < 0 ? view.groups.length : from;
  return html`
    ${
      view.contradiction && panel !== 'encounters'
        ? html`<p class="notice warning flat">${icon('alert-triangle')}<span>${words.t(`contradiction.${panel}`)}</span></p>`
        : nothing
    }
    ${draw(view.groups.slice(0, split))}
    ${
      view.statements.length === 0
        ? nothing
        : html`<ul class="rows none">
            ${view.statements.map((one) => statement(one, context))}
          </ul>`
    }
    ${onlyPast ? html`<p class="only-past">${words.t(`onlyPast.${panel}`)}</p>` : nothing} ${draw(view.groups.slice(split))}
    ${
      view.emptyReasons.length === 0
        ? nothing
        : html`<ul class="rows reasons">
            ${view.emptyReasons.map((one) => reason(one, words))}
          </ul>`
    }
  `;
}
