import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CareClient } from '../../src/client/care-client.js';
import { createEmbeddedBackend } from '../../src/client/backends/embedded/index.js';
import { createFhirBackend } from '../../src/client/backends/fhir/index.js';
import type { RecordHandle, TypedReference, WriteHandle } from '../../src/client/transaction-builder.js';
import { ConflictError, isCareError, type CareError } from '../../src/models/errors.js';
import type { Encounter, Observation, Patient } from '../../src/models/fhir/index.js';
import { capabilityStatement, json, stub, type Seen } from './stub-server.js';

const patient = (family: string, more: Partial<Patient> = {}): Patient => ({ resourceType: 'Patient', name: [{ family }], ...more });
const encounter = (more: Partial<Encounter> = {}): Encounter => ({
  resourceType: 'Encounter',
  status: 'planned',
  class: { code: 'AMB' },
  ...more,
});
const errorOf = async (work: Promise<unknown>): Promise<CareError> => {
  const error: unknown = await work.then(
    () => assert.fail('it succeeded'),
    (reason: unknown) => reason,
  );
  assert.ok(isCareError(error), String(error));
  return error;
};
const invalid = (pattern: RegExp) => (error: unknown) => isCareError(error, 'validation') && pattern.test(error.message);

/** The embedded backend, and the FHIR backend over it, whole and without transactions. */
const clients: Record<string, () => { client: CareClient; store: CareClient }> = {
  embedded: () => {
    const backend = createEmbeddedBackend();
    return { client: new CareClient({ backend }), store: new CareClient({ backend }) };
  },
  'fhir over it': () => {
    const server = createEmbeddedBackend({ baseUrl: 'https://fhir.example.org/r4' });
    const backend = createFhirBackend({ baseUrl: server.baseUrl, fetch: server.fetch });
    return { client: new CareClient({ backend }), store: new CareClient({ backend: server }) };
  },
  'a server without transactions': () => {
    const server = createEmbeddedBackend({ baseUrl: 'https://fhir.example.org/r4' });
    const fetch = async (request: Request): Promise<Response> => {
      if (request.url.endsWith('/metadata'))
        return json(capabilityStatement(['batch'], [{ type: 'Patient' }, { type: 'Encounter' }, { type: 'Observation' }]));
      if (request.method === 'POST' && /\/r4\/?$/.test(request.url)) return new Response(null, { status: 405 });
      return server.fetch(request);
    };
    return {
      client: new CareClient({ backend: createFhirBackend({ baseUrl: server.baseUrl, fetch }) }),
      store: new CareClient({ backend: server }),
    };
  },
};

