// Whatever the order in which requests are served and answered, in two tabs of one session: what a watch tells never goes back, ends on
// what the server has, and nothing outlives the sign-out.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { CareClient } from '../../../src/client/care-client.js';
import type { Snapshot } from '../../../src/client/cache/types.js';
import type { Patient, Resource } from '../../../src/models/fhir/index.js';
import { FakeChannels, FakeServer, FakeTimers, Gate, settled } from './support.js';

const IDS = ['p1', 'p2', 'p3'] as const;
/** How servers write versions; of the last kind nobody can tell which is later. */
const KINDS = {
  numbers: {},
  'opaque ids with times': { versionId: (version: number) => `v${(version * 7919) % 1000}`, stamp: true },
  'opaque ids alone': { versionId: (version: number) => `v${(version * 7919) % 1000}` },
} as const;

type Step =
  | { do: 'read' | 'write' | 'writeStale' | 'delete' | 'abort'; tab: number; id: (typeof IDS)[number] }
  | { do: 'search' | 'invalidate' | 'watch' | 'unwatch'; tab: number }
  | { do: 'pass'; which: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('pass' as const), which: fc.nat(20) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('read' as const, 'write' as const, 'write' as const, 'writeStale' as const, 'delete' as const, 'abort' as const),
      tab: fc.nat(1),
      id: fc.constantFrom(...IDS),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('search' as const, 'invalidate' as const, 'watch' as const, 'unwatch' as const),
      tab: fc.nat(1),
    }),
  },
);

class World {
  readonly gate = new Gate();
  readonly server: FakeServer;
  readonly timers = new FakeTimers();
  readonly tabs: CareClient[];
  readonly errors: string[] = [];
  readonly #channels = new FakeChannels(this.gate.wait);
  readonly #order = new Map<string, number>();
  readonly #aborts: AbortController[] = [];
  readonly #stops: (() => void)[] = [];

