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

/**
 * One attempt.
 *
 * @throws CareError; nothing has changed then, except that an answer which never came leaves that open: see `delivery.ts`.
 */
export async function writeOne(transport: Transport, learned: Learned, operation: WriteOperation, options: ExchangeOptions): Promise<Done> {
  let answer: FhirAnswer;
  try {
    answer = await send(transport, operation, options);
  } catch (error) {
    // A type that takes none is not a format that the server does not know.
    if (operation.method === 'patch' && isCareError(error, 'unsupported') && error.status !== 405)
      learned[Array.isArray(operation.patch) ? 'jsonPatch' : 'fhirpathPatch'] = 'no';
    throw error;
  }
  const location = parseLocation(answer.headers.get('Location')) ?? parseLocation(answer.headers.get('Content-Location'));
  // A page of a proxy in the place of an answer says nothing about the record.
  if (answer.unreadable && !location && !answer.headers.has('ETag')) throw careError('offline', { status: answer.status });
  const target = targetOf(operation);
  const resource = operation.method === 'delete' ? undefined : resourceIn(answer.body, target.type);
  if (target.id !== undefined && resource?.id !== undefined && resource.id !== target.id) {
    throw careError('malformed', { detail: 'The server answered a write with another record.' });
  }
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
