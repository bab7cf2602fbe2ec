import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SearchParams } from '../../../src/client/backend.js';
import { CareClient } from '../../../src/client/care-client.js';
import { CareError } from '../../../src/models/errors.js';
import type { Observation, Patient } from '../../../src/models/fhir/index.js';
import { parseJson, stringify } from '../../../src/models/fhir/json.js';
import { FakeServer, Gate, settled } from './support.js';

const patient = (id: string, family = 'Ito'): Patient => ({ resourceType: 'Patient', id, name: [{ family }] });
const held = () => {
  const gate = new Gate();
  const server = new FakeServer({ gate: gate.wait });
  server.put(patient('p1'));
  return { gate, server, client: new CareClient({ backend: server.backend() }) };
};
const kindOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error as CareError).kind,
  );

describe('reads at the same time', () => {
  test('share a request, and each caller has an object of its own', async () => {
    const { gate, server, client } = held();
    const both = Promise.all([client.read('Patient', 'p1'), client.read('Patient', 'p1'), client.read('Patient', 'p1')]);
    await gate.pass('read Patient/p1');
    await gate.pass('read Patient/p1 answered');
    const [a, b, c] = await both;
    assert.deepEqual(server.asked, ['read Patient/p1']);
    a.name![0]!.family = 'changed by the first';
    b.name![0]!.family = 'changed by the second';
    assert.equal(c.name![0]!.family, 'Ito');
  });

  test('that give up leave the request to the others; with the last one it is aborted', async () => {
    const { gate, server, client } = held();
    const [first, second, third] = [new AbortController(), new AbortController(), new AbortController()];
    const reads = [first, second].map(({ signal }) => client.read('Patient', 'p1', { signal }));
    await settled();
    first.abort();
    assert.equal(await kindOf(reads[0]!), 'aborted');
    assert.equal(server.signals[0]!.aborted, false);
    await gate.pass('read Patient/p1');
    await gate.pass('read Patient/p1 answered');
    assert.equal((await reads[1]!).id, 'p1');

    const late = client.read('Patient', 'p1', { signal: third.signal });
    await settled();
    third.abort();
    assert.equal(await kindOf(late), 'aborted');
    assert.equal(server.signals[1]!.aborted, true);
  });

  test('of another record, version or time limit share nothing', async () => {
    const { server, client } = held();
    server.put(patient('p2'));
    void client.read('Patient', 'p1');
    void client.read('Patient', 'p2');
    void client.read('Patient', 'p1', { versionId: '1' });
    void client.read('Patient', 'p1', { timeout: 5 });
    await settled();
    assert.deepEqual(server.asked, ['read Patient/p1', 'read Patient/p2', 'read Patient/p1/1', 'read Patient/p1']);
  });

  test('a failure is everybody’s, and the next one asks anew', async () => {
    const { gate, server, client } = held();
    server.failures.push(new CareError('server', 'It broke.'));
    const both = [client.read('Patient', 'p1'), client.read('Patient', 'p1')].map(kindOf);
    await gate.pass('read Patient/p1');
    await gate.pass('read Patient/p1 answered');
    assert.deepEqual(await Promise.all(both), ['server', 'server']);
    const again = client.read('Patient', 'p1');
    await gate.pass('read Patient/p1');
    await gate.pass('read Patient/p1 answered');
    assert.equal((await again).id, 'p1');
  });

  test('one that begins after a write does not get what was asked for before it', async () => {
    const { gate, client } = held();
    const before = client.read('Patient', 'p1');
    await gate.pass('read Patient/p1'); // served, on its way back
    const write = client.update({ ...patient('p1', 'Sato'), meta: { versionId: '1' } });
    await gate.pass('write update Patient/p1');
    await gate.pass('write update Patient/p1 answered');
    await write;
    const after = client.read('Patient', 'p1');
    await gate.pass('read Patient/p1 if not 2');
    await gate.pass('read Patient/p1 if not 2 answered');
    await gate.pass('read Patient/p1 answered');
    assert.equal((await after).name![0]!.family, 'Sato');
    assert.equal((await before).name![0]!.family, 'Ito');
  });

  test('numbers keep their digits in every copy', async () => {
    const { server } = held();
    const text = '{"resourceType":"Observation","id":"o1","meta":{"versionId":"1"},"valueQuantity":{"value":1.00}}';
    const backend = { ...server.backend(), read: () => Promise.resolve(parseJson(text) as never) };
    const client = new CareClient({ backend });
    const [a, b] = await Promise.all([client.read('Observation', 'o1'), client.read('Observation', 'o1')]);
    const kept = await client.read('Observation', 'o1', { maxAge: 60_000 });
    for (const one of [a, b, kept] as Observation[]) assert.match(stringify(one), /"value":1\.00/);
  });
});

