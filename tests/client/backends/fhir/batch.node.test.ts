import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CareError, isCareError } from '../../../../src/models/errors.js';
import { literalOf } from '../../../../src/models/fhir/json.js';
import type { Bundle, Observation, Patient } from '../../../../src/models/fhir/index.js';
import type { Backend } from '../../../../src/client/backend.js';
import { createEmbeddedBackend } from '../../../../src/client/backends/embedded/index.js';
import { createFhirBackend, type FhirBackendOptions } from '../../../../src/client/backends/fhir/index.js';
import { faults, flaky, type Fault } from '../../../../src/testing/flaky.js';
import type { Handler } from '../../../../src/testing/personalities.js';
import { FakeClock } from '../../fake-clock.js';
import { BASE, capabilityStatement, json, pagesOf } from '../../stub-server.js';

/** Requests as `GET Patient/p1`, those of a batch below it as `batch: Patient/p1, Patient/p2`. */
async function over({
  options = {},
  batch = 'yes' as 'yes' | 'no',
  wrap = ((handler) => handler) as (handler: Handler) => Handler,
} = {}): Promise<{ backend: Backend; seen: string[]; signals: AbortSignal[]; clock: FakeClock }> {
  const server = createEmbeddedBackend({ baseUrl: BASE });
  const load = async (resource: Patient | Observation): Promise<unknown> =>
    server.write([{ method: 'update', resource }], { atomic: 'required' });
  for (const id of ['p1', 'p2', 'p3']) await load({ resourceType: 'Patient', id, name: [{ family: id }] });
  await server.fetch('Observation/o1', {
    method: 'PUT',
    headers: { 'Content-Type': 'application/fhir+json' },
    body: '{"resourceType":"Observation","id":"o1","status":"final","code":{"text":"x"},"subject":{"reference":"Patient/p1"},"valueQuantity":{"value":72.50}}',
  });
  const seen: string[] = [];
  const signals: AbortSignal[] = [];
  const wrapped = wrap(server.handle);
  const fetch: FhirBackendOptions['fetch'] = async (request) => {
    const path = request.url.slice(BASE.length + 1);
    signals.push(request.signal);
    if (path === 'metadata') {
      const resource = ['Patient', 'Observation'].map((type) => ({ type, searchParam: [{ name: 'subject' }, { name: 'family' }] }));
      return json(capabilityStatement(batch === 'yes' ? ['transaction', 'batch'] : ['history-system'], resource));
    }
    if (path !== '') seen.push(`${request.method} ${path}`);
    else {
      const bundle = (await request.clone().json()) as Bundle;
      seen.push(`${bundle.type}: ${bundle.entry!.map((entry) => entry.request!.url).join(', ')}`);
    }
    return wrapped(request);
  };
  const clock = new FakeClock();
  const backend = createFhirBackend({ baseUrl: BASE, fetch, retry: clock.retry, ...options });
  return { backend, seen, signals, clock };
}

const ids = async (work: Promise<Patient>[]): Promise<(string | undefined)[]> => (await Promise.all(work)).map(({ id }) => id);
const three = (backend: Backend): Promise<(string | undefined)[]> => ids(['p1', 'p2', 'p3'].map((id) => backend.read('Patient', id)));
const outcome = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (isCareError(error) ? error.kind : String(error)),
  );
const isBatch = (request: Request): boolean => request.method === 'POST' && request.url.replace(/\/$/, '') === BASE;
const failingBatch =
  (fault: Fault) =>
  (handler: Handler): Handler =>
    flaky(handler, (request) => (isBatch(request) ? fault : undefined));

