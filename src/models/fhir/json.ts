/**
 * Lossless JSON for FHIR. Its decimals carry precision (1.00 says more than 1.0, R4 datatypes "decimal") that JSON.parse drops.
 * Values stay plain `number`s; a side table beside the tree keeps each number literal that String(n) would not give back
 * (1.00, 1e3, -0, twenty digits …), and `stringify` writes that literal while the value is unchanged.
 *
 * The table hangs on the object or array that holds the number. So a spread or Object.assign of that very holder, structuredClone
 * and postMessage lose it, and so does a number with no holder; `cloneJson` keeps it. Between threads and stores, carry text.
 * (Engines let long strings of the tree share the memory of the text they were read from, so that lives as long as they do.)
 */

/** Deepest nesting that is read or written. The deepest FHIR instance seen is below 30; the limit keeps hostile input off the stack. */
const MAX_DEPTH = 1000;

/** Text that is not JSON. The message holds the place and plain words, nothing of the text. */
export class JsonSyntaxError extends SyntaxError {
  override readonly name = 'JsonSyntaxError';
  /** From 1. */
  readonly line: number;
  /** In UTF-16 units, from 1. */
  readonly column: number;
  /** In UTF-16 units from the start of the text. */
  readonly offset: number;

  constructor(reason: string, source: string, offset: number) {
    const before = source.slice(0, offset);
    const line = before.split(/\r\n|\r|\n/).length;
    const column = offset - Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r'));
    super(`Not JSON: ${reason} (line ${line}, column ${column})`);
    this.line = line;
    this.column = column;
    this.offset = offset;
  }
}

type Literals = Record<string, string>;

/** Holder -> key -> literal; each holder has a record of its own. */
const kept = new WeakMap<object, Literals>();
const hasOwn = Object.prototype.hasOwnProperty;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const ESCAPE = /["\\/bfnrt]|u[0-9a-fA-F]{4}/y;

// The parser's state. Parsing is synchronous and calls nothing of the caller, so one copy is enough.
let text = '';
let at = 0;
let depth = 0;
/** The literal of the number just read, where it must be kept; whoever stores that number takes it. */
let literal: string | undefined;

function fail(reason: string, offset = at): never {
  throw new JsonSyntaxError(offset < text.length ? reason : 'the text ends too early', text, offset);
}

/** Skips white space and gives the next character code; NaN at the end. */
function next(): number {
  let code = text.charCodeAt(at);
  while (code === 32 || code === 10 || code === 13 || code === 9) code = text.charCodeAt(++at);
  return code;
}

function readString(): string {
  const start = ++at;
  let escaped = false;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 34) break;
    if (code === 92) {
      escaped = true;
      ESCAPE.lastIndex = at + 1;
      if (!ESCAPE.test(text)) fail('an unknown escape in a string');
      at = ESCAPE.lastIndex;
    } else if (code >= 32) at++;
    else fail(code < 32 ? 'a control character in a string' : '');
  }
  const end = at++;
  return escaped ? (JSON.parse(text.slice(start - 1, at)) as string) : text.slice(start, end);
}

function readNumber(): number {
  const start = at;
  let code = text.charCodeAt(at);
  while ((code >= 48 && code <= 57) || code === 46 || code === 45 || code === 43 || code === 69 || code === 101)
    code = text.charCodeAt(++at);
  const token = text.slice(start, at);
  if (!NUMBER.test(token)) {
    if (start === at) fail('a value was expected here', start);
    fail('a number that JSON does not allow', start);
  }
  const value = Number(token);
  if (String(value) !== token) literal = token;
  return value;
}

function readWord<T>(word: string, value: T): T {
  if (!text.startsWith(word, at)) fail('a value was expected here');
  at += word.length;
  return value;
}

function readObject(): object {
  const object: Record<string, unknown> = {};
  let literals: Literals | undefined;
  at++;
  let code = next();
  if (code === 125) {
    at++;
    return object;
  }
  for (;;) {
    if (code !== 34) fail('a property name in double quotes was expected here');
    const nameAt = at;
    const key = readString();
    if (object[key] !== undefined && hasOwn.call(object, key)) fail('the same property twice in one object', nameAt);
    if (next() !== 58) fail('a colon was expected here');
    at++;
    const value = readValue();
    if (key === '__proto__') Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
    else object[key] = value;
    if (literal !== undefined) {
      (literals ??= Object.create(null) as Literals)[key] = literal;
      literal = undefined;
    }
    code = next();
    if (code === 125) break;
    if (code !== 44) fail('a comma or the end of the object was expected here');
    at++;
    code = next();
  }
  at++;
  if (literals) kept.set(object, literals);
  return object;
}

function readArray(): unknown[] {
  const array: unknown[] = [];
  let literals: Literals | undefined;
  at++;
  if (next() === 93) {
    at++;
    return array;
  }
  for (;;) {
    array.push(readValue());
    if (literal !== undefined) {
      (literals ??= Object.create(null) as Literals)[array.length - 1] = literal;
      literal = undefined;
    }
    const code = next();
    if (code === 93) break;
    if (code !== 44) fail('a comma or the end of the list was expected here');
    at++;
  }
  at++;
  if (literals) kept.set(array, literals);
  return array;
}

