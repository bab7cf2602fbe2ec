import { expect } from 'chai';
import {
  createPersistenceKey,
  destroyPersistence,
  EmbeddedBackend,
  type PersistenceOptions,
} from '../../../../src/client/backends/embedded/index.js';
import { isCareError, type CareError } from '../../../../src/models/errors.js';
import { ask, done, families, fresh, freshName, openTab, patient, raw, until } from './tab.js';

async function failure(work: Promise<unknown>): Promise<CareError> {
  try {
    await work;
  } catch (error) {
    if (isCareError(error)) return error;
    throw error;
  }
  throw new Error('It did not fail');
}

describe('persistence', () => {
  let key: CryptoKey;
  let name: string;
  let tabs: EmbeddedBackend[] = [];
  before(async () => void (key = await fresh()));
  beforeEach(() => void (name = freshName()));
  afterEach(async () => {
    for (const tab of tabs) tab.close();
    tabs = [];
    await destroyPersistence({ name });
    await destroyPersistence({ name, synthetic: true });
  });

  const open = async (more: Partial<PersistenceOptions> = {}, rest = {}): Promise<EmbeddedBackend> => {
    const tab = await openTab({ name, key, ...more } as PersistenceOptions, rest);
    tabs.push(tab);
    return tab;
  };
  const reload = async (tab: EmbeddedBackend, more: Partial<PersistenceOptions> = {}): Promise<EmbeddedBackend> => {
    tab.close();
    return open(more);
  };

  for (const kind of ['encrypted', 'synthetic'] as const)
    describe(kind, () => {
      const options = (): PersistenceOptions => (kind === 'encrypted' ? { name, key } : { name, synthetic: true });
      const start = async (more = {}): Promise<EmbeddedBackend> => {
        const tab = await openTab({ ...options(), ...more });
        tabs.push(tab);
        return tab;
      };

      it('a reload brings back records, versions, deletions and every digit', async () => {
        const first = await start();
        const { body } = await ask(first, 'POST', 'Patient', patient('Brown'));
        await ask(first, 'PUT', `Patient/${body.id}`, patient('Chen', body.id), '1');
        await first.fetch('ChargeItem/c', {
          method: 'PUT',
          headers: { 'Content-Type': 'application/fhir+json' },
          body: '{"resourceType":"ChargeItem","id":"c","status":"billable","code":{"text":"x"},"subject":{"reference":"Patient/p"},"factorOverride":1.50,"quantity":{"value":2.00}}',
        });
        await ask(first, 'PUT', 'Patient/gone', patient('Gone', 'gone'));
        await ask(first, 'DELETE', 'Patient/gone');
        first.close();
        expect(first.store.rows).to.deep.equal([]);

        const again = await start();
        expect(await families(again)).to.deep.equal(['Chen']);
        expect((await ask(again, 'GET', `Patient/${body.id}/_history/1`)).text).to.contain('Brown');
        expect((await ask(again, 'GET', 'ChargeItem/c')).text).to.match(/"factorOverride":1\.50,"quantity":\{"value":2\.00\}/);
        expect((await ask(again, 'GET', 'Patient/gone')).status).to.equal(410);
        expect((await ask(again, 'PUT', 'Patient/gone', patient('Back', 'gone'))).body.meta!.versionId).to.equal('3');
      });

      it('imports come back too, the invalid ones marked, and so do records after a compaction', async () => {
        const first = await start();
        await first.import({ resourceType: 'Patient', id: 'odd', gender: 'not-a-code' }, patient('Chen', 'p'));
        await (await first.open())!.compact();
        await ask(first, 'PUT', 'Patient/p', patient('Zhang', 'p'), '1');
        first.close();
        const again = await start();
        expect((await ask(again, 'GET', 'Patient?_tag=urn:carelet:import|invalid')).body['total']).to.equal(1);
        expect(await families(again)).to.deep.equal(['Zhang']);
        expect((await ask(again, 'GET', 'Patient/p/_history')).body['total']).to.equal(2);
      });

      it('a large unit of work is cut into records, and comes back whole', async () => {
        const first = await start({ internals: { chunk: 500 } });
        await first.import(Array.from({ length: 50 }, (_, i) => patient(`Name${String(i).padStart(2, '0')}`, `p${i}`)));
        expect((await first.open())!.status().sequence).to.be.greaterThan(10);
        first.close();
        const again = await start();
        expect((await families(again)).length).to.equal(50);
      });
    });

  describe('two tabs', () => {
    it('see each other’s writes once they were told, and judge If-Match by them', async () => {
      const [one, other] = [await open(), await open()];
      await ask(one, 'PUT', 'Patient/p', patient('Brown', 'p'));
      await until(async () => (await families(other)).length === 1);
      // Both at once, on the same version: one wins.
      const answers = await Promise.all([
        ask(one, 'PUT', 'Patient/p', patient('Chen', 'p'), '1'),
        ask(other, 'PUT', 'Patient/p', patient('Zhang', 'p'), '1'),
      ]);
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 412]);
      const won = answers[0]!.status === 200 ? 'Chen' : 'Zhang';
      for (const tab of [one, other]) await until(async () => (await families(tab))[0] === won);
    });

    it('a write is judged by what the other tab wrote a moment ago, told or not', async () => {
      const [one, other] = [await open(), await open()];
      for (let version = 1; version < 8; version += 2) {
        await ask(one, 'PUT', 'Patient/p', patient('Brown', 'p'), version === 1 ? undefined : String(version - 1));
        expect((await ask(other, 'PUT', 'Patient/p', patient('Chen', 'p'), String(version))).status).to.equal(200);
      }
    });

    it('a conditional create finds what the other tab has just created', async () => {
      const [one, other] = [await open(), await open()];
      const make = (tab: EmbeddedBackend): Promise<Response> =>
        tab.fetch('Patient', {
          method: 'POST',
          headers: { 'Content-Type': 'application/fhir+json', 'If-None-Exist': 'identifier=urn:mrn|1' },
          body: JSON.stringify({ resourceType: 'Patient', identifier: [{ system: 'urn:mrn', value: '1' }] }),
        });
      const statuses = (await Promise.all([make(one), make(other), make(one), make(other)])).map(({ status }) => status);
      expect(statuses.sort()).to.deep.equal([200, 200, 200, 201]);
    });

    it('a tab that slept through a compaction catches up from the snapshot', async () => {
      const [one, other] = [await open(), await open()];
      await ask(one, 'PUT', 'Patient/p', patient('Brown', 'p'));
      await until(async () => (await families(other)).length === 1);
      await ask(one, 'PUT', 'Patient/p', patient('Chen', 'p'));
      await ask(one, 'PUT', 'Patient/q', patient('Zhang', 'q'));
      await (await one.open())!.compact();
      expect(await raw(`carelet:${name}`, async (db) => done(db.transaction('log').objectStore('log').count()))).to.equal(0);
      await until(async () => (await families(other)).join() === 'Chen,Zhang');
      expect(other.store.log).to.deep.equal(one.store.log);
      expect((await ask(other, 'PUT', 'Patient/q', patient('Diaz', 'q'), '1')).status).to.equal(200);
    });

    it('seed a new database once, and never again', async () => {
      const data = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: patient('Brown') }, { resource: patient('Chen') }] };
      const [one, other] = await Promise.all([open({}, { data }), open({}, { data })]);
      expect(await families(one)).to.deep.equal(['Brown', 'Chen']);
      expect(await families(other)).to.deep.equal(['Brown', 'Chen']);
      const { id } = one.store.rows[0]!;
      await ask(one, 'DELETE', `Patient/${id}`);
      other.close();
      const again = await open({}, { data });
      expect((await families(again)).length).to.equal(1);
    });

    it('nothing goes over the channel but a sequence number', async () => {
      const heard: unknown[] = [];
      const channel = new BroadcastChannel(`carelet:${name}`);
      channel.addEventListener('message', ({ data }) => heard.push(data));
      const tab = await open();
      await ask(tab, 'PUT', 'Patient/p', patient('Brown', 'p'));
      await until(() => heard.length > 0);
      channel.close();
      expect(heard).to.deep.equal([{ sequence: 1 }]);
    });
  });

  describe('what is not on the disk is not in memory', () => {
    for (const [what, error, status] of [
      ['quota', new DOMException('full', 'QuotaExceededError'), 507],
      ['an aborted transaction', new DOMException('aborted', 'AbortError'), 500],
    ] as const)
      it(`after ${what} the record is as it was, and a later write goes on from there`, async () => {
        let fail = false;
        const probe = (point: string): void => {
          if (fail && point === 'in-transaction') throw error;
        };
        const tab = await open({ internals: { probe } });
        await ask(tab, 'PUT', 'Patient/p', patient('Brown', 'p'));
        fail = true;
        expect((await ask(tab, 'PUT', 'Patient/p', patient('Chen', 'p'), '1')).status).to.equal(status);
        const error_ = await failure(
          tab.write([{ method: 'update', resource: patient('Chen', 'p') as never, ifMatch: '1' }], { atomic: 'required' }),
        );
        expect(error_.kind).to.equal('server');
        expect(error_.message).to.match(/nothing was saved/);
        expect(await families(tab)).to.deep.equal(['Brown']);
        expect((await ask(tab, 'GET', 'Patient/p/_history')).body['total']).to.equal(1);
        fail = false;
        expect((await ask(tab, 'PUT', 'Patient/p', patient('Zhang', 'p'), '1')).body.meta!.versionId).to.equal('2');
        expect(await families(await reload(tab))).to.deep.equal(['Zhang']);
      });

    it('a write under way is not read', async () => {
      let tab: EmbeddedBackend | undefined;
      const seen: string[][] = [];
      const probe = async (point: string): Promise<void> => {
        if (tab && (point === 'sealed' || point === 'appended')) seen.push(await families(tab));
      };
      tab = await open({ internals: { probe } });
      await ask(tab, 'PUT', 'Patient/p', patient('Brown', 'p'));
      expect(seen).to.deep.equal([[], []]);
      expect(await families(tab)).to.deep.equal(['Brown']);
    });
  });

  describe('keys', () => {
    it('another key opens nothing and changes nothing', async () => {
      await ask(await open(), 'PUT', 'Patient/p', patient('Brown', 'p'));
      const dump = (): Promise<string> => raw(`carelet:${name}`, everything);
      const before = await dump();
      const error = await failure(open({ key: await fresh() }));
      expect(error.kind).to.equal('forbidden');
      expect(error.message).to.match(/another key/);
      const backend = new EmbeddedBackend({ persistence: { name, key: await fresh() } });
      expect((await ask(backend, 'GET', 'Patient/p')).status).to.equal(403);
      expect((await failure(backend.read('Patient', 'p'))).kind).to.equal('forbidden');
      expect(await dump()).to.equal(before);
      expect(await families(await open())).to.deep.equal(['Brown']);
    });

    it('can be changed: then the old one opens nothing more, also in a tab that has it', async () => {
      const [one, other] = [await open(), await open()];
      await ask(one, 'PUT', 'Patient/p', patient('Brown', 'p'));
      await until(async () => (await families(other)).length === 1);
      const next = await fresh();
      await (await one.open())!.rekey(next);
      expect((await ask(one, 'PUT', 'Patient/p', patient('Chen', 'p'), '1')).status).to.equal(200);
      expect((await ask(other, 'PUT', 'Patient/p', patient('Zhang', 'p'), '2')).status).to.equal(403);
      other.close();
      expect((await failure(open())).kind).to.equal('forbidden');
      one.close();
      expect(await families(await open({ key: next }))).to.deep.equal(['Chen']);
    });

    it('from a passphrase and from a secret are the same each time, and never extractable', async () => {
      const salt = new Uint8Array(16).fill(7);
      const made = [
        await createPersistenceKey({ passphrase: 'correct horse', salt, iterations: 100_000 }),
        await createPersistenceKey(new Uint8Array(32).fill(9)),
        await createPersistenceKey(),
      ];
      for (const one of made) expect([one.extractable, one.algorithm.name]).to.deep.equal([false, 'AES-GCM']);
      const tab = await open({ key: made[0]! });
      await ask(tab, 'PUT', 'Patient/p', patient('Brown', 'p'));
      tab.close();
      expect((await failure(open({ key: await createPersistenceKey({ passphrase: 'other', salt, iterations: 100_000 }) }))).kind).to.equal(
        'forbidden',
      );
      const same = await createPersistenceKey({ passphrase: 'correct horse', salt, iterations: 100_000 });
      expect(await families(await open({ key: same }))).to.deep.equal(['Brown']);
    });

    for (const [what, options] of [
      ['neither key nor synthetic', async () => ({ name })],
      ['both', async () => ({ name, key, synthetic: true })],
      ['a key without a name', async () => ({ key })],
      ['an extractable key', async () => ({ name, key: await fresh(true) })],
      [
        'a key of another algorithm',
        async () => ({ name, key: await crypto.subtle.generateKey({ name: 'AES-CBC', length: 256 }, false, ['encrypt', 'decrypt']) }),
      ],
      [
        'a short key',
        async () => ({ name, key: await crypto.subtle.generateKey({ name: 'AES-GCM', length: 128 }, false, ['encrypt', 'decrypt']) }),
      ],
      [
        'a key to encrypt only',
        async () => ({ name, key: await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt']) }),
      ],
      ['no key at all', async () => ({ name, key: 'secret' })],
    ] as [string, () => Promise<unknown>][])
      it(`${what} is refused`, async () => {
        const backend = new EmbeddedBackend({ persistence: (await options()) as PersistenceOptions });
        expect((await failure(backend.open())).kind).to.equal('validation');
        expect((await ask(backend, 'GET', 'Patient')).status).to.equal(400);
        expect((await indexedDB.databases()).map((one) => one.name)).not.to.include(`carelet:${name}`);
      });
  });

  it('at rest there is nothing to read: no name, id, code, type or date, in any encoding', async () => {
    const tab = await open({ internals: { chunk: 2000 } });
    const write = async (): Promise<void> => {
      for (let i = 0; i < 10; i++) {
        await ask(tab, 'PUT', `Patient/secret-id-${i}`, { ...patient('Quillfeather', `secret-id-${i}`), birthDate: '1967-08-09' });
        await ask(tab, 'POST', 'Observation', {
          resourceType: 'Observation',
          status: 'final',
          code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
        });
        await ask(tab, 'GET', 'Patient?family=Quillfeather&birthdate=1967-08-09');
      }
    };
    await write();
    await (await tab.open())!.compact();
    await write();
    const dump = await raw(`carelet:${name}`, everything);
    expect(dump.length).to.be.greaterThan(8000);
    for (const word of [
      'Quillfeather',
      'secret-id',
      'Patient',
      'Observation',
      '8867-4',
      'loinc',
      'family',
      '1967',
      new Date().toISOString().slice(0, 10),
    ])
      for (const [encoding, bytes] of Object.entries(encodings(word)))
        expect(dump.includes(bytes), `${word} in ${encoding}`).to.equal(false);
    // The same look at a synthetic database finds them all, so it can see.
    const plain = await openTab({ name, synthetic: true });
    tabs.push(plain);
    await ask(plain, 'PUT', 'Patient/secret-id-1', patient('Quillfeather', 'secret-id-1'));
    const open_ = await raw(`carelet-synthetic:${name}`, everything);
    expect(open_.includes('Quillfeather') && open_.includes('secret-id')).to.equal(true);
  });

  describe('a damaged database', () => {
    const LOG = 'log';
    const change = (part: string, number: IDBValidKey, work: (record: Uint8Array) => unknown): Promise<void> =>
      raw(`carelet:${name}`, async (db) => {
        const store = db.transaction(part, 'readwrite').objectStore(part);
        const record = (await done(store.get(number))) as Uint8Array;
        const changed = work(record);
        await (changed === undefined ? done(store.delete(number)) : done(store.put(changed, number)));
      });
    const flip = (record: Uint8Array): Uint8Array => {
      record[20]! ^= 1;
      return record;
    };
    const fill = async (): Promise<void> => {
      const tab = await open();
      for (const [index, family] of ['Adams', 'Brown', 'Chen', 'Diaz'].entries())
        await ask(tab, 'PUT', `Patient/p${index}`, patient(family, `p${index}`));
      tab.close();
    };

    it('is read as far as can be, says so, and is not written to', async () => {
      await fill();
      await change(LOG, 2, flip);
      const tab = await open();
      expect((await tab.open())!.status().problems).to.deep.equal([{ part: 'log', number: 2, reason: 'unreadable' }]);
      expect(await families(tab)).to.deep.equal(['Adams', 'Chen', 'Diaz']);
      const pages = [];
      for await (const page of tab.search('Patient', {})) pages.push(page);
      expect(pages[0]!.complete).to.equal(false);
      const { notes, type } = await tab.describe();
      expect(notes.join(' ')).to.match(/could not be read/);
      expect([type('Patient').read, type('Patient').update]).to.deep.equal(['yes', 'no']);
      const error = await failure(tab.write([{ method: 'delete', type: 'Patient', id: 'p0' }], { atomic: 'required' }));
      expect(error.kind).to.equal('unsupported');
      expect((await failure((await tab.open())!.compact())).kind).to.equal('unsupported');
      expect(await families(await reload(tab))).to.deep.equal(['Adams', 'Chen', 'Diaz']);
    });

    it('can be made whole of what was readable; the rest is put aside, and other tabs begin anew', async () => {
      await fill();
      const witness = await open();
      await change(LOG, 2, flip);
      const tab = await open();
      await (await tab.open())!.salvage();
      expect((await tab.open())!.status().state).to.equal('open');
      expect((await ask(tab, 'PUT', 'Patient/p9', patient('Evans', 'p9'))).status).to.equal(201);
      await until(async () => (await families(witness)).join() === 'Adams,Chen,Diaz,Evans');
      expect(witness.store.log).to.deep.equal(tab.store.log);
      expect(await families(await reload(tab))).to.deep.equal(['Adams', 'Chen', 'Diaz', 'Evans']);
      expect(await raw(`carelet:${name}`, (db) => done(db.transaction('aside').objectStore('aside').count()))).to.equal(1);
    });

    it('with a tail cut off, a record left out, two swapped or one put back is found out', async () => {
      await fill();
      const cases: [string, () => Promise<void>, RegExp][] = [
        ['cut off', () => change(LOG, 4, () => undefined), /^log 4 missing$/],
        ['left out', () => change(LOG, 3, () => undefined), /^log 3 missing$/],
        ['swapped', () => swap(2, 3), /^log 2 unreadable,log 3 unreadable$/],
        ['moved', () => copy(1, 4), /^log 4 unreadable$/],
      ];
      const saved = await raw(`carelet:${name}`, (db) => done(db.transaction(LOG).objectStore(LOG).getAll()));
      for (const [what, harm, expected] of cases) {
        await harm();
        const tab = await open();
        const problems = (await tab.open())!.status().problems.map((one) => `${one.part} ${one.number} ${one.reason}`);
        expect(problems.join(), what).to.match(expected);
        tab.close();
        await raw(`carelet:${name}`, async (db) => {
          const store = db.transaction(LOG, 'readwrite').objectStore(LOG);
          for (const [index, record] of saved.entries()) await done(store.put(record, index + 1));
        });
      }
      expect((await (await open()).open())!.status().problems).to.deep.equal([]);
    });
    const copy = (from: number, to: number): Promise<void> =>
      raw(`carelet:${name}`, async (db) => {
        const store = db.transaction(LOG, 'readwrite').objectStore(LOG);
        await done(store.put(await done(store.get(from)), to));
      });
    const swap = (a: number, b: number): Promise<void> =>
      raw(`carelet:${name}`, async (db) => {
        const store = db.transaction(LOG, 'readwrite').objectStore(LOG);
        const [x, y] = [await done(store.get(a)), await done(store.get(b))];
        await done(store.put(y, a));
        await done(store.put(x, b));
      });

    it('an earlier record of the same number does not pass for the later one', async () => {
      // The same key, name and number, but another history before it.
      const first = await open();
      await ask(first, 'PUT', 'Patient/p0', patient('Adams', 'p0'));
      const kept = await raw(`carelet:${name}`, (db) => done(db.transaction(LOG).objectStore(LOG).get(1)));
      await (await first.open())!.destroy();
      await fill();
      await change(LOG, 1, () => kept);
      expect((await (await open()).open())!.status().problems).to.deep.equal([{ part: 'log', number: 1, reason: 'unreadable' }]);
    });

    it('a record of this very database, of the same number but from another past, does not fit its neighbours', async () => {
      const state = (): Promise<[unknown, unknown[]]> =>
        raw(`carelet:${name}`, async (db) => [
          await done(db.transaction('meta').objectStore('meta').get('head')),
          await done(db.transaction(LOG).objectStore(LOG).getAll()),
        ]);
      const restore = ([head, records]: [unknown, unknown[]]): Promise<void> =>
        raw(`carelet:${name}`, async (db) => {
          await done(db.transaction(LOG, 'readwrite').objectStore(LOG).clear());
          for (const [index, record] of records.entries())
            await done(
              db
                .transaction(LOG, 'readwrite')
                .objectStore(LOG)
                .put(record, index + 1),
            );
          await done(db.transaction('meta', 'readwrite').objectStore('meta').put(head, 'head'));
        });
      const first = await open();
      await ask(first, 'PUT', 'Patient/p', patient('Adams', 'p'));
      const early = await state();
      await ask(first, 'PUT', 'Patient/p', patient('Brown', 'p'));
      const [, [, other]] = await state();
      first.close();
      await restore(early);
      const second = await open();
      for (const family of ['Chen', 'Diaz']) await ask(second, 'PUT', 'Patient/p', patient(family, 'p'));
      second.close();
      await change(LOG, 2, () => other);
      expect((await (await open()).open())!.status().problems).to.deep.equal([{ part: 'log', number: 3, reason: 'out-of-order' }]);
    });

    it('a snapshot chunk or the head that is damaged leaves the rest readable', async () => {
      const tab = await open({ internals: { chunk: 1 } });
      for (const [index, family] of ['Adams', 'Brown', 'Chen', 'Diaz'].entries())
        await ask(tab, 'PUT', `Patient/p${index}`, patient(family, `p${index}`));
      await (await tab.open())!.compact();
      await ask(tab, 'PUT', 'Patient/p4', patient('Evans', 'p4'));
      tab.close();
      const [, second] = await raw(`carelet:${name}`, (db) => done(db.transaction('snapshot').objectStore('snapshot').getAllKeys()));
      await change('snapshot', second!, flip);
      const damaged = await open();
      expect((await damaged.open())!.status().problems.map(({ part, reason }) => [part, reason])).to.deep.equal([
        ['snapshot', 'unreadable'],
      ]);
      expect((await families(damaged)).length).to.equal(4);
      damaged.close();
      await raw(`carelet:${name}`, (db) => done(db.transaction('meta', 'readwrite').objectStore('meta').delete('head')));
      const headless = await open();
      expect((await headless.open())!.status().state).to.equal('read-only');
      expect((await families(headless)).length).to.equal(4);
      await (await headless.open())!.salvage();
      expect((await families(await reload(headless))).length).to.equal(4);
    });

    it('put back to an earlier state as a whole is noticed by a tab that has seen more', async () => {
      const tab = await open();
      await ask(tab, 'PUT', 'Patient/p', patient('Brown', 'p'));
      const copyOf = (db: IDBDatabase): Promise<unknown[]> =>
        Promise.all([done(db.transaction('meta').objectStore('meta').get('head')), done(db.transaction(LOG).objectStore(LOG).get(1))]);
      const [head, record] = await raw(`carelet:${name}`, copyOf);
      await ask(tab, 'PUT', 'Patient/p', patient('Chen', 'p'));
      await raw(`carelet:${name}`, async (db) => {
        await done(db.transaction(LOG, 'readwrite').objectStore(LOG).clear());
        await done(db.transaction(LOG, 'readwrite').objectStore(LOG).put(record, 1));
        await done(db.transaction('meta', 'readwrite').objectStore('meta').put(head, 'head'));
      });
      expect((await ask(tab, 'PUT', 'Patient/p', patient('Diaz', 'p'))).status).to.equal(503);
      expect(await families(tab)).to.deep.equal([]);
    });
  });

  describe('a database that goes', () => {
    it('by sign-out in another tab: every tab forgets at once, and says why it has nothing', async () => {
      const [one, other] = [await open(), await open()];
      await ask(one, 'PUT', 'Patient/p', patient('Brown', 'p'));
      await until(async () => (await families(other)).length === 1);
      await (await one.open())!.destroy();
      await until(() => other.store.rows.length === 0);
      expect(one.store.rows).to.deep.equal([]);
      expect((await ask(other, 'GET', 'Patient/p')).status).to.equal(503);
      expect((await failure(other.read('Patient', 'p'))).message).to.match(/removed/);
      expect((await indexedDB.databases()).map((one_) => one_.name)).not.to.include(`carelet:${name}`);
    });

    it('while a write is under way: nothing of it comes into memory again', async () => {
      let tab: EmbeddedBackend | undefined;
      let gone: Promise<void> | undefined;
      const probe = async (point: string): Promise<void> => {
        if (point === 'sealed' && tab) gone = (await tab.open())!.destroy();
      };
      tab = await open({ internals: { probe } });
      expect((await ask(tab, 'PUT', 'Patient/p', patient('Brown', 'p'))).status).to.equal(503);
      await gone;
      expect(tab.store.rows).to.deep.equal([]);
    });

    it('held by a tab that does not let go: sign-out says so, and the database goes when that tab does', async () => {
      (await open()).close();
      const stubborn = await done(indexedDB.open(`carelet:${name}`));
      const error = await failure(destroyPersistence({ name }));
      expect([error.kind, error.retryable]).to.deep.equal(['locked', true]);
      stubborn.close();
      await until(async () => !(await indexedDB.databases()).some((one) => one.name === `carelet:${name}`));
    });

    it('between visits: an expected one that is missing is told from a first visit', async () => {
      const error = await failure(open({ expect: true }));
      expect([error.kind, error.status]).to.deep.equal(['server', 503]);
      await ask(await open(), 'PUT', 'Patient/p', patient('Brown', 'p'));
      expect(await families(await open({ expect: true }))).to.deep.equal(['Brown']);
      expect(await families(await open({ expect: true, protect: true }))).to.deep.equal(['Brown']);
    });

    it('emptied while open: a write fails, and what was read is not taken for the whole', async () => {
      const tab = await open();
      await ask(tab, 'PUT', 'Patient/p', patient('Brown', 'p'));
      await raw(`carelet:${name}`, async (db) => {
        for (const part of ['meta', 'log']) await done(db.transaction(part, 'readwrite').objectStore(part).clear());
      });
      expect((await ask(tab, 'PUT', 'Patient/p', patient('Chen', 'p'))).status).to.equal(503);
    });
  });

  it('a database of a newer version is refused and left alone', async () => {
    const newer = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(`carelet:${name}`, 7);
      request.onupgradeneeded = () => request.result.createObjectStore('future').put('treasure', 1);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error as DOMException);
    });
    newer.close();
    const error = await failure(open());
    expect(error.kind).to.equal('unsupported');
    expect(error.message).to.match(/newer version/);
    expect(await raw(`carelet:${name}`, (db) => done(db.transaction('future').objectStore('future').get(1)))).to.equal('treasure');
  });

  it('keeps as many versions as it is told, from the next reload on; numbers go on', async () => {
    const tab = await open({ history: 2 });
    for (const family of ['Adams', 'Brown', 'Chen']) await ask(tab, 'PUT', 'Patient/p', patient(family, 'p'));
    await ask(tab, 'PUT', 'Patient/q', patient('Diaz', 'q'));
    await ask(tab, 'DELETE', 'Patient/q');
    await (await tab.open())!.compact();
    const again = await reload(tab, { history: 2 });
    expect((await ask(again, 'GET', 'Patient/p/_history/1')).status).to.equal(404);
    expect((await ask(again, 'GET', 'Patient/p/_history/2')).status).to.equal(200);
    expect((await ask(again, 'GET', 'Patient/q')).status).to.equal(410);
    expect((await ask(again, 'PUT', 'Patient/p', patient('Evans', 'p'), '3')).body.meta!.versionId).to.equal('4');
  });

  it('a clock that was set back makes no version older than the one before it', async () => {
    let now = Date.parse('2026-11-24T10:00:00Z');
    const tab = await open({}, { now: () => new Date(now) });
    await ask(tab, 'PUT', 'Patient/p', patient('Brown', 'p'));
    now -= 86_400_000;
    const { body } = await ask(tab, 'PUT', 'Patient/p', patient('Chen', 'p'), '1');
    expect((body.meta as { lastUpdated?: string }).lastUpdated).to.equal('2026-11-24T10:00:00.000Z');
  });

  describe('without Web Locks', () => {
    it('one tab writes, another is refused until the first has rested, and this is said', async () => {
      const [one, other] = [await open({ internals: { locks: null, claim: 300 } }), await open({ internals: { locks: null, claim: 300 } })];
      expect((await ask(one, 'PUT', 'Patient/p', patient('Brown', 'p'))).status).to.equal(201);
      expect((await ask(other, 'PUT', 'Patient/p', patient('Chen', 'p'))).status).to.equal(423);
      await until(async () => (await families(other)).length === 1);
      expect((await other.describe()).notes.join(' ')).to.match(/one tab write/);
      await until(async () => (await ask(other, 'PUT', 'Patient/p', patient('Chen', 'p'), '1')).status === 200);
      expect((await ask(one, 'PUT', 'Patient/p', patient('Diaz', 'p'), '1')).status).to.equal(423);
    });

    it('two writers in spite of it all do not overwrite each other: the database itself refuses the later one', async () => {
      // Claims that lapse at once: as if two tabs had slept through each other’s.
      const options = { internals: { locks: null, claim: -1 } };
      const tabs_ = [await open(options), await open(options), await open(options)];
      const answers = await Promise.all(
        tabs_.flatMap((tab, t) => Array.from({ length: 8 }, (_, i) => ask(tab, 'POST', 'Patient', patient(`N${t}-${i}`)))),
      );
      expect(answers.map(({ status }) => status)).to.deep.equal(Array.from({ length: 24 }, () => 201));
      const again = await reload(tabs_[0]!, options);
      expect(new Set(await families(again)).size).to.equal(24);
      expect((await again.open())!.status().sequence).to.equal(24);
    });
  });
});

/** All of a database as a string of one character a byte, keys included; strings both as UTF-8 and as they are. */
async function everything(db: IDBDatabase): Promise<string> {
  let text = db.name;
  const add = (value: unknown): void => {
    if (value instanceof Uint8Array) for (const byte of value) text += String.fromCharCode(byte);
    else if (typeof value === 'object' && value !== null) Object.entries(value).flat().forEach(add);
    else text += String(value);
  };
  for (const part of db.objectStoreNames) {
    const store = db.transaction(part).objectStore(part);
    for (const value of [...(await done(store.getAllKeys())), ...((await done(store.getAll())) as unknown[])]) add(value);
  }
  return text;
}

function encodings(word: string): Record<string, string> {
  const wide = (low: (code: number) => string): string => [...word].map((letter) => low(letter.charCodeAt(0))).join('');
  return {
    'UTF-8': word,
    'UTF-16LE': wide((code) => `${String.fromCharCode(code)}\0`),
    'UTF-16BE': wide((code) => `\0${String.fromCharCode(code)}`),
    base64: btoa(word).replace(/.{0,2}=*$/, ''),
  };
}
