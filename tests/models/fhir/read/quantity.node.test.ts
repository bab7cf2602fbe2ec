import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseJson } from '../../../../src/models/fhir/index.js';
import type { Quantity, Range } from '../../../../src/models/fhir/index.js';
import { formatDecimal, formatQuantity, formatRange, formatRatio, quantityView, unitText } from '../../../../src/models/fhir/read/index.js';

const UCUM = 'http://unitsofmeasure.org';
const NBSP = '\u00a0';
const read = (json: string): Quantity => parseJson(json) as Quantity;
const plain = (text: string | undefined): string | undefined => text?.replaceAll(NBSP, ' ');

test('the digits of the record are kept: 1.00 does not read 1', () => {
  assert.equal(plain(formatQuantity(read('{"value":1.00,"unit":"mg"}'), 'en')), '1.00 mg');
  assert.equal(plain(formatQuantity(read('{"value":1.00,"unit":"mg"}'), 'de')), '1,00 mg');
  assert.equal(plain(formatQuantity(read('{"value":0.30,"unit":"mg"}'), 'ar-EG')), '٠٫٣٠ mg');
  assert.equal(plain(formatQuantity(read('{"value":12345678901234567890.12,"unit":"x"}'), 'en')), '12,345,678,901,234,567,890.12 x');
  assert.equal(plain(formatQuantity({ value: 6.4, unit: 'mmol/L' }, 'en')), '6.4 mmol/L');
  assert.equal(plain(formatQuantity({ value: 0.0000001, unit: 'mol' }, 'en')), '0.0000001 mol');
});

test('exponents are written out, and what cannot be laid out is left', () => {
  assert.equal(formatDecimal('1.50e2', 'en'), '150');
  assert.equal(formatDecimal('1.500e2', 'en'), '150.0');
  assert.equal(formatDecimal('1e-3', 'en'), '0.001');
  assert.equal(formatDecimal('-2.5E0', 'en'), '-2.5');
  assert.equal(formatDecimal('1e300', 'en'), '1e300');
  assert.equal(formatDecimal('abc', 'en'), 'abc');
});

test('comparators are part of the value, also ones that R4 does not know', () => {
  assert.equal(plain(formatQuantity({ value: 0.5, comparator: '<=', unit: 'mg/L' }, 'en')), '≤0.5 mg/L');
  assert.equal(plain(formatQuantity({ value: 5, comparator: '<' }, 'en')), '<5');
  assert.equal(plain(formatQuantity({ value: 5, comparator: 'ad' } as never, 'en')), 'ad 5');
});

test('units read as on a report; UCUM codes are printed, other words stay', () => {
  const cases: Record<string, string> = { 'mm[Hg]': 'mmHg', '10*9/L': '×10⁹/L', 'ug/L': 'µg/L', 'mL/min/{1.73_m2}': 'mL/min/1.73 m²', 'm[IU]/L': 'mIU/L', Cel: '°C', '[degF]': '°F', 'kg/m2': 'kg/m²', '{score}': 'score', '/min': '/min', '1': '', 'mg/g{creat}': 'mg/g creat', 'meq/L': 'mEq/L', 's-1': 's⁻¹', 'kg.m/s2': 'kg·m/s²', TAB: 'TAB', 'no such unit': 'no such unit' }; // prettier-ignore
  for (const [code, text] of Object.entries(cases)) assert.equal(unitText(code), text, code);
  assert.equal(plain(formatQuantity({ value: 120, unit: 'mmHg', system: UCUM, code: 'mm[Hg]' }, 'en')), '120 mmHg');
  assert.equal(plain(formatQuantity({ value: 120, unit: 'mm[Hg]', system: UCUM, code: 'mm[Hg]' }, 'en')), '120 mmHg');
  assert.equal(plain(formatQuantity({ value: 120, system: UCUM, code: 'mm[Hg]' }, 'en')), '120 mmHg');
  assert.equal(
    plain(formatQuantity({ value: 2, unit: 'tablets', system: 'http://snomed.info/sct', code: '732936001' }, 'en')),
    '2 tablets',
  );
  assert.equal(plain(formatQuantity({ value: 2, code: '732936001', system: 'http://snomed.info/sct' }, 'en')), '2 732936001');
  assert.equal(plain(formatQuantity({ value: 9, unit: '{breaths}/min' }, 'en')), '9 breaths/min');
  assert.equal(formatQuantity({ value: 98, unit: '%', system: UCUM, code: '%' }, 'en'), '98%');
});

test('a unit that contradicts its code is not settled in silence', () => {
  const view = quantityView({ value: 5, unit: 'mg', system: UCUM, code: 'g' }, 'en');
  assert.deepEqual([view.unit, view.conflict], ['mg [g]', true]);
  assert.equal(quantityView({ value: 5, unit: 'mcg', system: UCUM, code: 'ug' }).conflict, false);
  assert.equal(quantityView({ value: 5, unit: 'ml', system: UCUM, code: 'mL' }).conflict, false);
  assert.equal(quantityView({ value: 5, unit: '10*3/uL', system: UCUM, code: '10*9/L' }).conflict, true);
  assert.equal(quantityView({ value: 5, unit: 'breaths/minute', system: UCUM, code: '/min' }).conflict, false);
});

test('no value: undefined, with the reason where there is one; text for a number is shown as it stands', () => {
  const absent = {
    _value: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }] },
    unit: 'mg',
  } as Quantity;
  assert.equal(formatQuantity(absent), undefined);
  assert.deepEqual(quantityView(absent), { value: undefined, unit: 'mg', conflict: false, absent: 'masked' });
  assert.equal(plain(formatQuantity({ value: '7.10', unit: 'mg' } as never)), '7.10 mg');
  assert.equal(formatQuantity({ value: NaN, unit: 'mg' }), undefined);
  assert.equal(formatQuantity(undefined), undefined);
});

test('ranges and ratios', () => {
  const range = parseJson('{"low":{"value":3.50,"unit":"mmol/L"},"high":{"value":5.2,"unit":"mmol/L"}}') as Range;
  assert.equal(plain(formatRange(range, 'en')), '3.50–5.2 mmol/L');
  assert.equal(plain(formatRange({ low: { value: 60, unit: 'mL' } }, 'en')), '≥60 mL');
  assert.equal(plain(formatRange({ high: { value: 5, unit: 'mg' } }, 'en')), '≤5 mg');
  assert.equal(plain(formatRange({ low: { value: 500, unit: 'mg' }, high: { value: 1, unit: 'g' } }, 'en')), '500 mg – 1 g');
  assert.equal(formatRange({}), undefined);
  assert.equal(formatRatio({ numerator: { value: 1 }, denominator: { value: 128 } }, 'en'), '1:128');
  assert.equal(plain(formatRatio({ numerator: { value: 5, unit: 'mg' }, denominator: { value: 1, unit: 'mL' } }, 'en')), '5 mg / 1 mL');
  assert.equal(formatRatio({ numerator: { value: 5, unit: 'mg' } }), undefined);
});

test('in English every decimal literal reads back as itself', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.stringMatching(/^\d{0,12}$/), (whole, fraction) => {
      const literal = `${whole}${fraction === '' ? '' : `.${fraction}`}`;
      assert.equal(formatDecimal(literal, 'en').replaceAll(',', ''), literal);
    }),
  );
});

test('a unit is never dropped: whatever code stands there, something of it is read', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z\d*^./[\]{}_%-]{1,12}$/), (code) => {
      if (/^(?:[1.{}]|\{\})+$/.test(code)) return; // UCUM's "1" and empty annotations say nothing
      assert.ok(unitText(code).length > 0, code);
    }),
  );
});
