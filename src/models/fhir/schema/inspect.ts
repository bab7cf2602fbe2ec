/**
 * Checks one resource by its definition: JSON shape, cardinalities, choices, primitives with their `_field`, required bindings,
 * reference targets and invariants. It walks the input itself and copies nothing, so that identity and number literals survive.
 * A resource inside (contained, entry.resource …) is only asked for its resourceType: whoever has the schemas checks it in turn.
 */
import { literalOf } from '../json.js';
import { containedProblems } from './contained.js';
import { datatype, definitionOf, type Definition, type Slot, type Structure } from './structure.js';

export interface Problem {
  /** JSON properties and indexes from the resource down. */
  readonly path: readonly (string | number)[];
  /** A code of FHIR's issue-type. */
  readonly code: 'structure' | 'required' | 'value' | 'code-invalid' | 'invariant';
  /** Plain words to follow the path. They quote names and codes of the specification, never a value. */
  readonly message: string;
  /** `unknown`: an element that R4 does not have here. `doubtful`: what is reported, and no reason to refuse. */
  readonly kind?: 'unknown' | 'doubtful';
}

type Json = Readonly<Record<string, unknown>>;

/** Deeper than any real record, and far from the end of the stack. */
const MAX_PATH = 400;
const REFERENCE = /^(?:[a-zA-Z][\w+.-]*:|[A-Za-z]+\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?(?:#.*)?$|[A-Za-z]+\?)/;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const listed = (names: Iterable<string>): string => {
  const all = [...names];
  return all.slice(0, 12).join(', ') + (all.length > 12 ? ' …' : '');
};

class Inspector {
  readonly problems: Problem[] = [];
  readonly #root: Json;
  readonly #container: Json | undefined;
  readonly #path: (string | number)[] = [];
  readonly #ids = new Set<string>();
  /** Problems other than unknown elements and doubts: those keep no rule from being checked. */
  #faults = 0;

  constructor(root: Json, container: Json | undefined) {
    this.#root = root;
    this.#container = container;
  }

  #report(code: Problem['code'], message: string, more?: Partial<Problem>, ...further: (string | number)[]): void {
    if (more?.kind === undefined) this.#faults++;
    this.problems.push({ path: [...this.#path, ...further], code, message, ...more });
  }

  element(definition: Definition, value: unknown): void {
    if (!isObject(value)) return this.#report('structure', Array.isArray(value) ? 'must not be a list' : 'must be an object');
    if (this.#path.length > MAX_PATH) return this.#report('structure', 'is nested too deeply');
    const faults = this.#faults;
    let filled = definition.kind === 'resource';
    let chosen: Map<string, string> | undefined;
    for (const key of Object.keys(value)) {
      const item = value[key];
      if (item === undefined) continue;
      let slot = definition.slots.get(key);
      const extra = slot === undefined && key.charCodeAt(0) === 95 && key !== '_id';
      if (extra) {
        slot = definition.slots.get(key.slice(1));
        if (!slot?.primitive) slot = undefined;
      }
      if (!slot) {
        if (key !== 'resourceType' || definition.kind !== 'resource') this.#unknown(definition, key);
        else if (item !== definition.path) this.#report('structure', `must be ${definition.path} here`, {}, key);
        continue;
      }
      if (slot.choice) {
        const property = extra ? key.slice(1) : key;
        const other = (chosen ??= new Map()).get(slot.element);
        if (other === undefined) chosen.set(slot.element, property);
        else if (other !== property) this.#report('structure', `must have only one of ${other} and ${property}`);
      }
      if (key !== 'id') filled = true;
      this.#path.push(key);
      if (slot.primitive) this.#primitives(slot, slot.primitive, value, key, extra);
      else if (slot.many) this.#list(item, (each) => this.#typed(slot, each, definition));
      else this.#typed(slot, item, definition);
      this.#path.pop();
    }
    if (!filled) this.#report('structure', 'must have a value or elements in it');
    else for (const [element, properties] of definition.required) this.#required(element, properties, value);
    this.#uniqueId(definition, value);
    if (faults === this.#faults)
      for (const rule of definition.rules) if (!rule.holds(value as never)) this.#report('invariant', `${rule.says} (${rule.key})`);
  }

  #unknown(definition: Definition, key: string): void {
    const named = /^_?[A-Za-z]\w{0,63}$/.test(key);
    if (named) this.#report('structure', `is not an element of ${definition.path}`, { kind: 'unknown' }, key);
    else this.#report('structure', 'has a property with a name that no element has', { kind: 'unknown' });
  }

  #required(element: string, properties: readonly string[], value: Json): void {
    if (!properties.some((property) => value[property] !== undefined || value[`_${property}`] !== undefined))
      this.#report('required', 'is required', {}, element);
  }

  /** R4 Element.id: unique within the resource. (A StructureDefinition's elements have theirs in snapshot and differential alike.) */
  #uniqueId(definition: Definition, value: Json): void {
    if (definition.kind === 'resource' || definition.path === 'ElementDefinition' || typeof value['id'] !== 'string') return;
    if (this.#ids.has(value['id'])) this.#report('invariant', 'is the id of another element too', {}, 'id');
    this.#ids.add(value['id']);
  }

  #list(value: unknown, check: (item: unknown, index: number, list: readonly unknown[]) => void): void {
    if (!Array.isArray(value)) return this.#report('structure', 'must be a list, in square brackets');
    if (value.length === 0) return this.#report('structure', 'must not be empty: leave it out instead');
    for (let i = 0; i < value.length; i++) {
      this.#path.push(i);
      check(value[i], i, value);
      this.#path.pop();
    }
  }

  /** One value of a type with elements of its own, or a resource. */
  #typed(slot: Slot, value: unknown, parent: Definition): void {
    const definition = slot.definition?.();
    if (!definition) {
      if (!isObject(value) || typeof value['resourceType'] !== 'string')
        this.#report('structure', 'must be a resource, which says its resourceType');
      return;
    }
    this.element(definition, value);
    if (!isObject(value)) return;
    if (definition.path === 'Reference') this.#reference(value);
    else if (definition.path === 'Extension') this.#extensionUrl(value, parent);
    else if (slot.codes) this.#concept(slot, slot.codes, value);
  }

  /** An extension's url may be relative only inside another extension (extensibility.html). */
  #extensionUrl({ url }: Json, parent: Definition): void {
    if (parent.path !== 'Extension' && typeof url === 'string' && !/^(?:$|[a-zA-Z][\w+.-]*:)/.test(url))
      this.#report('value', 'must be absolute, outside another extension', {}, 'url');
  }

  #concept(slot: Slot, codes: ReadonlySet<string>, value: Json): void {
    const coding = Array.isArray(value['coding']) ? (value['coding'] as unknown[]) : [];
    const bound = coding.some((each) => isObject(each) && each['system'] === slot.system && codes.has(each['code'] as string));
    // A concept that only says why it is absent says enough.
    if (!bound && (coding.length > 0 || value['extension'] === undefined))
      this.#report('code-invalid', `needs a code of ${slot.system}: ${listed(codes)}`);
  }

  #reference({ reference }: Json): void {
    if (typeof reference !== 'string' || reference === '') return;
    if (reference.startsWith('#')) this.#localReference(reference);
    else if (!REFERENCE.test(reference))
      this.#report('value', 'should be Type/id, #id or an absolute URL', { kind: 'doubtful' }, 'reference');
  }

  /** `#id` is contained here or beside this contained resource; `#` is the resource that contains this one. */
  #localReference(reference: string): void {
    const id = reference.slice(1);
    const { contained } = this.#container ?? this.#root;
    const found = id === '' ? this.#container : Array.isArray(contained) && contained.some((each) => isObject(each) && each['id'] === id);
    if (!found) this.#report('invariant', 'must refer to a resource that is contained here (ref-1)', {}, 'reference');
  }

  /** A primitive and its `_field`: which of the two `key` is, `extra` says. Lists of both go in step, null holding a place. */
  #primitives(slot: Slot, primitive: NonNullable<Slot['primitive']>, holder: Json, key: string, extra: boolean): void {
    const value = holder[key];
    const partner = holder[extra ? key.slice(1) : `_${key}`];
    if (!slot.many) {
      if (extra) this.#extras(value, partner !== undefined);
      else this.#primitive(slot, primitive, value, holder, key);
      return;
    }
    this.#list(value, (item, i, list) => {
      const beside: unknown = Array.isArray(partner) ? partner[i] : undefined;
      const paired = beside !== undefined && beside !== null;
      if (item !== null) {
        if (extra) this.#extras(item, paired);
        else this.#primitive(slot, primitive, item, list, i);
      } else if (!paired && !(extra && Array.isArray(partner)))
        this.#report('structure', 'must not be null, unless the list beside it has something there');
    });
  }

  #primitive(slot: Slot, primitive: NonNullable<Slot['primitive']>, value: unknown, holder: object, key: string | number): void {
    if (value === null) return this.#report('value', 'must not be null: leave it out instead');
    const finding = primitive(value, typeof value === 'number' ? literalOf(holder, key) : undefined);
    if (typeof finding === 'string') this.#report('value', finding);
    else if (finding) this.#report('value', finding.warning, { kind: 'doubtful' });
    else if (slot.codes && !slot.codes.has(value as string)) this.#report('code-invalid', `must be one of ${listed(slot.codes)}`);
  }

  /** The id and extensions of a primitive. */
  #extras(value: unknown, hasValue: boolean): void {
    if (!isObject(value)) return this.#report('structure', 'must be an object');
    if (hasValue && typeof value['id'] === 'string' && Object.keys(value).length === 1) return this.#uniqueId(datatype('Element'), value);
    this.element(datatype('Element'), value);
  }
}

/**
 * All that is wrong with a resource, in the order of its properties. Resources inside it are left to whoever has their structures;
 * for a contained one `container` is the resource that it is in.
 */
export function inspect(structure: Structure, resource: unknown, container?: Json): readonly Problem[] {
  if (!isObject(resource)) return [{ path: [], code: 'structure', message: 'must be a resource' }];
  const inspector = new Inspector(resource, container);
  inspector.element(definitionOf(structure), resource);
  return [...inspector.problems, ...containedProblems(resource)];
}
