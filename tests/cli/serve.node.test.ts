import assert from 'node:assert/strict';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, describe, test } from 'node:test';
import { listen, serveCommand } from '../../src/cli/serve.js';
import { refusal } from '../../src/client/backends/embedded/index.js';

interface Running {
  base: string;
  port: number;
  out: string[];
  err: string[];
  stop(): Promise<number>;
}

/** What a test that failed left running. */
const running = new Set<() => void>();
afterEach(() => {
  for (const stop of running) stop();
  running.clear();
});

/** Runs the command until it says that it is ready. */
async function start(...args: string[]): Promise<Running> {
  const [out, err]: [string[], string[]] = [[], []];
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  running.add(stop);
  let ready: (base: string) => void = () => undefined;
  const base = new Promise<string>((resolve) => (ready = resolve));
  const output = {
    out: (line: string): void => {
      out.push(line);
      const url = /FHIR R4 at (\S+)$/.exec(line)?.[1];
      if (url) ready(url);
    },
    err: (line: string): void => void err.push(line),
  };
  const code = serveCommand(args, output, stopped);
  const url = await Promise.race([base, code.then((one) => assert.fail(`ended with ${one}: ${err.join('\n')}`))]);
  return {
    base: url,
    port: Number(new URL(url).port),
    out,
    err,
    stop: () => {
      stop();
      return code;
    },
  };
}

/** A command that ends by itself. */
async function ends(...args: string[]): Promise<{ code: number; err: string }> {
  const err: string[] = [];
  const code = await serveCommand(args, { out: () => undefined, err: (line) => void err.push(line) }, new Promise(() => undefined));
  return { code, err: err.join('\n') };
}

interface Raw {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A request with any headers, which fetch would not let through. */
function raw(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks).toString() }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const folder = mkdtempSync(join(tmpdir(), 'carelet-serve-'));
after(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
};

