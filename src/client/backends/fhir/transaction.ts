/** Several writes as one: a transaction Bundle (R4 http 3.1.0.11) out, the outcome of each entry back. */
import { isCareError } from '../../../models/errors.js';
import { stringify } from '../../../models/fhir/json.js';
import type { Binary, Bundle, BundleEntry, Resource } from '../../../models/fhir/index.js';
import type { WriteOperation, WriteOutcome, WriteResult } from '../../backend.js';
import { temporaryId } from '../../temporary-id.js';
import { expectResource, parseETag, parseLocation, resourceIn } from './answer.js';
import { careError, failureOf } from './failure.js';
import { issuesOf } from './outcome.js';
import { afterSilence, etagOf, ifNoneExist, pathId, targetOf } from './write.js';
import type { ExchangeOptions, Transport } from './transport.js';

function base64(text: string): string {
  let bytes = '';
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return btoa(bytes);
}

/** JSON Patch has no resource of its own: in a Bundle it travels in a Binary (R4 http 3.1.0.8.1). */
const patchBinary = (patch: unknown): Binary => ({
  resourceType: 'Binary',
  contentType: 'application/json-patch+json',
  data: base64(stringify(patch)),
});

function toEntry(operation: WriteOperation, baseUrl: string): BundleEntry {
  const { type, id } = targetOf(operation);
  if (operation.method === 'create') {
    return {
      fullUrl: operation.fullUrl ?? temporaryId(),
      resource: operation.resource,
      request: {
        method: 'POST',
        url: type,
        ...(operation.ifNoneExist === undefined ? {} : { ifNoneExist: ifNoneExist(operation.ifNoneExist) }),
      },
    };
  }
  const url = `${type}/${pathId(id!)}`;
  const guard = operation.ifMatch === undefined ? {} : { ifMatch: etagOf(operation.ifMatch) };
  if (operation.method === 'delete') return { request: { method: 'DELETE', url, ...guard } };
  const fullUrl = `${baseUrl}/${url}`;
  if (operation.method === 'update') return { fullUrl, resource: operation.resource, request: { method: 'PUT', url, ...guard } };
  const resource = Array.isArray(operation.patch) ? patchBinary(operation.patch) : (operation.patch as Resource);
  return { fullUrl, resource, request: { method: 'PATCH', url, ...guard } };
}

function toOutcome(entry: BundleEntry | undefined, operation: WriteOperation): WriteOutcome {
  const { type, id } = targetOf(operation);
  const response = entry?.response;
  const status = Number.parseInt(String(response?.status ?? ''), 10) || 0;
  if (status >= 400) return { state: 'failed', error: failureOf(status, new Headers(), response?.outcome, 'ifMatch' in operation) };
  const resource = operation.method === 'delete' ? undefined : resourceIn(entry?.resource, type);
  const location = parseLocation(response?.location);
  const known = id ?? resource?.id ?? location?.id;
  if (known === undefined)
    throw careError('malformed', { detail: 'The records were stored, but the server does not say under which ids.' });
  return {
    state: 'done',
    status,
    resource,
    id: known,
    versionId: parseETag(response?.etag) ?? resource?.meta?.versionId ?? location?.versionId,
    issues: issuesOf(response?.outcome),
  };
}

/** A 412 of the whole is a stale version where one was sent, unless a conditional create can have matched several. */
function asConflict(error: unknown, operations: readonly WriteOperation[]): unknown {
  if (!isCareError(error, 'precondition') || error.status !== 412) return error;
  const guarded = operations.some((operation) => operation.method !== 'create' && operation.ifMatch !== undefined);
  const conditional = operations.some((operation) => operation.method === 'create' && operation.ifNoneExist !== undefined);
  return guarded && !conditional ? careError('conflict', { status: 412, issues: error.issues }) : error;
}

/**
 * Whether a refusal says that the server takes no transactions at all (nothing was written then), rather than not this one. A 404
 * can be either (a conditional reference may match nothing), so an empty transaction decides.
 */
export async function takesNoTransaction(transport: Transport, refusal: unknown, options: ExchangeOptions): Promise<boolean> {
  if (!isCareError(refusal, 'unsupported', 'not-found')) return false;
  if (refusal.status !== 404) return true;
  const empty = { resourceType: 'Bundle', type: 'transaction' };
  return transport
    .call((kit, kitOptions) => kit.transaction({ body: empty, options: kitOptions }), options)
    .then(
      () => false,
      (error: unknown) => isCareError(error, 'not-found'),
    );
}

/** @throws CareError; nothing has changed then, except that an answer which never came leaves that open. */
export async function writeTransaction(
  transport: Transport,
  baseUrl: string,
  operations: readonly WriteOperation[],
  options: ExchangeOptions,
): Promise<WriteResult> {
  const bundle: Bundle = { resourceType: 'Bundle', type: 'transaction', entry: operations.map((operation) => toEntry(operation, baseUrl)) };
  const answer = await transport
    .call((kit, kitOptions) => kit.transaction({ body: bundle as Bundle & Record<string, unknown>, options: kitOptions }), {
      ...options,
      headers: { Prefer: 'return=representation' },
    })
    .catch((error: unknown) => {
      throw afterSilence(asConflict(error, operations), operations);
    });
  const entry = (expectResource(answer, 'Bundle') as Bundle).entry as BundleEntry[] | undefined;
  if (!Array.isArray(entry) || entry.length !== operations.length) {
    throw careError('malformed', { detail: 'The writes were made, but the answer does not say for each of them what came of it.' });
  }
  const outcomes = operations.map((operation, index) => toOutcome(entry[index], operation));
  return { atomic: outcomes.every((outcome) => outcome.state === 'done'), outcomes };
}
