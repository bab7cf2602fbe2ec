// What the client makes of servers as they are met in the field, beyond the contract.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CareClient } from '../../src/client/care-client.js';
import { createEmbeddedBackend } from '../../src/client/backends/embedded/index.js';
import { createFhirBackend } from '../../src/client/backends/fhir/index.js';
import type { Appointment, Patient } from '../../src/models/fhir/index.js';
import { ConflictError, isCareError, type CareError } from '../../src/models/errors.js';
import {
  combine,
  ignores,
  nextLinkTo,
  oracleLike,
  readOnly,
  unversioned,
  wrongPatient,
  type Personality,
} from '../../src/testing/personalities.js';

/** A server with two patients and an appointment and an observation of each, met through a personality. */
async function met(personality: Personality) {
  const rows = ['p1', 'p2'].flatMap((id) => [
    { resourceType: 'Patient', id, name: [{ family: `Family-${id}` }] },
    {
      resourceType: 'Appointment',
      id: `a-${id}`,
      status: 'booked',
      start: '2026-11-24T09:00:00Z',
      end: '2026-11-24T09:30:00Z',
      participant: [{ actor: { reference: `Patient/${id}` }, status: 'accepted' }],
    },
    { resourceType: 'Observation', id: `o-${id}`, status: 'final', code: { text: 'x' }, subject: { reference: `Patient/${id}` } },
  ]);
  const server = createEmbeddedBackend({
    data: { resourceType: 'Bundle', type: 'collection', entry: rows.map((resource) => ({ resource })) } as never,
  });
  const backend = createFhirBackend({ baseUrl: server.baseUrl, fetch: personality(server.handle) });
  return { server, backend, care: new CareClient({ backend }) };
}
const failure = async (work: Promise<unknown>): Promise<CareError> => {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(isCareError(error), String(error));
  return error;
};

describe('a read-only server', () => {
  test('says so before anything is tried, and refuses as unsupported', async () => {
    const { care } = await met(readOnly);
    const capabilities = await care.capabilities();
    const { read, search, create, update, delete: remove } = capabilities.type('Appointment');
    assert.deepEqual([read, search, create, update, remove, capabilities.transaction], ['yes', 'yes', 'no', 'no', 'no', 'no']);
    const appointment = await care.read('Appointment', 'a-p1');
    assert.equal((await failure(care.update(appointment))).kind, 'unsupported');
    assert.equal(
      (
        await failure(
          care.transaction([
            { method: 'update', resource: appointment },
            { method: 'update', resource: appointment },
          ]),
        )
      ).kind,
      'unsupported',
    );
    const { outcomes } = await care.transaction(
      [
        { method: 'update', resource: appointment },
        { method: 'delete', type: 'Appointment', id: 'a-p2' },
      ],
      { atomic: 'preferred' },
    );
    assert.deepEqual(
      outcomes.map(({ state }) => state),
      ['failed', 'skipped'],
    );
    assert.equal((await care.search('Appointment', { patient: 'p1' }).all()).items.length, 1);
  });
});

describe('a server like Oracle Health', () => {
  test('answers a stale version with 409, a missing one with 412, one being edited with 423', async () => {
    const { care } = await met(oracleLike((path) => path.endsWith('/a-p2')));
    const mine = await care.read('Appointment', 'a-p1');
    const saved = await care.update({ ...mine, comment: 'first' });
    assert.equal(saved.comment, 'first');
    const stale = await failure(care.update({ ...mine, comment: 'second' }));
    assert.ok(stale instanceof ConflictError);
    assert.deepEqual([stale.status, (stale.theirs as Appointment).comment], [409, 'first']);
    const missing = await failure(care.update(mine, { ifMatch: false }));
    assert.deepEqual([missing.kind, missing.status], ['precondition', 412]);
    const locked = await failure(care.update(await care.read('Appointment', 'a-p2')));
    assert.deepEqual([locked.kind, locked.status], ['locked', 423]);
  });
});

describe('a server that looks at no version', () => {
  test('is not overwritten from an old screen', async () => {
    const { care } = await met(unversioned);
    const mine = await care.read('Patient', 'p1');
    await care.update({ ...mine, gender: 'female' });
    const stale = await failure(care.update({ ...mine, gender: 'male' }));
    assert.ok(stale instanceof ConflictError);
    assert.equal((await care.read('Patient', 'p1')).gender, 'female');
    assert.ok((await care.capabilities()).notes.some((note) => note.includes('not refused for certain')));
  });
});

describe('a server that ignores a parameter', () => {
  test("is caught by its self link, and another patient's rows are withheld all the same", async () => {
    const { care } = await met(ignores(['patient']));
    const page = await care.search('Observation', { patient: 'p1' }, { patient: 'p1' }).all();
    assert.deepEqual(
      page.items.map(({ id }) => id),
      ['o-p1'],
    );
    assert.deepEqual([page.complete, page.warnings.map(({ code }) => code).toSorted()], [false, ['ignored-parameter', 'other-patient']]);
    const unasked = await care.search('Observation', { patient: 'p1' }).all();
    assert.deepEqual([unasked.complete, unasked.warnings.map(({ code }) => code)], [false, ['ignored-parameter']]);
  });

  test('and claims that it did not is caught by its rows', async () => {
    const { care } = await met(wrongPatient);
    for (const type of ['Observation', 'Appointment'] as const) {
      const page = await care.search(type, { patient: 'p1', _include: `${type}:patient` }, { patient: 'Patient/p1' }).all();
      assert.deepEqual(
        page.items.map(({ id }) => id),
        [type === 'Observation' ? 'o-p1' : 'a-p1'],
      );
      assert.deepEqual(
        page.includedOf('Patient').map(({ id }: Patient) => id),
        ['p1'],
      );
      assert.deepEqual([page.complete, page.warnings.map(({ code }) => code)], [false, ['other-patient']]);
    }
  });

  test('in a form is caught as well', async () => {
    const { care } = await met(ignores(['family']));
    const page = await care.search('Patient', { family: 'family-p1', _count: 10 }).all();
    assert.deepEqual([page.items.length, page.complete, page.warnings.map(({ code }) => code)], [2, false, ['ignored-parameter']]);
  });
});

test("a next link to another host gets neither credentials nor the patient's data", async () => {
  const asked: string[] = [];
  const spy: Personality = (handler) => async (request) => {
    asked.push(new URL(request.url).host);
    return handler(request);
  };
  const { server, care } = await met(combine(spy, nextLinkTo('https://collector.example.org/fhir/Patient?page=2')));
  const page = await care.search('Patient', { family: 'family' }).all();
  assert.deepEqual([page.items.length, page.complete, page.warnings.map(({ code }) => code)], [2, false, ['refused-link']]);
  assert.deepEqual([...new Set(asked)], [new URL(server.baseUrl).host]);
});
