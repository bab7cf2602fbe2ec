/** Which interaction a method and a path mean (R4 http.html, summary table). */
import { failure, notFound } from './outcome.js';
import { expectType, isForm, type Call, type Reply } from './http.js';
import { historyReply } from './history.js';
import {
  conditionalRemove,
  conditionalUpdate,
  createInteraction,
  patchInteraction,
  read,
  removeInteraction,
  updateInteraction,
  vread,
} from './interactions.js';
import { prepareSearch, searchReply, type Scope } from './search.js';
import type { Service } from './service.js';

async function searchInteraction(service: Service, call: Call, scope: Scope): Promise<Reply> {
  const context = await prepareSearch(
    service,
    [...call.query, ...call.form].map(([name]) => name),
  );
  return searchReply(service, context, call, scope);
}

/** POST _search: its parameters are in a form and perhaps in the URL besides; what it links to is an ordinary search. */
function postSearch(service: Service, call: Call, scope: Scope): Promise<Reply> {
  only(call, 'POST');
  if (!isForm(call.contentType) && call.contentType !== '') expectType(call, 'application/x-www-form-urlencoded');
  return searchInteraction(service, call, scope);
}

function only(call: Call, ...methods: string[]): void {
  if (!methods.includes(call.method))
    throw failure(405, 'not-supported', `This address takes ${methods.join(', ')} only`, '', { Allow: methods.join(', ') });
}

async function operation(service: Service, call: Call, name: string, type?: string, id?: string): Promise<Reply> {
  const { runOperation } = await import('./operations.js');
  return runOperation(service, call, name, type, id);
}

function knownType(service: Service, type: string): string {
  if (!service.definitions.isType(type)) throw failure(404, 'not-supported', 'There is no such resource type in R4 that can be stored');
  return type;
}

async function systemLevel(service: Service, call: Call): Promise<Reply> {
  if (call.method === 'POST') {
    const { bundleInteraction } = await import('./transaction.js');
    return bundleInteraction(service, call, route);
  }
  only(call, 'GET', 'HEAD', 'POST');
  return searchInteraction(service, call, { path: '' });
}

function typeLevel(service: Service, call: Call, type: string): Promise<Reply> {
  switch (call.method) {
    case 'POST':
      return createInteraction(service, call, type);
    case 'PUT':
      return conditionalUpdate(service, call, type);
    case 'PATCH':
      return patchInteraction(service, call, type, undefined);
    case 'DELETE':
      return conditionalRemove(service, call, type);
    default:
      only(call, 'GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE');
      return searchInteraction(service, call, { type, path: type });
  }
}

async function instanceLevel(service: Service, call: Call, type: string, id: string): Promise<Reply> {
  switch (call.method) {
    case 'PUT':
      return updateInteraction(service, call, type, id);
    case 'PATCH':
      return patchInteraction(service, call, type, id);
    case 'DELETE':
      return removeInteraction(service, call, type, id);
    default:
      only(call, 'GET', 'HEAD', 'PUT', 'PATCH', 'DELETE');
      return read(service, call, type, id);
  }
}

/** `Patient/p1/Observation`, and `Patient/p1/*` for all types. */
function compartmentSearch(service: Service, call: Call, type: string, id: string, rest: readonly string[]): Promise<Reply> {
  const [member = '', action] = rest;
  if (!service.definitions.compartment(type)) throw notFound(`There is no compartment of ${type}`);
  const scope: Scope = {
    type: member === '*' ? undefined : knownType(service, member),
    compartment: { type, id },
    path: `${type}/${id}/${member}`,
  };
  if (action === '_search') return postSearch(service, call, scope);
  only(call, 'GET', 'HEAD');
  return searchInteraction(service, call, scope);
}

/** Answers a call. Throws what {@link asFhirError} turns into an OperationOutcome. */
export async function route(service: Service, call: Call): Promise<Reply> {
  const [first, second, third, fourth, ...more] = call.path;
  const gone = (): never => {
    throw notFound('There is nothing at this address');
  };
  if (more.length > 0) gone();
  if (first === undefined) return systemLevel(service, call);
  if (second === undefined) {
    if (first === 'metadata') {
      only(call, 'GET', 'HEAD');
      const { metadataReply } = await import('./metadata.js');
      return metadataReply(service, call);
    }
    if (first === '_history') {
      only(call, 'GET', 'HEAD');
      return historyReply(service, call);
    }
    if (first === '_search') return postSearch(service, call, { path: '' });
    if (first.startsWith('$')) return operation(service, call, first);
  }
  const type = knownType(service, first);
  if (second === undefined) return typeLevel(service, call, type);
  if (third === undefined) {
    if (second === '_history') {
      only(call, 'GET', 'HEAD');
      return historyReply(service, call, type);
    }
    if (second === '_search') return postSearch(service, call, { type, path: type });
    if (second.startsWith('$')) return operation(service, call, second, type);
    return instanceLevel(service, call, type, second);
  }
  if (third === '_history') {
    only(call, 'GET', 'HEAD');
    return fourth === undefined ? historyReply(service, call, type, second) : vread(service, call, type, second, fourth);
  }
  if (third.startsWith('$') && fourth === undefined) return operation(service, call, third, type, second);
  if (fourth !== undefined && fourth !== '_search') gone();
  return compartmentSearch(service, call, type, second, [third, ...(fourth === undefined ? [] : [fourth])]);
}