describe('searches at the same time', () => {
  const twoPages = () => {
    const all = held();
    all.server.put(patient('p2'));
    all.server.pageSize = 1;
    return all;
  };

  test('share all their pages, and each caller has rows of its own', async () => {
    const { gate, server, client } = twoPages();
    const [a, b] = [client.search('Patient', { _sort: 'family' }), client.search('Patient', { _sort: 'family' })].map((one) => one.all());
    for (const what of ['search Patient', 'search Patient answered', 'search Patient from 1', 'search Patient from 1 answered'])
      await gate.pass(what);
    const [first, second] = [await a!, await b!];
    assert.deepEqual(server.asked, ['search Patient', 'search Patient from 1']);
    assert.deepEqual([first.items.length, second.items.length], [2, 2]);
    first.items[0]!.name![0]!.family = 'changed';
    assert.equal(second.items[0]!.name![0]!.family, 'Ito');
  });

  test('the order of the parameters does not matter, that of repeated values does', async () => {
    const { server, client } = held();
    for (const params of [
      { family: 'Ito', _sort: 'a' },
      { _sort: 'a', family: 'Ito', gender: undefined },
      { family: 'Ito', _sort: ['b', 'a'] },
      { family: 'Ito', _sort: ['a', 'b'] },
    ])
      void client.search('Patient', params as SearchParams).all();
    await settled();
    assert.equal(server.asked.length, 3);
  });

  test('one that stops after a page leaves the rest to the other', async () => {
    const { gate, client } = twoPages();
    const first = client.search('Patient').first();
    const all = client.search('Patient').all();
    await gate.pass('search Patient');
    await gate.pass('search Patient answered');
    assert.equal((await first)!.id, 'p1');
    await gate.pass('search Patient from 1');
    await gate.pass('search Patient from 1 answered');
    assert.equal((await all).items.length, 2);
  });

  test('one that begins when pages are under way asks for its own', async () => {
    const { gate, server, client } = twoPages();
    const first = client.search('Patient').all();
    await gate.pass('search Patient');
    await gate.pass('search Patient answered');
    const second = client.search('Patient').all();
    await settled();
    assert.equal(server.asked.filter((what) => what === 'search Patient').length, 2);
    for (const what of [
      'search Patient',
      'search Patient answered',
      'search Patient from 1',
      'search Patient from 1',
      'search Patient from 1 answered',
      'search Patient from 1 answered',
    ])
      await gate.pass(what);
    assert.deepEqual([(await first).items.length, (await second).items.length], [2, 2]);
  });

  test('one that begins after a write does not get what was asked for before it', async () => {
    const { gate, client } = held();
    const before = client.search('Patient').all();
    await gate.pass('search Patient'); // served, on its way back
    const write = client.create(patient('x'));
    await gate.pass('write create Patient/x');
    await gate.pass('write create Patient/x answered');
    await write;
    const after = client.search('Patient').all();
    await gate.pass('search Patient');
    await gate.pass('search Patient answered');
    await gate.pass('search Patient answered');
    assert.deepEqual([(await before).items.length, (await after).items.length], [1, 2]);
  });

  test('a page that fails fails for both, also for one that is slower: the part is never taken for the whole', async () => {
    const { gate, server, client } = twoPages();
    const fast = client.search('Patient')[Symbol.asyncIterator]();
    const slow = client.search('Patient')[Symbol.asyncIterator]();
    const firsts = [fast.next(), slow.next()];
    await gate.pass('search Patient');
    await gate.pass('search Patient answered');
    await Promise.all(firsts);
    server.failures.push(new CareError('server', 'It broke.'));
    const failed = kindOf(fast.next());
    await gate.pass('search Patient from 1');
    await gate.pass('search Patient from 1 answered');
    assert.equal(await failed, 'server');
    assert.equal(await kindOf(slow.next()), 'server');
  });

  test('that give up leave the request to the others; with the last one it is aborted', async () => {
    const { server, client } = twoPages();
    const [one, two] = [new AbortController(), new AbortController()];
    const both = [one, two].map(({ signal }) => kindOf(client.search('Patient', {}, { signal }).all()));
    await settled();
    one.abort();
    assert.equal(await both[0], 'aborted');
    assert.equal(server.signals[0]!.aborted, false);
    two.abort();
    assert.equal(await both[1], 'aborted');
    assert.equal(server.signals[0]!.aborted, true);
    assert.equal(server.asked.length, 1);
  });
});
