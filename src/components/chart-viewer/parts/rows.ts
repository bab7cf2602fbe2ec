/** One row for each kind of entry: its name, what marks it out, and the line below. Details are drawn when they are opened. */
import { html, nothing, type TemplateResult } from 'lit';
import type {
  AllergyRow,
  ChartRow,
  EncounterRow,
  MedicationRow,
  Party,
  ProblemRow,
  Reaction,
  When,
} from '../../../models/charting/index.js';
import { icon } from '../../ui/icon.js';
import { byWords, codedWord, dotted, partyWords, said, saidList, titleWords, whenWords, type Shown, type Words } from '../words.js';
import { dosageLine } from './dosage.js';

/** The parts of a row that differ by kind; `section.ts` puts them together. */
export interface RowParts {
  /** Beside the title. */
  tags: readonly Shown[];
  /** Lines under it. */
  lines: readonly Shown[];
  /** In place of the title, where an entry of this kind has another. */
  title?: TemplateResult;
  /** Before the title, in a column of its own. */
  lead?: Shown;
}

const tag = (words: Shown, role = '', name?: Parameters<typeof icon>[0]): TemplateResult =>
  html`<span class="tag ${role}">${name ? icon(name) : nothing}${words}</span>`;

function factParty(row: ChartRow, ...names: readonly string[]): Party | undefined {
  for (const name of names) {
    const value = row.facts.find((fact) => fact.name === name)?.value;
    if (value?.kind === 'party') return value.party;
  }
  return undefined;
}

function noteCount(row: ChartRow, words: Words): Shown {
  return row.notes.length === 0 ? nothing : words.t('row.notes', row.notes.length);
}

function since(onset: When | undefined, words: Words): Shown {
  if (!onset) return nothing;
  const text = whenWords(onset, words, 'days');
  if (onset.kind === 'date') return words.t('row.since', String(text));
  if (onset.kind === 'age' || onset.kind === 'range') return words.t('row.onsetAge', String(text));
  return onset.kind === 'period' ? text : html`${words.t('row.onset')} ${text}`;
}

/** `Resolved May 2026`. */
function ended(row: ProblemRow, words: Words): Shown {
  if (row.group !== 'inactive' || row.status === undefined) return nothing;
  const status = words.t(`clinical.${row.status}`);
  const end = row.abatement;
  if (!end || end.kind === 'boolean' || end.kind === 'absent') return status;
  return end.kind === 'words' ? html`${status} ${said(end.text)}` : words.t('row.ended', status, String(whenWords(end, words, 'days')));
}

export function problemParts(row: ProblemRow, words: Words): RowParts {
  const { verification, status } = row;
  const dated = row.onset
    ? since(row.onset, words)
    : row.recorded
      ? words.t('row.recorded', String(whenWords(row.recorded, words, 'days')))
      : words.t('row.noDates');
  return {
    tags: [
      status === 'recurrence' || status === 'relapse' ? tag(words.t(`clinical.${status}`), 'info') : nothing,
      row.severity === undefined ? nothing : tag(said(row.severity)),
      row.group === 'uncertain' && verification ? tag(words.t(`verification.${verification}`), 'unsure', 'circle-dashed') : nothing,
    ],
    lines: [
      dotted([
        ended(row, words),
        dated,
        saidList(row.bodySites, words),
        byWords(factParty(row, 'asserter', 'recorder'), words),
        row.also.length === 0 ? nothing : words.t('row.alsoVisits', row.also.length),
        noteCount(row, words),
      ]),
    ],
  };
}

/** @param alone the tag beside the title says how severe it was. */
function reactionWords(reaction: Reaction, alone: boolean, words: Words): Shown {
  const { manifestations, substance, description, severity, severityWritten } = reaction;
  const what = manifestations.length > 0 ? saidList(manifestations, words) : said(description ?? substance);
  const how = severity ? (alone && what !== nothing ? nothing : words.t(`severity.${severity}`)) : said(severityWritten);
  return what === nothing && how === nothing ? nothing : html`${what}${how === nothing ? nothing : html` (${how})`}`;
}

/** How bad it can be, in words: severity of the worst reaction, and the risk that was stated. `brief` leaves a low risk to the panel. */
export function allergyTags(row: AllergyRow, words: Words, length: 'full' | 'brief' = 'full'): Shown[] {
  const { severity, criticality, verification } = row;
  return [
    severity ? tag(words.t(`severity.${severity}`), severity === 'severe' ? 'danger' : '') : nothing,
    criticality === 'high'
      ? tag(words.t('criticality.high'), 'danger')
      : criticality && length === 'full'
        ? tag(words.t(`criticality.${criticality}`))
        : nothing,
    verification === 'unconfirmed' || verification === 'presumed'
      ? tag(words.t(`verification.${verification}`), 'unsure', 'circle-dashed')
      : nothing,
  ];
}

