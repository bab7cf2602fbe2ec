/**
 * The notation that schemas are written in, and its compiler. A type is a text of words:
 *
 *     DomainResource category* status!=draft,active subject!:Reference value~:Quantity|string item* { text:string item*:#Questionnaire.item }
 *
 * First the base type (in braces BackboneElement, when none is named); then the fields. `!` is required, `*` a list, `~` a choice
 * (`value[x]`, its types parted by `|`). After `:` stands the type, or `#` and the path of one that is defined elsewhere in the same
 * resource, or `@open` for all the types that the value of an extension may have; a field with no type is a CodeableConcept, or a
 * code where `=` follows. After `=` stand the codes of a required binding (for a CodeableConcept `=system#codes`; `@resource` and
 * `@type` are R4's own names). It is a quarter of the size of the same as nested calls, which counts, since it travels to the page.
 */
import { ALL_R4_TYPES } from '../generated/names.js';
import { DATATYPES, OPEN_TYPES } from '../generated/structures/datatypes.js';
import { PRIMITIVES, type Primitive } from './primitives.js';
import { datatypeRules } from './rules/datatypes.js';
import type { Rule, Rules } from './rules/rule.js';

/** A resource type as it travels: its text, its rules, and datatypes that only it uses. */
export interface Structure {
  readonly type: string;
  readonly text: string;
  readonly rules?: Rules;
  readonly datatypes?: Readonly<Record<string, string>>;
}

/** One JSON property of a type, such as `valueQuantity`. */
export interface Slot {
  /** The element: `value` for `valueQuantity`. */
  readonly element: string;
  readonly choice: boolean;
  readonly many: boolean;
  /** For a primitive: gives what is wrong with a value, in plain words. */
  readonly primitive: Primitive | undefined;
  /** For a type with elements of its own. */
  readonly definition: (() => Definition) | undefined;
  readonly codes: ReadonlySet<string> | undefined;
  /** The code system of `codes`, for a CodeableConcept. */
  readonly system: string | undefined;
}

/** A type, ready to check values by. A resource slot (`contained`, `entry.resource`) has neither primitive nor definition. */
export interface Definition {
  /** `Questionnaire.item`. */
  readonly path: string;
  readonly kind: 'resource' | 'element';
  readonly slots: ReadonlyMap<string, Slot>;
  /** Element -> the properties that can fill it. */
  readonly required: ReadonlyMap<string, readonly string[]>;
  readonly rules: readonly Rule[];
}

const R4_TYPES: ReadonlySet<string> = new Set(ALL_R4_TYPES);
/** Names of types in R4's all-types that have no text here. */
const OTHER_TYPES =
  'Any Type MarketingStatus MoneyQuantity Population ProdCharacteristic ProductShelfLife SimpleQuantity SubstanceAmount'.split(' ');
const NAMED_SETS: Record<string, () => ReadonlySet<string>> = {
  '@resource': () => R4_TYPES,
  '@type': () => new Set([...R4_TYPES, ...Object.keys(DATATYPES), ...Object.keys(PRIMITIVES), ...OTHER_TYPES]),
};

interface Draft extends Definition {
  readonly slots: Map<string, Slot>;
  readonly required: Map<string, string[]>;
}

const upper = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

class Compiler {
  readonly #words: string[];
  readonly #rules: Rules;
  readonly #datatypes: Readonly<Record<string, string>>;
  #next = 0;
  /** The types nested in this one, by path. */
  readonly #nested = new Map<string, Definition>();

  constructor(text: string, rules: Rules = {}, datatypes: Readonly<Record<string, string>> = {}) {
    this.#words = text.split(/\s+/);
    this.#rules = rules;
    this.#datatypes = datatypes;
  }

  /** Reads one type, up to its closing brace or the end of the text. */
  type(path: string, kind: Definition['kind'], fallbackBase?: string): Definition {
    const definition: Draft = { path, kind, slots: new Map(), required: new Map(), rules: this.#rules[path] ?? [] };
    this.#nested.set(path, definition);
    const first = this.#words[this.#next] ?? '';
    const hasBase = /^[A-Z]/.test(first);
    if (hasBase) this.#next++;
    const base = hasBase ? first : fallbackBase;
    // No base type of R4 has a required element; the generator makes sure.
    if (base) for (const [name, slot] of datatype(base).slots) definition.slots.set(name, slot);
    for (let word = this.#words[this.#next++]; word !== undefined && word !== '}'; word = this.#words[this.#next++])
      this.#field(definition, word);
    return definition;
  }

  #field(definition: Draft, word: string): void {
    const [, element = '', marks = '', rest = ''] = /^(\w+)([~!*]*)(.*)$/.exec(word) ?? [];
    const choice = marks.includes('~');
    const many = marks.includes('*');
    const properties: string[] = [];
    const add = (name: string, slot: Partial<Slot>): void => {
      const property = choice ? element + upper(name) : element;
      properties.push(property);
      const blank = { primitive: undefined, definition: undefined, codes: undefined, system: undefined };
      definition.slots.set(property, { element, choice, many, ...blank, ...slot });
    };
    if (this.#words[this.#next] === '{') {
      this.#next++;
      const nested = this.type(`${definition.path}.${element}`, 'element', 'BackboneElement');
      add(element, { definition: () => nested });
    } else if (rest.startsWith(':#')) add(element, { definition: () => this.#nested.get(rest.slice(2)) as Definition });
    else for (const type of (rest === ':@open' ? OPEN_TYPES : rest.replace(/^:/, '')).split('|')) this.#option(type, add);
    if (marks.includes('!')) definition.required.set(element, properties);
  }

  #option(text: string, add: (name: string, slot: Partial<Slot>) => void): void {
    const [, named, binding = ''] = /^(\w*)(?:=(.*))?$/.exec(text) ?? [];
    const name = named || (binding ? 'code' : 'CodeableConcept');
    const hash = binding.indexOf('#');
    const codes = NAMED_SETS[binding]?.() ?? (binding ? new Set(binding.slice(hash + 1).split(',')) : undefined);
    add(name, {
      primitive: PRIMITIVES[name],
      definition: this.#datatype(name),
      codes,
      system: hash < 0 ? undefined : binding.slice(0, hash),
    });
  }

  #datatype(name: string): (() => Definition) | undefined {
    const own = this.#datatypes[name];
    if (own !== undefined) {
      let definition: Definition | undefined;
      return () => (definition ??= new Compiler(own, this.#rules).type(name, 'element'));
    }
    return DATATYPES[name] !== undefined && name !== 'Resource' ? () => datatype(name) : undefined;
  }
}

const datatypes = new Map<string, Definition>();

/** The definition of a datatype or an abstract type, compiled at its first use. */
export function datatype(name: string): Definition {
  let found = datatypes.get(name);
  if (!found) {
    found = new Compiler(DATATYPES[name] ?? '', datatypeRules).type(name, 'element');
    datatypes.set(name, found);
  }
  return found;
}

const definitions = new WeakMap<Structure, Definition>();

/** The definition of a resource type, compiled at its first use. */
export function definitionOf(structure: Structure): Definition {
  let found = definitions.get(structure);
  if (!found) {
    found = new Compiler(structure.text, structure.rules, structure.datatypes).type(structure.type, 'resource');
    definitions.set(structure, found);
  }
  return found;
}
