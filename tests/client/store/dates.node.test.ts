import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { rangeOfDate, rangeOfPeriod } from '../../../src/client/store/dates.js';
import { fold } from '../../../src/client/store/text.js';

const iso = (text: string): string | undefined => {
  const range = rangeOfDate(text);
  return range && `${new Date(range.start).toISOString()}/${range.end - range.start}`;
};

describe('dates as ranges', () => {
  const RANGES: [text: string, range: string][] = [
    ['2024', '2024-01-01T00:00:00.000Z/31622400000'],
    ['2024-02', '2024-02-01T00:00:00.000Z/2505600000'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z/86400000'],
    ['2024-02-29T10:30', '2024-02-29T10:30:00.000Z/60000'],
    ['2024-02-29T10:30Z', '2024-02-29T10:30:00.000Z/60000'],
    ['2024-02-29T10:30:05Z', '2024-02-29T10:30:05.000Z/1000'],
    ['2024-02-29T10:30:05.2Z', '2024-02-29T10:30:05.200Z/100'],
    ['2024-02-29T10:30:05.250Z', '2024-02-29T10:30:05.250Z/1'],
    ['2024-02-29T10:30:05.2501234Z', '2024-02-29T10:30:05.250Z/1'],
    ['2024-02-29T00:30:00+11:00', '2024-02-28T13:30:00.000Z/1000'],
    ['2024-02-28T20:00:00-05:30', '2024-02-29T01:30:00.000Z/1000'],
    ['0045-01-01', '0045-01-01T00:00:00.000Z/86400000'],
    ['1969-12-31', '1969-12-31T00:00:00.000Z/86400000'],
  ];
  for (const [text, range] of RANGES) test(text, () => assert.equal(iso(text), range));

  for (const text of [
    '',
    'soon',
    '24',
    '2024-13',
    '2024-00',
    '2024-02-30',
    '2023-02-29',
    '2024-02-29T25:00:00Z',
    '2024-02-29T10',
    '2024-02-29T10:60Z',
    '2024-2-9',
    '2024-02-29 10:00',
    '2024-02-29T10:30:05+1100',
    '-2024',
  ])
    test(`none: ${text}`, () => assert.equal(rangeOfDate(text), undefined));

  test('every instant lies within its minute, day, month and year', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('0001-01-02'), max: new Date('9998-12-30'), noInvalidDate: true }), (date) => {
        const text = date.toISOString();
        for (const length of [4, 7, 10]) {
          const range = rangeOfDate(text.slice(0, length))!;
          assert.ok(range.start <= date.getTime() && date.getTime() < range.end, text.slice(0, length));
        }
      }),
    );
  });
  test('years, months and days follow each other without a gap', () => {
    for (let year = 1999; year < 2005; year++) assert.equal(rangeOfDate(String(year))!.end, rangeOfDate(String(year + 1))!.start);
    for (let month = 1; month < 12; month++)
      assert.equal(
        rangeOfDate(`2024-${String(month).padStart(2, '0')}`)!.end,
        rangeOfDate(`2024-${String(month + 1).padStart(2, '0')}`)!.start,
      );
  });
  test('a period without an end has none, and one that says nothing readable is none', () => {
    assert.equal(rangeOfPeriod('2024', undefined)!.end, Infinity);
    assert.equal(rangeOfPeriod(undefined, '2024')!.start, -Infinity);
    assert.equal(rangeOfPeriod('soon', 5), undefined);
  });
});

describe('folded text', () => {
  const SAME: [string, string][] = [
    ['Müller', 'muller'],
    ['ÉLODIE', 'elodie'],
    ['Łucja Bąk', 'lucja bak'],
    ['Weiß', 'weiss'],
    ['Søren', 'soren'],
    ['  a\t b\u00a0c ', 'a b c'],
    ['Nguyễn', 'nguyen'],
    ['مُحَمَّد', 'محمد'],
    ['Ελένη', 'ελενη'],
    ['Æther', 'aether'],
  ];
  for (const [text, folded] of SAME) test(text, () => assert.equal(fold(text), folded));
  test('folding twice changes nothing', () =>
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => assert.equal(fold(fold(text)), fold(text)))));
  test('composed and decomposed text are the same', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => assert.equal(fold(text.normalize('NFC')), fold(text.normalize('NFD')))),
    ));
});
