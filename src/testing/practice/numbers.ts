/**
 * Invented identifiers with right check digits, drawn from ranges that test systems use or that were never issued, so that
 * none is a living person's.
 */
import type { Random } from './random.js';

/** The digit that makes the Luhn sum of `digits` and itself a multiple of ten. */
function luhnDigit(digits: string): number {
  let sum = 0;
  for (let i = digits.length - 1, double = true; i >= 0; i--, double = !double) {
    const digit = Number(digits[i]) * (double ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return (10 - (sum % 10)) % 10;
}

const withLuhn = (digits: string): string => digits + String(luhnDigit(digits));

export const ihi = (rng: Random): string => withLuhn(`8003608${rng.digits(8)}`);
export const hpii = (rng: Random): string => withLuhn(`80036199${rng.digits(7)}`);
export const HPIO = withLuhn('800362156668123');

/** US NPI: the check digit is reckoned with the prefix 80840. */
export function npi(rng: Random): string {
  const digits = `199999${rng.digits(3)}`;
  return digits + String(luhnDigit(`80840${digits}`));
}

/** A Medicare card number as Services Australia's test cards begin (2950 … 6951), with the person's own number on the card. */
export function medicare(rng: Random): string {
  const digits = `${rng.int(2, 6)}95${rng.int(0, 1)}${rng.digits(4)}`;
  const check = [1, 3, 7, 9, 1, 3, 7, 9].reduce((sum, weight, i) => sum + weight * Number(digits[i]), 0) % 10;
  return `${digits}${check}1${rng.int(1, 5)}`;
}

/** A Medicare provider number: stem, practice location, check character. */
export function providerNumber(rng: Random): string {
  const stem = `244${rng.digits(3)}`;
  const location = rng.int(0, 9);
  const sum = [3, 5, 8, 4, 2, 1].reduce((total, weight, i) => total + weight * Number(stem[i]), 0) + location * 6;
  return `${stem}${location}${'YXWTLKJHFBA'[sum % 11]}`;
}

const MOBILES = '570006 570156 570157 570158 570159 570110 570313 570737 571266 571491 571804 572549 572665 572983 573770 573087 574118 574632 575254 575789 576398 576801 577426 577644 578957 578148 578888 579212 579760 579455'.split(' '); // prettier-ignore

/** Numbers that no one can be rung on: set aside for films by the ACMA (AU) and the NANPA (US). */
export function phone(rng: Random, country: 'AU' | 'US', mobile: boolean): string {
  if (country === 'US') return `+1 ${rng.int(201, 989)}-555-01${rng.digits(2)}`;
  return mobile ? rng.pick(MOBILES).replace(/^(...)/, '0491 $1 ') : `(02) ${rng.pick(['5550', '7010'])} ${rng.digits(4)}`;
}
