import type { Validator } from './service.js';

/** Validation by the R4 schemas of `models/fhir`, which are loaded at the first write. */
export const schemaValidator: Validator = async (tree, options) => {
  const { parseResource } = await import('../../../models/fhir/parse.js');
  const { issues } = await parseResource(tree, options);
  const isError = (severity: string): boolean => severity === 'error' || severity === 'fatal';
  return { errors: issues.filter((issue) => isError(issue.severity)), others: issues.filter((issue) => !isError(issue.severity)) };
};
