/**
 * What became of a write that got no answer: the rules, without asking anybody. `inquiry.ts` gathers the evidence, `delivery.ts` acts.
 *
 * | write                        | what the server holds now                          | verdict                          |
 * | ---------------------------- | -------------------------------------------------- | -------------------------------- |
 * | update, patch under If-Match | that very version                                  | not landed: may be sent again    |
 * |                              | the version made from it holds what was sent       | landed                           |
 * |                              | the version made from it holds something else      | changed: a conflict              |
 * |                              | a later version, and no history to look into       | by its own content               |
 * |                              | nothing                                            | changed: deleted                 |
 * | update without If-Match      | what was sent                                      | landed                           |
 * |                              | something else, or nothing                         | unknown: never sent again        |
 * | patch without If-Match       | anything                                           | unknown                          |
 * | delete                       | nothing                                            | landed                           |
 * |                              | that very version, another one, any (unguarded)    | not landed, changed, unknown     |
 * | conditional create           | one, none, several records that match              | landed, not landed, several      |
 * | create                       | one with its identifier and its content            | landed                           |
 * |                              | anything else                                      | unknown: never sent again        |
 * | update by a condition        | the one match holds what was sent                  | landed, else unknown             |
 * | delete by a condition        | no match                                           | landed, else unknown             |
 */
import { isCareError, type CareError } from '../../../models/errors.js';
import { recordOf, recordsOf, textOf } from '../../../models/fhir/read/loose.js';
import { escapeValue } from '../../../models/fhir/search-values.js';
import type { Resource } from '../../../models/fhir/index.js';
import type { WriteOperation } from '../../backend.js';
import { careError } from './failure.js';
import { conditionOf } from './request.js';
import { sameContent } from './same-content.js';

export type Verdict = 'landed' | 'not-landed' | 'changed' | 'several' | 'unknown';

export interface Version {
  versionId: string | undefined;
  /** Undefined for a deletion, and where the server does not show it. */
  resource: Resource | undefined;
}

/** What is there under the id of an update, patch or delete. */
export interface Evidence {
  /** Undefined where there is nothing. */
  current: Version | undefined;
  /** The version that was made from the one the write was based on; undefined where that could not be found out. */
  successor: Version | undefined;
  /** What the record is if the write was made; undefined for a patch that could not be applied here. */
  expected: Resource | undefined;
}

/** The version that a write is based on. */
export const guardOf = (operation: WriteOperation): string | undefined => (operation.method === 'create' ? undefined : operation.ifMatch);

/** The verdict on an update, patch or delete by id. */
export function judge(operation: WriteOperation, { current, successor, expected }: Evidence, baseUrl: string): Verdict {
  const guard = guardOf(operation);
  const holds = (version: Version): boolean =>
    expected !== undefined && version.resource !== undefined && sameContent(expected, version.resource, baseUrl);
  if (operation.method === 'delete') {
    if (!current) return 'landed';
    if (guard === undefined || current.versionId === undefined) return 'unknown';
    return current.versionId === guard ? 'not-landed' : 'changed';
  }
  if (guard === undefined) return current && holds(current) ? 'landed' : 'unknown';
  if (!current) return 'changed';
  if (current.versionId === guard) return 'not-landed';
  if (expected === undefined) return 'unknown';
  return holds(successor ?? current) ? 'landed' : current.versionId === undefined ? 'unknown' : 'changed';
}

/** The verdict on a create, or on a write of the record that a condition means, by the records that its criteria match. */
export function judgeMatches(operation: WriteOperation, matches: readonly Resource[], baseUrl: string): Verdict {
  if (operation.method === 'delete') return matches.length === 0 ? 'landed' : 'unknown';
  if (operation.method === 'patch') return 'unknown';
  if (operation.method === 'create' && operation.ifNoneExist !== undefined)
    return (['not-landed', 'landed'] as const)[matches.length] ?? 'several';
  return matches.length === 1 && sameContent(operation.resource, matches[0]!, baseUrl) ? 'landed' : 'unknown';
}

/**
 * The search that would find what a write made: its condition, or the business identifier of a new record. Undefined where it has
 * neither.
 */
export function criteriaOf(operation: WriteOperation): string | undefined {
  if (operation.method !== 'create') return operation.criteria && conditionOf(operation.criteria);
  if (operation.ifNoneExist !== undefined) return conditionOf(operation.ifNoneExist);
  const identifiers = recordsOf(recordOf(operation.resource)?.['identifier']);
  for (const { system, value } of identifiers) {
    const token = [textOf(system), textOf(value)];
    if (token.every((part) => part !== undefined)) return `identifier=${encodeURIComponent(token.map(escapeValue).join('|'))}`;
  }
  return undefined;
}

/** Whether a write may be sent a second time when the first got no answer: the server itself refuses the one too many. */
export const isGuarded = (operation: WriteOperation): boolean =>
  operation.method === 'create' ? operation.ifNoneExist !== undefined : operation.ifMatch !== undefined;

/** Whether looking at the server can tell what became of a write that got no answer. */
export const isTraceable = (operation: WriteOperation): boolean =>
  isGuarded(operation) || criteriaOf(operation) !== undefined || operation.method === 'update' || operation.method === 'delete';

/** Whether a person may try a write again without harm when no answer came: it replaces, or it is guarded. */
export const isRepeatable = (operation: WriteOperation): boolean => isGuarded(operation) || !['create', 'patch'].includes(operation.method);

/** Whether a failure leaves open what became of a write. 503 is a refusal only where the server says when to come back. */
export const isSilence = (error: unknown): error is CareError =>
  isCareError(error, 'offline') ||
  (isCareError(error, 'server') &&
    (error.status === 502 || error.status === 504 || (error.status === 503 && error.retryAfter === undefined)));

/** The failure of a write of which nobody knows what became. */
export function unknownOutcome(error: CareError, operations: readonly WriteOperation[], attempts: number): CareError {
  return careError(error.kind, {
    detail: 'It is not known whether this was saved: no answer came.',
    status: error.status,
    attempts,
    retryable: operations.every(isRepeatable),
    outcomeUnknown: true,
  });
}
