/** From a refused write to a ConflictError: who else changed it is seen by reading the record again. */
import { ConflictError, isCareError } from '../models/errors.js';
import type { Resource, ResourceType } from '../models/fhir/index.js';
import type { Backend, RequestOptions, WriteOperation } from './backend.js';

/** Statuses by which servers refuse a stale version: 412 by the specification, 409 on HAPI and Oracle, 400 in Helios' transactions. */
const STALE = [400, 409, 412];

type Guarded = Exclude<WriteOperation, { method: 'create' }> & { ifMatch: string };
/** What has a condition besides is about whichever record it finds. */
const isGuarded = (operation: WriteOperation): operation is Guarded =>
  operation.method !== 'create' && operation.ifMatch !== undefined && operation.criteria === undefined;

async function readOrNothing(
  backend: Backend,
  type: ResourceType,
  id: string,
  options: RequestOptions & { versionId?: string },
): Promise<{ state: 'read'; resource: Resource } | { state: 'missing' | 'unknown' }> {
  try {
    return { state: 'read', resource: await backend.read(type, id, options) };
  } catch (error) {
    return { state: isCareError(error, 'not-found', 'gone') ? 'missing' : 'unknown' };
  }
}

/**
 * A ConflictError where one of the writes was based on a version that is no longer the current one; otherwise the same error.
 * Where the caller did not keep what it started from, that version is read.
 */
export async function asConflict(
  backend: Backend,
  error: unknown,
  operations: readonly WriteOperation[],
  options: RequestOptions,
): Promise<unknown> {
  if (!isCareError(error, 'conflict', 'precondition', 'validation') || error instanceof ConflictError) return error;
  if (error.status !== undefined && !STALE.includes(error.status)) return error;
  for (const [index, operation] of operations.entries()) {
    if (!isGuarded(operation)) continue;
    const mine = operation.method === 'update' ? operation.resource : undefined;
    const type = (mine?.resourceType ?? (operation as { type: ResourceType }).type) as ResourceType;
    const id = mine?.id ?? (operation as { id: string }).id;
    const current = await readOrNothing(backend, type, id, options);
    if (current.state === 'unknown' && (error.kind !== 'conflict' || operations.length > 1)) continue;
    const theirs = current.state === 'read' ? current.resource : undefined;
    if (theirs?.meta?.versionId === operation.ifMatch) continue;
    let base = operation.method === 'update' ? operation.base : undefined;
    if (base === undefined) {
      const earlier = await readOrNothing(backend, type, id, { ...options, versionId: operation.ifMatch });
      base = earlier.state === 'read' ? earlier.resource : undefined;
    }
    const message = current.state === 'missing' ? 'The record was deleted by somebody else.' : 'The record was changed by somebody else.';
    return new ConflictError<Resource>(
      message,
      { base, mine, theirs },
      { status: error.status, issues: error.issues, operation: operations.length > 1 ? index : undefined },
    );
  }
  return error;
}
