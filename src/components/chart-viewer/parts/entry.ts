/** An entry of a list: its row, its cautions, and on demand everything that was recorded, down to the original. */
import { html, nothing, type TemplateResult } from 'lit';
import { isGrave, type AbsenceStatement, type ChartRow, type MedicationRow, type ProblemRow } from '../../../models/charting/index.js';
import { stringify, type Resource } from '../../../models/fhir/index.js';
import { icon } from '../../ui/icon.js';
import {
  byWords,
  cautionWords,
  dotted,
  factList,
  noteList,
  said,
  titleText,
  titleWords,
  whenWords,
  type Shown,
  type Words,
} from '../words.js';
import { sentence } from './dosage.js';
import type { RowParts } from './rows.js';

/** What entries need of the element that shows them. */
export interface EntryContext {
  words: Words;
  /** Keys of what the reader has opened. */
  opened: ReadonlySet<string>;
  /** The host opens records. */
  linked: boolean;
  toggle(key: string, open: boolean): void;
  open(reference: string): void;
}

/** A native disclosure whose content is drawn when it is open. */
export function disclosure(
  key: string,
  summary: unknown,
  content: () => unknown,
  context: EntryContext,
  className: string,
): TemplateResult {
  const open = context.opened.has(key);
  const handleToggle = (event: Event): void => context.toggle(key, (event.target as HTMLDetailsElement).open);
  return html`<details class=${className} ?open=${open} @toggle=${handleToggle}>
    <summary>${summary}</summary>
    ${open ? content() : nothing}
  </details>`;
}

/** Characters that turn or hide others are written as JSON escapes: the original is there to be read, and means the same. */
function originalText(resource: Resource): string {
  try {
    return stringify(resource, 2).replace(
      /[\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  } catch {
    // Nested beyond what the writer follows: say what it is rather than nothing.
    return `${resource.resourceType}/${resource.id ?? ''}`;
  }
}

/** The record as it was received, as text. */
export function original(key: string, resource: Resource, context: EntryContext): TemplateResult {
  const { words } = context;
  return disclosure(
    `${key} original`,
    words.t('action.original'),
    () =>
      html`<pre class="original" dir="ltr" tabindex="0" role="region" aria-label=${words.t('original.label')}>
${originalText(resource)}</pre>`,
    context,
    'orig',
  );
}

export function cautions(row: Pick<ChartRow, 'cautions'>, words: Words): Shown {
  if (row.cautions.length === 0) return nothing;
  return html`<ul class="cautions">
    ${row.cautions.map((caution) => html`<li class=${isGrave([caution]) ? 'st danger' : 'st warning'}>${icon('alert-triangle')}<span>${cautionWords(caution, words)}</span></li>`)}
  </ul>`;
}

function isMedication(row: ChartRow): row is MedicationRow {
  return 'dosages' in row;
}

/** A structured dosage beside the written one: shown in the details, since the two may differ. */
function structuredDosages(row: ChartRow, words: Words): Shown {
  const structured = isMedication(row)
    ? row.dosages.flatMap(({ kind, facts }) => (kind === 'written' && facts && !facts.amountless ? [facts] : []))
    : [];
  if (structured.length === 0) return nothing;
  return html`<dl class="facts-d">
    <div>
      <dt>${words.t('fact.dosage')}</dt>
      ${structured.map((facts) => html`<dd>${sentence(facts, words)}</dd>`)}
    </div>
  </dl>`;
}

function alsoRecorded(row: ChartRow, context: EntryContext): Shown {
  const also = (row as Partial<ProblemRow>).also ?? [];
  const { words } = context;
  if (also.length === 0) return nothing;
  return html`<div class="also">
    <p class="label">${words.t('fact.also')}</p>
    <ul>
      ${also.map(
        (one) =>
          html`<li>
            ${dotted([whenWords(one.onset ?? one.recorded, words, 'days'), titleWords(one.title, words, one.language)])}${cautions(one, words)}${original(one.key, one.resource, context)}
          </li>`,
      )}
    </ul>
  </div>`;
}

function details(row: ChartRow, context: EntryContext): TemplateResult {
  const { words, linked } = context;
  const { reference } = row;
  return html`<div class="more-b">
    ${factList(row.facts, words)}${structuredDosages(row, words)}${noteList(row.notes, words)}${alsoRecorded(row, context)}
    <div class="acts">
      ${linked && reference !== undefined ? html`<button type="button" class="btn btn-sm" @click=${() => context.open(reference)}>${icon('external-link')}${words.t('action.open')}</button>` : nothing}
    </div>
    ${original(row.key, row.resource, context)}
  </div>`;
}

function more(row: ChartRow, context: EntryContext): TemplateResult {
  const summary = html`${icon('chevron-down')}<span class="vh"
      >${context.words.t('action.details')} ${said(titleText(row, context.words))}</span
    >`;
  return disclosure(row.key, summary, () => details(row, context), context, 'more');
}

/** One row, of any kind. An entry that must not be taken at its word has an edge and says why above everything else. */
export function entry(row: ChartRow, parts: RowParts, context: EntryContext): TemplateResult {
  const { words } = context;
  const grave = isGrave(row.cautions);
  const { lead } = parts;
  return html`<li class="entry ${grave ? 'grave' : ''} ${lead === undefined ? '' : 'led'}" part="row">
    ${lead === undefined ? nothing : html`<p class="lead">${lead}</p>`}
    <div class="entry-b">
      ${grave ? cautions(row, words) : nothing}
      <p class="entry-n">${parts.title ?? titleWords(row.title, words, row.language)}${parts.tags}</p>
      ${parts.lines.map((line) => (line === nothing ? nothing : html`<p class="sub">${line}</p>`))}
      ${grave ? nothing : cautions(row, words)}
    </div>
    ${more(row, context)}
  </li>`;
}

/** An entry that says "none known": who said it and when, or that nobody is named. */
export function statement(one: AbsenceStatement, context: EntryContext): TemplateResult {
  const { words } = context;
  const { row, scope, domain, verification } = one;
  const name = words.t(noneKey(domain, scope));
  const of = (fact: string) => row.facts.find((each) => each.name === fact)?.value;
  const [by, recorded] = [of('asserter') ?? of('recorder') ?? of('source'), of('recorded') ?? of('asserted') ?? of('effective')];
  const who = by?.kind === 'party' ? byWords(by.party, words) : nothing;
  const when = recorded?.kind === 'when' && recorded.when.kind === 'date' ? words.t('row.recorded', recorded.when.day) : nothing;
  const source = dotted([who, when]);
  return html`<li class="entry statement ${isGrave(row.cautions) ? 'grave' : ''}" part="row">
    <div class="entry-b">
      <p class="entry-n">
        <span class="name">${name}</span>
        ${verification === 'unconfirmed' ? html`<span class="tag unsure">${icon('circle-dashed')}${words.t('verification.unconfirmed')}</span>` : nothing}
      </p>
      <p class="sub">
        ${one.words === undefined || one.words === name ? nothing : html`${said(one.words)} · `}${source === nothing ? words.t('none.unsigned') : source}
      </p>
      ${cautions(row, words)}
    </div>
    ${more(row, context)}
  </li>`;
}

/** The name of a statement; scopes that only allergies have read as "all" elsewhere. */
export function noneKey(domain: AbsenceStatement['domain'], scope: AbsenceStatement['scope']) {
  if (domain === 'allergies') return `none.allergies.${scope}` as const;
  return `none.${domain}.${scope === 'unknown' ? 'unknown' : 'all'}` as const;
}
