/**
 * The embedded backend behind Mock Service Worker, for those who want to see requests in the network tab, or test code that fetches from
 * a server. Where that does not matter, `backend.fetch` does the same without a service worker, and forty times faster.
 *
 * ```ts
 * import { setupWorker } from 'msw/browser';
 * const backend = createEmbeddedBackend({ aliases: ['https://fhir.example/r4'] });
 * await setupWorker(...fhirHandlers(backend, 'https://fhir.example/r4')).start();
 * ```
 */
import { http, type HttpHandler } from 'msw';
import type { EmbeddedBackend } from '../client/backends/embedded/index.js';

/**
 * Handlers that answer every request at and below `baseUrl` from the backend.
 *
 * @param baseUrl absolute, such as `https://fhir.example/r4`; the backend's own unless given. Links lead back to it.
 */
export function fhirHandlers(backend: EmbeddedBackend, baseUrl: string = backend.baseUrl): HttpHandler[] {
  const base = baseUrl.replace(/\/+$/, '');
  const answer = ({ request }: { request: Request }): Promise<Response> => backend.handle(request, base);
  return [http.all(base, answer), http.all(`${base}/*`, answer)];
}
