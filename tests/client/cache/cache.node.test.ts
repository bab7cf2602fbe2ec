import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CareClient } from '../../../src/client/care-client.js';
import { isLater } from '../../../src/client/cache/order.js';
import { RecordTable } from '../../../src/client/cache/record-table.js';
import { searchKey, typesOf, wholeKey } from '../../../src/client/cache/search-key.js';
import { CareError } from '../../../src/models/errors.js';
import type { Patient, Resource } from '../../../src/models/fhir/index.js';
import { FakeServer, FakeTimers } from './support.js';

const patient = (id: string, family = 'Ito'): Patient => ({ resourceType: 'Patient', id, name: [{ family }] });
const over = (server = new FakeServer()) => {
  server.put(patient('p1'));
  const timers = new FakeTimers();
  return { server, timers, client: new CareClient({ backend: server.backend(), timers }) };
};
const reject = (work: Promise<unknown>, kind: string): Promise<void> => assert.rejects(work, (error: CareError) => error.kind === kind);

describe('a record that is read again', () => {
  test('is asked for by the version at hand, and is the caller’s own again', async () => {
    const { server, client } = over();
    const first = await client.read('Patient', 'p1');
    first.name = [{ family: 'a draft' }];
    const second = await client.read('Patient', 'p1');
    assert.deepEqual(second.name, [{ family: 'Ito' }]);
    second.name![0]!.family = 'another draft';
    assert.equal((await client.read('Patient', 'p1')).name![0]!.family, 'Ito');
    assert.deepEqual(server.asked, ['read Patient/p1', 'read Patient/p1 if not 1', 'read Patient/p1 if not 1']);
  });

  test('is taken from what is at hand within maxAge only, and never after a change', async () => {
    const { server, timers, client } = over();
    const read = () => client.read('Patient', 'p1', { maxAge: 1000 });
    await read();
    await timers.pass(999);
    await read();
    assert.equal(server.asked.length, 1);
    await timers.pass(1);
    await read();
    assert.equal(server.asked.length, 2);
    const stored = await client.update({ ...patient('p1', 'Sato'), meta: { versionId: '1' } });
    assert.equal((await read()).name![0]!.family, 'Sato');
    assert.equal(server.asked.length, 3, 'what a write gave back is at hand');
    await reject(client.update({ ...stored, meta: { versionId: '1' } }), 'conflict');
    const asked = server.asked.length;
    await read();
    assert.equal(server.asked.length, asked + 1, 'after a conflict nothing at hand counts');
    await client.invalidate('Patient');
    await read();
    assert.equal(server.asked.length, asked + 2);
    await client.operation('Patient/p1/$merge', { method: 'POST' });
    await read();
    assert.equal(server.asked.length, asked + 4, 'an operation may have changed anything');
    await client.operation('Patient/p1/$everything', { method: 'POST' });
    await read();
    assert.equal(server.asked.length, asked + 5);
    await client.delete({ resourceType: 'Patient', id: 'p1' });
    await reject(read(), 'gone');
  });

  test('is asked for after a write of which nobody knows whether it was made', async () => {
    const { server, client } = over();
    await client.read('Patient', 'p1', { maxAge: 1e6 });
    server.failures.push(new CareError('offline', 'No answer.'));
    await reject(client.update({ ...patient('p1'), meta: { versionId: '1' } }), 'offline');
    await client.read('Patient', 'p1', { maxAge: 1e6 });
    assert.equal(server.asked.filter((what) => what.startsWith('read')).length, 2);
  });

  test('is not taken from what is at hand once the server has said 401', async () => {
    const { server, client } = over();
    await client.read('Patient', 'p1', { maxAge: 1e6 });
    server.failures.push(new CareError('auth', 'Sign in.'), new CareError('auth', 'Sign in.'));
    await reject(client.search('Observation').all(), 'auth');
    await reject(client.read('Patient', 'p1', { maxAge: 1e6 }), 'auth');
  });

  test('is let go when access is refused: the next request sends no version of it', async () => {
    const { server, client } = over();
    await client.read('Patient', 'p1');
    server.failures.push(new CareError('forbidden', 'Not for you.'));
    await reject(client.read('Patient', 'p1'), 'forbidden');
    await client.read('Patient', 'p1', { maxAge: 1e6 });
    assert.equal(server.asked.at(-1), 'read Patient/p1');
  });

  test('a part of a record never stands for it', async () => {
    const { server, client } = over();
    const cut = { ...patient('p1'), meta: { versionId: '7', tag: [{ code: 'SUBSETTED' }] } };
    await client.read('Patient', 'p1');
    server.records.set('Patient/p1', { version: 7, resource: cut });
    const page = await client.search('Patient', { _elements: 'name' }, { maxAge: 1e6 }).all();
    assert.equal(page.items[0]!.meta!.versionId, '7');
    await client.search('Patient', {}, { maxAge: 1e6 }).all();
    assert.equal((await client.read('Patient', 'p1', { maxAge: 1e6 })).meta!.versionId, '1');
  });
});

