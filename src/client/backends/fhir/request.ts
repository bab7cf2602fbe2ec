/** Writes as requests: addresses, conditions and headers, as this backend, its Bundles and the embedded one share them. */
import type { Resource } from '../../../models/fhir/index.js';
import type { JsonPatchOperation, WriteOperation } from '../../backend.js';
import { careError } from './failure.js';
import { isFilter } from './params.js';
import { pathId, pathType } from './path.js';

export const METHODS = { create: 'POST', update: 'PUT', patch: 'PATCH', delete: 'DELETE' } as const;

/**
 * Type and id that an operation is about; a create has no id yet, and a conditional write has a condition instead.
 *
 * @throws CareError `validation` for an operation that is wrong in itself.
 */
export function targetOf(operation: WriteOperation): { type: string; id: string | undefined; condition?: string } {
  if (operation.method === 'create') return { type: pathType(operation.resource.resourceType), id: undefined };
  const { resourceType: type, id } =
    operation.method === 'update' ? operation.resource : { resourceType: operation.type, id: operation.id };
  if (operation.criteria !== undefined) return { type: pathType(type), id: undefined, condition: conditionOf(operation.criteria) };
  if (id === undefined) throw careError('validation', { detail: 'This write needs the id of the record.' });
  return { type: pathType(type), id };
}

/** Where a write goes, below the base: `Patient`, `Patient/p1`, `Patient?identifier=…`. */
export function addressOf(operation: WriteOperation): string {
  const { type, id, condition } = targetOf(operation);
  return condition === undefined ? (id === undefined ? type : `${type}/${pathId(id)}`) : `${type}?${condition}`;
}

export const etagOf = (versionId: string): string => `W/"${versionId}"`;

/**
 * The query of a condition (If-None-Exist, or that of a conditional update) alone; callers often give the whole search.
 *
 * @throws CareError `validation` for one that filters nothing, or by nothing: a server would take any record for a match.
 */
export function conditionOf(criteria: string): string {
  const query = criteria.replace(/^[^?]*\?/, '');
  const filters = [...new URLSearchParams(query)].filter(([name]) => isFilter(name));
  if (filters.length === 0 || filters.some(([, value]) => value.trim() === ''))
    throw careError('validation', { detail: 'The condition of a write names nothing to search by.' });
  return query;
}

/** One write as one request below the base. */
export function requestOf(operation: WriteOperation): {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  address: string;
  headers: Record<string, string>;
  body: Resource | readonly JsonPatchOperation[] | undefined;
} {
  const body = operation.method === 'delete' ? undefined : operation.method === 'patch' ? operation.patch : operation.resource;
  const { ifMatch, criteria, ifNoneExist } = operation as { ifMatch?: string; criteria?: string; ifNoneExist?: string };
  return {
    method: METHODS[operation.method],
    address: addressOf(operation),
    headers: {
      // A server that ignored a parameter of a condition would take another record for the one that is meant.
      Prefer: `return=representation${criteria === undefined ? '' : ', handling=strict'}`,
      ...(body === undefined ? {} : { 'Content-Type': Array.isArray(body) ? 'application/json-patch+json' : 'application/fhir+json' }),
      ...(ifMatch === undefined ? {} : { 'If-Match': etagOf(ifMatch) }),
      ...(ifNoneExist === undefined ? {} : { 'If-None-Exist': conditionOf(ifNoneExist) }),
    },
    body,
  };
}
