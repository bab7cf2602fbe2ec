/** `onset[x]`, `abatement[x]`, `effective[x]` and their like: any of the types R4 allows there, as a reader sees them. */
import {
  absentReasonAt,
  absentReasonOf,
  dateSortKey,
  epochOf,
  formatDate,
  formatPeriod,
  formatQuantity,
  formatRange,
  quantityView,
  recordOf,
  textOf,
  type AbsentReason,
  type Moment,
  type PeriodText,
  type Quantity,
  type Range,
} from '../fhir/index.js';
import { numberFormat } from '../fhir/read/intl.js';
import type { ChartReading } from './reading.js';

export type When =
  /** `day` leaves the time out, for lists in which it would only be noise. */
  | { kind: 'date'; text: string; day: string; sort: number | undefined }
  | { kind: 'period'; times: Ends; days: Ends; sort: number | undefined; endSort: number | undefined }
  | { kind: 'age'; text: string }
  | { kind: 'range'; text: string }
  /** The record's own words. */
  | { kind: 'words'; text: string }
  /** STU3 `abatementBoolean`: it is over, nobody said when; or it is said not to be over. */
  | { kind: 'boolean'; value: boolean }
  | { kind: 'absent'; reason: AbsentReason };

/** The ends of a period in words; an open one is undefined, `range` is both in one. */
export type Ends = PeriodText;

const AGE_UNITS: Readonly<Record<string, string>> = { a: 'year', mo: 'month', wk: 'week', d: 'day', h: 'hour', min: 'minute' };

/** `17 years`, in the reader's words where the unit is one that Intl knows; else the quantity as recorded. */
export function durationText(quantity: Quantity | undefined, locale: string | undefined): string | undefined {
  const unit =
    AGE_UNITS[textOf(quantity?.code) ?? ''] ??
    Object.values(AGE_UNITS).find((name) => name === textOf(quantity?.unit)?.toLowerCase().replace(/s$/, ''));
  const value = quantity?.value;
  if (
    unit === undefined ||
    typeof value !== 'number' ||
    !Number.isFinite(value) ||
    textOf(quantity?.comparator) !== undefined ||
    quantityView(quantity).conflict
  )
    return formatQuantity(quantity, locale);
  return numberFormat(locale, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 20 }).format(value);
}

/** A date, as a When; its text as written where it is no date. Undefined when there is none and nobody says why. */
export function dateWhen(holder: unknown, key: string, reading: ChartReading): When | undefined {
  const written = textOf(recordOf(holder)?.[key]);
  if (written !== undefined) {
    const { locale, zone } = reading;
    const [text = written, day = written] = [formatDate(written, { locale, zone }), formatDate(written, { locale, zone, show: 'date' })];
    return { kind: 'date', text, day, sort: dateSortKey(written, zone) };
  }
  const reason = absentReasonAt(holder, key);
  return reason && { kind: 'absent', reason };
}

function periodWhen(value: unknown, reading: ChartReading): When | undefined {
  const period = recordOf(value);
  if (!period) return undefined;
  const [start, end] = [textOf(period['start']), textOf(period['end'])];
  if (start === undefined && end === undefined) {
    const reason = absentReasonOf(period) ?? absentReasonAt(period, 'start');
    return reason && { kind: 'absent', reason };
  }
  const { locale, zone } = reading;
  const ends = { ...(start && { start }), ...(end && { end }) };
  return {
    kind: 'period',
    times: formatPeriod(ends, { locale, zone }),
    days: formatPeriod(ends, { locale, zone, show: 'date' }),
    sort: dateSortKey(start, zone),
    endSort: dateSortKey(end, zone),
  };
}

/** Reads `${name}DateTime`, `Age`, `Period`, `Range`, `String`, `Boolean`, `Date`, or a bare `${name}`. */
export function whenOf(holder: unknown, name: string, reading: ChartReading): When | undefined {
  const record = recordOf(holder);
  if (!record) return undefined;
  for (const suffix of ['DateTime', 'Date', 'Instant']) {
    const date = dateWhen(record, name + suffix, reading);
    if (date) return date;
  }
  const age = durationText(recordOf(record[`${name}Age`]) as Quantity | undefined, reading.locale);
  if (age !== undefined) return { kind: 'age', text: age };
  const period = periodWhen(record[`${name}Period`], reading);
  if (period) return period;
  const range = formatRange(recordOf(record[`${name}Range`]) as Range | undefined, reading.locale);
  if (range !== undefined) return { kind: 'range', text: range };
  const words = textOf(record[`${name}String`]);
  if (words !== undefined) return { kind: 'words', text: words };
  const flag = record[`${name}Boolean`];
  if (typeof flag === 'boolean') return { kind: 'boolean', value: flag };
  const bare = record[name];
  if (typeof bare === 'string') return dateWhen(record, name, reading);
  if (recordOf(bare)) return periodWhen(bare, reading);
  const reason = absentReasonAt(record, `${name}String`) ?? absentReasonAt(record, `${name}Age`);
  return reason && { kind: 'absent', reason };
}

/** Milliseconds to sort by: where it begins, else where it ends. Undefined for what has no place on a calendar. */
export function whenSort(when: When | undefined): number | undefined {
  if (when?.kind === 'date') return when.sort;
  return when?.kind === 'period' ? (when.sort ?? when.endSort) : undefined;
}

/** Newest first; what has no date stands last, in the order it came. */
export function newestFirst(a: number | undefined, b: number | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  return b === undefined ? -1 : b - a;
}

/**
 * Whether something recorded as an end says that it is over at `now`: any end but a stated "no" and a date still to come.
 * A period is over when its own end is.
 */
export function isOver(when: When | undefined, now: Moment): boolean {
  if (when === undefined || when.kind === 'absent') return false;
  if (when.kind === 'boolean') return when.value;
  const end = when.kind === 'date' ? when.sort : when.kind === 'period' ? when.endSort : undefined;
  const today = epochOf(now);
  return end === undefined || today === undefined ? when.kind !== 'period' : end <= today;
}
