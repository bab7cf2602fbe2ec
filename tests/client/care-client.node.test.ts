import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { describe, test } from 'node:test';
import { CareClient } from '../../src/client/care-client.js';
import type { Backend, WriteOperation } from '../../src/client/backend.js';
import { CareError, ConflictError, isCareError } from '../../src/models/errors.js';
import type { Appointment, Patient, Practitioner } from '../../src/models/fhir/index.js';
import { capabilityStatement, json, match, outcome, searchset, stub, type Answer, type Seen } from './stub-server.js';

const client = (answer: (seen: Seen) => Answer | Promise<Answer>) => {
  const one = stub((seen) => (seen.path === 'metadata' ? capabilityStatement() : answer(seen)));
  return { ...one, client: new CareClient({ backend: one.backend }) };
};
const patient = (versionId: string, family = 'Secretname'): Patient => ({
  resourceType: 'Patient',
  id: 'p1',
  meta: { versionId },
  name: [{ family }],
});

describe('a save', () => {
  /** Versions of Patient/p1 on a server that refuses a stale If-Match in its own way. */
  const versions = (refusal: () => Response, current = 3) =>
    client(({ method, path, headers }) => {
      if (method !== 'GET')
        return headers.get('If-Match') === `W/"${current}"` || !headers.has('If-Match')
          ? json(patient(String(current + 1), 'Stored'))
          : refusal();
      return path.includes('_history/1') ? patient('1', 'Base') : patient(String(current), 'Theirs');
    });
  const conflictOf = async (work: Promise<unknown>): Promise<ConflictError<Patient>> => {
    const error = await work.then(
      () => assert.fail('it succeeded'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ConflictError, inspect(error));
    return error as ConflictError<Patient>;
  };

  test('sends the version it is based on, and gives the stored record', async () => {
    const { client: care, seen } = versions(() => new Response(null, { status: 412 }));
    const stored = await care.update(patient('3'));
    assert.deepEqual([stored.name?.[0]?.family, stored.meta?.versionId], ['Stored', '4']);
    await care.update(patient('1'), { ifMatch: false });
    await care.update(patient('1'), { ifMatch: '3' });
    await care.patch(patient('3'), [{ op: 'remove', path: '/name' }]);
    await care.delete(patient('3'));
    await care.delete({ resourceType: 'Patient', id: 'p1' });
    assert.deepEqual(
      seen.slice(1).map(({ method, headers }) => [method, headers.get('If-Match')]),
      [
        ['PUT', 'W/"3"'],
        ['PUT', null],
        ['PUT', 'W/"3"'],
        ['PATCH', 'W/"3"'],
        ['DELETE', 'W/"3"'],
        ['DELETE', null],
      ],
    );
  });

  for (const [how, refusal] of [
    ['412', () => new Response(null, { status: 412 })],
    ['409', () => new Response(null, { status: 409 })],
    ['400 with words', () => json(outcome({ severity: 'error', code: 'invalid', diagnostics: 'Version conflict' }), 400)],
  ] as const) {
    test(`based on an old version is a ConflictError, refused by ${how}`, async () => {
      const { client: care } = versions(refusal);
      const mine = patient('1', 'Mine');
      const error = await conflictOf(care.update(mine));
      assert.equal(error.mine, mine);
      assert.equal(error.theirs?.name?.[0]?.family, 'Theirs');
      assert.equal(error.base?.name?.[0]?.family, 'Base');
      assert.ok(isCareError(error, 'conflict'));
      assert.doesNotMatch(`${error.message} ${JSON.stringify(error)} ${inspect(error)}`, /Mine|Theirs|Base|p1/);

      const given = patient('1', 'Given');
      assert.equal((await conflictOf(care.update(mine, { base: given }))).base, given);
      const patched = await conflictOf(care.patch(patient('1'), []));
      assert.deepEqual([patched.mine, patched.theirs?.meta?.versionId], [undefined, '3']);
      await conflictOf(care.delete(patient('1')));
    });
  }

  test('of what somebody deleted is a ConflictError without theirs', async () => {
    const { client: care } = client(({ method }) => new Response(null, { status: method === 'GET' ? 410 : 412 }));
    const error = await conflictOf(care.update(patient('1')));
    assert.deepEqual([error.theirs, error.base], [undefined, undefined]);
    assert.match(error.message, /deleted/);
  });

  test('whose refusal has another reason stays what it is', async () => {
    for (const [status, kind] of [
      [400, 'validation'],
      [409, 'conflict'],
      [412, 'conflict'],
      [422, 'validation'],
      [403, 'forbidden'],
      [500, 'server'],
    ] as const) {
      const { client: care } = versions(() => new Response(null, { status }), 1);
      const error: unknown = await care.update(patient('1'), { ifMatch: '1' }).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (error === undefined) continue; // version 1 is current here: taken
      assert.ok(isCareError(error, kind) && !(error instanceof ConflictError), `${status}`);
    }
    const { client: care } = client(({ method }) => (method === 'GET' ? patient('1') : new Response(null, { status: 409 })));
    const error: unknown = await care.update(patient('1')).catch((reason: unknown) => reason);
    assert.ok(isCareError(error, 'conflict') && !(error instanceof ConflictError));
  });

  test('whose conflict cannot be looked at is still one', async () => {
    const { client: care } = client(({ method }) => new Response(null, { status: method === 'GET' ? 503 : 412 }));
    assert.equal((await conflictOf(care.update(patient('1')))).theirs, undefined);
  });

  test('on a server that answers with nothing reads what was stored', async () => {
    const { client: care, paths } = client(({ method }) =>
      method === 'GET' ? patient('2', 'Read') : new Response(null, { status: 201, headers: { Location: 'Patient/p1/_history/2' } }),
    );
    assert.equal((await care.create<Patient>({ resourceType: 'Patient' })).name?.[0]?.family, 'Read');
    assert.equal((await care.update(patient('1'))).meta?.versionId, '2');
    assert.deepEqual(paths(), ['GET metadata', 'POST Patient', 'GET Patient/p1', 'PUT Patient/p1', 'GET Patient/p1']);
  });

  test('whose version stands in the ETag alone gives it with the record', async () => {
    const { client: care } = client(() => json({ resourceType: 'Patient', id: 'p1' }, 200, { ETag: 'W/"9"' }));
    assert.equal((await care.update(patient('8'))).meta?.versionId, '9');
  });

  test('of a record without an id is refused', async () => {
    const { client: care, seen } = client(() => patient('1'));
    await assert.rejects(care.update({ resourceType: 'Patient' }), (error) => isCareError(error, 'validation'));
    await assert.rejects(care.delete({ resourceType: 'Patient' }), (error) => isCareError(error, 'validation'));
    assert.deepEqual(seen, []);
  });
});

describe('a transaction', () => {
  const update = (versionId: string): WriteOperation => ({ method: 'update', resource: patient(versionId, 'Mine') });
  const create: WriteOperation = { method: 'create', resource: { resourceType: 'Patient' } };

  test('carries the versions of its updates', async () => {
    const { client: care, seen } = client(() =>
      json({ resourceType: 'Bundle', entry: [{ response: { status: '200' } }, { response: { status: '201', location: 'Patient/n' } }] }),
    );
    await care.transaction([update('3'), create]);
    assert.equal((JSON.parse(seen[1]!.body) as { entry: { request: { ifMatch?: string } }[] }).entry[0]!.request.ifMatch, 'W/"3"');
  });

  for (const status of [400, 409, 412]) {
    test(`that met an old version is a ConflictError (${status})`, async () => {
      const { client: care } = client(({ method }) => (method === 'GET' ? patient('3', 'Theirs') : new Response(null, { status })));
      const error: unknown = await care.transaction([create, update('1')]).catch((reason: unknown) => reason);
      assert.ok(error instanceof ConflictError, inspect(error));
      assert.deepEqual([(error.mine as Patient).name?.[0]?.family, (error.theirs as Patient).name?.[0]?.family], ['Mine', 'Theirs']);
    });
  }

  test('made one after the other tells the conflict where it was', async () => {
    const { backend } = stub(({ method, path }) => {
      if (path === 'metadata') return capabilityStatement(['search-system']);
      return method === 'GET'
        ? patient('3', 'Theirs')
        : method === 'PUT'
          ? new Response(null, { status: 412 })
          : json({ resourceType: 'Patient', id: 'n' }, 201);
    });
    const { atomic, outcomes } = await new CareClient({ backend }).transaction([create, update('1'), create], { atomic: 'preferred' });
    assert.deepEqual([atomic, outcomes.map(({ state }) => state)], [false, ['done', 'failed', 'skipped']]);
    assert.ok((outcomes[1] as { error: Error }).error instanceof ConflictError);
  });
});

describe('a search', () => {
  const paged = () =>
    client(({ path }) => {
      const number = Number(/page=(\d)/.exec(path)?.[1] ?? 1);
      const along = { resource: { resourceType: 'Practitioner', id: 'd' }, search: { mode: 'include' } };
      const rows = [1, 2].map((row) =>
        match({ resourceType: 'Appointment', id: `a${number}${row}`, participant: [{ actor: { reference: 'Practitioner/d' } }] }),
      );
      return searchset([...rows, along], number < 3 ? [{ relation: 'next', url: `Appointment?page=${number + 1}` }] : [], { total: 6 });
    });

  test('sends nothing until it is iterated, and only what is asked for', async () => {
    const { client: care, seen } = paged();
    const result = care.search('Appointment', { status: 'booked' });
    assert.equal(seen.length, 0);
    assert.equal((await result.first())?.id, 'a11');
    assert.equal(seen.length, 1);
    for await (const page of result) {
      assert.equal(page.items.length, 2);
      break;
    }
    assert.equal(seen.length, 2);
  });

  test('gives rows one by one, or everything as one page', async () => {
    const { client: care } = paged();
    const ids: (string | undefined)[] = [];
    for await (const { id } of care.search('Appointment').items()) ids.push(id);
    assert.deepEqual(ids, ['a11', 'a12', 'a21', 'a22', 'a31', 'a32']);

    const all = await care.search('Appointment', { _include: 'Appointment:practitioner' }).all();
    assert.deepEqual(
      all.items.map(({ id }) => id),
      ids,
    );
    assert.deepEqual([all.included.length, all.total, all.complete, all.warnings], [1, 6, true, []]);
    const practitioners: Practitioner[] = all.includedOf('Practitioner');
    assert.equal(practitioners[0]!.id, 'd');
    assert.equal(all.resolve(all.items[0]!.participant?.[0]?.actor), practitioners[0]);
    assert.equal(all.resolve('https://fhir.example.org/r4/Practitioner/d'), practitioners[0]);
    assert.equal(all.resolve('Practitioner/other'), undefined);
    assert.equal(all.resolve(undefined), undefined);
  });

  test('stops at the budget and says so', async () => {
    const { client: care, seen } = paged();
    const some = await care.search('Appointment').all({ maxItems: 3 });
    assert.deepEqual(
      [some.items.length, some.complete, some.warnings.map(({ code }) => code), seen.length],
      [3, false, ['page-budget'], 2],
    );
    const exact = await care.search('Appointment').all({ maxItems: 6 });
    assert.deepEqual([exact.items.length, exact.complete], [6, true]);
    const pages = await care.search('Appointment', {}, { maxPages: 1 }).all();
    assert.deepEqual([pages.items.length, pages.complete], [2, false]);
  });

  test('adds up what its pages warn of', async () => {
    const { client: care } = client(({ path }) =>
      searchset(
        [match({ resourceType: 'Observation', id: path, subject: { reference: 'Patient/p2' } })],
        path.includes('page') ? [] : [{ relation: 'next', url: 'Observation?page=2' }],
      ),
    );
    const all = await care.search('Observation', { code: 'x' }, { patient: 'p1' }).all();
    assert.deepEqual(
      all.warnings.map(({ code, count }) => [code, count]),
      [['other-patient', 2]],
    );
    assert.deepEqual([all.items, all.complete], [[], false]);
  });

  test('with a bound in time that has no offset is refused, whatever the backend', async () => {
    let asked = 0;
    const backend = { kind: 'mine', baseUrl: 'urn:mine', search: () => asked++ } as unknown as Backend;
    const care = new CareClient({ backend });
    await assert.rejects(care.search('Appointment', { date: '2026-11-24T09:00:00' }).all(), (error) => isCareError(error, 'validation'));
    assert.equal(asked, 0);
  });

  test('typed: known parameters, chains, _has and includes, and any other name', async () => {
    const { client: care } = paged();
    const result = care.search('Appointment', {
      'patient.family': 'x',
      'actor:Practitioner.identifier': 'a|b',
      '_has:Encounter:appointment:status': 'finished',
      date: ['ge2026-11-24', 'lt2026-11-25'],
      'x-own-parameter': 1,
      _include: ['Appointment:patient', 'Appointment:actor:Practitioner'],
      _revinclude: 'Encounter:appointment',
    });
    for await (const page of result) {
      const items: Appointment[] = page.items;
      const along: ('Patient' | 'Practitioner' | 'Encounter')[] = page.included.map(({ resourceType }) => resourceType);
      assert.deepEqual([items.length, along], [2, ['Practitioner']]);
    }
  });
});

describe('a client', () => {
  test('made by a base URL talks FHIR', () => {
    const { backend } = new CareClient({ baseUrl: 'https://x.org/fhir/' });
    assert.deepEqual([backend.kind, backend.baseUrl], ['fhir', 'https://x.org/fhir']);
  });

  test('tells its listeners of every error, until they leave', async () => {
    const { client: care } = client(() => new Response(null, { status: 401 }));
    const heard: string[] = [];
    const leave = care.onError(({ kind }) => heard.push(kind));
    for (const work of [
      () => care.read('Patient', 'p1'),
      () => care.search('Patient').all(),
      () => care.create({ resourceType: 'Patient' }),
      () => care.operation('$x'),
    ]) {
      await assert.rejects(work(), (error) => isCareError(error, 'auth'));
    }
    assert.deepEqual(heard, ['auth', 'auth', 'auth', 'auth']);
    const over = AbortSignal.abort();
    await assert.rejects(care.read('Patient', 'p1', { signal: over }), (error) => isCareError(error, 'aborted'));
    leave();
    await assert.rejects(care.read('Patient', 'p1'));
    assert.equal(heard.length, 4);
  });

  test('passes signal and timeout on, everywhere', async () => {
    const never = new CareClient({ backend: stub(() => new Promise<object>(() => undefined), { timeout: 500 }).backend });
    const works: ((options: { timeout: number }) => Promise<unknown>)[] = [
      (options) => never.capabilities(options),
      (options) => never.read('Patient', 'p1', options),
      (options) => never.search('Patient', {}, options).all(),
      (options) => never.operation('$x', options),
    ];
    for (const work of works)
      await assert.rejects(work({ timeout: 5 }), (error) => isCareError(error, 'offline') && error.message.includes('0.005 s'));
  });

  test('validates where asked to: what breaks the schema is kept, and its issues are there', async () => {
    const odd = { resourceType: 'Patient', id: 'p1', gender: 'martian' };
    const { client: care } = client(({ path }) =>
      path.includes('p1') ? odd : searchset([match(odd), match({ resourceType: 'Patient', id: 'p2' })]),
    );
    const read = await care.read('Patient', 'p1', { validate: true });
    assert.equal(read.gender as string, 'martian');
    assert.deepEqual(
      care.issuesOf(read).map(({ path }) => path),
      ['Patient.gender'],
    );
    const page = await care.search('Patient', {}, { validate: true }).all();
    assert.deepEqual(
      [page.items.length, page.complete, page.warnings.map(({ code, count }) => [code, count])],
      [2, true, [['invalid-resource', 1]]],
    );
    assert.deepEqual(care.issuesOf(await care.read('Patient', 'p1')), []);
  });

  test('works over any backend that keeps to the port', async () => {
    const backend = { kind: 'mine', baseUrl: 'urn:mine', read: () => Promise.reject(new CareError('gone', 'Gone.')) } as unknown as Backend;
    await assert.rejects(new CareClient({ backend }).read('Patient', 'p1'), (error) => isCareError(error, 'gone'));
  });
});
