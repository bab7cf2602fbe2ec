import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { commit } from '../../../src/client/store/commit.js';
import { loadDefinitions, type Definitions } from '../../../src/client/store/definitions.js';
import { readQuery } from '../../../src/client/store/query.js';
import { search } from '../../../src/client/store/search.js';
import { Store, type Version } from '../../../src/client/store/store.js';
import type { ResourceTree } from '../../../src/client/store/tree.js';
import { parseJson } from '../../../src/models/fhir/json.js';

let definitions: Definitions;
before(async () => {
  definitions = await loadDefinitions();
});

function makeStore(): Store {
  let [time, id] = [0, 0];
  const store = new Store({ now: () => new Date((time += 1000)), ids: () => `n${++id}` });
  store.use(definitions);
  return store;
}

const put = (store: Store, tree: ResourceTree): Version =>
  commit(store, (write) => write({ method: 'PUT', type: tree.resourceType, id: tree.id!, tree: structuredClone(tree) }));
const drop = (store: Store, type: string, id: string): Version => commit(store, (write) => write({ method: 'DELETE', type, id }));

function ids(store: Store, type: string, query: string): string[] {
  return search({ store }, readQuery(definitions, [type], [...new URLSearchParams(`${query}&_count=1000`)], true)).rows.map(
    (row) => row.id,
  );
}

interface Person {
  resourceType: 'Patient';
  id: string;
  name?: { family?: string; given?: string[] }[];
  gender?: string;
  birthDate?: string;
  generalPractitioner?: { reference: string }[];
}

