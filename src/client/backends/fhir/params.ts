/** Search parameters on their way out: which of them name a person, which a server must be strict about, which it left out. */
import type { SearchParams } from '../../backend.js';

/** As fhir-kit-client takes them: an array is the same name several times. */
export type Query = Record<string, string[]>;

export function toQuery(params: SearchParams): Query {
  const query: Query = {};
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined) continue;
    const values = (Array.isArray(value) ? value : [value]).map(String);
    if (values.length > 0) query[name] = values;
  }
  return query;
}

/**
 * Last step of a parameter's name: `family` of `subject:Patient.family`, of `_has:Patient:link:family` and of `family:exact`.
 * The modifier `:identifier` of a reference carries an identifier like the parameter of that name.
 */
function lastStep(name: string): string {
  const step = name.startsWith('_has:') ? name.split(':').at(-1)! : name.split('.').at(-1)!;
  return step.endsWith(':identifier') ? 'identifier' : step.split(':')[0]!;
}

const IDENTITY = /^(?:name|family|given|phonetic|birthdate|identifier|telecom|phone|email|address.*|_text|_content|_filter|_query)$/;

/** Whether a query holds what identifies a person, which must not stand in an address: servers and proxies log those. */
export const namesPerson = (query: Query): boolean => Object.keys(query).some((name) => IDENTITY.test(lastStep(name)));

/** Parameters of R4 search that shape a result and filter nothing (3.1.1.5); servers rarely declare them. */
const SHAPE = /^_(?:sort|count|total|summary|elements|include|revinclude|contained|containedType|score|format|pretty)$/;

/** First step of a name, which is what a server declares: `subject` of `subject:Patient.family`, `_has` of `_has:…`. */
const firstStep = (name: string): string => name.split(/[.:]/)[0]!;
export const isFilter = (name: string): boolean => !SHAPE.test(firstStep(name));

/** Filters that the server does not declare for the type (all, when it declares none): these need `Prefer: handling=strict`. */
export function undeclared(query: Query, declared: readonly string[] | undefined): string[] {
  return Object.keys(query).filter((name) => isFilter(name) && !declared?.includes(firstStep(name)) && firstStep(name) !== '_id');
}

/**
 * Filters that the self link of a result shows to be left out (R4 search 3.1.1.3: it holds what was really used), wholly or one
 * of several values: a server that keeps one of two bounds answers the wrong days. A link without any parameter tells nothing
 * after a POST, since some servers never put a form's fields there.
 */
export function leftOut(query: Query, selfLink: string | undefined, posted: boolean): string[] {
  if (selfLink === undefined) return [];
  const question = selfLink.indexOf('?');
  const used = [...new URLSearchParams(question < 0 ? '' : selfLink.slice(question + 1)).keys()].map(firstStep);
  if (used.length === 0 && posted) return [];
  const filters = Object.keys(query).filter(isFilter);
  return filters.filter((name) => {
    const sent = filters.filter((other) => firstStep(other) === firstStep(name)).reduce((sum, other) => sum + query[other]!.length, 0);
    return used.filter((one) => one === firstStep(name)).length < sent;
  });
}

/** Whether values may be dates that rows hold themselves: those are checked again on the rows that come back. */
export const mayBeDates = (query: Query): boolean =>
  Object.entries(query).some(([name, values]) => /^[a-z-]+$/.test(name) && values.some((one) => /^(?:[a-z]{2})?\d{4}(?:-|$)/.test(one)));

/** Longest address that every proxy on the way takes. */
const MAX_ADDRESS = 1900;

export const queryText = (query: Query): string =>
  new URLSearchParams(Object.entries(query).flatMap(([name, values]) => values.map((value) => [name, value]))).toString();

export const isLong = (baseUrl: string, type: string, query: Query): boolean =>
  baseUrl.length + type.length + queryText(query).length > MAX_ADDRESS;