  constructor(kind: keyof typeof KINDS) {
    const { versionId = String, ...rest } = KINDS[kind] as { versionId?: (version: number) => string; stamp?: boolean };
    this.server = new FakeServer({
      gate: this.gate.wait,
      versionId: (version) => {
        this.#order.set(versionId(version), version);
        return versionId(version);
      },
      ...rest,
    });
    for (const id of IDS.slice(0, 2)) this.server.put({ resourceType: 'Patient', id });
    this.tabs = [0, 1].map(
      () => new CareClient({ backend: this.server.backend(), session: 's', channel: this.#channels.open, timers: this.timers }),
    );
    for (const [tab] of this.tabs.entries()) this.watch(tab);
  }

  /** What the watches of records and of the search have told, in order. */
  readonly told: { key: string; snapshots: Snapshot<Patient>[]; live: boolean }[] = [];
  readonly lists: { snapshots: Snapshot<{ items: Resource[] }>[]; live: boolean }[] = [];

  watch(tab: number): void {
    const client = this.tabs[tab]!;
    for (const id of IDS) {
      const one = { key: `Patient/${id}`, snapshots: [] as Snapshot<Patient>[], live: true };
      this.told.push(one);
      const stop = client.watch('Patient', id).subscribe((snapshot) => one.snapshots.push(snapshot));
      this.#stops.push(() => {
        one.live = false;
        stop();
      });
    }
    const list = { snapshots: [] as Snapshot<{ items: Resource[] }>[], live: true };
    this.lists.push(list);
    const stop = client.watchSearch('Patient').subscribe((snapshot) => list.snapshots.push(snapshot as never));
    this.#stops.push(() => {
      list.live = false;
      stop();
    });
  }

  orderOf(resource: Resource): number {
    return this.#order.get(resource.meta!.versionId!)!;
  }

  take(one: Step): void {
    const quietly = (work: Promise<unknown>): void => void work.catch(() => undefined);
    if (one.do === 'pass') return;
    const client = this.tabs[one.tab]!;
    if (one.do === 'watch') return this.watch(one.tab);
    if (one.do === 'unwatch') return this.#stops.shift()?.();
    if (one.do === 'search') return quietly(client.search('Patient').all());
    if (one.do === 'invalidate') return quietly(client.invalidate('Patient'));
    if (!('id' in one)) return;
    const { id } = one;
    const stop = new AbortController();
    this.#aborts.push(stop);
    if (one.do === 'read') quietly(client.read('Patient', id, { signal: stop.signal }));
    else if (one.do === 'write') quietly(client.update({ resourceType: 'Patient', id }, { ifMatch: false, signal: stop.signal }));
    else if (one.do === 'writeStale') quietly(client.update({ resourceType: 'Patient', id }, { ifMatch: '1' }));
    else if (one.do === 'delete') quietly(client.delete({ resourceType: 'Patient', id }));
    else for (const each of this.#aborts.splice(0)) each.abort();
  }

  async run(steps: readonly Step[]): Promise<void> {
    for (const one of steps) {
      if (one.do === 'pass' && this.gate.waiting.length > 0) await this.gate.passAt(one.which % this.gate.waiting.length);
      else this.take(one);
      if (one.do === 'pass') await settled();
    }
  }

  /** Lets everything that is under way come to its end. */
  async finish(): Promise<void> {
    for (let turn = 0; turn < 2000; turn++) {
      await settled();
      if (this.gate.waiting.length > 0) await this.gate.passAt(0);
      else if (this.timers.waits.length > 0) await this.timers.pass(this.timers.waits[0]!);
      else return;
    }
    assert.fail('it never comes to rest');
  }

  checkOrder(): void {
    for (const { key, snapshots } of this.told) {
      const seen = snapshots.flatMap(({ value }) => (value ? [this.orderOf(value)] : []));
      assert.deepEqual(
        seen,
        seen.toSorted((a, b) => a - b),
        `${key} went back: ${seen.join(' ')}`,
      );
    }
  }

  checkEnd(): void {
    for (const { key, snapshots, live } of this.told.filter((one) => one.live)) {
      const { state, value } = snapshots.at(-1)!;
      const current = this.server.current(key);
      assert.ok(live);
      assert.deepEqual([state, value?.meta?.versionId], [current ? 'fresh' : 'gone', current?.meta?.versionId], key);
    }
    for (const { snapshots } of this.lists.filter((one) => one.live)) {
      const { state, value } = snapshots.at(-1)!;
      const versions = (value?.items ?? []).map((row) => `${row.id} ${row.meta?.versionId}`);
      const now = IDS.flatMap((id) => this.server.current(`Patient/${id}`) ?? []).map((row) => `${row.id} ${row.meta?.versionId}`);
      assert.deepEqual([state, versions.toSorted()], ['fresh', now.toSorted()]);
    }
  }
}

describe('whatever the order of requests, answers and messages', () => {
  for (const kind of Object.keys(KINDS) as (keyof typeof KINDS)[])
    test(`a watch never goes back, and ends on what the server has; versions are ${kind}`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
          const world = new World(kind);
          await world.run(steps);
          await world.finish();
          world.checkOrder();
          world.checkEnd();
        }),
        { numRuns: 150 },
      );
    });

  test('nothing is told and nothing is left after the sign-out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), fc.array(step, { maxLength: 20 }), async (before, after) => {
        const world = new World('numbers');
        await world.run(before);
        world.tabs[0]!.signOut();
        const watches = [...world.told, ...world.lists];
        const ofFirst = watches.map(({ snapshots }) => snapshots.length);
        await world.run(after.filter((one) => one.do === 'pass'));
        await world.finish();
        for (const [index, { snapshots, live }] of watches.entries()) {
          const last = snapshots.at(-1);
          if (live) assert.deepEqual([last?.state, last?.error?.kind, last?.value], ['error', 'auth', undefined]);
          if (ofFirst[index]! > 0 && snapshots[ofFirst[index]! - 1]!.error?.kind === 'auth') assert.equal(snapshots.length, ofFirst[index]);
        }
        const kept = world.server.asked.length;
        for (const client of world.tabs) for (const id of IDS) void client.read('Patient', id, { maxAge: 1e12 }).catch(() => undefined);
        await settled();
        // Everything is asked for, and as if it had never been seen.
        const asked = world.server.asked.slice(kept).filter((what) => what.startsWith('read'));
        assert.ok(asked.length >= IDS.length * 2, asked.join());
        assert.doesNotMatch(asked.join(), / if not /);
        await world.finish();
      }),
      { numRuns: 150 },
    );
  });
});
