import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { describe, test } from 'node:test';
import { CareError, isCareError, type CareErrorKind } from '../../../../src/models/errors.js';
import { literalOf } from '../../../../src/models/fhir/json.js';
import { createFhirBackend } from '../../../../src/client/backends/fhir/index.js';
import { breakGlass, dropsConnection, htmlError, rateLimited, silent, slow } from '../../../../src/testing/personalities.js';
import { caseFiles, skipWithoutCases } from '../../../support/cases.js';
import { BASE, json, outcome, stub } from '../../stub-server.js';

const failure = async (work: Promise<unknown>): Promise<CareError> => {
  try {
    await work;
  } catch (error) {
    assert.ok(isCareError(error), `no CareError: ${inspect(error)}`);
    return error;
  }
  throw new Error('it succeeded');
};
const readOf = (answer: Parameters<typeof stub>[0], options = {}) => stub(answer, options).backend.read('Patient', 'p1', { timeout: 5000 });
const patient = { resourceType: 'Patient', id: 'p1', name: [{ family: 'Secretname' }] };

describe('statuses', () => {
  const kinds: [number, CareErrorKind][] = [
    [400, 'validation'],
    [401, 'auth'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [405, 'unsupported'],
    [408, 'offline'],
    [409, 'conflict'],
    [410, 'gone'],
    [412, 'precondition'],
    [415, 'unsupported'],
    [422, 'validation'],
    [423, 'locked'],
    [424, 'precondition'],
    [429, 'rate-limited'],
    [500, 'server'],
    [501, 'unsupported'],
    [502, 'server'],
    [418, 'validation'],
  ];
  for (const [status, kind] of kinds) {
    test(`${status} is ${kind}`, async () => {
      const error = await failure(readOf(() => new Response(null, { status })));
      assert.deepEqual([error.kind, error.status], [kind, status]);
    });
  }

  test('412 is a conflict where a version was sent', async () => {
    const { backend } = stub(({ path }) => new Response(null, { status: path === 'metadata' ? 404 : 412 }));
    const update = { method: 'update', resource: { resourceType: 'Patient', id: 'p1' } } as const;
    assert.equal((await failure(backend.write([{ ...update, ifMatch: '1' }], { atomic: 'required' }))).kind, 'conflict');
    assert.equal((await failure(backend.write([update], { atomic: 'required' }))).kind, 'precondition');
  });

  test('which can be tried again', async () => {
    const retryable = async (status: number) => (await failure(readOf(() => new Response(null, { status })))).retryable;
    assert.deepEqual(await Promise.all([429, 408, 502, 503, 504].map(retryable)), [true, true, true, true, true]);
    assert.deepEqual(await Promise.all([400, 401, 403, 404, 409, 500].map(retryable)), [false, false, false, false, false, false]);
  });

  test('how long to wait: seconds, or a date', async () => {
    const wait = async (headers: Record<string, string>) =>
      (await failure(readOf(() => new Response(null, { status: 429, headers })))).retryAfter;
    assert.equal(await wait({ 'Retry-After': '7' }), 7);
    const soon = await wait({ 'Retry-After': new Date(Date.now() + 60_000).toUTCString() });
    assert.ok(soon! > 50 && soon! <= 61, String(soon));
    assert.equal(await wait({ 'Retry-After': 'soon' }), undefined);
    assert.equal(await wait({}), undefined);
    const { kind, retryAfter } = await failure(readOf(rateLimitedAnswer));
    assert.deepEqual([kind, retryAfter], ['rate-limited', 3]);
  });
  const rateLimitedAnswer = (): Promise<Response> => rateLimited(3)(async () => json({}))(new Request(BASE));
});

describe('break the glass', () => {
  test('is told apart from a plain refusal', async () => {
    const open = stub(() => json(patient));
    const guarded = createFhirBackend({ baseUrl: BASE, fetch: breakGlass(['p1'])(async () => json(patient)) });
    assert.equal((await failure(guarded.read('Patient', 'p1'))).kind, 'break-glass');
    assert.equal((await open.backend.read('Patient', 'p1')).id, 'p1');
  });

  test("HL7's example, as a refusal and in place of the record", { skip: skipWithoutCases }, async () => {
    const example = caseFiles('fhir-bad-and-fhirpath/operationoutcome').find(({ name }) => name.includes('break-the-glass'))!.text;
    for (const status of [403, 404, 200])
      assert.equal((await failure(readOf(() => json(example, status)))).kind, 'break-glass', String(status));
  });

  test("Epic's numbers, and plain words", async () => {
    const coded = outcome({
      severity: 'error',
      code: 'forbidden',
      details: { coding: [{ system: 'urn:oid:1.2.840.114350.1.13.0', code: '4130' }] },
    });
    assert.equal((await failure(readOf(() => json(coded, 403)))).kind, 'break-glass');
    assert.equal((await failure(readOf(() => json(outcome({ diagnostics: 'Break-the-Glass required' }), 403)))).kind, 'break-glass');
    assert.equal((await failure(readOf(() => json(outcome({ diagnostics: 'Not allowed' }), 403)))).kind, 'forbidden');
  });
});

describe('bodies', () => {
  test('keep the digits of numbers', async () => {
    const text = '{"resourceType":"Patient","id":"p1","extension":[{"url":"urn:x","valueDecimal":1.50}]}';
    const read = (await readOf(() => text)) as { extension?: object[] };
    assert.equal(literalOf(read.extension![0]!, 'valueDecimal'), '1.50');
  });

  test('with a byte order mark, of another JSON type, or without any type, are read', async () => {
    const text = JSON.stringify(patient);
    assert.equal((await readOf(() => json(`\ufeff${text}`))).id, 'p1');
    for (const type of ['application/json', 'application/json+fhir', 'text/plain'])
      assert.equal((await readOf(() => json(text, 200, { 'Content-Type': type }))).id, 'p1');
    assert.equal((await readOf(() => new Response(new TextEncoder().encode(text)))).id, 'p1');
  });

  test('in another encoding are read by it; broken ones are refused, not guessed', async () => {
    const latin = Uint8Array.from(
      [...'{"resourceType":"Patient","id":"p1","name":[{"family":"Müller"}]}'].map((letter) => letter.charCodeAt(0)),
    );
    const said = { 'Content-Type': 'application/fhir+json; charset=iso-8859-1' };
    assert.equal((await readOf(() => new Response(latin, { headers: said }))).name?.[0]?.family, 'Müller');
    const unsaid = new Response(latin, { headers: { 'Content-Type': 'application/fhir+json' } });
    assert.equal((await failure(readOf(() => unsaid))).kind, 'malformed');
    const unknown = new Response(latin, { headers: { 'Content-Type': 'application/fhir+json; charset=klingon' } });
    assert.equal((await failure(readOf(() => unknown))).kind, 'malformed');
  });

  const malformed: Record<string, () => Response> = {
    'an empty body': () => new Response('', { status: 200 }),
    'no body (204)': () => new Response(null, { status: 204 }),
    'white space': () => json('  \n '),
    'a web page': () => new Response('<!DOCTYPE html><html>Secretname</html>', { headers: { 'Content-Type': 'text/html' } }),
    XML: () =>
      new Response('<Patient xmlns="http://hl7.org/fhir"><id value="p1"/></Patient>', {
        headers: { 'Content-Type': 'application/fhir+xml' },
      }),
    'cut off JSON': () => json('{"resourceType":"Patient","id":"p1","name":[{"family":"Secretna'),
    'a property twice': () => json('{"resourceType":"Patient","id":"p1","id":"p2"}'),
    'a list': () => json('[{"resourceType":"Patient","id":"p1"}]'),
    null: () => json('null'),
    'no resourceType': () => json('{"id":"p1"}'),
    'another type': () => json('{"resourceType":"Practitioner","id":"p1"}'),
    'another record': () => json('{"resourceType":"Patient","id":"p2","name":[{"family":"Secretname"}]}'),
    'messages in its place': () => json(outcome({ severity: 'error', code: 'exception', diagnostics: 'Secretname' })),
    'a redirect': () => new Response(null, { status: 302, headers: { Location: 'https://evil.example.org/' } }),
  };
  for (const [name, answer] of Object.entries(malformed)) {
    test(`${name} is malformed, and the error holds nothing of it`, async () => {
      const error = await failure(readOf(answer));
      assert.equal(error.kind, 'malformed');
      assert.doesNotMatch(`${error.message} ${JSON.stringify(error)}`, /Secret|html|p1|evil/);
    });
  }

  test('too large ones are not read on, whether their length is said or not', async () => {
    const big = JSON.stringify({ ...patient, text: { div: 'x'.repeat(10_000) } });
    assert.match((await failure(readOf(() => json(big), { maxBytes: 5000 }))).message, /larger than/);
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled++;
        controller.enqueue(new Uint8Array(1000).fill(32));
      },
    });
    assert.equal((await failure(readOf(() => new Response(endless), { maxBytes: 50_000 }))).kind, 'malformed');
    assert.ok(pulled < 100, `${pulled} pieces read`);
    assert.match((await failure(readOf(() => json(big, 200, { 'Content-Length': '9999999999' })))).message, /larger than 64 MB/);
  });
});

