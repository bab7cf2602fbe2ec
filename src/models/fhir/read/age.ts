/**
 * Ages as clinicians read them. The steps are those of the NHS Common User Interface, Patient Banner design guide 4.0 (HSCIC):
 * minutes under 2 hours, hours under 2 days, days under 4 weeks, weeks and days under a year, months and days under 2 years,
 * years and months under 18, years from then on.
 *
 * A birthday is reached when its day and month are. One born on 29 February reaches it on 1 March of a common year (as in
 * England and Wales, Family Law Reform Act 1969 s 9, and most of Australia).
 */
import { daysInMonth, dateOf, parseDate, type DateInput, type FhirDate } from './date.js';
import { absentReasonAt, extensionValue, primitiveElement, type AbsentReason } from './extension.js';
import { numberFormat } from './intl.js';
import { textOf } from './loose.js';
import { epochOf, type Moment } from './moment.js';
import type { Patient } from '../generated/types/index.js';
import { isZone, utcEpoch, wallTimeAt } from './zone.js';

export type AgeUnit = 'year' | 'month' | 'week' | 'day' | 'hour' | 'minute';

export interface AgeView {
  /** What to print, the larger unit first; one or two of them. Where the birth date is partial it is the younger age. */
  parts: readonly { value: number; unit: AgeUnit }[];
  /** Completed years and months: the fewest and the most they can be. They differ only for a partial date. */
  years: { min: number; max: number };
  months: { min: number; max: number };
  /** False when the birth date or the day asked about lacks its month or day. */
  exact: boolean;
}

/** A calendar day as three numbers. */
type Day = readonly [year: number, month: number, day: number];

function compare(a: Day, b: Day): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

function dayNumber([year, month, day]: Day): number {
  return utcEpoch(year, month, day) / 86_400_000;
}

/** Completed months between two days. */
function monthsBetween(from: Day, to: Day): number {
  return (to[0] - from[0]) * 12 + to[1] - from[1] - (to[2] < from[2] ? 1 : 0);
}

/** The day `months` after another; a day that the month lacks becomes its last. */
function addMonths([year, month, day]: Day, months: number): Day {
  const index = year * 12 + month - 1 + months;
  const [y, m] = [Math.floor(index / 12), (index % 12) + 1];
  return [y, m, Math.min(day, daysInMonth(y, m))];
}

/** The first and last day that a date may mean; of an instant, its day in the zone (else the day as written). */
function daysOf(date: FhirDate, zone: string | undefined): readonly [Day, Day] {
  const { year, month, day } = date.epoch !== undefined && isZone(zone) ? wallTimeAt(date.epoch, zone) : date;
  if (month === undefined) return [[year, 1, 1], [year, 12, 31]]; // prettier-ignore
  if (day === undefined) return [[year, month, 1], [year, month, daysInMonth(year, month)]]; // prettier-ignore
  return [[year, month, day], [year, month, day]]; // prettier-ignore
}

function partsFor(born: Day, at: Day): AgeView['parts'] {
  const days = dayNumber(at) - dayNumber(born);
  const months = monthsBetween(born, at);
  const rest = dayNumber(at) - dayNumber(addMonths(born, months));
  if (days < 28) return [{ value: days, unit: 'day' }];
  if (months < 12) return two({ value: Math.floor(days / 7), unit: 'week' }, { value: days % 7, unit: 'day' });
  if (months < 24) return two({ value: months, unit: 'month' }, { value: rest, unit: 'day' });
  const years = Math.floor(months / 12);
  return years < 18 ? two({ value: years, unit: 'year' }, { value: months % 12, unit: 'month' }) : [{ value: years, unit: 'year' }];
}

/** A second part of zero says nothing: 5 weeks, not 5 weeks 0 days. */
function two(first: AgeView['parts'][number], second: AgeView['parts'][number]): AgeView['parts'] {
  return second.value === 0 ? [first] : [first, second];
}

/**
 * The age at a day.
 *
 * @param birth birth date, partial or whole.
 * @param at the day asked about: a Date or milliseconds, or a FHIR date (partial ones give a range).
 * @param options.zone zone whose calendar says which day `at` is, when it is an instant; the clinic's.
 * @param options.birthTime the instant of birth, for hours and minutes in the first two days.
 * @returns undefined when either is no date, or the birth lies after `at`.
 */
