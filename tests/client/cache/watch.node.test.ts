import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CareClient, type CareClientOptions } from '../../../src/client/care-client.js';
import type { RecordChange, Snapshot } from '../../../src/client/cache/types.js';
import type { Watch } from '../../../src/client/watch.js';
import { CareError } from '../../../src/models/errors.js';
import type { Patient } from '../../../src/models/fhir/index.js';
import { brief, FakeChannels, FakeServer, FakeTimers, Gate, settled } from './support.js';

const patient = (id: string, family = 'Ito'): Patient => ({ resourceType: 'Patient', id, name: [{ family }] });
const over = (options: { gate?: Gate } & Partial<CareClientOptions> = {}) => {
  const server = new FakeServer(options.gate ? { gate: options.gate.wait } : {});
  server.put(patient('p1'));
  const timers = new FakeTimers();
  return { server, timers, client: new CareClient({ backend: server.backend(), timers, ...options }) };
};
/** What a watch has told, in one word each. */
const listen = (watch: Watch<unknown>) => {
  const told: string[] = [];
  const snapshots: Snapshot<unknown>[] = [];
  const stop = watch.subscribe((snapshot) => {
    told.push(brief(snapshot));
    snapshots.push(snapshot);
  });
  return { told, snapshots, stop };
};

describe('a watch on a record', () => {
  test('tells what comes, and what this client writes at once', async () => {
    const { client, server } = over();
    const { told } = listen(client.watch('Patient', 'p1'));
    await settled();
    assert.deepEqual(told, ['pending', 'fresh v1']);
    const stored = await client.update({ ...patient('p1', 'Sato'), meta: { versionId: '1' } });
    await settled();
    assert.deepEqual(told, ['pending', 'fresh v1', 'fresh v2']);
    await client.delete(stored);
    await settled();
    assert.deepEqual(told.slice(3), ['gone']);
    assert.deepEqual(server.asked, ['read Patient/p1', 'write update Patient/p1', 'write delete Patient/p1']);
  });

  test('shows the copy at hand as stale until the server confirms it', async () => {
    const { client } = over();
    await client.read('Patient', 'p1');
    const { told } = listen(client.watch('Patient', 'p1'));
    await settled();
    assert.deepEqual(told, ['stale v1', 'fresh v1']);
    const young = listen(client.watch('Patient', 'p1', { maxAge: 1000 }));
    await settled();
    assert.deepEqual(young.told, ['fresh v1']);
  });

  test('many watchers are one request, and end with the last of them', async () => {
    const { client, server, timers } = over();
    const watchers = Array.from({ length: 20 }, () => listen(client.watch('Patient', 'p1', { every: 1000 })));
    await settled();
    await timers.pass(1000);
    assert.deepEqual(server.asked, ['read Patient/p1', 'read Patient/p1 if not 1']);
    for (const { stop } of watchers) stop();
    await timers.pass(10_000);
    assert.equal(server.asked.length, 2);
    assert.deepEqual([timers.waits, timers.listeners], [[], 0]);
  });

  test('the one value is frozen, and a caller’s own copy of it is not', async () => {
    const { client } = over();
    const { snapshots } = listen(client.watch('Patient', 'p1'));
    await settled();
    const shown = snapshots.at(-1)!.value as Patient;
    assert.throws(() => (shown.name![0]!.family = 'x'), TypeError);
    const mine = await client.read('Patient', 'p1');
    mine.name![0]!.family = 'a draft';
    assert.equal(shown.name![0]!.family, 'Ito');
    await client.read('Patient', 'p1');
    assert.equal(mine.name![0]!.family, 'a draft', 'another’s read does not touch a draft');
  });

  test('a record that is not there is gone, and comes when it is made', async () => {
    const { client } = over();
    const { told } = listen(client.watch('Patient', 'p9'));
    await settled();
    await client.update(patient('p9'));
    await settled();
    assert.deepEqual(told, ['pending', 'gone', 'fresh v1']);
  });

  test('asks again after failures that may pass, less and less often, and as late as the server says', async () => {
    const { client, server, timers } = over();
    server.failing = new CareError('offline', 'Nobody answers.');
    const { told } = listen(client.watch('Patient', 'p1'));
    await settled();
    const waits: number[] = [];
    for (let i = 0; i < 9; i++) {
      waits.push(timers.waits[0]!);
      await timers.pass(timers.waits[0]!);
    }
    assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    server.failing = new CareError('rate-limited', 'Too many.', { retryAfter: 300 });
    await timers.pass(60_000);
    assert.deepEqual(timers.waits, [300_000]);
    server.failing = undefined;
    await timers.pass(300_000);
    assert.deepEqual(told.at(-1), 'fresh v1');
    assert.deepEqual(timers.waits, [], 'nothing more to ask for');
  });

  test('keeps what it has through a failure, as that of an error', async () => {
    const { client, server, timers } = over();
    const { told } = listen(client.watch('Patient', 'p1', { every: 1000 }));
    await settled();
    server.failing = new CareError('offline', 'Nobody answers.');
    await timers.pass(1000);
    assert.deepEqual(told.at(-1), 'error offline v1');
  });

  test('does not ask again and again where access is refused, and shows nothing of what it had', async () => {
    const { client, server, timers } = over();
    const { told } = listen(client.watch('Patient', 'p1'));
    await settled();
    server.failing = new CareError('forbidden', 'Not for you.');
    await client.invalidate('Patient', 'p1');
    await settled();
    assert.deepEqual(told.at(-1), 'error forbidden');
    await timers.pass(1e7);
    assert.equal(server.asked.length, 2);
  });

  test('after 401 nothing is fresh, nobody keeps asking, and all is asked for once the server answers again', async () => {
    const { client, server, timers } = over();
    server.put(patient('p2'));
    const one = listen(client.watch('Patient', 'p1', { every: 1000 }));
    const two = listen(client.watch('Patient', 'p2'));
    await settled();
    server.failing = new CareError('auth', 'Sign in.');
    await timers.pass(1000);
    assert.deepEqual([one.told.at(-1), two.told.at(-1)], ['error auth v1', 'stale v1']);
    const asked = server.asked.length;
    await timers.pass(1e7);
    assert.equal(server.asked.length, asked);
    server.failing = undefined;
    await client.read('Patient', 'p1');
    await settled();
    assert.deepEqual([one.told.at(-1), two.told.at(-1)], ['fresh v1', 'fresh v1']);
    assert.deepEqual(timers.waits, [1000]);
  });

  test('waits with polling while nobody can see the page', async () => {
    const { client, server, timers } = over();
    listen(client.watch('Patient', 'p1', { every: 1000 }));
    await settled();
    timers.visible = false;
    await timers.pass(30_000);
    assert.equal(server.asked.length, 1);
    timers.show();
    await settled();
    assert.equal(server.asked.length, 2);
    assert.deepEqual(timers.waits, [1000]);
  });

  test('a page that comes back asks for what is old, and one that was asleep for everything', async () => {
    const { client, server, timers } = over();
    const { told } = listen(client.watch('Patient', 'p1'));
    await settled();
    timers.show();
    await settled();
    assert.equal(server.asked.length, 1);
    await timers.pass(60_001);
    timers.show();
    await settled();
    assert.equal(server.asked.length, 2);
    told.length = 0;
    timers.show(true);
    await settled();
    assert.equal(server.asked.length, 3);
    assert.deepEqual(told, ['stale v1', 'fresh v1']);
  });

  test('an answer that was asked for before a write is not shown after it', async () => {
    const gate = new Gate();
    const { client } = over({ gate });
    const { told } = listen(client.watch('Patient', 'p1'));
    await gate.pass('read Patient/p1'); // served: version 1 is on its way
    const write = client.update({ ...patient('p1', 'Sato'), meta: { versionId: '1' } });
    await gate.pass('write update Patient/p1');
    await gate.pass('write update Patient/p1 answered');
    await write;
    await gate.pass('read Patient/p1 answered');
    await settled();
    assert.deepEqual(told, ['pending', 'fresh v2']);
  });

  test('one listener that fails silences no other', async () => {
    const { client } = over();
    const failures: unknown[] = [];
    const keep = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', (error) => failures.push(error.message));
    client.watch('Patient', 'p1').subscribe(() => {
      throw new Error('a listener’s own');
    });
    const { told } = listen(client.watch('Patient', 'p1'));
    await settled();
    await settled();
    process.removeAllListeners('uncaughtException');
    for (const one of keep) process.on('uncaughtException', one);
    assert.deepEqual(told.at(-1), 'fresh v1');
    assert.ok(failures.includes('a listener’s own'));
  });
});

