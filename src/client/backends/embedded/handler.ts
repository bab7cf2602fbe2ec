/** The pure HTTP handler: a Request in, a Response out, over a store in this process. */
import { stringify } from '../../../models/fhir/json.js';
import { acceptsJson, FHIR_JSON, isForm, mediaType, pairs, parseBody, type Call, type Reply } from './http.js';
import { errorReply, failure, outcome } from './outcome.js';
import { route } from './routes.js';
import type { Service } from './service.js';

const BODILESS = new Set(['GET', 'HEAD']);

/** Path segments below the base; undefined when the URL lies elsewhere. */
function segments(pathname: string, basePath: string): string[] | undefined {
  if (pathname !== basePath && !pathname.startsWith(`${basePath}/`)) return undefined;
  const rest = pathname.slice(basePath.length).replace(/^\/|\/$/g, '');
  if (rest === '') return [];
  try {
    return rest.split('/').map(decodeURIComponent);
  } catch {
    throw failure(400, 'invalid', 'The path has a percent sign that stands for nothing');
  }
}

function callOf(request: Request, url: URL, path: string[], basePath: string, text: string): Call {
  const contentType = mediaType(request.headers.get('Content-Type'));
  const form = isForm(contentType);
  return {
    method: request.method,
    path,
    query: pairs(url.search),
    form: form ? pairs(text) : [],
    header: (name) => request.headers.get(name) ?? undefined,
    body: () => parseBody(text),
    contentType,
    base: url.origin + basePath,
  };
}

function toResponse(reply: Reply, method: string, pretty: boolean): Response {
  const headers = new Headers(reply.headers);
  const { body, status } = reply;
  const bare = body === undefined || status === 204 || status === 304;
  if (!bare && !headers.has('Content-Type')) headers.set('Content-Type', `${FHIR_JSON}; charset=utf-8`);
  headers.set('Cache-Control', 'no-cache');
  headers.set('Vary', 'Accept');
  const shown = pretty && typeof body === 'string' ? indented(body) : body;
  return new Response(bare || method === 'HEAD' ? null : (shown as string | Uint8Array<ArrayBuffer>), { status, headers });
}

function indented(body: string): string {
  return stringify(parseBody(body), 2);
}

/**
 * Answers one request. It never rejects: whatever goes wrong is an OperationOutcome.
 *
 * @param basePath path of the service, such as `/fhir`. Links are made with the origin of the request.
 */
export async function handle(service: () => Promise<Service>, basePath: string, request: Request): Promise<Response> {
  const { method } = request;
  let pretty = false;
  let reply: Reply;
  try {
    const url = new URL(request.url);
    const path = segments(url.pathname, basePath);
    if (!path) throw failure(404, 'not-found', `The FHIR service is at ${basePath || '/'}`);
    pretty = url.searchParams.get('_pretty') === 'true';
    const text = BODILESS.has(method) ? '' : await request.text();
    const call = callOf(request, url, path, basePath, text);
    const format = url.searchParams.get('_format') ?? call.form.find(([name]) => name === '_format')?.[1];
    call.raw = !acceptsJson(format, request.headers.get('Accept'));
    if (call.raw && !(path[0] === 'Binary' && path.length === 2 && BODILESS.has(method) && format === undefined))
      throw failure(406, 'not-supported', `Only JSON is served: ask for ${FHIR_JSON}`);
    reply = await route(await service(), call);
  } catch (error) {
    reply = errorReply(error);
  }
  return toResponse(reply, method, pretty);
}

/** For tests and adapters that refuse a request before it gets here. */
export function refusal(status: number, code: string, message: string): Response {
  const body = stringify(outcome([{ severity: 'error', code, path: '', message }]));
  return new Response(body, { status, headers: { 'Content-Type': `${FHIR_JSON}; charset=utf-8` } });
}
