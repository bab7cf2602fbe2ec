import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isCareError } from '../../../../src/models/errors.js';
import { parseJson } from '../../../../src/models/fhir/json.js';
import type { Bundle, Observation, Patient, Slot } from '../../../../src/models/fhir/index.js';
import type { Backend, WriteOperation, WriteResult } from '../../../../src/client/backend.js';
import { temporaryId } from '../../../../src/client/temporary-id.js';
import { BASE, capabilityStatement, json, outcome, stub, type Answer, type Seen } from '../../stub-server.js';

const required = { atomic: 'required' } as const;
const patient: Patient = { resourceType: 'Patient', id: 'p1', meta: { versionId: '1' } };
const create: WriteOperation = { method: 'create', resource: { resourceType: 'Patient' } };

/** A server that declares transactions, or what is given, and answers writes by a function. */
const server = (answer: (seen: Seen) => Answer, metadata: object = capabilityStatement()) =>
  stub((seen) => (seen.path === 'metadata' ? metadata : answer(seen)));
const failsAs = (work: Promise<unknown>, ...kinds: Parameters<typeof isCareError>[1][]) =>
  assert.rejects(work, (error) => isCareError(error, ...kinds));

describe('one write', () => {
  test('goes out as the interaction that it is', async () => {
    const { backend, seen, paths } = server(() => json(patient, 201));
    const patch = [{ op: 'add', path: '/active', value: true }] as const;
    const parameters = { resourceType: 'Parameters', parameter: [] } as const;
    for (const operation of [
      { method: 'create', resource: { resourceType: 'Patient', active: true }, ifNoneExist: 'Patient?identifier=a%7Cb' },
      { method: 'update', resource: patient, ifMatch: '3' },
      { method: 'update', resource: patient },
      { method: 'patch', type: 'Patient', id: 'p1', patch, ifMatch: '3' },
      { method: 'patch', type: 'Patient', id: 'p1', patch: parameters as never },
      { method: 'delete', type: 'Patient', id: 'p1', ifMatch: '3' },
    ] as WriteOperation[])
      await backend.write([operation], required);
    assert.deepEqual(paths(), [
      'GET metadata',
      'POST Patient',
      'PUT Patient/p1',
      'PUT Patient/p1',
      'PATCH Patient/p1',
      'PATCH Patient/p1',
      'DELETE Patient/p1',
    ]);
    const header = (name: string) => seen.slice(1).map(({ headers }) => headers.get(name));
    assert.deepEqual(header('If-Match'), [null, 'W/"3"', null, 'W/"3"', null, 'W/"3"']);
    assert.deepEqual(header('If-None-Exist'), ['identifier=a%7Cb', null, null, null, null, null]);
    assert.deepEqual(header('Prefer'), Array(6).fill('return=representation'));
    assert.deepEqual(header('Content-Type').slice(0, 5), [
      'application/fhir+json',
      'application/fhir+json',
      'application/fhir+json',
      'application/json-patch+json',
      'application/fhir+json',
    ]);
    assert.equal(seen[1]!.body, '{"resourceType":"Patient","active":true}');
    assert.equal(seen[4]!.body, JSON.stringify(patch));
  });

  test('sends numbers as they were written', async () => {
    const { backend, seen } = server(() => json({ resourceType: 'Observation', id: 'o1' }, 201));
    const text = '{"resourceType":"Observation","valueQuantity":{"value":72.50}}';
    await backend.write([{ method: 'create', resource: parseJson(text) as Observation }], required);
    assert.equal(seen[1]!.body, text);
  });

  const outcomeOf = async (answer: () => Answer, operation: WriteOperation = create) => {
    const { outcomes, atomic } = await server(answer).backend.write([operation], required);
    assert.equal(atomic, true);
    assert.equal(outcomes[0]!.state, 'done');
    return outcomes[0] as Extract<(typeof outcomes)[0], { state: 'done' }>;
  };

  test('finds id and version wherever a server puts them', async () => {
    const found = async (answer: () => Answer, operation?: WriteOperation) => {
      const { id, versionId, status, resource } = await outcomeOf(answer, operation);
      return [id, versionId, status, resource !== undefined];
    };
    const empty =
      (headers: Record<string, string>, status = 201) =>
      () =>
        new Response(null, { status, headers });
    assert.deepEqual(await found(() => json({ ...patient, meta: { versionId: '5' } }, 201)), ['p1', '5', 201, true]);
    assert.deepEqual(await found(() => json(patient, 201, { ETag: 'W/"6"' })), ['p1', '6', 201, true]);
    assert.deepEqual(await found(empty({ Location: `${BASE}/Patient/p1/_history/7` })), ['p1', '7', 201, false]);
    assert.deepEqual(await found(empty({ Location: 'Patient/p1', ETag: '"8"' })), ['p1', '8', 201, false]);
    assert.deepEqual(await found(empty({ 'Content-Location': '/r4/Patient/p1/_history/9' })), ['p1', '9', 201, false]);
    assert.deepEqual(await found(empty({}, 200), { method: 'update', resource: patient }), ['p1', undefined, 200, false]);
    assert.deepEqual(await found(empty({}, 204), { method: 'delete', type: 'Patient', id: 'p1' }), ['p1', undefined, 204, false]);
  });

  test('gives the issues of an OperationOutcome that came in place of the record', async () => {
    const { resource, issues } = await outcomeOf(() =>
      json(outcome({ severity: 'warning', code: 'business-rule', details: { text: 'Noted' } }), 200, { Location: 'Patient/p1' }),
    );
    assert.deepEqual([resource, issues.map(({ message }) => message)], [undefined, ['Noted']]);
  });

  test('without an id, or with another record in the answer, is malformed', async () => {
    await failsAs(
      outcomeOf(() => new Response(null, { status: 201 })),
      'malformed',
    );
    await failsAs(
      outcomeOf(() => json({ ...patient, id: 'p2' }), { method: 'update', resource: patient }),
      'malformed',
    );
  });

  test('that is wrong in itself is not sent', async () => {
    const { backend, seen } = server(() => json(patient));
    for (const operation of [
      { method: 'update', resource: { resourceType: 'Patient' } },
      { method: 'create', resource: { resourceType: '../x' } },
      { method: 'delete', type: 'Patient?name=x', id: '1' },
    ] as unknown as WriteOperation[])
      await failsAs(backend.write([operation], required), 'validation');
    await failsAs(backend.write([create, { method: 'update', resource: { resourceType: 'Patient' } }], required), 'validation');
    assert.deepEqual(seen, []);
  });

  test('goes out also where the metadata cannot be had', async () => {
    const { backend } = stub(({ path }) => (path === 'metadata' ? new Response(null, { status: 500 }) : json(patient, 201)));
    assert.equal((await backend.write([create], required)).outcomes[0]!.state, 'done');
  });

  test('a patch that a server does not take is learned', async () => {
    const { backend } = server(() => new Response(null, { status: 415 }));
    const operation = (patch: unknown): WriteOperation => ({ method: 'patch', type: 'Patient', id: 'p1', patch: patch as [] });
    await failsAs(backend.write([operation([])], required), 'unsupported');
    assert.deepEqual([(await backend.describe()).jsonPatch, (await backend.describe()).fhirpathPatch], ['no', 'unknown']);
    await failsAs(backend.write([operation({ resourceType: 'Parameters' })], required), 'unsupported');
    assert.equal((await backend.describe()).fhirpathPatch, 'no');
  });
});

