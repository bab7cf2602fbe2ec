/**
 * The Gregorian calendar in integers: a day is a number, days since 1 January 1970. No Date, no time zone, so nothing can slip.
 * Years run from 1 to 9999, as in FHIR and iCalendar.
 */

/** Weekdays as iCalendar writes them, Monday first; a weekday is its index here. */
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

export interface CivilDay {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

/** Days since 1970 of a date; a day beyond its month's end runs on into the next month. */
export function dayNumber(year: number, month: number, day: number): number {
  // Years begin in March here, so that the leap day is their last one.
  const y = month > 2 ? year : year - 1;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

export function civilDay(number: number): CivilDay {
  const shifted = number + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const march = Math.floor((5 * dayOfYear + 2) / 153);
  const month = march < 10 ? march + 3 : march - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: dayOfYear - Math.floor((153 * march + 2) / 5) + 1 };
}

/** 0 for Monday to 6 for Sunday; 1 January 1970 was a Thursday. */
export const weekdayOf = (number: number): number => (((number + 3) % 7) + 7) % 7;

export const daysInMonth = (year: number, month: number): number => dayNumber(year, month + 1, 1) - dayNumber(year, month, 1);

/** The first day of week 1 of a year: the first week that has at least four days in it (RFC 5545, 3.3.10; ISO 8601 for Mondays). */
export function firstWeek(year: number, weekStart: number): number {
  const newYear = dayNumber(year, 1, 1);
  const into = (weekdayOf(newYear) - weekStart + 7) % 7;
  return newYear - into + (into > 3 ? 7 : 0);
}

/** The year whose weeks a day belongs to: the days around New Year may belong to the year before or after. */
export function weekYearOf(number: number, weekStart: number): number {
  const { year } = civilDay(number);
  if (number < firstWeek(year, weekStart)) return year - 1;
  return number >= firstWeek(year + 1, weekStart) ? year + 1 : year;
}
