import { html, nothing, type TemplateResult } from 'lit';
import type { PatientRow, Segment } from '../../../models/search/index.js';
import { icon } from '../../ui/icon.js';
import type { Words } from './words.js';

export interface RowEvents {
  press: (event: PointerEvent, row: PatientRow) => void;
  click: (event: MouseEvent, row: PatientRow) => void;
}

/** One patient: who it is (name, birth date, sex, numbers), and what makes picking it a risk. */
export function patientOption(
  row: PatientRow,
  { id, active, words, events }: { id: string; active: boolean; words: Words; events: RowEvents },
): TemplateResult {
  return html`<div
    class="opt"
    part="option ${active ? 'active' : ''} ${row.deceased ? 'deceased' : ''}"
    role="option"
    id=${id}
    aria-selected=${active ? 'true' : 'false'}
    aria-disabled=${row.reference === undefined ? 'true' : nothing}
    ?data-active=${active}
    @pointerdown=${(event: PointerEvent) => events.press(event, row)}
    @click=${(event: MouseEvent) => events.click(event, row)}
  >
    <span class="avatar" aria-hidden="true">${row.initials ?? icon('user', 'xs')}</span>
    <div class="who">
      <span class="name">${name(row, words)}</span>
      ${row.other ? html`<span class="also">${also(row.other, words)}</span>` : nothing}
    </div>
    <div class="when">${birth(row, words)}</div>
    <div class="facts">${facts(row, words)}</div>
    ${flags(row, words)}
  </div>`;
}

/** Birth date, sex and numbers of the one chosen, under the field: a name alone is not enough to see a wrong choice. */
export function chosenFacts(row: PatientRow, words: Words): TemplateResult {
  return html`<p class="chosen" part="chosen">
    <span
      >${row.birth ? words.t('born', row.birth.date) : words.t('noBirthDate')}${row.birth?.age ? html` (${row.birth.age})` : nothing}</span
    >${facts(row, words)}
    ${row.deceased ? html`<span class="strong">${row.died ? words.t('died', row.died) : words.t('deceased')}</span>` : nothing}
  </p>`;
}

function marked(segments: readonly Segment[]): unknown {
  return segments.map(({ text, hit }) => (hit ? html`<mark>${text}</mark>` : text));
}

function name({ family, given, text }: PatientRow, words: Words): TemplateResult {
  if (family.length === 0 && given.length === 0)
    return text.length === 0 ? html`<span class="unknown">${words.t('noName')}</span>` : html`<bdi>${marked(text)}</bdi>`;
  const comma = family.length > 0 && given.length > 0;
  return html`<bdi><span class="family">${marked(family)}</span>${comma ? ', ' : nothing}${marked(given)}</bdi>`;
}

/** The name in a `<bdi>` inside the words around it, which put it in the place their language wants. */
function also({ segments, former }: NonNullable<PatientRow['other']>, words: Words): TemplateResult {
  const [before = '', after = ''] = words.t(former ? 'formerly' : 'alsoNamed', '\u0000').split('\u0000');
  return html`${before}<bdi>${marked(segments)}</bdi>${after}`;
}

function birth({ birth: born }: PatientRow, words: Words): TemplateResult {
  if (!born) return html`<span class="unknown">${words.t('noBirthDate')}</span>`;
  const date = born.hit ? html`<mark>${born.date}</mark>` : born.date;
  return html`<span class="vh">${words.t('born', '')}</span
    ><span class="date">${date}</span> ${born.age ? html`<span class="age">(${born.age})</span>` : nothing}`;
}

const GENDERS = ['female', 'male', 'other', 'unknown'] as const;

function facts(row: PatientRow, words: Words): TemplateResult {
  const gender = GENDERS.find((one) => one === row.gender);
  const number = (label: string | undefined, value: readonly Segment[]) =>
    html` <span class="id"><span class="k">${label ?? words.t('identifier')}</span> <bdi class="num">${marked(value)}</bdi></span>`;
  return html`<span>${words.t(gender ?? 'unknown')}</span>${row.identifiers.map(({ label, value }) => number(label, value))}${
      row.phone ? number(words.t('phone'), row.phone) : nothing
    }`;
}

function flags(row: PatientRow, words: Words): TemplateResult | typeof nothing {
  const tags = [
    row.deceased ? html`<span class="tag">${row.died ? words.t('died', row.died) : words.t('deceased')}</span>` : undefined,
    row.replacedBy === undefined ? undefined : html`<span class="tag warning">${icon('git-merge', 'xs')}${words.t('merged')}</span>`,
    row.inactive ? html`<span class="tag">${icon('ban', 'xs')}${words.t('inactive')}</span>` : undefined,
    row.reference === undefined ? html`<span class="tag">${icon('lock', 'xs')}${words.t('noId')}</span>` : undefined,
    row.alike?.kind === 'same'
      ? html`<span class="tag warning">${icon('alert-triangle', 'xs')}${words.t('sameNameAndBirth', row.alike.count)}</span>`
      : undefined,
    row.alike?.kind === 'name'
      ? html`<span class="st warning">${icon('users', 'xs')}${words.t('sameName', row.alike.count)}</span>`
      : undefined,
    row.alike?.kind === 'near' ? html`<span class="st warning">${icon('users', 'xs')}${words.t('similarName')}</span>` : undefined,
  ].filter((tag) => tag !== undefined);
  return tags.length === 0 ? nothing : html`<div class="flags">${tags}</div>`;
}
