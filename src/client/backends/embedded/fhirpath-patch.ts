/**
 * FHIRPath Patch (R4 fhirpatch.html). Of FHIRPath it reads what patches are made of: element names, `[n]`, `where(a = 'b')`, `first()` and
 * `last()`; anything else is refused with 422 rather than guessed at.
 */
import { CHOICES, LISTS } from '../../store/generated/shapes.js';
import { cloneJson } from '../../../models/fhir/json.js';
import { isObject, type JsonObject } from '../../store/tree.js';
import { carried, landed } from './json-patch.js';
import { failure } from './outcome.js';

const lists = new Set(LISTS.split(' '));
const choices = new Set(CHOICES.split(' '));
/** Whether an element is in one of these sets: by its name alone or together with what it is part of. */
const known = (names: ReadonlySet<string>, parent: string, name: string): boolean => names.has(name) || names.has(`${parent}.${name}`);

type Step =
  | { kind: 'element'; name: string }
  | { kind: 'index'; index: number }
  | { kind: 'last' }
  | { kind: 'where'; path: readonly string[]; value: string | number | boolean };

/** A value and where it hangs. */
interface Node {
  holder: JsonObject | unknown[];
  key: string | number;
}
const valueOf = (node: Node): unknown => (node.holder as Record<string | number, unknown>)[node.key];

function unsupported(): Error {
  return failure(
    422,
    'not-supported',
    "A path of the patch uses more of FHIRPath than element names, [n], where(a = 'b'), first() and last()",
  );
}
function inapplicable(message: string): Error {
  return failure(422, 'processing', `The patch does not apply: ${message}`);
}

