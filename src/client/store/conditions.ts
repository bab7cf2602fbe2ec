/** Filters made answerable: each says how many rows it may give, gives them, and tests a single one. */
import { valuesAt } from './paths.js';
import type { Component, SearchParam } from './definitions.js';
import type { KeyIndex, RangeIndex, RangeQuery } from './indexes.js';
import { SearchError, splitEscaped, unescapeValue, type Filter } from './query.js';
import { dateQuery, numberQuery, quantityQuery } from './range-query.js';
import type { Store } from './store.js';
import { fold } from './text.js';
import type { ResourceTree } from './tree.js';
import { keysOf, parseLocal, rangesOf, rawStrings, referenceKey, tokenKey } from './values.js';

export interface Condition {
  /** Upper bound of the rows it gives, without counting them one by one. */
  readonly estimate: number;
  /** Adds the rows that match, some perhaps twice. */
  collect(rows: number[]): void;
  test(row: number): boolean;
}

/** What a search needs besides the store: code sets are known to the terminology part, which is loaded only when asked for. */
export interface SearchContext {
  store: Store;
  /** Token keys of the codes in a ValueSet. @throws {SearchError} when it is not known. */
  codesOf?(valueSet: string): ReadonlySet<string>;
  /** Token keys of a code and all above or below it in its code system. */
  related?(direction: 'above' | 'below', system: string, code: string): ReadonlySet<string>;
}

/** Rows that have any of these keys. */
function keyCondition(index: KeyIndex, wanted: Iterable<string>): Condition {
  const keys = new Set(wanted);
  let estimate = 0;
  for (const key of keys) estimate += index.postings.rows(key).length;
  return {
    estimate,
    collect: (rows) => {
      for (const key of keys) for (const row of index.postings.rows(key)) rows.push(row);
    },
    test: (row) => index.keys(row).some((key) => keys.has(key)),
  };
}

/** Rows with a key that passes; every key of the index is looked at once. */
function scanCondition(index: KeyIndex, test: (key: string) => boolean): Condition {
  return keyCondition(index, index.postings.keys().filter(test));
}

function rangeCondition(index: RangeIndex, queries: readonly RangeQuery[]): Condition {
  return {
    estimate: queries.reduce((sum, query) => sum + index.estimate(query), 0),
    collect: (rows) => {
      for (const query of queries) index.collect(query, rows);
    },
    test: (row) => queries.some((query) => index.some(row, query.test)),
  };
}

/** Rows of the type for which `test` holds, found by trying them all. */
function testCondition(store: Store, type: string, test: (row: number) => boolean): Condition {
  const live = store.live(type);
  return {
    estimate: live.length,
    collect: (rows) => {
      for (const row of live) if (test(row)) rows.push(row);
    },
    test,
  };
}

export function rowsCondition(rows: readonly number[]): Condition {
  const all = new Set(rows);
  return { estimate: all.size, collect: (found) => void found.push(...all), test: (row) => all.has(row) };
}

export function anyOf(conditions: readonly Condition[]): Condition {
  return {
    estimate: conditions.reduce((sum, one) => sum + one.estimate, 0),
    collect: (rows) => conditions.forEach((one) => one.collect(rows)),
    test: (row) => conditions.some((one) => one.test(row)),
  };
}

/** Rows that satisfy all: the condition with the fewest candidates gives them, the others test them. Ascending, each once. */
export function matchAll(store: Store, type: string, conditions: readonly Condition[]): readonly number[] {
  if (conditions.length === 0) return store.live(type);
  const [first, ...rest] = [...conditions].sort((a, b) => a.estimate - b.estimate);
  const candidates: number[] = [];
  first!.collect(candidates);
  const seen = new Uint8Array(store.rows.length);
  const found: number[] = [];
  let ascending = true;
  for (const row of candidates) {
    if (seen[row]) continue;
    seen[row] = 1;
    if (rest.every((one) => one.test(row))) {
      if (found.length > 0 && found[found.length - 1]! > row) ascending = false;
      found.push(row);
    }
  }
  return ascending ? found : found.sort((a, b) => a - b);
}