const family = fc.constantFrom('Brown', 'brownie', 'Bröwn', 'Chen', 'Zhang', 'O’Hara');
const birthDate = fc.constantFrom('1980', '1980-02', '1980-02-28', '1980-03-01', '1979-12-31', '2001-01-01');
const person = fc.record(
  {
    resourceType: fc.constant('Patient' as const),
    id: fc.constantFrom(...'abcdefghijkl'),
    name: fc.array(fc.record({ family, given: fc.array(fc.constantFrom('Ada', 'Ben')) }, { requiredKeys: [] }), { maxLength: 2 }),
    gender: fc.constantFrom('male', 'female', 'other'),
    birthDate,
    generalPractitioner: fc.array(
      fc.constantFrom('Practitioner/1', 'Practitioner/2', 'Organization/1').map((reference) => ({ reference })),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: ['resourceType', 'id'] },
);
const change = fc.oneof({ arbitrary: person, weight: 4 }, { arbitrary: fc.constantFrom(...'abcdefghijkl'), weight: 1 });

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** What some queries mean, written down a second time and without an index. */
const MEANINGS: [query: string, test: (person: Person) => boolean][] = [
  ['family=brown', (p) => (p.name ?? []).some((name) => name.family !== undefined && plain(name.family).startsWith('brown'))],
  ['family:exact=Brown', (p) => (p.name ?? []).some((name) => name.family === 'Brown')],
  ['family:contains=HAN', (p) => (p.name ?? []).some((name) => plain(name.family ?? '').includes('han'))],
  ['given=ada&given=ben', (p) => ['Ada', 'Ben'].every((given) => (p.name ?? []).some((name) => name.given?.includes(given)))],
  ['gender=male,other', (p) => p.gender === 'male' || p.gender === 'other'],
  ['gender:not=male', (p) => p.gender !== 'male'],
  ['gender:missing=true', (p) => p.gender === undefined],
  ['birthdate=1980', (p) => p.birthDate?.startsWith('1980') === true],
  [
    'birthdate=ge1980-02-28',
    (p) => p.birthDate !== undefined && (p.birthDate === '1980' || p.birthDate === '1980-02' || p.birthDate >= '1980-02-28'),
  ],
  ['birthdate=lt1980-03-01', (p) => p.birthDate !== undefined && p.birthDate < '1980-03-01'],
  ['birthdate=ge1980-01-01&birthdate=lt1981-01-01', (p) => p.birthDate?.startsWith('1980') === true],
  ['gender=male&birthdate=lt1980-03-01', (p) => p.gender === 'male' && p.birthDate !== undefined && p.birthDate < '1980-03-01'],
  [
    'gender=male&birthdate=gt1980-02-28',
    (p) =>
      p.gender === 'male' && p.birthDate !== undefined && (p.birthDate > '1980-02-28' || p.birthDate.length < 8) && p.birthDate >= '1980',
  ],
  ['birthdate=ne1980-02-28', (p) => p.birthDate !== undefined && p.birthDate !== '1980-02-28'],
  ['general-practitioner=Practitioner/1', (p) => (p.generalPractitioner ?? []).some(({ reference }) => reference === 'Practitioner/1')],
  ['general-practitioner=1', (p) => (p.generalPractitioner ?? []).some(({ reference }) => reference.endsWith('/1'))],
  ['general-practitioner:missing=false', (p) => (p.generalPractitioner ?? []).length > 0],
  [
    'gender=female&family=b&birthdate=lt2000',
    (p) =>
      p.gender === 'female' &&
      p.birthDate !== undefined &&
      p.birthDate < '2000' &&
      (p.name ?? []).some((name) => plain(name.family ?? '').startsWith('b')),
  ],
];

type Change = Person | string;

describe('searches after any changes', () => {
  test('find what a look at each record finds', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), fc.nat(40), (changes, early) => {
        const store = makeStore();
        const records = new Map<string, Person>();
        changes.forEach((one: Change, index) => {
          if (typeof one === 'string') {
            if (records.delete(one)) drop(store, 'Patient', one);
          } else {
            put(store, one as unknown as ResourceTree);
            records.set(one.id, one);
          }
          // Indexes are made at some point in between, and have to follow from there.
          if (index === early) for (const [query] of MEANINGS) ids(store, 'Patient', `${query}&_sort=family,-birthdate`);
        });
        for (const [query, meaning] of MEANINGS)
          assert.deepEqual(
            ids(store, 'Patient', query).sort(),
            [...records.values()]
              .filter(meaning)
              .map(({ id }) => id)
              .sort(),
            query,
          );
      }),
      { numRuns: 150 },
    );
  });

  test('are sorted as a plain sort would, and paged without gaps or repeats', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), fc.integer({ min: 1, max: 5 }), fc.boolean(), (changes, count, early) => {
        const store = makeStore();
        const records = new Map<string, Person>();
        for (const one of changes as Change[]) {
          if (typeof one === 'string') {
            if (records.delete(one)) drop(store, 'Patient', one);
          } else {
            put(store, one as unknown as ResourceTree);
            records.set(one.id, one);
          }
          if (early) ids(store, 'Patient', '_sort=gender,-birthdate');
        }
        const start = (text: string): number => Date.parse(text.padEnd(10, '-01'));
        const rank = (a: string | number | undefined, b: string | number | undefined, down: boolean): number =>
          a === b ? 0 : a === undefined ? 1 : b === undefined ? -1 : a < b === down ? 1 : -1;
        const rows = [...records.values()];
        const expected = rows.toSorted(
          (a, b) => rank(a.gender, b.gender, false) || rank(a.birthDate && start(a.birthDate), b.birthDate && start(b.birthDate), true),
        );
        const found = ids(store, 'Patient', '_sort=gender,-birthdate');
        const keys = (list: string[]): string[] =>
          list.map((id) => `${records.get(id)!.gender} ${records.get(id)!.birthDate && start(records.get(id)!.birthDate!)}`);
        assert.deepEqual(keys(found), keys(expected.map(({ id }) => id)));

        const walked: string[] = [];
        let cursor: string | undefined;
        do {
          const pairs: [string, string][] = [
            ['_sort', 'gender,-birthdate'],
            ['_count', String(count)],
            ...(cursor ? ([['_cursor', cursor]] as [string, string][]) : []),
          ];
          const page = search({ store }, readQuery(definitions, ['Patient'], pairs, true));
          walked.push(...page.rows.map((row) => row.id));
          const last = page.rows.at(-1);
          cursor = page.hasNext && last ? `a~Patient~${last.id}~${last.versions.length}` : undefined;
        } while (cursor);
        assert.deepEqual(walked, found);
      }),
      { numRuns: 150 },
    );
  });
});

