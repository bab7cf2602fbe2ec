import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { CareError, isCareError } from '../../../../src/models/errors.js';
import type { Backend } from '../../../../src/client/backend.js';
import { createFhirBackend, type FhirBackendOptions } from '../../../../src/client/backends/fhir/index.js';
import { decide, mayRepeat } from '../../../../src/client/backends/fhir/retry.js';
import { retryAfterOf } from '../../../../src/client/backends/fhir/retry-after.js';
import { faults, flaky, type FaultScript } from '../../../../src/testing/flaky.js';
import { FakeClock } from '../../fake-clock.js';
import { BASE, capabilityStatement, json, pagesOf, searchset } from '../../stub-server.js';

const patient = { resourceType: 'Patient', id: 'p1', meta: { versionId: '1' } };
const failure = async (work: Promise<unknown>): Promise<CareError> => {
  const error: unknown = await work.then(
    () => assert.fail('it succeeded'),
    (reason: unknown) => reason,
  );
  assert.ok(isCareError(error), inspect(error));
  return error;
};

/** A backend over a server that answers everything but fails by the script, with a clock that nobody waits for. */
function server(script: FaultScript, options: Partial<FhirBackendOptions> = {}, clock = new FakeClock()) {
  const seen: string[] = [];
  const handler = async (request: Request): Promise<Response> => {
    if (request.url.endsWith('/metadata')) return json(capabilityStatement());
    if (request.url.includes('_search') || /Patient(\?|$)/.test(request.url)) {
      return request.method === 'POST' && !request.url.includes('_search') ? json(patient, 201) : json(searchset([]));
    }
    return json(patient);
  };
  const failing = flaky(handler, script);
  const backend = createFhirBackend({
    baseUrl: BASE,
    fetch: (request) => {
      seen.push(`${request.method} ${request.url.slice(BASE.length + 1)}`);
      return failing(request);
    },
    retry: clock.retry,
    ...options,
  });
  return { backend, seen, clock };
}

const read = (backend: Backend, options = {}) => backend.read('Patient', 'p1', options);
const create = (backend: Backend, options = {}) =>
  backend.write([{ method: 'create', resource: { resourceType: 'Patient' } }], { atomic: 'required', ...options });

describe('how long a server asks to wait', () => {
  const now = Date.parse('2026-11-24T00:00:00Z');
  const of = (headers: Record<string, string>) => retryAfterOf(new Headers(headers), now);

  test('in seconds', () => {
    assert.equal(of({ 'Retry-After': '7' }), 7);
    assert.equal(of({ 'Retry-After': ' 0 ' }), 0);
    assert.equal(of({ 'Retry-After': '1.2' }), 2);
  });

  test('until a date, by the clock of the server where it shows that', () => {
    assert.equal(of({ 'Retry-After': 'Tue, 24 Nov 2026 00:00:30 GMT' }), 30);
    assert.equal(of({ 'Retry-After': 'Tue, 24 Nov 2026 05:00:30 GMT', Date: 'Tue, 24 Nov 2026 05:00:00 GMT' }), 30);
    assert.equal(of({ 'Retry-After': 'Mon, 23 Nov 2026 23:59:00 GMT' }), 0);
  });

  test('by the reset of a rate limit: seconds, a moment in seconds or milliseconds', () => {
    assert.equal(of({ 'RateLimit-Reset': '12' }), 12);
    assert.equal(of({ 'X-RateLimit-Reset': '12' }), 12);
    assert.equal(of({ 'X-RateLimit-Reset': String(now / 1000 + 40) }), 40);
    assert.equal(of({ 'X-RateLimit-Reset': String(now + 40_000) }), 40);
    assert.equal(of({ 'X-RateLimit-Reset': String(now / 1000 + 40), Date: 'Tue, 24 Nov 2026 00:00:10 GMT' }), 30);
    assert.equal(of({ 'Retry-After': '3', 'RateLimit-Reset': '12' }), 3);
  });

  test('by the RateLimit header, old and new: of the policies that are used up, the longest', () => {
    assert.equal(of({ RateLimit: '"default";r=0;t=30' }), 30);
    assert.equal(of({ RateLimit: '"requests";r=0;t=1, "fhirInteractions";r=45000;t=60' }), 1);
    assert.equal(of({ RateLimit: '"burst";r=0;t=1, "day";r=0;t=600' }), 600);
    assert.equal(of({ RateLimit: 'burst;r=4;t=1, day;r=0;t=600' }), 600);
    assert.equal(of({ RateLimit: 'limit=100, remaining=0, reset=30' }), 30);
    assert.equal(of({ RateLimit: '"default";r=5;t=30' }), undefined);
  });

  test('is nothing where it cannot be understood', () => {
    for (const text of ['', 'soon', '-5', '1e3', 'P1D', '120, 120']) assert.equal(of({ 'Retry-After': text }), undefined, text);
  });
});

