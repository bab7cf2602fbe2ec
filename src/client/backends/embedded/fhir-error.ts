/** An error of the REST interface by itself: also patches are refused with it, which know nothing of searches and answers. */
import type { CareIssue } from '../../../models/errors.js';

/** Answered as an OperationOutcome under this status. */
export class FhirError extends Error {
  override readonly name = 'FhirError';
  readonly status: number;
  readonly issues: readonly CareIssue[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, issues: readonly CareIssue[], headers: Readonly<Record<string, string>> = {}) {
    super(issues[0]?.message ?? 'The request could not be answered');
    this.status = status;
    this.issues = issues;
    this.headers = headers;
  }
}

/** @param code FHIR issue type. @param path element path such as `Patient.birthDate`, or empty. */
export function failure(status: number, code: string, message: string, path = '', headers?: Readonly<Record<string, string>>): FhirError {
  return new FhirError(status, [{ severity: 'error', code, path, message }], headers);
}
