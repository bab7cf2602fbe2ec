/**
 * Several writes as one: a transaction Bundle (R4 http 3.1.0.11) out, the outcome of each entry back. Loaded at the first such write,
 * by this backend and by the embedded one.
 */
import { CareError, isCareError } from '../../../models/errors.js';
import { stringify } from '../../../models/fhir/json.js';
import type { Binary, Bundle, BundleEntry, Resource } from '../../../models/fhir/index.js';
import type { WriteOperation, WriteOutcome, WriteResult } from '../../backend.js';
import { temporaryId } from '../../temporary-id.js';
import { expectResource, parseETag, parseLocation, resourceIn, type FhirAnswer } from './answer.js';
import { careError } from './failure.js';
import { issuesOf } from './outcome.js';
import { failureOf } from './refused.js';
import { addressOf, conditionOf, etagOf, METHODS, targetOf } from './request.js';

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

function resourceOf(operation: WriteOperation): Resource | undefined {
  if (operation.method === 'delete') return undefined;
  if (operation.method !== 'patch') return operation.resource;
  return Array.isArray(operation.patch) ? patchBinary(operation.patch) : (operation.patch as Resource);
}

/** What the entry is known by: a create by a temporary id, what has an address by that; a delete by nothing. */
function fullUrlOf(operation: WriteOperation, baseUrl: string): string | undefined {
  if (operation.method === 'create') return operation.fullUrl ?? temporaryId();
  if (operation.method === 'delete') return undefined;
  if (operation.criteria === undefined) return `${baseUrl}/${addressOf(operation)}`;
  return operation.method === 'update' ? (operation.fullUrl ?? temporaryId()) : undefined;
}

function toEntry(operation: WriteOperation, baseUrl: string): BundleEntry {
  const fullUrl = fullUrlOf(operation, baseUrl);
  const resource = resourceOf(operation);
  const { ifMatch, ifNoneExist } = operation as { ifMatch?: string; ifNoneExist?: string };
  return {
    ...(fullUrl === undefined ? {} : { fullUrl }),
    ...(resource === undefined ? {} : { resource }),
    request: {
      method: METHODS[operation.method],
      url: addressOf(operation),
      ...(ifMatch === undefined ? {} : { ifMatch: etagOf(ifMatch) }),
      ...(ifNoneExist === undefined ? {} : { ifNoneExist: conditionOf(ifNoneExist) }),
    },
  };
}

export const toTransaction = (operations: readonly WriteOperation[], baseUrl: string): Bundle => ({
  resourceType: 'Bundle',
  type: 'transaction',
  entry: operations.map((operation) => toEntry(operation, baseUrl)),
});

function toOutcome(entry: BundleEntry | undefined, operation: WriteOperation): WriteOutcome {
  const { type, id } = targetOf(operation);
  const response = entry?.response;
  const status = Number.parseInt(String(response?.status ?? ''), 10) || 0;
  if (status >= 400) return { state: 'failed', error: failureOf(status, response?.outcome, 'ifMatch' in operation) };
  const deleted = operation.method === 'delete';
  const resource = deleted ? undefined : resourceIn(entry?.resource, type);
  const location = parseLocation(response?.location);
  const known = id ?? resource?.id ?? location?.id ?? (deleted ? '' : undefined);
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

/** @throws CareError `malformed` where the answer does not say of each operation what came of it. */
export function outcomesOf(answer: FhirAnswer, operations: readonly WriteOperation[]): WriteResult {
  const entry = (expectResource(answer, 'Bundle') as Bundle).entry as BundleEntry[] | undefined;
  if (!Array.isArray(entry) || entry.length !== operations.length) {
    throw careError('malformed', { detail: 'The writes were made, but the answer does not say for each of them what came of it.' });
  }
  const outcomes = operations.map((operation, index) => toOutcome(entry[index], operation));
  return { atomic: outcomes.every((outcome) => outcome.state === 'done'), outcomes };
}

/** Index of the entry that all the places in an error's issues lie in: `Bundle.entry[2].resource…`. */
function entryOf(error: CareError): number | undefined {
  const found = new Set(error.issues.flatMap(({ path }) => /^Bundle\.entry\[(\d+)\]/.exec(path)?.[1] ?? []));
  return found.size === 1 ? Number([...found][0]) : undefined;
}

/**
 * What the refusal of a transaction means: which operation it was, where the server says so; and a 412 is a stale version where one was
 * sent, unless a condition can have matched several.
 */
export function refusalOf(error: unknown, operations: readonly WriteOperation[]): unknown {
  if (!isCareError(error) || error.kind === 'aborted') return error;
  const guarded = operations.some((operation) => operation.method !== 'create' && operation.ifMatch !== undefined);
  const conditional = operations.some(
    (operation) => (operation.method === 'create' ? operation.ifNoneExist : operation.criteria) !== undefined,
  );
  const operation = error.operation ?? entryOf(error);
  const stale = error.kind === 'precondition' && error.status === 412 && guarded && !conditional;
  if (!stale && operation === error.operation) return error;
  return stale ? careError('conflict', { status: error.status, issues: error.issues, operation }) : aboutWrite(error, operation);
}

/** The same error, about one of several writes. */
export function aboutWrite(error: CareError, operation: number | undefined): CareError {
  const { kind, message, status, retryable, retryAfter, outcomeUnknown, issues } = error;
  return new CareError(kind, message, { status, retryable, retryAfter, outcomeUnknown, issues, operation });
}
