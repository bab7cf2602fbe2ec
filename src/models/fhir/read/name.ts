/**
 * Human names: which of several to show, and how it reads. R4 datatypes, HumanName. Orders follow CLDR's person-name data
 * (surname first in hu, ja, ko, vi, zh); direction of the text is left to the page (`<bdi>`).
 */
import { absentReasonAt, absentReasonOf, extensionValue, primitiveElement, type AbsentReason } from './extension.js';
import { languageOf, localeOf } from './intl.js';
import { entriesOf, textOf, textsOf } from './loose.js';
import { isInForce } from './date-compare.js';
import type { Moment } from './moment.js';
import type { NameUse } from '../generated/codes/index.js';
import type { HumanName } from '../generated/types/index.js';

/** A name's parts as they were recorded. `text` is kept beside them. */
export interface NameParts {
  family: string | undefined;
  given: readonly string[];
  prefix: readonly string[];
  suffix: readonly string[];
  text: string | undefined;
  use: NameUse | undefined;
  /** Language of the name itself, where the record says it. */
  language: string | undefined;
  /** Pieces of a compound family name: own (`van` `Beethoven`) and the partner's. */
  ownPrefix: string | undefined;
  ownName: string | undefined;
  partnerPrefix: string | undefined;
  partnerName: string | undefined;
}

const STRUCTURE = 'http://hl7.org/fhir/StructureDefinition/';

/** The parts of one name. A family name given only in pieces (own and partner's) is put together from them. */
export function nameParts(name: HumanName | undefined | null): NameParts {
  const family = textsOf(name?.family).join(' ') || undefined;
  const beside = primitiveElement(name, 'family');
  const piece = (id: string): string | undefined => textOf(extensionValue(beside, `${STRUCTURE}humanname-${id}`));
  const [ownPrefix, ownName, partnerPrefix, partnerName] = [
    piece('own-prefix'),
    piece('own-name'),
    piece('partner-prefix'),
    piece('partner-name'),
  ];
  const joined = (...words: (string | undefined)[]): string => words.filter((word) => word !== undefined).join(' ');
  const pieces = [joined(ownPrefix, ownName), joined(partnerPrefix, partnerName)].filter((words) => words !== '').join('-');
  return {
    family: family ?? (pieces || undefined),
    given: textsOf(name?.given),
    prefix: textsOf(name?.prefix),
    suffix: textsOf(name?.suffix),
    text: textOf(name?.text),
    use: textOf(name?.use) as NameUse | undefined,
    language: textOf(extensionValue(name, `${STRUCTURE}language`)),
    ownPrefix,
    ownName,
    partnerPrefix,
    partnerName,
  };
}

export interface ChooseNameOptions {
  now: Moment;
  zone?: string | undefined;
  /** Uses in the order wanted. Default: usual first, as people are addressed; claims want `official` first. */
  prefer?: readonly NameUse[] | undefined;
}

/** Former names are never chosen: they are read by {@link formerNames}. A name without a use stands after the official one. */
const PREFERENCE: readonly NameUse[] = ['usual', 'official'];
const AFTER: readonly (NameUse | undefined)[] = ['usual', 'official', undefined, 'temp', 'nickname', 'anonymous'];

/**
 * The name to show. Of those in force at `now`, a whole name (family and given, or text) comes before part of one, so that
 * a `usual` "Jim" beside an official "Peter James Chalmers" does not hide the family name; then the order of uses; then the
 * record's own order. A name marked as preferred (iso21090-preferred) comes first among whole ones. When no name is in
 * force, the same is asked of those that are over, rather than showing none. Undefined when there is nothing to read.
 */
export function chooseName<T extends HumanName>(
  names: readonly T[] | T | undefined | null,
  { now, zone, prefer = PREFERENCE }: ChooseNameOptions,
): T | undefined {
  const order = [...prefer, ...AFTER];
  let best: { name: T; rank: number } | undefined;
  for (const name of entriesOf(names)) {
    const parts = nameParts(name);
    if (parts.use === 'old' || parts.use === 'maiden' || !isReadable(parts)) continue;
    const whole = (parts.family !== undefined && parts.given.length > 0) || parts.text !== undefined;
    const rank =
      (isInForce(name.period, now, zone) ? 0 : 1000) +
      (whole ? 0 : 100) +
      (extensionValue(name, `${STRUCTURE}iso21090-preferred`) === true ? -50 : 0) +
      order.indexOf(parts.use);
    if (!best || rank < best.rank) best = { name, rank };
  }
  return best?.name;
}

function isReadable({ family, given, text }: NameParts): boolean {
  return family !== undefined || given.length > 0 || text !== undefined;
}

/** Maiden and old names, and those whose period is over: for searching and for "formerly". */
export function formerNames<T extends HumanName>(names: readonly T[] | T | undefined | null, now: Moment, zone?: string): T[] {
  return entriesOf(names).filter(
    (name) => isReadable(nameParts(name)) && (name.use === 'old' || name.use === 'maiden' || !isInForce(name.period, now, zone)),
  );
}

/** What the person is called where it differs from the chosen name's first given name: a usual name or nickname, "Jim". */
export function knownAs(names: readonly HumanName[] | HumanName | undefined | null, options: ChooseNameOptions): string | undefined {
  const chosen = chooseName(names, options);
  const called = nameParts(chosen).given[0];
  for (const use of ['usual', 'nickname'] as const) {
    for (const name of entriesOf(names)) {
      if (name === chosen || name.use !== use || !isInForce(name.period, options.now, options.zone)) continue;
      const parts = nameParts(name);
      const word = parts.given[0] ?? parts.text;
      if (word !== undefined && word !== called) return word;
    }
  }
  return undefined;
}

