/**
 * Messages are plain data: a string, or a function of a Formatter and arguments. English is always there; other
 * languages are loaded when first needed and are complete by type, so a missing or a surplus text does not compile.
 */

/** Numbers, dates and plural words of one language. */
export interface Formatter {
  readonly lang: string;
  number(value: number, options?: Intl.NumberFormatOptions): string;
  date(value: Date, options: Intl.DateTimeFormatOptions): string;
  list(values: readonly string[]): string;
  /** Picks by the language's plural rule: `plural(n, { one: '1 visit', other: `${n} visits` })`. */
  plural(count: number, words: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }): string;
}

export type Message = string | ((f: Formatter, ...args: never[]) => string);
export type MessageTable = Readonly<Record<string, Message>>;
/** A table in another language: every text of it, and no other. */
export type Translation<T extends MessageTable> = { readonly [K in keyof T]: T[K] extends string ? string : T[K] };
/** Only the texts in which a region says it otherwise than its language does: `en-AU` over English. */
export type Regional<T extends MessageTable> = Partial<Translation<T>>;
export type MessageArgs<M> = M extends (f: Formatter, ...args: infer A) => string ? A : [];

export type Loader<W> = () => Promise<W>;

/** What every table of carelet's own ships: whole languages, and regions where their words differ. */
export interface Shipped<T extends MessageTable> {
  readonly ar: Loader<Translation<T>>;
  readonly es: Loader<Translation<T>>;
  readonly 'en-AU'?: Loader<Regional<T>>;
}

export interface Messages<T extends MessageTable> {
  readonly en: T;
  /** By BCP 47 tag in its canonical case: `ar`, `en-AU`. */
  readonly lazy: Readonly<Record<string, Loader<Regional<T>>>>;
  /** Names under which a host may give words of its own, the nearest first. */
  readonly tables: readonly string[];
}

export function defineMessages<T extends MessageTable>(
  en: T,
  lazy: Readonly<Record<string, Loader<Regional<T>>>>,
  tables: readonly string[] = [],
): Messages<T> {
  return { en, lazy, tables };
}

const RTL = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'iw', 'ks', 'nqo', 'ps', 'sd', 'syr', 'ug', 'ur', 'yi']);

export function directionOf(lang: string): 'ltr' | 'rtl' {
  const [language = '', ...rest] = lang.toLowerCase().split('-');
  if (rest.includes('latn')) return 'ltr';
  return RTL.has(language) || rest.includes('arab') || rest.includes('hebr') ? 'rtl' : 'ltr';
}

const formatters = new Map<string, Formatter>();

/** A Formatter for a BCP 47 tag; one that Intl refuses reads as English. */
export function formatterFor(lang: string): Formatter {
  let formatter = formatters.get(lang);
  if (!formatter) {
    formatter = createFormatter(lang);
    formatters.set(lang, formatter);
  }
  return formatter;
}

function createFormatter(wanted: string): Formatter {
  let lang = wanted;
  try {
    Intl.getCanonicalLocales(wanted);
  } catch {
    lang = 'en';
  }
  const rules = new Intl.PluralRules(lang);
  const lists = new Intl.ListFormat(lang, { type: 'conjunction' });
  const dates = new Map<string, Intl.DateTimeFormat>();
  const numbers = new Map<string, Intl.NumberFormat>();
  const cached = <F>(map: Map<string, F>, options: object, make: () => F): F => {
    const key = JSON.stringify(options);
    let format = map.get(key);
    if (!format) map.set(key, (format = make()));
    return format;
  };
  return {
    lang,
    number: (value, options = {}) => cached(numbers, options, () => new Intl.NumberFormat(lang, options)).format(value),
    // Gregorian, as every record is; a locale whose everyday calendar is another one would show another year.
    date: (value, options) =>
      cached(dates, options, () => new Intl.DateTimeFormat(lang, { calendar: 'gregory', ...options })).format(value),
    list: (values) => lists.format(values),
    plural: (count, words) => words[rules.select(count)] ?? words.other,
  };
}
