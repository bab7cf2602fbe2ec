/** Filters of a query made answerable by the indexes of a store. */
import {
  keyCondition,
  matchAll,
  merged,
  RangeCondition,
  rowsCondition,
  scanCondition,
  testCondition,
  tested,
  type Condition,
} from './conditions.js';
import type { SearchParam } from './definitions.js';
import { valuesAt } from './paths.js';
import { beginnings, ofTypeKey, referenceKeys, tokenKeysOf } from './query-keys.js';
import { SearchError, splitEscaped, unescapeValue, type Filter } from './query.js';
import { rangeQuery } from './range-query.js';
import type { Store } from './store.js';
import { fold } from './text.js';
import { rawStrings, referenceKey } from './values.js';

/** What a search needs besides the store, from parts that are loaded only when asked for. */
export interface SearchContext {
  store: Store;
  /** Token keys of the codes in a ValueSet. @throws {SearchError} when it is not known. */
  codesOf?(valueSet: string): ReadonlySet<string>;
  /** Token keys of a code and all above or below it in its code system. */
  related?(direction: 'above' | 'below', system: string, code: string): ReadonlySet<string>;
  /** Composite parameters, see composite.ts. Needed where a value holds a dollar sign. */
  composite?(type: string, param: SearchParam, values: readonly string[]): Condition;
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
        // Without a $ it is malformed, and whoever calls may not have the part for composites loaded.
        if (!this.#context.composite) throw new SearchError(`${param.code} takes ${param.components.length} values joined by $`, 'value');
        return this.#context.composite(type, param, values);
      default:
        return new RangeCondition(
          this.#store.ranges(type, param.code),
          values.map((one) => rangeQuery(this.#store, param, one)),
        );
    }
  }

  #missing(type: string, param: SearchParam, value: string): Condition {
    if (value !== 'true' && value !== 'false') throw new SearchError(`${param.code}:missing is true or false`, 'value');
    const missing = value === 'true';
    const rows = this.#store.rowsOf(type);
    if (param.kind === 'c')
      return testCondition(this.#store, type, (row) => (valuesAt(rows[row]!.tree, param.path).length === 0) === missing);
    const ranged = param.kind === 'd' || param.kind === 'n' || param.kind === 'q';
    const index = ranged ? this.#store.ranges(type, param.code) : this.#store.keys(type, param.code);
    return testCondition(this.#store, type, (row) => index.has(row) !== missing);
  }

  #token(type: string, param: SearchParam, modifier: string, values: readonly string[]): Condition {
    const store = this.#store;
    // Ids tell upper from lower case, and need no index.
    if (param.code === '_id' && (modifier === '' || modifier === 'not')) {
      const rows = values
        .flatMap((id) => store.get(type, id) ?? [])
        .filter((row) => !row.deleted)
        .map((row) => row.row);
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
    const rows = this.#store.rowsOf(type);
    if (modifier === 'exact') {
      const folded = keyCondition(index, values.map(fold));
      return tested(folded, (row) =>
        valuesAt(rows[row]!.tree, param.path).some((value) => rawStrings(value).some((one) => values.includes(one))),
      );
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

  #chain(type: string, filter: Extract<Filter, { kind: 'chain' }>): Condition {
    const store = this.#store;
    const keys = filter.targets.flatMap((target) =>
      store.live(target.type).length === 0
        ? []
        : matchAll(store, target.type, [this.build(target.type, target.filter)]).map((row) =>
            referenceKey.local(target.type, store.rowsOf(target.type)[row]!.id),
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
      for (const { key } of index.filed(row)) {
        const target = key.startsWith(prefix) ? store.get(type, key.slice(prefix.length)) : undefined;
        if (target && !target.deleted) rows.add(target.row);
      }
    return rowsCondition([...rows]);
  }
}

/** All of a type's filters, as conditions that have to hold together. */
export function buildConditions(context: SearchContext, type: string, filters: readonly Filter[]): Condition[] {
  const builder = new ConditionBuilder(context);
  return merged(filters.map((filter) => builder.build(type, filter)));
}