/** Systems whose codes stand as plain `code` elements: R4's own, and the language, MIME, country and currency codes. */
const IMPLICIT_SYSTEM = /^(http:\/\/hl7\.org\/fhir\/|urn:ietf:bcp:|urn:iso:std:iso:)/;

function tokenKeysOf(value: string): string[] {
  const bars = splitEscaped(value, '|').map(unescapeValue);
  const [first = '', ...rest] = bars;
  if (rest.length === 0) return [tokenKey.code(first), tokenKey.CODE(first)];
  const code = rest.join('|');
  if (code === '') return [tokenKey.system(first)];
  const keys = [tokenKey.pair(first, code), tokenKey.PAIR(first, code)];
  return IMPLICIT_SYSTEM.test(first) ? [...keys, tokenKey.implicit(code)] : keys;
}

function ofTypeKey(code: string, value: string): string {
  const [system, type, id, ...more] = splitEscaped(value, '|').map(unescapeValue);
  if (!type || !id || more.length > 0) throw new SearchError(`${code}:of-type takes system|code|value`, 'value');
  return tokenKey.ofType(system ?? '', type, id);
}

/** All that a URL could be below of: its own beginnings, cut at slashes. */
function beginnings(url: string): string[] {
  return [...url.matchAll(/\/(?!\/)|$/g)].map((match) => url.slice(0, match.index)).filter((one) => !/^\w*:?\/?\/?$/.test(one));
}

