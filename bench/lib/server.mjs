// Serves what the pages need on the loopback address: bundles, the measuring script, and files that a rival ships prebuilt.
import { createReadStream, statSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { root } from './deps.mjs';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
};

function fileOf(url) {
  const wanted = decodeURIComponent(new URL(url, 'http://bench').pathname);
  const file = path.join(root, wanted);
  const allowed = /^\/(dist|lib|deps)\//.test(wanted) && file.startsWith(root);
  return allowed && statSync(file, { throwIfNoEntry: false })?.isFile() ? file : undefined;
}

export function serve() {
  const server = http.createServer((request, response) => {
    const file = fileOf(request.url);
    if (!file) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream', 'cache-control': 'no-store' });
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve({ url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() })),
  );
}
