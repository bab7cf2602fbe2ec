/**
 * FHIRPath Patch (R4 fhirpatch.html). Of FHIRPath it reads what patches are made of: element names, `[n]`, `where(a = 'b')`, `first()` and
 * `last()`; anything else is refused with 422 rather than guessed at.
 */
import { cloneJson } from '../../../models/fhir/json.js';
import { isObject, type JsonObject } from '../../store/tree.js';
import { scalarText } from './scalar.js';
import { parsePath, type Step } from './fhirpath.js';
import { carried, landed } from './json-patch.js';
import { failure } from './fhir-error.js';

/** Which elements are lists and which are choices; said of a name alone, or of a name together with what it is part of. */
export class Shapes {
  readonly #lists: ReadonlySet<string>;
  readonly #choices: ReadonlySet<string>;
  /** Names that are a choice somewhere. */
  readonly #choiceNames: ReadonlySet<string>;

  constructor(lists: string, choices: string) {
    this.#lists = new Set(lists.split(' '));
    this.#choices = new Set(choices.split(' '));
    this.#choiceNames = new Set([...this.#choices].map((name) => name.split('.').pop()!));
  }

  isList(parent: string, name: string): boolean {
    return this.#lists.has(name) || this.#lists.has(`${parent}.${name}`);
  }

  isChoice(parent: string, name: string): boolean {
    return this.#choices.has(name) || this.#choices.has(`${parent}.${name}`);
  }

  /** The JSON property of an element that is there: of a choice the one with its type. */
  property(object: JsonObject, name: string): string | undefined {
    if (Object.hasOwn(object, name)) return name;
    return this.#choiceNames.has(name)
      ? Object.keys(object).find((key) => key.startsWith(name) && /^[A-Z]/.test(key.slice(name.length)))
      : undefined;
  }
}

export async function loadShapes(): Promise<Shapes> {
  const { LISTS, CHOICES } = await import('../../store/generated/shapes.js');
  return new Shapes(LISTS, CHOICES);
}

/** A value and where it hangs. */
interface Node {
  holder: JsonObject | unknown[];
  key: string | number;
}
const valueOf = (node: Node): unknown => (node.holder as Record<string | number, unknown>)[node.key];

function inapplicable(message: string): Error {
  return failure(422, 'processing', `The patch does not apply: ${message}`);
}
function only(nodes: readonly Node[]): Node {
  if (nodes.length !== 1) throw inapplicable(nodes.length === 0 ? 'nothing is at its path' : 'its path leads to several elements');
  return nodes[0]!;
}

/** The parts of one operation: primitive values by name, and the part that holds the value. */
class Operation {
  readonly #parts: readonly JsonObject[];

  constructor(parameter: unknown) {
    const parts =
      isObject(parameter) && parameter['name'] === 'operation' && Array.isArray(parameter['part']) ? parameter['part'] : undefined;
    if (!parts) throw failure(400, 'structure', 'A FHIRPath Patch is a Parameters resource with a parameter "operation" for each step');
    this.#parts = parts.filter(isObject);
  }

  #part(name: string): JsonObject | undefined {
    return this.#parts.find((part) => part['name'] === name);
  }

  text(name: string): string {
    const part = this.#part(name);
    const value = part?.['valueString'] ?? part?.['valueCode'];
    if (typeof value !== 'string') throw failure(400, 'required', `An operation of the patch has no ${name}`);
    return value;
  }

  integer(name: string): number {
    const value = this.#part(name)?.['valueInteger'];
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
      throw failure(400, 'required', `An operation of the patch has no ${name}`);
    return value;
  }

  get value(): JsonObject {
    const part = this.#part('value');
    if (!part) throw failure(400, 'required', 'An operation of the patch has no value');
    return part;
  }
}

/** One patch being applied to a copy of a resource. */
class Patch {
  readonly #root: JsonObject;
  readonly #type: string;
  readonly #shapes: Shapes;

  constructor(root: JsonObject, shapes: Shapes) {
    this.#root = root;
    this.#type = String(root['resourceType']);
    this.#shapes = shapes;
  }

  apply(operation: Operation): void {
    const steps = parsePath(operation.text('path'), this.#type);
    switch (operation.text('type')) {
      case 'add':
        return this.#add(steps, operation.text('name'), operation.value);
      case 'insert':
        return this.#insert(steps, operation.integer('index'), operation.value);
      case 'delete':
        return this.#delete(steps);
      case 'replace':
        return this.#replace(steps, operation.value);
      case 'move':
        return this.#move(steps, operation.integer('source'), operation.integer('destination'));
      default:
        throw failure(400, 'value', 'An operation of the patch is none of add, insert, delete, replace, move');
    }
  }

  #children(object: unknown, name: string): Node[] {
    const key = isObject(object) ? this.#shapes.property(object, name) : undefined;
    if (!isObject(object) || key === undefined) return [];
    const value = object[key];
    return Array.isArray(value) ? value.map((_, index) => ({ holder: value, key: index })) : [{ holder: object, key }];
  }

