/**
 * `npm start`: bundles the clinic page from src/ and serves it on this machine only, under the strict CSP with
 * Trusted Types that carelet promises, so that a breach shows at once.
 *   npm start -- [--port N] [--data FILE …] [--patients N] [--seed N] [--zone IANA]
 * `/?fhir=URL` connects the page to a FHIR server instead: its one origin is put into the CSP.
 */
import { readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));

interface Options {
  port: number;
  data: string[];
  patients: number;
  seed: number;
  zone: string;
}

function fail(reason: string): never {
  console.error(`carelet clinic: ${reason}`);
  process.exit(1);
}

function readOptions(args: readonly string[]): Options {
  const options: Options = { port: 8080, data: [], patients: 30, seed: 1, zone: 'Australia/Sydney' };
  const number = (name: string, text: string | undefined, least: number, most: number): number => {
    const value = Number(text);
    if (!text || !Number.isInteger(value) || value < least || value > most) fail(`--${name} takes a whole number from ${least} to ${most}`);
    return value;
  };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === '--port') options.port = number('port', args[++i], 0, 65_535);
    else if (arg === '--patients') options.patients = number('patients', args[++i], 0, 100_000);
    else if (arg === '--seed') options.seed = number('seed', args[++i], 0, 2 ** 31);
    else if (arg === '--zone') options.zone = args[++i] ?? fail('--zone takes an IANA time zone, such as America/New_York');
    else if (arg === '--data') while (args[i + 1] !== undefined && !args[i + 1]!.startsWith('--')) options.data.push(args[++i]!);
    else fail(`unknown option ${arg}; usage: npm start -- [--port N] [--data FILE …] [--patients N] [--seed N] [--zone IANA]`);
  }
  try {
    new Intl.DateTimeFormat('en', { timeZone: options.zone });
  } catch {
    fail('--zone takes an IANA time zone, such as America/New_York');
  }
  for (const file of options.data) {
    try {
      if (!statSync(file).isFile()) fail(`--data takes files, and this is not one: ${file}`);
      readFileSync(file);
    } catch (error) {
      fail(`cannot read ${file} (${(error as NodeJS.ErrnoException).code ?? 'unreadable'})`);
    }
  }
  return options;
}

/** The page's modules by path, bundled from source: what is served is always what the checkout holds. */
async function bundle(): Promise<Map<string, Uint8Array>> {
  const { outputFiles } = await build({
    entryPoints: { clinic: join(here, 'clinic.ts') },
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    conditions: ['browser', 'production'],
    mainFields: ['browser', 'module', 'main'],
    tsconfig: join(here, '../../tsconfig.json'),
    minify: true,
    sourcemap: true,
    legalComments: 'none',
    write: false,
    outdir: '/assets',
    logLevel: 'warning',
  });
  return new Map(outputFiles.map((file) => [`/assets/${basename(file.path)}`, file.contents]));
}

/** The origin of `?fhir=`, or undefined when it is no plain http(s) address: nothing else may reach the CSP header. */
function fhirOrigin(url: URL): string | undefined {
  const wanted = url.searchParams.get('fhir');
  if (!wanted) return undefined;
  try {
    const server = new URL(wanted);
    return (server.protocol === 'https:' || server.protocol === 'http:') && !server.username && !server.password
      ? server.origin
      : undefined;
  } catch {
    return undefined;
  }
}

const csp = (extra: string | undefined): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src 'self'${extra ? ` ${extra}` : ''}`,
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');

const TYPES: Record<string, string> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  map: 'application/json',
  json: 'application/json',
  svg: 'image/svg+xml',
};

async function start(options: Options): Promise<void> {
  const assets = await bundle();
  for (const name of ['index.html', 'clinic.css', 'favicon.svg'])
    assets.set(name === 'index.html' ? '/' : `/${name}`, readFileSync(join(here, name)));
  const folders = options.data.map((file) => dirname(resolve(file)));
  const config = {
    patients: options.patients,
    seed: options.seed,
    zone: options.zone,
    files: options.data.map((file, i) => ({
      name: basename(file),
      url: `/data/${i}`,
      from: `folder-${folders.indexOf(dirname(resolve(file)))}`,
    })),
  };
  assets.set('/config.json', new TextEncoder().encode(JSON.stringify(config)));

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const host = request.headers.host ?? '';
    // Another site that points its name at this address must not read what is loaded here (DNS rebinding).
    if (!/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host))
      return void response.writeHead(421, { 'content-type': 'text/plain' }).end('This page is for this machine only.\n');
    if (request.method !== 'GET' && request.method !== 'HEAD') return void response.writeHead(405, { allow: 'GET, HEAD' }).end();
    const url = new URL(request.url ?? '/', `http://${host}`);
    const file = /^\/data\/(\d+)$/.exec(url.pathname);
    const path = file ? options.data[Number(file[1])] : undefined;
    const body = path ? readFileSync(path) : assets.get(url.pathname);
    if (!body) return void response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found.\n');
    const type = url.pathname === '/' ? 'text/html' : (TYPES[url.pathname.split('.').pop() ?? ''] ?? 'application/octet-stream');
    response.writeHead(200, {
      'content-type': `${type}; charset=utf-8`,
      'content-security-policy': csp(url.pathname === '/' ? fhirOrigin(url) : undefined),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  };

  const server = createServer((request, response) => {
    try {
      answer(request, response);
    } catch {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    }
  });
  server.on('error', (error: NodeJS.ErrnoException) =>
    fail(
      error.code === 'EADDRINUSE'
        ? `port ${options.port} is in use; choose another with: npm start -- --port N`
        : `cannot listen (${error.code})`,
    ),
  );
  server.listen(options.port, '127.0.0.1', () => {
    const address = server.address();
    console.log(`carelet clinic: http://127.0.0.1:${typeof address === 'object' && address ? address.port : options.port}/`);
    console.log(
      `A demo on ${options.data.length > 0 ? 'your files' : 'synthetic records'}: nothing is kept; nothing leaves this machine unless you open it with ?fhir=URL. Stop with Ctrl+C.`,
    );
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      server.close();
      server.closeAllConnections();
      process.exit(0);
    });
  }
}

await start(readOptions(process.argv.slice(2)));
