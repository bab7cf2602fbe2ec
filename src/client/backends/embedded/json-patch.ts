/** JSON Patch (RFC 6902) on a resource. Number literals such as 1.00 survive, those of the patch too. */
import { copyMember, literalOf, parseJson } from '../../../models/fhir/json.js';
import { isObject, type JsonObject } from '../../store/tree.js';
import { failure } from './fhir-error.js';

/** A number with its literal while it moves between objects and along lists: a literal belongs to its holder and would be lost. */
class NumberText {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get number(): number {
    return Number(this.#text);
  }

  /** Becomes a number again, as `holder[key]`. */
  land(holder: object, key: string | number): void {
    copyMember(parseJson(`[${this.#text}]`) as unknown[], 0, holder, key);
  }
}

/** A copy of `holder[key]` in which each number with a literal of its own is a NumberText. */
export function carried(holder: object, key: string | number): unknown {
  const value = (holder as Record<string | number, unknown>)[key];
  const literal = typeof value === 'number' ? literalOf(holder, key) : undefined;
  if (literal !== undefined) return new NumberText(literal);
  if (Array.isArray(value)) return value.map((_, i) => carried(value, i));
  if (!isObject(value) || value instanceof NumberText) return value;
  return Object.fromEntries(Object.keys(value).map((name) => [name, carried(value, name)]));
}

/** Turns them back into numbers with their literals, in place. */
export function landed(tree: unknown): unknown {
  if (Array.isArray(tree) || isObject(tree))
    for (const [key, value] of Object.entries(tree))
      if (value instanceof NumberText) value.land(tree, key);
      else landed(value);
  return tree;
}

function conflict(index: number, message: string): Error {
  return failure(422, 'processing', `Operation ${index + 1} of the patch: ${message}`);
}

function pointer(path: unknown, index: number): string[] {
  if (typeof path !== 'string' || (path !== '' && !path.startsWith('/')))
    throw failure(400, 'structure', `Operation ${index + 1} of the patch has no JSON pointer where one is needed`);
  return path === ''
    ? []
    : path
        .slice(1)
        .split('/')
        .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'));
}

type Holder = unknown[] | JsonObject;
const isHolder = (value: unknown): value is Holder => Array.isArray(value) || (isObject(value) && !(value instanceof NumberText));

/** Array index of a reference token; `-` is the end. */
function indexOf(list: readonly unknown[], token: string, last: number, index: number): number {
  if (token === '-') return list.length;
  if (!/^(0|[1-9]\d*)$/.test(token) || Number(token) > last) throw conflict(index, 'no such position in a list');
  return Number(token);
}

class Document {
  root: unknown;
  readonly #index: number;

  constructor(root: unknown, index: number) {
    this.root = root;
    this.#index = index;
  }

  /** The object or array that holds the last token's value. */
  #holder(tokens: readonly string[]): Holder {
    let value = this.root;
    for (const token of tokens.slice(0, -1)) value = this.#member(value, token);
    if (!isHolder(value)) throw conflict(this.#index, 'the path leads through a value that has no members');
    return value;
  }

  #member(holder: unknown, token: string): unknown {
    if (Array.isArray(holder)) return holder[indexOf(holder, token, holder.length - 1, this.#index)];
    if (isObject(holder) && Object.hasOwn(holder, token)) return holder[token];
    throw conflict(this.#index, 'nothing is at its path');
  }

  /** A copy of the value at a path. */
  get(tokens: readonly string[]): unknown {
    if (tokens.length === 0) return carried([this.root], 0);
    const holder = this.#holder(tokens);
    const token = tokens[tokens.length - 1]!;
    if (this.#member(holder, token) === undefined) throw conflict(this.#index, 'nothing is at its path');
    return carried(holder, token);
  }

  /** Puts a value in the place of one that is there. */
  set(tokens: readonly string[], value: unknown): void {
    if (tokens.length === 0) this.root = value;
    else (this.#holder(tokens) as JsonObject)[tokens[tokens.length - 1]!] = value;
  }

  add(tokens: readonly string[], value: unknown): void {
    if (tokens.length === 0) {
      this.root = value;
      return;
    }
    const holder = this.#holder(tokens);
    const token = tokens[tokens.length - 1]!;
    if (Array.isArray(holder)) {
      holder.splice(indexOf(holder, token, holder.length, this.#index), 0, value);
      return;
    }
    if (token === '__proto__') throw conflict(this.#index, 'no element has that name');
    holder[token] = value;
  }

  remove(tokens: readonly string[]): void {
    if (tokens.length === 0) {
      this.root = undefined;
      return;
    }
    const holder = this.#holder(tokens);
    const token = tokens[tokens.length - 1]!;
    this.#member(holder, token);
    if (Array.isArray(holder)) {
      if (token === '-') throw conflict(this.#index, 'nothing is at its path');
      holder.splice(Number(token), 1);
    } else delete holder[token];
  }
}

/** Equality as RFC 6902 defines it: numbers by value, members in any order. */
function equal(a: unknown, b: unknown): boolean {
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => equal(item, b[i]));
  const numbers = [numeric(a), numeric(b)];
  if (numbers[0] !== undefined || numbers[1] !== undefined) return numbers[0] === numbers[1];
  if (isObject(a)) {
    if (!isObject(b) || Object.keys(a).length !== Object.keys(b).length) return false;
    return Object.keys(a).every((name) => Object.hasOwn(b, name) && equal(a[name], b[name]));
  }
  return a === b;
}

function numeric(value: unknown): number | undefined {
  return typeof value === 'number' ? value : value instanceof NumberText ? value.number : undefined;
}

/**
 * The patched document; `document` stays as it is.
 *
 * @throws 400 for what is no JSON Patch, 422 when an operation does not apply or a test fails.
 */
export function jsonPatch(document: unknown, operations: unknown): unknown {
  if (!Array.isArray(operations)) throw failure(400, 'structure', 'A JSON Patch is a list of operations');
  let root: unknown = carried([document], 0);
  operations.forEach((operation: unknown, index) => {
    if (!isObject(operation)) throw failure(400, 'structure', `Operation ${index + 1} of the patch is no object`);
    const target = new Document(root, index);
    const path = pointer(operation['path'], index);
    const value = (): unknown => {
      if (!Object.hasOwn(operation, 'value')) throw failure(400, 'structure', `Operation ${index + 1} of the patch has no value`);
      return carried(operation, 'value');
    };
    switch (operation['op']) {
      case 'add':
        target.add(path, value());
        break;
      case 'remove':
        target.remove(path);
        break;
      case 'replace': {
        const next = value();
        target.get(path);
        target.set(path, next);
        break;
      }
      case 'move': {
        const from = pointer(operation['from'], index);
        if (path.length > from.length && from.every((token, i) => token === path[i]))
          throw conflict(index, 'a value can not be moved into itself');
        const moved = target.get(from);
        target.remove(from);
        target.add(path, moved);
        break;
      }
      case 'copy':
        target.add(path, target.get(pointer(operation['from'], index)));
        break;
      case 'test':
        if (!equal(target.get(path), value())) throw conflict(index, 'the test failed');
        break;
      default:
        throw failure(400, 'structure', `Operation ${index + 1} of the patch is none of add, remove, replace, move, copy, test`);
    }
    root = target.root;
  });
  return (landed([root]) as unknown[])[0];
}
