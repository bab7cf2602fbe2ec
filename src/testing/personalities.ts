/**
 * FHIR servers as they are met in the field, each as a wrapper around any handler: put one or several around the embedded
 * backend's `handle` to see how a product copes. What each imitates is said by its name and comment; none is a copy of a product.
 */
import { parseJson, stringify } from '../models/fhir/json.js';

export type Handler = (request: Request) => Promise<Response>;
export type Personality = (handler: Handler) => Handler;

type Loose = Record<string, unknown>;
const loosely = (value: unknown): Loose[] => (Array.isArray(value) ? (value as Loose[]) : []);

/** An answer like `response` with another body, status or headers. */
function changed(response: Response, change: { body?: string | null; status?: number; without?: readonly string[] }): Response {
  const headers = new Headers(response.headers);
  for (const name of [...(change.without ?? []), 'Content-Length']) headers.delete(name);
  return new Response(change.body === undefined ? response.body : change.body, { status: change.status ?? response.status, headers });
}

async function withJson(response: Response, change: (body: Loose) => void): Promise<Response> {
  const text = await response.text();
  if (text === '') return changed(response, { body: null });
  const body = parseJson(text) as Loose;
  change(body);
  return changed(response, { body: stringify(body) });
}

/** An OperationOutcome as an answer. */
export function refusal(status: number, code: string, text: string): Response {
  const body = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, details: { text } }] };
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/fhir+json' } });
}

const pathOf = (request: Request): string => new URL(request.url).pathname;
const isMetadata = (request: Request): boolean => pathOf(request).endsWith('/metadata');
const isPostSearch = (request: Request): boolean => request.method === 'POST' && pathOf(request).endsWith('/_search');
const isWrite = (request: Request): boolean =>
  !['GET', 'HEAD', 'OPTIONS'].includes(request.method) && !isPostSearch(request) && !/\/\$[\w-]+$/.test(pathOf(request));
/** POST to the base itself. */
const isBundle = (request: Request): boolean =>
  request.method === 'POST' && !/\/(?:[A-Z]\w+(?:\/_search)?|\$[\w-]+)\/?$/.test(pathOf(request));

/** Changes what metadata declare; an interaction list that ends up empty says nothing at all. */
const withMetadata =
  (change: (rest: Loose) => void): Personality =>
  (handler) =>
  async (request) => {
    const response = await handler(request);
    return isMetadata(request) ? withJson(response, (body) => loosely(body['rest']).forEach(change)) : response;
  };

const withoutInteractions = (owner: Loose, codes: readonly string[]): void => {
  owner['interaction'] = loosely(owner['interaction']).filter(({ code }) => !codes.includes(String(code)));
};

/** Like Epic's R4 endpoint: everything can be read, nothing written, no transactions. */
export const readOnly: Personality = (handler) => {
  const told = withMetadata((rest) => {
    withoutInteractions(rest, ['transaction', 'batch']);
    for (const resource of loosely(rest['resource'])) withoutInteractions(resource, ['create', 'update', 'patch', 'delete']);
  })(handler);
  return async (request) => (isWrite(request) ? refusal(405, 'not-supported', 'This interaction is not available.') : told(request));
};

/** No transactions. `silent`: the metadata do not say so, and the base answers as a web server does. */
export const noTransactions =
  ({ silent = false } = {}): Personality =>
  (handler) => {
    const told = withMetadata((rest) => (silent ? delete rest['interaction'] : withoutInteractions(rest, ['transaction', 'batch'])))(
      handler,
    );
    return async (request) => {
      if (!isBundle(request)) return told(request);
      return silent ? new Response('Not Found', { status: 404 }) : refusal(405, 'not-supported', 'No transactions here.');
    };
  };

/** Searches by GET only. */
export const noPostSearch =
  (status = 405): Personality =>
  (handler) =>
  async (request) =>
    isPostSearch(request) ? new Response(null, { status }) : handler(request);

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

/** Leaves out search parameters, `_search` included. `honest`: the self link shows it. */
export const ignores =
  (names: readonly string[], { honest = true } = {}): Personality =>
  (handler) =>
  async (request) => {
    const ignored = (name: string): boolean => names.includes(name.split(/[.:]/)[0]!);
    const url = new URL(request.url);
    const asked = url.search;
    for (const name of [...url.searchParams.keys()]) if (ignored(name)) url.searchParams.delete(name);
    let inner = new Request(url, request);
    if (isPostSearch(request)) {
      const form = new URLSearchParams(await request.text());
      for (const name of [...form.keys()]) if (ignored(name)) form.delete(name);
      inner = new Request(url, { method: 'POST', headers: request.headers, body: form.toString() });
    }
    const response = await handler(inner);
    if (honest || request.method !== 'GET' || !asked) return response;
    return withJson(response, (body) => {
      for (const link of loosely(body['link']))
        if (link['relation'] === 'self') link['url'] = String(link['url']).replace(/\?.*$/, '') + asked;
    });
  };

/** Ignores whose rows are asked for, and says that it did not: the answer holds other patients' rows. */
export const wrongPatient: Personality = ignores(['patient', 'subject', 'actor'], { honest: false });

/** What a page on another origin sees of a server whose CORS exposes no header. */
export const hidesHeaders: Personality = (handler) => async (request) =>
  changed(await handler(request), { without: ['ETag', 'Location', 'Content-Location', 'Last-Modified'] });

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

/** Every answer's next link leads somewhere else. */
export const nextLinkTo =
  (url: string): Personality =>
  (handler) =>
  async (request) => {
    const response = await handler(request);
    if (!response.headers.get('Content-Type')?.includes('json')) return response;
    return withJson(response, (body) => {
      if (body['type'] === 'searchset')
        body['link'] = [...loosely(body['link']).filter((link) => link['relation'] !== 'next'), { relation: 'next', url }];
    });
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

/** A proxy's page in place of an answer. */
export const htmlError =
  (status = 502): Personality =>
  () =>
  async () =>
    new Response('<!DOCTYPE html><html><body><h1>Bad Gateway</h1><p>upstream 10.0.0.7</p></body></html>', {
      status,
      headers: { 'Content-Type': 'text/html' },
    });

/** Too many requests, for `seconds`. */
export const rateLimited =
  (seconds: number): Personality =>
  () =>
  async () =>
    new Response(null, { status: 429, headers: { 'Retry-After': String(seconds) } });

/** Answers after a while; heeds the request's signal. */
export const slow =
  (milliseconds: number): Personality =>
  (handler) =>
  async (request) => {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, milliseconds);
      request.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(new DOMException('The operation was aborted.', 'AbortError'));
      });
    });
    return handler(request);
  };

/** Never answers and heeds no signal, as a bad injected fetch. */
export const silent: Personality = () => () => new Promise<Response>(() => undefined);

/** The connection breaks: before the answer, or in the middle of its body. */
export const dropsConnection =
  (when: 'before' | 'within' = 'before'): Personality =>
  (handler) =>
  async (request) => {
    if (when === 'before') throw new TypeError(`fetch failed: ${request.url}`);
    const response = await handler(request);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const broken = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes.slice(0, bytes.length / 2));
        controller.error(new TypeError('terminated'));
      },
    });
    return new Response(broken, { status: response.status, headers: response.headers });
  };

/** Several at once: the first is the outermost. */
export const combine =
  (...personalities: readonly Personality[]): Personality =>
  (handler) =>
    personalities.reduceRight((inner, personality) => personality(inner), handler);