describe('reads of one moment', () => {
  test('go out as one batch, once the server is known to take batches', async () => {
    const { backend, seen } = await over();
    await three(backend);
    assert.deepEqual(seen, ['GET Patient/p1', 'GET Patient/p2', 'GET Patient/p3']);
    await backend.describe();
    seen.length = 0;
    assert.deepEqual(await three(backend), ['p1', 'p2', 'p3']);
    assert.deepEqual(seen, ['batch: Patient/p1, Patient/p2, Patient/p3']);
    assert.equal((await backend.describe()).batch, 'yes');
  });

  test('go out singly where it does not declare that, or the host does not want it', async () => {
    for (const one of [await over({ batch: 'no' }), await over({ options: { batch: false } })]) {
      await one.backend.describe();
      await three(one.backend);
      assert.equal(one.seen.length, 3);
    }
  });

  test('that are one, or come after another, are no batch', async () => {
    const { backend, seen } = await over();
    await backend.describe();
    await backend.read('Patient', 'p1');
    await backend.read('Patient', 'p2');
    assert.deepEqual(seen, ['GET Patient/p1', 'GET Patient/p2']);
  });

  test('are batches of twenty at most', async () => {
    const { backend, seen } = await over();
    await backend.describe();
    await Promise.all(Array.from({ length: 45 }, () => backend.read('Patient', 'p1')));
    assert.deepEqual(
      seen.map((one) => one.split(',').length),
      [20, 20, 5],
    );
  });

  test('take first pages of searches along, but no name, no operation, no write', async () => {
    const { backend, seen } = await over();
    await backend.describe();
    const [[page], , , read] = await Promise.all([
      pagesOf(backend.search('Observation', { subject: 'Patient/p1' })),
      pagesOf(backend.search('Patient', { family: 'p1' })),
      backend.operation('Patient/p1/$everything'),
      backend.read('Patient', 'p2'),
      backend.write([{ method: 'create', resource: { resourceType: 'Patient' } }], { atomic: 'required' }),
    ]);
    assert.equal(read.id, 'p2');
    assert.equal(literalOf((page!.items[0] as Observation).valueQuantity!, 'value'), '72.50');
    assert.deepEqual(seen.sort(), [
      'GET Patient/p1/$everything',
      'POST Patient',
      'POST Patient/_search',
      'batch: Observation?subject=Patient%2Fp1, Patient/p2',
    ]);
  });

  test('each have their own failure', async () => {
    const { backend, seen } = await over();
    await backend.describe();
    const results = await Promise.all([
      outcome(backend.read('Patient', 'p1')),
      outcome(backend.read('Patient', 'none')),
      outcome(pagesOf(backend.search('Observation', { subject: 'Patient/p1', _count: 'x' }))),
    ]);
    assert.deepEqual(results, ['done', 'not-found', 'validation']);
    assert.equal(seen.length, 1);
  });

  test('ask whether a copy is still current', async () => {
    const { backend, seen } = await over();
    await backend.describe();
    const known = await backend.read('Patient', 'p1');
    const [same, other] = await Promise.all([backend.read('Patient', 'p1', { known }), backend.read('Patient', 'p2')]);
    assert.equal(same, known);
    assert.equal(other.id, 'p2');
    assert.equal(seen.at(-1), 'batch: Patient/p1, Patient/p2');
  });
});

