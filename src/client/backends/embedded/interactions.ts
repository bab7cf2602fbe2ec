/** Interactions on one resource or one type, from the call to the reply. */
import { stringify } from '../../../models/fhir/json.js';
import type { Version } from '../../store/store.js';
import { subset } from '../../store/subset.js';
import { ID, isObject, type ResourceTree } from '../../store/tree.js';
import {
  create,
  matching,
  oneMatching,
  patch,
  readResource,
  readRow,
  readVersion,
  remove,
  update,
  updateTarget,
  currentOf,
  type Conditions,
  type Patcher,
  type Written,
} from './crud.js';
import { etag, expectType, FHIR_JSON, httpDate, isJson, JSON_PATCH, preferences, versionsOf, type Call, type Reply } from './http.js';
import { jsonPatch } from './json-patch.js';
import { failure, information, notFound, preconditionFailed } from './outcome.js';
import { assertValid, inUnit, servedText, servedTree, type Service } from './service.js';

const SUMMARIES = ['true', 'text', 'data', 'false'] as const;

export function versionHeaders(call: Call, version: Version): Record<string, string> {
  const location = `${call.base}/${version.type}/${version.id}/_history/${version.versionId}`;
  return { ETag: etag(version.versionId), 'Last-Modified': httpDate(version.lastUpdated), 'Content-Location': location };
}

/** 304 when the caller has this version already. If-None-Match outranks If-Modified-Since (RFC 9110). */
function notModified(call: Call, version: Version): boolean {
  const noneMatch = call.header('If-None-Match');
  if (noneMatch !== undefined) {
    const known = versionsOf(noneMatch, 'If-None-Match');
    return known === '*' || known.includes(version.versionId);
  }
  const since = Date.parse(call.header('If-Modified-Since') ?? '');
  // HTTP dates have no fractions: a version of the same second counts as known.
  return !Number.isNaN(since) && Math.floor(Date.parse(version.lastUpdated) / 1000) * 1000 <= since;
}

export function read(service: Service, call: Call, type: string, id: string): Reply {
  const row = readRow(service, type, id);
  const version = currentOf(row);
  const headers = versionHeaders(call, version);
  if (notModified(call, version)) return { status: 304, headers };
  const param = (name: string): string | undefined => call.query.find(([one]) => one === name)?.[1];
  const elements = param('_elements')?.split(',') ?? [];
  const summary = param('_summary') ?? 'false';
  const mode = SUMMARIES.find((one) => one === summary);
  if (!mode) throw failure(400, 'value', `_summary of a read is one of ${SUMMARIES.join(', ')}`);
  if (elements.length === 0 && mode === 'false') return { status: 200, headers, body: servedText(version) };
  return { status: 200, headers, body: stringify(subset(service.definitions, servedTree(row), mode, elements)) };
}

export function vread(service: Service, call: Call, type: string, id: string, versionId: string): Reply {
  const version = readVersion(service, type, id, versionId);
  const headers = versionHeaders(call, version);
  return notModified(call, version) ? { status: 304, headers } : { status: 200, headers, body: servedText(version) };
}

export function conditionsOf(call: Call): Conditions {
  return { ifMatch: call.header('If-Match'), ifNoneMatch: call.header('If-None-Match'), ifNoneExist: call.header('If-None-Exist') };
}

const DONE: Readonly<Record<number, string>> = { 200: 'Saved', 201: 'Created', 204: 'Deleted' };

/** The answer to a write, as long as the caller prefers. */
function written(call: Call, { status, version }: Written): Reply {
  const { return: form } = preferences(call.header('Prefer'));
  const headers = version ? versionHeaders(call, version) : {};
  if (status === 201) headers['Location'] = headers['Content-Location']!;
  if (form === 'OperationOutcome') return { status: status === 204 ? 200 : status, headers, body: stringify(information(DONE[status]!)) };
  if (status === 204 || form === 'minimal') return { status, headers };
  return { status, headers, body: servedText(version!) };
}

function resourceOf(call: Call, type: string): ResourceTree {
  expectType(call);
  return readResource(call.body(), type);
}

export async function createInteraction(service: Service, call: Call, type: string): Promise<Reply> {
  const tree = resourceOf(call, type);
  await assertValid(service, tree);
  return written(call, await inUnit(service, (unit) => create(service, unit, tree, conditionsOf(call))));
}

export async function updateInteraction(service: Service, call: Call, type: string, id: string): Promise<Reply> {
  const tree = resourceOf(call, type);
  if (!ID.test(id)) throw failure(400, 'value', 'An id has 1 to 64 letters, digits, hyphens and dots');
  await assertValid(service, tree);
  return written(call, await inUnit(service, (unit) => update(service, unit, id, tree, conditionsOf(call))));
}

export async function conditionalUpdate(service: Service, call: Call, type: string): Promise<Reply> {
  const tree = resourceOf(call, type);
  await assertValid(service, tree);
  const work = inUnit(service, (unit) => {
    const id = updateTarget(service, tree, criteriaOf(call));
    return update(service, unit, id, Object.assign(tree, { id }), conditionsOf(call));
  });
  return written(call, await work);
}

/** The condition in a URL, as it came. */
export const criteriaOf = (call: Call): string => new URLSearchParams(call.query.map(([name, value]) => [name, value])).toString();

export function removeInteraction(service: Service, call: Call, type: string, id: string): Promise<Reply> {
  return inUnit(service, (unit) => written(call, remove(service, unit, type, id, conditionsOf(call))));
}

export function conditionalRemove(service: Service, call: Call, type: string): Promise<Reply> {
  return inUnit(service, (unit) => {
    const rows = matching(service, type, criteriaOf(call));
    if (rows.length > 1) throw preconditionFailed(`${rows.length} resources match the condition: nothing was deleted`, 'multiple-matches');
    return written(call, rows[0] ? remove(service, unit, type, rows[0].id, conditionsOf(call)) : { status: 204, version: undefined });
  });
}

/** What a PATCH body asks for: JSON Patch, or Parameters for FHIRPath Patch. */
export async function patcherOf(contentType: string, body: unknown): Promise<Patcher> {
  if (contentType === JSON_PATCH) return (tree) => jsonPatch(tree, body);
  if (!isJson(contentType)) throw failure(415, 'not-supported', `A patch is ${JSON_PATCH}, or a Parameters resource as ${FHIR_JSON}`);
  if (!isObject(body)) throw failure(400, 'structure', `A FHIRPath Patch is a Parameters resource; a JSON Patch is sent as ${JSON_PATCH}`);
  const { fhirpathPatch } = await import('./fhirpath-patch.js');
  return (tree) => fhirpathPatch(tree, body);
}

export async function patchInteraction(service: Service, call: Call, type: string, id: string | undefined): Promise<Reply> {
  expectType(call, JSON_PATCH, FHIR_JSON, 'application/json', 'text/json');
  const patcher = await patcherOf(call.contentType, call.body());
  return inUnit(service, (unit) => {
    const row = id === undefined ? oneMatching(service, type, criteriaOf(call)) : readRow(service, type, id);
    if (!row) throw notFound('Nothing matches the condition');
    return written(call, patch(service, unit, row, patcher, conditionsOf(call)));
  });
}
