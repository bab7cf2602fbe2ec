import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parsePatientQuery, patientSearches, type PatientQuery } from '../../../src/models/search/index.js';

const now = new Date('2026-11-24T00:00:00Z');
const parse = (text: string, locale = 'en-AU', more: { birth?: string } = {}): PatientQuery =>
  parsePatientQuery(text, { locale, now, ...more });
const births = (text: string, locale?: string) => parse(text, locale).readings[0]?.births ?? [];
const words = (text: string, locale?: string) => parse(text, locale).readings[0]?.words ?? [];
const number = (text: string, locale?: string) => parse(text, locale).readings[0]?.number;

describe('names', () => {
  test('are words in any order', () => {
    assert.deepEqual(words('  Mariana   Quispe '), ['Mariana', 'Quispe']);
  });

  test('a comma parts family from given, in Arabic and Chinese too', () => {
    for (const text of [
      'Quispe Flores, Mariana Inés',
      'Quispe Flores ,Mariana Inés',
      'Quispe Flores، Mariana Inés',
      'Quispe Flores，Mariana Inés',
    ]) {
      const [reading] = parse(text).readings;
      assert.equal(reading!.family, 'Quispe Flores');
      assert.deepEqual(reading!.given, ['Mariana', 'Inés']);
    }
  });

  test('a comma without a name on both sides parts nothing', () => {
    assert.equal(parse('Quispe,').readings[0]!.family, undefined);
    assert.equal(parse(', Mariana').readings[0]!.family, undefined);
    assert.deepEqual(words(', Mariana'), ['Mariana']);
  });

  test('a title in front is left out, a name that looks like one is not', () => {
    assert.deepEqual(words('Dr Okafor'), ['Okafor']);
    assert.deepEqual(words('Prof. Okafor'), ['Okafor']);
    assert.deepEqual(words('Miss'), ['Miss']);
  });

  test('signs of direction that came along by copying are no part of it', () => {
    assert.deepEqual(words('\u200fليلى حسن\u200e'), ['ليلى', 'حسن']);
  });
});

describe('birth dates', () => {
  const march14 = ['1984-03-14'];
  for (const text of [
    '14/03/1984',
    '14/3/84',
    '14.03.1984',
    '14-3-1984',
    '14 03 1984',
    '14 Mar 1984',
    '14 march 1984',
    '14th of March, 1984',
    '14-Mar-84',
    '14mar1984',
    'March 14, 1984',
    'mar 14 1984',
    '1984-03-14',
    '1984/3/14',
    '1984.03.14',
    '1984年3月14日',
    'born 14/3/84',
    'DOB: 14/03/1984',
    '١٤/٠٣/١٩٨٤',
    '１４/０３/１９８４',
  ]) {
    test(`${text} is 14 March 1984, and nothing is left of it`, () => {
      assert.deepEqual(births(text), march14);
      assert.deepEqual(words(text), []);
      assert.equal(number(text), undefined);
    });
  }

  test('months have the names of the reader’s language, and English ones', () => {
    assert.deepEqual(births('14. März 1984', 'de'), march14);
    assert.deepEqual(births('14. marz 1984', 'de'), march14);
    assert.deepEqual(births('14 févr. 1984', 'fr'), ['1984-02-14']);
    assert.deepEqual(births('14 de marzo de 1984', 'es'), march14);
    assert.deepEqual(births('١٤ مارس ١٩٨٤', 'ar-EG'), march14);
    assert.deepEqual(births('14 Mar 1984', 'ar'), march14);
  });

  test('stand anywhere beside a name', () => {
    for (const text of ['quispe 14/03/1984', '14/03/1984 quispe', 'quispe, mariana 14 Mar 1984']) {
      assert.deepEqual(births(text), march14);
      assert.ok(words(text).includes('quispe'));
    }
  });

  test('that can be read in two ways are asked, the reader’s own order first', () => {
    assert.deepEqual(parse('03/04/1984', 'en-AU').ambiguous, { text: '03/04/1984', dates: ['1984-04-03', '1984-03-04'] });
    assert.deepEqual(parse('03/04/1984', 'en-US').ambiguous, { text: '03/04/1984', dates: ['1984-03-04', '1984-04-03'] });
    assert.deepEqual(patientSearches(parse('03/04/1984')), [{ birthdate: '1984-04-03,1984-03-04' }]);
  });

  test('that can be read in one way only are not asked', () => {
    for (const text of ['14/03/1984', '3/14/1984', '04/04/1984', '1984-03-04', '3 Apr 1984'])
      assert.equal(parse(text).ambiguous, undefined, text);
    assert.deepEqual(births('3/14/1984', 'en-AU'), march14);
  });

  test('the answer to the question is the only one meant', () => {
    const query = parse('quispe 03/04/1984', 'en-AU', { birth: '1984-03-04' });
    assert.equal(query.ambiguous, undefined);
    assert.deepEqual(query.readings[0]!.births, ['1984-03-04']);
    assert.notEqual(
      parse('05/06/1984', 'en-AU', { birth: '1984-03-04' }).ambiguous,
      undefined,
      'an answer to another question counts for nothing',
    );
  });

  test('of two digits for the year are in the past, and both centuries are asked where both can be', () => {
    assert.deepEqual(births('14/03/30'), ['1930-03-14']);
    assert.deepEqual(parse('14/03/20').ambiguous?.dates, ['1920-03-14', '2020-03-14']);
  });

  test('a month or a year is a date of its own', () => {
    assert.deepEqual(births('quispe 1984'), ['1984']);
    assert.deepEqual(births('03/1984'), ['1984-03']);
    assert.deepEqual(births('March 1984'), ['1984-03']);
  });

  test('that no calendar has, or that are still to come, are said and left out', () => {
    for (const text of ['31/02/1984', '14/03/2084', '30 Feb 1984', '1984-02-30', '25/11/2026', '14/03/1850']) {
      const query = parse(`quispe ${text}`);
      assert.equal(query.impossible, text);
      assert.deepEqual(query.readings, [{ words: ['quispe'], family: undefined, given: [], births: [], number: undefined }]);
    }
    assert.deepEqual(births('24/11/2026'), ['2026-11-24'], 'born today');
  });

  test('today is the day in the clinic’s zone', () => {
    const late = { locale: 'en-AU', now: new Date('2026-11-24T14:00:00Z') };
    assert.equal(parsePatientQuery('25/11/2026', { ...late, zone: 'Australia/Sydney' }).impossible, undefined);
    assert.equal(parsePatientQuery('25/11/2026', { ...late, zone: 'America/New_York' }).impossible, '25/11/2026');
  });

  test('a June of 1984 is a month, or a name with a year', () => {
    const { readings } = parse('june 1984');
    assert.deepEqual(
      readings.map(({ words, births }) => [words, births]),
      [
        [[], ['1984-06']],
        [['june'], ['1984']],
      ],
    );
  });
});

