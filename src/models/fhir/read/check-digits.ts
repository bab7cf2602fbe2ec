/**
 * Check digits of identifiers. They warn and never block: a number that fails may have been issued so (Services Australia
 * did once), and one that passes may be somebody else's.
 */

/** `check-digit`: the right shape, but its digits do not add up. `shape`: too long, too short, or other characters. */
export type CheckResult = 'valid' | 'check-digit' | 'shape';

/** The Luhn sum (ISO/IEC 7812-1) of digits that include their check digit is a multiple of ten. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = digits.length - 1, double = false; i >= 0; i--, double = !double) {
    const digit = Number(digits[i]) * (double ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

function bare(value: string): string {
  return value.replace(/[\s-]+/g, '').toUpperCase();
}

function verdict(value: string, shape: RegExp, passes: (digits: string) => boolean): CheckResult {
  const digits = bare(value);
  if (!shape.test(digits)) return 'shape';
  return passes(digits) ? 'valid' : 'check-digit';
}

/** Individual Healthcare Identifier: 16 digits from 800360 (AU Base au-ihi, invariant inv-ihi-0…2). */
export function checkIhi(value: string): CheckResult {
  return verdict(value, /^800360\d{10}$/, passesLuhn);
}

/** Healthcare Provider Identifier, Individual: 16 digits from 800361. */
export function checkHpii(value: string): CheckResult {
  return verdict(value, /^800361\d{10}$/, passesLuhn);
}

/** Healthcare Provider Identifier, Organisation: 16 digits from 800362. */
export function checkHpio(value: string): CheckResult {
  return verdict(value, /^800362\d{10}$/, passesLuhn);
}

/** US National Provider Identifier: 10 digits, Luhn with the prefix 80840 (45 CFR 162.406, CMS "NPI check digit"). */
export function checkNpi(value: string): CheckResult {
  return verdict(value, /^[12]\d{9}$/, (digits) => passesLuhn(`80840${digits}`));
}

const MEDICARE_WEIGHTS = [1, 3, 7, 9, 1, 3, 7, 9];

/** Australian Medicare card number: 10 digits, or 11 with the person's own number on the card (AU Base au-medicarecardnumber). */
export function checkMedicare(value: string): CheckResult {
  return verdict(
    value,
    /^[2-6]\d{9}\d?$/,
    (digits) => MEDICARE_WEIGHTS.reduce((sum, weight, i) => sum + weight * Number(digits[i]), 0) % 10 === Number(digits[8]),
  );
}

const PROVIDER_WEIGHTS = [3, 5, 8, 4, 2, 1];
/** Practice location characters in order of value: no I, O, S, Z. */
const LOCATIONS = '0123456789ABCDEFGHJKLMNPQRTUVWXY';
const PROVIDER_CHECKS = 'YXWTLKJHFBA';

/** Australian Medicare provider number: stem of six digits, practice location, check character (AU Base au-medicareprovidernumber). */
export function checkProviderNumber(value: string): CheckResult {
  const padded = bare(value).padStart(8, '0');
  return verdict(padded, /^\d{6}[0-9A-HJ-NP-RT-Y][ABFHJKLTWXY]$/, (digits) => {
    const stem = PROVIDER_WEIGHTS.reduce((sum, weight, i) => sum + weight * Number(digits[i]), 0);
    return PROVIDER_CHECKS[(stem + LOCATIONS.indexOf(digits[6] ?? '') * 6) % 11] === digits[7];
  });
}

/** UK NHS number: 10 digits, modulus 11 (NHS Data Dictionary, NHS NUMBER). */
export function checkNhsNumber(value: string): CheckResult {
  return verdict(value, /^\d{10}$/, (digits) => {
    let sum = 0;
    for (let i = 0; i < 9; i++) sum += (10 - i) * Number(digits[i]);
    return (11 - (sum % 11)) % 11 === Number(digits[9]);
  });
}
