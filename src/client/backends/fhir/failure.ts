/** CareErrors of this backend. The messages are fixed sentences: a server's own words may quote a record. */
import { CareError, type CareErrorKind } from '../../../models/errors.js';

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

/** A CareError with the sentence of its kind, and a fixed addition where that says more. */
export function careError(kind: CareErrorKind, options: ConstructorParameters<typeof CareError>[2] & { detail?: string } = {}): CareError {
  const { detail, ...rest } = options;
  const status = rest.status === undefined ? '' : ` (HTTP ${rest.status})`;
  return new CareError(kind, `${detail ?? SENTENCES[kind]}${status}`, rest);
}
