/** Which interaction a method and a path mean (R4 http.html, summary table). */
import { failure, notFound } from './outcome.js';
import { expectType, isForm, type Call, type Reply } from './http.js';
import { read } from './read.js';
import { searchReply, type Scope } from './search.js';
import { loadExtras, needsExtras, type Service } from './service.js';

async function searchInteraction(service: Service, call: Call, scope: Scope): Promise<Reply> {
  if (needsExtras([...call.query, ...call.form])) await loadExtras(service);
  return searchReply(service, call, scope);
}

async function readInteraction(service: Service, call: Call, type: string, id: string): Promise<Reply> {
  if (call.raw) {
    const { binaryReply } = await loadExtras(service);
    return binaryReply(service, call, id);
  }
  if (needsExtras(call.query)) await loadExtras(service);
  return read(service, call, type, id);
}

/** History of all, a type or an instance; with `versionId` that version alone. */
async function historyInteraction(service: Service, call: Call, type?: string, id?: string, versionId?: string): Promise<Reply> {
  only(call, 'GET', 'HEAD');
  const { historyReply, vread } = await loadExtras(service);
  return versionId === undefined ? historyReply(service, call, type, id) : vread(service, call, type!, id!, versionId);
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
  const { runOperation } = await loadExtras(service);
  return runOperation(service, call, name, type, id);
}

function knownType(service: Service, type: string): string {
  if (!service.definitions.isType(type)) throw failure(404, 'not-supported', 'There is no such resource type in R4 that can be stored');
  return type;
}

async function systemLevel(service: Service, call: Call): Promise<Reply> {
  if (call.method === 'POST') {
    const { bundleInteraction } = await loadExtras(service);
    return bundleInteraction(service, call, route);
  }
  only(call, 'GET', 'HEAD', 'POST');
  return searchInteraction(service, call, { path: '' });
}

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

async function write(service: Service, call: Call, type: string, id?: string): Promise<Reply> {
  const { writeInteraction } = await loadExtras(service);
  return writeInteraction(service, call, type, id);
}

function typeLevel(service: Service, call: Call, type: string): Promise<Reply> {
  if (WRITES.has(call.method)) return write(service, call, type);
  only(call, 'GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE');
  return searchInteraction(service, call, { type, path: type });
}

async function instanceLevel(service: Service, call: Call, type: string, id: string): Promise<Reply> {
  if (WRITES.has(call.method) && call.method !== 'POST') return write(service, call, type, id);
  only(call, 'GET', 'HEAD', 'PUT', 'PATCH', 'DELETE');
  return readInteraction(service, call, type, id);
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
      const { metadataReply } = await loadExtras(service);
      return metadataReply(service, call);
    }
    if (first === '_history') return historyInteraction(service, call);
    if (first === '_search') return postSearch(service, call, { path: '' });
    if (first.startsWith('$')) return operation(service, call, first);
  }
  const type = knownType(service, first);
  if (second === undefined) return typeLevel(service, call, type);
  if (third === undefined) {
    if (second === '_history') return historyInteraction(service, call, type);
    if (second === '_search') return postSearch(service, call, { type, path: type });
    if (second.startsWith('$')) return operation(service, call, second, type);
    return instanceLevel(service, call, type, second);
  }
  if (third === '_history') return historyInteraction(service, call, type, second, fourth);
  if (third.startsWith('$') && fourth === undefined) return operation(service, call, third, type, second);
  if (fourth !== undefined && fourth !== '_search') gone();
  return compartmentSearch(service, call, type, second, [third, ...(fourth === undefined ? [] : [fourth])]);
}
