/**
 * How a series repeats, and how an R4 Appointment says so: R5's Appointment.recurrenceTemplate, recurrenceId and occurrenceChanged as
 * cross-version extensions (R5 6.3.1; hl7.org/fhir/versions.html#extensions), beside an identifier that all occurrences share. A
 * server that drops the extensions keeps the identifier.
 */
import type { Appointment, CodeableConcept, Extension } from '../../fhir/index.js';
import { entriesOf, extensionsOf, extensionValue, recordOf, textOf } from '../../fhir/read/index.js';
import { isZone } from '../../fhir/read/zone.js';
import type { RecurrenceRule, WeekdayRule } from '../recurrence/rule.js';
import { isDate } from '../zone.js';

const BASE = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-Appointment.';
export const RECURRENCE_TEMPLATE = `${BASE}recurrenceTemplate`;
export const RECURRENCE_ID = `${BASE}recurrenceId`;
export const OCCURRENCE_CHANGED = `${BASE}occurrenceChanged`;
/** System of the identifier that the occurrences of one series share. */
export const SERIES_SYSTEM = 'urn:carelet:identifier:appointment-series';

const ZONES = 'https://www.iana.org/time-zones';
const UNITS = 'http://unitsofmeasure.org';
const WEEK_OF_MONTH = 'http://hl7.org/fhir/week-of-month';
const DAYS_OF_WEEK = 'http://hl7.org/fhir/days-of-week';

/** Day, week, month, year by UCUM, as Appointment.recurrenceTemplate.recurrenceType has them. */
export type RecurrenceType = 'd' | 'wk' | 'mo' | 'a';

export interface SeriesTemplate {
  /** IANA zone whose wall clock the series keeps. */
  readonly zone: string;
  readonly type: RecurrenceType;
  /** Every so many days, weeks, months or years. */
  readonly interval: number;
  /** Weekly: 0 for Monday to 6; empty for the weekday of the start. */
  readonly weekdays: readonly number[];
  /** Monthly by a weekday: `{ nth: 2, weekday: 1 }` for the second Tuesday, nth -1 for the last; undefined for the date of the start. */
  readonly monthly: { readonly nth: 1 | 2 | 3 | 4 | -1; readonly weekday: number } | undefined;
  /** How many occurrences, those left out among them; or the last day. */
  readonly count: number | undefined;
  readonly last: string | undefined;
  /** Days (`YYYY-MM-DD`) on which it does not take place. */
  readonly excluded: readonly string[];
}

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const SHORT_DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const WEEKS = { first: 1, second: 2, third: 3, fourth: 4, last: -1 } as const;
const FREQUENCY = { d: 'DAILY', wk: 'WEEKLY', mo: 'MONTHLY', a: 'YEARLY' } as const;

/** The template as a rule that the expander reads. Excluded days are not part of it. */
export function ruleOfTemplate({ type, interval, weekdays, monthly, count }: SeriesTemplate): RecurrenceRule {
  const byDay: WeekdayRule[] =
    type === 'wk'
      ? weekdays.map((weekday) => ({ weekday, nth: undefined }))
      : type === 'mo' && monthly
        ? [{ weekday: monthly.weekday, nth: monthly.nth }]
        : [];
  return {
    freq: FREQUENCY[type],
    interval,
    count,
    until: undefined,
    bySecond: [],
    byMinute: [],
    byHour: [],
    byDay,
    byMonthDay: [],
    byYearDay: [],
    byWeekNo: [],
    byMonth: [],
    bySetPos: [],
    weekStart: 0,
  };
}

const coded = (system: string, code: string): CodeableConcept => ({ coding: [{ system, code }] });

/** The extension that stands on each occurrence. */
export function templateExtension(template: SeriesTemplate): Extension {
  const { zone, type, interval, weekdays, monthly, count, last, excluded } = template;
  const parts: Extension[] = [
    { url: 'timezone', valueCodeableConcept: coded(ZONES, zone) },
    { url: 'recurrenceType', valueCodeableConcept: coded(UNITS, type) },
    ...(last === undefined ? [] : [{ url: 'lastOccurrenceDate', valueDate: last }]),
    ...(count === undefined ? [] : [{ url: 'occurrenceCount', valuePositiveInt: count }]),
    ...excluded.map((date) => ({ url: 'excludingDate', valueDate: date })),
  ];
  if (type === 'wk') {
    const days = weekdays.map((weekday) => ({ url: DAYS[weekday]!, valueBoolean: true }));
    parts.push({ url: 'weeklyTemplate', extension: [...days, { url: 'weekInterval', valuePositiveInt: interval }] });
  } else if (type === 'mo') {
    const week = monthly && Object.entries(WEEKS).find(([, nth]) => nth === monthly.nth)?.[0];
    const which: Extension[] = monthly
      ? [
          { url: 'nthWeekOfMonth', valueCoding: { system: WEEK_OF_MONTH, code: week! } },
          { url: 'dayOfWeek', valueCoding: { system: DAYS_OF_WEEK, code: SHORT_DAYS[monthly.weekday]! } },
        ]
      : [];
    parts.push({ url: 'monthlyTemplate', extension: [...which, { url: 'monthInterval', valuePositiveInt: interval }] });
  } else if (type === 'a') parts.push({ url: 'yearlyTemplate', extension: [{ url: 'yearInterval', valuePositiveInt: interval }] });
  return { url: RECURRENCE_TEMPLATE, extension: parts };
}