describe('what may be sent again', () => {
  const after = (status: number | undefined, retryAfter?: number) => {
    const kind = status === undefined || status === 408 || status === 425 ? 'offline' : status === 429 ? 'rate-limited' : 'server';
    const error = new CareError(status !== undefined && status < 500 && ![408, 425, 429].includes(status) ? 'validation' : kind, '', {
      status,
      retryAfter,
    });
    return [mayRepeat(error, true), mayRepeat(error, false)];
  };

  test('a read after all that may pass; a write where the server says that it did not take it', () => {
    for (const status of [undefined, 408, 425, 500, 502, 503, 504]) assert.deepEqual(after(status), [true, false], String(status));
    assert.deepEqual(after(429), [true, true]);
    assert.deepEqual(after(503, 1), [true, true]);
    assert.deepEqual(after(502, 1), [true, false]);
  });

  test('nothing after what will not pass', () => {
    for (const status of [400, 401, 403, 404, 409, 410, 412, 422, 501, 505])
      assert.deepEqual(after(status), [false, false], String(status));
    for (const kind of ['aborted', 'malformed', 'auth'] as const) assert.equal(mayRepeat(new CareError(kind, ''), true), false);
    assert.equal(mayRepeat(new Error('x'), true), false);
  });
});

describe('whether there is one more attempt', () => {
  const state = { sent: 1, left: 30_000, tokens: 10 };

  test('waits longer each time, by chance between nothing and a limit', () => {
    const waits = (random: number) =>
      [1, 2, 3, 4, 5, 6, 7].map(
        (sent) => (decide(undefined, { ...state, sent }, { attempts: 9, random: () => random }) as { wait: number }).wait,
      );
    assert.deepEqual(waits(0), Array(7).fill(0));
    assert.deepEqual(waits(0.999999).map(Math.round), [300, 600, 1200, 2400, 4800, 9600, 10_000]);
  });

  test('waits at least as long as it is asked to', () => {
    assert.deepEqual(decide(7, state, { random: () => 0 }), { wait: 7000 });
    assert.deepEqual(decide(7, { ...state, sent: 3 }, { random: () => 0.5 }), { wait: 7150 });
  });

  test('stops for the time, the attempts and the budget', () => {
    assert.deepEqual(decide(30, state, {}), { stop: 'time' });
    assert.deepEqual(decide(undefined, { ...state, left: 0 }, {}), { stop: 'time' });
    assert.deepEqual(decide(undefined, { ...state, sent: 4 }, {}), { stop: 'attempts' });
    assert.deepEqual(decide(undefined, { ...state, tokens: 0.9 }, {}), { stop: 'budget' });
  });

  test('never waits beyond the time that is left', () => {
    fc.assert(
      fc.property(
        fc.option(fc.nat(100), { nil: undefined }),
        fc.record({ sent: fc.integer({ min: 1, max: 9 }), left: fc.integer({ min: -10, max: 60_000 }), tokens: fc.nat(20) }),
        fc.double({ min: 0, max: 0.9999, noNaN: true }),
        (retryAfter, some, random) => {
          const verdict = decide(retryAfter, some, { attempts: 9, random: () => random });
          if ('wait' in verdict) assert.ok(verdict.wait >= (retryAfter ?? 0) * 1000 && verdict.wait < some.left);
        },
      ),
    );
  });
});

