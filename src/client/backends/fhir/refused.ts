/** What an answer other than the one hoped for means as a CareError. Loaded at the first of them. */
import type { CareError, CareErrorKind } from '../../../models/errors.js';
import { careError } from './failure.js';
import { isBreakGlass, issuesOf } from './outcome.js';
import { retryAfterOf } from './retry-after.js';

const STATUSES: Partial<Readonly<Record<CareErrorKind, readonly number[]>>> = {
  auth: [401, 407],
  forbidden: [403],
  'not-found': [404],
  gone: [410],
  conflict: [409],
  locked: [423],
  precondition: [412, 424, 428],
  unsupported: [405, 406, 413, 414, 415, 501],
  'rate-limited': [429],
  offline: [408, 425],
};

function kindOf(status: number): CareErrorKind {
  const known = (Object.keys(STATUSES) as CareErrorKind[]).find((kind) => STATUSES[kind]!.includes(status));
  return known ?? (status >= 500 ? 'server' : status >= 400 ? 'validation' : 'malformed');
}

/**
 * @param guarded whether the request carried a version (If-Match): a 412 then is a conflict, not several matches.
 * @param retryAfter seconds that the server asks to wait.
 */
export function failureOf(status: number, body: unknown, guarded: boolean, retryAfter?: number): CareError {
  let kind = kindOf(status);
  const issues = issuesOf(body);
  if (status === 412 && guarded) kind = 'conflict';
  if ((kind === 'forbidden' || kind === 'not-found') && isBreakGlass(body)) kind = 'break-glass';
  if (kind === 'validation' && issues.length > 0 && issues.every((issue) => issue.code === 'not-supported')) kind = 'unsupported';
  return careError(kind, {
    status,
    issues,
    retryAfter,
    ...(kind === 'server' ? { retryable: [502, 503, 504].includes(status) } : {}),
  });
}

/** @param now milliseconds since 1970. */
export const refusalIn = ({ status, headers }: Response, body: unknown, guarded: boolean, now: number): CareError =>
  failureOf(status, body, guarded, status === 429 || headers.has('Retry-After') ? retryAfterOf(headers, now) : undefined);

/** What messages mean that came with a good status where a record was asked for. */
export function messagesIn(status: number, body: unknown): CareError {
  const issues = issuesOf(body);
  return isBreakGlass(body)
    ? careError('break-glass', { status, issues })
    : careError('malformed', { status, issues, detail: 'The server answered with messages only.' });
}