const codeOf = (value: unknown): string | undefined => {
  const concept = recordOf(value);
  return textOf(concept?.['code']) ?? entriesOf((concept as CodeableConcept | undefined)?.coding).flatMap(({ code }) => textOf(code) ?? [])[0]; // prettier-ignore
};
const positive = (value: unknown): number | undefined => (Number.isInteger(value) && (value as number) > 0 ? (value as number) : undefined);

/** The template of an occurrence; undefined where there is none, or none that can be followed without guessing. */
export function readTemplate(appointment: Appointment): SeriesTemplate | undefined {
  const [root] = extensionsOf(appointment, RECURRENCE_TEMPLATE);
  if (!root) return undefined;
  const type = codeOf(extensionValue(root, 'recurrenceType'));
  const zone = codeOf(extensionValue(root, 'timezone'));
  if (!(type === 'd' || type === 'wk' || type === 'mo' || type === 'a') || !isZone(zone)) return undefined;
  const [weekly] = extensionsOf(root, 'weeklyTemplate');
  const [monthly] = extensionsOf(root, 'monthlyTemplate');
  const [yearly] = extensionsOf(root, 'yearlyTemplate');
  const own = { d: undefined, wk: weekly, mo: monthly, a: yearly }[type];
  const unit = { d: 'dayInterval', wk: 'weekInterval', mo: 'monthInterval', a: 'yearInterval' }[type];
  const nth = WEEKS[codeOf(extensionValue(monthly, 'nthWeekOfMonth')) as keyof typeof WEEKS] as 1 | 2 | 3 | 4 | -1 | undefined;
  const weekday = (SHORT_DAYS as readonly (string | undefined)[]).indexOf(codeOf(extensionValue(monthly, 'dayOfWeek')));
  return {
    zone,
    type,
    interval: positive(extensionValue(own, unit)) ?? 1,
    weekdays: DAYS.flatMap((day, index) => (extensionValue(weekly, day) === true ? [index] : [])),
    monthly: nth !== undefined && weekday >= 0 ? { nth, weekday } : undefined,
    count: positive(extensionValue(root, 'occurrenceCount')),
    last: [textOf(extensionValue(root, 'lastOccurrenceDate'))].find(isDate),
    excluded: extensionsOf(root, 'excludingDate').map(({ valueDate }) => textOf(valueDate)).filter(isDate), // prettier-ignore
  };
}

/** What tells the series of an occurrence: the value of the shared identifier. */
export function seriesOf(appointment: Appointment): string | undefined {
  return entriesOf(appointment.identifier).flatMap(({ system, value }) => (system === SERIES_SYSTEM ? (textOf(value) ?? []) : []))[0];
}

/** The occurrence's number in its series, from 1; undefined where the server did not keep it. */
export function occurrenceNumber(appointment: Appointment): number | undefined {
  return positive(extensionValue(appointment, RECURRENCE_ID));
}

/** Whether an occurrence was changed apart from its series. */
export const isChanged = (appointment: Appointment): boolean => extensionValue(appointment, OCCURRENCE_CHANGED) === true;

export interface SeriesMark {
  readonly series: string;
  readonly template: SeriesTemplate;
  readonly number: number;
  readonly changed?: boolean | undefined;
}

/** An appointment marked as an occurrence; what marked it before is replaced, all else stays. */
export function markOccurrence<T extends Appointment>(appointment: T, { series, template, number, changed }: SeriesMark): T {
  const marks: Extension[] = [
    templateExtension(template),
    { url: RECURRENCE_ID, valuePositiveInt: number },
    ...(changed ? [{ url: OCCURRENCE_CHANGED, valueBoolean: true }] : []),
  ];
  const isMark = ({ url }: Extension): boolean => [RECURRENCE_TEMPLATE, RECURRENCE_ID, OCCURRENCE_CHANGED].includes(url ?? '');
  return {
    ...appointment,
    identifier: [
      ...entriesOf(appointment.identifier).filter(({ system }) => system !== SERIES_SYSTEM),
      { system: SERIES_SYSTEM, value: series },
    ],
    extension: [...entriesOf(appointment.extension).filter((one) => !isMark(one)), ...marks],
  };
}
