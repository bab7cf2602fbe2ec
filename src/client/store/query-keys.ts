/** Values of token, reference and uri parameters: the keys they ask an index for. */
import type { SearchParam } from './definitions.js';
import { SearchError, splitEscaped, unescapeValue } from './query.js';
import type { Store } from './store.js';
import { parseLocal, referenceKey, tokenKey } from './values.js';

/** Systems whose codes stand as plain `code` elements: R4's own, and the language, MIME, country and currency codes. */
const IMPLICIT_SYSTEM = /^(http:\/\/hl7\.org\/fhir\/|urn:ietf:bcp:|urn:iso:std:iso:)/;

export function tokenKeysOf(value: string): string[] {
  const bars = splitEscaped(value, '|').map(unescapeValue);
  const [first = '', ...rest] = bars;
  if (rest.length === 0) return [tokenKey.code(first), tokenKey.CODE(first)];
  const code = rest.join('|');
  if (code === '') return [tokenKey.system(first)];
  const keys = [tokenKey.pair(first, code), tokenKey.PAIR(first, code)];
  return IMPLICIT_SYSTEM.test(first) ? [...keys, tokenKey.implicit(code)] : keys;
}

export function ofTypeKey(code: string, value: string): string {
  const [system, type, id, ...more] = splitEscaped(value, '|').map(unescapeValue);
  if (!type || !id || more.length > 0) throw new SearchError(`${code}:of-type takes system|code|value`, 'value');
  return tokenKey.ofType(system ?? '', type, id);
}

/** All that a URL could be below of: its own beginnings, cut at slashes. */
export function beginnings(url: string): string[] {
  return [...url.matchAll(/\/(?!\/)|$/g)].map((match) => url.slice(0, match.index)).filter((one) => !/^\w*:?\/?\/?$/.test(one));
}

export function referenceKeys(store: Store, param: SearchParam, modifier: string, value: string): string[] {
  if (modifier === 'identifier') {
    const [system = '', ...rest] = splitEscaped(value, '|').map(unescapeValue);
    if (rest.length === 0) return [referenceKey.identifierValue(system)];
    return rest[0] === '' ? [referenceKey.identifierSystem(system)] : [referenceKey.identifier(system, rest.join('|'))];
  }
  const reference = store.localize(unescapeValue(value));
  const local = parseLocal(reference);
  if (modifier) {
    if (local && local.type !== modifier) throw new SearchError(`${param.code}:${modifier} takes an id of that type`, 'value');
    return [referenceKey.local(modifier, local?.id ?? reference)];
  }
  if (local) return [referenceKey.local(local.type, local.id)];
  if (/^[A-Za-z0-9\-.]{1,64}$/.test(reference)) return [referenceKey.id(reference)];
  if (/^[a-z][a-z0-9+.-]*:/i.test(reference)) return [referenceKey.url(reference)];
  throw new SearchError(`${param.code} takes an id, Type/id or an absolute URL`, 'value');
}
