// Writes over a connection that loses answers, against the embedded backend's handler, which shows what really happened.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import { ConflictError, isCareError, type CareError } from '../../../../src/models/errors.js';
import type { Bundle, Observation, Parameters, Patient, ResourceType } from '../../../../src/models/fhir/index.js';
import type { WriteOperation, WriteOutcome, WriteResult } from '../../../../src/client/backend.js';
import { CareClient } from '../../../../src/client/care-client.js';
import { createEmbeddedBackend, type EmbeddedBackend } from '../../../../src/client/backends/embedded/index.js';
import { createFhirBackend } from '../../../../src/client/backends/fhir/index.js';
import { faults, flaky, type Fault } from '../../../../src/testing/flaky.js';
import { hidesHeaders, refusal, unversioned, type Personality } from '../../../../src/testing/personalities.js';
import { temporaryId } from '../../../../src/client/temporary-id.js';
import { FakeClock } from '../../fake-clock.js';
import { BASE } from '../../stub-server.js';

const required = { atomic: 'required' } as const;

async function versionsIn(server: EmbeddedBackend, type: ResourceType, id: string): Promise<number> {
  const history = (await (await server.fetch(`${type}/${id}/_history`)).json()) as Bundle;
  return history.entry!.length;
}

/** The faults meet the writes only, in turn; reads, searches and metadata always pass. */
async function over(
  script: readonly (Fault | undefined)[],
  {
    personality = (handler) => handler,
    retry = undefined as object | undefined,
    timeout = 30_000,
    before = undefined as (() => Promise<unknown>) | undefined,
  }: { personality?: Personality; retry?: object | undefined; timeout?: number; before?: (() => Promise<unknown>) | undefined } = {},
) {
  const server = createEmbeddedBackend({ baseUrl: BASE });
  await server.write([{ method: 'update', resource: { resourceType: 'Patient', id: 'p1', active: true } }], required);
  const queue = [...script];
  const seen: string[] = [];
  const isWrite = (request: Request): boolean => request.method !== 'GET' && !request.url.endsWith('/_search');
  const fetch = flaky(personality(server.handle), (request) => {
    seen.push(`${request.method} ${request.url.slice(BASE.length + 1)}`);
    return isWrite(request) ? queue.shift() : undefined;
  });
  const clock = new FakeClock();
  const backend = createFhirBackend({ baseUrl: BASE, fetch, timeout, retry: { ...clock.retry, ...retry } });
  await backend.describe();
  seen.length = 0;
  await before?.();
  /** How many versions or records there are. */
  const versions = (type: ResourceType, id: string): Promise<number> => versionsIn(server, type, id);
  const count = async (type: ResourceType): Promise<number> => {
    let sum = 0;
    for await (const page of server.search(type, {})) sum += page.items.length;
    return sum;
  };
  return {
    server,
    backend,
    clock,
    seen,
    versions,
    count,
    write: async (...operations: WriteOperation[]) => backend.write(operations, required),
  };
}

const done = ({ outcomes }: WriteResult, index = 0): Extract<WriteOutcome, { state: 'done' }> => {
  const outcome = outcomes[index]!;
  assert.equal(outcome.state, 'done');
  return outcome as Extract<WriteOutcome, { state: 'done' }>;
};
const failure = async (work: Promise<unknown>): Promise<CareError> => {
  const error: unknown = await work.then(
    (value) => assert.fail(`it succeeded: ${inspect(value)}`),
    (reason: unknown) => reason,
  );
  assert.ok(isCareError(error), inspect(error));
  return error;
};

const update = (active: boolean, ifMatch: string | undefined = '1'): WriteOperation => ({
  method: 'update',
  resource: { resourceType: 'Patient', id: 'p1', active },
  ifMatch,
});

/** What the server took though nobody heard of it. */
const TAKEN: Record<string, () => Fault> = {
  'a lost answer': faults.lostAnswer,
  'a broken answer': faults.brokenAnswer,
  'a page of a proxy': () => faults.badGateway({ arrived: true }),
  '504': () => faults.badGateway({ status: 504, arrived: true }),
  'a page with status 200': () => faults.badGateway({ status: 200, arrived: true }),
};
/** What never got there. */
const MISSED: Record<string, () => Fault> = {
  'no connection': faults.unreachable,
  '502': () => faults.badGateway(),
  '503': () => faults.busy(),
  'a page with status 200': () => faults.badGateway({ status: 200 }),
};

