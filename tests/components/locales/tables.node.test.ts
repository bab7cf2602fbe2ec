import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { chartMessages } from '../../../src/components/locales/chart.messages.js';
import { commonMessages } from '../../../src/components/locales/common.messages.js';
import { formatterFor, type Formatter, type Message, type Messages, type MessageTable } from '../../../src/components/locales/messages.js';
import { providerMessages } from '../../../src/components/locales/provider.messages.js';
import { schedulerMessages } from '../../../src/components/locales/scheduler.messages.js';
import { searchMessages } from '../../../src/components/locales/search.messages.js';
import { TABLES } from './samples.js';

const MESSAGES: Record<keyof typeof TABLES, Messages<MessageTable>> = {
  chart: chartMessages as unknown as Messages<MessageTable>,
  common: commonMessages as unknown as Messages<MessageTable>,
  provider: providerMessages as unknown as Messages<MessageTable>,
  scheduler: schedulerMessages as unknown as Messages<MessageTable>,
  search: searchMessages as unknown as Messages<MessageTable>,
};
/** What is asked for, and the table that answers. The numbers are the region's. */
const LANGUAGES = [
  ['en', 'en'],
  ['en-AU', 'en-AU'],
  ['es', 'es'],
  ['es-MX', 'es'],
  ['ar', 'ar'],
  ['ar-EG', 'ar'],
] as const;
/** None, one, two, few, many, a hundred, and the round million that Spanish has a word for. */
const COUNTS = [0, 1, 2, 3, 11, 21, 100, 1_000_000];

/** The table as it is used: a region's words over its language's. */
async function tableOf(name: keyof typeof TABLES, language: string): Promise<MessageTable> {
  const { en, lazy } = MESSAGES[name];
  const loaded = (await lazy[language]?.()) as MessageTable | undefined;
  return language.startsWith('en') ? { ...en, ...loaded } : loaded!;
}

function say(message: Message | undefined, f: Formatter, args: readonly unknown[]): string {
  return typeof message === 'function' ? (message as (f: Formatter, ...args: unknown[]) => string)(f, ...args) : String(message);
}

