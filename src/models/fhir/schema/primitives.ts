/**
 * R4's primitive types (hl7.org/fhir/R4/datatypes.html#primitive): each a check that gives what is wrong with a JSON value, in
 * plain words and without quoting it, or undefined. Numbers are judged by the literal too, since JSON.parse makes 1.0 a 1.
 */
import { wrongNarrative } from './xhtml.js';

/** What is wrong, or, for what R4 asks but its own published examples don't keep to, what is doubtful. */
export type Finding = string | { warning: string } | undefined;
export type Primitive = (value: unknown, literal: string | undefined) => Finding;

const YEAR = '(?!0000)\\d{4}';
const DAY = `${YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])`;
const CLOCK = '(?:[01]\\d|2[0-3]):[0-5]\\d:(?:[0-5]\\d|60)(?:\\.\\d+)?';
const OFFSET = '(?:Z|[+-](?:(?:0\\d|1[0-3]):[0-5]\\d|14:00))';
const DATE = new RegExp(`^(?:${YEAR}(?:-(?:0[1-9]|1[0-2]))?|${DAY})$`);
const DATE_TIME = new RegExp(`^(?:${YEAR}(?:-(?:0[1-9]|1[0-2]))?|${DAY}(?:T${CLOCK}${OFFSET})?)$`);
const INSTANT = new RegExp(`^${DAY}T${CLOCK}${OFFSET}$`);
const TIME = new RegExp(`^${CLOCK}$`);
/** Half of a surrogate pair: no UTF-8 can carry it. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Whether a date that matches {@link DATE} up to its day is in the calendar: no 30 February. */
function inCalendar(text: string): boolean {
  const day = Number(text.slice(8, 10));
  if (day < 29) return true;
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (month === 2 ? (leap ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31);
}

const text = (value: unknown): string | undefined => {
  if (typeof value !== 'string') return 'must be a text in quotes';
  if (value === '') return 'must not be empty: leave it out instead';
  return LONE_SURROGATE.test(value) ? 'holds half a character (a lone surrogate)' : undefined;
};

const matching =
  (pattern: RegExp, says: string): Primitive =>
  (value) =>
    text(value) ?? (pattern.test(value as string) ? undefined : says);

const dated =
  (pattern: RegExp, says: string): Primitive =>
  (value) =>
    text(value) ?? (pattern.test(value as string) ? (inCalendar(value as string) ? undefined : 'is not a day of the calendar') : says);

const whole =
  (low: number, says: string): Primitive =>
  (value, literal) => {
    if (typeof value !== 'number') return `must be a number without quotes: ${says}`;
    // 1.0 and 1e3 are decimals; -0 is an integer, but not an unsigned one.
    if (!Number.isInteger(value) || (literal !== undefined && !(literal === '-0' && low < 0)))
      return `must be ${says}, written without a point or exponent`;
    return value < low || value > 2_147_483_647 || (low === 0 && Object.is(value, -0)) ? `must be ${says}` : undefined;
  };

const UUID = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const OID = /^urn:oid:[0-2](?:\.(?:0|[1-9]\d*))+$/;

function uri(value: unknown): Finding {
  const wrong = text(value);
  if (wrong) return wrong;
  if (/\s/.test(value as string)) return 'must be a URI, which has no spaces';
  const urn = /^urn:(?:uuid|oid):/i.test(value as string);
  return urn && !UUID.test(value as string) && !OID.test(value as string)
    ? { warning: 'should be a UUID in lower case, or an OID' }
    : undefined;
}

const canonical: Primitive = (value) =>
  uri(value) ?? (/^(?:#|[a-zA-Z][\w+.-]*:)/.test(value as string) ? undefined : { warning: 'should be an absolute URL, or #id' });

function base64(value: unknown): string | undefined {
  const wrong = text(value);
  if (wrong) return wrong;
  const digits = (value as string).replace(/\s+/g, '');
  return digits.length > 0 && digits.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(digits) ? undefined : 'must be base64';
}

export const PRIMITIVES: Readonly<Record<string, Primitive>> = {
  base64Binary: base64,
  boolean: (value) => (typeof value === 'boolean' ? undefined : 'must be true or false, without quotes'),
  canonical,
  code: matching(/^[^\s]+(?:\s[^\s]+)*$/, 'must be a code: no space at its ends, and single spaces inside'),
  /** No type of R4's, but that of Money.currency: the codes of ISO 4217 change by themselves. */
  currency: matching(/^[A-Z]{3}$/, 'must be a currency code of ISO 4217: three capital letters'),
  date: dated(DATE, 'must be a date: YYYY, YYYY-MM or YYYY-MM-DD'),
  dateTime: dated(DATE_TIME, 'must be a date: YYYY, YYYY-MM or YYYY-MM-DD; or a date and time to the second, with a time zone'),
  // An infinite number has a literal only where one such as 1e400 was read.
  decimal: (value, literal) =>
    typeof value !== 'number'
      ? 'must be a number without quotes'
      : Number.isFinite(value) || literal
        ? undefined
        : 'must be a finite number',
  id: matching(/^[A-Za-z0-9\-.]{1,64}$/, 'must be an id: 1 to 64 letters A-Z and a-z, digits, hyphens and points'),
  instant: dated(INSTANT, 'must be a date and time to the second, with a time zone'),
  integer: whole(-2_147_483_648, 'a whole number from -2147483648 to 2147483647'),
  markdown: text,
  oid: matching(OID, 'must be an OID that begins with urn:oid:'),
  positiveInt: whole(1, 'a whole number from 1 to 2147483647'),
  string: text,
  time: matching(TIME, 'must be a time hh:mm:ss, up to 23:59:59'),
  unsignedInt: whole(0, 'a whole number from 0 to 2147483647'),
  uri,
  url: uri,
  uuid: matching(UUID, 'must be a UUID in lower case that begins with urn:uuid:'),
  xhtml: (value) => text(value) ?? wrongNarrative(value as string),
};
