/** $validate: the resource against the R4 schema of its type, unknown elements being errors. */
import { stringify } from '../../../models/fhir/json.js';
import type { CareIssue } from '../../../models/errors.js';
import { isResource } from '../../store/tree.js';
import { readRow } from './read.js';
import type { Reply } from './http.js';
import type { OperationInput } from './operations.js';
import { failure, outcome } from './outcome.js';
import { servedTree, type Service } from './service.js';

/** Answers 200 also when the resource is invalid: the issues are the result. */
export async function validateOperation(service: Service, input: OperationInput, type: string, id: string | undefined): Promise<Reply> {
  const given = input.resource ?? input.object('resource');
  const tree = given ?? (id === undefined ? undefined : servedTree(readRow(service, type, id)));
  if (!isResource(tree))
    throw failure(400, 'required', 'There is nothing to validate: send a resource, or a Parameters with a parameter "resource"');
  const issues: CareIssue[] = [];
  if (tree.resourceType !== type)
    issues.push({ severity: 'error', code: 'invalid', path: 'resourceType', message: `must be ${type} here` });
  const { errors, others } = await service.validate(tree, { unknown: 'error' });
  issues.push(...errors, ...others);
  if (id !== undefined && given && tree.id !== id)
    issues.push({ severity: 'error', code: 'invalid', path: `${type}.id`, message: 'must be the id of the URL' });
  for (const _ of input.all('profile'))
    issues.push({
      severity: 'warning',
      code: 'not-supported',
      path: '',
      message: 'Profiles are not checked here: the base definition of R4 is',
    });
  if (issues.length === 0)
    issues.push({ severity: 'information', code: 'informational', path: '', message: 'No issues: the resource is valid R4' });
  return { status: 200, headers: {}, body: stringify(outcome(issues)) };
}
