import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheduler as ar } from '../../../src/components/locales/ar/scheduler.js';
import { scheduler as en } from '../../../src/components/locales/en/scheduler.js';
import { formatterFor, type Formatter } from '../../../src/components/locales/messages.js';

type Say = (f: Formatter, ...args: unknown[]) => string;
/** Digits do for counts, words and lists alike. */
const GIVEN = ['31', '42', '53', '64', '75'];
const say = (table: Record<string, unknown>, lang: string, key: string, given: readonly string[]): string => {
  const message = table[key];
  return typeof message === 'function' ? (message as Say)(formatterFor(lang), ...given) : String(message);
};

test('every text of the scheduler is there in Arabic, for every number, and passes on what it is given', () => {
  for (const key of Object.keys(en)) {
    for (const n of ['0', '1', '2', '3', '11', '100']) {
      const text = say(ar, 'ar', key, [n, ...GIVEN]);
      assert.ok(text.trim().length > 0, key);
      assert.doesNotMatch(text, /undefined|NaN|\[object/, key);
    }
    const english = say(en, 'en', key, GIVEN);
    const arabic = say(ar, 'ar', key, GIVEN);
    for (const word of GIVEN.filter((each) => english.includes(each))) assert.ok(arabic.includes(word), `${key}: ${word} is lost`);
    if (typeof en[key as keyof typeof en] === 'string') assert.match(arabic, /[\u0600-\u06ff]/, `${key} is not translated`);
  }
});
