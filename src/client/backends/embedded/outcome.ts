/** Errors of the REST interface and how they are told: an OperationOutcome with FHIR's issue codes, without words from any record. */
import { JsonSyntaxError, stringify } from '../../../models/fhir/json.js';
import type { CareError, CareIssue } from '../../../models/errors.js';
import { SearchError } from '../../store/query.js';
import { failure, FhirError } from './fhir-error.js';
import type { Reply } from './http.js';

export { failure, FhirError };

/** Issue type of what persistence could not do. */
export const NO_STORE = 'no-store';

export const notFound = (message: string): FhirError => failure(404, 'not-found', message);
export const preconditionFailed = (message: string, code = 'conflict'): FhirError => failure(412, code, message);

export interface OperationOutcome {
  resourceType: 'OperationOutcome';
  issue: { severity: string; code: string; diagnostics: string; expression?: string[] }[];
}

export function outcome(issues: readonly CareIssue[]): OperationOutcome {
  return {
    resourceType: 'OperationOutcome',
    issue: issues.map(({ severity, code, path, message }) => ({
      severity,
      code,
      diagnostics: message,
      ...(path === '' ? {} : { expression: [path] }),
    })),
  };
}

/** Any error as a FhirError. What was not foreseen is answered by 500 and says nothing of itself: its text could quote a record. */
export function asFhirError(error: unknown): FhirError {
  if (error instanceof FhirError) return error;
  if (error instanceof SearchError) return failure(error.status, error.code, error.message);
  if (error instanceof JsonSyntaxError) return failure(400, 'structure', error.message);
  if (error instanceof RangeError) return failure(400, 'too-costly', 'The content is nested too deeply');
  // Persistence says what is wrong with the disk, in words of ours.
  const { kind, status, message } = error as Partial<CareError>;
  if (kind && status) return failure(status, NO_STORE, message!);
  return failure(500, 'exception', 'The request failed inside the server');
}

export function errorReply(error: unknown): Reply {
  const { status, issues, headers } = asFhirError(error);
  return { status, headers: { ...headers }, body: stringify(outcome(issues)) };
}