describe('a write that no answer came to', () => {
  const guarded: WriteOperation = { method: 'update', resource: patient, ifMatch: '1' };
  const patch: WriteOperation = { method: 'patch', type: 'Patient', id: 'p1', patch: [] };
  const told = async (operations: WriteOperation[], status?: number): Promise<[string, boolean, boolean]> => {
    const { backend } = server(() => {
      if (status === undefined) throw new TypeError('fetch failed');
      return new Response(null, { status });
    });
    const error: unknown = await backend.write(operations, required).catch((reason: unknown) => reason);
    assert.ok(isCareError(error));
    assert.equal(error.message.includes('not known whether'), error.outcomeUnknown);
    return [error.kind, error.retryable, error.outcomeUnknown];
  };

  test('and could double, is not to be made again by itself', async () => {
    assert.deepEqual(await told([create]), ['offline', false, true]);
    assert.deepEqual(await told([create], 504), ['server', false, true]);
    assert.deepEqual(await told([create], 503), ['server', false, true]);
    assert.deepEqual(await told([patch]), ['offline', false, true]);
    assert.deepEqual(await told([guarded, create]), ['offline', false, true]);
  });

  test('and could not double, may be', async () => {
    assert.deepEqual(await told([guarded]), ['offline', true, true]);
    assert.deepEqual(await told([{ ...create, ifNoneExist: 'identifier=x' } as WriteOperation]), ['offline', true, true]);
    assert.deepEqual(await told([{ ...patch, ifMatch: '1' }]), ['offline', true, true]);
    assert.deepEqual(await told([{ method: 'delete', type: 'Patient', id: 'p1' }, guarded]), ['offline', true, true]);
  });
});