describe('a watch as a loop', () => {
  test('gives the last that is known, and ends with its signal', async () => {
    const { client } = over();
    const stop = new AbortController();
    const told: string[] = [];
    for await (const snapshot of client.watch('Patient', 'p1', { signal: stop.signal })) {
      told.push(brief(snapshot));
      if (snapshot.state === 'fresh') stop.abort();
    }
    assert.deepEqual(told, ['pending', 'fresh v1']);
    for await (const _ of client.watch('Patient', 'p1', { signal: stop.signal })) assert.fail('it was over before it began');
  });

  test('nothing is asked for before it begins, and leaving it ends the watch', async () => {
    const { client, server, timers } = over();
    const watch = client.watch('Patient', 'p1', { every: 10 });
    await settled();
    assert.equal(server.asked.length, 0);
    for await (const { state } of watch) if (state === 'fresh') break;
    assert.deepEqual(timers.waits, []);
  });
});

describe('a watch on a search', () => {
  test('tells of own writes at once, then of the result as the server has it now', async () => {
    const gate = new Gate();
    const { client, server } = over({ gate });
    server.put(patient('p2', 'Sato'));
    const { told } = listen(client.watchSearch('Patient', { family: 'Ito' }));
    await gate.pass('search Patient');
    await gate.pass('search Patient answered');
    const write = client.update({ ...patient('p1', 'Ito-Sato'), meta: { versionId: '1' } });
    await gate.pass('write update Patient/p1');
    await gate.pass('write update Patient/p1 answered');
    await write;
    await settled();
    assert.deepEqual(told, ['pending', 'fresh [p1.1]', 'stale [p1.2]']);
    await gate.pass('search Patient');
    await gate.pass('search Patient answered');
    assert.deepEqual(told.slice(3), ['fresh []']);
  });

  test('a deleted record leaves it at once', async () => {
    const { client, server } = over();
    server.put(patient('p2'));
    server.page = { total: 2 };
    const { told, snapshots } = listen(client.watchSearch('Patient'));
    await settled();
    await client.delete({ resourceType: 'Patient', id: 'p1' });
    await settled();
    assert.deepEqual(told.slice(1), ['fresh [p1.1 p2.1]', 'stale [p2.1]', 'fresh [p2.1]']);
    assert.deepEqual((snapshots[2]!.value as { total: number }).total, 1);
  });

  test('a record that is read anew is new in every result that has it', async () => {
    const { client, server } = over();
    const { told } = listen(client.watchSearch('Patient'));
    await settled();
    server.put(patient('p1', 'Sato'));
    await client.read('Patient', 'p1');
    await settled();
    assert.deepEqual(told.slice(1), ['fresh [p1.1]', 'fresh [p1.2]']);
  });

  test('a partial result stays partial, with its warnings', async () => {
    const { client, server } = over();
    server.page = { complete: false, warnings: [{ code: 'page-budget', message: 'More rows exist.', count: 1 }] };
    const { snapshots } = listen(client.watchSearch('Patient'));
    await settled();
    const { complete, warnings } = snapshots.at(-1)!.value as { complete: boolean; warnings: unknown[] };
    assert.deepEqual([complete, warnings.length], [false, 1]);
  });

  test('a record that became another patient’s leaves the list of the first at once, and that is said', async () => {
    const { client, server } = over();
    const condition = (id: string, who: string) => ({ resourceType: 'Condition' as const, id, subject: { reference: `Patient/${who}` } });
    server.put(condition('c1', 'p1'));
    server.put(condition('c2', 'p1'));
    const { snapshots, told } = listen(client.watchSearch('Condition', { patient: 'Patient/p1' }, { patient: 'Patient/p1' }));
    await settled();
    await client.update({ ...condition('c1', 'p2'), meta: { versionId: '1' } });
    await settled();
    assert.deepEqual(told.slice(1, 3), ['fresh [c1.1 c2.1]', 'stale [c2.1]']);
    const page = snapshots[2]!.value as { complete: boolean; warnings: { code: string }[] };
    assert.deepEqual([page.complete, page.warnings.map(({ code }) => code)], [false, ['other-patient']]);
  });

  test('a search that cannot be asked is an error, not a silence', async () => {
    const { client } = over();
    const { told } = listen(client.watchSearch('Patient', { birthdate: '1980-01-01T10:00:00Z' }));
    await settled();
    assert.deepEqual(told, ['error validation']);
  });
});