export function allergyParts(row: AllergyRow, words: Words): RowParts {
  const reactions = row.reactions
    .map((reaction) => reactionWords(reaction, row.reactions.length === 1, words))
    .filter((one) => one !== nothing);
  return {
    tags: allergyTags(row, words),
    lines: [
      dotted([
        ...(reactions.length === 0 ? [html`<span class="muted">${words.t('row.noReaction')}</span>`] : reactions),
        ...row.categories.map((code) => codedWord('category', code, words)),
        row.kind === 'intolerance' ? words.t('kind.intolerance') : nothing,
        row.onset
          ? since(row.onset, words)
          : row.recorded
            ? words.t('row.recorded', String(whenWords(row.recorded, words, 'days')))
            : nothing,
        noteCount(row, words),
      ]),
    ],
  };
}

function medicationDates(row: MedicationRow, words: Words): Shown {
  const { effective, authored } = row;
  if (effective?.kind === 'date') return words.t('row.since', effective.day);
  if (effective?.kind === 'period' && effective.days.start !== undefined && effective.days.end === undefined)
    return words.t('row.since', effective.days.start);
  if (effective) return whenWords(effective, words, 'days');
  if (!authored) return nothing;
  const text = whenWords(authored, words, 'days');
  return authored.kind === 'absent' ? nothing : words.t(row.kind === 'request' ? 'row.written' : 'row.stated', String(text));
}

export function medicationParts(row: MedicationRow, words: Words): RowParts {
  const { status, group } = row;
  return {
    tags: [
      row.doNotPerform ? tag(words.t('row.doNot'), 'danger solid', 'ban') : nothing,
      row.notOrdered && row.intent !== undefined
        ? tag(words.t('row.notOrdered', words.t(`intent.${row.intent as 'plan' | 'proposal' | 'option'}`)), 'unsure', 'circle-dashed')
        : nothing,
      row.reported && !row.reportedBy ? tag(words.t('row.reported')) : nothing,
      status && group === 'past' ? tag(words.t(`medication.${status}`)) : nothing,
      row.alsoListed > 0 ? tag(words.t('row.alsoListed', row.alsoListed), '', 'versions') : nothing,
    ],
    lines: [
      ...(row.dosages.length === 0 && row.doNotPerform
        ? []
        : row.dosages.length === 0
          ? [html`<span class="muted">${words.t('row.noDosage')}</span>`]
          : row.dosages.map((dosage) => dosageLine(dosage, words))),
      dotted([
        row.reasons.length === 0 ? nothing : html`${words.t('row.reason')} ${saidList(row.reasons, words)}`,
        medicationDates(row, words),
        row.reportedBy ? byWords(row.reportedBy, words, 'row.reportedBy') : byWords(row.by, words),
        noteCount(row, words),
      ]),
    ],
  };
}

/** A visit that goes on has no end yet: that is no open end to wonder about. */
function encounterDates(period: When, group: EncounterRow['group'], words: Words): Shown {
  const start = period.kind === 'period' && period.days.end === undefined ? period.days.start : undefined;
  return group === 'now' && start !== undefined ? words.t('row.since', start) : whenWords(period, words, 'days');
}

export function encounterParts(row: EncounterRow, words: Words): RowParts {
  const kind: Shown = row.class ? words.t(`class.${row.class}`) : said(row.classWritten);
  const named = row.title.text !== undefined || row.title.absent !== undefined;
  const { period, status } = row;
  return {
    title: named
      ? titleWords(row.title, words, row.language)
      : html`<span class="name">${kind === nothing ? words.t('row.visit') : kind}</span>`,
    lead: period
      ? html`<span class="num">${encounterDates(period, row.group, words)}</span>`
      : html`<span class="muted">${words.t('row.noDates')}</span>`,
    tags: [row.group === 'now' && status ? tag(words.t(`encounter.${status as 'arrived'}`), 'info', 'player-play') : nothing],
    lines: [
      dotted([
        named ? kind : nothing,
        row.reasons.length === 0 ? nothing : html`${words.t('row.reason')} ${saidList(row.reasons, words)}`,
        ...row.participants.map((party) => partyWords(party, words)),
        ...(row.locations.length > 0 ? row.locations : row.provider ? [row.provider] : []).map((party) => partyWords(party, words)),
        row.diagnoses === 0 ? nothing : words.t('row.diagnoses', row.diagnoses),
        noteCount(row, words),
      ]),
    ],
  };
}