describe('numbers', () => {
  for (const [text, expected] of Object.entries({
    '704 2281': '704 2281',
    'MRN 704 2281': '704 2281',
    'mrn:7042281': '7042281',
    'MRN-00123': 'MRN-00123',
    '2950 64117 1 / 2': '2950 64117 1 / 2',
    'Medicare 2950 64117 1': '2950 64117 1',
    '(03) 5555 6473': '(03) 5555 6473',
    '+61 412 345 678': '+61 412 345 678',
    '123-45-6789': '123-45-6789',
    A1234567: 'A1234567',
    'MRN-1984-03-14': 'MRN-1984-03-14',
    '12-34-56': '12-34-56',
    '٧٠٤٢٢٨١': '7042281',
  })) {
    test(`${text} is ${expected}, and no name`, () => {
      assert.equal(number(text), expected);
      assert.deepEqual(words(text), []);
      assert.equal(parse(text).impossible, undefined);
    });
  }

  test('stand beside a name', () => {
    assert.equal(number('quispe 7042281'), '7042281');
    assert.deepEqual(words('quispe 7042281'), ['quispe']);
  });

  test('of eight digits may be a birth date, and a bare year a number: both are looked for', () => {
    assert.deepEqual(patientSearches(parse('14031984')), [{ birthdate: '1984-03-14' }, { identifier: '14031984' }, { phone: '14031984' }]);
    assert.deepEqual(patientSearches(parse('1984')), [{ birthdate: '1984' }, { identifier: '1984' }]);
    assert.deepEqual(
      patientSearches(parse('99999999')).map((params) => Object.keys(params)),
      [['identifier'], ['phone']],
    );
  });
});

describe('enough to ask', () => {
  test('two characters, or one that is a word', () => {
    assert.deepEqual(
      ['', ' ', 'q', '7', '-', "'"].map((text) => parse(text).enough),
      [false, false, false, false, false, false],
    );
    assert.deepEqual(
      ['qu', '70', '王', 'q u', 'أب'].map((text) => parse(text).enough),
      [true, true, true, true, true],
    );
  });
});

describe('any text', () => {
  test('is read without a throw, in any language, and asks for nothing that was not typed', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ unit: fc.constantFrom(...'0123456789/-. ,()+'.split(''), 'mar', 'June', 'MRN', 'q'), maxLength: 16 }),
    );
    fc.assert(
      fc.property(text, fc.constantFrom('en-AU', 'en-US', 'ar', 'ja', 'not a locale'), (typed, locale) => {
        const query = parse(typed, locale);
        for (const params of patientSearches(query)) {
          assert.ok(
            Object.values(params)
              .flat()
              .every((value) => value.length > 0),
          );
        }
        for (const { births } of query.readings) for (const birth of births) assert.match(birth, /^\d{4}(-\d\d(-\d\d)?)?$/);
      }),
      { numRuns: 2000 },
    );
  });
});
