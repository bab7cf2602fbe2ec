/** Code systems and value sets that are in the store: what they hold, and how their codes relate (R4 terminology-service.html). */
import type { SearchContext } from '../../store/filters.js';
import { SearchError } from '../../store/query.js';
import type { Row } from '../../store/store.js';
import { isObject, type JsonObject, type ResourceTree } from '../../store/tree.js';
import { parseLocal, tokenKey } from '../../store/values.js';
import { scalarText } from './scalar.js';
import { failure, FhirError } from './outcome.js';
import type { Service } from './service.js';

export interface Designation {
  language: string | undefined;
  value: string;
  use: unknown;
}

/** A code of a value set or code system. */
export interface Concept {
  system: string;
  version: string | undefined;
  code: string;
  display: string | undefined;
  designations: readonly Designation[];
  inactive: boolean;
  abstract: boolean;
}

interface Defined extends Concept {
  parents: Set<string>;
  properties: readonly { code: string; value: unknown }[];
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const objects = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** Concepts of a code system by code, with their place in its hierarchy. */
export class CodeSystem {
  readonly url: string;
  readonly version: string | undefined;
  readonly concepts = new Map<string, Defined>();
  readonly #caseSensitive: boolean;
  readonly #folded = new Map<string, Defined>();

  constructor(tree: ResourceTree) {
    this.url = text(tree['url']) ?? '';
    this.version = text(tree['version']);
    this.#caseSensitive = tree['caseSensitive'] !== false;
    this.#read(objects(tree['concept']), undefined);
    // Hierarchy may also be said by properties.
    for (const concept of this.concepts.values())
      for (const { code, value } of concept.properties) {
        if (code === 'parent' || code === 'subsumedBy') concept.parents.add(scalarText(value));
        if (code === 'child') this.concepts.get(scalarText(value))?.parents.add(concept.code);
      }
  }

  #read(concepts: readonly JsonObject[], parent: string | undefined): void {
    for (const concept of concepts) {
      const code = text(concept['code']);
      if (code === undefined) continue;
      const properties = objects(concept['property']).map((property) => {
        const key = Object.keys(property).find((name) => /^value[A-Z]/.test(name)) ?? '';
        const value = property[key];
        return { code: scalarText(property['code']), value: isObject(value) ? value['code'] : value };
      });
      const has = (name: string, ...values: unknown[]): boolean =>
        properties.some((property) => property.code === name && values.includes(property.value));
      const defined: Defined = {
        system: this.url,
        version: this.version,
        code,
        display: text(concept['display']),
        designations: designationsOf(concept),
        inactive: has('inactive', true, 'true') || has('status', 'retired', 'deprecated'),
        abstract: has('notSelectable', true, 'true'),
        parents: new Set(parent === undefined ? [] : [parent]),
        properties,
      };
      this.concepts.set(code, defined);
      if (!this.#caseSensitive) this.#folded.set(code.toLowerCase(), defined);
      this.#read(objects(concept['concept']), code);
    }
  }

  find(code: string): Defined | undefined {
    return this.concepts.get(code) ?? this.#folded.get(code.toLowerCase());
  }

  /** Whether `code` is below `ancestor`, at whatever distance. */
  isBelow(code: string, ancestor: string, seen = new Set<string>()): boolean {
    if (seen.has(code)) return false;
    seen.add(code);
    const parents = this.concepts.get(code)?.parents ?? new Set<string>();
    return parents.has(ancestor) || [...parents].some((parent) => this.isBelow(parent, ancestor, seen));
  }
}

function designationsOf(concept: JsonObject): Designation[] {
  return objects(concept['designation']).flatMap((one) => {
    const value = text(one['value']);
    return value === undefined ? [] : [{ language: text(one['language']), value, use: one['use'] }];
  });
}

/** @throws 422 */
const unsupported = (message: string): Error => failure(422, 'not-supported', message);

const MAX_IMPORTS = 20;

export class Terminology {
  readonly #service: Service;
  readonly #systems = new Map<ResourceTree, CodeSystem>();

  constructor(service: Service) {
    this.#service = service;
  }