describe('a caller who gives up', () => {
  test('takes nothing from the others', async () => {
    const { backend } = await over();
    await backend.describe();
    const controller = new AbortController();
    const works = [outcome(backend.read('Patient', 'p1', { signal: controller.signal })), outcome(backend.read('Patient', 'p2'))];
    setTimeout(() => controller.abort());
    assert.deepEqual((await Promise.all(works)).slice(1), ['done']);
  });

  test('before it goes out is not asked for', async () => {
    const { backend, seen } = await over();
    await backend.describe();
    const controller = new AbortController();
    const works = ['p1', 'p2', 'p3'].map((id) => outcome(backend.read('Patient', id, id === 'p1' ? { signal: controller.signal } : {})));
    controller.abort();
    assert.deepEqual(await Promise.all(works), ['aborted', 'done', 'done']);
    assert.deepEqual(seen, ['batch: Patient/p2, Patient/p3']);
  });

  test('as the last one ends the batch', async () => {
    const { backend, signals } = await over({ wrap: failingBatch(faults.hanging()) });
    await backend.describe();
    const controllers = [new AbortController(), new AbortController()];
    const works = controllers.map(({ signal }, index) => outcome(backend.read('Patient', `p${index + 1}`, { signal })));
    await new Promise((resolve) => setTimeout(resolve, 30));
    controllers[0]!.abort();
    assert.equal(signals.at(-1)!.aborted, false);
    controllers[1]!.abort();
    assert.deepEqual(await Promise.all(works), ['aborted', 'aborted']);
    assert.equal(signals.at(-1)!.aborted, true);
  });

  test('by its own time limit takes nothing from the others either', async () => {
    const { backend } = await over({ wrap: failingBatch(faults.late(80)) });
    await backend.describe();
    const works = [outcome(backend.read('Patient', 'p1', { timeout: 30 })), outcome(backend.read('Patient', 'p2'))];
    assert.deepEqual(await Promise.all(works), ['offline', 'done']);
  });
});

describe('a batch that fails as a whole', () => {
  const refusals: Record<string, Fault> = Object.fromEntries([
    ...[400, 403, 404, 405, 413, 501].map((status) => [`a ${status}`, faults.busy({ status })]),
    ['a page', faults.badGateway({ status: 200 })],
    ['another resource', () => Promise.resolve(json({ resourceType: 'OperationOutcome', issue: [] }))],
    [
      'too few entries',
      () => Promise.resolve(json({ resourceType: 'Bundle', type: 'batch-response', entry: [{ response: { status: '200' } }] })),
    ],
    ['entries that say nothing', () => Promise.resolve(json({ resourceType: 'Bundle', type: 'batch-response', entry: [{}, {}, {}] }))],
  ]);
  for (const [what, fault] of Object.entries(refusals)) {
    test(`by ${what} is asked for singly, and no batch is tried again`, async () => {
      const { backend, seen } = await over({ wrap: failingBatch(fault) });
      await backend.describe();
      assert.deepEqual(await three(backend), ['p1', 'p2', 'p3']);
      assert.equal(seen.length, 4);
      assert.equal((await backend.describe()).batch, 'no');
      await three(backend);
      assert.equal(seen.length, 7);
    });
  }

  test('for a while is tried again as one', async () => {
    let left = 2;
    const { backend, seen } = await over({
      wrap: (handler) => flaky(handler, (request) => (isBatch(request) && left-- > 0 ? faults.busy() : undefined)),
    });
    await backend.describe();
    assert.deepEqual(await three(backend), ['p1', 'p2', 'p3']);
    assert.equal(seen.length, 3);
    assert.equal((await backend.describe()).batch, 'yes');
  });

  test('for good is not tried by each of its parts again', async () => {
    const { backend, seen } = await over({ wrap: failingBatch(faults.badGateway()) });
    await backend.describe();
    const error: unknown = await Promise.all(['p1', 'p2'].map((id) => backend.read('Patient', id))).catch((reason: unknown) => reason);
    assert.ok(error instanceof CareError);
    assert.deepEqual([error.kind, error.status, error.attempts, seen.length], ['server', 502, 4, 4]);
  });

  test('in an entry that may pass is tried again by that one', async () => {
    let left = 1;
    const { backend, seen } = await over({
      wrap: (handler) => async (request) => {
        const response = await handler(request);
        if (!isBatch(request) || left-- <= 0) return response;
        const bundle = (await response.json()) as Bundle;
        bundle.entry![1] = { response: { status: '503 Service Unavailable' } };
        return json(bundle);
      },
    });
    await backend.describe();
    assert.deepEqual(await ids(['p1', 'p2'].map((id) => backend.read('Patient', id))), ['p1', 'p2']);
    assert.deepEqual(seen, ['batch: Patient/p1, Patient/p2', 'GET Patient/p2']);
  });
});
