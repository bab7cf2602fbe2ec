/** What was typed into a patient search: words of a name, a birth date, a number. */
import { localeOf } from '../fhir/read/intl.js';
import { epochOf, type Moment } from '../fhir/read/moment.js';
import { isoInZone, isZone } from '../fhir/read/zone.js';
import { findBirthDates, type BirthDate } from './birth-date.js';
import { BLANK, bareNumber, isIdeographic, tidy } from './text.js';

/** One way to read what was typed. All of it must be true of a patient; of several readings one suffices. */
export interface Reading {
  /** Words of the name in the order typed. */
  words: readonly string[];
  /** Only where a comma parted them: "Quispe Flores, Mariana". They are in `words` too. */
  family: string | undefined;
  given: readonly string[];
  /** A day, a month or a year; several where what was typed can be read in several ways. */
  births: readonly string[];
  /** An identifier or telephone number as typed. */
  number: string | undefined;
}

export interface PatientQuery {
  /** Tidied: what is compared to know whether the question changed. */
  text: string;
  readings: readonly Reading[];
  /** A birth date that can be read in several ways: to be asked. */
  ambiguous: { text: string; dates: readonly string[] } | undefined;
  /** Looks like a birth date and cannot be one (31/02/1984, a day to come): it is left out, and that must be said. */
  impossible: string | undefined;
  /** Two characters or more, or one that is a word by itself. */
  enough: boolean;
}

export interface QueryOptions {
  /** BCP 47: order of day and month, names of months. */
  locale: string;
  now: Moment;
  zone?: string | undefined;
  /** The answer to an ambiguous birth date: only this one is meant. */
  birth?: string | undefined;
}

/** Said before a number or date, as people read it off a card; not part of a name there. */
const LABEL =
  /(?<![\p{L}\p{N}])(?:mrn|urn?|medicare|ihi|nhs|dva|mbi|ssn|dob|d\.o\.b\.?|born|ph|phone|tel|telephone|mob|mobile|id|no\.?|nr\.?|number|#)[ :.#]*(?=[+(\d\ue000])/giu;
/** A run of digits with what stands between them in numbers, or a word with digits in it. */
const NUMBER = /(?<![\p{L}\p{N}])(?:[+(]?\d[\d ()./-]*\d|(?=[\p{L}\d-]*\d)[\p{L}\d]+(?:[-/][\p{L}\d]+)*)(?![\p{L}\p{N}])/giu;

export function parsePatientQuery(typed: string, options: QueryOptions): PatientQuery {
  const text = tidy(typed);
  const locale = localeOf(options.locale);
  const dates = findBirthDates(text, { locale, today: todayIn(options) });
  const impossible = dates.find(({ readings }) => readings.length === 0);
  const date = dates.find(({ readings }) => readings.length > 0);

  const readings = [readingOf(text, date === undefined ? [] : [date], impossible, options.birth)];
  // A bare year, eight digits or "June 1984" may not be a birth date after all.
  if (date?.unsure) readings.push(...otherwise(text, date, impossible, options));

  const meant = options.birth !== undefined && date?.readings.includes(options.birth);
  return {
    text,
    readings: readings.filter((reading) => reading.words.length > 0 || reading.births.length > 0 || reading.number !== undefined),
    ambiguous: date && date.readings.length > 1 && !meant ? { text: date.text, dates: date.readings } : undefined,
    impossible: impossible?.text,
    enough: isEnough(text),
  };
}

function otherwise(text: string, date: BirthDate, impossible: BirthDate | undefined, options: QueryOptions): Reading[] {
  const name = /^\p{L}+/u.exec(date.text)?.[0];
  if (name === undefined) {
    const reading = readingOf(text, [], impossible, undefined);
    // "Quispe 1984" is a name and a year; nobody's number has four digits that read so.
    return reading.words.length > 0 && /^\d{4}$/.test(date.text) ? [] : [reading];
  }
  // The month's name is a given name, and the year stands by itself.
  const [year] = findBirthDates(date.text.slice(name.length), { locale: localeOf(options.locale), today: todayIn(options) });
  return year ? [readingOf(text, [{ ...year, index: year.index + date.index + name.length }], impossible, undefined)] : [];
}

function readingOf(text: string, dates: readonly BirthDate[], impossible: BirthDate | undefined, birth: string | undefined): Reading {
  let rest = text;
  for (const { index, text: match } of impossible ? [...dates, impossible] : dates)
    rest = rest.slice(0, index) + BLANK.repeat(match.length) + rest.slice(index + match.length);
  rest = rest.replace(LABEL, ' ').replaceAll(BLANK, ' ');
  const numbers: string[] = [];
  rest = rest.replace(NUMBER, (match) => {
    numbers.push(match.trim());
    return ' ';
  });
  const [front = [], ...back] = rest.split(',').map(nameWords);
  const given = back.flat();
  const readings = dates[0]?.readings ?? [];
  return {
    words: [...front, ...given],
    family: front.length > 0 && given.length > 0 ? front.join(' ') : undefined,
    given: front.length > 0 ? given : [],
    births: birth !== undefined && readings.includes(birth) ? [birth] : readings,
    number: numbers.length === 0 ? undefined : numbers.join(' '),
  };
}

/** Said in front of a name, and seldom part of what is kept as one. */
const TITLE = /^(?:dr|mr|mrs|ms|miss|mx|prof)\.?$/i;

function nameWords(text: string): string[] {
  const words = text.split(' ').filter((word) => /\p{L}/u.test(word));
  return words.length > 1 && TITLE.test(words[0]!) ? words.slice(1) : words;
}

function isEnough(text: string): boolean {
  return bareNumber(text).length >= 2 || isIdeographic(text);
}

function todayIn({ now, zone }: QueryOptions): string {
  return isoInZone(epochOf(now) ?? 0, isZone(zone) ? zone : 'UTC').slice(0, 10);
}