describe('a version on a server that does not look at it', () => {
  const careless = (software: string, resource: object) =>
    server(
      ({ method }) => (method === 'GET' ? json({ ...patient, meta: { versionId: '2' } }) : json(patient)),
      capabilityStatement(['transaction'], [{ type: 'Patient', ...resource }], software),
    );
  const stale: WriteOperation = { method: 'delete', type: 'Patient', id: 'p1', ifMatch: '1' };

  test('is compared first, and nothing is sent when it is old', async () => {
    const { backend, paths } = careless('HAPI FHIR Server', {});
    await failsAs(backend.write([stale], required), 'conflict');
    await failsAs(backend.write([create, stale], required), 'conflict');
    assert.deepEqual(
      paths().filter((path) => !path.startsWith('GET')),
      [],
    );
    await backend.write([{ ...stale, ifMatch: '2' }], required);
    assert.deepEqual(paths().at(-1), 'DELETE Patient/p1');
  });

  test('also for updates, where the server keeps no versions', async () => {
    const { backend, paths } = careless('Another', { versioning: 'no-version' });
    await failsAs(backend.write([{ method: 'update', resource: patient, ifMatch: '1' }], required), 'conflict');
    assert.ok(!paths().includes('PUT Patient/p1'));
  });

  test('costs nothing on the others', async () => {
    const { backend, paths } = careless('Another', {});
    await backend.write([stale], required);
    assert.deepEqual(paths(), ['GET metadata', 'DELETE Patient/p1']);
  });
});

const response = (...entry: object[]): Response => json({ resourceType: 'Bundle', type: 'transaction-response', entry });
const stored = (location: string, rest: object = {}): object => ({ response: { status: '201 Created', location, ...rest } });

