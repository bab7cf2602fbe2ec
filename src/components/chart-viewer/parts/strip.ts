/** Allergies and alerts beside the name: read at a glance, so what is not known never looks like "none". */
import { html, nothing, type TemplateResult } from 'lit';
import { allergyStrip, isGrave, type AllergyRow, type AllergyStripState, type EmptyReason } from '../../../models/charting/index.js';
import { icon, type IconName } from '../../ui/icon.js';
import type { ChartState } from '../chart.state.js';
import { byWords, dotted, said, saidList, titleWords, whenWords, type Shown, type Words } from '../words.js';
import { noneKey } from './entry.js';
import { allergyTags } from './rows.js';

/** How each state looks: `severe` edge and fill, `gap` hatched, `unsure` dashed, `plain`. */
const LOOKS: Readonly<Record<AllergyStripState, readonly [look: 'severe' | 'gap' | 'unsure' | 'caution' | 'plain', icon: IconName]>> = {
  listed: ['severe', 'alert-circle'],
  'none-known': ['plain', 'shield-check'],
  'none-of-a-kind': ['plain', 'shield-exclamation'],
  'nothing-recorded': ['unsure', 'help-circle'],
  'not-asked': ['unsure', 'help-circle'],
  unclear: ['caution', 'alert-triangle'],
  incomplete: ['gap', 'cloud-off'],
  failed: ['gap', 'cloud-off'],
  forbidden: ['gap', 'lock'],
  'break-glass': ['gap', 'lock'],
  unsupported: ['unsure', 'help-circle'],
  loading: ['plain', 'shield-exclamation'],
};

function allergy(row: AllergyRow, words: Words): TemplateResult {
  const manifestations = row.reactions.flatMap((reaction) => reaction.manifestations);
  return html`<li>
    <span class="strong">${titleWords(row.title, words, row.language)}</span> ${saidList([...new Set(manifestations)].slice(0, 3), words)}
    ${allergyTags(row, words, 'brief')}
    ${isGrave(row.cautions) ? html`<span class="tag danger solid">${icon('alert-triangle')}${words.t('strip.readOriginal')}</span>` : nothing}
  </li>`;
}

function reasonWords(reason: EmptyReason, words: Words): Shown {
  return dotted([said(reason.words), said(reason.title), whenWords(reason.when, words, 'days')]);
}

function allergies({ allergies: state }: ChartState, words: Words): TemplateResult {
  const strip = allergyStrip(state.load, state.view, state.complete);
  const [look, name] = LOOKS[strip.state];
  const { rows, statements, reason } = strip;
  const statementWords = statements.map((one) => {
    const recorded = one.row.facts.find((fact) => fact.name === 'recorded')?.value;
    const asserter = one.row.facts.find((fact) => fact.name === 'asserter' || fact.name === 'recorder')?.value;
    return html`<li>
      <span>${words.t(noneKey(one.domain, one.scope))}</span>
      <span class="muted"
        >${dotted([one.verification === 'unconfirmed' ? words.t('verification.unconfirmed') : nothing, asserter?.kind === 'party' ? byWords(asserter.party, words) : nothing, recorded?.kind === 'when' ? whenWords(recorded.when, words, 'days') : nothing])}</span
      >
    </li>`;
  });
  const stateWords =
    strip.state === 'listed' || (strip.state === 'none-known' && statements.length > 0) || strip.state === 'none-of-a-kind'
      ? nothing
      : html`<li>${words.t(`strip.${strip.state}`)}</li>`;
  return html`<div class="al ${look}" part="allergies" data-state=${strip.state}>
    <h3 class="al-h">${icon(name)}${words.t('title.allergies')}</h3>
    <ul>
      ${stateWords}${rows.map((row) => allergy(row, words))}${strip.state === 'none-known' || strip.state === 'none-of-a-kind' || rows.length > 0 ? statementWords : nothing}
      ${rows.length === 0 && statements.length === 0 && reason ? html`<li class="muted">${reasonWords(reason, words)}</li>` : nothing}
    </ul>
    <span class="al-r">
      ${strip.contradiction ? html`<span class="tag warning">${icon('alert-triangle')}${words.t('strip.contradiction')}</span>` : nothing}
      ${strip.stale && rows.length > 0 ? html`<span class="tag info">${icon('history')}${words.t('strip.stale')}</span>` : nothing}
      ${strip.incomplete && rows.length > 0 ? html`<span class="tag warning">${icon('cloud-off')}${words.t('strip.more')}</span>` : nothing}
    </span>
  </div>`;
}

function alertsState(state: ChartState['alerts'], words: Words): Shown {
  if (state.view) return nothing;
  switch (state.load) {
    case 'failed':
      return words.t('alerts.failed');
    case 'forbidden':
    case 'break-glass':
      return words.t('alerts.forbidden');
    case 'unsupported':
      return words.t('alerts.unsupported');
    default:
      return words.t('alerts.loading');
  }
}

function alerts({ alerts: state, patient: { banner } }: ChartState, words: Words): TemplateResult {
  const rows = state.view?.groups.flatMap(({ standing, rows: list }) => (standing === 'current' ? list : [])) ?? [];
  const need = banner?.language;
  const missing = alertsState(state, words);
  const gap = missing !== nothing && state.load !== 'loading' && state.load !== 'unsupported';
  const language: Shown =
    need?.interpreter === true
      ? html`<li>
          ${icon('language')}${need.text === undefined ? words.t('banner.interpreter') : html`${words.t('banner.interpreterFor')} ${said(need.text)}`}
        </li>`
      : need?.text !== undefined && need.code !== undefined && !sameLanguage(need.code, words.lang)
        ? html`<li>${icon('language')}${words.t('banner.language')} ${said(need.text)}</li>`
        : nothing;
  return html`<div class="al ${gap ? 'gap' : 'plain'}" part="alerts" data-state=${gap ? state.load : 'ready'}>
    <h3 class="al-h">${icon(gap ? 'cloud-off' : 'shield-exclamation')}${words.t('title.alerts')}</h3>
    <ul>
      ${missing === nothing ? nothing : html`<li>${missing}</li>`}
      ${rows.map((row) => html`<li>${titleWords(row.title, words, row.language)}${isGrave(row.cautions) ? html` <span class="tag danger solid">${words.t('strip.readOriginal')}</span>` : nothing}</li>`)}
      ${state.view && rows.length === 0 && state.complete ? html`<li class="muted">${words.t('alerts.none')}</li>` : nothing} ${language}
    </ul>
    ${state.view && !state.complete ? html`<span class="al-r"><span class="tag warning">${icon('cloud-off')}${words.t('alerts.more')}</span></span>` : nothing}
  </div>`;
}

/** Whether the reader's own language is meant: then it needs no mention. */
function sameLanguage(code: string, lang: string): boolean {
  return code.toLowerCase().split('-')[0] === lang.toLowerCase().split('-')[0];
}

export function strip(state: ChartState, words: Words): TemplateResult {
  return html`<div class="alerts">${allergies(state, words)}${alerts(state, words)}</div>`;
}
