import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  bannerName,
  chooseName,
  formatName,
  formerNames,
  initials,
  knownAs,
  nameAbsentReason,
  nameParts,
} from '../../../../src/models/fhir/read/index.js';
import type { HumanName } from '../../../../src/models/fhir/index.js';

const now = '2026-11-24T04:00:00Z';
const PREFIX = 'http://hl7.org/fhir/StructureDefinition/humanname-own-prefix';
const ABSENT = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';

test('a usual name that is only a given name does not hide the family name, and is readable beside it', () => {
  const names: HumanName[] = [
    { use: 'official', family: 'Chalmers', given: ['Peter', 'James'] },
    { use: 'usual', given: ['Jim'] },
    { use: 'maiden', family: 'Windsor', given: ['Peter', 'James'], period: { end: '2002' } },
  ];
  assert.equal(chooseName(names, { now }), names[0]);
  assert.equal(knownAs(names, { now }), 'Jim');
  assert.deepEqual(formerNames(names, now), [names[2]]);
});

test('of whole names the usual one is chosen, or the official one where it is preferred', () => {
  const names: HumanName[] = [{ use: 'official', family: 'Papadopoulos', given: ['Georgia'] }, { use: 'usual', family: 'Pappas', given: ['Gina'] }]; // prettier-ignore
  assert.equal(chooseName(names, { now })?.family, 'Pappas');
  assert.equal(chooseName(names, { now, prefer: ['official'] })?.family, 'Papadopoulos');
});

test('a name whose period is over gives way to one in force, and is shown when it is the only one', () => {
  const over: HumanName = { use: 'usual', family: 'Before', given: ['Ann'], period: { end: '2020-01-01' } };
  const current: HumanName = { use: 'temp', family: 'Now', given: ['Ann'] };
  assert.equal(chooseName([over, current], { now }), current);
  assert.equal(chooseName([over], { now }), over);
  assert.equal(
    chooseName(
      [
        { use: 'old', family: 'Older' },
        { use: 'maiden', family: 'Maiden' },
      ],
      { now },
    ),
    undefined,
  );
});

test('a name that only starts tomorrow is not chosen, and one that ends today still is', () => {
  const zone = 'Australia/Sydney';
  const tomorrow: HumanName = { use: 'usual', family: 'Tomorrow', given: ['A'], period: { start: '2026-11-25' } };
  const today: HumanName = { use: 'official', family: 'Today', given: ['A'], period: { end: '2026-11-24' } };
  assert.equal(chooseName([tomorrow, today], { now, zone }), today);
});

test('names read in the order of their own language or script', () => {
  assert.equal(formatName({ family: 'Nagy', given: ['János'] }, { locale: 'hu', form: 'inline' }), 'Nagy János');
  assert.equal(formatName({ family: 'Nagy', given: ['János'] }, { locale: 'en', form: 'inline' }), 'János Nagy');
  assert.equal(formatName({ family: '山田', given: ['太郎'] }, { locale: 'en', form: 'inline' }), '山田太郎');
  assert.equal(formatName({ family: 'Yamada', given: ['Taro'] }, { locale: 'ja', form: 'inline' }), 'Yamada Taro');
  assert.equal(formatName({ family: '김', given: ['민준'] }, { form: 'list' }), '김민준');
  assert.equal(formatName({ family: 'حسن', given: ['ليلى'] }, { form: 'list' }), 'حسن، ليلى');
  assert.equal(formatName({ family: 'כהן', given: ['תמר'] }, { form: 'list' }), 'כהן, תמר');
  const language = { url: 'http://hl7.org/fhir/StructureDefinition/language', valueCode: 'hu' };
  assert.equal(formatName({ extension: [language], family: 'Nagy', given: ['János'] }, { locale: 'en', form: 'inline' }), 'Nagy János');
});

test('titles and suffixes are in the full form only', () => {
  const name: HumanName = { prefix: ['Dr'], given: ['Amara', 'Chi'], family: 'Okafor', suffix: ['PhD'] };
  assert.equal(formatName(name), 'Dr Amara Chi Okafor PhD');
  assert.equal(formatName(name, { form: 'inline' }), 'Amara Chi Okafor');
  assert.equal(formatName(name, { form: 'list' }), 'Okafor, Amara Chi');
});