describe('several writes as one', () => {
  test('are a transaction', async () => {
    const { backend, seen } = server(() =>
      response(
        stored('Patient/9/_history/1', { etag: '1' }),
        { response: { status: '200', etag: 'W/"4"' } },
        { response: { status: '200 OK' } },
        { response: { status: '204' } },
      ),
    );
    const operations: WriteOperation[] = [
      { method: 'create', resource: { resourceType: 'Patient' }, fullUrl: 'urn:uuid:1', ifNoneExist: 'identifier=x' },
      { method: 'update', resource: patient, ifMatch: '3' },
      { method: 'patch', type: 'Patient', id: 'p2', patch: [{ op: 'add', path: '/name', value: [{ family: 'Ü' }] }], ifMatch: '2' },
      { method: 'delete', type: 'Patient', id: 'p3', ifMatch: '1' },
    ];
    const result = await backend.write(operations, required);
    assert.equal(`${seen[1]!.method} ${seen[1]!.path}`, `POST ${BASE}`);
    const bundle = JSON.parse(seen[1]!.body) as Bundle;
    assert.equal(bundle.type, 'transaction');
    assert.deepEqual(
      bundle.entry!.map(({ fullUrl, request }) => ({ fullUrl, ...request })),
      [
        { fullUrl: 'urn:uuid:1', method: 'POST', url: 'Patient', ifNoneExist: 'identifier=x' },
        { fullUrl: `${BASE}/Patient/p1`, method: 'PUT', url: 'Patient/p1', ifMatch: 'W/"3"' },
        { fullUrl: `${BASE}/Patient/p2`, method: 'PATCH', url: 'Patient/p2', ifMatch: 'W/"2"' },
        { fullUrl: undefined, method: 'DELETE', url: 'Patient/p3', ifMatch: 'W/"1"' },
      ],
    );
    const binary = bundle.entry![2]!.resource as { contentType: string; data: string };
    assert.equal(binary.contentType, 'application/json-patch+json');
    assert.equal(Buffer.from(binary.data, 'base64').toString(), JSON.stringify((operations[2] as { patch: unknown }).patch));
    assert.equal(result.atomic, true);
    assert.deepEqual(
      result.outcomes.map((one) => one.state === 'done' && [one.id, one.versionId]),
      [
        ['9', '1'],
        ['p1', '4'],
        ['p2', undefined],
        ['p3', undefined],
      ],
    );
  });

  test('that a server took only in part are told as they are', async () => {
    const failed = { response: { status: '412 Precondition Failed', outcome: outcome({ severity: 'error', code: 'conflict' }) } };
    const { backend } = server(() => response(stored('Patient/9'), failed));
    const { atomic, outcomes } = await backend.write([create, { method: 'update', resource: patient, ifMatch: '1' }], required);
    assert.deepEqual([atomic, outcomes.map(({ state }) => state)], [false, ['done', 'failed']]);
    assert.ok(isCareError((outcomes[1] as { error: unknown }).error, 'conflict'));
  });

  test('of which the answer does not tell each are malformed', async () => {
    for (const answer of [response(stored('Patient/9')), json({ resourceType: 'Bundle' }), json(patient), response({}, {})]) {
      await failsAs(server(() => answer).backend.write([create, create], required), 'malformed');
    }
  });

  test('that met an old version are a conflict, but not where a condition can have matched several', async () => {
    const refused = (status: number, operations: WriteOperation[]) =>
      server(() => new Response(null, { status })).backend.write(operations, required);
    const guarded: WriteOperation = { method: 'update', resource: patient, ifMatch: '1' };
    await failsAs(refused(412, [create, guarded]), 'conflict');
    await failsAs(refused(409, [create, guarded]), 'conflict');
    await failsAs(refused(412, [{ ...create, ifNoneExist: 'x=y' } as WriteOperation, guarded]), 'precondition');
    await failsAs(refused(412, [create, create]), 'precondition');
  });
});