describe('a server that fails for a while', () => {
  test('is read from once it answers: 503 twice, a page of a proxy, a broken connection, a broken answer', async () => {
    for (const script of [
      [faults.busy(), faults.busy()],
      [faults.badGateway(), faults.badGateway({ status: 504 })],
      [faults.unreachable(), faults.brokenAnswer()],
      [faults.busy({ status: 500 }), faults.busy({ status: 408 }), faults.busy({ status: 425 })],
    ]) {
      const { backend, seen, clock } = server(script);
      assert.equal((await read(backend)).id, 'p1');
      assert.equal(seen.length, script.length + 1);
      assert.deepEqual(clock.waits, [150, 300, 600].slice(0, script.length));
    }
  });

  test('is searched too, by GET and by POST, and asked for the next page', async () => {
    for (const params of [{ active: true }, { family: 'Secret' }]) {
      const { backend, seen } = server([faults.busy(), faults.unreachable()]);
      assert.equal((await pagesOf(backend.search('Patient', params))).length, 1);
      assert.equal(seen.length, 3);
    }
    assert.match(server([]).backend.baseUrl, /r4$/);
  });

  test('is asked an operation again by GET, never by POST', async () => {
    const get = server([faults.unreachable()]);
    await get.backend.operation('Patient/p1/$everything');
    assert.equal(get.seen.length, 2);
    const post = server([faults.unreachable()]);
    await failure(post.backend.operation('Patient/$validate', { parameters: { resourceType: 'Parameters' } }));
    assert.equal(post.seen.length, 1);
  });

  test('is given up after four attempts, and the error says how often and nothing of the page', async () => {
    const { backend, seen } = server(() => faults.badGateway());
    const error = await failure(read(backend));
    assert.deepEqual([error.kind, error.status, error.attempts, seen.length], ['server', 502, 4, 4]);
    assert.doesNotMatch(inspect(error), /10\.0\.0\.7|Bad Gateway/);
  });

  test('is asked as often as told, or once', async () => {
    const twice = server(() => faults.busy(), { retry: { ...new FakeClock().retry, attempts: 2 } });
    assert.equal((await failure(read(twice.backend))).attempts, 2);
    const once = server(() => faults.busy({ retryAfter: 1 }), { retry: false });
    const error = await failure(read(once.backend));
    assert.deepEqual([once.seen.length, error.retryAfter], [1, 1]);
  });

  test('is not asked again for what it refuses', async () => {
    for (const status of [400, 401, 403, 404, 410, 422]) {
      const { backend, seen } = server(() => faults.busy({ status }));
      await failure(read(backend));
      assert.equal(seen.length, 1, String(status));
    }
  });
});

describe('a write', () => {
  test('is sent again after 429, and after 503 that says when to come back', async () => {
    for (const fault of [faults.limited(), faults.limited({ retryAfter: 2 }), faults.busy({ retryAfter: 2 })]) {
      const { backend, seen } = server([undefined, fault]);
      await create(backend);
      assert.deepEqual(seen, ['GET metadata', 'POST Patient', 'POST Patient']);
    }
  });

  test('of which nobody knows whether it arrived is not, and the error says so', async () => {
    for (const fault of [
      faults.busy(),
      faults.badGateway(),
      faults.badGateway({ status: 504, arrived: true }),
      faults.unreachable(),
      faults.lostAnswer(),
      faults.brokenAnswer(),
      faults.busy({ status: 408 }),
    ]) {
      const { backend, seen } = server([undefined, fault]);
      const error = await failure(create(backend));
      assert.deepEqual([error.outcomeUnknown, error.retryable, error.attempts], [true, false, 1]);
      assert.match(error.message, /not known whether this was saved/);
      assert.deepEqual(seen, ['GET metadata', 'POST Patient']);
      assert.equal((JSON.parse(JSON.stringify(error)) as { outcomeUnknown: unknown }).outcomeUnknown, true);
    }
  });

  test('that failed on the server is not, and is known not to be saved', async () => {
    const { backend, seen } = server([undefined, faults.busy({ status: 500 })]);
    const error = await failure(create(backend));
    assert.deepEqual([error.kind, error.outcomeUnknown, seen.length], ['server', false, 2]);
  });
});