export function ageAt(
  birth: DateInput,
  at: DateInput | Date | number,
  options: { zone?: string | undefined; birthTime?: string | undefined } = {},
): AgeView | undefined {
  const born = dateOf(birth);
  const asked = at instanceof Date || typeof at === 'number' ? instantOf(at) : dateOf(at);
  if (!born || !asked) return undefined;
  const [firstBorn, lastBorn] = daysOf(born, options.zone);
  const [firstAt, lastAt] = daysOf(asked, options.zone);
  if (compare(firstBorn, lastAt) > 0) return undefined;
  const exact = compare(firstBorn, lastBorn) === 0 && compare(firstAt, lastAt) === 0;
  // Of a birth date that may lie after the day asked about, only the days before it are possible.
  const youngest: Day = compare(lastBorn, firstAt) > 0 ? firstAt : lastBorn;
  const months = { min: monthsBetween(youngest, firstAt), max: monthsBetween(firstBorn, lastAt) };
  const years = { min: Math.floor(months.min / 12), max: Math.floor(months.max / 12) };
  const parts = exact ? (newborn(options.birthTime, asked) ?? partsFor(firstBorn, firstAt)) : [coarse(years, months)];
  return { parts, years, months, exact };
}

/** Of a partial date only years are claimed, or months where it may be an infant. */
function coarse(years: AgeView['years'], months: AgeView['months']): AgeView['parts'][number] {
  return months.max < 24 ? { value: months.min, unit: 'month' } : { value: years.min, unit: 'year' };
}

function instantOf(at: Date | number): FhirDate | undefined {
  const epoch = epochOf(at);
  return epoch === undefined ? undefined : parseDate(new Date(epoch).toISOString());
}

function newborn(birthTime: string | undefined, at: FhirDate): AgeView['parts'] | undefined {
  const born = epochOf(birthTime);
  if (born === undefined || at.epoch === undefined) return undefined;
  const minutes = Math.floor((at.epoch - born) / 60_000);
  if (minutes < 0 || minutes >= 48 * 60) return undefined;
  return minutes < 120 ? [{ value: minutes, unit: 'minute' }] : [{ value: Math.floor(minutes / 60), unit: 'hour' }];
}

/** A patient's age now, or at death. */
export interface PatientAge {
  /** Undefined when it can't be told: no birth date, one in the future, or a death without a date. */
  age: AgeView | undefined;
  deceased: boolean;
  /** The date of death as recorded. */
  died: string | undefined;
  /** The birth date lies after today: an error, or a child not born yet. */
  future: boolean;
  /** Why there is no birth date, where the record says so. */
  absent: AbsentReason | undefined;
}

const BIRTH_TIME = 'http://hl7.org/fhir/StructureDefinition/patient-birthTime';

/** Reads birth date, time of birth and death of a Patient (or RelatedPerson). The dead no longer age. */
export function patientAge(
  patient: Pick<Patient, 'birthDate' | '_birthDate' | 'deceasedBoolean' | 'deceasedDateTime'> | undefined | null,
  now: Moment,
  zone?: string,
): PatientAge {
  const died = textOf(patient?.deceasedDateTime);
  const deceased = died !== undefined || patient?.deceasedBoolean === true;
  const birth = textOf(patient?.birthDate);
  const epoch = epochOf(now);
  const today = epoch === undefined ? undefined : instantOf(epoch);
  const at = deceased ? dateOf(died) : today;
  const birthTime = textOf(extensionValue(primitiveElement(patient, 'birthDate'), BIRTH_TIME));
  const born = dateOf(birth);
  return {
    age: at && ageAt(born, at, { zone, birthTime }),
    deceased,
    died,
    future: born !== undefined && today !== undefined && compare(daysOf(born, zone)[0], daysOf(today, zone)[1]) > 0,
    absent: birth === undefined ? absentReasonAt(patient, 'birthDate') : undefined,
  };
}

/** An age in a locale's own short words: `42 y`, `17 y 11 m`, `5 w 3 d`, `30 min`; a range where the birth date is partial, `41–42 y`. */
export function formatAge(age: AgeView | undefined, locale?: string): string | undefined {
  if (!age) return undefined;
  const [first] = age.parts;
  const span = first?.unit === 'month' ? age.months : age.years;
  if (!age.exact && first && span.min !== span.max) return rangeText(span, first.unit, locale);
  return age.parts.map(({ value, unit }) => spaced(unitFormat(unit, locale).formatToParts(value))).join(' ');
}

/** Narrow words, except that a narrow minute reads as a month in several languages. */
function unitFormat(unit: AgeUnit, locale: string | undefined): Intl.NumberFormat {
  return numberFormat(locale, { style: 'unit', unit, unitDisplay: unit === 'minute' ? 'short' : 'narrow', maximumFractionDigits: 0 });
}

/** Puts a no-break space between number and word where the language's narrow form has none. */
function spaced(parts: readonly Intl.NumberFormatPart[]): string {
  return parts
    .map(({ type, value }, i) => (i > 0 && type === 'unit' && parts[i - 1]?.type === 'integer' ? `\u00a0${value}` : value))
    .join('');
}

function rangeText({ min, max }: { min: number; max: number }, unit: AgeUnit, locale: string | undefined): string {
  const top = unitFormat(unit, locale).formatToParts(max);
  const low = numberFormat(locale, { maximumFractionDigits: 0 }).format(min);
  return spaced(top.map((part) => (part.type === 'integer' ? { ...part, value: `${low}–${part.value}` } : part)));
}