function readValue(): unknown {
  const code = next();
  if (code === 34) return readString();
  if (code === 123 || code === 91) {
    if (++depth > MAX_DEPTH) fail(`more than ${MAX_DEPTH} levels of nesting`);
    const value = code === 123 ? readObject() : readArray();
    depth--;
    return value;
  }
  if (code === 116) return readWord('true', true);
  if (code === 102) return readWord('false', false);
  if (code === 110) return readWord('null', null);
  return readNumber();
}

/**
 * Reads JSON (RFC 8259) as JSON.parse does, and keeps number literals. One byte order mark at the start is skipped, as the RFC allows.
 * Refused, beyond what JSON.parse refuses: the same property twice in one object, since one of its values would vanish unseen.
 *
 * @throws {JsonSyntaxError} with line, column and offset.
 */
export function parseJson(source: string): unknown {
  text = source;
  at = source.charCodeAt(0) === 0xfeff ? 1 : 0;
  depth = 0;
  try {
    const value = readValue();
    if (!Number.isNaN(next())) fail('more text after the end of the value');
    return value;
  } finally {
    literal = undefined;
    text = '';
  }
}

/** The literal that the number at `holder[key]` was written with, where String(n) would give another one and the value is unchanged. */
export function literalOf(holder: object, key: string | number): string | undefined {
  const found = kept.get(holder)?.[key];
  return found !== undefined && Object.is((holder as Record<string | number, unknown>)[key], Number(found)) ? found : undefined;
}

function tooDeep(level: number): void {
  if (level > MAX_DEPTH) throw new RangeError(`More than ${MAX_DEPTH} levels of nesting, or an object that holds itself`);
}

function holdsLiterals(value: unknown, level: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  tooDeep(level);
  if (kept.has(value)) return true;
  for (const key in value) if (holdsLiterals((value as Record<string, unknown>)[key], level + 1)) return true;
  return false;
}

/** Writes as JSON.stringify does, except for numbers whose literal was kept. Gives undefined for what JSON has no text for. */
function write(
  holder: Record<string | number, unknown>,
  key: string | number,
  indent: string,
  margin: string,
  level: number,
): string | undefined {
  const raw = holder[key];
  const value =
    typeof raw === 'object' && raw !== null && typeof (raw as Partial<Date>).toJSON === 'function'
      ? (raw as Date).toJSON(String(key))
      : raw;
  if (typeof value === 'number') return literalOf(holder, key) ?? JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  tooDeep(level);
  const inner = margin + indent;
  const array = Array.isArray(value);
  const parts: string[] = [];
  if (array) for (let i = 0; i < value.length; i++) parts.push(write(value as never, i, indent, inner, level + 1) ?? 'null');
  else
    for (const name of Object.keys(value)) {
      const part = write(value as never, name, indent, inner, level + 1);
      if (part !== undefined) parts.push(JSON.stringify(name) + (indent ? ': ' : ':') + part);
    }
  const [open, close] = array ? '[]' : '{}';
  if (!indent || parts.length === 0) return open + parts.join(',') + close;
  return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${margin}${close}`;
}

/**
 * Writes JSON as JSON.stringify does, with each number that {@link parseJson} read, and nobody changed since, as it was written.
 *
 * @param indent spaces a level, 0 to 10; none by default.
 * @throws {RangeError} on nesting beyond 1000 levels or a circular object, {TypeError} on what JSON has no text for.
 */
export function stringify(value: unknown, indent = 0): string {
  const written = holdsLiterals(value, 1)
    ? write({ '': value }, '', ' '.repeat(Math.min(10, Math.max(0, indent))), '', 1)
    : JSON.stringify(value, undefined, indent);
  if (written === undefined) throw new TypeError('There is no JSON for this value');
  return written;
}

function clone(value: unknown, level: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  tooDeep(level);
  let copy: object;
  if (Array.isArray(value)) copy = value.map((item) => clone(item, level + 1));
  else {
    copy = {};
    for (const key of Object.keys(value)) {
      const member = clone((value as Record<string, unknown>)[key], level + 1);
      if (key === '__proto__') Object.defineProperty(copy, key, { value: member, writable: true, enumerable: true, configurable: true });
      else (copy as Record<string, unknown>)[key] = member;
    }
  }
  const literals = kept.get(value);
  if (literals) kept.set(copy, Object.assign(Object.create(null) as Literals, literals));
  return copy;
}

/** A deep copy of plain JSON data that keeps the number literals. */
export function cloneJson<T>(value: T): T {
  return clone(value, 1) as T;
}

/** Puts a deep copy of `from[key]` at `to[toKey]`, with its number literals: what an assignment would lose where it is a number itself. */
export function copyMember(from: object, key: string | number, to: object, toKey: string | number = key): void {
  const value = clone((from as Record<string | number, unknown>)[key], 1);
  Object.defineProperty(to, toKey, { value, writable: true, enumerable: true, configurable: true });
  const found = literalOf(from, key);
  const own = kept.get(to);
  if (found === undefined) delete own?.[toKey];
  else if (own) own[toKey] = found;
  else kept.set(to, Object.assign(Object.create(null) as Literals, { [toKey]: found }));
}