function referenceKeys(store: Store, param: SearchParam, modifier: string, value: string): string[] {
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

class ConditionBuilder {
  readonly #context: SearchContext;
  readonly #store: Store;

  constructor(context: SearchContext) {
    this.#context = context;
    this.#store = context.store;
  }

  build(type: string, filter: Filter): Condition {
    if (filter.kind === 'chain') return this.#chain(type, filter);
    if (filter.kind === 'has') return this.#has(type, filter);
    const { param, modifier, value } = filter;
    if (modifier === 'missing') return this.#missing(type, param, value);
    const values = splitEscaped(value, ',');
    if (values.some((one) => one === '')) throw new SearchError(`${param.code} has an empty value in its list`, 'value');
    switch (param.kind) {
      case 't':
        return this.#token(type, param, modifier, values);
      case 's':
        return this.#string(type, param, modifier, values.map(unescapeValue));
      case 'r':
        return keyCondition(
          this.#store.keys(type, param.code),
          values.flatMap((one) => referenceKeys(this.#store, param, modifier, one)),
        );
      case 'u':
        return this.#uri(type, param, modifier, values.map(unescapeValue));
      case 'c':
        return this.#composite(type, param, values);
      default:
        return rangeCondition(
          this.#store.ranges(type, param.code),
          values.map((one) => this.#range(param, one)),
        );
    }
  }

  #range(param: Pick<SearchParam, 'kind' | 'code'>, value: string): RangeQuery {
    if (param.kind === 'd') return dateQuery(param.code, value, this.#store.now().getTime());
    return param.kind === 'n' ? numberQuery(param.code, value) : quantityQuery(param.code, value);
  }

  #missing(type: string, param: SearchParam, value: string): Condition {
    if (value !== 'true' && value !== 'false') throw new SearchError(`${param.code}:missing is true or false`, 'value');
    const missing = value === 'true';
    if (param.kind === 'c')
      return testCondition(this.#store, type, (row) => (valuesAt(this.#store.rows[row]!.tree, param.path).length === 0) === missing);
    const ranged = param.kind === 'd' || param.kind === 'n' || param.kind === 'q';
    const index = ranged ? this.#store.ranges(type, param.code) : this.#store.keys(type, param.code);
    return testCondition(this.#store, type, (row) => index.has(row) !== missing);
  }

  #token(type: string, param: SearchParam, modifier: string, values: readonly string[]): Condition {
    const store = this.#store;
    // Ids tell upper from lower case, and need no index.
    if (param.code === '_id' && (modifier === '' || modifier === 'not')) {
      const rows = values.flatMap((id) => store.get(type, id)?.row ?? []).filter(store.isLive);
      return this.#unless(modifier === 'not', type, rowsCondition(rows));
    }
    if (modifier === 'text') {
      const words = values.map((one) => fold(unescapeValue(one)));
      return scanCondition(store.keys(type, `${param.code}:text`), (text) =>
        words.some((word) => text.startsWith(word) || text.includes(` ${word}`)),
      );
    }
    const index = store.keys(type, param.code);
    return this.#unless(
      modifier === 'not' || modifier === 'not-in',
      type,
      keyCondition(index, this.#tokenKeys(param.code, modifier, values)),
    );
  }

  #tokenKeys(code: string, modifier: string, values: readonly string[]): string[] {
    const { codesOf, related } = this.#context;
    switch (modifier) {
      case 'of-type':
        return values.map((one) => ofTypeKey(code, one));
      case 'in':
      case 'not-in':
        if (!codesOf) throw new SearchError(`${code}:${modifier} is not supported here`, 'not-supported');
        return values.flatMap((one) => [...codesOf(unescapeValue(one))]);
      case 'above':
      case 'below':
        if (!related) throw new SearchError(`${code}:${modifier} is not supported here`, 'not-supported');
        return values.flatMap((one) => {
          const [system = '', concept = ''] = splitEscaped(one, '|').map(unescapeValue);
          return [...related(modifier, system, concept)];
        });
      default:
        return values.flatMap(tokenKeysOf);
    }
  }

  #unless(negate: boolean, type: string, condition: Condition): Condition {
    return negate ? testCondition(this.#store, type, (row) => !condition.test(row)) : condition;
  }

  #string(type: string, param: SearchParam, modifier: string, values: readonly string[]): Condition {
    const index = this.#store.keys(type, param.code);
    if (modifier === 'exact') {
      const folded = keyCondition(index, values.map(fold));
      const test = (row: number): boolean =>
        folded.test(row) &&
        valuesAt(this.#store.rows[row]!.tree, param.path).some((value) => rawStrings(value).some((one) => values.includes(one)));
      return { estimate: folded.estimate, test, collect: (rows) => collectTested(folded, test, rows) };
    }
    const parts = values.map(fold);
    if (modifier === 'contains') return scanCondition(index, (key) => parts.some((part) => key.includes(part)));
    return keyCondition(
      index,
      parts.flatMap((part) => index.postings.keysFrom(part)),
    );
  }

  #uri(type: string, param: SearchParam, modifier: string, values: readonly string[]): Condition {
    const index = this.#store.keys(type, param.code);
    if (modifier === 'above') return keyCondition(index, values.flatMap(beginnings));
    if (modifier === 'below')
      return keyCondition(
        index,
        values.flatMap((one) => index.postings.keysFrom(one).filter((key) => key === one || one.endsWith('/') || key[one.length] === '/')),
      );
    return keyCondition(index, values);
  }

  /** Each alternative is `a$b`: some base element has to meet both. */
  #composite(type: string, param: SearchParam, values: readonly string[]): Condition {
    const store = this.#store;
    const alternatives = values.map((value) => {
      const parts = splitEscaped(value, '$');
      if (parts.length !== param.components.length || parts.includes(''))
        throw new SearchError(`${param.code} takes ${param.components.length} values joined by $`, 'value');
      return param.components.map((component, i) => this.#componentTest(param.code, component, parts[i]!));
    });
    const test = (row: number): boolean => {
      const tree = store.rows[row]!.tree!;
      return valuesAt(tree, param.path).some((base) => alternatives.some((tests) => tests.every((one) => one(tree, base))));
    };
    // The first component, where it is a parameter of its own, finds the candidates.
    const first = param.components[0]!;
    const source = param.source
      .split('|')
      .map((base) => (base && !first.fromRoot ? `${base}.${first.source}` : first.source))
      .join('|');
    const own = [...store.definitions.params(type).values()].find(
      (one) => one.source === source && one.kind === first.kind && one.kind === 't',
    );
    if (!own) return testCondition(store, type, test);
    const candidates = keyCondition(
      store.keys(type, own.code),
      values.flatMap((value) => tokenKeysOf(splitEscaped(value, '$')[0]!)),
    );
    return { estimate: candidates.estimate, test, collect: (rows) => collectTested(candidates, test, rows) };
  }

  #componentTest(code: string, component: Component, value: string): (tree: ResourceTree, base: unknown) => boolean {
    const param: SearchParam = { ...component, code, targets: undefined, filtered: false, components: [] };
    const at = (tree: ResourceTree, base: unknown): unknown => (component.fromRoot ? tree : base);
    if (component.kind === 'd' || component.kind === 'n' || component.kind === 'q') {
      const query = this.#range(param, value);
      return (tree, base) => rangesOf(at(tree, base), param).some(query.test);
    }
    const localize = (reference: string): string => this.#store.localize(reference);
    if (component.kind === 's') {
      const prefix = fold(unescapeValue(value));
      return (tree, base) => keysOf(at(tree, base), param, localize).some((key) => key.startsWith(prefix));
    }
    const wanted = new Set(component.kind === 'r' ? referenceKeys(this.#store, param, '', value) : tokenKeysOf(value));
    return (tree, base) => keysOf(at(tree, base), param, localize).some((key) => wanted.has(key));
  }

  #chain(type: string, filter: Extract<Filter, { kind: 'chain' }>): Condition {
    const store = this.#store;
    const keys = filter.targets.flatMap((target) =>
      store.live(target.type).length === 0
        ? []
        : matchAll(store, target.type, [this.build(target.type, target.filter)]).map((row) =>
            referenceKey.local(target.type, store.rows[row]!.id),
          ),
    );
    return keyCondition(store.keys(type, filter.param.code), keys);
  }

  #has(type: string, filter: Extract<Filter, { kind: 'has' }>): Condition {
    const store = this.#store;
    const index = store.keys(filter.source, filter.param.code);
    const prefix = referenceKey.local(type, '');
    const rows = new Set<number>();
    for (const row of matchAll(store, filter.source, [this.build(filter.source, filter.filter)]))
      for (const key of index.keys(row)) {
        const target = key.startsWith(prefix) ? store.get(type, key.slice(prefix.length)) : undefined;
        if (target?.tree) rows.add(target.row);
      }
    return rowsCondition([...rows]);
  }
}

function collectTested(candidates: Condition, test: (row: number) => boolean, rows: number[]): void {
  const found: number[] = [];
  candidates.collect(found);
  for (const row of found) if (test(row)) rows.push(row);
}

export function buildCondition(context: SearchContext, type: string, filter: Filter): Condition {
  return new ConditionBuilder(context).build(type, filter);
}

/** Rows of `type` in the compartment of `Patient/p1` and the like, by the parameters that R4 names for it. */
export function compartmentCondition(store: Store, compartment: string, id: string, type: string): Condition | undefined {
  const params = store.definitions.compartment(compartment)?.get(type) ?? [];
  const self = type === compartment ? store.get(type, id) : undefined;
  if (params.length === 0 && type !== compartment) return undefined;
  const key = referenceKey.local(compartment, id);
  const conditions = params
    .filter((code) => store.definitions.param(type, code))
    .map((code) => keyCondition(store.keys(type, code), [key]));
  return anyOf(self?.tree ? [rowsCondition([self.row]), ...conditions] : conditions);
}
