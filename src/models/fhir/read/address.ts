/** Postal addresses in the order of their own country. Orders follow the UPU's addressing guides. R4 datatypes, Address. */
import { isInForce } from './date-compare.js';
import { localeOf } from './intl.js';
import { entriesOf, textOf, textsOf } from './loose.js';
import type { Moment } from './moment.js';
import type { Address } from '../generated/types/index.js';

/** Country names and alpha-3 codes that records hold in place of the alpha-2 code. */
const COUNTRY_WORDS: Readonly<Record<string, string>> = {
  usa: 'US', 'united states': 'US', 'united states of america': 'US', aus: 'AU', australia: 'AU', gbr: 'GB', uk: 'GB', 'united kingdom': 'GB',
  england: 'GB', scotland: 'GB', wales: 'GB', can: 'CA', cad: 'CA', canada: 'CA', nzl: 'NZ', 'new zealand': 'NZ', irl: 'IE', ireland: 'IE', deu: 'DE',
  germany: 'DE', deutschland: 'DE', fra: 'FR', france: 'FR', nld: 'NL', netherlands: 'NL', nederland: 'NL', bel: 'BE', belgium: 'BE', che: 'CH',
  switzerland: 'CH', aut: 'AT', austria: 'AT', ita: 'IT', italy: 'IT', esp: 'ES', spain: 'ES', prt: 'PT', portugal: 'PT', jpn: 'JP', japan: 'JP',
  chn: 'CN', china: 'CN', kor: 'KR', 'south korea': 'KR', ind: 'IN', india: 'IN', isr: 'IL', israel: 'IL', bra: 'BR', brazil: 'BR', mex: 'MX', mexico: 'MX',
  nor: 'NO', norway: 'NO', swe: 'SE', sweden: 'SE', dnk: 'DK', denmark: 'DK', fin: 'FI', finland: 'FI', sgp: 'SG', singapore: 'SG', zaf: 'ZA',
}; // prettier-ignore

/** The alpha-2 code of a recorded country, where it can be told; else undefined. */
export function countryCode(country: string | undefined): string | undefined {
  const text = textOf(country);
  if (text === undefined) return undefined;
  const known = COUNTRY_WORDS[text.toLowerCase()];
  return known ?? (/^[A-Za-z]{2}$/.test(text) ? text.toUpperCase() : undefined);
}

/**
 * How a country writes the line with the town: {c} city, {s} state, {p} postal code, {d} district, in the order and with the
 * marks given; `|` starts a new line. A part that is missing takes the mark before it along.
 */
const PATTERNS: Readonly<Record<string, string>> = {
  US: '{c}, {s} {p}',
  CA: '{c} {s} {p}',
  AU: '{c} {s} {p}',
  NZ: '{d}|{c} {p}',
  GB: '{d}|{c}|{s}|{p}',
  IE: '{d}|{c}|{s}|{p}',
  IN: '{d}|{c} {p}|{s}',
  IL: '{c} {p}',
  SG: '{c} {p}',
  BR: '{d}|{c} - {s}|{p}',
  MX: '{d}|{p} {c}, {s}',
  ES: '{p} {c}|{s}',
  IT: '{p} {c} {s}',
  KR: '{s} {c} {d}|{p}',
  CN: '{p} {s} {c} {d}',
  JP: '{d} {c}, {s} {p}',
  ZA: '{d}|{c}|{p}',
};
/** Most of Europe: the code before the town, no state. */
const CODE_FIRST = new Set(['DE', 'FR', 'NL', 'BE', 'CH', 'AT', 'PT', 'NO', 'SE', 'DK', 'FI']);
/** Where the country is not known, nothing can be left out. */
const ANY = '{d}|{c}, {s} {p}';

