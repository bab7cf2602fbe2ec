/** One write as one request: create, update, patch, delete. */
import { isCareError } from '../../../models/errors.js';
import type { WriteOperation, WriteOutcome } from '../../backend.js';
import { parseLocation, resourceIn, versionOf, type FhirAnswer } from './answer.js';
import type { Learned } from './learned.js';
import { careError } from './failure.js';
import { issuesOf } from './outcome.js';
import { requestOf, targetOf } from './request.js';
import type { ExchangeOptions, Transport } from './transport.js';

export type Done = Extract<WriteOutcome, { state: 'done' }>;

function send(transport: Transport, operation: WriteOperation, options: ExchangeOptions): Promise<FhirAnswer> {
  const { method, address, headers, body } = requestOf(operation);
  return transport.call(
    (kit, kitOptions) => kit.request(address, { method, options: kitOptions, ...(body === undefined ? {} : { body: body as object }) }),
    { ...options, headers },
  );
}

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
      learned[Array.isArray(operation.patch) ? 'jsonPatch' : 'fhirpathPatch'] = 'no';
    throw afterSilence(error, [operation]);
  }
  const target = targetOf(operation);
  const resource = operation.method === 'delete' ? undefined : resourceIn(answer.body, target.type);
  if (target.id !== undefined && resource?.id !== undefined && resource.id !== target.id) {
    throw careError('malformed', { detail: 'The server answered a write with another record.' });
  }
  const location = parseLocation(answer.headers.get('Location')) ?? parseLocation(answer.headers.get('Content-Location'));
  const unsaid = operation.method === 'delete' ? '' : undefined;
  const id = target.id ?? resource?.id ?? (location?.type === target.type ? location.id : unsaid);
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