describe('a failing proxy or connection', () => {
  const over = (personality: (handler: (request: Request) => Promise<Response>) => (request: Request) => Promise<Response>, options = {}) =>
    createFhirBackend({ baseUrl: BASE, fetch: personality(async () => json(patient)), retry: false, ...options });

  test("a proxy's page is not shown", async () => {
    const error = await failure(over(htmlError(502)).read('Patient', 'p1'));
    assert.deepEqual([error.kind, error.status, error.retryable, error.issues], ['server', 502, true, []]);
    assert.doesNotMatch(inspect(error), /10\.0\.0\.7|Bad Gateway/);
    const hidden = (): Response =>
      json(outcome({ severity: 'error', code: 'exception', diagnostics: '<html><body>10.0.0.7</body></html>' }), 500);
    assert.equal((await failure(readOf(hidden))).issues[0]!.message, 'exception');
  });

  test('a broken connection is offline, before the answer and within it; nothing of the address is told', async () => {
    for (const when of ['before', 'within'] as const) {
      const error = await failure(over(dropsConnection(when)).read('Patient', 'p1'));
      assert.deepEqual([error.kind, error.retryable, error.cause], ['offline', true, undefined], when);
      assert.doesNotMatch(inspect(error, { showHidden: true, depth: 5 }).replace(/\n\s+at .*/g, ''), /example\.org/);
    }
  });

  test('a slow answer is offline when the time is over, for the call or by default', async () => {
    assert.equal((await failure(over(slow(5000)).read('Patient', 'p1', { timeout: 20 }))).kind, 'offline');
    assert.equal((await failure(over(slow(5000), { timeout: 20 }).read('Patient', 'p1'))).kind, 'offline');
    assert.equal((await failure(over(silent, { timeout: 20 }).read('Patient', 'p1'))).kind, 'offline');
    assert.equal((await over(slow(5)).read('Patient', 'p1', { timeout: 5000 })).id, 'p1');
  });

  test('a body that never ends is offline too', async () => {
    const stalled = (): Response =>
      new Response(new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{"resourceType":')) }));
    assert.equal((await failure(stub(stalled, { timeout: 20 }).backend.read('Patient', 'p1'))).kind, 'offline');
  });

  test('giving up ends the wait, also where fetch does not listen', async () => {
    for (const personality of [slow(5000), silent]) {
      const controller = new AbortController();
      const work = over(personality).read('Patient', 'p1', { signal: controller.signal });
      setTimeout(() => controller.abort(), 10);
      assert.equal((await failure(work)).kind, 'aborted');
    }
  });
});

describe('what goes out', () => {
  test('asks for JSON, sends no referrer, uses no cache, follows no redirect and is never kept alive', async () => {
    let sent: Request | undefined;
    const backend = createFhirBackend({
      baseUrl: `${BASE}/`,
      fetch: async (request) => {
        sent = request;
        return json(patient);
      },
      headers: { Authorization: 'Bearer one' },
    });
    await backend.read('Patient', 'p1');
    assert.equal(sent!.url, `${BASE}/Patient/p1`);
    assert.match(sent!.headers.get('Accept')!, /^application\/fhir\+json/);
    assert.equal(sent!.headers.get('Authorization'), 'Bearer one');
    assert.deepEqual(
      [sent!.cache, sent!.redirect, sent!.referrerPolicy, sent!.keepalive, sent!.credentials],
      ['no-store', 'manual', 'no-referrer', false, 'same-origin'],
    );
  });

  test('headers can be asked for each time', async () => {
    let token = 0;
    const { backend, seen } = stub(() => patient, { headers: async () => ({ Authorization: `Bearer ${++token}` }) });
    await backend.read('Patient', 'p1');
    await backend.read('Patient', 'p1');
    assert.deepEqual(
      seen.map(({ headers }) => headers.get('Authorization')),
      ['Bearer 1', 'Bearer 2'],
    );
  });

  test('a token source that fails with a CareError is heard, and another failure is not leaked', async () => {
    const failing = (error: Error) => stub(() => patient, { headers: () => Promise.reject(error) }).backend.read('Patient', 'p1');
    assert.equal((await failure(failing(new CareError('auth', 'Sign in again.')))).message, 'Sign in again.');
    assert.doesNotMatch(inspect(await failure(failing(new Error('token abc')))), /abc/);
  });

  test('a base URL must be one, and hold no secret', () => {
    for (const baseUrl of ['', '/fhir', 'fhir.example.org', 'ftp://x/y', 'https://user:pass@x/y', 'https://x/y?key=1', 'https://x/#a']) {
      assert.throws(
        () => createFhirBackend({ baseUrl }),
        (error) => isCareError(error, 'validation'),
        baseUrl,
      );
    }
    assert.equal(createFhirBackend({ baseUrl: 'https://x.org/fhir//' }).baseUrl, 'https://x.org/fhir');
    assert.equal(createFhirBackend({ baseUrl: 'https://x.org' }).baseUrl, 'https://x.org');
  });
});

describe('a version that stands in the ETag alone', () => {
  for (const [tag, version] of [
    ['W/"3"', '3'],
    ['"3"', '3'],
    ['3', '3'],
    ['W/"3-gzip"', '3'],
    ['W/"a-b--gzip"', 'a-b'],
    ['"x;br"', 'x'],
  ] as const) {
    test(`${tag} is put into the record, as ${version}`, async () => {
      const read = await readOf(() => json(patient, 200, { ETag: tag }));
      assert.equal(read.meta?.versionId, version);
    });
  }

  test('one in the record stays', async () => {
    const read = await readOf(() => json({ ...patient, meta: { versionId: '7' } }, 200, { ETag: 'W/"hash"' }));
    assert.equal(read.meta?.versionId, '7');
  });
});
