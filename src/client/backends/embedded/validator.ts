import type { StructureLoader } from '../../../models/fhir/generated/loaders.js';
import type { Validator } from './service.js';

/**
 * Validation by the R4 schemas of `models/fhir`, which are loaded at the first write.
 *
 * @param more schemas of further resource types; without them those are kept unchecked.
 */
export function schemaValidator(more: Readonly<Record<string, StructureLoader>> = {}): Validator {
  return async (tree, options) => {
    const { parseResource } = await import('../../../models/fhir/parse.js');
    const { issues } = await parseResource(tree, { ...options, more });
    const isError = (severity: string): boolean => severity === 'error' || severity === 'fatal';
    return { errors: issues.filter((issue) => isError(issue.severity)), others: issues.filter((issue) => !isError(issue.severity)) };
  };
}