/** Why no name can be read (`masked`, `unknown` …), where the record says so. */
export function nameAbsentReason(resource: { name?: unknown; _name?: unknown } | undefined | null): AbsentReason | undefined {
  const whole = absentReasonAt(resource, 'name');
  if (whole) return whole;
  for (const name of entriesOf(resource?.name as HumanName[] | undefined)) {
    const reason = absentReasonAt(name, 'family') ?? absentReasonAt(name, 'given') ?? absentReasonAt(name, 'text') ?? absentReasonOf(name);
    if (reason && !isReadable(nameParts(name))) return reason;
  }
  return undefined;
}

export interface FormatNameOptions {
  locale?: string | undefined;
  /** `full` with titles (default), `inline` given and family, `list` family first, for sorted lists. */
  form?: 'full' | 'inline' | 'list' | undefined;
}

const SURNAME_FIRST = new Set(['hu', 'ja', 'ko', 'vi', 'yue', 'zh']);
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const ARABIC = /\p{Script=Arabic}/u;

/** Whether a name puts the family name first: by its own script, its own language, or else the reader's. */
function isSurnameFirst(parts: NameParts, locale: string | undefined): boolean {
  return CJK.test(`${parts.family ?? ''}${parts.given.join('')}`) || SURNAME_FIRST.has(languageOf(parts.language ?? locale));
}

/** Names wholly in Han, kana or Hangul are written without a space. */
function joiner(words: readonly string[]): string {
  return words.every((word) => CJK.test(word)) ? '' : ' ';
}

/**
 * A name as text: `Dr Peter James Chalmers`, `Chalmers, Peter James`, `Nagy János`, `山田太郎`. The record's own `text` is used
 * for `full` and `inline` only where it holds every part, so that it can add but not take away. Undefined when there is
 * nothing to read; the words for that are the page's.
 */
export function formatName(name: HumanName | undefined | null, { locale, form = 'full' }: FormatNameOptions = {}): string | undefined {
  const parts = nameParts(name);
  const { family, given, prefix, suffix, text } = parts;
  if (family === undefined && given.length === 0) return text;
  const givens = given.join(joiner(given));
  if (form === 'list') {
    if (family === undefined || givens === '') return family ?? givens;
    if (CJK.test(family) && CJK.test(givens)) return family + givens;
    return `${family}${ARABIC.test(family) ? '،' : ','} ${givens}`;
  }
  const shown = form === 'full' ? [...prefix, ...given, ...(family === undefined ? [] : [family]), ...suffix] : [];
  if (form === 'full' && text !== undefined && shown.every((word) => text.includes(word))) return text;
  const core = (isSurnameFirst(parts, locale) ? [family, givens] : [givens, family]).filter(
    (word): word is string => word !== undefined && word !== '',
  );
  const joined = core.join(joiner(core));
  return form === 'full' ? [...prefix, joined, ...suffix].join(' ') : joined;
}

/** For the banner: the family name apart (the page sets it in capitals), or text alone where no parts were recorded. */
export interface BannerName {
  family: string | undefined;
  given: string | undefined;
  prefix: string | undefined;
  suffix: string | undefined;
  /** Only where there is neither family nor given name. */
  text: string | undefined;
}

export function bannerName(name: HumanName | undefined | null): BannerName | undefined {
  const parts = nameParts(name);
  if (!isReadable(parts)) return undefined;
  const join = (words: readonly string[]): string | undefined => (words.length === 0 ? undefined : words.join(joiner(words)));
  const bare = parts.family === undefined && parts.given.length === 0;
  return {
    family: parts.family,
    given: join(parts.given),
    prefix: join(parts.prefix),
    suffix: join(parts.suffix),
    text: bare ? parts.text : undefined,
  };
}

/** One or two letters for an avatar, in the order the name is read; particles (`van`) are passed over where the record marks them. */
export function initials(name: HumanName | undefined | null, locale?: string): string | undefined {
  const parts = nameParts(name);
  const words = (parts.text ?? '').split(/[\s,،]+/u).filter((word) => /^\p{L}/u.test(word) && !TITLE.test(word));
  const own =
    parts.ownPrefix !== undefined && parts.family?.startsWith(`${parts.ownPrefix} `)
      ? parts.family.slice(parts.ownPrefix.length + 1)
      : parts.family;
  const bare = parts.family === undefined && parts.given.length === 0;
  const first = bare ? words[0] : parts.given[0];
  const last = bare ? (words.length > 1 ? words.at(-1) : undefined) : own;
  const letters = (isSurnameFirst(parts, locale) && !bare ? [last, first] : [first, last]).flatMap((word) => firstLetter(word) ?? []);
  // Arabic letters join when they stand side by side, and would read as a word.
  return letters.length === 0
    ? undefined
    : letters.join(letters.every((letter) => ARABIC.test(letter)) ? '\u200c' : '').toLocaleUpperCase(localeOf(locale));
}

/** Titles that stand in front of a name given as text only. */
const TITLE = /^(?:dr|prof|mr|mrs|ms|miss|mx|rev|sr|sra|m|mme|herr|frau|د|السيد|السيدة)\.?$|\.$/iu;

function firstLetter(word: string | undefined): string | undefined {
  return word === undefined ? undefined : (/\p{L}\p{M}*/u.exec(word)?.[0] ?? undefined);
}
