import { createFhirBackend, type FhirBackendOptions } from '../../src/client/backends/fhir/index.js';
import type { Backend, SearchPage } from '../../src/client/backend.js';

/** A request as the stub saw it. */
export interface Seen {
  method: string;
  /** Below the base, with its query: `Patient?_id=1`. */
  path: string;
  headers: Headers;
  body: string;
}

export const BASE = 'https://fhir.example.org/r4';

/** What a stub answers with: a Response, or something to send as FHIR JSON (text as it stands). */
export type Answer = Response | object | string;

export const json = (body: object | string, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/fhir+json', ...headers },
  });

/** A FHIR backend over a function that plays the server, and what the function saw. */
export function stub(
  answer: (seen: Seen) => Answer | Promise<Answer>,
  options: Partial<FhirBackendOptions> = {},
): { backend: Backend; seen: Seen[]; paths: () => string[] } {
  const seen: Seen[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    const one = { method: request.method, path: request.url.replace(`${BASE}/`, ''), headers: request.headers, body: await request.text() };
    seen.push(one);
    const given = await answer(one);
    return given instanceof Response ? given : json(given);
  };
  return {
    backend: createFhirBackend({ baseUrl: BASE, fetch, retry: { sleep: async () => {} }, ...options }),
    seen,
    paths: () => seen.map(({ method, path }) => `${method} ${path}`),
  };
}

export const outcome = (...issue: object[]): object => ({ resourceType: 'OperationOutcome', issue });
export const searchset = (entry: object[], link: object[] = [], rest: object = {}): object => ({
  resourceType: 'Bundle',
  type: 'searchset',
  link,
  entry,
  ...rest,
});
export const match = (resource: object): object => ({ resource, search: { mode: 'match' } });

/** A CapabilityStatement that declares these system interactions and types. */
export const capabilityStatement = (
  system: string[] = ['transaction'],
  resource: object[] = [{ type: 'Patient' }],
  software = 'Stub',
): object => ({
  resourceType: 'CapabilityStatement',
  fhirVersion: '4.0.1',
  software: { name: software },
  rest: [{ mode: 'server', interaction: system.map((code) => ({ code })), resource }],
});

export async function pagesOf<P extends SearchPage>(pages: AsyncIterable<P>): Promise<P[]> {
  const all: P[] = [];
  for await (const page of pages) all.push(page);
  return all;
}
