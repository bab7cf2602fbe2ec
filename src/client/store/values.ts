/**
 * From the values of elements to what an index files them under. Every kind of parameter but date, number and quantity is a set of
 * string keys; a query for it is a set of keys too, and matches where they meet. The first letter of a key says what it stands for.
 *
 * Codes compare without case, as R4 asks for ("when in doubt, servers SHOULD treat tokens in a case-insensitive manner");
 * identifiers compare exactly, since a conditional create by identifier must not take another patient's.
 */
import type { SearchParam } from './definitions.js';
import { rangeOfDate, rangeOfPeriod } from './dates.js';
import { valuesAt } from './paths.js';
import { fold } from './text.js';
import { isObject, type JsonObject } from './tree.js';

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Keys of tokens. `code` and `pair` fold case, `CODE` and `PAIR` do not. */
export const tokenKey = {
  /** A code in whatever system. */
  code: (code: string): string => `c${code.toLowerCase()}`,
  /** A code of a system; '' for none. */
  pair: (system: string, code: string): string => `p${system}|${code.toLowerCase()}`,
  CODE: (value: string): string => `C${value}`,
  PAIR: (system: string, value: string): string => `P${system}|${value}`,
  /** Any code of a system. */
  system: (system: string): string => `s${system}`,
  /** A value of type `code`: its system is said by the definition, not by the record. */
  implicit: (code: string): string => `i${code.toLowerCase()}`,
  /** An identifier by its type. */
  ofType: (system: string, code: string, value: string): string => `o${system}|${code}|${value}`,
};

const CONTACT = /^(phone|fax|email|pager|url|sms|other)$/;

function codingKeys(coding: JsonObject, keys: string[]): void {
  const system = text(coding['system']) ?? '';
  const code = text(coding['code']);
  if (code !== undefined) keys.push(tokenKey.code(code), tokenKey.pair(system, code));
  if (system) keys.push(tokenKey.system(system));
}

function identifierKeys(identifier: JsonObject, keys: string[]): void {
  const system = text(identifier['system']) ?? '';
  const value = text(identifier['value']);
  // A ContactPoint's system is no namespace, and nobody remembers the case of an e-mail address.
  if (CONTACT.test(system)) {
    if (value !== undefined) keys.push(tokenKey.code(value), tokenKey.pair('', value), tokenKey.pair(system, value));
    return;
  }
  if (value !== undefined) keys.push(tokenKey.CODE(value), tokenKey.PAIR(system, value));
  if (system) keys.push(tokenKey.system(system));
  const type = identifier['type'];
  if (value !== undefined && isObject(type) && Array.isArray(type['coding']))
    for (const coding of type['coding'])
      if (isObject(coding)) keys.push(tokenKey.ofType(text(coding['system']) ?? '', text(coding['code']) ?? '', value));
}

function tokenKeys(value: unknown, keys: string[]): void {
  if (typeof value === 'boolean')
    keys.push(tokenKey.code(String(value)), tokenKey.pair('', String(value)), tokenKey.implicit(String(value)));
  else if (typeof value === 'string') keys.push(tokenKey.code(value), tokenKey.pair('', value), tokenKey.implicit(value));
  else if (!isObject(value)) return;
  else if (Array.isArray(value['coding'])) {
    for (const coding of value['coding']) if (isObject(coding)) codingKeys(coding, keys);
  } else if ('value' in value) identifierKeys(value, keys);
  else codingKeys(value, keys);
}

/** Words that go with a token: CodeableConcept.text, Coding.display, Identifier.type.text (R4 search.html, ":text"). */
export function tokenTexts(value: unknown): string[] {
  if (!isObject(value)) return [];
  const codings = Array.isArray(value['coding']) ? value['coding'] : [];
  const type = value['type'];
  return [
    value['text'],
    value['display'],
    ...codings.map((coding) => (isObject(coding) ? coding['display'] : undefined)),
    isObject(type) ? type['text'] : undefined,
  ].flatMap((one) => text(one) ?? []);
}

/** Parts of HumanName and Address that a string parameter looks at. */
const STRING_PARTS = ['family', 'given', 'prefix', 'suffix', 'text', 'line', 'city', 'district', 'state', 'postalCode', 'country'];

/** The strings of a value as they stand in the record. */
export function rawStrings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (!isObject(value)) return [];
  return STRING_PARTS.flatMap((part) => value[part] ?? []).filter((one) => typeof one === 'string');
}

function stringKeys(value: unknown, keys: string[]): void {
  for (const one of rawStrings(value)) keys.push(fold(one));
  // A name that has nothing but a text would not be found by its family name: its words count too.
  if (isObject(value) && typeof value['text'] === 'string' && !value['family'] && !value['given'] && !value['line'])
    keys.push(...fold(value['text']).split(' '));
}

/** Keys of references and canonicals. */
export const referenceKey = {
  /** `Patient/p1`, on this server. */
  local: (type: string, id: string): string => `r${type}/${id}`,
  /** By id alone, whatever the type. */
  id: (id: string): string => `i${id}`,
  /** An absolute URL elsewhere, or a canonical with or without its version. */
  url: (url: string): string => `u${url}`,
  /** Reference.identifier. */
  identifier: (system: string, value: string): string => `k${system}|${value}`,
  identifierValue: (value: string): string => `v${value}`,
  identifierSystem: (system: string): string => `s${system}`,
};

