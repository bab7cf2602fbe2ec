/** FHIRPath Patch (R4 fhirpatch.html): the Parameters resource that says what to change, put together step by step. */
import { copyMember } from '../json.js';
import type { Parameters, ParametersParameter } from '../generated/types/index.js';

/** One value with its data type: `{ valueDate: '1980-05-03' }`, `{ valueContactPoint: { … } }`. */
export type FhirPatchValue = {
  [K in Extract<keyof ParametersParameter, `value${string}`>]: { readonly [P in K]-?: NonNullable<ParametersParameter[P]> };
}[Extract<keyof ParametersParameter, `value${string}`>];

/**
 * What stands in a patch: a value, or for an element that is no data type of its own (`Patient.contact`) its parts by name; a list
 * where a part repeats.
 */
export type FhirPatchContent =
  FhirPatchValue | { readonly parts: Readonly<Record<string, FhirPatchContent | readonly FhirPatchContent[]>> };

const isValue = (name: string): boolean => /^value[A-Z]/.test(name);

function contentOf(name: string, content: FhirPatchContent): ParametersParameter {
  const parameter: ParametersParameter = { name };
  if ('parts' in content) {
    parameter.part = Object.entries(content.parts).flatMap(([part, inner]) =>
      (Array.isArray(inner) ? (inner as readonly FhirPatchContent[]) : [inner as FhirPatchContent]).map((one) => contentOf(part, one)),
    );
    return parameter;
  }
  const names = Object.keys(content).filter(isValue);
  if (names.length !== 1) throw new TypeError('A value of a FHIRPath Patch is one member: value and its data type');
  copyMember(content, names[0]!, parameter);
  return parameter;
}

/**
 * A patch in the making. Each method adds one step and gives the patch back; the steps are applied in their order, all or none.
 *
 * ```ts
 * const patch = new FhirPathPatch()
 *   .replace('Patient.birthDate', { valueDate: '1980-05-03' })
 *   .add('Patient', 'telecom', { valueContactPoint: { system: 'phone', value: '…' } })
 *   .delete(fhirPath`Patient.identifier.where(value = ${old})`);
 * await client.patch(patient, patch.toParameters());
 * ```
 */
export class FhirPathPatch {
  readonly #operations: ParametersParameter[] = [];

  /** How many steps there are. */
  get length(): number {
    return this.#operations.length;
  }

  /** Adds an element to what `path` leads to: to the end of a list, or where nothing was. */
  add(path: string, name: string, value: FhirPatchContent): this {
    return this.#step('add', path, [{ name: 'name', valueString: name }, contentOf('value', value)]);
  }

  /** Puts an entry into the list that `path` leads to, at a position from 0. */
  insert(path: string, value: FhirPatchContent, index: number): this {
    return this.#step('insert', path, [contentOf('value', value), { name: 'index', valueInteger: position(index) }]);
  }

  /** Removes the one element that `path` leads to; nothing happens where there is none. */
  delete(path: string): this {
    return this.#step('delete', path, []);
  }

  /** Puts a value in the place of the one element that `path` leads to. */
  replace(path: string, value: FhirPatchContent): this {
    return this.#step('replace', path, [contentOf('value', value)]);
  }

  /** Moves an entry of the list that `path` leads to, from one position to another; both from 0. */
  move(path: string, source: number, destination: number): this {
    return this.#step('move', path, [
      { name: 'source', valueInteger: position(source) },
      { name: 'destination', valueInteger: position(destination) },
    ]);
  }

  /** The patch as it is sent; a new object each time. @throws TypeError for a patch without a step, which no server takes. */
  toParameters(): Parameters {
    if (this.length === 0) throw new TypeError('A FHIRPath Patch has at least one step');
    return { resourceType: 'Parameters', parameter: [...this.#operations] };
  }

  #step(type: string, path: string, more: readonly ParametersParameter[]): this {
    if (path.trim() === '') throw new TypeError('A step of a FHIRPath Patch has a path');
    this.#operations.push({
      name: 'operation',
      part: [{ name: 'type', valueCode: type }, { name: 'path', valueString: path }, ...more],
    });
    return this;
  }
}

function position(value: number): number {
  if (!Number.isInteger(value) || value < 0) throw new RangeError('A position in a list is a whole number from 0');
  return value;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "\\'", '\n': '\\n', '\r': '\\r', '\t': '\\t', '\f': '\\f' };

/** A FHIRPath with values put in as literals, so that what a person typed stays a value: fhirPath`Patient.name.where(family = ${typed})`. */
export function fhirPath(text: TemplateStringsArray, ...values: readonly (string | number | boolean)[]): string {
  return text.reduce((path, part, index) => {
    const value = values[index - 1]!;
    const literal = typeof value === 'string' ? `'${value.replace(/[\\'\n\r\t\f]/g, (char) => ESCAPES[char]!)}'` : String(value);
    return path + literal + part;
  });
}