const sound = (text: string, what: string): void => {
  assert.notEqual(text.trim(), '', what);
  assert.doesNotMatch(text, /undefined|null|NaN|\[object|function/, what);
  assert.equal(text, text.normalize('NFC'), `${what} is not in one form`);
};

for (const [name, { en, samples }] of Object.entries(TABLES) as [keyof typeof TABLES, (typeof TABLES)['chart']][]) {
  describe(`texts of ${name}`, () => {
    for (const [lang, language] of LANGUAGES) {
      test(`in ${lang}: the same ones, each said with what it is given`, async () => {
        const table = await tableOf(name, language);
        assert.deepEqual(Object.keys(table).toSorted(), Object.keys(en).toSorted());
        const f = formatterFor(lang);
        const english = formatterFor('en');
        for (const key of Object.keys(en)) {
          const args = samples[key] ?? [];
          const text = say(table[key], f, args);
          sound(text, `${lang} ${key}: ${text}`);
          const source = say(en[key], english, args);
          for (const given of args.flat()) {
            if (typeof given === 'string' && given.startsWith('⟨') && source.includes(given))
              assert.ok(text.includes(given), `${key} loses ${given}: ${text}`);
            if (typeof given !== 'number') continue;
            // "Listed 5,318 times": some count what they are given and one more.
            const shown = [given, given + 1].find((n) => source.includes(english.number(n)));
            if (shown !== undefined) assert.ok(text.includes(f.number(shown)), `${key} loses ${shown}: ${text}`);
          }
        }
      });

      test(`in ${lang}: every count has its plural`, async () => {
        const table = await tableOf(name, language);
        for (const [key, args] of Object.entries(samples)) {
          if (!args.some((each) => typeof each === 'number')) continue;
          for (const count of COUNTS) {
            const text = say(
              table[key],
              formatterFor(lang),
              args.map((each) => (typeof each === 'number' ? count : each)),
            );
            sound(text, `${lang} ${key} of ${count}: ${text}`);
          }
        }
      });
    }
  });
}

/** Words that both languages write alike, names of things, and keys of a keyboard; by table and key. */
const ALIKE: Record<string, ReadonlySet<string>> = {
  es: new Set([
    'chart verification.provisional',
    'chart intent.plan',
    'scheduler others',
    'scheduler columnOfDay',
    'scheduler bornOn',
    'scheduler movePlace',
    'scheduler conflictPlace',
    'chart row.ended',
  ]),
  ar: new Set([
    'scheduler others',
    'scheduler columnOfDay',
    'scheduler bornOn',
    'chart row.ended',
    'scheduler movePlace',
    'scheduler conflictPlace',
  ]),
};
/** Words of English that Spanish and Arabic do not have. `base-url`, FHIR and carelet are names. */
const ENGLISH =
  /\b(the|of|and|is|are|was|were|not|this|that|with|from|until|record|records|patient|patients|server|could|load|loaded|loading|day|time|times|name|date|appointment|appointments|provider|status|search|known|none|more|other|others|there|your|you|it|be|been|by|for|at|in|on)\b/i;

for (const language of ['es', 'ar'] as const) {
  describe(`no English is left in ${language}`, () => {
    for (const [name, { en, samples }] of Object.entries(TABLES) as [keyof typeof TABLES, (typeof TABLES)['chart']][])
      test(name, async () => {
        const table = await tableOf(name, language);
        const f = formatterFor(language);
        const left: string[] = [];
        for (const key of Object.keys(en)) {
          const args = samples[key] ?? [];
          const text = say(table[key], f, args);
          const same = text === say(en[key], f, args) && !ALIKE[language]!.has(`${name} ${key}`);
          const words = text.replaceAll(/https?:\S+|base-url/g, '');
          if (same || ENGLISH.test(words)) left.push(`${key}: ${text}`);
        }
        assert.deepEqual(left, []);
      });
  });
}

test('Arabic is written in Arabic', async () => {
  for (const [name, { samples }] of Object.entries(TABLES) as [keyof typeof TABLES, (typeof TABLES)['chart']][])
    for (const [key, message] of Object.entries(await tableOf(name, 'ar')))
      if (!ALIKE['ar']!.has(`${name} ${key}`))
        assert.match(say(message, formatterFor('ar'), samples[key] ?? []), /\p{Script=Arabic}/u, `${name} ${key}`);
});

test('Spanish addresses as usted', async () => {
  for (const [name, { samples }] of Object.entries(TABLES) as [keyof typeof TABLES, (typeof TABLES)['chart']][])
    for (const [key, message] of Object.entries(await tableOf(name, 'es')))
      assert.doesNotMatch(
        say(message, formatterFor('es'), samples[key] ?? []),
        /(?<!\p{L})(tú|tu|tus|te|tienes|puedes|inténtalo|vuelve|elige|escribe|vos|vosotros|vuestr[oa]s?)(?!\p{L})/iu,
        `${name} ${key}`,
      );
});

test('Spanish counts: one, several, and the round millions that take "de"', async () => {
  const table = (await searchMessages.lazy.es!()) as typeof searchMessages.en;
  const say = (lang: string, n: number): string => table.count(formatterFor(lang), n);
  assert.deepEqual(
    [0, 1, 2, 1_000_000].map((n) => say('es', n)),
    ['0 pacientes', '1 paciente', '2 pacientes', '1.000.000 de pacientes'],
  );
  assert.equal(say('es-MX', 1234), '1,234 pacientes');
});

test('doses read as they are said', async () => {
  const [es, ar] = [await tableOf('chart', 'es'), await tableOf('chart', 'ar')] as (typeof chartMessages.en)[];
  const dose = (table: typeof chartMessages.en, lang: string, times: [number, number?], every: [number, 'h' | 'd' | 'wk']): string => {
    const f = formatterFor(lang);
    return table['dose.frequency'](f, times[0], times[1], table['dose.every'](f, every[0], undefined, every[1]));
  };
  assert.equal(dose(es!, 'es', [1], [1, 'd']), 'una vez al día');
  assert.equal(dose(es!, 'es', [3], [1, 'wk']), '3 veces a la semana');
  assert.equal(dose(es!, 'es', [1, 2], [6, 'h']), '1 a 2 veces cada 6 horas');
  assert.equal(es!['dose.at'](formatterFor('es'), '8:00 y 20:00'), 'a las 8:00 y 20:00');
  assert.equal(es!['dose.at'](formatterFor('es'), '1:00'), 'a la 1:00');
  assert.equal(es!['dose.offset'](formatterFor('es'), 30, es!['event.AC']), '30 minutos antes de las comidas');
  assert.equal(dose(ar!, 'ar', [2], [1, 'd']), 'مرتين كل يوم');
});