const TOKEN =
  /\s*(?:\.?\s*where\(\s*([\w.]+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|(true|false)|(-?\d+(?:\.\d+)?))\s*\)|\.?\s*(first|last)\(\)|\[\s*(\d+)\s*\]|\.?\s*`?([A-Za-z]\w*)`?(?!\w*\())\s*/y;

/** Steps of a path below the resource; the type's name in front may be left out. */
function parsePath(path: string, type: string): Step[] {
  const steps: Step[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < path.length) {
    const match = TOKEN.exec(path);
    if (!match) throw unsupported();
    const [, wherePath, text, truth, number, end, index, name] = match;
    if (wherePath !== undefined) {
      const value = text !== undefined ? text.replace(/\\(.)/g, '$1') : truth !== undefined ? truth === 'true' : Number(number);
      steps.push({ kind: 'where', path: wherePath.split('.'), value });
    } else if (end !== undefined) steps.push(end === 'first' ? { kind: 'index', index: 0 } : { kind: 'last' });
    else if (index !== undefined) steps.push({ kind: 'index', index: Number(index) });
    else if (name === type && steps.length === 0) continue;
    else steps.push({ kind: 'element', name: name! });
  }
  return steps;
}

/** Names that are a choice somewhere. */
const choiceNames = new Set([...choices].map((name) => name.split('.').pop()!));

/** The JSON property of an element: of a choice the one that is there. */
function propertyOf(object: JsonObject, name: string): string | undefined {
  if (Object.hasOwn(object, name)) return name;
  return choiceNames.has(name)
    ? Object.keys(object).find((key) => key.startsWith(name) && /^[A-Z]/.test(key.slice(name.length)))
    : undefined;
}

function children(object: unknown, name: string): Node[] {
  if (!isObject(object)) return [];
  const key = propertyOf(object, name);
  if (key === undefined) return [];
  const value = object[key];
  return Array.isArray(value) ? value.map((_, index) => ({ holder: value, key: index })) : [{ holder: object, key }];
}

function hasValue(object: unknown, path: readonly string[], wanted: string | number | boolean): boolean {
  const [name, ...rest] = path;
  if (name === undefined) return object === wanted;
  return children(object, name).some((node) => hasValue(valueOf(node), rest, wanted));
}

function evaluate(root: JsonObject, steps: readonly Step[]): Node[] {
  let nodes: Node[] = [{ holder: { root }, key: 'root' }];
  for (const step of steps)
    switch (step.kind) {
      case 'element':
        nodes = nodes.flatMap((node) => children(valueOf(node), step.name));
        break;
      case 'index':
        nodes = nodes.slice(step.index, step.index + 1);
        break;
      case 'last':
        nodes = nodes.slice(-1);
        break;
      case 'where':
        nodes = nodes.filter((node) => hasValue(valueOf(node), step.path, step.value));
    }
  return nodes;
}

function only(nodes: readonly Node[]): Node {
  if (nodes.length !== 1) throw inapplicable(nodes.length === 0 ? 'nothing is at its path' : 'its path leads to several elements');
  return nodes[0]!;
}

/** The parts of one operation: primitive values by name, and the part that holds the value. */
class Operation {
  readonly #parts: JsonObject[];

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

  /** The value and, for a choice, its data type. @param parent what it will be part of. */
  value(parent: string): { type: string; value: unknown } {
    const part = this.#part('value');
    if (!part) throw failure(400, 'required', 'An operation of the patch has no value');
    return readValue(part, parent);
  }
}

function readValue(part: JsonObject, parent: string): { type: string; value: unknown } {
  const key = Object.keys(part).find((name) => /^value[A-Z]/.test(name));
  if (key !== undefined) return { type: key.slice(5), value: carried(part, key) };
  if (!Array.isArray(part['part'])) throw failure(400, 'required', 'A value of the patch is empty');
  // An element that is no data type of its own is written part by part.
  const value: JsonObject = {};
  for (const child of part['part'].filter(isObject)) {
    const name = String(child['name']);
    const { type, value: inner } = readValue(child, name);
    put(value, parent, name, type, inner);
  }
  return { type: '', value };
}

/** Adds an element to an object: to the end of a list, or where nothing was. */
function put(object: JsonObject, parent: string, name: string, type: string, value: unknown): void {
  const key = propertyOf(object, name) ?? (known(choices, parent, name) ? name + type : name);
  const present = object[key];
  if (Array.isArray(present)) present.push(value);
  else if (present !== undefined) throw inapplicable(`${name} is there already and is no list`);
  else object[key] = known(lists, parent, name) ? [value] : value;
}

/** Replaces a choice by one of perhaps another type, any other element in its place. */
function replace(node: Node, steps: readonly Step[], type: string, value: unknown): void {
  const { holder, key } = node;
  if (Array.isArray(holder)) {
    holder[Number(key)] = value;
    return;
  }
  const step = steps.findLast((one) => one.kind === 'element');
  const name = step?.kind === 'element' ? step.name : String(key);
  delete holder[`_${key}`];
  if (name === key) holder[key] = value;
  else {
    delete holder[key];
    holder[name + type] = value;
  }
}

function remove({ holder, key }: Node, root: JsonObject): void {
  if (Array.isArray(holder)) {
    holder.splice(Number(key), 1);
    dropEmpty(root, holder);
  } else {
    delete holder[key];
    delete holder[`_${key}`];
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

/** Name of what a path ends in, for looking up its children; the type for the resource itself. */
const partName = (steps: readonly Step[], type: string): string => {
  const step = steps.findLast((one) => one.kind === 'element');
  return step?.kind === 'element' ? step.name : type;
};

/** The list that a path names, made if it is not there. */
function listAt(root: JsonObject, steps: readonly Step[], make: boolean): unknown[] {
  const last = steps.at(-1);
  if (last?.kind !== 'element') throw inapplicable('its path does not end in a list');
  const owner = valueOf(only(evaluate(root, steps.slice(0, -1))));
  const list = isObject(owner) ? (owner[last.name] ?? (make ? (owner[last.name] = []) : undefined)) : undefined;
  if (!Array.isArray(list)) throw inapplicable('its path does not end in a list');
  return list;
}

function apply(root: JsonObject, operation: Operation, resourceType: string): void {
  const steps = parsePath(operation.text('path'), resourceType);
  switch (operation.text('type')) {
    case 'add': {
      const parent = partName(steps, resourceType);
      const owner = valueOf(only(evaluate(root, steps)));
      const { type, value } = operation.value(operation.text('name'));
      if (!isObject(owner)) throw inapplicable('its path leads to a value that has no elements');
      put(owner, parent, operation.text('name'), type, value);
      return;
    }
    case 'insert': {
      const list = listAt(root, steps, true);
      const index = operation.integer('index');
      if (index > list.length) throw inapplicable('the index lies beyond the end of the list');
      list.splice(index, 0, operation.value(partName(steps, resourceType)).value);
      return;
    }
    case 'delete': {
      const nodes = evaluate(root, steps);
      if (steps.length === 0) throw inapplicable('a resource is not deleted by a patch');
      if (nodes.length > 0) remove(only(nodes), root);
      return;
    }
    case 'replace': {
      if (steps.length === 0) throw inapplicable('a resource is not replaced by a patch');
      const { type, value } = operation.value(partName(steps, resourceType));
      replace(only(evaluate(root, steps)), steps, type, value);
      return;
    }
    case 'move': {
      const list = listAt(root, steps, false);
      const [source, destination] = [operation.integer('source'), operation.integer('destination')];
      if (source >= list.length || destination >= list.length) throw inapplicable('an index lies beyond the end of the list');
      const moved = carried(list, source);
      list.splice(source, 1);
      list.splice(destination, 0, moved);
      return;
    }
    default:
      throw failure(400, 'value', 'An operation of the patch is none of add, insert, delete, replace, move');
  }
}

/**
 * The patched resource; `resource` stays as it is.
 *
 * @throws 400 for what is no FHIRPath Patch, 422 when an operation does not apply.
 */
export function fhirpathPatch(resource: JsonObject, parameters: JsonObject): unknown {
  const operations = parameters['parameter'];
  if (parameters['resourceType'] !== 'Parameters' || !Array.isArray(operations) || operations.length === 0)
    throw failure(400, 'structure', 'A FHIRPath Patch is a Parameters resource with a parameter "operation" for each step');
  const root = cloneJson(resource);
  for (const parameter of operations) apply(root, new Operation(parameter), String(resource['resourceType']));
  return landed(root);
}