describe('an update under its version', () => {
  for (const [what, fault] of Object.entries(TAKEN)) {
    test(`that landed is found after ${what}, and not sent again`, async () => {
      const { write, seen, versions } = await over([fault()]);
      const { versionId, resource, status } = done(await write(update(false)));
      assert.deepEqual([versionId, (resource as Patient).active, status], ['2', false, 200]);
      assert.deepEqual(seen, ['PUT Patient/p1', 'GET Patient/p1']);
      assert.equal(await versions('Patient', 'p1'), 2);
    });
  }
  for (const [what, fault] of Object.entries(MISSED)) {
    test(`that did not is sent again after ${what}`, async () => {
      const { write, seen, versions } = await over([fault(), fault()]);
      assert.equal(done(await write(update(false))).versionId, '2');
      assert.deepEqual(seen, ['PUT Patient/p1', 'GET Patient/p1', 'PUT Patient/p1', 'GET Patient/p1', 'PUT Patient/p1']);
      assert.equal(await versions('Patient', 'p1'), 2);
    });
  }

  test('that somebody else was faster than is a conflict', async () => {
    const { server, backend, versions } = await over([faults.unreachable()]);
    const theirs = await server.write([update(true, '1')], required);
    assert.equal(done(theirs).versionId, '2');
    const error = await failure(
      new CareClient({ backend }).update({ resourceType: 'Patient', id: 'p1', active: false, meta: { versionId: '1' } }),
    );
    assert.ok(error instanceof ConflictError);
    assert.equal((error.theirs as Patient).meta?.versionId, '2');
    assert.equal(await versions('Patient', 'p1'), 2);
  });

  test('that landed and was then changed by somebody is found in the history', async () => {
    const { server, write, seen, versions } = await over([
      async (_, next) => {
        await next();
        await server.write([update(true, '2')], required);
        throw new TypeError('fetch failed');
      },
    ]);
    assert.deepEqual([done(await write(update(false))).versionId, await versions('Patient', 'p1')], ['2', 3]);
    assert.match(seen.at(-1)!, /_history/);
  });

  test('that arrives late, between the question and the second sending, is no conflict with itself', async () => {
    let arrive!: () => void;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const late: Fault = async (_, next) => {
      arrive();
      await new Promise((resolve) => setTimeout(resolve, 5)); // the first attempt gets there before this one
      return next();
    };
    const { write, versions } = await over([faults.delayed(arrived), late]);
    assert.equal(done(await write(update(false))).versionId, '2');
    assert.equal(await versions('Patient', 'p1'), 2);
  });

  test('of which the second attempt lost its answer too is still found', async () => {
    const { write, versions } = await over([faults.unreachable(), faults.lostAnswer()]);
    assert.equal(done(await write(update(false))).versionId, '2');
    assert.equal(await versions('Patient', 'p1'), 2);
  });

  test('that is deleted meanwhile is not made anew', async () => {
    const { server, write } = await over([faults.unreachable()]);
    await server.write([{ method: 'delete', type: 'Patient', id: 'p1' }], required);
    assert.equal((await failure(write(update(false)))).kind, 'conflict');
    assert.equal((await failure(server.read('Patient', 'p1'))).kind, 'gone');
  });

  test('is found where no header can be read', async () => {
    const { write } = await over([faults.lostAnswer()], { personality: hidesHeaders });
    assert.equal(done(await write(update(false))).versionId, '2');
  });

  test('whose fate stays unknown is said so; when the user saves again it is no conflict with itself', async () => {
    let down = true;
    const server = createEmbeddedBackend({ baseUrl: BASE });
    await server.write([{ method: 'update', resource: { resourceType: 'Patient', id: 'p1', active: true } }], required);
    let broken = false;
    const fetch = flaky(server.handle, (request) => {
      if (request.method === 'PUT' && !broken) {
        broken = true;
        return faults.lostAnswer();
      }
      return broken && down ? faults.unreachable() : undefined;
    });
    const client = new CareClient({ baseUrl: BASE, fetch, retry: new FakeClock().retry });
    const mine: Patient = { resourceType: 'Patient', id: 'p1', active: false, meta: { versionId: '1' } };
    const error = await failure(client.update(mine));
    assert.deepEqual([error.kind, error.outcomeUnknown, error.retryable], ['offline', true, true]);
    down = false;
    assert.equal((await client.update(mine)).meta?.versionId, '2');
    assert.equal(await versionsIn(server, 'Patient', 'p1'), 2);
  });

  test('with `retry: false` is looked for, and not sent again', async () => {
    const fault = [faults.lostAnswer(), faults.unreachable()];
    const server = createEmbeddedBackend({ baseUrl: BASE });
    await server.write([{ method: 'update', resource: { resourceType: 'Patient', id: 'p1', active: true } }], required);
    const fetch = flaky(server.handle, (request) => (request.method === 'PUT' ? fault.shift() : undefined));
    const backend = createFhirBackend({ baseUrl: BASE, fetch, retry: false });
    assert.equal(done(await backend.write([update(false)], required)).versionId, '2');
    assert.equal((await failure(backend.write([update(true, '2')], required))).outcomeUnknown, true);
  });

  test('that never gets an answer is looked for within the time of the call', async () => {
    const script = [faults.hanging({ arrived: true }), ...Array.from({ length: 9 }, () => faults.hanging())];
    const { write, versions, backend } = await over(script, { timeout: 400, retry: { now: undefined, sleep: undefined } });
    assert.equal(done(await write(update(false))).versionId, '2');
    assert.equal(await versions('Patient', 'p1'), 2);
    const error = await failure(backend.write([update(true, '2')], { ...required, timeout: 100 }));
    assert.deepEqual([error.kind, error.outcomeUnknown], ['offline', true]);
    assert.equal(await versions('Patient', 'p1'), 2);
  });

  test('ends at once when the caller gives up', async () => {
    const { backend } = await over([faults.hanging()]);
    const controller = new AbortController();
    const work = failure(backend.write([update(false)], { ...required, signal: controller.signal }));
    setTimeout(() => controller.abort(), 10);
    assert.equal((await work).kind, 'aborted');
  });
});

