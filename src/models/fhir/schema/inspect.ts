/**
 * Checks one resource by its definition: JSON shape, cardinalities, choices, primitives with their `_field`, required bindings,
 * reference targets and invariants. It walks the input itself and copies nothing, so that identity and number literals survive.
 * A resource inside (contained, entry.resource …) is only asked for its resourceType: whoever has the schemas checks it in turn.
 */
import { literalOf } from '../json.js';
import { containedProblems } from './contained.js';
import { datatype, definitionOf, isR4Type, type Definition, type Slot, type Structure } from './structure.js';

export interface Problem {
  /** JSON properties and indexes from the resource down. */
  readonly path: readonly (string | number)[];
  /** A code of FHIR's issue-type. */
  readonly code: 'structure' | 'required' | 'value' | 'code-invalid' | 'invariant';
  /** Plain words to follow the path. They quote names and codes of the specification, never a value. */
  readonly message: string;
  /** The name of an element that R4 does not know here. */
  readonly unknown?: string;
}

type Json = Readonly<Record<string, unknown>>;

/** Deeper than any real record, and far from the end of the stack. */
const MAX_PATH = 400;
const REFERENCE = /^(?:[a-zA-Z][\w+.-]*:|[A-Za-z]+\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?(?:#.*)?$|[A-Za-z]+\?)/;
const REFERENCED_TYPE = /(?:^|\/)([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?(?:#.*)?$/;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const listed = (names: Iterable<string>): string => {
  const all = [...names];
  return all.length > 12 ? `${all.slice(0, 10).join(', ')} and ${all.length - 10} more` : all.join(', ');
};

class Inspector {
  readonly problems: Problem[] = [];
  readonly #root: Json;
  readonly #container: Json | undefined;
  readonly #path: (string | number)[] = [];
  readonly #ids = new Set<string>();
  /** Problems other than unknown elements: those keep no rule from being checked. */
  #faults = 0;

  constructor(root: Json, container: Json | undefined) {
    this.#root = root;
    this.#container = container;
  }

  #report(code: Problem['code'], message: string, more?: Partial<Problem>, ...further: (string | number)[]): void {
    if (more?.unknown === undefined) this.#faults++;
    this.problems.push({ path: [...this.#path, ...further], code, message, ...more });
  }

  element(definition: Definition, value: unknown): void {
    if (!isObject(value))
      return this.#report('structure', Array.isArray(value) ? 'must not be a list' : 'must be an object with elements of its own');
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
      else if (slot.many) this.#list(slot, item, definition);
      else this.#typed(slot, item);
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
    if (named) this.#report('structure', `is not an element of ${definition.path}`, { unknown: key }, key);
    else this.#report('structure', `has a property that no element of ${definition.path} is named like`, { unknown: key });
  }

  #required(element: string, properties: readonly string[], value: Json): void {
    if (!properties.some((property) => value[property] !== undefined || value[`_${property}`] !== undefined))
      this.#report('required', 'is required', {}, element);
  }

  /** R4 Element.id: unique within the resource. */
  #uniqueId(definition: Definition, value: Json): void {
    if (definition.kind === 'resource' || typeof value['id'] !== 'string') return;
    if (this.#ids.has(value['id'])) this.#report('invariant', 'is the id of another element of this resource too', {}, 'id');
    this.#ids.add(value['id']);
  }

  #list(slot: Slot, value: unknown, parent: Definition): void {
    if (!Array.isArray(value)) return this.#report('structure', 'must be a list, in square brackets');
    if (value.length === 0) return this.#report('structure', 'must not be an empty list: leave it out instead');
    for (let i = 0; i < value.length; i++) {
      this.#path.push(i);
      this.#typed(slot, value[i]);
      if (parent.path !== 'Extension' && slot.element.endsWith('xtension')) this.#absoluteUrl(value[i]);
      this.#path.pop();
    }
  }

  /** An extension's url may be relative only inside another extension (extensibility.html). */
  #absoluteUrl(extension: unknown): void {
    const url = isObject(extension) ? extension['url'] : undefined;
    if (typeof url === 'string' && url !== '' && !/^[a-zA-Z][\w+.-]*:/.test(url))
      this.#report('value', 'must be absolute, outside another extension', {}, 'url');
  }

  /** One value of a type with elements of its own, or a resource. */
  #typed(slot: Slot, value: unknown): void {
    const definition = slot.definition?.();
    if (!definition) {
      if (!isObject(value) || typeof value['resourceType'] !== 'string')
        this.#report('structure', 'must be a resource, which says its resourceType');
      return;
    }
    this.element(definition, value);
    if (!isObject(value)) return;
    if (definition.path === 'Reference') this.#reference(slot, value);
    else if (slot.codes) this.#concept(slot, slot.codes, value);
  }

  #concept(slot: Slot, codes: ReadonlySet<string>, value: Json): void {
    const coding = Array.isArray(value['coding']) ? (value['coding'] as unknown[]) : [];
    const bound = coding.some((each) => isObject(each) && each['system'] === slot.system && codes.has(each['code'] as string));
    // A concept that only says why it is absent says enough.
    if (!bound && (coding.length > 0 || value['extension'] === undefined))
      this.#report('code-invalid', `needs a code of ${slot.system}: ${listed(codes)}`);
  }

  #reference(slot: Slot, value: Json): void {
    const { reference, type } = value;
    if (typeof reference === 'string' && reference !== '') {
      if (reference.startsWith('#')) this.#localReference(reference);
      else if (!REFERENCE.test(reference)) this.#report('value', 'must be Type/id, #id or an absolute URL', {}, 'reference');
      else this.#target(slot, REFERENCED_TYPE.exec(reference)?.[1], 'reference');
    }
    if (typeof type === 'string') this.#target(slot, type, 'type');
  }

  #target(slot: Slot, type: string | undefined, element: string): void {
    if (slot.targets && type !== undefined && isR4Type(type) && !slot.targets.includes(type))
      this.#report('structure', `must refer to one of ${listed(slot.targets)}`, {}, element);
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
    if (!Array.isArray(value)) return this.#report('structure', 'must be a list, in square brackets');
    if (value.length === 0) return this.#report('structure', 'must not be an empty list: leave it out instead');
    for (let i = 0; i < value.length; i++) {
      const beside: unknown = Array.isArray(partner) ? partner[i] : undefined;
      const paired = beside !== undefined && beside !== null;
      this.#path.push(i);
      if (value[i] !== null) {
        if (extra) this.#extras(value[i], paired);
        else this.#primitive(slot, primitive, value[i], value, i);
      } else if (!paired) this.#report('structure', 'must not be null, unless the list beside it has something in its place');
      this.#path.pop();
    }
  }

  #primitive(slot: Slot, primitive: NonNullable<Slot['primitive']>, value: unknown, holder: object, key: string | number): void {
    const wrong =
      value === null
        ? 'must not be null: leave it out instead'
        : primitive(value, typeof value === 'number' ? literalOf(holder, key) : undefined);
    if (wrong) this.#report('value', wrong);
    else if (slot.codes && !slot.codes.has(value as string)) this.#report('code-invalid', `must be one of ${listed(slot.codes)}`);
  }

  /** The id and extensions of a primitive. */
  #extras(value: unknown, hasValue: boolean): void {
    if (!isObject(value)) return this.#report('structure', 'must be an object with id or extension');
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
