/** How well a patient answers what was typed, and by what. Used to rank, to show what matched, and to search records that are at hand. */
import { dateOf } from '../fhir/read/date.js';
import { entriesOf, textOf } from '../fhir/read/loose.js';
import { nameParts } from '../fhir/read/name.js';
import type { HumanName, Patient } from '../fhir/index.js';
import type { PatientQuery, Reading } from './query.js';
import { bareNumber, fold, isIdeographic, wordsOf } from './text.js';

export interface Match {
  /** Higher is better. */
  score: number;
  /** Folded beginnings of words, to mark in any of the names. */
  words: readonly string[];
  /** The name that matched, where it is not the first choice to show; the caller decides. */
  name: HumanName | undefined;
  birth: boolean;
  /** The bare number that was typed, where an identifier or telephone number has it. */
  number: string | undefined;
}

/** The best way in which the patient answers the question; undefined when in none. */
export function matchPatient(patient: Patient, query: PatientQuery): Match | undefined {
  let best: Match | undefined;
  for (const reading of query.readings) {
    const match = matchReading(patient, reading);
    if (match && (!best || match.score > best.score)) best = match;
  }
  return best;
}

/**
 * Whether a server's row can be an answer: its birth date and numbers are as typed. Names are left to the server, which may know
 * more spellings than we do. A server that ignores a parameter sends everybody.
 */
export function isAnswer(patient: Patient, { readings }: PatientQuery): boolean {
  return readings.some(
    ({ births, number }) =>
      (births.length === 0 || matchBirth(patient, births) !== undefined) &&
      (number === undefined || matchNumber(patient, bareNumber(number)) !== undefined),
  );
}

function matchReading(patient: Patient, reading: Reading): Match | undefined {
  const name = reading.words.length === 0 ? { score: 0, name: undefined } : bestName(patient, reading);
  const birth = reading.births.length === 0 ? 0 : matchBirth(patient, reading.births);
  const number = reading.number === undefined ? 0 : matchNumber(patient, bareNumber(reading.number));
  if (!name || birth === undefined || number === undefined) return undefined;
  return {
    score: name.score + birth + number,
    words: reading.words.flatMap((word) => wordsOf(fold(word))),
    name: name.name,
    birth: birth > 0,
    number: number > 0 ? bareNumber(reading.number!) : undefined,
  };
}

const EXACT = 20;
const BEGINS = 12;
/** A name that is no longer used finds its bearer, after those who bear it now. */
const FORMER = 6;

function bestName(patient: Patient, reading: Reading): { score: number; name: HumanName } | undefined {
  let best: { score: number; name: HumanName } | undefined;
  for (const name of entriesOf(patient.name)) {
    const score = matchName(name, reading);
    if (score !== undefined && (!best || score > best.score)) best = { score, name };
  }
  return best;
}

function matchName(name: HumanName, { words, family, given }: Reading): number | undefined {
  const parts = nameParts(name);
  const [families, givens] = [parts.family ?? '', parts.given.join(' ')].map((text) => wordsOf(fold(text))) as [string[], string[]];
  const others = wordsOf(fold([parts.text ?? '', ...parts.prefix, ...parts.suffix].join(' ')));
  let score = 0;
  const take = (typed: readonly string[], fields: readonly (readonly string[])[]): boolean =>
    typed
      .flatMap((word) => wordsOf(fold(word)))
      .every((word) => {
        const found = Math.max(...fields.map((field, i) => wordScore(word, field) - i));
        if (found > 0) score += found;
        return found > 0;
      });
  const bare = families.length === 0 && givens.length === 0;
  const ordered = family !== undefined && !bare && take([family], [families]) && take(given, [givens]);
  if (!ordered) score = 0;
  // "Family, given" that fits the other way round, or a name kept as text only, is still found; it comes later.
  if (!ordered && !take(words, [families, givens, others])) return undefined;
  if (ordered) score += EXACT;
  return parts.use === 'old' || parts.use === 'maiden' ? Math.max(1, score - FORMER) : score;
}

function wordScore(word: string, field: readonly string[]): number {
  // The whole family name before one that begins or ends so.
  if (field.length === 1 && field[0] === word) return EXACT + 2;
  if (field.includes(word)) return EXACT;
  if (field.some((part) => part.startsWith(word))) return BEGINS;
  return isIdeographic(word) && field.some((part) => part.includes(word)) ? BEGINS : -Infinity;
}

/** A date in the record that is less precise than the question may be that day: it counts, for less. */
function matchBirth(patient: Patient, births: readonly string[]): number | undefined {
  const birth = textOf(patient.birthDate)?.slice(0, 10);
  if (birth === undefined || !dateOf(birth)) return undefined;
  if (births.includes(birth)) return 40;
  if (births.some((asked) => birth.startsWith(`${asked}-`))) return 15;
  return births.some((asked) => asked.startsWith(`${birth}-`)) ? 5 : undefined;
}

/** Whole numbers first; the beginning of one from three characters on, and the end of a telephone number. */
function matchNumber(patient: Patient, typed: string): number | undefined {
  const identifiers = entriesOf(patient.identifier).map(({ value }) => bareNumber(textOf(value) ?? ''));
  const phones = entriesOf(patient.telecom).flatMap(({ system, value }) =>
    system === 'phone' || system === 'sms' ? [bareNumber(textOf(value) ?? '')] : [],
  );
  const end = typed.replace(/^(?:0|61|1(?=\d{10}$))/, '');
  if (identifiers.includes(typed)) return 60;
  if (phones.some((phone) => phone === typed || (end.length >= 8 && phone.endsWith(end)))) return 50;
  if (typed.length < 3) return undefined;
  if (identifiers.some((value) => value.startsWith(typed))) return 20;
  return phones.some((phone) => phone.startsWith(typed)) || (typed.length >= 4 && phones.some((phone) => phone.endsWith(typed)))
    ? 10
    : undefined;
}
