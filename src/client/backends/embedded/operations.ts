/** Operations ($…): which one is meant, and what it was given. */
import type { Pairs } from '../../store/query.js';
import { isObject, isResource, type JsonObject, type ResourceTree } from '../../store/tree.js';
import { scalarText } from './scalar.js';
import { everything } from './everything.js';
import { expectType, type Call, type Reply } from './http.js';
import { OPERATIONS } from './operation-list.js';
import { failure } from './outcome.js';
import type { Service } from './service.js';
import { expand, validateCodeInCodeSystem, validateCodeInValueSet } from './terminology-operations.js';
import { validateOperation } from './validate.js';

/** Input of an operation: from the URL, from a Parameters resource, or a resource that is the body by itself. */
export class OperationInput {
  /** The body, where it is no Parameters. */
  readonly resource: ResourceTree | undefined;
  readonly query: Pairs;
  readonly #parameters: readonly JsonObject[];

  constructor(query: Pairs, body: unknown) {
    this.query = query;
    const parameters = isResource(body) && body.resourceType === 'Parameters';
    this.resource = isResource(body) && !parameters ? body : undefined;
    this.#parameters = parameters && Array.isArray(body['parameter']) ? body['parameter'].filter(isObject) : [];
  }

  /** The values of a parameter, whatever their type. */
  all(name: string): unknown[] {
    const given = this.#parameters
      .filter((parameter) => parameter['name'] === name)
      .map((parameter) => parameter['resource'] ?? parameter[Object.keys(parameter).find((key) => /^value[A-Z]/.test(key)) ?? '']);
    return [...this.query.filter(([one]) => one === name).map(([, value]) => value), ...given];
  }

  text(name: string): string | undefined {
    return this.all(name).find((value) => typeof value === 'string');
  }

  object(name: string): JsonObject | undefined {
    return this.all(name).find(isObject);
  }

  /** @throws 400 when it is no whole number of 0 or more. */
  count(name: string): number | undefined {
    const value = this.all(name)[0];
    if (value === undefined) return undefined;
    if (!/^\d+$/.test(scalarText(value))) throw failure(400, 'value', `${name} is a number, 0 or greater`);
    return Number(value);
  }

  flag(name: string): boolean {
    return this.all(name).some((value) => value === true || value === 'true');
  }
}

function inputOf(call: Call): OperationInput {
  if (call.method === 'GET' || call.method === 'HEAD') return new OperationInput(call.query, undefined);
  if (call.method !== 'POST') throw failure(405, 'not-supported', 'An operation is asked for by GET or POST', '', { Allow: 'GET, POST' });
  if (call.form.length > 0) return new OperationInput([...call.query, ...call.form], undefined);
  if (call.contentType === '') return new OperationInput(call.query, undefined);
  expectType(call);
  return new OperationInput(call.query, call.body());
}

export async function runOperation(service: Service, call: Call, written: string, type?: string, id?: string): Promise<Reply> {
  const name = written.slice(1);
  const offered = OPERATIONS.some(
    (one) => one.name === name && type !== undefined && (one.types === undefined || one.types.includes(type)),
  );
  if (!offered || type === undefined) throw failure(404, 'not-supported', 'There is no such operation here');
  const input = inputOf(call);
  switch (name) {
    case 'everything':
      return everything(service, call, input, type, id);
    case 'expand':
      return expand(service, input, id);
    case 'validate-code':
      return type === 'ValueSet' ? validateCodeInValueSet(service, input, id) : validateCodeInCodeSystem(service, input, id);
    default:
      return validateOperation(service, input, type, id);
  }
}