describe('several tabs of one session', () => {
  const tabs = (gate?: Gate) => {
    const server = new FakeServer(gate ? { gate: gate.wait } : {});
    server.put(patient('p1'));
    const channels = new FakeChannels();
    const open = (session: string | undefined, baseUrl = 'https://fhir.example.org/r4') =>
      new CareClient({ backend: { ...server.backend(), baseUrl }, session, channel: channels.open, timers: new FakeTimers() });
    return { server, channels, open };
  };

  test('see each other’s writes, by asking themselves', async () => {
    const { server, channels, open } = tabs();
    const [a, b] = [open('s1'), open('s1')];
    const one = listen(b.watch('Patient', 'p1'));
    const list = listen(b.watchSearch('Patient'));
    await settled();
    await a.update({ ...patient('p1', 'Secretname'), meta: { versionId: '1' } });
    await settled();
    assert.deepEqual(one.told.at(-1), 'fresh v2');
    assert.deepEqual(list.told.at(-1), 'fresh [p1.2]');
    assert.deepEqual(server.asked.slice(2).toSorted(), ['read Patient/p1 if not 1', 'search Patient', 'write update Patient/p1']);
    assert.deepEqual(channels.sent, [{ changes: [['Patient', 'p1', '2', false]] }], 'type, id and version, nothing more');
    await a.delete({ resourceType: 'Patient', id: 'p1' });
    await settled();
    assert.deepEqual([one.told.at(-1), list.told.at(-1)], ['gone', 'fresh []']);
  });

  test('of another session, another server, or none hear nothing', async () => {
    const { server, channels, open } = tabs();
    const a = open('s1');
    const others = [open('s2'), open('s1', 'https://other.example.org/r4'), open(undefined), open(undefined)];
    const told = others.map((client) => listen(client.watch('Patient', 'p1')).told);
    await settled();
    const asked = server.asked.length;
    await a.update({ ...patient('p1'), meta: { versionId: '1' } });
    await others[2]!.update({ ...patient('p1'), meta: { versionId: '2' } });
    await settled();
    assert.equal(server.asked.length, asked + 2);
    assert.deepEqual(
      told.map((one) => one.at(-1)),
      ['fresh v1', 'fresh v1', 'fresh v3', 'fresh v1'],
    );
    assert.equal(channels.names.length, 3);
  });

  test('heed no message that is none of theirs', async () => {
    const { server, channels, open } = tabs();
    const client = open('s1');
    const changes: RecordChange[] = [];
    client.onChange((some) => void changes.push(...some));
    listen(client.watch('Patient', 'p1'));
    await settled();
    const stranger = channels.open(channels.names[0]!);
    for (const message of [
      null,
      7,
      'end',
      {},
      { changes: 'x' },
      { end: 1 },
      {
        changes: [
          null,
          [],
          ['Patient'],
          ['patient', 'p1', null, false],
          ['Patient', '../x', null, false],
          ['Patient', 'p1', {}, false],
          ['Patient', 'p1', null, 'yes'],
        ],
      },
    ])
      stranger.postMessage(message);
    await settled();
    assert.deepEqual([changes, server.asked.length], [[], 1]);
    stranger.postMessage({ changes: [['Patient', 'p1', '9', false]] });
    await settled();
    assert.deepEqual(changes, [{ type: 'Patient', id: 'p1', versionId: '9', deleted: false, from: 'tab' }]);
    assert.equal(server.asked.length, 2);
  });

  test('a write of which nobody knows whether it was made is told too', async () => {
    const { server, open } = tabs();
    const [a, b] = [open('s1'), open('s1')];
    const { told } = listen(b.watch('Patient', 'p1'));
    await settled();
    server.put(patient('p1', 'Sato'));
    server.failures.push(new CareError('offline', 'No answer.'));
    await a.update({ ...patient('p1'), meta: { versionId: '1' } }).catch(() => undefined);
    await settled();
    assert.equal(told.at(-1), 'fresh v2');
  });
});