describe('units of work', () => {
  const state = (store: Store): string =>
    JSON.stringify([
      store.log.map(({ text, ...rest }) => [rest, text]),
      store.rows.map(({ type, id, versions, tree, row, serial }) => [type, id, versions.length, tree, row, serial]),
      store.live('Patient'),
      MEANINGS.map(([query]) => ids(store, 'Patient', `${query}&_sort=family`)),
    ]);

  test('one that throws leaves everything as it was: rows, versions, log, indexes, orders', () => {
    fc.assert(
      fc.property(fc.array(person, { maxLength: 12 }), fc.array(change, { minLength: 1, maxLength: 12 }), (before, attempted) => {
        const store = makeStore();
        for (const one of before) put(store, one as unknown as ResourceTree);
        const was = state(store);
        assert.throws(
          () =>
            commit(store, (write) => {
              for (const one of attempted as Change[]) {
                if (typeof one !== 'string')
                  write({ method: 'PUT', type: 'Patient', id: one.id, tree: structuredClone(one) as unknown as ResourceTree });
                else if (store.get('Patient', one)?.tree) write({ method: 'DELETE', type: 'Patient', id: one });
                ids(store, 'Patient', '_sort=family&gender=male');
              }
              throw new Error('no');
            }),
          /no/,
        );
        assert.equal(state(store), was);
      }),
    );
  });

  test('listeners hear of whole units, and of none that failed; a replay of what they heard gives the same store', () => {
    const store = makeStore();
    const log: Version[][] = [];
    store.onCommit((versions) => void log.push([...versions]));
    put(store, { resourceType: 'Patient', id: 'a', gender: 'male' });
    commit(store, (write) => {
      write({ method: 'PUT', type: 'Patient', id: 'a', tree: { resourceType: 'Patient', id: 'a', gender: 'female' } });
      write({
        method: 'POST',
        type: 'Patient',
        id: 'b',
        tree: { resourceType: 'Patient' },
        invalid: [{ severity: 'error', code: 'x', path: '', message: '' }],
      });
    });
    assert.throws(() =>
      commit(store, (write) => {
        write({ method: 'DELETE', type: 'Patient', id: 'b' });
        throw new Error('no');
      }),
    );
    drop(store, 'Patient', 'b');
    assert.deepEqual(
      log.map((unit) => unit.length),
      [1, 2, 1],
    );
    const again = makeStore();
    again.replay(log.flat());
    assert.deepEqual(again.log, store.log);
    assert.deepEqual(ids(again, 'Patient', 'gender=female'), ['a']);
    assert.equal(again.get('Patient', 'b')!.tree, undefined);
    assert.equal(put(again, { resourceType: 'Patient', id: 'b' }).versionId, '3');
  });

  test('a listener that throws is heard, and what it was told stays written', () => {
    const store = makeStore();
    const stop = store.onCommit(() => {
      throw new Error('disk full');
    });
    assert.throws(() => put(store, { resourceType: 'Patient', id: 'a' }), /disk full/);
    stop();
    assert.equal(put(store, { resourceType: 'Patient', id: 'a' }).versionId, '2');
  });

  test('do not nest, and a store stays usable after one was tried', () => {
    const store = makeStore();
    assert.throws(() => commit(store, () => put(store, { resourceType: 'Patient', id: 'a' })), /under way/);
    assert.equal(put(store, { resourceType: 'Patient', id: 'a' }).versionId, '1');
  });

  test('texts keep every digit, also of numbers that stand at the top', () => {
    const store = makeStore();
    const tree = parseJson('{"resourceType":"ChargeItem","id":"c","factorOverride":1.50,"quantity":{"value":2.00}}') as ResourceTree;
    const { text } = commit(store, (write) => write({ method: 'PUT', type: 'ChargeItem', id: 'c', tree }));
    assert.match(text!, /"factorOverride":1\.50/);
    assert.match(text!, /"value":2\.00/);
  });

  test('a reference is found under each of the store’s own addresses', () => {
    const store = new Store({
      now: () => new Date(0),
      ids: () => 'x',
      localize: (reference) => reference.replace(/^http:\/\/(?:a|b)\.test\/fhir\//, ''),
    });
    store.use(definitions);
    for (const [id, reference] of Object.entries({
      a: 'http://a.test/fhir/Patient/p',
      b: 'http://b.test/fhir/Patient/p',
      c: 'Patient/p/_history/3',
      d: 'http://c.test/fhir/Patient/p',
    }))
      put(store, { resourceType: 'Observation', id, subject: { reference } });
    assert.deepEqual(ids(store, 'Observation', 'subject=Patient/p'), ['a', 'b', 'c']);
    assert.deepEqual(ids(store, 'Observation', 'subject=http://c.test/fhir/Patient/p'), ['d']);
  });
});

describe('records of any shape', () => {
  test('can be stored and indexed by every parameter', () => {
    const types = [...definitions.types];
    fc.assert(
      fc.property(
        fc.constantFrom(...types),
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.infiniteStream(fc.jsonValue()),
        (type, rest, values) => {
          const store = makeStore();
          // Elements that parameters look at, with values they do not expect.
          const tree: ResourceTree = { ...(rest as object), resourceType: type, id: 'x' };
          for (const param of definitions.params(type).values()) {
            const name = param.path.alternatives[0]?.[0]?.names[0];
            if (name !== undefined && name !== 'id') tree[name] = values.next().value;
          }
          put(store, tree);
          store.buildIndexes(type);
          drop(store, type, 'x');
        },
      ),
      { numRuns: 300 },
    );
  });
});
