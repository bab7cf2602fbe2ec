/**
 * Quantities as recorded: the digits of the number are kept (1.00 does not read 1), the comparator is part of the value, and
 * a unit is never left out. R4 datatypes: Quantity, Range, Ratio.
 */
import { literalOf } from '../json.js';
import { absentReasonAt, absentReasonOf, type AbsentReason } from './extension.js';
import { numberFormat } from './intl.js';
import { recordOf, textOf } from './loose.js';
import type { Quantity, Range, Ratio } from '../generated/types/index.js';
import { looksLikeUcum, unitText } from './units.js';

const UCUM = 'http://unitsofmeasure.org';
const COMPARATORS: Readonly<Record<string, string>> = { '<': '<', '<=': '≤', '>=': '≥', '>': '>' };

/** A decimal literal in the digits and marks of a locale, as many decimals as it has; one that cannot be laid out comes back as written. */
export function formatDecimal(literal: string, locale?: string): string {
  const [, sign, whole, fraction = '', exponent] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(literal) ?? [];
  if (whole === undefined) return literal;
  const shift = Number(exponent ?? 0);
  if (Math.abs(shift) > 20) return literal;
  const plain = exponent === undefined ? literal : shifted(sign ?? '', whole, fraction, shift);
  const decimals = plain.split('.')[1]?.length ?? 0;
  if (decimals > 20) return literal;
  // Intl lays a numeric string out exactly; a number would lose digits beyond the 17th.
  return numberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(plain as `${number}`);
}

/** `1.50e2` written out: 150. Digits that the exponent moves behind the point stay there. */
function shifted(sign: string, whole: string, fraction: string, shift: number): string {
  const digits = whole + fraction;
  const point = whole.length + shift;
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  const decimals = padded.slice(at);
  return `${sign}${padded.slice(0, at).replace(/^0+(?=\d)/, '')}${decimals === '' ? '' : `.${decimals}`}`;
}

/** A number of a record as text in its own digits: `holder[key]` may have been written 1.00. */
export function numberText(holder: object, key: string, locale?: string): string | undefined {
  const value = (holder as Record<string, unknown>)[key];
  if (typeof value === 'string') return textOf(value);
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  return formatDecimal(literalOf(holder, key) ?? String(value), locale);
}

export interface QuantityView {
  /** The number in the locale's digits with its comparator; undefined when there is none. */
  value: string | undefined;
  /** As a person reads it: `mmHg`, `µg/L`; undefined when none was recorded (or it is UCUM's `1`). */
  unit: string | undefined;
  /** Unit and code are two different UCUM codes: nobody can tell which one is meant. Both are in `unit`. */
  conflict: boolean;
  /** Why there is no value, where the record says so. */
  absent: AbsentReason | undefined;
}

function unitOf(quantity: Quantity): { unit: string | undefined; conflict: boolean } {
  const unit = textOf(quantity.unit);
  const code = textOf(quantity.code);
  const ucum = quantity.system === UCUM && code !== undefined;
  if (unit === undefined) return { unit: code === undefined ? undefined : (ucum ? unitText(code) : code) || undefined, conflict: false };
  if (!ucum) return { unit: looksLikeUcum(unit) ? unitText(unit) : unit, conflict: false };
  const printed = unitText(code);
  if (unit === code) return { unit: printed || undefined, conflict: false };
  const own = unitText(unit);
  // `own` differs from `unit` only where the unit is written in UCUM's way; then it must be the same code.
  if (own !== unit && own !== printed && looksLikeUcum(unit)) return { unit: `${own} [${printed || code}]`, conflict: true };
  return isScaleSlip(unit, code)
    ? { unit: `${unit} [${printed}]`, conflict: true }
    : { unit: own === printed ? own : unit, conflict: false };
}

/** The slips that hurt: a unit shown in one power of ten and coded in another. */
const SCALES = ['kg', 'g', 'mg', 'ug', 'mcg', 'ng', 'pg', 'L', 'dL', 'mL', 'uL', 'mol', 'mmol', 'umol', 'nmol', 'pmol', 'U', 'kU', 'mU'];
const SAME: Readonly<Record<string, string>> = {
  mcg: 'ug',
  µg: 'ug',
  μg: 'ug',
  l: 'L',
  ml: 'mL',
  dl: 'dL',
  µmol: 'umol',
  μmol: 'umol',
  µL: 'uL',
  μL: 'uL',
};

function isScaleSlip(unit: string, code: string): boolean {
  const normal = (text: string): string => text.split('/').map((part) => SAME[part] ?? part).join('/'); // prettier-ignore
  const [a, b] = [normal(unit), normal(code)];
  return a !== b && [a, b].every((text) => text.split('/').every((part) => SCALES.includes(part)));
}

export function quantityView(quantity: Quantity | undefined | null, locale?: string): QuantityView {
  const record = recordOf(quantity) as Quantity | undefined;
  if (!record) return { value: undefined, unit: undefined, conflict: false, absent: undefined };
  const number = numberText(record, 'value', locale);
  const comparator = textOf(record.comparator);
  const value =
    number === undefined ? undefined : `${comparator === undefined ? '' : (COMPARATORS[comparator] ?? `${comparator} `)}${number}`;
  return {
    value,
    ...unitOf(record),
    absent: number === undefined ? (absentReasonAt(record, 'value') ?? absentReasonOf(record)) : undefined,
  };
}

/** Units that stand at the number without a space. */
const CLOSE = new Set(['%', '°']);

function withUnit(value: string, unit: string | undefined): string {
  return unit === undefined ? value : `${value}${CLOSE.has(unit) ? '' : '\u00a0'}${unit}`;
}

/** `6.4 mmol/L`, `<0.01 µg/L`; undefined when there is no value (then {@link quantityView} may say why). */
export function formatQuantity(quantity: Quantity | undefined | null, locale?: string): string | undefined {
  const { value, unit } = quantityView(quantity, locale);
  return value === undefined ? undefined : withUnit(value, unit);
}

/** `3.5–5.2 mmol/L`; with one end only `≥3.5 mmol/L` or `≤5.2 mmol/L`. */
export function formatRange(range: Range | undefined | null, locale?: string): string | undefined {
  const [low, high] = [quantityView(range?.low, locale), quantityView(range?.high, locale)];
  if (low.value !== undefined && high.value !== undefined) {
    const apart = low.unit !== undefined && high.unit !== undefined && low.unit !== high.unit;
    return apart
      ? `${withUnit(low.value, low.unit)} – ${withUnit(high.value, high.unit)}`
      : withUnit(`${low.value}–${high.value}`, high.unit ?? low.unit);
  }
  if (low.value !== undefined) return withUnit(`≥${low.value}`, low.unit);
  return high.value === undefined ? undefined : withUnit(`≤${high.value}`, high.unit);
}

/** `5 mg / 1 mL`, a titre `1:128` where neither side has a unit. Undefined unless both sides have a value. */
export function formatRatio(ratio: Ratio | undefined | null, locale?: string): string | undefined {
  const [top, bottom] = [quantityView(ratio?.numerator, locale), quantityView(ratio?.denominator, locale)];
  if (top.value === undefined || bottom.value === undefined) return undefined;
  if (top.unit === undefined && bottom.unit === undefined) return `${top.value}:${bottom.value}`;
  return `${withUnit(top.value, top.unit)} / ${withUnit(bottom.value, bottom.unit)}`;
}
