// The command as people run it: child processes against `carelet serve` and servers by hand.
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { listen, type Listening } from '../../src/cli/listen.js';
import { createEmbeddedBackend, refusal as refuse, type EmbeddedBackend } from '../../src/client/backends/embedded/index.js';
import type { CheckReport } from '../../src/client/check/index.js';
import { noTransactions, refusal, type Handler, type Personality } from '../../src/testing/personalities.js';

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

function carelet(...args: string[]): { child: ChildProcess; ended: Promise<Ended>; said: (words: RegExp) => Promise<RegExpExecArray> } {
  const child = spawn(process.execPath, ['bin/carelet.mjs', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  const waiting = new Set<() => void>();
  const heard = (): void => waiting.forEach((look) => look());
  child.stdout.on('data', (data: Buffer) => ((out += String(data)), heard()));
  child.stderr.on('data', (data: Buffer) => ((err += String(data)), heard()));
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, out, err })));
  const said = (words: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = words.exec(out) ?? words.exec(err);
        if (!found) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      void ended.then(() => reject(new Error(`ended without saying ${words}: ${out}${err}`)));
      look();
    });
  return { child, ended, said };
}
const run = (...args: string[]): Promise<Ended> => carelet('check', ...args).ended;

/** A personality over an embedded server, on node:http. */
async function served(personality: Personality): Promise<{ server: EmbeddedBackend; url: string; close: () => Promise<void> }> {
  let handle: Handler = async () => new Response(null, { status: 503 });
  const listening: Listening = await listen({ handle: (request) => handle(request), port: 0, host: '127.0.0.1', refuse });
  const url = `${listening.origin}/fhir`;
  const server = createEmbeddedBackend({ baseUrl: url });
  handle = personality(server.handle);
  return { server, url, close: () => listening.close() };
}

