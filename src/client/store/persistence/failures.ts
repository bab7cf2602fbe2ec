/** What goes wrong with stored records, as CareErrors. Statuses are those under which the handler answers the same as HTTP. */
import { CareError, isCareError, type CareErrorKind } from '../../../models/errors.js';

const STATUS: Partial<Record<CareErrorKind, number>> = { validation: 400, forbidden: 403, locked: 423, server: 500, unsupported: 501 };

export function failed(
  kind: CareErrorKind,
  message: string,
  options: { cause?: unknown; status?: number; retryable?: boolean } = {},
): CareError {
  return new CareError(kind, message, { status: STATUS[kind], ...options });
}

/** The records are not there any more. Not `gone`: that would say of each of them that somebody deleted it. */
export const removed = (message = 'The stored records were removed from this browser.', cause?: unknown): CareError =>
  failed('server', message, { status: 503, ...(cause === undefined ? {} : { cause }) });

/** What the browser's error means. Its own words stay out: they may name the database. */
export function explain(cause: unknown): Error {
  if (isCareError(cause)) return cause;
  const { name } = cause as { name?: unknown };
  switch (name) {
    case 'QuotaExceededError':
      return failed('server', 'This browser has no room left for records: nothing was saved.', { cause, status: 507 });
    case 'VersionError':
      return failed('unsupported', 'The stored records were written by a newer version of this software. They were left as they are.', {
        cause,
      });
    case 'InvalidStateError':
    case 'NotFoundError':
      return removed(undefined, cause);
    case 'AbortError':
    case 'ConstraintError':
    case 'DataError':
    case 'TimeoutError':
    case 'TransactionInactiveError':
    case 'UnknownError':
      return failed('server', 'This browser could not read or write the stored records: nothing was saved.', { cause });
    default:
      // Not the database's: a condition of the request that did not hold, or a defect.
      return cause as Error;
  }
}