for (const [name, make] of Object.entries(clients)) {
  const atomic = name === 'a server without transactions' ? 'preferred' : 'required';
  describe(`a transaction put together, on ${name}`, () => {
    test('gives each stored record by its handle, and they refer to each other', async () => {
      const { client, store } = make();
      const old = await store.create(patient('Old', { identifier: [{ system: 'urn:s', value: 'upsert' }] }));
      const gone = await store.create(patient('Gone'));
      const tx = await client.newTransaction();
      // The encounter comes first and refers to what is made after it.
      const visit = encounter();
      const encounterHandle = tx.create(visit);
      const doe: RecordHandle<Patient> = tx.create(patient('Doe'));
      const reference: TypedReference<'Patient'> = doe.reference;
      visit.subject = reference;
      const upserted = tx.conditionalUpdate(patient('New', { identifier: [{ system: 'urn:s', value: 'upsert' }] }), {
        identifier: 'urn:s|upsert',
      });
      const made = tx.conditionalUpdate(
        patient('Made', { identifier: [{ system: 'urn:s', value: 'none yet' }] }),
        'identifier=urn:s|none%20yet',
      );
      const observation = tx.create<Observation>({
        resourceType: 'Observation',
        status: 'final',
        code: { text: 'x' },
        subject: upserted.reference,
        focus: [made.reference],
      });
      const removed: WriteHandle<undefined> = tx.delete(gone);
      assert.equal(tx.size, 6);
      const result = await tx.commit({ atomic });
      assert.equal(result.atomic, atomic === 'required');
      const [storedPatient, storedVisit]: [Patient, Encounter] = [result.of(doe), result.of(encounterHandle)];
      assert.equal(storedVisit.subject?.reference, `Patient/${storedPatient.id}`);
      assert.equal(storedPatient.meta?.versionId, '1');
      assert.deepEqual(
        [result.of(upserted).id, result.of(upserted).name?.[0]?.family, result.of(upserted).meta?.versionId],
        [old.id, 'New', '2'],
      );
      assert.equal(result.of(observation).subject?.reference, `Patient/${old.id}`);
      assert.equal(result.of(observation).focus?.[0]?.reference, `Patient/${result.of(made).id}`);
      assert.equal(result.of(removed), undefined);
      assert.deepEqual([result.failed, result.skipped], [[], []]);
      assert.equal((await store.read('Encounter', storedVisit.id!)).subject?.reference, `Patient/${storedPatient.id}`);
      await assert.rejects(store.read('Patient', gone.id!), (error) => isCareError(error, 'gone'));
    });

    test('names the write that failed', async () => {
      const { client, store } = make();
      const mine = await store.create(patient('Mine'));
      await store.update({ ...mine, name: [{ family: 'Theirs' }] });
      const tx = await client.newTransaction();
      const first = tx.create(patient('First'));
      const stale = tx.update({ ...mine, name: [{ family: 'Stale' }] }, { base: mine });
      const last = tx.create(patient('Last'));
      if (atomic === 'required') {
        const error = await errorOf(tx.commit());
        assert.ok(error instanceof ConflictError);
        assert.equal(tx.handleOf(error), stale);
        assert.equal(error.base, mine);
        assert.equal((error.theirs as Patient).name?.[0]?.family, 'Theirs');
        assert.deepEqual((await store.search('Patient', { name: 'First' }).all()).items, []);
      } else {
        const result = await tx.commit({ atomic });
        assert.equal(result.of(first).name?.[0]?.family, 'First');
        assert.deepEqual(
          result.failed.map(({ handle }) => handle),
          [stale],
        );
        assert.ok(result.failed[0]!.error instanceof ConflictError);
        assert.throws(
          () => result.of(stale),
          (error) => error instanceof ConflictError,
        );
        assert.deepEqual(result.skipped, [last]);
        assert.throws(
          () => result.of(last),
          (error) => isCareError(error, 'precondition') && error.operation === 2,
        );
      }
      const overwriting = await client.newTransaction();
      const anyway = overwriting.update({ ...mine, name: [{ family: 'Anyway' }] }, { ifMatch: false });
      assert.equal((await overwriting.commit({ atomic })).of(anyway).meta?.versionId, '3');
      assert.equal(mine.meta?.versionId, '1', 'what was given stays as it is');
    });

    test('patches, by id and by condition', async () => {
      const { client, store } = make();
      const one = await store.create(patient('One'));
      const two = await store.create(patient('Two', { identifier: [{ system: 'urn:s', value: '2' }] }));
      const tx = await client.newTransaction();
      const byId = tx.patch(one, [{ op: 'replace', path: '/name/0/family', value: 'Uno' }]);
      const byCondition = tx.conditionalPatch('Patient', { identifier: 'urn:s|2' }, [
        { op: 'replace', path: '/name/0/family', value: 'Dos' },
      ]);
      const observation = tx.create<Observation>({
        resourceType: 'Observation',
        status: 'final',
        code: { text: 'x' },
        subject: byId.reference,
      });
      const result = await tx.commit({ atomic });
      assert.deepEqual([result.of(byId).name?.[0]?.family, result.of(byCondition).name?.[0]?.family], ['Uno', 'Dos']);
      assert.deepEqual([result.of(byCondition).id, result.of(observation).subject?.reference], [two.id, `Patient/${one.id}`]);
    });
  });
}

describe('a server that takes transactions, but no conditions', () => {
  const setUp = () => {
    const server = createEmbeddedBackend({ baseUrl: 'https://fhir.example.org/r4' });
    const types = ['Patient', 'Encounter', 'Observation'].map((type) => ({
      type,
      conditionalCreate: false,
      conditionalUpdate: false,
      conditionalDelete: 'not-supported',
    }));
    const fetch = async (request: Request): Promise<Response> =>
      request.url.endsWith('/metadata') ? json(capabilityStatement(['transaction'], types)) : server.fetch(request);
    return {
      client: new CareClient({ backend: createFhirBackend({ baseUrl: server.baseUrl, fetch }) }),
      store: new CareClient({ backend: server }),
    };
  };
  const named = (family: string): Patient => patient(family, { identifier: [{ system: 'urn:s', value: '1' }] });

  test('has them made as searches, and others still refer to what was found', async () => {
    const { client, store } = setUp();
    const old = await store.create(named('Old'));
    const tx = await client.newTransaction();
    const known = tx.create(named('Never'), { ifNoneExist: { identifier: 'urn:s|1' } });
    const upserted = tx.conditionalUpdate(named('New'), { identifier: 'urn:s|1' });
    const made = tx.conditionalUpdate(patient('Made'), { identifier: 'urn:s|2' });
    const visits = [known, upserted, made].map(({ reference }) => tx.create(encounter({ subject: reference })));
    const result = await tx.commit();
    assert.equal(result.of(upserted).id, old.id);
    assert.equal(result.of(known).id, old.id);
    assert.deepEqual(
      visits.map((visit) => result.of(visit).subject?.reference),
      [old.id, old.id, result.of(made).id].map((id) => `Patient/${id}`),
    );
  });

  test('still has its refusals blamed on the right write', async () => {
    const { client, store } = setUp();
    await store.create(named('Old'));
    const tx = await client.newTransaction();
    tx.create(named('Never'), { ifNoneExist: { identifier: 'urn:s|1' } });
    const broken = tx.create({ resourceType: 'Patient', gender: 'no code' } as unknown as Patient);
    assert.equal(tx.handleOf(await errorOf(tx.commit())), broken);
  });
});

