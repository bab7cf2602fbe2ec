import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { EmbeddedBackend } from '../../../../src/client/backends/embedded/index.js';
import { createPersistenceKey } from '../../../../src/client/store/persistence/keys.js';
import { newest, piecesOf, readPiece } from '../../../../src/client/store/persistence/records.js';
import { encrypted, NO_MARK, plain, type Place } from '../../../../src/client/store/persistence/seal.js';
import type { Version } from '../../../../src/client/store/version.js';
import { isCareError } from '../../../../src/models/errors.js';
import { stringify } from '../../../../src/models/fhir/json.js';

const version: fc.Arbitrary<Version> = fc.record(
  {
    type: fc.constantFrom('Patient', 'Observation'),
    id: fc.constantFrom('a', 'b', 'c.d-1'),
    versionId: fc.integer({ min: 1, max: 99 }).map(String),
    lastUpdated: fc.constant('2026-11-24T00:00:00.000Z'),
    method: fc.constantFrom('PUT', 'POST', 'PATCH', 'DELETE'),
    // Any text that a store may hold: every control character, separator and lone surrogate comes out of stringify escaped or harmless.
    text: fc.option(
      fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })).map((tree) => stringify(tree)),
      { nil: undefined },
    ),
  },
  { noNullPrototype: true },
);
const invalid = fc.option(
  fc.array(
    fc.record(
      { severity: fc.constant('error' as const), code: fc.string(), path: fc.string(), message: fc.string() },
      { noNullPrototype: true },
    ),
  ),
  { nil: undefined },
);
const versions = fc.array(fc.tuple(version, invalid).map(([one, issues]): Version => (issues ? { ...one, invalid: issues } : one)));

describe('versions as text', () => {
  test('come back as they were, in pieces of any size', () => {
    fc.assert(
      fc.property(versions, fc.integer({ min: 1, max: 500 }), (given, size) => {
        const pieces = [...piecesOf(given, size)].map(readPiece);
        assert.deepEqual(
          pieces.flatMap((piece) => piece.versions),
          given,
        );
        assert.deepEqual(
          pieces.map(({ index, more }) => [index, more]),
          pieces.map((_, i) => [i, i < pieces.length - 1]),
        );
      }),
    );
  });

  test('cut short or changed are no versions, or fewer, and never others', () => {
    fc.assert(
      fc.property(versions, fc.nat(), (given, at) => {
        const [text = ''] = piecesOf(given, Infinity);
        const cut = text.slice(0, at % (text.length + 1));
        let read: Version[];
        try {
          read = readPiece(cut).versions;
        } catch (error) {
          assert.ok(error instanceof SyntaxError);
          return;
        }
        assert.deepEqual(read, given.slice(0, read.length));
      }),
    );
    for (const text of ['', 'x', '0', '0\n{}\n\n', '0\n[1]\n\n', '0\n["Patient","a","0","t","PUT"]\n\n', '0\nnull\nx\n'])
      assert.throws(() => readPiece(text), SyntaxError, JSON.stringify(text));
  });

  test('the newest few of each resource keep their order, and the last of each is always there', () => {
    fc.assert(
      fc.property(versions, fc.integer({ min: 1, max: 3 }), (given, keep) => {
        const kept = newest(given, keep);
        assert.deepEqual(
          kept,
          given.filter((one) => kept.includes(one)),
        );
        for (const one of given) {
          const own = given.filter(({ type, id }) => type === one.type && id === one.id);
          assert.equal(kept.includes(one), own.lastIndexOf(one) >= own.length - keep);
        }
      }),
    );
  });
});

describe('sealed records', async () => {
  const key = await createPersistenceKey(new Uint8Array(32).fill(1));
  const seal = encrypted(key, ['carelet:x', 'id']);
  const place: Place = { kind: 'log', at: [7] };

  test('open in their own place only', async () => {
    const mark = 'ab'.repeat(16);
    const sealed = await seal.close(place, 'Brown', mark);
    assert.deepEqual(await seal.open(place, sealed), { text: 'Brown', previous: mark });
    const others: [string, () => Promise<unknown>][] = [
      ['another number', () => seal.open({ kind: 'log', at: [8] }, sealed)],
      ['another kind', () => seal.open({ kind: 'snapshot', at: [7] }, sealed)],
      ['more numbers', () => seal.open({ kind: 'log', at: [7, 0] }, sealed)],
      ['another name', () => encrypted(key, ['carelet:y', 'id']).open(place, sealed)],
      ['another database of that name', () => encrypted(key, ['carelet:x', 'di']).open(place, sealed)],
      ['a name that runs into the id', () => encrypted(key, ['carelet:', 'xid']).open(place, sealed)],
      ['another key', async () => encrypted(await createPersistenceKey(), ['carelet:x', 'id']).open(place, sealed)],
      ['text', () => seal.open(place, 'Brown')],
      ['nothing', () => seal.open(place, undefined)],
      ['too little', () => seal.open(place, new Uint8Array(5))],
    ];
    for (const [what, opening] of others) await assert.rejects(opening(), what);
  });

  test('a changed bit anywhere is found', async () => {
    const sealed = (await seal.close(place, 'Brown', NO_MARK)) as Uint8Array;
    for (let at = 0; at < sealed.length; at++) {
      const changed = sealed.slice();
      changed[at]! ^= 1;
      await assert.rejects(seal.open(place, changed), `byte ${at}`);
    }
  });

  test('never use an IV twice, and each has a mark of its own', async () => {
    const many = (await Promise.all(Array.from({ length: 200 }, () => seal.close(place, 'Brown', NO_MARK)))) as Uint8Array[];
    assert.equal(new Set(many.map((one) => one.slice(0, 12).join())).size, 200);
    assert.equal(new Set(many.map((one) => seal.markOf(one))).size, 200);
  });

  test('text keeps every character, a byte order mark included', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        const whole = `\ufeff${text}\ufeff`;
        assert.equal((await seal.open(place, await seal.close(place, whole, NO_MARK))).text, whole);
        assert.equal((await plain.open(place, await plain.close(place, whole, NO_MARK))).text, whole);
      }),
      { numRuns: 50 },
    );
  });
});

describe('keys', () => {
  const refused = (kind: 'validation' | 'unsupported') => (error: unknown) => isCareError(error, kind);

  test('are refused from a source that is too weak', async () => {
    await assert.rejects(createPersistenceKey(new Uint8Array(31)), refused('validation'));
    await assert.rejects(createPersistenceKey({ passphrase: '', salt: new Uint8Array(16) }), refused('validation'));
    await assert.rejects(createPersistenceKey({ passphrase: 'x', salt: new Uint8Array(15) }), refused('validation'));
    await assert.rejects(createPersistenceKey({ passphrase: 'x', salt: new Uint8Array(16), iterations: 1000 }), refused('validation'));
  });

  test('where there is no IndexedDB, persistence is unsupported and says so; nothing is kept in memory in its place', async () => {
    const backend = new EmbeddedBackend({ persistence: { synthetic: true } });
    await assert.rejects(backend.open(), refused('unsupported'));
    assert.equal((await backend.fetch('Patient')).status, 501);
    await assert.rejects(backend.read('Patient', 'p'), refused('unsupported'));
  });
});
