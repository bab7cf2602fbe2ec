import { html, nothing, type TemplateResult } from 'lit';
import type { DosageFacts, DosageView } from '../../../models/charting/index.js';
import { listed, said, saidList, visible, type Shown, type Words } from '../words.js';

/** Names of the days in the reader's language. 5 January 2026 is a Monday. */
function dayNames(days: DosageFacts['days'], words: Words): string {
  const order = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  return words.format.list(
    days.map((day) => words.format.date(new Date(Date.UTC(2026, 0, 5 + order.indexOf(day))), { weekday: 'long', timeZone: 'UTC' })),
  );
}

/** The pieces of a structured dosage, in the order in which one is read aloud. Each stands alone, so that no language needs their grammar. */
function pieces(facts: DosageFacts, words: Words): Shown[] {
  const { frequency, offset } = facts;
  const events = facts.when.map((code) => words.t(`event.${code}`));
  const all: Shown[] = [
    said(facts.method),
    said(facts.dose),
    facts.rate === undefined ? nothing : words.t('dose.rate', facts.rate),
    said(facts.route),
    facts.site === undefined ? nothing : html`${words.t('dose.site')} ${said(facts.site)}`,
    facts.amountless ? words.t('dose.amountless') : nothing,
    frequency
      ? words.t(
          'dose.frequency',
          frequency.times,
          frequency.timesMax,
          words.t('dose.every', frequency.period, frequency.periodMax, frequency.unit),
        )
      : nothing,
    said(facts.coded),
    ...(offset === undefined ? events : events.map((event) => words.t('dose.offset', offset, event))),
    facts.timesOfDay.length === 0 ? nothing : words.t('dose.at', words.format.list(facts.timesOfDay)),
    facts.days.length === 0 ? nothing : words.t('dose.on', dayNames(facts.days, words)),
    facts.takes === undefined ? nothing : words.t('dose.takes', facts.takes),
    !facts.asNeeded
      ? nothing
      : facts.asNeededFor === undefined
        ? words.t('dose.asNeeded')
        : html`${words.t('dose.asNeededFor')} ${said(facts.asNeededFor)}`,
    facts.course === undefined ? nothing : words.t('dose.course', facts.course),
    facts.from === undefined ? nothing : words.t('row.from', facts.from),
    facts.until === undefined ? nothing : words.t('row.until', facts.until),
    facts.count === undefined ? nothing : words.t('dose.count', facts.count),
    ...facts.maximum.map(({ of, amount }) => words.t(`dose.maximum.${of}`, amount)),
  ];
  return all.filter((piece) => piece !== nothing);
}

export const sentence = (facts: DosageFacts, words: Words): Shown => listed(pieces(facts, words), words);

/** One dosage as a line: as written, else put into words, else all that is there. */
export function dosageLine(dosage: DosageView, words: Words): TemplateResult {
  const extra = [...dosage.additional, ...(dosage.patientInstruction === undefined ? [] : [dosage.patientInstruction])];
  const more = extra.length === 0 ? nothing : html` <span>(${saidList(extra, words)})</span>`;
  if (dosage.kind === 'written') return html`<span class="dosage">${said(dosage.text)}${more}</span>`;
  if (dosage.facts) return html`<span class="dosage">${sentence(dosage.facts, words)}${more}</span>`;
  return html`<span class="dosage">
    ${dosage.parts.length === 0 ? nothing : html`${words.t('dose.unworded')} ${dosage.parts.map(({ path, value }) => html`<span class="pair"><bdi class="muted">${visible(path)}</bdi> ${said(value)}</span> `)}`}${more}
  </span>`;
}
