/** What only bundles and answers by outcome say: apart, since the static part of the backend has no room for it. */
import type { CareIssue } from '../../../models/errors.js';
import { asFhirError, FhirError, outcome, type OperationOutcome } from './outcome.js';

export const information = (message: string): OperationOutcome =>
  outcome([{ severity: 'information', code: 'informational', path: '', message }]);

/** The same error as of an entry: `Patient.birthDate` becomes `Bundle.entry[3].resource.birthDate`. */
export function ofEntry(index: number, error: unknown): FhirError {
  const { status, issues, headers } = asFhirError(error);
  const entry = `Bundle.entry[${index}]`;
  const placed = ({ path }: CareIssue): string =>
    path === '' ? entry : `${entry}.resource.${path.replace(/^[A-Z]\w*\.?/, '')}`.replace(/\.$/, '');
  return new FhirError(
    status,
    issues.map((issue) => ({ ...issue, path: placed(issue) })),
    headers,
  );
}
