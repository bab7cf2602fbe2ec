/**
 * Birth dates as people type them. What can be read in two ways is given in both: 03/04/1984 is 3 April in Sydney and 4 March in
 * New York, and a wrong guess opens the wrong record.
 */
import { daysInMonth } from '../fhir/read/date.js';
import { BLANK, fold } from './text.js';

/** One way to read what was typed: a day, a month or a year, as FHIR writes it. */
export interface BirthDate {
  /** What was typed. */
  text: string;
  /** More than one where it can be read in several ways; the reader's own order of day and month first. Empty where it is no date. */
  readings: readonly string[];
  /** Where it stood in the text. */
  index: number;
  /** It may also be something else: a bare year or eight digits a number, a month's name a given name. */
  unsure: boolean;
}

export interface BirthDateOptions {
  locale: string;
  /** Today as `2026-11-24`: nobody was born later, or more than 130 years before. */
  today: string;
}

const OLDEST = 130;

/** Every date in a tidied text, from the left; none overlaps another. */
export function findBirthDates(text: string, options: BirthDateOptions): BirthDate[] {
  const found: BirthDate[] = [];
  let rest = text;
  for (const form of forms(options.locale)) {
    rest = rest.replace(form.shape, (match: string, ...groups: unknown[]) => {
      const index = groups.find((group): group is number => typeof group === 'number')!;
      const parts = groups.slice(0, groups.indexOf(index)) as (string | undefined)[];
      const readings = form.read(parts, options);
      if (readings === undefined) return match;
      const lead = match.length - match.trimStart().length;
      found.push({
        text: match.trim(),
        readings: [...new Set(readings)].filter((date) => isPlausible(date, options.today)),
        index: index + lead,
        unsure: form.unsure ?? false,
      });
      // Same length, so that places stay; a sign that no form matches.
      return BLANK.repeat(match.length);
    });
  }
  return found.toSorted((a, b) => a.index - b.index);
}

interface Form {
  shape: RegExp;
  /** Undefined: not of this form after all. */
  read: (groups: readonly (string | undefined)[], options: BirthDateOptions) => string[] | undefined;
  unsure?: boolean;
}

/** Not inside a longer number or word: MRN-1984-03-14 is no date. */
const START = '(?<![\\p{L}\\p{N}]|[\\p{L}\\p{N}][-/.])';
const END = '(?![\\p{L}\\p{N}]|[-/.][\\p{L}\\p{N}])';
const formsOf = new Map<string, readonly Form[]>();

/** The forms that are looked for, the surest first. */
function forms(locale: string): readonly Form[] {
  let list = formsOf.get(locale);
  if (!list) formsOf.set(locale, (list = makeForms(locale)));
  return list;
}

