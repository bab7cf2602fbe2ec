/**
 * A FHIR server that fails by a script: carelet's embedded backend behind node:http. Every connection is closed after its answer: over a
 * kept one Chromium sends a request again by itself when it breaks, and that would be counted as the client's doing.
 */
import http from 'node:http';
import { createEmbeddedBackend } from '../../src/client/backends/embedded/index.ts';

const bodyOf = async (request) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
};

/** @param files what else is served, by path: `{ type, body }`. */
export async function startServer(files) {
  let backend;
  let script = () => undefined;
  let log = [];

  const forward = async ({ method, url, headers }, body) => {
    const sent = new Headers(Object.entries(headers).filter(([name]) => !['connection', 'host', 'content-length'].includes(name)));
    const request = new Request(`http://${headers.host}${url}`, {
      method,
      headers: sent,
      ...(body.length > 0 ? { body } : {}),
    });
    const answer = await backend.handle(request, `http://${headers.host}/fhir`);
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: Buffer.from(await answer.arrayBuffer()) };
  };

  const answer = async (request, response) => {
    const path = new URL(request.url, 'http://bench').pathname;
    const file = files.get(path);
    response.setHeader('Connection', 'close');
    if (file) return void response.writeHead(200, { 'Content-Type': file.type }).end(file.body);
    if (!path.startsWith('/fhir')) return void response.writeHead(404).end();
    const entry = { method: request.method, path: request.url, at: performance.now() };
    log.push(entry);
    const body = await bodyOf(request);
    // What the failures are about: the server's word on itself comes through.
    const same = log.filter(({ method, path: other }) => method === entry.method && other !== '/fhir/metadata').length;
    const fault = path === '/fhir/metadata' ? undefined : script({ ...entry, count: same });
    if (fault?.wait) await new Promise((resolve) => setTimeout(resolve, fault.wait));
    if (fault?.drop === 'before') return void request.socket.destroy();
    if (fault?.status) return void response.writeHead(fault.status, fault.headers ?? {}).end(fault.body ?? '');
    const given = await forward(request, body);
    await fault?.then?.();
    if (fault?.drop === 'after') return void request.socket.destroy();
    response.writeHead(given.status, given.headers).end(given.body);
  };

  const server = http.createServer((request, response) => {
    answer(request, response).catch(() => response.destroyed || response.writeHead(500).end());
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** Begins a run: a new store with these records, and a script of what happens to its n-th request of a method. */
    begin: async (records, faults) => {
      backend = createEmbeddedBackend({ data: records });
      script = (request) => faults(request, backend);
      log = [];
      await backend.describe();
      return { backend, log };
    },
    close: () => server.close(),
  };
}