describe('signing out', () => {
  const tabs = (gate?: Gate) => {
    const server = new FakeServer(gate ? { gate: gate.wait } : {});
    server.put(patient('p1'));
    const channels = new FakeChannels();
    const timers = new FakeTimers();
    const open = () => new CareClient({ backend: server.backend(), session: 's1', channel: channels.open, timers });
    return { server, channels, timers, open };
  };

  test('forgets everything at once, here and in the other tabs, and says so', async () => {
    const { server, channels, timers, open } = tabs();
    const [a, b] = [open(), open()];
    const errors: string[] = [];
    b.onError(({ kind }) => errors.push(kind));
    await a.read('Patient', 'p1');
    const [mine, theirs] = [a, b].map((client) => listen(client.watch('Patient', 'p1', { every: 1000 })));
    const list = listen(b.watchSearch('Patient'));
    await settled();
    a.signOut();
    assert.equal(mine!.told.at(-1), 'error auth');
    await settled();
    assert.deepEqual([theirs!.told.at(-1), list.told.at(-1), errors], ['error auth', 'error auth', ['auth']]);
    assert.deepEqual([channels.names, timers.waits, timers.listeners], [[], [], 0]);
    const asked = server.asked.length;
    await timers.pass(1e6);
    assert.equal(server.asked.length, asked);
    for (const client of [a, b]) await client.read('Patient', 'p1', { maxAge: 1e9 });
    assert.deepEqual(server.asked.slice(asked), ['read Patient/p1', 'read Patient/p1'], 'without a version: nothing was left');
    assert.deepEqual(channels.names, [], 'the session’s name is not used again');
  });

  test('aborts what is under way and drops what answers late', async () => {
    const gate = new Gate();
    const { server, open } = tabs(gate);
    const client = open();
    const ends = [
      client.read('Patient', 'p1'),
      client.search('Patient').all(),
      client.operation('Patient/p1/$everything'),
      client.update({ ...patient('p1', 'Sato'), meta: { versionId: '1' } }),
    ].map((work) =>
      work.then(
        () => 'done',
        (error: unknown) => (error as CareError).kind,
      ),
    );
    await settled();
    client.signOut();
    assert.deepEqual(await Promise.all(ends), ['aborted', 'aborted', 'aborted', 'aborted']);
    assert.deepEqual(
      server.signals.map(({ aborted }) => aborted),
      [true, true],
      'reads; the write is left to finish',
    );
    const told = listen(client.watch('Patient', 'p1')).told;
    await settled();
    for (const what of [...gate.waiting]) await gate.pass(what);
    for (const what of [...gate.waiting]) await gate.pass(what);
    await settled();
    assert.equal(server.current('Patient/p1')!.meta!.versionId, '2', 'it was saved');
    assert.ok(
      told.every((word) => /^(pending|fresh v2|stale v2)$/.test(word)),
      told.join(),
    );
  });

  test('ends loops', async () => {
    const { open } = tabs();
    const client = open();
    const told: string[] = [];
    for await (const snapshot of client.watch('Patient', 'p1')) {
      told.push(brief(snapshot));
      if (snapshot.state === 'fresh') client.signOut();
    }
    assert.deepEqual(told, ['pending', 'fresh v1', 'error auth']);
  });

  test('closing a client tells nobody and ends its watches', async () => {
    const { open, timers } = tabs();
    const [a, b] = [open(), open()];
    const [mine, theirs] = [a, b].map((client) => listen(client.watch('Patient', 'p1', { every: 1000 })));
    await settled();
    a.close();
    await settled();
    assert.deepEqual([mine!.told.at(-1), theirs!.told.at(-1)], ['fresh v1', 'fresh v1']);
    await timers.pass(1000);
    assert.equal(timers.waits.length, 1);
    b.close();
  });
});
