/**
 * A server that fails by a script: put it around any handler to see how a product copes with the failures of the field, one request
 * after the other.
 *
 * ```ts
 * const fetch = flaky(backend.handle, [faults.busy(), faults.limited({ retryAfter: 1 }), undefined, faults.lostAnswer()]);
 * ```
 */
import type { Handler } from './personalities.js';

/**
 * What happens to one request. `next` hands it to the real server; a fault that does not call it keeps the request from arriving,
 * one that calls it and then fails loses the answer.
 */
export type Fault = (request: Request, next: () => Promise<Response>) => Promise<Response>;

/** Decides request by request: a fault, or undefined to let it through. `index` counts the requests from 0. */
export type FaultScript = readonly (Fault | undefined)[] | ((request: Request, index: number) => Fault | undefined);

/**
 * @param script a list: its faults meet the requests in turn, what comes after its end passes; or a function.
 */
export function flaky(handler: Handler, script: FaultScript): Handler {
  let index = 0;
  return (request) => {
    const fault = typeof script === 'function' ? script(request, index) : script[index];
    index++;
    return fault ? fault(request, () => handler(request)) : handler(request);
  };
}

const answer = (status: number, headers: Record<string, string>): Promise<Response> =>
  Promise.resolve(new Response(null, { status, headers }));

/** 503, with a wait in seconds or until a date where one is given. */
const busy =
  ({ retryAfter, status = 503 }: { retryAfter?: number | string; status?: number } = {}): Fault =>
  () =>
    answer(status, retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) });

/** 429, with Retry-After (seconds or a date) or the headers given. */
const limited =
  ({ retryAfter, headers = {} }: { retryAfter?: number | string; headers?: Record<string, string> } = {}): Fault =>
  () =>
    answer(429, retryAfter === undefined ? headers : { ...headers, 'Retry-After': String(retryAfter) });

/** A proxy's page in place of an answer. `arrived`: the server had taken the request all the same. */
const badGateway =
  ({ status = 502, arrived = false }: { status?: number; arrived?: boolean } = {}): Fault =>
  async (_, next) => {
    if (arrived) await next();
    const page = '<!DOCTYPE html><html><body><h1>Bad Gateway</h1><p>upstream 10.0.0.7</p></body></html>';
    return new Response(page, { status, headers: { 'Content-Type': 'text/html' } });
  };

/** The connection breaks before the request gets there. */
const unreachable = (): Fault => () => Promise.reject(new TypeError('fetch failed'));

/** The request gets there and is answered, but the connection breaks before the answer comes. */
const lostAnswer = (): Fault => async (_, next) => {
  await next();
  throw new TypeError('fetch failed');
};

/** The connection breaks in the middle of the answer. */
const brokenAnswer = (): Fault => async (_, next) => {
  const response = await next();
  const bytes = new Uint8Array(await response.arrayBuffer());
  const broken = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes.slice(0, bytes.length / 2));
      controller.error(new TypeError('terminated'));
    },
  });
  const headers = new Headers(response.headers);
  headers.delete('Content-Length');
  return new Response(broken, { status: response.status, headers });
};

/** Never answers; ends only with the request's signal. `arrived`: the server had taken the request all the same. */
const hanging =
  ({ arrived = false }: { arrived?: boolean } = {}): Fault =>
  async (request, next) => {
    if (arrived) await next();
    return new Promise((_, reject) => {
      const end = (): void => reject(new DOMException('The operation was aborted.', 'AbortError'));
      if (request.signal.aborted) end();
      else request.signal.addEventListener('abort', end);
    });
  };

/** The answer comes after so many milliseconds. */
const late =
  (milliseconds: number): Fault =>
  async (request, next) => {
    const response = await next();
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, milliseconds);
      request.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(new DOMException('The operation was aborted.', 'AbortError'));
      });
    });
    return response;
  };

/** The connection breaks, and the request arrives all the same once `moment` has come: long after its sender gave it up. */
const delayed =
  (moment: Promise<unknown>): Fault =>
  (_, arrive) => {
    void moment.then(() => arrive()).catch(() => undefined);
    return Promise.reject(new TypeError('fetch failed'));
  };

/** The failures that a script is made of. */
export const faults = { busy, limited, badGateway, unreachable, lostAnswer, brokenAnswer, hanging, late, delayed };