function fill(pattern: string, parts: Readonly<Record<string, string | undefined>>): string[] {
  return pattern.split('|').flatMap((line) => {
    let text = '';
    for (const [, mark = '', key = ''] of line.matchAll(/([^{}]*)\{(\w)\}/g)) {
      const part = parts[key];
      if (part !== undefined) text += (text === '' ? '' : mark) + part;
    }
    return text === '' ? [] : [text];
  });
}

export interface AddressOptions {
  locale?: string | undefined;
  /** The practice's own country, which is left out. Any other is named in the reader's language. */
  home?: string | undefined;
}

/**
 * The lines of an address as on an envelope. Japanese addresses in Japanese script run from large to small. Where there are
 * no parts, the recorded text is split at its line breaks. Empty when nothing is recorded.
 */
export function addressLines(address: Address | undefined | null, { locale, home }: AddressOptions = {}): string[] {
  if (!address) return [];
  const [c, d, s, p] = [address.city, address.district, address.state, address.postalCode].map(textOf);
  const street = textsOf(address.line);
  const parts = { c, d, s, p };
  if (street.length === 0 && [c, d, s, p].every((part) => part === undefined)) {
    const written = (textOf(address.text) ?? '').split(/\r\n|\r|\n/).flatMap((line) => textOf(line) ?? []);
    return written.length > 0 ? written : countryLine(address, locale, home);
  }
  const code = countryCode(address.country);
  if (code === 'JP' && /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(`${s ?? ''}${c ?? ''}${street.join('')}`)) {
    return [
      ...(p === undefined ? [] : [`〒${p.replace('〒', '')}`]),
      [s, c, d, ...street].filter((part) => part !== undefined).join(''),
      ...countryLine(address, locale, home),
    ];
  }
  const pattern = code === undefined ? ANY : CODE_FIRST.has(code) ? '{d}|{p} {c}|{s}' : (PATTERNS[code] ?? ANY);
  // A county or district is not part of a US or Australian address, unless nothing else says where it is.
  const town = fill(pattern, pattern.includes('{d}') || c !== undefined ? parts : { ...parts, c: d });
  return [...street, ...town, ...countryLine(address, locale, home)];
}

function countryLine(address: Address, locale: string | undefined, home: string | undefined): string[] {
  const text = textOf(address.country);
  const code = countryCode(address.country);
  if (text === undefined || (code !== undefined && code === countryCode(home))) return [];
  return [code === undefined ? text : regionName(code, text, locale)];
}

const regions = new Map<string, Intl.DisplayNames>();

function regionName(code: string, written: string, locale: string | undefined): string {
  const tag = localeOf(locale);
  let names = regions.get(tag);
  if (!names) regions.set(tag, (names = new Intl.DisplayNames([tag], { type: 'region', fallback: 'none' })));
  try {
    return names.of(code) ?? written;
  } catch {
    return written;
  }
}

/** The address on one line. */
export function formatAddress(address: Address | undefined | null, options: AddressOptions = {}): string | undefined {
  return addressLines(address, options).join(', ') || undefined;
}

export interface PickAddressOptions {
  now: Moment;
  zone?: string | undefined;
  /** Uses in the order wanted; default home, temp, work, billing. */
  prefer?: readonly string[] | undefined;
}

/** The address to use: one in force before a lapsed one, then by use. `old` ones only when nothing else is there. */
export function pickAddress<T extends Address>(
  addresses: readonly T[] | T | undefined | null,
  { now, zone, prefer = ['home', 'temp', 'work', 'billing'] }: PickAddressOptions,
): T | undefined {
  let best: { address: T; rank: number } | undefined;
  for (const address of entriesOf(addresses)) {
    if (addressLines(address).length === 0) continue;
    const use = prefer.indexOf(textOf(address.use) ?? '');
    const rank = (address.use !== 'old' && isInForce(address.period, now, zone) ? 0 : 100) + (use < 0 ? prefer.length : use);
    if (!best || rank < best.rank) best = { address, rank };
  }
  return best?.address;
}