test('recorded text is used where it holds every part, and ignored where it would lose one', () => {
  assert.equal(formatName({ text: 'Fr. Adam Everyman', family: 'Everyman', given: ['Adam'] }), 'Fr. Adam Everyman');
  assert.equal(formatName({ text: 'Adam', family: 'Everyman', given: ['Adam'] }), 'Adam Everyman');
  assert.equal(formatName({ text: 'Baby of Ruth' }, { form: 'list' }), 'Baby of Ruth');
});

test('partial and untidy names: one part, STU3 lists, numbers, blanks', () => {
  assert.equal(formatName({ family: 'Ng' }, { form: 'list' }), 'Ng');
  assert.equal(formatName({ given: ['Suharto'] }, { form: 'list' }), 'Suharto');
  assert.equal(formatName({ family: ['García', 'Márquez'], given: 'Gabriel' } as never), 'Gabriel García Márquez');
  assert.equal(formatName({ family: ' ', given: [null, ''] }), undefined);
  assert.equal(formatName(undefined), undefined);
  assert.equal(chooseName({ family: 'Solo', given: ['Han'] }, { now })?.family, 'Solo');
});

test('a family name given in pieces is put together; the pieces are readable', () => {
  const name: HumanName = {
    given: ['Karen'],
    _family: {
      extension: [
        { url: PREFIX, valueString: 'van' },
        { url: 'http://hl7.org/fhir/StructureDefinition/humanname-own-name', valueString: 'Hentenryck' },
        { url: 'http://hl7.org/fhir/StructureDefinition/humanname-partner-name', valueString: 'Smit' },
      ],
    },
  };
  assert.equal(formatName(name), 'Karen van Hentenryck-Smit');
  assert.equal(nameParts(name).ownPrefix, 'van');
});

test('the banner has the family name apart', () => {
  assert.deepEqual(bannerName({ family: 'Quispe Flores', given: ['Mariana'], prefix: ['Ms'] }), {
    family: 'Quispe Flores',
    given: 'Mariana',
    prefix: 'Ms',
    suffix: undefined,
    text: undefined,
  });
  assert.deepEqual(bannerName({ text: 'Unknown male' }), {
    family: undefined,
    given: undefined,
    prefix: undefined,
    suffix: undefined,
    text: 'Unknown male',
  });
  assert.equal(bannerName({ use: 'usual' }), undefined);
});

test('initials: order, particles, text only, scripts that join', () => {
  assert.equal(initials({ family: 'Okafor', given: ['amara'] }), 'AO');
  assert.equal(initials({ family: 'de Vries', given: ['Anneke'], _family: { extension: [{ url: PREFIX, valueString: 'de' }] } }), 'AV');
  assert.equal(initials({ family: 'Nagy', given: ['János'] }, 'hu'), 'NJ');
  assert.equal(initials({ text: 'Dr Sana Marsh' }), 'SM');
  assert.equal(initials({ family: 'خوري', given: ['سامر'] }), 'س\u200cخ');
  assert.equal(initials({ family: "O'Brien", given: ['Éamon'] }), 'ÉO');
  assert.equal(initials({ family: '123' }), undefined);
});

test('a name that is absent says why; one that is only missing says nothing', () => {
  const masked = { name: [{ _family: { extension: [{ url: ABSENT, valueCode: 'masked' }] } }] };
  assert.equal(nameAbsentReason(masked), 'masked');
  assert.equal(nameAbsentReason({ name: [{ extension: [{ url: ABSENT, valueCode: 'no-such-code' }] }] }), 'unknown');
  assert.equal(nameAbsentReason({ name: [{ family: 'Ng', _given: [{ extension: [{ url: ABSENT, valueCode: 'unknown' }] }] }] }), undefined);
  assert.equal(nameAbsentReason({}), undefined);
});

test('whatever the parts, no letter of family or given name is lost in any form', () => {
  const word = fc.stringMatching(/^\p{L}{1,6}$/u);
  fc.assert(
    fc.property(
      word,
      fc.array(word, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('en', 'hu', 'ja', 'ar'),
      fc.constantFrom('full', 'inline', 'list'),
      (family, given, locale, form) => {
        const text = formatName({ family, given }, { locale, form }) ?? '';
        for (const part of [family, ...given]) assert.ok(text.includes(part), `${part} in ${text}`);
      },
    ),
  );
});