const LOCAL = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/;
const TYPED_URL = /\/([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[^/]+)?$/;

/** Cuts our own base off a reference. */
export type Localize = (reference: string) => string;

/** Type and id of a reference to this server; undefined for one that leads elsewhere. */
export function parseLocal(reference: string): { type: string; id: string } | undefined {
  const match = LOCAL.exec(reference);
  return match ? { type: match[1]!, id: match[2]! } : undefined;
}

function referenceKeys(value: unknown, param: SearchParam, localize: Localize, keys: string[]): void {
  const reference = text(isObject(value) ? value['reference'] : value);
  const identifier = isObject(value) ? value['identifier'] : undefined;
  const url = reference === undefined ? undefined : localize(reference);
  const local = url === undefined ? undefined : parseLocal(url);
  if (param.filtered) {
    const said = isObject(value) ? text(value['type']) : undefined;
    const type = local?.type ?? TYPED_URL.exec(url ?? '')?.[1] ?? said;
    if (type !== undefined && !param.targets?.includes(type)) return;
    if (type === undefined && identifier === undefined) return;
  }
  if (local) keys.push(referenceKey.local(local.type, local.id), referenceKey.id(local.id));
  else if (url !== undefined && !url.startsWith('#')) {
    keys.push(referenceKey.url(url));
    const bar = url.indexOf('|');
    if (bar > 0) keys.push(referenceKey.url(url.slice(0, bar)));
  }
  if (isObject(identifier)) {
    const [system, id] = [text(identifier['system']) ?? '', text(identifier['value'])];
    if (id !== undefined) keys.push(referenceKey.identifier(system, id), referenceKey.identifierValue(id));
    if (system) keys.push(referenceKey.identifierSystem(system));
  }
}

/** What a key index files a resource under for this parameter; no key twice. */
export function keysOf(tree: unknown, param: SearchParam, localize: Localize): string[] {
  const keys: string[] = [];
  for (const value of valuesAt(tree, param.path))
    if (param.kind === 't') tokenKeys(value, keys);
    else if (param.kind === 's') stringKeys(value, keys);
    else if (param.kind === 'r') referenceKeys(value, param, localize, keys);
    else if (typeof value === 'string') keys.push(value);
  return keys.length > 1 ? distinct(keys) : keys;
}

/** Without repeats; most lists are too short for a Set to pay. */
function distinct(keys: string[]): string[] {
  if (keys.length > 16) return [...new Set(keys)];
  let length = 1;
  for (let at = 1; at < keys.length; at++) {
    const first = keys.indexOf(keys[at]!);
    if (first >= length) keys[length++] = keys[at]!;
  }
  keys.length = length;
  return keys;
}

/** A value that lies somewhere between two bounds: a date, a number or a quantity. It is also the entry that an index files. */
export class Range {
  readonly low: number;
  /** Of a date exclusive. */
  readonly high: number;
  /** The Quantity, Money or Range it was read from: its unit is looked at only by queries that name one. */
  readonly quantity: JsonObject | undefined;
  /** The row it belongs to, in an index. */
  row = -1;
  /** False once that row has changed. */
  live = true;

  constructor(low: number, high: number, quantity?: JsonObject) {
    this.low = low;
    this.high = high;
    this.quantity = quantity;
  }

  /** Whether the unit is this one; without a system as code, as text shown, or as currency. */
  hasUnit(system: string, unit: string): boolean {
    const { quantity } = this;
    return [quantity, quantity?.['low'], quantity?.['high']].some((one) => {
      if (!isObject(one)) return false;
      if (system === '') return one['code'] === unit || one['unit'] === unit || one['currency'] === unit;
      return (one['system'] === system && one['code'] === unit) || (system === CURRENCIES && one['currency'] === unit);
    });
  }
}

const CURRENCIES = 'urn:iso:std:iso:4217';

function timingRange(timing: JsonObject): Range | undefined {
  const events = (Array.isArray(timing['event']) ? timing['event'] : []).flatMap((one) =>
    typeof one === 'string' ? (rangeOfDate(one) ?? []) : [],
  );
  const repeat = timing['repeat'];
  const bounds = isObject(repeat) ? repeat['boundsPeriod'] : undefined;
  const period = isObject(bounds) ? rangeOfPeriod(bounds['start'], bounds['end']) : undefined;
  // Only the outer limits of a Timing count (R4 search.html, "date").
  const all = period ? [...events, period] : events;
  return all.length === 0 ? undefined : new Range(Math.min(...all.map((one) => one.start)), Math.max(...all.map((one) => one.end)));
}

function dateRange(value: unknown): Range | undefined {
  if (isObject(value) && ('event' in value || 'repeat' in value)) return timingRange(value);
  const range = typeof value === 'string' ? rangeOfDate(value) : isObject(value) ? rangeOfPeriod(value['start'], value['end']) : undefined;
  return range && new Range(range.start, range.end);
}

function numberRange(value: unknown): Range | undefined {
  if (typeof value === 'number') return new Range(value, value);
  if (!isObject(value)) return undefined;
  const { low, high, value: amount } = value;
  if (isObject(low) || isObject(high)) {
    const bound = (one: unknown, open: number): number => (isObject(one) && typeof one['value'] === 'number' ? one['value'] : open);
    return new Range(bound(low, -Infinity), bound(high, Infinity), value);
  }
  if (typeof amount !== 'number') return undefined;
  const comparator = text(value['comparator']) ?? '';
  return new Range(comparator.startsWith('<') ? -Infinity : amount, comparator.startsWith('>') ? Infinity : amount, value);
}

/** What a range index files a resource under for this parameter. */
export function rangesOf(tree: unknown, param: SearchParam): Range[] {
  const read = param.kind === 'd' ? dateRange : numberRange;
  const ranges: Range[] = [];
  for (const value of valuesAt(tree, param.path)) {
    const range = read(value);
    if (range) ranges.push(range);
  }
  return ranges;
}
