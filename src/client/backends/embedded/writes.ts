/** Writes as interactions: from the call to the reply. */
import { stringify } from '../../../models/fhir/json.js';
import { ID, type ResourceTree } from '../../store/tree.js';
import { create, matching, oneMatching, patch, readResource, remove, update, updateTarget, type Conditions, type Written } from './crud.js';
import { expectType, FHIR_JSON, JSON_PATCH, preferences, type Call, type Reply } from './http.js';
import { failure, notFound, preconditionFailed } from './outcome.js';
import { information } from './told.js';
import { patcherOf } from './patcher.js';
import { about, readRow } from './read.js';
import { servedText, type Service } from './service.js';
import { assertValid, inUnit } from './unit.js';

export function conditionsOf(call: Call): Conditions {
  return { ifMatch: call.header('If-Match'), ifNoneMatch: call.header('If-None-Match'), ifNoneExist: call.header('If-None-Exist') };
}

const DONE: Readonly<Record<number, string>> = { 200: 'Saved', 201: 'Created', 204: 'Deleted' };

/** The answer to a write, as long as the caller prefers. */
function written(call: Call, { status, version }: Written): Reply {
  const { return: form } = preferences(call.header('Prefer'));
  const reply: Reply = { status, headers: {}, ...(version ? about(call, version) : {}) };
  if (status === 201) reply.headers['Location'] = reply.headers['Content-Location']!;
  if (form === 'OperationOutcome') return { ...reply, status: status === 204 ? 200 : status, body: stringify(information(DONE[status]!)) };
  return status === 204 || form === 'minimal' ? reply : { ...reply, body: servedText(version!) };
}

function resourceOf(call: Call, type: string): ResourceTree {
  expectType(call);
  return readResource(call.body(), type);
}

async function createInteraction(service: Service, call: Call, type: string): Promise<Reply> {
  const tree = resourceOf(call, type);
  await assertValid(service, tree);
  return written(call, await inUnit(service, (unit) => create(service, unit, tree, conditionsOf(call))));
}

async function updateInteraction(service: Service, call: Call, type: string, id: string): Promise<Reply> {
  const tree = resourceOf(call, type);
  if (!ID.test(id)) throw failure(400, 'value', 'An id has 1 to 64 letters, digits, hyphens and dots');
  await assertValid(service, tree);
  return written(call, await inUnit(service, (unit) => update(service, unit, id, tree, conditionsOf(call))));
}

async function conditionalUpdate(service: Service, call: Call, type: string): Promise<Reply> {
  const tree = resourceOf(call, type);
  await assertValid(service, tree);
  const work = inUnit(service, (unit) => {
    const id = updateTarget(service, tree, criteriaOf(call));
    return update(service, unit, id, Object.assign(tree, { id }), conditionsOf(call));
  });
  return written(call, await work);
}

/** The condition in a URL, as it came. */
const criteriaOf = (call: Call): string => new URLSearchParams(call.query.map(([name, value]) => [name, value])).toString();

function removeInteraction(service: Service, call: Call, type: string, id: string): Promise<Reply> {
  return inUnit(service, (unit) => written(call, remove(service, unit, type, id, conditionsOf(call))));
}

function conditionalRemove(service: Service, call: Call, type: string): Promise<Reply> {
  return inUnit(service, (unit) => {
    const rows = matching(service, type, criteriaOf(call));
    if (rows.length > 1) throw preconditionFailed(`${rows.length} resources match the condition: nothing was deleted`, 'multiple-matches');
    return written(call, rows[0] ? remove(service, unit, type, rows[0].id, conditionsOf(call)) : { status: 204, version: undefined });
  });
}

async function patchInteraction(service: Service, call: Call, type: string, id: string | undefined): Promise<Reply> {
  expectType(call, JSON_PATCH, FHIR_JSON, 'application/json', 'text/json');
  const patcher = await patcherOf(call.contentType, call.body());
  return inUnit(service, (unit) => {
    const row = id === undefined ? oneMatching(service, type, criteriaOf(call)) : readRow(service, type, id);
    if (!row) throw notFound('Nothing matches the condition');
    return written(call, patch(service, unit, row, patcher, conditionsOf(call)));
  });
}

/** A create, update, patch or delete; conditional where there is no id. */
export function writeInteraction(service: Service, call: Call, type: string, id: string | undefined): Promise<Reply> {
  switch (call.method) {
    case 'POST':
      return createInteraction(service, call, type);
    case 'PUT':
      return id === undefined ? conditionalUpdate(service, call, type) : updateInteraction(service, call, type, id);
    case 'PATCH':
      return patchInteraction(service, call, type, id);
    default:
      return id === undefined ? conditionalRemove(service, call, type) : removeInteraction(service, call, type, id);
  }
}
