/** One write as one request: create, update, patch, delete. */
import { isCareError } from '../../../models/errors.js';
import type { Resource } from '../../../models/fhir/index.js';
import type { WriteOperation, WriteOutcome } from '../../backend.js';
import { parseLocation, resourceIn, versionOf, type FhirAnswer } from './answer.js';
import type { Learned } from './capabilities.js';
import { careError } from './failure.js';
import { issuesOf } from './outcome.js';
import type { ExchangeOptions, Transport } from './transport.js';

export type Done = Extract<WriteOutcome, { state: 'done' }>;

/** An id as one step of a path. */
export function pathId(id: string): string {
  if (!/^[^/?#\s]+$/.test(id) || /^\.+$/.test(id)) throw careError('validation', { detail: 'This is not an id.' });
  return encodeURIComponent(id);
}

export function pathType(type: string): string {
  if (!/^[A-Z][A-Za-z]+$/.test(type)) throw careError('validation', { detail: 'This is not a resource type.' });
  return type;
}

/** Type and id that an operation is about; a create has no id yet. */
export function targetOf(operation: WriteOperation): { type: string; id: string | undefined } {
  if (operation.method === 'create') return { type: pathType(operation.resource.resourceType), id: undefined };
  if (operation.method !== 'update') return { type: pathType(operation.type), id: operation.id };
  const { resourceType, id } = operation.resource;
  if (id === undefined) throw careError('validation', { detail: 'An update needs the id of the record.' });
  return { type: pathType(resourceType), id };
}

export const etagOf = (versionId: string): string => `W/"${versionId}"`;

/** If-None-Exist takes the query alone; callers often give the whole search. */
export const ifNoneExist = (query: string): string => query.replace(/^[^?]*\?/, '');

const isJsonPatch = (operation: Extract<WriteOperation, { method: 'patch' }>): boolean => Array.isArray(operation.patch);

function headersOf(operation: WriteOperation): Record<string, string> {
  const headers: Record<string, string> = { Prefer: 'return=representation' };
  if (operation.method === 'create') {
    if (operation.ifNoneExist !== undefined) headers['If-None-Exist'] = ifNoneExist(operation.ifNoneExist);
  } else if (operation.ifMatch !== undefined) headers['If-Match'] = etagOf(operation.ifMatch);
  if (operation.method === 'patch')
    headers['Content-Type'] = isJsonPatch(operation) ? 'application/json-patch+json' : 'application/fhir+json';
  return headers;
}

function send(transport: Transport, operation: WriteOperation, options: ExchangeOptions): Promise<FhirAnswer> {
  const { type: resourceType, id: given } = targetOf(operation);
  const id = given === undefined ? '' : pathId(given);
  const headers = headersOf(operation);
  return transport.call(
    (kit, kitOptions) => {
      switch (operation.method) {
        case 'create':
          return kit.create({ resourceType, body: body(operation.resource), options: kitOptions });
        case 'update':
          return kit.update({ resourceType, id, body: body(operation.resource), options: kitOptions });
        case 'delete':
          return kit.delete({ resourceType, id, options: kitOptions });
        case 'patch':
          return kit.request(`${resourceType}/${id}`, { method: 'PATCH', body: operation.patch as object, options: kitOptions });
      }
    },
    { ...options, headers },
  );
}

/** Our resources are stricter than the kit's records; it passes them on as they are. */
const body = (resource: Resource): Resource & Record<string, unknown> => resource as Resource & Record<string, unknown>;

/** Whether a write can be made again without harm when no answer came: it replaces, or it is guarded. */
export function isRepeatable(operation: WriteOperation): boolean {
  if (operation.method === 'create') return operation.ifNoneExist !== undefined;
  return operation.method !== 'patch' || operation.ifMatch !== undefined;
}

/** An answer that did not come leaves open whether the write was made; nobody should make one again by itself that could double. */
export function afterSilence(error: unknown, operations: readonly WriteOperation[]): unknown {
  const silent = isCareError(error, 'offline') || (isCareError(error, 'server') && [502, 504].includes(error.status ?? 0));
  if (!silent || operations.every(isRepeatable)) return error;
  return careError(error.kind, {
    detail: 'It is not known whether this was saved: no answer came.',
    status: error.status,
    retryable: false,
  });
}

/**
 * @throws CareError; nothing has changed then, except that an answer which never came (`offline`, `aborted`) leaves that open.
 */
export async function writeOne(transport: Transport, learned: Learned, operation: WriteOperation, options: ExchangeOptions): Promise<Done> {
  let answer: FhirAnswer;
  try {
    answer = await send(transport, operation, options);
  } catch (error) {
    if (operation.method === 'patch' && isCareError(error, 'unsupported'))
      learned[isJsonPatch(operation) ? 'jsonPatch' : 'fhirpathPatch'] = 'no';
    throw afterSilence(error, [operation]);
  }
  const target = targetOf(operation);
  const resource = operation.method === 'delete' ? undefined : resourceIn(answer.body, target.type);
  if (target.id !== undefined && resource?.id !== undefined && resource.id !== target.id) {
    throw careError('malformed', { detail: 'The server answered a write with another record.' });
  }
  const location = parseLocation(answer.headers.get('Location')) ?? parseLocation(answer.headers.get('Content-Location'));
  const id = target.id ?? resource?.id ?? (location?.type === target.type ? location.id : undefined);
  if (id === undefined) throw careError('malformed', { detail: 'The record was stored, but the server does not say under which id.' });
  return {
    state: 'done',
    status: answer.status,
    resource,
    id,
    versionId: versionOf(answer.headers, resource),
    issues: issuesOf(answer.body),
  };
}
