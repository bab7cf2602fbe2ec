/** Dates, times and durations of iCalendar as wall times: milliseconds since 1970 as if the wall were in UTC. */
import { dayNumber, daysInMonth } from '../recurrence/civil.js';

const DAY = 86_400_000;

export type TimeForm = 'date' | 'floating' | 'utc' | 'zoned';

export interface IcsTime {
  readonly wall: number;
  readonly form: TimeForm;
  /** As the file says it; for `zoned` only. */
  readonly tzid: string | undefined;
}

/** A date (`19970902`) or a date with time (`19970902T090000Z`); undefined for what is none. Hyphens and colons are tolerated. */
export function parseTime(text: string, tzid?: string): IcsTime | undefined {
  const match = /^(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d)(?::?(\d\d))?(Z)?)?$/i.exec(text.trim());
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as [number, number, number, number, number, number]; // prettier-ignore
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month) || hour > 23 || minute > 59 || second > 60)
    return undefined;
  const wall = dayNumber(year, month, day) * DAY + ((hour * 60 + minute) * 60 + Math.min(second, 59)) * 1000;
  const form = match[4] === undefined ? 'date' : match[7] ? 'utc' : tzid ? 'zoned' : 'floating';
  return { wall, form, tzid: form === 'zoned' ? tzid : undefined };
}

/** Whole days move the wall's date; the rest is exact time (RFC 5545, 3.3.6). Both in milliseconds. */
export interface IcsDuration {
  readonly days: number;
  readonly exact: number;
}

/** `P15DT5H0M20S`, `P7W`, `-PT15M`; undefined for what is none. */
export function parseDuration(text: string): IcsDuration | undefined {
  const match = /^([+-])?P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,8})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?$/i.exec(text.trim());
  if (!match || /P$|T$/i.test(text.trim())) return undefined;
  const sign = match[1] === '-' ? -1 : 1;
  const [weeks, days, hours, minutes, seconds] = match.slice(2).map((part) => Number(part ?? 0)) as [number, number, number, number, number]; // prettier-ignore
  return { days: sign * (weeks * 7 + days) * DAY, exact: sign * ((hours * 60 + minutes) * 60 + seconds) * 1000 };
}

const two = (value: number): string => String(value).padStart(2, '0');

export const dateTimeText = (wall: number): string => new Date(wall).toISOString().slice(0, 19);

/** `+01:00`; with seconds where an old local time has them. */
export function offsetText(offset: number): string {
  const seconds = Math.round(Math.abs(offset) / 1000);
  const rest = seconds % 60;
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}${rest ? `:${two(rest)}` : ''}`;
}

/** `+0100`, `-123456` as milliseconds. */
export function parseOffset(text: string): number | undefined {
  const match = /^([+-])?(\d\d):?(\d\d)(?::?(\d\d))?$/.exec(text.trim());
  if (!match) return undefined;
  const size = ((Number(match[2]) * 60 + Number(match[3])) * 60 + Number(match[4] ?? 0)) * 1000;
  return match[1] === '-' ? -size : size;
}