describe('other writes', () => {
  test('an update of whatever is there is found when it landed, and never sent again', async () => {
    const found = await over([faults.lostAnswer()]);
    assert.equal(done(await found.write(update(false, undefined))).versionId, '2');
    const missed = await over([faults.unreachable()]);
    assert.equal(
      (await failure(missed.write({ method: 'update', resource: { resourceType: 'Patient', id: 'p1', active: false } }))).outcomeUnknown,
      true,
    );
    assert.equal(await missed.versions('Patient', 'p1'), 1);
  });

  test('a patch, JSON or FHIRPath, is found by what it makes of the version it was based on', async () => {
    const fhirpath: Parameters = {
      resourceType: 'Parameters',
      parameter: [
        {
          name: 'operation',
          part: [
            { name: 'type', valueCode: 'replace' },
            { name: 'path', valueString: 'Patient.active' },
            { name: 'value', valueBoolean: false },
          ],
        },
      ],
    };
    for (const patch of [[{ op: 'replace', path: '/active', value: false } as const], fhirpath]) {
      const operation: WriteOperation = { method: 'patch', type: 'Patient', id: 'p1', patch, ifMatch: '1' };
      const landed = await over([faults.lostAnswer()]);
      assert.equal(done(await landed.write(operation)).versionId, '2');
      assert.equal(await landed.versions('Patient', 'p1'), 2);
      const missed = await over([faults.unreachable()]);
      assert.equal(done(await missed.write(operation)).versionId, '2');
      const raced = await over([faults.unreachable()]);
      await raced.server.write(
        [{ method: 'patch', type: 'Patient', id: 'p1', patch: [{ op: 'add', path: '/gender', value: 'other' }] }],
        required,
      );
      assert.equal((await failure(raced.write(operation))).kind, 'conflict');
      const { ifMatch: _, ...bare } = operation;
      const unguarded = await over([faults.lostAnswer()]);
      assert.equal((await failure(unguarded.write(bare as WriteOperation))).outcomeUnknown, true);
    }
  });

  test('a delete is done when nothing is there', async () => {
    const operation: WriteOperation = { method: 'delete', type: 'Patient', id: 'p1', ifMatch: '1' };
    const landed = await over([faults.lostAnswer()]);
    assert.deepEqual([done(await landed.write(operation)).status, landed.seen], [204, ['DELETE Patient/p1', 'GET Patient/p1']]);
    const missed = await over([faults.unreachable()]);
    await missed.write(operation);
    assert.equal(await missed.count('Patient'), 0);
    const raced = await over([faults.unreachable()]);
    await raced.server.write([update(false)], required);
    assert.equal((await failure(raced.write(operation))).kind, 'conflict');
    assert.equal(await raced.count('Patient'), 1);
    const any = await over([faults.lostAnswer()]);
    await any.write({ method: 'delete', type: 'Patient', id: 'p1' });
    const anyMissed = await over([faults.unreachable()]);
    assert.equal((await failure(anyMissed.write({ method: 'delete', type: 'Patient', id: 'p1' }))).outcomeUnknown, true);
  });

  const record: Patient = { resourceType: 'Patient', identifier: [{ system: 'urn:mrn', value: '7' }], active: true };

  test('a conditional create is asked for by its condition, which is in no address', async () => {
    const operation: WriteOperation = { method: 'create', resource: record, ifNoneExist: 'identifier=urn:mrn|7' };
    const landed = await over([faults.lostAnswer()]);
    const { status, versionId } = done(await landed.write(operation));
    assert.deepEqual([status, versionId, landed.seen], [200, '1', ['POST Patient', 'POST Patient/_search']]);
    const missed = await over([faults.unreachable(), faults.unreachable()]);
    await missed.write(operation);
    for (const { count } of [landed, missed]) assert.equal(await count('Patient'), 2);
  });

  test('a conditional create that lost a race is the record of the one that won (HAPI: 409)', async () => {
    const operation: WriteOperation = { method: 'create', resource: record, ifNoneExist: 'identifier=urn:mrn|7' };
    const raced = await over([
      async (_, next) => {
        await next();
        return refusal(409, 'conflict', 'HAPI-2745');
      },
    ]);
    assert.equal(done(await raced.write(operation)).status, 200);
    assert.equal(await raced.count('Patient'), 2);
    const refused = await over([() => Promise.resolve(refusal(409, 'conflict', 'referenced'))]);
    assert.equal((await failure(refused.write(operation))).kind, 'conflict');
  });

  test('a create with an identifier is found by it when it landed, and never sent again', async () => {
    const landed = await over([faults.lostAnswer()]);
    assert.equal(done(await landed.write({ method: 'create', resource: record })).status, 201);
    assert.equal(await landed.count('Patient'), 2);
    const missed = await over([faults.unreachable()]);
    assert.equal((await failure(missed.write({ method: 'create', resource: record }))).outcomeUnknown, true);
    assert.deepEqual(missed.seen, ['POST Patient', 'POST Patient/_search']);
    const other = await over([faults.unreachable()]);
    await other.server.write([{ method: 'create', resource: { ...record, active: false } }], required);
    assert.equal((await failure(other.write({ method: 'create', resource: record }))).outcomeUnknown, true);
  });

  test('a create without one cannot be known', async () => {
    const { write, seen } = await over([faults.lostAnswer()]);
    const error = await failure(write({ method: 'create', resource: { resourceType: 'Patient' } }));
    assert.deepEqual([error.outcomeUnknown, error.retryable, seen], [true, false, ['POST Patient']]);
  });

  test('where the server heeds no version, the one that is there decides before each sending', async () => {
    const landed = await over([faults.lostAnswer()], { personality: unversioned });
    assert.equal(done(await landed.write(update(false))).versionId, '2');
    const raced = await over([faults.unreachable()], { personality: unversioned });
    const late = raced.server.write([update(true, '1')], required);
    await late;
    assert.equal((await failure(raced.write(update(false)))).kind, 'conflict');
    assert.equal(await raced.versions('Patient', 'p1'), 2);
  });

  test('that was not sent, because the version could not be looked up, is known not to be made', async () => {
    const server = createEmbeddedBackend({ baseUrl: BASE });
    const fetch = flaky(unversioned(server.handle), (request) => (request.url.endsWith('/metadata') ? undefined : faults.unreachable()));
    const backend = createFhirBackend({ baseUrl: BASE, fetch, retry: new FakeClock().retry });
    const error = await failure(backend.write([update(false)], required));
    assert.deepEqual([error.kind, error.outcomeUnknown, error.retryable], ['offline', false, true]);
  });
});