describe('a server without transactions', () => {
  const none = capabilityStatement(['search-system']);
  const silent = capabilityStatement([]);
  const write = async (
    backend: Backend,
    atomic: 'required' | 'preferred',
    operations: WriteOperation[] = [create, create],
  ): Promise<WriteResult> => backend.write(operations, { atomic });

  test('refuses what must be one, before anything is sent', async () => {
    const { backend, paths } = server(() => json(patient), none);
    await failsAs(write(backend, 'required'), 'unsupported');
    assert.deepEqual(paths(), ['GET metadata']);
  });

  for (const [what, refusal] of [
    ['405', () => new Response(null, { status: 405 })],
    ['501', () => new Response(null, { status: 501 })],
    ['404 as a web server', () => new Response('Not Found', { status: 404 })],
    ['404 as a FHIR server', () => json(outcome({ severity: 'error', code: 'not-found' }), 404)],
  ] as const) {
    test(`that only shows it when tried (${what}) is remembered, and ordered writes are made`, async () => {
      const { backend, paths } = server(({ path }) => (path === BASE ? refusal() : json(patient, 201)), silent);
      const { atomic, outcomes } = await write(backend, 'preferred');
      assert.deepEqual([atomic, outcomes.map(({ state }) => state)], [false, ['done', 'done']]);
      await failsAs(write(backend, 'required'), 'unsupported');
      const tried = paths().filter((path) => path === `POST ${BASE}`).length;
      await write(backend, 'preferred');
      assert.equal(paths().filter((path) => path === `POST ${BASE}`).length, tried, 'tried again');
      assert.ok((await backend.describe()).quirks.includes('no-transaction'));
    });
  }

  test('is not taken for one when a reference in a transaction was not found', async () => {
    const { backend, paths } = server(
      ({ body }) => (body.includes('"entry"') ? json(outcome({ severity: 'error', code: 'not-found' }), 404) : response()),
      silent,
    );
    await failsAs(write(backend, 'preferred'), 'not-found');
    assert.deepEqual(
      paths().filter((path) => path.endsWith('Patient')),
      [],
    );
  });

  test('nor when it is refused for another reason', async () => {
    for (const status of [400, 401, 403, 409, 422, 500]) {
      const { backend, paths } = server(() => new Response(null, { status }), silent);
      await failsAs(write(backend, 'preferred'), 'validation', 'auth', 'forbidden', 'conflict', 'server');
      assert.equal(paths().length, 2);
    }
  });

  /** Stores what comes and numbers it. */
  const numbering = () => {
    const made: { path: string; body: string }[] = [];
    const one = server(({ method, path, body }) => {
      if (body.includes('refuse')) return new Response(null, { status: 422 });
      made.push({ path: `${method} ${path}`, body });
      return json({ ...(JSON.parse(body || '{"resourceType":"Patient"}') as object), id: path.split('/')[1] ?? `n${made.length}` }, 201);
    }, none);
    return { ...one, made };
  };

  test('gets records before those that refer to them, with real references and untouched numbers', async () => {
    const [a, b] = [temporaryId(), temporaryId()];
    const { backend, made } = numbering();
    const observation = parseJson(
      `{"resourceType":"Observation","subject":{"reference":"${a}"},"valueQuantity":{"value":1.00},"focus":[{"reference":"${b}"}]}`,
    ) as Observation;
    const { outcomes } = await write(backend, 'preferred', [
      { method: 'create', resource: observation },
      { method: 'create', resource: { resourceType: 'Patient', link: [{ other: { reference: b } }] }, fullUrl: a },
      { method: 'create', resource: { resourceType: 'Patient' }, fullUrl: b },
      { method: 'patch', type: 'Patient', id: 'x', patch: [{ op: 'add', path: '/link', value: [{ other: { reference: a } }] }] },
    ]);
    assert.deepEqual(
      made.map(({ path }) => path),
      ['POST Patient', 'POST Patient', 'POST Observation', 'PATCH Patient/x'],
    );
    assert.deepEqual(
      outcomes.map((one) => one.state === 'done' && one.id),
      ['n3', 'n2', 'n1', 'x'],
    );
    assert.equal(made[1]!.body, '{"resourceType":"Patient","link":[{"other":{"reference":"Patient/n1"}}]}');
    assert.equal(
      made[2]!.body,
      '{"resourceType":"Observation","subject":{"reference":"Patient/n2"},"valueQuantity":{"value":1.00},"focus":[{"reference":"Patient/n1"}]}',
    );
    assert.match(made[3]!.body, /"Patient\/n2"/);
    assert.equal(observation.subject?.reference, a, 'the caller keeps its own');
  });

  test('says after a failure what landed and what was not tried', async () => {
    const { backend, made } = numbering();
    const refused: WriteOperation = { method: 'create', resource: { resourceType: 'Patient', name: [{ family: 'refuse' }] } };
    const { atomic, outcomes } = await write(backend, 'preferred', [create, refused, create]);
    assert.deepEqual([atomic, outcomes.map(({ state }) => state), made.length], [false, ['done', 'failed', 'skipped'], 1]);
    assert.ok(isCareError((outcomes[1] as { error: unknown }).error, 'validation'));
  });

  test('gives up in between when asked to, and says what landed', async () => {
    const controller = new AbortController();
    const { backend } = server(() => {
      controller.abort();
      return json(patient, 201);
    }, none);
    const outcomes = (await backend.write([create, create, create], { atomic: 'preferred', signal: controller.signal })).outcomes;
    assert.ok(['done', 'failed'].includes(outcomes[0]!.state));
    assert.equal(outcomes[2]!.state, 'skipped');
    const failed = outcomes.find((one) => one.state === 'failed');
    assert.ok(failed?.state === 'failed' && isCareError(failed.error, 'aborted'));
  });

  test('refuses records that refer to each other in a circle, before anything is sent', async () => {
    const [a, b] = [temporaryId(), temporaryId()];
    const { backend, made } = numbering();
    const link = (reference: string): Patient => ({ resourceType: 'Patient', link: [{ other: { reference } }] });
    await failsAs(
      write(backend, 'preferred', [
        { method: 'create', resource: link(b), fullUrl: a },
        { method: 'create', resource: link(a), fullUrl: b },
      ]),
      'unsupported',
    );
    assert.deepEqual(made, []);
  });

  test('may refer to itself', async () => {
    const own = temporaryId();
    const { backend, made } = numbering();
    await write(backend, 'preferred', [
      { method: 'create', resource: { resourceType: 'Patient', link: [{ other: { reference: own } }] }, fullUrl: own },
      create,
    ]);
    assert.equal(made.length, 2);
  });
});

