/** What the personalities are made of: telling requests apart, and answers that differ from those of the handler underneath. */
import { parseJson, stringify } from '../../models/fhir/json.js';

export type Handler = (request: Request) => Promise<Response>;
export type Personality = (handler: Handler) => Handler;

type Loose = Record<string, unknown>;
export const loosely = (value: unknown): Loose[] => (Array.isArray(value) ? (value as Loose[]) : []);

/** An answer like `response` with another body, status or headers. */
export function changed(response: Response, change: { body?: string | null; status?: number; without?: readonly string[] }): Response {
  const headers = new Headers(response.headers);
  for (const name of [...(change.without ?? []), 'Content-Length']) headers.delete(name);
  return new Response(change.body === undefined ? response.body : change.body, { status: change.status ?? response.status, headers });
}

export async function withJson(response: Response, change: (body: Loose) => void): Promise<Response> {
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

export const pathOf = (request: Request): string => new URL(request.url).pathname;
export const isMetadata = (request: Request): boolean => pathOf(request).endsWith('/metadata');
export const isPostSearch = (request: Request): boolean => request.method === 'POST' && pathOf(request).endsWith('/_search');
export const isWrite = (request: Request): boolean =>
  !['GET', 'HEAD', 'OPTIONS'].includes(request.method) && !isPostSearch(request) && !/\/\$[\w-]+$/.test(pathOf(request));
/** POST to the base itself. */
export const isBundle = (request: Request): boolean =>
  request.method === 'POST' && !/\/(?:[A-Z]\w+(?:\/_search)?|\$[\w-]+)\/?$/.test(pathOf(request));

/** Changes what metadata declare; an interaction list that ends up empty says nothing at all. */
export const withMetadata =
  (change: (rest: Loose) => void): Personality =>
  (handler) =>
  async (request) => {
    const response = await handler(request);
    return isMetadata(request) ? withJson(response, (body) => loosely(body['rest']).forEach(change)) : response;
  };

export const withoutInteractions = (owner: Loose, codes: readonly string[]): void => {
  owner['interaction'] = loosely(owner['interaction']).filter(({ code }) => !codes.includes(String(code)));
};

/** Several at once: the first is the outermost. */
export const combine =
  (...personalities: readonly Personality[]): Personality =>
  (handler) =>
    personalities.reduceRight((inner, personality) => personality(inner), handler);
