/**
 * create, update, patch and delete, conditional or not (R4 http.html). All of it is synchronous and runs inside a unit of work, so that a
 * single request and an entry of a transaction obey the same rules.
 */
import { matches } from '../../store/search.js';
import { readQuery } from '../../store/query.js';
import type { Row, Version } from '../../store/store.js';
import { ID, isObject, isResource, type ResourceTree } from '../../store/tree.js';
import { SUBSETTED } from '../../store/subset.js';
import { pairs, versionsOf } from './http.js';
import { currentOf } from './read.js';
import { failure, preconditionFailed } from './outcome.js';
import { searchContext, type Service } from './service.js';
import { withoutMark, type Unit } from './unit.js';

export interface Written {
  status: 200 | 201 | 204;
  /** The version that was written or, for a conditional create that matched, that was there; undefined when nothing was deleted. */
  version: Version | undefined;
}

export interface Conditions {
  ifMatch?: string | undefined;
  ifNoneMatch?: string | undefined;
  ifNoneExist?: string | undefined;
}

/** The body of a create or update, checked as far as its type and id go. */
export function readResource(body: unknown, type: string): ResourceTree {
  if (!isResource(body)) throw failure(400, 'structure', 'The body must be a resource: a JSON object with a resourceType');
  if (body.resourceType !== type) throw failure(400, 'invalid', `The body must be a ${type}`, 'resourceType');
  return withoutMark(body);
}

/** Rows that a condition finds. Unknown parameters are refused: ignored, they would make the condition match anything. */
export function matching(service: Service, type: string, criteria: string): Row[] {
  const query = readQuery(service.definitions, [type], pairs(criteria.replace(/^[^?]*\?/, '')), true);
  if (query.filters.get(type)!.length === 0) throw preconditionFailed('The condition names no search parameter', 'required');
  return matches(searchContext(service), query);
}

/** The one row that a condition finds, or undefined. @throws 412 when there are several. */
export function oneMatching(service: Service, type: string, criteria: string): Row | undefined {
  const rows = matching(service, type, criteria);
  if (rows.length > 1) throw preconditionFailed(`${rows.length} resources match the condition`, 'multiple-matches');
  return rows[0];
}

/** @throws 412 when If-Match names no current version, or If-None-Match: * meets a resource that exists. */
function checkConditions(row: Row | undefined, { ifMatch, ifNoneMatch }: Conditions): void {
  const current = row?.tree ? currentOf(row).versionId : undefined;
  if (ifMatch !== undefined) {
    const wanted = versionsOf(ifMatch, 'If-Match');
    if (current === undefined) throw preconditionFailed('If-Match was sent, but the resource does not exist');
    if (wanted !== '*' && !wanted.includes(current))
      throw preconditionFailed(`If-Match does not name the current version, which is ${current}`);
  }
  if (ifNoneMatch !== undefined) {
    const unwanted = versionsOf(ifNoneMatch, 'If-None-Match');
    if (current !== undefined && (unwanted === '*' || unwanted.includes(current)))
      throw preconditionFailed('The resource exists, and If-None-Match was sent');
  }
}

export function create(service: Service, unit: Unit, tree: ResourceTree, { ifNoneExist }: Conditions = {}, id?: string): Written {
  const type = tree.resourceType;
  const found = ifNoneExist === undefined ? undefined : oneMatching(service, type, ifNoneExist);
  if (found) return { status: 200, version: currentOf(found) };
  return { status: 201, version: unit.write({ method: 'POST', type, id: id ?? service.store.newId(type), tree }) };
}

export function update(service: Service, unit: Unit, id: string, tree: ResourceTree, conditions: Conditions = {}): Written {
  const type = tree.resourceType;
  if (!ID.test(id)) throw failure(400, 'value', 'An id has 1 to 64 letters, digits, hyphens and dots', `${type}.id`);
  if (tree.id !== id)
    throw failure(
      400,
      'invalid',
      tree.id === undefined ? 'The body must have the id of the URL' : 'The id in the body is not the one in the URL',
      `${type}.id`,
    );
  refuseSubset(tree);
  const row = service.store.get(type, id);
  checkConditions(row, conditions);
  return { status: row?.tree ? 200 : 201, version: unit.write({ method: 'PUT', type, id, tree }) };
}

/** Which resource a conditional update means: the match, or where there is none the id in the body, or a new one. */
export function updateTarget(service: Service, tree: ResourceTree, criteria: string): string {
  const type = tree.resourceType;
  const found = oneMatching(service, type, criteria);
  if (!found) {
    if (tree.id !== undefined && service.store.get(type, tree.id)?.tree)
      throw failure(409, 'conflict', 'Nothing matches the condition, but the id in the body is in use', `${type}.id`);
    return tree.id ?? service.store.newId(type);
  }
  if (tree.id !== undefined && tree.id !== found.id)
    throw failure(400, 'invalid', 'The id in the body is not that of the resource that matches', `${type}.id`);
  return found.id;
}

export function remove(service: Service, unit: Unit, type: string, id: string, conditions: Conditions = {}): Written {
  const row = service.store.get(type, id);
  checkConditions(row, conditions);
  return { status: 204, version: row?.tree ? unit.write({ method: 'DELETE', type, id }) : undefined };
}

/** Makes the patched resource out of the current one. It gets a copy, and may change it. */
export type Patcher = (tree: ResourceTree) => unknown;

export function patch(service: Service, unit: Unit, row: Row, patcher: Patcher, conditions: Conditions = {}): Written {
  checkConditions(row, conditions);
  const tree = patcher(row.tree!);
  if (!isResource(tree) || tree.resourceType !== row.type || tree.id !== row.id)
    throw failure(422, 'business-rule', 'A patch may not change the type or the id of a resource');
  unit.check(tree);
  return { status: 200, version: unit.write({ method: 'PATCH', type: row.type, id: row.id, tree: withoutMark(tree) }) };
}

/** A summary sent back as an update would delete what was left out of it. */
function refuseSubset(tree: ResourceTree): void {
  const meta = tree['meta'];
  const tags = isObject(meta) && Array.isArray(meta['tag']) ? meta['tag'] : [];
  if (tags.some((tag) => isObject(tag) && tag['system'] === SUBSETTED.system && tag['code'] === SUBSETTED.code))
    throw failure(
      422,
      'business-rule',
      'The resource is marked as a subset (SUBSETTED): saving it would lose the rest',
      `${tree.resourceType}.meta.tag`,
    );
}
