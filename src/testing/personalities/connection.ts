/** Failures on the way: proxies, limits, lost connections. */
import { type Personality } from './handler.js';

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
