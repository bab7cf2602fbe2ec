/** Composite parameters: values that have to be met by one and the same element, such as a code and its quantity. */
import { keyCondition, testCondition, tested, type Condition } from './conditions.js';
import type { Component, SearchParam } from './definitions.js';
import { valuesAt } from './paths.js';
import { referenceKeys, tokenKeysOf } from './query-keys.js';
import { SearchError, splitEscaped, unescapeValue } from './query.js';
import { rangeQuery } from './range-query.js';
import type { Store } from './store.js';
import { fold } from './text.js';
import type { ResourceTree } from './tree.js';
import { keysOf, rangesOf } from './values.js';

type Test = (tree: ResourceTree, base: unknown) => boolean;

function componentTest(store: Store, code: string, component: Component, value: string): Test {
  const param: SearchParam = { ...component, code, targets: undefined, filtered: false, components: [] };
  const at = (tree: ResourceTree, base: unknown): unknown => (component.fromRoot ? tree : base);
  if (component.kind === 'd' || component.kind === 'n' || component.kind === 'q') {
    const query = rangeQuery(store, param, value);
    return (tree, base) => rangesOf(at(tree, base), param).some(query.test);
  }
  const localize = (reference: string): string => store.localize(reference);
  if (component.kind === 's') {
    const prefix = fold(unescapeValue(value));
    return (tree, base) => keysOf(at(tree, base), param, localize).some((key) => key.startsWith(prefix));
  }
  const wanted = new Set(component.kind === 'r' ? referenceKeys(store, param, '', value) : tokenKeysOf(value));
  return (tree, base) => keysOf(at(tree, base), param, localize).some((key) => wanted.has(key));
}

/** The parameter that indexes the first component by itself, where there is one: it finds the candidates. */
function candidatesParam(store: Store, type: string, param: SearchParam): SearchParam | undefined {
  const first = param.components[0]!;
  if (first.kind !== 't') return undefined;
  const bases = first.fromRoot ? [''] : param.source.split('|');
  const source = bases.map((base) => (base === '' ? first.source : `${base}.${first.source}`)).join('|');
  return [...store.definitions.params(type).values()].find((one) => one.kind === 't' && one.source === source);
}

/** @param values alternatives, each written `a$b`. */
export function compositeCondition(store: Store, type: string, param: SearchParam, values: readonly string[]): Condition {
  const alternatives = values.map((value) => splitEscaped(value, '$'));
  if (alternatives.some((parts) => parts.length !== param.components.length || parts.includes('')))
    throw new SearchError(`${param.code} takes ${param.components.length} values joined by $`, 'value');
  // From the last to the first: the first has found the candidates, so the others decide sooner.
  const tests = alternatives.map((parts) =>
    param.components.map((component, i) => componentTest(store, param.code, component, parts[i]!)).reverse(),
  );
  const rows = store.rowsOf(type);
  const test = (row: number): boolean => {
    const tree = rows[row]!.tree!;
    return valuesAt(tree, param.path).some((base) => tests.some((all) => all.every((one) => one(tree, base))));
  };
  const own = candidatesParam(store, type, param);
  if (!own) return testCondition(store, type, test);
  return tested(
    keyCondition(
      store.keys(type, own.code),
      alternatives.flatMap((parts) => tokenKeysOf(parts[0]!)),
    ),
    test,
  );
}
