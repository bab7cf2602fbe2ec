/** What a write has changed, as far as its answer says. */
import { isCareError } from '../../models/errors.js';
import type { Resource } from '../../models/fhir/index.js';
import { cloneJson } from '../../models/fhir/json.js';
import type { WriteOperation, WriteResult } from '../backend.js';
import { versionIn } from './order.js';
import { keyOf } from './record-table.js';
import type { RecordChange } from './types.js';

export interface Written {
  changes: RecordChange[];
  /** Records as they are now, of the cache's own. */
  records: Resource[];
  /** Keys of those that are gone. */
  deleted: string[];
}

/** @param result left out for a write of which it is not known whether it was made. */
export function changesOf(operations: readonly WriteOperation[], result?: WriteResult): Written {
  const written: Written = { changes: [], records: [], deleted: [] };
  for (const [index, operation] of operations.entries()) {
    const outcome = result?.outcomes[index];
    if (outcome?.state === 'skipped' || (outcome?.state === 'failed' && !mayHaveChanged(outcome.error))) continue;
    const done = outcome?.state === 'done' ? outcome : undefined;
    const given = 'resource' in operation ? operation.resource : undefined;
    const type = given?.resourceType ?? (operation as { type: string }).type;
    const deleted = operation.method === 'delete' && done !== undefined;
    // The id of a record to be made means nothing: the server gives it one. Nor is it known which one a condition found, of a delete never.
    const open = operation.method === 'create' || operation.criteria !== undefined;
    const id = done?.id || (open ? undefined : (given?.id ?? (operation as { id?: string }).id));
    const versionId = deleted ? undefined : (done?.versionId ?? (done?.resource && versionIn(done.resource)));
    if (deleted && id !== undefined) written.deleted.push(keyOf(type, id));
    if (done?.resource?.id !== undefined && !deleted) written.records.push(withVersion(done.resource, versionId));
    // A conditional create that found one has made none.
    if (operation.method === 'create' && done?.status === 200) continue;
    written.changes.push({ type, id, versionId, deleted, from: 'client' });
  }
  return written;
}

function withVersion(resource: Resource, versionId: string | undefined): Resource {
  const copy = cloneJson(resource);
  if (versionId !== undefined && versionIn(copy) === undefined) copy.meta = { ...copy.meta, versionId };
  return copy;
}

/** Whether after this error the server may hold something else than before, by this write or by the one that it clashed with. */
export function mayHaveChanged(error: unknown): boolean {
  if (isCareError(error) && error.outcomeUnknown) return true;
  return !isCareError(error, 'validation', 'unsupported', 'auth', 'forbidden', 'break-glass', 'rate-limited', 'locked');
}
