import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chart as arabic } from '../../../src/components/locales/ar/chart.js';
import { chart as english } from '../../../src/components/locales/en/chart.js';
import { chart as spanish } from '../../../src/components/locales/es/chart.js';
import { formatterFor, type Formatter } from '../../../src/components/locales/messages.js';
import {
  ABSENCE_SCOPES,
  EMPTY_CODES,
  ENCOUNTER_CLASSES,
  EVENT_TIMINGS,
  FACT_NAMES,
  MEDICATION_STATUSES,
  PERIOD_UNITS,
  SHOWN_TYPES,
} from '../../../src/models/charting/index.js';
import { ABSENT_REASONS } from '../../../src/models/fhir/index.js';

type Message = string | ((f: Formatter, ...args: never[]) => string);
const tables: readonly [lang: string, table: Record<string, Message>][] = [
  ['en', english],
  ['ar', arabic],
  ['es', spanish],
];

/** Arguments that fit each message's own parameters, by name where they are more than a text or a number. */
function sample(key: string): unknown[] {
  if (key === 'dose.frequency') return [2, 3, 'x'];
  if (key === 'dose.every') return [6, undefined, 'h'];
  if (key === 'dose.offset') return [30, 'x'];
  if (key === 'banner.doubtful') return [['x', 'y']];
  if (key.startsWith('announce.count.')) return [3, false];
  if (/^(partial\.|action\.showAll|row\.also|row\.diagnoses|row\.notes|dose\.count|banner\.multipleOrder)/.test(key)) return [3];
  return ['x', 'y'];
}

describe('texts of the chart viewer', () => {
  for (const [lang, table] of tables) {
    it(`are all there in ${lang}, and none holds a hole`, () => {
      assert.deepEqual(Object.keys(table).toSorted(), Object.keys(english).toSorted());
      for (const [key, message] of Object.entries(table)) {
        const text =
          typeof message === 'string'
            ? message
            : (message as (f: Formatter, ...args: unknown[]) => string)(formatterFor(lang), ...sample(key));
        assert.ok(text.trim() !== '' && !/undefined|null|NaN|\[object/.test(text), `${key}: ${text}`);
      }
    });

    it(`have a word in ${lang} for every code that the models may give`, () => {
      const needed = [
        ...FACT_NAMES.map((name) => `fact.${name}`),
        ...EVENT_TIMINGS.map((code) => `event.${code}`),
        ...MEDICATION_STATUSES.map((code) => `medication.${code}`),
        ...ENCOUNTER_CLASSES.map((code) => `class.${code}`),
        ...ABSENT_REASONS.map((code) => `absent.${code}`),
        ...ABSENCE_SCOPES.map((scope) => `none.allergies.${scope}`),
        ...EMPTY_CODES.map((code) => `reason.${code}`),
      ];
      assert.deepEqual(
        needed.filter((key) => !(key in table)),
        [],
      );
    });

    it(`count and time doses in ${lang} without a slip`, () => {
      const f = formatterFor(lang);
      const t = table as typeof english;
      for (const unit of PERIOD_UNITS)
        for (const [from, to] of [
          [1, undefined],
          [2, undefined],
          [3, 4],
          [11, undefined],
        ] as const) {
          const text = t['dose.frequency'](f, from, to, t['dose.every'](f, from, to, unit));
          assert.ok(!/undefined|NaN/.test(text) && text.length > 5, text);
        }
    });
  }

  it('read as English', () => {
    const f = formatterFor('en-AU');
    assert.equal(english['dose.frequency'](f, 1, undefined, english['dose.every'](f, 1, undefined, 'd')), 'once a day');
    assert.equal(english['dose.frequency'](f, 1, 2, english['dose.every'](f, 6, undefined, 'h')), '1 to 2 times every 6 hours');
    assert.equal(english['dose.every'](f, 1, undefined, 'h'), 'an hour');
    assert.equal(english['row.alsoVisits'](f, 1), 'Also recorded at 1 visit');
  });

  it('know every type that a section shows as no part of the rest', () => {
    for (const type of SHOWN_TYPES) assert.ok(!(`type.${type}` in english), type);
  });
});