describe('a search that is asked again', () => {
  test('is taken from what is at hand within maxAge, with its warnings; a partial one stays partial', async () => {
    const { server, timers, client } = over();
    server.page = { complete: false, total: 40, warnings: [{ code: 'page-budget', message: 'More rows exist.', count: 1 }] };
    const search = () => client.search('Patient', {}, { maxAge: 1000 }).all();
    const first = await search();
    first.items[0]!.name![0]!.family = 'a draft';
    server.page = {};
    const second = await search();
    assert.equal(server.asked.length, 1);
    assert.deepEqual([second.complete, second.total, second.warnings.map(({ code }) => code)], [false, 40, ['page-budget']]);
    assert.equal(second.items[0]!.name![0]!.family, 'Ito');
    await timers.pass(1000);
    assert.equal((await search()).complete, true);
  });

  test('is asked anew after a write of its type, also one that was being asked for meanwhile', async () => {
    const { server, client } = over();
    const search = () => client.search('Patient', {}, { maxAge: 1e6 }).all();
    await search();
    await client.create(patient('x'));
    assert.equal((await search()).items.length, 2);
    await client.create({ resourceType: 'Practitioner' });
    const asked = server.asked.length;
    await search();
    assert.equal(server.asked.length, asked, 'a practitioner does not concern it');
    const running = search();
    const write = client.create(patient('y'));
    await Promise.all([running, write]);
    assert.equal((await search()).items.length, 3);
  });
});

describe('what a change concerns', () => {
  const types = (params: object) => typesOf({ type: 'Appointment', params: params as never, options: {} });
  test('its type, what it includes, and anything where rows are found through other records', () => {
    assert.deepEqual([...types({ date: 'ge2026-01-01' })!], ['Appointment']);
    assert.deepEqual(
      [...types({ _revinclude: ['Encounter:appointment', 'Provenance:target'] })!],
      ['Appointment', 'Encounter', 'Provenance'],
    );
    assert.deepEqual(
      [...types({ _include: 'Appointment:actor:Location', '_include:iterate': 'Location:organization' })!],
      ['Appointment', 'Location'],
    );
    for (const params of [
      { 'patient.name': 'x' },
      { 'patient:Patient.name': 'x' },
      { '_has:Encounter:appointment:status': 'planned' },
      { _filter: 'x' },
      { _revinclude: '*' },
    ])
      assert.equal(types(params), undefined, JSON.stringify(params));
  });

  test('searches are the same whatever the order of their parameters, and not when anything else differs', () => {
    const key = (params: object, options = {}) => searchKey({ type: 'Patient', params: params as never, options });
    assert.equal(key({ a: 1, b: undefined, c: ['x'] }), key({ c: 'x', a: '1' }));
    assert.notEqual(key({ a: ['x', 'y'] }), key({ a: 'x,y' }));
    assert.notEqual(key({ a: 'x' }), key({ a: 'x' }, { patient: 'Patient/p1' }));
    assert.notEqual(key({ a: 'x' }), key({ a: 'x' }, { maxPages: 1 }));
  });

  test('hostile rows make no key and no order', () => {
    const strange = {
      resourceType: 'Patient',
      id: 'p1',
      meta: { versionId: { toString: 1 }, lastUpdated: { toString: 1 }, tag: [null] },
    } as unknown as Resource;
    assert.equal(wholeKey({ type: 'Patient', params: {}, options: {} }, strange), 'Patient/p1');
    assert.equal(isLater(strange, patient('p1')), undefined);
  });
});

describe('the table of records', () => {
  const version = (versionId: string, lastUpdated?: string): Patient => ({
    ...patient('p1'),
    meta: { versionId, ...(lastUpdated ? { lastUpdated } : {}) },
  });

  test('later versions by number, else by time; a lower number of a later time is a new server', () => {
    const [early, late] = ['2026-01-01T00:00:00Z', '2026-01-01T10:00:00+09:30'];
    assert.equal(isLater(version('10'), version('9')), true);
    assert.equal(isLater(version('9'), version('10')), false);
    assert.equal(isLater(version('1', late), version('10', early)), true);
    assert.equal(isLater(version('a', late), version('b', early)), true);
    assert.equal(isLater(version('a', early), version('b', late)), false);
    assert.equal(isLater(version('a'), version('b')), undefined);
  });

  test('of two answers whose order nobody knows the first stays, and counts as unconfirmed', () => {
    const table = new RecordTable();
    const [first, second] = [table.tick(), table.tick()];
    table.put('Patient/p1', version('b'), second, 0);
    table.put('Patient/p1', version('a'), first, 0);
    const entry = table.get('Patient/p1')!;
    assert.equal(entry.value!.meta!.versionId, 'b');
    assert.ok(entry.asked < entry.changed);
    table.put('Patient/p1', version('a'), table.tick(), 0);
    assert.equal(table.get('Patient/p1')!.value!.meta!.versionId, 'a');
  });

  test('forgets what was not used for longest, and nothing that is needed', () => {
    const table = new RecordTable({ records: 10 });
    for (let i = 0; i < 11; i++) table.put(`Patient/${i}`, version('1'), table.tick(), 0);
    table.get('Patient/0');
    table.trim(() => new Set(['Patient/1']));
    assert.equal(table.size, 9);
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((i) => table.has(`Patient/${i}`)),
      [true, true, false, false, true],
    );
  });

  test('is bounded by the size of what it holds', () => {
    const table = new RecordTable({ characters: 10_000 });
    for (let i = 0; i < 100; i++) {
      table.put(
        `Patient/${i}`,
        { ...patient(String(i)), meta: { versionId: '1' }, text: { div: 'x'.repeat(1000) } } as never,
        table.tick(),
        0,
      );
      table.trim(() => new Set());
    }
    assert.ok(table.size <= 10, `${table.size} records`);
    assert.ok(table.has('Patient/99'));
  });

  test('what it holds cannot be changed from outside', () => {
    const table = new RecordTable();
    const given = version('1');
    table.put('Patient/p1', given, table.tick(), 0);
    given.name![0]!.family = 'changed';
    const held = table.get('Patient/p1')!.value as Patient;
    assert.equal(held.name![0]!.family, 'Ito');
    assert.throws(() => (held.name![0]!.family = 'changed'), TypeError);
  });
});
