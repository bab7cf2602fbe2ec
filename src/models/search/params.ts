/**
 * Searches of a FHIR server for what was typed. R4 search: `string` matches the beginning of a field without case and accents,
 * `token` the whole value to the character, an array is AND, a comma is OR.
 */
import type { PatientQuery, Reading } from './query.js';

/** Parameters of one search, as the client takes them. */
export type PatientParams = Readonly<
  Partial<Record<'name' | 'family' | 'given' | 'birthdate' | 'identifier' | 'phone', string | readonly string[]>>
>;

/** At most so many searches for one text. */
const MOST = 5;

/** The searches whose answers together are the answer. None where there is nothing to ask for. */
export function patientSearches({ readings }: PatientQuery): PatientParams[] {
  return readings.flatMap(searchesOf).slice(0, MOST);
}

function searchesOf(reading: Reading): PatientParams[] {
  const birth: PatientParams = reading.births.length ? { birthdate: reading.births.join(',') } : {};
  const names: PatientParams[] = reading.words.length ? [{ name: nameValues(reading.words) }] : [{}];
  if (reading.family !== undefined) names.unshift({ family: escape(reading.family), given: reading.given.map(escape) });
  const numbers: PatientParams[] = reading.number === undefined ? [{}] : numberSearches(reading.number);
  return names
    .flatMap((name) => numbers.map((number) => ({ ...name, ...birth, ...number })))
    .filter((params) => Object.keys(params).length > 0);
}

/**
 * One value per word, each with the phrases that the word may stand in: a server that compares whole fields finds the family name
 * "Quispe Flores" by "quispe flores", and not by "flores".
 */
function nameValues(words: readonly string[]): string[] {
  const phrases: { from: number; to: number; text: string }[] = [];
  for (let from = 0; from < words.length; from++) {
    for (let to = from + 2; to <= Math.min(words.length, from + 4); to++) phrases.push({ from, to, text: words.slice(from, to).join(' ') });
  }
  return words.map((word, at) => {
    const around = phrases.filter(({ from, to }) => from <= at && at < to).map(({ text }) => text);
    return [...new Set([...spellings(word), ...around])].map(escape).join(',');
  });
}

/** A hyphen that may be a space in the record, and an apostrophe that may be a typographic one, or missing. */
function spellings(word: string): string[] {
  const forms = [word];
  if (word.includes('-')) forms.push(word.replaceAll('-', ' '));
  if (/['’]/.test(word)) forms.push(...["'", '’', ''].map((mark) => word.replace(/['’]/g, mark)));
  return forms;
}

function numberSearches(number: string): PatientParams[] {
  const digits = number.replace(/\D/g, '');
  const isPhone = digits.length >= 6 && !/\p{L}/u.test(number);
  const phone = { phone: phoneForms(number).map(escape).join(',') };
  if (isPhone && /[+()]/.test(number)) return [phone];
  const identifier = { identifier: identifierForms(number).map(escape).join(',') };
  return isPhone ? [identifier, phone] : [identifier];
}

/** As typed, without signs, and as printed: tokens are compared to the character. */
export function identifierForms(number: string): string[] {
  const bare = number.replace(/[^\p{L}\p{N}]/gu, '');
  const forms = [number, bare, bare.toUpperCase()];
  // Medicare (Services Australia): ten digits that begin with 2 to 6, and the person's own number on the card after them.
  if (/^[2-6]\d{9}\d?$/.test(bare)) {
    const card = bare.slice(0, 10);
    const printed = `${card.slice(0, 4)} ${card.slice(4, 9)} ${card.slice(9)}`;
    forms.push(printed);
    // It is often left out when the card is read aloud.
    if (bare.length === 10) for (let person = 1; person <= 9; person++) forms.push(`${card}${person}`);
    else forms.push(card, `${printed} ${bare[10]}`, `${printed}/${bare[10]}`, `${printed} / ${bare[10]}`);
  }
  if (/^\d{16}$/.test(bare)) forms.push(bare.replace(/(\d{4})(?=\d)/g, '$1 '));
  if (/^\d{9}$/.test(bare)) forms.push(`${bare.slice(0, 3)}-${bare.slice(3, 5)}-${bare.slice(5)}`);
  if (/^\d{10}$/.test(bare)) forms.push(`${bare.slice(0, 3)} ${bare.slice(3, 6)} ${bare.slice(6)}`);
  return [...new Set(forms)];
}

/** A telephone number in the ways it is commonly kept: Australia and North America by their groups, others as typed and bare. */
export function phoneForms(number: string): string[] {
  const plus = number.trim().startsWith('+');
  const bare = number.replace(/\D/g, '');
  const forms = [number, bare];
  if (!bare.startsWith('0') && bare.length >= 10) forms.push(`+${bare}`);
  const national = /^(?:61|0)([2-478]\d{8})$/.exec(bare)?.[1];
  if (national && (plus ? bare.startsWith('61') : true)) {
    const area = national[0]!;
    const grouped =
      area === '4' ? [national.slice(0, 3), national.slice(3, 6), national.slice(6)] : [area, national.slice(1, 5), national.slice(5)];
    const local = grouped.join(' ');
    forms.push(`0${national}`, `0${local}`, `+61${national}`, `+61 ${local}`);
    if (area !== '4') forms.push(`(0${area}) ${national.slice(1, 5)} ${national.slice(5)}`, `(0${area})${national.slice(1)}`);
  }
  const [, area, exchange, line] = /^1?([2-9]\d{2})([2-9]\d{2})(\d{4})$/.exec(bare) ?? [];
  if (area && !national) {
    forms.push(
      `${area}${exchange}${line}`,
      `${area}-${exchange}-${line}`,
      `(${area}) ${exchange}-${line}`,
      `(${area}) ${exchange} ${line}`,
    );
    forms.push(
      `+1 ${area} ${exchange} ${line}`,
      `+1-${area}-${exchange}-${line}`,
      `+1 (${area}) ${exchange}-${line}`,
      `+1${area}${exchange}${line}`,
    );
    forms.push(`${area} ${exchange} ${line}`, `${area}.${exchange}.${line}`);
  }
  return [...new Set(forms)];
}

/** R4 search, "Escaping Search Parameters". */
function escape(text: string): string {
  return text.replace(/[\\,$|]/g, '\\$&');
}
