import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import {
  chainOf,
  onLocaleChange,
  registerLocale,
  retryWords,
  wordsFor,
  type LocaleTable,
} from '../../../src/components/locales/catalog.js';
import {
  defineMessages,
  type Formatter,
  type Loader,
  type Regional,
  type Shipped,
  type Translation,
} from '../../../src/components/locales/messages.js';
import { provider } from '../../../src/components/locales/en/provider.js';
import { searchMessages } from '../../../src/components/locales/search.messages.js';

const en = { hello: 'Hello', bye: 'Bye', visits: (f: Formatter, n: number) => f.number(n) } as const;
type Words = Regional<typeof en>;
const messages = (lazy: Record<string, Loader<Words>> = {}) => defineMessages(en, lazy, ['provider', 'common']);
const whole = (words: Words) => async (): Promise<Words> => words;
async function settled(table: ReturnType<typeof messages>, lang: string) {
  await wordsFor(table, lang).loading;
  return wordsFor(table, lang);
}
/** `provider` stands for the table under test, whose texts are others. */
const register = (lang: string, words: Words | Loader<Words>) => undo.push(registerLocale(lang, { provider: words as object }));
const undo: (() => void)[] = [];
afterEach(() => undo.splice(0).forEach((each) => each()));

describe('the chain of a language', () => {
  for (const [lang, chain] of [
    ['es-MX', ['es-MX', 'es']],
    ['ar-EG', ['ar-EG', 'ar']],
    ['EN-au', ['en-AU', 'en']],
    ['zh-hant-tw', ['zh-Hant-TW', 'zh-Hant', 'zh']],
    ['ar-EG-u-nu-latn', ['ar-EG', 'ar']],
    ['en', ['en']],
    ['', []],
    ['not a language', []],
  ] as const)
    test(lang || 'nothing', () => assert.deepEqual(chainOf(lang), chain));
});

describe('words of a language', () => {
  test('come from the nearest that has them', async () => {
    const table = messages({ es: whole({ hello: 'Hola', bye: 'Adiós' }), 'es-MX': whole({ hello: 'Qué tal' }) });
    const { own } = await settled(table, 'es-MX');
    assert.deepEqual([own.hello, own.bye], ['Qué tal', 'Adiós']);
    assert.equal((await settled(table, 'es-AR')).own.hello, 'Hola');
  });

  test('are English where there are none: zh, and what is no tag', async () => {
    const table = messages({ es: whole({ hello: 'Hola' }) });
    const chinese = await settled(table, 'zh');
    assert.deepEqual(chinese.own, {});
    assert.equal(chinese.english.hello, 'Hello');
    assert.equal((await settled(table, '??')).own.hello, 'Hello');
  });

  test('a region of English changes only what it says', async () => {
    const table = messages({ 'en-AU': whole({ hello: 'G’day' }) });
    const { own } = await settled(table, 'en-AU');
    assert.deepEqual([own.hello, own.bye], ['G’day', 'Bye']);
  });

  test('are not half there while some are on their way', async () => {
    const table = messages({ es: whole({ hello: 'Hola', bye: 'Adiós' }) });
    register('es', { hello: 'Buenas' });
    assert.deepEqual(wordsFor(table, 'es').own, {});
    const { own } = await settled(table, 'es');
    assert.deepEqual([own.hello, own.bye], ['Buenas', 'Adiós']);
  });

  test('are loaded once for all who ask, and again only after a failure', async () => {
    let loads = 0;
    const table = messages({
      ar: async () => {
        if (++loads === 1) throw new Error('no network');
        return { hello: 'مرحبا' };
      },
    });
    await Promise.all([settled(table, 'ar'), settled(table, 'ar-EG')]);
    assert.equal(loads, 1);
    assert.deepEqual([wordsFor(table, 'ar').own, wordsFor(table, 'ar').failed], [{}, true]);
    retryWords(table, 'ar');
    assert.equal((await settled(table, 'ar')).own.hello, 'مرحبا');
    retryWords(table, 'ar');
    await settled(table, 'ar');
    assert.equal(loads, 2);
  });
});

describe('registerLocale', () => {
  test('adds a language, part by part', async () => {
    const table = messages();
    register('fr', whole({ hello: 'Bonjour' }));
    const { own, english } = await settled(table, 'fr-CA');
    assert.deepEqual([own.hello, own.bye, english.bye], ['Bonjour', undefined, 'Bye']);
  });

  test('comes before carelet’s own words, the last before the first, and can be taken back', async () => {
    const table = messages({ es: whole({ hello: 'Hola', bye: 'Adiós' }) });
    register('es', { hello: 'Uno', bye: 'Uno' });
    const back = registerLocale('es', { provider: { hello: 'Dos' } as object });
    assert.deepEqual(Object.values((await settled(table, 'es')).own), ['Dos', 'Uno']);
    back();
    assert.equal((await settled(table, 'es')).own.hello, 'Uno');
  });

  test('English words of the host also stand in for what another language lacks', async () => {
    const table = messages();
    register('en', { hello: 'Howdy' });
    assert.equal((await settled(table, 'en')).own.hello, 'Howdy');
    assert.equal((await settled(table, 'en-AU')).own.hello, 'Howdy');
    assert.equal((await settled(table, 'zh')).english.hello, 'Howdy');
  });

  test('a word given as undefined is none', async () => {
    const table = messages({ es: whole({ hello: 'Hola' }) });
    register('es', { hello: undefined } as unknown as Words);
    assert.equal((await settled(table, 'es')).own.hello, 'Hola');
  });

  test('shared words count in the table of the search', async () => {
    undo.push(registerLocale('fr', { common: { close: 'Fermer', cancel: 'Annuler' }, search: { cancel: 'Abandonner' } }));
    await wordsFor(searchMessages, 'fr').loading;
    const { own } = wordsFor(searchMessages, 'fr');
    assert.deepEqual([own.close, own.cancel], ['Fermer', 'Abandonner']);
  });

  test('tells who listens, on giving and on taking back', () => {
    let told = 0;
    const stop = onLocaleChange(() => told++);
    registerLocale('fr', {})();
    stop();
    registerLocale('fr', {})();
    assert.equal(told, 2);
  });

  test('refuses what is no language tag', () => {
    assert.throws(() => registerLocale('not a language', {}), RangeError);
  });
});

test('tables are complete by type', () => {
  // @ts-expect-error a text is missing
  const missing: LocaleTable<'provider'> = { demo: '', badAddress: '', badAddressDetail: '', notLoaded: '' };
  // @ts-expect-error there is no such text
  const surplus: Translation<typeof provider> = { ...provider, more: '' };
  // @ts-expect-error there is no such text to say otherwise
  const regional: Regional<typeof provider> = { more: '' };
  // @ts-expect-error a text with arguments is no plain one
  const plain: Regional<typeof en> = { visits: '3' };
  // @ts-expect-error a language is missing
  const shipped: Shipped<typeof provider> = { ar: async () => provider };
  // @ts-expect-error there is no such table
  const registered: Parameters<typeof registerLocale>[1] = { cart: {} };
  assert.ok([missing, surplus, regional, plain, shipped, registered]);
});