describe('an operation', () => {
  const run = async (path: string, options: Parameters<Backend['operation']>[1] = {}) => {
    const one = stub(() => json({ resourceType: 'Bundle', type: 'searchset' }));
    await one.backend.operation(path, options);
    return one.seen[0]!;
  };

  test('goes by GET with parameters in the query, by POST with a Parameters resource', async () => {
    const get = await run('Patient/p1/$everything', { params: { _count: 50, _type: 'Observation,Encounter' } });
    assert.deepEqual([get.method, get.path], ['GET', 'Patient/p1/$everything?_count=50&_type=Observation%2CEncounter']);
    const post = await run('/Patient/$validate', { parameters: { resourceType: 'Parameters', parameter: [] } });
    assert.deepEqual(
      [post.method, post.path, post.body, post.headers.get('Content-Type')],
      ['POST', 'Patient/$validate', '{"resourceType":"Parameters","parameter":[]}', 'application/fhir+json'],
    );
    assert.equal((await run('$expunge', { method: 'POST' })).method, 'POST');
  });

  test('must be one, below the base', async () => {
    for (const path of ['https://evil.example.org/$x', '../$x', 'Patient/p1', 'Patient/$x?y=1', '']) await failsAs(run(path), 'validation');
  });
});

test('a temporary id is a version 4 UUID, and another each time', () => {
  const ids = new Set(Array.from({ length: 200 }, temporaryId));
  assert.equal(ids.size, 200);
  for (const id of ids) assert.match(id, /^urn:uuid:[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});

test('a number directly in a resource survives the rewriting', async () => {
  const a = temporaryId();
  const bodies: string[] = [];
  const { backend } = server(
    ({ path, body }) => {
      bodies.push(body);
      return json({ resourceType: path, id: 'n' }, 201);
    },
    capabilityStatement(['search-system']),
  );
  const slot = parseJson(
    `{"resourceType":"Slot","schedule":{"reference":"${a}"},"extension":[{"url":"urn:x","valueDecimal":2.0}]}`,
  ) as Slot;
  await backend.write(
    [
      { method: 'create', resource: { resourceType: 'Schedule', actor: [] }, fullUrl: a },
      { method: 'create', resource: slot },
    ],
    { atomic: 'preferred' },
  );
  assert.equal(bodies[1], '{"resourceType":"Slot","schedule":{"reference":"Schedule/n"},"extension":[{"url":"urn:x","valueDecimal":2.0}]}');
});