function makeForms(locale: string): Form[] {
  const names = monthNames(locale);
  const alternatives = [...names.keys()].toSorted((a, b) => b.length - a.length).map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const month = `(${alternatives.join('|')})\\.?`;
  const monthOf = (name: string | undefined): number => names.get(fold(name ?? '').trim()) ?? names.get((name ?? '').toLowerCase()) ?? 0;
  const re = (source: string) => new RegExp(`${START}${source}${END}`, 'giu');
  return [
    // 1984-03-14, 1984/3/14, 1984年3月14日
    {
      shape: re('((?:18|19|20)\\d{2})([-/.])(\\d{1,2})\\2(\\d{1,2})'),
      read: ([y, , m, d]) => day(Number(y), Number(m), Number(d)),
    },
    {
      shape: /(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?/gu,
      read: ([y, m, d]) => (d === undefined ? aMonth(Number(y), Number(m)) : day(Number(y), Number(m), Number(d))),
    },
    // 14 Mar 1984, 14-mar-84, 14th of March, 1984
    {
      shape: re(`(\\d{1,2})(?:st|nd|rd|th|er|º)?[ .-]*(?:of |de )?${month}[ ,.-]*(?:de )?(\\d{4}|\\d{2})`),
      read: ([d, name, y], { today }) => years(y, today).flatMap((year) => day(year, monthOf(name), Number(d))),
    },
    // March 14, 1984
    {
      shape: re(`${month}[ .-]*(\\d{1,2})(?:st|nd|rd|th)?(?:, ?|[ .-]+)(\\d{4})`),
      read: ([name, d, y]) => day(Number(y), monthOf(name), Number(d)),
    },
    // March 1984: a month, or a June who was born in 1984
    { shape: re(`${month}[ ,.-]*(\\d{4})`), read: ([name, y]) => aMonth(Number(y), monthOf(name)), unsure: true },
    // 14/03/1984, 14.3.84
    { shape: re('(\\d{1,2})([-/.])(\\d{1,2})\\2((?:18|19|20)\\d{2}|\\d{2})'), read: numeric },
    { shape: re('(\\d{1,2})( )(\\d{1,2}) ((?:19|20)\\d{2})'), read: numeric },
    // 1984-03, 03/1984
    { shape: re('((?:18|19|20)\\d{2})[-/](\\d{1,2})'), read: ([y, m]) => aMonth(Number(y), Number(m)), unsure: true },
    { shape: re('(\\d{1,2})[-/]((?:18|19|20)\\d{2})'), read: ([m, y]) => aMonth(Number(y), Number(m)), unsure: true },
    // 19840314, 14031984: or a number
    { shape: re('(\\d{8})'), read: ([digits], options) => compact(digits!, options), unsure: true },
    // 1984: a year, or a number
    { shape: re('((?:18|19|20)\\d{2})'), read: ([y], { today }) => (isPlausible(y!, today) ? [y!] : undefined), unsure: true },
  ];
}

/** Day and month in the reader's order, and in the other one where that is a date too. Numbers that are neither are no date at all. */
function numeric([a, , b, y]: readonly (string | undefined)[], { locale, today }: BirthDateOptions): string[] | undefined {
  const [x, z] = [Number(a), Number(b)];
  if (Math.min(x, z) > 12 || Math.max(x, z) > 31) return undefined;
  const pairs = monthFirst(locale) ? [[z, x], [x, z]] : [[x, z], [z, x]]; // prettier-ignore
  return pairs.flatMap(([d, m]) => years(y, today).flatMap((year) => day(year, m!, d!)));
}

function compact(digits: string, { locale, today }: BirthDateOptions): string[] | undefined {
  const [a, b, y] = [Number(digits.slice(0, 2)), Number(digits.slice(2, 4)), Number(digits.slice(4))];
  const yearFirst = day(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6)));
  const yearLast = monthFirst(locale) ? [...day(y, a, b), ...day(y, b, a)] : [...day(y, b, a), ...day(y, a, b)];
  const readings = [...yearFirst, ...yearLast].filter((date) => isPlausible(date, today));
  return readings.length === 0 ? undefined : readings;
}

/** A year of two digits is in this century or the last; what cannot be a birth falls out later. */
function years(text: string | undefined, today: string): number[] {
  if (text?.length !== 2) return [Number(text)];
  const century = Number(today.slice(0, 2)) * 100;
  return [century - 100 + Number(text), century + Number(text)];
}

function day(year: number, month: number, date: number): string[] {
  const real = month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month);
  return real ? [`${pad(year, 4)}-${pad(month)}-${pad(date)}`] : [];
}

function aMonth(year: number, month: number): string[] | undefined {
  return month >= 1 && month <= 12 ? [`${pad(year, 4)}-${pad(month)}`] : undefined;
}

function pad(value: number, length = 2): string {
  return String(value).padStart(length, '0');
}

function isPlausible(date: string, today: string): boolean {
  return date <= today.slice(0, date.length) && Number(date.slice(0, 4)) >= Number(today.slice(0, 4)) - OLDEST;
}

function monthFirst(locale: string): boolean {
  const order = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'numeric', day: 'numeric', timeZone: 'UTC' })
    .formatToParts(0)
    .map(({ type }) => type);
  return order.indexOf('month') < order.indexOf('day');
}

/** Names of the months in the reader's language and in English, folded and as they are, by number. */
function monthNames(locale: string): Map<string, number> {
  const names = new Map<string, number>();
  for (const language of ['en', locale]) {
    for (const style of ['long', 'short'] as const) {
      const format = new Intl.DateTimeFormat(language, { month: style, calendar: 'gregory', timeZone: 'UTC' });
      for (let month = 1; month <= 12; month++) {
        const name = format
          .format(Date.UTC(2000, month - 1, 1))
          .toLowerCase()
          .replace(/\.$/, '');
        // Some languages have numbers for names ("3月"): those are read by their own form.
        if (!/\d/.test(name)) for (const form of [name, fold(name).trim()]) names.set(form, month);
      }
    }
  }
  names.set('sept', 9);
  return names;
}