  /** A resource by canonical URL, with or without `|version`; of several versions the one stored last. */
  canonical(type: 'ValueSet' | 'CodeSystem', url: string): ResourceTree | undefined {
    const { store } = this.#service;
    const local = parseLocal(store.localize(url));
    if (local) return local.type === type ? store.get(type, local.id)?.tree : undefined;
    const [bare = '', version] = url.split('|');
    const rows = store
      .keys(type, 'url')
      .postings.rows(bare)
      .map((row) => store.rowsOf(type)[row] as Row);
    return rows.findLast((row) => version === undefined || row.tree?.['version'] === version)?.tree;
  }

  /** A code system whose concepts are known here; undefined when it is not loaded, or came without them. */
  codeSystem(url: string, version?: string): CodeSystem | undefined {
    const tree = this.canonical('CodeSystem', version === undefined ? url : `${url}|${version}`);
    if (!tree || tree['content'] === 'not-present' || tree['content'] === 'supplement') return undefined;
    let system = this.#systems.get(tree);
    if (!system) {
      system = new CodeSystem(tree);
      this.#systems.set(tree, system);
    }
    return system;
  }

  /**
   * All codes of a value set, each once: by its definition or, where that needs a code system that is not loaded here, by the expansion
   * it came with.
   *
   * @throws 422 for what can't be worked out.
   */
  codes(valueSet: ResourceTree, depth = 0): Concept[] {
    const { compose, expansion } = valueSet;
    const given = isObject(expansion) ? objects(expansion['contains']) : undefined;
    if (!isObject(compose)) return this.#expanded(given ?? []);
    try {
      return this.#composed(compose, depth);
    } catch (error) {
      if (given && error instanceof FhirError && error.issues[0]?.code === 'not-found') return this.#expanded(given);
      throw error;
    }
  }

  #composed(compose: JsonObject, depth: number): Concept[] {
    if (depth > MAX_IMPORTS) throw failure(422, 'too-costly', 'The value set imports others without end');
    const found = new Map<string, Concept>();
    for (const include of objects(compose['include']))
      for (const concept of this.#set(include, depth)) if (!found.has(keyOf(concept))) found.set(keyOf(concept), concept);
    for (const exclude of objects(compose['exclude'])) for (const concept of this.#set(exclude, depth)) found.delete(keyOf(concept));
    const all = [...found.values()];
    return compose['inactive'] === false ? all.filter((concept) => !concept.inactive) : all;
  }

  #expanded(contains: readonly JsonObject[]): Concept[] {
    return contains.flatMap((one) => {
      const [system, code] = [text(one['system']) ?? '', text(one['code'])];
      const inner = this.#expanded(objects(one['contains']));
      const concept = {
        system,
        version: text(one['version']),
        display: text(one['display']),
        designations: designationsOf(one),
        inactive: one['inactive'] === true,
        abstract: one['abstract'] === true,
      };
      return code === undefined ? inner : [{ ...concept, code }, ...inner];
    });
  }

  /** One include or exclude: codes of a system, narrowed by filters, and by the value sets it names. */
  #set(part: JsonObject, depth: number): Concept[] {
    const url = text(part['system']);
    const imports = (Array.isArray(part['valueSet']) ? part['valueSet'] : []).map((one: unknown) => this.#imported(scalarText(one), depth));
    if (url === undefined) return imports.length === 0 ? [] : imports.reduce(intersection);
    const own = this.#ofSystem(url, text(part['version']), part);
    return imports.length === 0 ? own : [own, ...imports].reduce(intersection);
  }

  #imported(url: string, depth: number): Concept[] {
    const tree = this.canonical('ValueSet', url);
    if (!tree) throw failure(422, 'not-found', 'The value set imports another one that is not loaded');
    return this.codes(tree, depth + 1);
  }

