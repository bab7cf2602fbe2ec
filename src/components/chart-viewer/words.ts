/** Putting what the models found into words on screen. What a record says stays its own text, isolated in direction by `<bdi>`. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Caution, ChartRow, Fact, FactValue, Note, Party, Title, When } from '../../models/charting/index.js';
import type { AbsentReason, CodeView, ConceptView } from '../../models/fhir/index.js';
import type { LocalizeController } from '../base/localize.controller.js';
import { chart } from '../locales/en/chart.js';
import { icon } from '../ui/icon.js';

export type Words = LocalizeController<typeof chart>;
export type Shown = TemplateResult | string | typeof nothing;

/* oxlint-disable no-control-regex -- these are the characters to be taken out */
/** Control characters and overrides of direction, by which a record could show other words than it holds. */
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069\ufeff]/g;
/* oxlint-enable no-control-regex */

/** A text of the record as it is read: without characters that only hide or turn others. The original shows them. */
export const visible = (text: string): string => text.replace(UNSEEN, '');

/** A text of the record, with a direction of its own. */
export const said = (text: string | undefined, lang?: string | undefined): Shown =>
  text === undefined ? nothing : html`<bdi lang=${lang ?? nothing}>${visible(text)}</bdi>`;

/** Pieces of one line with a dot between them; those that are nothing are left out. */
export function dotted(pieces: readonly Shown[]): Shown {
  const there = pieces.filter((piece) => piece !== nothing && piece !== '');
  return there.length === 0 ? nothing : html`${there.map((piece, i) => html`${i === 0 ? nothing : ' · '}<span>${piece}</span>`)}`;
}

/** What stands between the pieces of a list in the reader's script. */
const comma = (words: Words): string => (/^(?:ar|fa|ur)\b/.test(words.lang) ? '، ' : ', ');

/** Pieces with the language's comma between them. */
export function listed(pieces: readonly Shown[], words: Words): Shown {
  return pieces.length === 0 ? nothing : html`${pieces.map((piece, i) => html`${i === 0 ? nothing : comma(words)}${piece}`)}`;
}

/** Texts of the record as a list, each isolated. */
export const saidList = (texts: readonly string[], words: Words): Shown =>
  listed(
    texts.map((text) => said(text)),
    words,
  );

export function absentWords(reason: AbsentReason, words: Words): string {
  return words.t(`absent.${reason}`);
}

/** Why there is no value: dashed, as everything that is not known. */
export function absentTag(reason: AbsentReason, words: Words): TemplateResult {
  return html`<span class="tag unsure">${icon(reason === 'masked' ? 'lock' : 'help-circle')}${absentWords(reason, words)}</span>`;
}

/** What an entry is called, or that it has no name. */
export function titleWords(title: Title, words: Words, language?: string): TemplateResult {
  if (title.text !== undefined)
    return html`<bdi class=${title.from === 'narrative' ? 'narrative' : 'name'} lang=${language ?? nothing}>${visible(title.text)}</bdi>`;
  return html`<span class="name muted">${words.t('row.noName')}</span>${title.absent ? absentTag(title.absent, words) : nothing}`;
}

/** The same as plain text, for labels. */
export function titleText(row: ChartRow, words: Words): string {
  return row.title.text?.split('\n')[0] ?? words.t('row.noName');
}

/** `days` leaves times out, for lists. */
export function whenWords(when: When | undefined, words: Words, show: 'days' | 'times' = 'times'): Shown {
  switch (when?.kind) {
    case undefined:
      return nothing;
    case 'date':
      return show === 'days' ? when.day : when.text;
    case 'period': {
      const { start, end, range } = when[show];
      return range ?? (start === undefined ? (end === undefined ? nothing : words.t('row.until', end)) : words.t('when.open', start));
    }
    case 'age':
    case 'range':
      return when.text;
    case 'words':
      return said(when.text);
    case 'boolean':
      return words.t(when.value ? 'when.ended' : 'when.notEnded');
    case 'absent':
      return absentWords(when.reason, words);
  }
}

export function partyWords(party: Party | undefined, words: Words): Shown {
  if (!party) return nothing;
  if (party.kind === 'patient') return words.t('row.patient');
  if (party.kind === 'unresolved') return html`${said(party.text)} <span class="muted">(${words.t('row.unresolved')})</span>`;
  return html`${said(party.text)}${party.role === undefined ? nothing : html` <span class="muted">(${said(party.role)})</span>`}`;
}

