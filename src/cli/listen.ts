/** A handler of Requests on node:http, for development: for this machine's own pages unless told otherwise. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ListenOptions {
  handle: (request: Request) => Promise<Response>;
  /** 0 for any free port. */
  port: number;
  /** Name or address to listen on; a request's Host must be this or a loopback name. */
  host: string;
  /** Origins of pages that may use the service besides loopback ones; `*` for any. */
  cors?: readonly string[];
  /** Largest body taken, in bytes. */
  maxBytes?: number;
  /** A request that is refused here, as a Response. */
  refuse: (status: number, code: string, message: string) => Response;
}

export interface Listening {
  /** Such as `http://127.0.0.1:8787`. */
  origin: string;
  port: number;
  close(): Promise<void>;
}

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE';
const EXPOSED = 'ETag, Location, Last-Modified, Content-Location';
const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

/** Whether a host name, as it stands in a URL, is this machine and nothing else. */
export function isLoopback(name: string): boolean {
  const bare = name.toLowerCase().replace(/^\[|\]$/g, '');
  return bare === 'localhost' || bare.endsWith('.localhost') || bare === '::1' || /^127(\.\d{1,3}){3}$/.test(bare);
}

/** Host name of a Host header or an origin; undefined when it can't be one. */
function hostName(url: string): string | undefined {
  try {
    const { hostname, pathname, username } = new URL(url);
    return pathname === '/' && username === '' ? hostname : undefined;
  } catch {
    return undefined;
  }
}

class BodyTooLarge extends Error {}

async function readBody(incoming: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(incoming.headers['content-length'] ?? 0) > maxBytes) throw new BodyTooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

class Adapter {
  readonly #options: ListenOptions;

  constructor(options: ListenOptions) {
    this.#options = options;
  }

  /** A page elsewhere can make a name of its own lead here (DNS rebinding); its requests then carry that name. */
  #isOurHost(header: string | undefined): boolean {
    const name = header === undefined ? undefined : hostName(`http://${header}`);
    return name !== undefined && (isLoopback(name) || name === hostName(`http://${bracketed(this.#options.host)}`));
  }

  #allows(origin: string): boolean {
    const { cors = [] } = this.#options;
    const name = hostName(origin);
    return cors.includes('*') || cors.includes(origin) || (name !== undefined && isLoopback(name));
  }

  #corsHeaders(incoming: IncomingMessage): Record<string, string> {
    const { origin } = incoming.headers;
    if (origin === undefined || !this.#allows(origin)) return {};
    const any = this.#options.cors?.includes('*') === true;
    return { 'Access-Control-Allow-Origin': any ? '*' : origin, 'Access-Control-Expose-Headers': EXPOSED };
  }

  #preflight(incoming: IncomingMessage): Response {
    const cors = this.#corsHeaders(incoming);
    if (!('Access-Control-Allow-Origin' in cors))
      return this.#options.refuse(403, 'forbidden', 'Pages of this origin may not use the service: see --cors');
    const asked = incoming.headers['access-control-request-headers'];
    const headers = new Headers({ 'Access-Control-Allow-Methods': METHODS, 'Access-Control-Max-Age': '600' });
    if (asked !== undefined) headers.set('Access-Control-Allow-Headers', asked);
    if (incoming.headers['access-control-request-private-network'] === 'true') headers.set('Access-Control-Allow-Private-Network', 'true');
    return new Response(null, { status: 204, headers });
  }

  async #answer(incoming: IncomingMessage): Promise<Response> {
    const { handle, refuse, maxBytes = DEFAULT_MAX_BYTES } = this.#options;
    if (!this.#isOurHost(incoming.headers.host))
      return refuse(403, 'forbidden', 'The Host of the request is neither a loopback name nor the one given by --host');
    const method = incoming.method ?? 'GET';
    if (method === 'OPTIONS' && incoming.headers['access-control-request-method'] !== undefined) return this.#preflight(incoming);
    if (!METHODS.split(', ').includes(method)) return refuse(405, 'not-supported', `The service takes ${METHODS}`);
    const bodiless = method === 'GET' || method === 'HEAD';
    const body = bodiless ? undefined : await readBody(incoming, maxBytes);
    const headers = new Headers();
    for (const [name, value] of Object.entries(incoming.headers))
      if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
    const url = URL.canParse(`http://${incoming.headers.host}${incoming.url}`)
      ? `http://${incoming.headers.host}${incoming.url}`
      : undefined;
    if (url === undefined || !incoming.url?.startsWith('/')) return refuse(400, 'invalid', 'The address can not be read');
    return handle(new Request(url, { method, headers, ...(body === undefined ? {} : { body: new Uint8Array(body) }) }));
  }

  async respond(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    let response: Response;
    try {
      response = await this.#answer(incoming);
    } catch (error) {
      const { refuse } = this.#options;
      const tooLarge = error instanceof BodyTooLarge;
      // What is left of a body that is too large is not read: the connection ends with the answer.
      if (tooLarge) outgoing.setHeader('Connection', 'close');
      response = tooLarge
        ? refuse(413, 'too-long', 'The body is larger than the service takes')
        : refuse(500, 'exception', 'The request failed inside the server');
    }
    const headers = new Headers(response.headers);
    for (const [name, value] of Object.entries(this.#corsHeaders(incoming))) headers.set(name, value);
    headers.append('Vary', 'Origin');
    const body = Buffer.from(await response.arrayBuffer());
    outgoing.statusCode = response.status;
    headers.forEach((value, name) => outgoing.setHeader(name, value));
    if (response.status !== 204 && response.status !== 304 && incoming.method !== 'HEAD') outgoing.setHeader('Content-Length', body.length);
    outgoing.end(incoming.method === 'HEAD' ? undefined : body);
  }
}

/** An address as it stands in a URL. */
export const bracketed = (host: string): string => (host.includes(':') && !host.startsWith('[') ? `[${host}]` : host);

function bind(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/**
 * Listens, and answers by `handle`.
 *
 * @throws the error of node:net, whose `code` is EADDRINUSE for a busy port.
 */
export async function listen(options: ListenOptions): Promise<Listening> {
  const adapter = new Adapter(options);
  const server = createServer((incoming, outgoing) => void adapter.respond(incoming, outgoing).catch(() => outgoing.destroy()));
  await bind(server, options.port, options.host);
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://${bracketed(options.host)}:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