  #hasValue(object: unknown, path: readonly string[], wanted: string | number | boolean): boolean {
    const [name, ...rest] = path;
    if (name === undefined) return object === wanted;
    return this.#children(object, name).some((node) => this.#hasValue(valueOf(node), rest, wanted));
  }

  #find(steps: readonly Step[]): Node[] {
    let nodes: Node[] = [{ holder: { root: this.#root }, key: 'root' }];
    for (const step of steps)
      switch (step.kind) {
        case 'element':
          nodes = nodes.flatMap((node) => this.#children(valueOf(node), step.name));
          break;
        case 'index':
          nodes = nodes.slice(step.index, step.index + 1);
          break;
        case 'last':
          nodes = nodes.slice(-1);
          break;
        case 'where':
          nodes = nodes.filter((node) => this.#hasValue(valueOf(node), step.path, step.value));
      }
    return nodes;
  }

  /** Name of the element a path ends in, which its children are looked up under; the type for the resource itself. */
  #part(steps: readonly Step[]): string {
    const step = steps.findLast((one) => one.kind === 'element');
    return step?.kind === 'element' ? step.name : this.#type;
  }

  /** The value in a part and its data type, as it stands at the end of a choice's name. */
  #read(part: JsonObject, parent: string): { type: string; value: unknown } {
    const key = Object.keys(part).find((name) => /^value[A-Z]/.test(name));
    if (key !== undefined) return { type: key.slice(5), value: carried(part, key) };
    if (!Array.isArray(part['part'])) throw failure(400, 'required', 'A value of the patch is empty');
    // An element that is no data type of its own is written part by part.
    const value: JsonObject = {};
    for (const child of part['part'].filter(isObject)) this.#put(value, parent, scalarText(child['name']), child);
    return { type: '', value };
  }

  /** Adds an element to an object: to the end of a list, or where nothing was. */
  #put(object: JsonObject, parent: string, name: string, part: JsonObject): void {
    const { type, value } = this.#read(part, name);
    const key = this.#shapes.property(object, name) ?? (this.#shapes.isChoice(parent, name) ? name + type : name);
    const present = object[key];
    if (Array.isArray(present)) present.push(value);
    else if (present !== undefined) throw inapplicable(`${name} is there already and is no list`);
    else object[key] = this.#shapes.isList(parent, name) ? [value] : value;
  }

  #add(steps: readonly Step[], name: string, part: JsonObject): void {
    const owner = valueOf(only(this.#find(steps)));
    if (!isObject(owner)) throw inapplicable('its path leads to a value that has no elements');
    if (!/^[A-Za-z]\w*$/.test(name)) throw inapplicable('no element has that name');
    this.#put(owner, this.#part(steps), name, part);
  }

  /** The list that a path names, made if it is not there. */
  #list(steps: readonly Step[], make: boolean): unknown[] {
    const last = steps.at(-1);
    const owner = last?.kind === 'element' ? valueOf(only(this.#find(steps.slice(0, -1)))) : undefined;
    if (last?.kind !== 'element' || !isObject(owner)) throw inapplicable('its path does not end in a list');
    const list = owner[last.name] ?? (make ? (owner[last.name] = []) : undefined);
    if (!Array.isArray(list)) throw inapplicable('its path does not end in a list');
    return list;
  }

  #insert(steps: readonly Step[], index: number, part: JsonObject): void {
    const list = this.#list(steps, true);
    if (index > list.length) throw inapplicable('the index lies beyond the end of the list');
    list.splice(index, 0, this.#read(part, this.#part(steps)).value);
  }

  #delete(steps: readonly Step[]): void {
    if (steps.length === 0) throw inapplicable('a resource is not deleted by a patch');
    const nodes = this.#find(steps);
    if (nodes.length === 0) return;
    const { holder, key } = only(nodes);
    if (Array.isArray(holder)) {
      holder.splice(Number(key), 1);
      dropEmpty(this.#root, holder);
    } else {
      delete holder[key];
      delete holder[`_${key}`];
    }
  }

  /** Puts a value in the place of another; that of a choice may be of another type. */
  #replace(steps: readonly Step[], part: JsonObject): void {
    if (steps.length === 0) throw inapplicable('a resource is not replaced by a patch');
    const name = this.#part(steps);
    const { type, value } = this.#read(part, name);
    const { holder, key } = only(this.#find(steps));
    if (Array.isArray(holder)) {
      holder[Number(key)] = value;
      return;
    }
    delete holder[`_${key}`];
    if (name === key) holder[key] = value;
    else {
      delete holder[key];
      holder[name + type] = value;
    }
  }

  #move(steps: readonly Step[], source: number, destination: number): void {
    const list = this.#list(steps, false);
    if (source >= list.length || destination >= list.length) throw inapplicable('an index lies beyond the end of the list');
    const moved = carried(list, source);
    list.splice(source, 1);
    list.splice(destination, 0, moved);
  }
}

/** FHIR knows no empty lists: a list whose last member went goes too. */
function dropEmpty(object: JsonObject, list: unknown[]): void {
  if (list.length > 0) return;
  for (const [key, value] of Object.entries(object)) {
    if (value === list) delete object[key];
    else for (const item of Array.isArray(value) ? value : [value]) if (isObject(item)) dropEmpty(item, list);
  }
}

/**
 * The patched resource; `resource` stays as it is.
 *
 * @throws 400 for what is no FHIRPath Patch, 422 when an operation does not apply.
 */
export function fhirpathPatch(resource: JsonObject, parameters: JsonObject, shapes: Shapes): unknown {
  const operations = parameters['parameter'];
  if (parameters['resourceType'] !== 'Parameters' || !Array.isArray(operations) || operations.length === 0)
    throw failure(400, 'structure', 'A FHIRPath Patch is a Parameters resource with a parameter "operation" for each step');
  const root = cloneJson(resource);
  const patch = new Patch(root, shapes);
  for (const parameter of operations) patch.apply(new Operation(parameter));
  return landed(root);
}