/** `by Dr Marsh`. */
export function byWords(party: Party | undefined, words: Words, key: 'row.by' | 'row.reportedBy' = 'row.by'): Shown {
  return party ? html`${words.t(key)} ${partyWords(party, words)}` : nothing;
}

/** HL7's own systems by their name: their long addresses would bury the code. */
function systemWords({ system, systemName }: CodeView): string | undefined {
  return systemName ?? system?.replace(/^https?:\/\/(?:terminology\.hl7\.org\/CodeSystem\/|hl7\.org\/fhir\/)/, 'HL7 ');
}

function codeWords(code: CodeView): TemplateResult {
  return html`<span class="code"
    >${code.code === undefined ? nothing : html`<bdi class="num">${visible(code.code)}</bdi>`}
    ${said(systemWords(code))}${code.userSelected ? html` ${icon('check')}` : nothing}</span
  >`;
}

/** What a concept says; a code of R4's without words of its own in the reader's language. */
function conceptName(name: Fact['name'], concept: ConceptView, words: Words): Shown {
  const [only] = concept.codes;
  return concept.text !== undefined && concept.text === only?.code && only.display === undefined
    ? codedWord(name, concept.text, words)
    : said(concept.text);
}

function conceptWords(name: Fact['name'], concept: ConceptView, words: Words): TemplateResult {
  const displays = new Set(concept.codes.flatMap(({ display }) => (display === undefined || display === concept.text ? [] : [display])));
  return html`${concept.absent ? absentTag(concept.absent, words) : conceptName(name, concept, words)}${[...displays].map((display) => html`<br />${said(display)}`)}
  ${concept.codes.length === 0 ? nothing : html`<span class="codes">${concept.codes.map(codeWords)}</span>`}`;
}

function factValue(name: Fact['name'], value: FactValue, words: Words): Shown {
  switch (value.kind) {
    case 'text':
      return said(value.text);
    case 'concept':
      return conceptWords(name, value.concept, words);
    case 'party':
      return partyWords(value.party, words);
    case 'when':
      return whenWords(value.when, words);
    case 'absent':
      return absentTag(value.reason, words);
    case 'code':
      return codedWord(name, value.code, words);
  }
}

/** R4's code in the reader's language; a code that is none of R4's stays as it is written. */
export function codedWord(name: string, code: string, words: Words): Shown {
  const key = `${name}.${code}`;
  return isWord(key) ? words.t(key) : said(code);
}

type WordKey = { [K in keyof typeof chart]: (typeof chart)[K] extends string ? K : never }[keyof typeof chart];

function isWord(key: string): key is WordKey {
  return Object.hasOwn(chart, key) && typeof chart[key as keyof typeof chart] === 'string';
}

/** All that is recorded, each under its name; facts of one name under one. */
export function factList(facts: readonly Fact[], words: Words): TemplateResult {
  const byName = new Map<Fact['name'], FactValue[]>();
  for (const { name, value } of facts) byName.set(name, [...(byName.get(name) ?? []), value]);
  return html`<dl class="facts-d">
    ${[...byName].map(
      ([name, values]) =>
        html`<div>
          <dt>${words.t(`fact.${name}`)}</dt>
          ${values.map((value) => html`<dd>${factValue(name, value, words)}</dd>`)}
        </div>`,
    )}
  </dl>`;
}

export function noteList(notes: readonly Note[], words: Words): Shown {
  if (notes.length === 0) return nothing;
  return html`<div class="notes-d">
    <p class="label">${words.t('fact.notes')}</p>
    ${notes.map((note) => html`<p class="pre">${said(note.text)}<span class="muted xs">${dotted([note.author ? partyWords(note.author, words) : said(note.authorText), whenWords(note.time, words)])}</span></p>`)}
  </div>`;
}

/** What keeps an entry from being taken at face value, in words. */
export function cautionWords(caution: Caution, words: Words): Shown {
  const text = words.t(`caution.${caution.code}`);
  switch (caution.code) {
    case 'modifier':
      return html`${text} ${caution.urls.map((url) => html`<bdi class="url">${visible(url)}</bdi> `)}`;
    case 'implicit-rules':
      return html`${text} <bdi class="url">${visible(caution.url)}</bdi>`;
    case 'status-unknown':
    case 'verification-unknown':
    case 'words-differ':
      return html`${text} ${said(caution.written)}`;
    case 'unresolved':
      return html`${text} ${saidList(caution.references, words)}`;
    default:
      return text;
  }
}