  #ofSystem(url: string, version: string | undefined, part: JsonObject): Concept[] {
    const system = this.codeSystem(url, version);
    const listed = objects(part['concept']);
    if (listed.length > 0)
      return listed.flatMap((one) => {
        const code = text(one['code']);
        if (code === undefined) return [];
        const known = system?.find(code);
        const designations = [...designationsOf(one), ...(known?.designations ?? [])];
        return [
          {
            system: url,
            version: version ?? system?.version,
            code,
            display: text(one['display']) ?? known?.display,
            designations,
            inactive: known?.inactive ?? false,
            abstract: known?.abstract ?? false,
          },
        ];
      });
    if (!system) throw failure(422, 'not-found', 'The value set takes codes of a code system that is not loaded here with its concepts');
    const filters = objects(part['filter']).map((filter) => filterTest(system, filter));
    return [...system.concepts.values()].filter((concept) => filters.every((test) => test(concept)));
  }
}

const keyOf = (concept: Concept): string => `${concept.system}|${concept.code}`;

function intersection(a: readonly Concept[], b: readonly Concept[]): Concept[] {
  const keys = new Set(b.map(keyOf));
  return a.filter((concept) => keys.has(keyOf(concept)));
}

/** ValueSet.compose.include.filter as a test. */
function filterTest(system: CodeSystem, filter: JsonObject): (concept: Defined) => boolean {
  const [property, op, value] = [text(filter['property']) ?? '', text(filter['op']) ?? '', text(filter['value']) ?? ''];
  const valuesOf = (concept: Defined): unknown[] =>
    property === 'code' || property === 'concept'
      ? [concept.code]
      : property === 'display'
        ? [concept.display]
        : property === 'parent'
          ? [...concept.parents]
          : concept.properties.filter((one) => one.code === property).map((one) => one.value);
  const has = (concept: Defined, wanted: readonly string[]): boolean => valuesOf(concept).some((one) => wanted.includes(scalarText(one)));
  switch (op) {
    case '=':
      return (concept) => has(concept, [value]);
    case 'in':
      return (concept) => has(concept, value.split(','));
    case 'not-in':
      return (concept) => !has(concept, value.split(','));
    case 'exists':
      return (concept) => valuesOf(concept).some((one) => one !== undefined) === (value === 'true');
    case 'regex': {
      const pattern = safePattern(value);
      return (concept) => valuesOf(concept).some((one) => one !== undefined && pattern.test(scalarText(one)));
    }
    case 'is-a':
      return (concept) => concept.code === value || system.isBelow(concept.code, value);
    case 'descendent-of':
      return (concept) => system.isBelow(concept.code, value);
    case 'is-not-a':
      return (concept) => concept.code !== value && !system.isBelow(concept.code, value);
    case 'generalizes':
      return (concept) => concept.code === value || system.isBelow(value, concept.code);
    default:
      throw unsupported('The value set has a filter of a kind that is not supported');
  }
}

function safePattern(source: string): RegExp {
  try {
    return new RegExp(`^(?:${source})$`, 'u');
  } catch {
    throw unsupported('The value set has a filter with a pattern that can not be read');
  }
}

/** What searches by :in, :not-in, :above and :below need. */
export function termsFor(service: Service): Omit<SearchContext, 'store'> {
  const terminology = new Terminology(service);
  const keys = (concepts: Iterable<{ system: string; code: string }>): Set<string> =>
    new Set([...concepts].flatMap(({ system, code }) => [tokenKey.pair(system, code), ...implicit(system, code)]));
  // An element of type code has no system in the record; its value sets take their codes from HL7's systems.
  const implicit = (system: string, code: string): string[] => (system.startsWith('http://hl7.org/fhir/') ? [tokenKey.implicit(code)] : []);
  return {
    codesOf: (url) => {
      const tree = terminology.canonical('ValueSet', url);
      if (!tree) throw new SearchError('The value set asked for is not known here', 'not-found');
      return keys(terminology.codes(tree));
    },
    related: (direction, url, code) => {
      const system = terminology.codeSystem(url);
      if (!system) throw new SearchError(`:${direction} takes system|code, of a code system that is loaded here`, 'not-found');
      const related = [...system.concepts.keys()].filter((one) =>
        direction === 'below' ? system.isBelow(one, code) : system.isBelow(code, one),
      );
      return keys([code, ...related].map((one) => ({ system: url, code: one })));
    },
  };
}
