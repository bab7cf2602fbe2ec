import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { formatterFor, type Formatter, type MessageTable } from '../../../src/components/locales/messages.js';

const FOLDER = new URL('../../../src/components/locales/', import.meta.url);
const domains = readdirSync(new URL('en/', FOLDER)).map((file) => file.replace(/\.ts$/, ''));

async function tableOf(language: string, domain: string): Promise<MessageTable> {
  const module = (await import(new URL(`${language}/${domain}.ts`, FOLDER).href)) as Record<string, unknown>;
  return Object.values(module).find((value) => typeof value === 'object') as MessageTable;
}

/** A text with plain arguments: a number, a word, a list of words. Undefined for one that needs something richer; its widget's tests draw it. */
function say(message: MessageTable[string], f: Formatter, n: number): string | undefined {
  if (typeof message === 'string') return message;
  for (const argument of [n, 'X', ['X', 'Y']]) {
    try {
      const text = (message as (f: Formatter, ...args: unknown[]) => string)(f, argument, argument, argument);
      if (typeof text === 'string' && !/undefined|NaN|\[object/.test(text)) return text;
    } catch {
      // It takes another kind of argument.
    }
  }
  return undefined;
}

for (const domain of domains) {
  describe(`texts of ${domain}`, () => {
    test('every one can be said in English and in Arabic, of none, one, two, few and many', async () => {
      const [en, ar] = [await tableOf('en', domain), await tableOf('ar', domain)];
      assert.deepEqual(Object.keys(ar).toSorted(), Object.keys(en).toSorted());
      for (const key of Object.keys(en)) {
        for (const n of [0, 1, 2, 3, 11, 100]) {
          const text = say(en[key]!, formatterFor('en'), n);
          if (text === undefined) continue;
          assert.notEqual(text, '', `en ${key} ${n}`);
          assert.ok(say(ar[key]!, formatterFor('ar'), n), `ar ${key} ${n}`);
        }
      }
    });

    test('Arabic is Arabic', async () => {
      const [en, ar] = [await tableOf('en', domain), await tableOf('ar', domain)];
      const english = Object.keys(ar).filter((key) => {
        const [source, text] = [say(en[key]!, formatterFor('en'), 3), say(ar[key]!, formatterFor('ar'), 3)];
        return source !== undefined && /[a-z]{3}/i.test(source) && !/\p{Script=Arabic}/u.test(text ?? '');
      });
      assert.deepEqual(english, []);
    });
  });
}