describe('waiting', () => {
  test('is as long as the server asks for: seconds, a date, the reset of a limit', async () => {
    const clock = new FakeClock();
    const date = new Date(clock.time + 4000).toUTCString();
    for (const fault of [
      faults.limited({ retryAfter: 4 }),
      faults.limited({ retryAfter: date }),
      faults.limited({ headers: { 'X-RateLimit-Reset': String(clock.time / 1000 + 4) } }),
      faults.limited({ headers: { RateLimit: '"requests";r=0;t=4' } }),
      faults.busy({ retryAfter: 4 }),
    ]) {
      const { backend, clock: used } = server([fault], {}, new FakeClock(0));
      await read(backend);
      assert.deepEqual(
        used.waits.filter((wait) => wait > 0),
        [4000],
      );
    }
  });

  test('longer than the caller waits is not begun: rate-limited at once, with the seconds', async () => {
    for (const fault of [faults.limited({ retryAfter: 60 }), faults.busy({ retryAfter: 60 })]) {
      const { backend, seen, clock } = server([fault]);
      const error = await failure(read(backend, { timeout: 5000 }));
      assert.deepEqual([error.kind, error.retryAfter, error.retryable, error.attempts], ['rate-limited', 60, true, 1]);
      assert.deepEqual([seen.length, clock.waits], [1, []]);
    }
  });

  test('adds up, and ends with the time of the call', async () => {
    const { backend, clock } = server(() => faults.busy({ retryAfter: 2 }));
    const began = clock.time;
    const error = await failure(read(backend, { timeout: 5000 }));
    assert.equal(error.kind, 'rate-limited');
    assert.ok(clock.time - began < 5000);
    assert.equal(error.attempts, 3);
  });

  test('ends at once when the caller gives up', async () => {
    const { backend, seen } = server(() => faults.busy({ retryAfter: 20 }), { retry: {} });
    const controller = new AbortController();
    const work = failure(read(backend, { signal: controller.signal }));
    setTimeout(() => controller.abort(), 20);
    assert.equal((await work).kind, 'aborted');
    assert.equal(seen.length, 1);
  });

  test('for a limit stops all requests of this client, also those that did not meet it, and no other client', async () => {
    const { backend, seen, clock } = server([faults.limited({ retryAfter: 10 })]);
    clock.held = true;
    const first = read(backend);
    while (clock.waits.length === 0) await new Promise((resolve) => setTimeout(resolve, 0));
    const began = clock.time;
    const late = failure(create(backend, { timeout: 3000 }));
    const others = [read(backend), read(backend)];
    const error = await late;
    assert.deepEqual([error.kind, error.retryAfter, error.attempts, error.outcomeUnknown], ['rate-limited', 10, 0, false]);
    assert.equal(seen.length, 1, 'nothing went out meanwhile');
    clock.release();
    await Promise.all([first, ...others]);
    assert.ok(clock.time - began >= 10_000);
    assert.equal(seen.length, 4);
    const other = server([]);
    await read(other.backend);
    assert.deepEqual(other.clock.waits, []);
  });

  test('a limit that was set for years is tried after ten minutes', async () => {
    const { backend, seen, clock } = server([faults.limited({ retryAfter: 999_999_999 })]);
    await failure(read(backend));
    clock.time += 600_001;
    await read(backend);
    assert.equal(seen.length, 2);
  });
});

describe('the budget', () => {
  test('bounds the retries of a client: a burst, then one in five requests', async () => {
    const { backend, seen } = server(() => faults.busy(), { retry: { ...new FakeClock().retry, attempts: 4 } });
    for (let i = 0; i < 100; i++) await failure(read(backend));
    assert.ok(seen.length >= 100 + 25 && seen.length <= 100 + 10 + 20, `${seen.length} requests`);
  });

  test('is earned again by requests, not by time', async () => {
    let down = true;
    const { backend, seen, clock } = server(() => (down ? faults.busy() : undefined));
    for (let i = 0; i < 9; i++) await failure(read(backend));
    clock.time += 3_600_000;
    seen.length = 0;
    await failure(read(backend));
    assert.equal(seen.length, 1);
    down = false;
    for (let i = 0; i < 8; i++) await read(backend);
    down = true;
    seen.length = 0;
    await failure(read(backend));
    assert.equal(seen.length, 3);
  });

  test('can be set', async () => {
    const { backend, seen } = server(() => faults.busy(), { retry: { ...new FakeClock().retry, budget: { burst: 1, ratio: 0 } } });
    for (let i = 0; i < 5; i++) await failure(read(backend));
    assert.equal(seen.length, 6);
  });
});
