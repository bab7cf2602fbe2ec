/** What an HTTP answer means as a CareError. The messages are fixed sentences: a server's own words may quote a record. */
import { CareError, type CareErrorKind } from '../../../models/errors.js';
import { isBreakGlass, issuesOf } from './outcome.js';

const SENTENCES: Readonly<Record<CareErrorKind, string>> = {
  auth: 'The server asks to sign in.',
  forbidden: 'The server does not allow this.',
  'break-glass': 'The server opens this record only with a reason.',
  'not-found': 'The server has no such record.',
  gone: 'This was deleted, or a search result has expired.',
  conflict: 'The record was changed by somebody else, or others depend on it.',
  locked: 'The record is being edited elsewhere.',
  precondition: 'A condition of the request did not hold.',
  validation: 'The server refused the content.',
  unsupported: 'The server cannot do this.',
  'rate-limited': 'The server asks to wait.',
  offline: 'The server could not be reached.',
  aborted: 'The request was given up.',
  server: 'The server failed.',
  malformed: 'The answer could not be understood.',
};

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

/** A CareError with the sentence of its kind, and a fixed addition where that says more. */
export function careError(kind: CareErrorKind, options: ConstructorParameters<typeof CareError>[2] & { detail?: string } = {}): CareError {
  const { detail, ...rest } = options;
  const status = rest.status === undefined ? '' : ` (HTTP ${rest.status})`;
  return new CareError(kind, `${detail ?? SENTENCES[kind]}${status}`, rest);
}