describe('carelet serve', () => {
  test('is an empty FHIR server at /fhir on loopback, says so and what it is not, and ends with 0', async () => {
    const s = await start('--port', '0');
    assert.match(s.base, /^http:\/\/127\.0\.0\.1:\d+\/fhir$/);
    assert.match(s.out.join('\n'), /no access control.*development/i);
    const { total } = (await (await fetch(`${s.base}/Patient`)).json()) as { total: number };
    assert.equal(total, 0);
    const created = await fetch(`${s.base}/Patient`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/fhir+json' },
      body: '{"resourceType":"Patient"}',
    });
    assert.equal(created.status, 201);
    assert.ok(created.headers.get('Location')!.startsWith(`${s.base}/Patient/`));
    assert.equal((await fetch(created.headers.get('Location')!)).status, 200);
    assert.equal(await s.stop(), 0);
    await assert.rejects(fetch(s.base));
  });

  test('speaks HTTP: HEAD, 204, 304, errors as OperationOutcome, text in UTF-8', async () => {
    const s = await start('--port', '0');
    const put = await raw(s.port, '/fhir/Patient/p', {
      method: 'PUT',
      headers: { 'Content-Type': 'application/fhir+json' },
      body: '{"resourceType":"Patient","id":"p","name":[{"family":"Müller-كلب"}]}',
    });
    assert.equal(put.status, 201);
    assert.match((await raw(s.port, '/fhir/Patient?family=muller')).body, /Müller-كلب/);
    const head = await raw(s.port, '/fhir/Patient/p', { method: 'HEAD' });
    assert.deepEqual([head.status, head.body, head.headers.etag], [200, '', 'W/"1"']);
    assert.equal((await raw(s.port, '/fhir/Patient/p', { headers: { 'If-None-Match': 'W/"1"' } })).status, 304);
    assert.equal((await raw(s.port, '/fhir/Patient/p', { method: 'DELETE' })).status, 204);
    assert.match((await raw(s.port, '/fhir/Patient/p')).body, /OperationOutcome/);
    assert.equal((await raw(s.port, '/')).status, 404);
    assert.equal((await raw(s.port, '/fhir/Patient', { method: 'TRACE' })).status, 405);
    await s.stop();
  });

  test('a Host that is neither loopback nor --host is refused', async () => {
    const s = await start('--port', '0');
    for (const host of [
      'evil.test',
      `evil.test:${s.port}`,
      '127.0.0.1.evil.test',
      'localhost.evil.test',
      '10.0.0.1',
      'a b',
      '127.0.0.1@evil.test',
    ]) {
      const { status } = await raw(s.port, '/fhir/metadata', { headers: { Host: host } });
      assert.ok(status === 403 || status === 400, `${host}: ${status}`);
    }
    for (const host of [`127.0.0.1:${s.port}`, `localhost:${s.port}`, 'LOCALHOST', `[::1]:${s.port}`, 'app.localhost:1']) {
      const { status } = await raw(s.port, '/fhir/Patient', { headers: { Host: host } });
      assert.equal(status, 200, host);
    }
    await s.stop();
  });

  test('the Host that was given by --host is taken', async () => {
    const listening = await listen({ handle: async () => new Response('ok'), port: 0, host: 'localhost', refuse: refusal });
    assert.equal((await fetch(`http://localhost:${listening.port}/`)).status, 200);
    await listening.close();
  });

  const cors = (answer: Raw): string | undefined => answer.headers['access-control-allow-origin'];
  test('CORS: loopback origins on any port may read, with ETag, Location and Last-Modified; others may not', async () => {
    const s = await start('--port', '0');
    for (const origin of ['http://localhost:3000', 'http://127.0.0.1:5173', 'https://localhost', 'http://[::1]:8080']) {
      const answer = await raw(s.port, '/fhir/Patient', { headers: { Origin: origin } });
      assert.equal(cors(answer), origin);
      for (const name of ['ETag', 'Location', 'Last-Modified', 'Content-Location'])
        assert.match(String(answer.headers['access-control-expose-headers']), new RegExp(name));
      assert.match(String(answer.headers['vary']), /Origin/);
    }
    for (const origin of ['https://evil.test', 'http://localhost.evil.test', 'null'])
      assert.equal(cors(await raw(s.port, '/fhir/Patient', { headers: { Origin: origin } })), undefined);
    await s.stop();
  });

  test('CORS: the preflight allows what FHIR needs', async () => {
    const s = await start('--port', '0');
    const ask = (origin: string): Promise<Raw> =>
      raw(s.port, '/fhir/Patient/p', {
        method: 'OPTIONS',
        headers: {
          Origin: origin,
          'Access-Control-Request-Method': 'PATCH',
          'Access-Control-Request-Headers': 'if-match,content-type,prefer',
        },
      });
    const good = await ask('http://localhost:3000');
    assert.deepEqual([good.status, cors(good)], [204, 'http://localhost:3000']);
    assert.match(String(good.headers['access-control-allow-methods']), /PUT.*PATCH.*DELETE/);
    assert.match(String(good.headers['access-control-allow-headers']), /if-match/);
    const bad = await ask('https://evil.test');
    assert.deepEqual([bad.status, cors(bad)], [403, undefined]);
    await s.stop();
  });

  test('CORS: --cors widens it to origins, or to any', async () => {
    const some = await start('--port', '0', '--cors', 'https://app.test', 'https://other.test:8443');
    for (const origin of ['https://app.test', 'https://other.test:8443', 'http://localhost:1'])
      assert.equal(cors(await raw(some.port, '/fhir/Patient', { headers: { Origin: origin } })), origin);
    assert.equal(cors(await raw(some.port, '/fhir/Patient', { headers: { Origin: 'https://third.test' } })), undefined);
    await some.stop();
    const any = await start('--port', '0', '--cors', '*');
    assert.equal(cors(await raw(any.port, '/fhir/Patient', { headers: { Origin: 'https://third.test' } })), '*');
    await any.stop();
  });

  test('--data: files and folders, invalid ones stored and listed, what holds nothing skipped', async () => {
    const patient = file('data/one/p.json', '{"resourceType":"Patient","id":"p","gender":"male"}');
    file(
      'data/one/o.ndjson',
      '{"resourceType":"Observation","id":"o","status":"final","code":{"text":"x"},"subject":{"reference":"Patient/p"}}\n',
    );
    file('data/two/p.json', '{"resourceType":"Patient","id":"p","gender":"nonsense"}');
    file('data/two/package.json', '{"name":"x"}');
    file('data/.hidden/q.json', '{"resourceType":"Patient","id":"hidden"}');
    const s = await start('--port', '0', '--data', join(folder, 'data'), patient);
    assert.match(s.out[0]!, /^3 resources from 5 files/);
    assert.match(s.err.join('\n'), /not valid: Patient\/\S+: Patient\.gender/);
    assert.match(s.err.join('\n'), /skipped: .*package\.json/);
    const { total } = (await (await fetch(`${s.base}/Patient`)).json()) as { total: number };
    assert.equal(total, 2);
    const found = (await (await fetch(`${s.base}/Observation?patient.gender=male`)).json()) as { total: number };
    assert.equal(found.total, 1);
    await s.stop();
  });

  test('--patients: a synthetic practice', async () => {
    const s = await start('--port', '0', '--patients', '5', '--seed', '7');
    const { total } = (await (await fetch(`${s.base}/Patient?_summary=count`)).json()) as { total: number };
    assert.ok(total >= 5);
    await s.stop();
  });

  test('a busy port, a file that is not there or not FHIR, and an option that makes no sense end it with a plain reason', async () => {
    const busy = createServer();
    await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
    const { port } = busy.address() as AddressInfo;
    const inUse = await ends('--port', String(port));
    assert.deepEqual([inUse.code, /port \d+ is in use/.test(inUse.err)], [1, true]);
    await new Promise((resolve) => busy.close(resolve));
    const cases: [args: string[], code: number, reason: RegExp][] = [
      [['--data', join(folder, 'none.json')], 1, /can not read .*none\.json: there is no such file/],
      [['--port', '0', '--data', file('text.json', 'hello')], 1, /can not read .*text\.json: Not JSON/],
      [['--port', '0', '--data', file('other.json', '{"a":1}')], 1, /can not read .*other\.json: It is no resource/],
      [['--host', '192.0.2.1', '--port', '0'], 1, /no address 192\.0\.2\.1/],
      [['--port', 'x'], 2, /--port takes a whole number/],
      [['--port', '70000'], 2, /--port takes a whole number/],
      [['--cors', 'nonsense'], 2, /--cors takes origins/],
      [['--data'], 2, /--data takes a value/],
      [['--frobnicate'], 2, /there is no option --frobnicate[^]*usage: carelet serve/],
    ];
    for (const [args, code, reason] of cases) {
      const result = await ends(...args);
      assert.equal(result.code, code, args.join(' '));
      assert.match(result.err, reason);
    }
  });

  test('a body that is too large is 413, said or streamed', async () => {
    const listening = await listen({
      handle: async (request) => new Response(await request.text()),
      port: 0,
      host: '127.0.0.1',
      maxBytes: 1000,
      refuse: refusal,
    });
    assert.equal((await raw(listening.port, '/', { method: 'POST', body: 'x'.repeat(1000) })).status, 200);
    for (const headers of [{}, { 'Transfer-Encoding': 'chunked' }] as Record<string, string>[]) {
      const result = await raw(listening.port, '/', { method: 'POST', headers, body: 'x'.repeat(1001) }).then(({ status }) => status);
      assert.equal(result, 413);
    }
    await listening.close();
  });

  test('a handler that fails is 500 and says nothing of it', async () => {
    const listening = await listen({ handle: () => Promise.reject(new Error('Anna Müller')), port: 0, host: '127.0.0.1', refuse: refusal });
    const { status, body } = await raw(listening.port, '/');
    assert.equal(status, 500);
    assert.doesNotMatch(body, /Anna/);
    await listening.close();
  });
});