describe('a transaction put together', () => {
  test('says which write a server refused by the places of its issues', async () => {
    const { client } = clients['embedded']!();
    const tx = await client.newTransaction();
    tx.create(patient('Sound'));
    const broken = tx.create({ resourceType: 'Patient', gender: 'not-a-code' } as unknown as Patient);
    const error = await errorOf(tx.commit());
    assert.equal(tx.handleOf(error), broken);
    assert.doesNotMatch(JSON.stringify(error), /not-a-code/);
    assert.equal(tx.handleOf(new Error('else')), undefined);
  });

  test('refuses what is wrong in itself, before anything is sent', async () => {
    const { backend, seen } = stub(() => capabilityStatement());
    const client = new CareClient({ backend });
    const tx = await client.newTransaction();
    const other = await client.newTransaction();
    const record = { resourceType: 'Patient', id: 'p1' } as const;
    tx.update(record);
    assert.throws(() => tx.delete(record), invalid(/already/));
    assert.throws(() => tx.patch({ resourceType: 'Patient' }, []), invalid(/no id/));
    tx.create(encounter({ subject: other.create(patient('Elsewhere')).reference }));
    const error = await errorOf(tx.commit());
    assert.ok(invalid(/another transaction/)(error));
    assert.equal(error.operation, 1);
    const empty = await client.newTransaction();
    empty.conditionalDelete('Patient', { identifier: undefined });
    assert.ok(invalid(/nothing to search by/)(await errorOf(empty.commit())));
    assert.deepEqual(
      seen.filter(({ method }: Seen) => method !== 'GET'),
      [],
    );
  });

  test('is committed once, and answers for its own handles only', async () => {
    const { client } = clients['embedded']!();
    const tx = await client.newTransaction();
    const handle = tx.create(patient('Doe'));
    const result = await tx.commit();
    assert.ok(invalid(/begin a new one/)(await errorOf(tx.commit())));
    assert.throws(() => tx.create(patient('Late')), invalid(/begin a new one/));
    const other = await client.newTransaction();
    const foreign = other.create(patient('Roe'));
    assert.throws(() => result.of(foreign), invalid(/another transaction/));
    assert.equal(result.outcome(handle).state, 'done');
    const nothing = await (await client.newTransaction()).commit();
    assert.deepEqual([nothing.atomic, nothing.failed], [true, []]);
  });

  test('reads what a server does not give back; a failure in that undoes nothing', async () => {
    let reads = 0;
    const { backend } = stub(({ method, path }) => {
      if (path === 'metadata') return capabilityStatement();
      if (method === 'POST')
        return {
          resourceType: 'Bundle',
          type: 'transaction-response',
          entry: ['a', 'b'].map((id) => ({ response: { status: '201', location: `Patient/${id}/_history/4` } })),
        };
      reads++;
      return path.endsWith('a') ? { ...patient('Read'), id: 'a' } : new Response(null, { status: 403 });
    });
    const tx = await new CareClient({ backend }).newTransaction();
    const [a, b] = [tx.create(patient('A')), tx.create(patient('B'))];
    const result = await tx.commit();
    assert.deepEqual([result.of(a).name?.[0]?.family, result.of(a).meta?.versionId, reads], ['Read', '4', 2]);
    assert.throws(
      () => result.of(b),
      (error) => isCareError(error, 'forbidden') && /was saved/.test(error.message),
    );
    const outcome = result.outcome(b);
    assert.ok(outcome.state === 'done' && outcome.id === 'b');
  });
});