describe('a transaction', () => {
  const observation = (value: string): Observation => ({
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'x' },
    identifier: [{ system: 'urn:lab', value }],
    subject: { reference: 'Patient/p1' },
  });
  const guarded: WriteOperation[] = [{ method: 'create', resource: observation('1'), ifNoneExist: 'identifier=urn:lab|1' }, update(false)];

  test('of guarded writes that landed is found by its version, with the outcome of each', async () => {
    const { write, count, versions } = await over([faults.lostAnswer()]);
    const result = await write(...guarded);
    assert.equal(result.atomic, true);
    assert.deepEqual([done(result, 0).versionId, done(result, 1).versionId], ['1', '2']);
    assert.notEqual(done(result, 0).id, '');
    assert.deepEqual([await count('Observation'), await versions('Patient', 'p1')], [1, 2]);
  });

  test('of guarded writes that did not is sent again, and made once', async () => {
    const { write, count, versions } = await over([faults.unreachable(), faults.badGateway()]);
    await write(...guarded);
    assert.deepEqual([await count('Observation'), await versions('Patient', 'p1')], [1, 2]);
  });

  test('of guarded creates only is told by them', async () => {
    const creates: WriteOperation[] = ['1', '2'].map((value) => ({
      method: 'create',
      resource: observation(value),
      ifNoneExist: `identifier=urn:lab|${value}`,
    }));
    for (const fault of [faults.lostAnswer(), faults.unreachable()]) {
      const { write, count } = await over([fault]);
      const result = await write(...creates);
      assert.notEqual(done(result, 0).id, done(result, 1).id);
      assert.equal(await count('Observation'), 2);
    }
  });

  test('with references between its records is recognised', async () => {
    const fullUrl = temporaryId();
    const operations: WriteOperation[] = [
      { method: 'create', resource: observation('1'), ifNoneExist: 'identifier=urn:lab|1', fullUrl },
      {
        method: 'update',
        resource: { resourceType: 'Patient', id: 'p1', generalPractitioner: [{ reference: fullUrl }] },
        ifMatch: '1',
      },
    ];
    const { write, versions } = await over([faults.lostAnswer()]);
    assert.equal(done(await write(...operations), 1).versionId, '2');
    assert.equal(await versions('Patient', 'p1'), 2);
  });

  test('is not taken for made because its delete is gone by another hand', async () => {
    const { server, write, versions } = await over([faults.unreachable()]);
    await server.write([{ method: 'update', resource: { resourceType: 'Patient', id: 'p2' } }], required);
    await server.write([{ method: 'delete', type: 'Patient', id: 'p2' }], required);
    const work = write({ method: 'delete', type: 'Patient', id: 'p2', ifMatch: '1' }, update(false));
    await work.catch(() => undefined);
    const made = (await versions('Patient', 'p1')) === 2;
    assert.equal(
      made,
      await work.then(
        () => true,
        () => false,
      ),
      'success is told exactly when it was made',
    );
  });

  test('that lost to somebody else is a conflict', async () => {
    const { server, write, count } = await over([faults.unreachable()]);
    await server.write([update(true, '1')], required);
    assert.equal((await failure(write(...guarded))).kind, 'conflict');
    assert.equal(await count('Observation'), 0);
  });

  test('with an unguarded create cannot be known, and is not sent again', async () => {
    const { write, seen } = await over([faults.lostAnswer()]);
    const error = await failure(write({ method: 'create', resource: observation('1') }, update(false)));
    assert.deepEqual([error.outcomeUnknown, error.retryable, seen], [true, false, [`POST ${BASE.slice(BASE.length + 1)}`]]);
  });

  test('is sent again after 429 even so, also one of 100 kB', async () => {
    const many: WriteOperation[] = Array.from({ length: 250 }, (_, i) => ({
      method: 'create',
      resource: { ...observation(String(i)), note: [{ text: 'x'.repeat(300) }] },
    }));
    const { write, count } = await over([faults.limited({ retryAfter: 1 }), faults.busy({ retryAfter: 1 })]);
    const result = await write(...many);
    assert.equal(result.outcomes.length, 250);
    assert.equal(await count('Observation'), 250);
  });
});
