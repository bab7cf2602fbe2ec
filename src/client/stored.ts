import { cloneJson } from '../models/fhir/json.js';
import type { Resource, ResourceType } from '../models/fhir/index.js';
import type { RequestOptions, WriteOperation, WriteOutcome } from './backend.js';
import type { CareClient } from './care-client.js';

/** The record as the server stored it, with its version. Some servers answer a write with nothing: then what they stored is read. */
export async function stored(
  client: Pick<CareClient, 'read'>,
  operation: WriteOperation,
  done: Extract<WriteOutcome, { state: 'done' }>,
  options: RequestOptions,
): Promise<Resource> {
  const type = 'resource' in operation ? operation.resource.resourceType : operation.type;
  const resource = done.resource ?? (await client.read(type as ResourceType, done.id, options));
  if (done.versionId === undefined || resource.meta?.versionId !== undefined) return resource;
  const copy = cloneJson(resource);
  copy.meta = { ...copy.meta, versionId: done.versionId };
  return copy;
}