/** Anything at all on node:http. */
async function answering(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ url: string; close: () => void }> {
  const server: Server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`,
    close: () => (server.closeAllConnections(), server.close()),
  };
}

async function left(server: EmbeddedBackend): Promise<number> {
  let rows = 0;
  for (const type of ['Patient', 'Observation', 'Appointment'] as const)
    for await (const page of server.search(type, {})) rows += page.items.length;
  return rows;
}

describe('carelet check against carelet serve', () => {
  const serving = carelet('serve', '--port', '0', '--patients', '3');
  let url = '';
  before(async () => {
    url = (await serving.said(/FHIR R4 at (\S+)/))[1]!;
  });
  after(async () => {
    serving.child.kill('SIGTERM');
    await serving.ended;
  });

  test('prints widgets and trials, and ends with 0', async () => {
    const { code, out, err } = await run(url);
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /^carelet embedded backend, FHIR 4\.0\.1, at http:/);
    for (const words of [
      /patient search\s+(?:in full|reduced)/,
      /scheduler/,
      /chart viewer/,
      /prescription pad/,
      /read a record\s+yes\s+yes\s+\d+ ms/,
      /Nothing was written\./,
    ])
      assert.match(out, words);
  });

  test('--json prints the report and nothing else; --write leaves nothing behind', async () => {
    const total = async (): Promise<unknown> => ((await (await fetch(`${url}/Patient?_summary=count`)).json()) as { total: unknown }).total;
    const before = await total();
    const { code, out, err } = await run(url, '--json', '--write', '--origin', 'http://localhost:5173');
    const report = JSON.parse(out) as CheckReport;
    assert.deepEqual([code, err, report.format, report.examined, report.wrote, report.left], [0, '', 'carelet-check/1', true, true, []]);
    assert.deepEqual(
      report.trials.filter(({ outcome, id }) => outcome !== 'yes' && id !== 'expand'),
      [],
    );
    assert.equal(await total(), before);
  });
});

describe('exit codes and reasons', () => {
  test('2 for a command line that makes no sense, and no secret is repeated', async () => {
    const lines: [string[], RegExp][] = [
      [[], /which server\?/],
      [['http://a', 'http://b'], /one server at a time/],
      [['ftp://a'], /http:\/\/ or https:\/\//],
      [['http://user:hush-hush@a/fhir'], /credentials do not belong/],
      [['http://a/fhir?x=1'], /no query/],
      [['http://a', '--header'], /--header takes/],
      [['http://a', '--header', 'hush-hush'], /--header takes/],
      [['http://a', '--header', 'X: hush-hush\nY: z'], /--header takes/],
      [['http://a', '--origin', 'a'], /--origin takes/],
      [['http://a', '--loud=hush-hush'], /no option --loud$/m],
    ];
    const results = await Promise.all(lines.slice(0, 3).map(([args]) => run(...args)));
    const { checkCommand } = await import('../../src/cli/check.js');
    for (const [index, [args, reason]] of lines.entries()) {
      const err: string[] = [];
      const code = results[index]?.code ?? (await checkCommand(args, { out: () => undefined, err: (line) => void err.push(line) }));
      const said = results[index]?.err ?? err.join('\n');
      assert.equal(code, 2, args.join(' '));
      assert.match(said, reason);
      assert.match(said, /usage: carelet check URL/);
      assert.ok(!said.includes('hush-hush'));
    }
  });

  test('2 where nothing listens', async () => {
    const gone = await answering(() => undefined);
    gone.close();
    const { code, out } = await run(gone.url);
    assert.equal(code, 2);
    assert.match(out, /could not be examined: nothing listens at that address and port/);
  });

  test('2 for a web page, with the reason in the JSON too', async () => {
    const page = await answering((_, response) =>
      response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>Portal</title>'),
    );
    try {
      const { code, out, err } = await run(page.url, '--json');
      const report = JSON.parse(out) as CheckReport;
      assert.deepEqual([code, report.examined, report.trials], [2, false, []]);
      assert.match(report.reason ?? '', /web page, not with FHIR/);
      assert.match(err, /web page/);
    } finally {
      page.close();
    }
  });

  test('2 for plain http behind https', async () => {
    const plain = await answering((_, response) => response.end());
    try {
      const { code, out } = await run(plain.url.replace('http:', 'https:'));
      assert.equal(code, 2);
      assert.match(out, /TLS: the server does not speak TLS at this port/);
    } finally {
      plain.close();
    }
  });
});

describe('over a server with a mind of its own', () => {
  test('headers go out with each request and are printed nowhere, even where the server says them back', async () => {
    const tokens = new Set<string | null>();
    const echoing: Personality = (handler) => async (request) => {
      tokens.add(request.headers.get('Authorization'));
      const answer = await handler(request);
      if (!request.url.endsWith('/metadata')) return answer;
      const body = (await answer.json()) as { software: { name: string } };
      body.software.name = `Server for ${request.headers.get('Authorization')}`;
      return new Response(JSON.stringify(body), answer);
    };
    const { url, close } = await served(echoing);
    try {
      for (const json of [[], ['--json']]) {
        const { code, out, err } = await run(url, '--header', 'Authorization: Bearer hush-hush-hush', ...json);
        assert.equal(code, 0);
        assert.ok(out.includes('Server for …') && !`${out}${err}`.includes('hush'));
      }
      assert.deepEqual([...tokens], ['Bearer hush-hush-hush']);
    } finally {
      await close();
    }
  });

  test('a write that fails midway leaves nothing behind', async () => {
    const breaking: Personality = (handler) => async (request) =>
      request.method === 'PATCH' ? refusal(500, 'exception', 'Broken') : handler(request);
    const { server, url, close } = await served((handler) => breaking(noTransactions()(handler)));
    try {
      const { code, out } = await run(url, '--write');
      assert.equal(code, 0);
      assert.match(out, /change a part \(JSON Patch\).*NO.*HTTP 500/);
      assert.match(out, /What was created was removed again\./);
      assert.equal(await left(server), 0);
    } finally {
      await close();
    }
  });

  test('what cannot be removed is named', async () => {
    const keeping: Personality = (handler) => async (request) =>
      request.method === 'DELETE' ? refusal(403, 'forbidden', 'No.') : handler(request);
    const { server, url, close } = await served(keeping);
    try {
      const { code, err } = await run(url, '--write', '--json');
      assert.equal(code, 0);
      const named = [...err.matchAll(/could not be removed: (Patient|Observation|Appointment)\/\S+/g)];
      assert.equal(named.length, await left(server));
      assert.ok(named.length > 3);
    } finally {
      await close();
    }
  });

  test('interrupted midway it removes what it made, and ends with 130', async () => {
    let patched: () => void = () => undefined;
    const atPatch = new Promise<void>((resolve) => (patched = resolve));
    const hanging: Personality = (handler) => async (request) => {
      if (request.method !== 'PATCH') return handler(request);
      patched();
      return new Promise<Response>(() => undefined);
    };
    const { server, url, close } = await served(hanging);
    try {
      const checking = carelet('check', url, '--write', '--json');
      await atPatch;
      assert.ok((await left(server)) > 0);
      checking.child.kill('SIGINT');
      const { code, out, err } = await checking.ended;
      const report = JSON.parse(out) as CheckReport;
      assert.deepEqual([code, report.interrupted, report.left, await left(server)], [130, true, [], 0]);
      assert.match(err, /stopping; what was created is removed first/);
    } finally {
      await close();
    }
  });
});
