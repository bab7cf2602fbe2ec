/** Servers after the manner of products; none is a copy of one. */
import {
  type Personality,
  loosely,
  changed,
  withJson,
  refusal,
  pathOf,
  isMetadata,
  isPostSearch,
  isWrite,
  isBundle,
  withMetadata,
  withoutInteractions,
  combine,
} from './handler.js';
import { noTransactions, patchesOnly, noConditions } from './lacking.js';

/** Like Epic's R4 endpoint: everything can be read, nothing written, no transactions. */
export const readOnly: Personality = (handler) => {
  const told = withMetadata((rest) => {
    withoutInteractions(rest, ['transaction', 'batch']);
    for (const resource of loosely(rest['resource'])) withoutInteractions(resource, ['create', 'update', 'patch', 'delete']);
  })(handler);
  return async (request) => (isWrite(request) ? refusal(405, 'not-supported', 'This interaction is not available.') : told(request));
};

/**
 * Like Epic's R4 endpoint as its CapabilityStatement has it: few types can be written, scheduling and billing are read-only or
 * absent, no transactions or batches, no conditions, and ids are the server's.
 */
export const epicLike: Personality = (handler) => {
  const absent = ['Slot', 'Schedule', 'ChargeItem', 'ClaimResponse', 'Invoice', 'PaymentReconciliation', 'Composition'];
  const writable = ['AllergyIntolerance', 'Condition', 'DocumentReference', 'Observation', 'Patient', 'QuestionnaireResponse'];
  const typeOf = (request: Request): string => /\/([A-Z]\w+)(?:\/|$)/.exec(pathOf(request))?.[1] ?? '';
  const told = combine(
    noTransactions(),
    noConditions(),
    patchesOnly(undefined, { said: true }),
  )(
    withMetadata((rest) => {
      rest['resource'] = loosely(rest['resource']).filter(({ type }) => !absent.includes(String(type)));
      for (const resource of loosely(rest['resource'])) {
        resource['updateCreate'] = false;
        withoutInteractions(resource, ['delete', ...(writable.includes(String(resource['type'])) ? [] : ['create', 'update'])]);
      }
    })(handler),
  );
  return async (request) => {
    const type = typeOf(request);
    if (absent.includes(type)) return refusal(404, 'not-supported', 'There is no such type here.');
    const refused = isWrite(request) && !isBundle(request) && (request.method === 'DELETE' || !writable.includes(type));
    return refused ? refusal(405, 'not-supported', 'This interaction is not available.') : told(request);
  };
};

/** Like Oracle Health's Appointment: a stale version is 409, a write without a version 412, one that is being edited 423. */
export const oracleLike =
  (editing: (path: string) => boolean = () => false): Personality =>
  (handler) =>
  async (request) => {
    if (!['PUT', 'PATCH'].includes(request.method)) return handler(request);
    if (editing(pathOf(request))) return refusal(423, 'lock-error', 'The record is being edited.');
    if (!request.headers.has('If-Match')) return refusal(412, 'conflict', 'If-Match is required.');
    const response = await handler(request);
    return response.status === 412 ? refusal(409, 'conflict', 'The version is not the current one.') : response;
  };

/** Like Helios: a stale version inside a transaction is 400, with the reason in the text only. */
export const conflictAsText: Personality = (handler) => async (request) => {
  const response = await handler(request);
  return isBundle(request) && [409, 412].includes(response.status) ? refusal(400, 'invalid', 'Version conflict in an entry.') : response;
};

/** If-Match is not looked at. The metadata say `no-version`, as an honest one of them would. */
export const unversioned: Personality = (handler) => {
  const told = withMetadata((rest) => {
    for (const resource of loosely(rest['resource'])) resource['versioning'] = 'no-version';
  })(handler);
  return async (request) => {
    if (!request.headers.has('If-Match')) return told(request);
    const headers = new Headers(request.headers);
    headers.delete('If-Match');
    return told(new Request(request, { headers }));
  };
};

/** Answers writes without a body, whatever is preferred. */
export const minimalWrites: Personality = (handler) => async (request) => {
  const response = await handler(request);
  return isWrite(request) && !isBundle(request) && response.ok ? changed(response, { body: null, without: ['Content-Type'] }) : response;
};

/** Searches without a total unless it is asked for, and with plain JSON as their type. */
export const plain: Personality = (handler) => async (request) => {
  const search = request.method === 'GET' || isPostSearch(request);
  const asked = search && `${request.url}&${await request.clone().text()}`.includes('_total=');
  const response = await handler(request);
  if (!search) return response;
  const answer = await withJson(response, (body) => {
    if (body['type'] === 'searchset' && !asked) delete body['total'];
  });
  answer.headers.set('Content-Type', 'application/json');
  return answer;
};

/** What a page on another origin sees of a server whose CORS exposes no header. */
export const hidesHeaders: Personality = (handler) => async (request) =>
  changed(await handler(request), { without: ['ETag', 'Location', 'Content-Location', 'Last-Modified'] });

/** Another release of FHIR, by its metadata. */
export const speaks =
  (fhirVersion: string): Personality =>
  (handler) =>
  async (request) => {
    const response = await handler(request);
    return isMetadata(request) ? withJson(response, (body) => void (body['fhirVersion'] = fhirVersion)) : response;
  };

/** Opens the records of these ids only with a reason (HL7's break-the-glass OperationOutcome). */
export const breakGlass =
  (ids: readonly string[]): Personality =>
  (handler) =>
  async (request) => {
    if (!ids.some((id) => pathOf(request).endsWith(`/${id}`))) return handler(request);
    const coding = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'ETREAT' }];
    const body = { resourceType: 'OperationOutcome', issue: [{ severity: 'information', code: 'suppressed', details: { coding } }] };
    return new Response(JSON.stringify(body), { status: 403, headers: { 'Content-Type': 'application/fhir+json' } });
  };
