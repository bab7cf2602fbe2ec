/**
 * The common shapes of a structured dosage (R4 Dosage and Timing, and STU3's), as facts that a page can put into words. What it
 * reads it reads whole: a member that is not understood, or is there but cannot be read, makes the dosage an uncommon one, so that
 * nothing of an instruction is ever left out of its sentence. Doses are never computed here.
 */
import {
  conceptText,
  formatPeriod,
  formatQuantity,
  formatRange,
  formatRatio,
  formatTime,
  recordOf,
  recordsOf,
  textOf,
  type CodeableConcept,
  type Loose,
  type Quantity,
  type Range,
  type Ratio,
} from '../fhir/index.js';
import { durationText } from './when.js';

export const PERIOD_UNITS = ['s', 'min', 'h', 'd', 'wk', 'mo', 'a'] as const;
export type PeriodUnit = (typeof PERIOD_UNITS)[number];
export const DAYS_OF_WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type DayOfWeek = (typeof DAYS_OF_WEEK)[number];
/** R4 EventTiming; the page has words for each. */
export const EVENT_TIMINGS = [
  'MORN', 'MORN.early', 'MORN.late', 'NOON', 'AFT', 'AFT.early', 'AFT.late', 'EVE', 'EVE.early', 'EVE.late', 'NIGHT', 'PHS', 'HS', 'WAKE',
  'C', 'CM', 'CD', 'CV', 'AC', 'ACM', 'ACD', 'ACV', 'PC', 'PCM', 'PCD', 'PCV',
] as const; // prettier-ignore
export type EventTiming = (typeof EVENT_TIMINGS)[number];

/** A structured dosage, ready to be put into words. Texts are formatted in the reader's digits. */
export interface DosageFacts {
  /** `1 tablet`, `5–10 mL`. */
  dose: string | undefined;
  /** `500 mg / h`. */
  rate: string | undefined;
  method: string | undefined;
  route: string | undefined;
  site: string | undefined;
  /** Times in each period, such as 2 in 1 d; with a range where both ends are given. */
  frequency: { times: number; timesMax: number | undefined; period: number; periodMax: number | undefined; unit: PeriodUnit } | undefined;
  /** The record's own name for the timing: `BID`. */
  coded: string | undefined;
  when: readonly EventTiming[];
  /** Minutes from the event. */
  offset: number | undefined;
  timesOfDay: readonly string[];
  days: readonly DayOfWeek[];
  /** How long each administration takes: `30 minutes`. */
  takes: string | undefined;
  /** How long the course is: `10 days`. */
  course: string | undefined;
  /** Or from when until when. */
  from: string | undefined;
  until: string | undefined;
  /** How many times in all. */
  count: number | undefined;
  asNeeded: boolean;
  asNeededFor: string | undefined;
  /** Each limit with what it is of. */
  maximum: readonly { of: 'period' | 'administration' | 'lifetime'; amount: string }[];
  /** Neither how much nor how often is recorded. */
  amountless: boolean;
}

/** Thrown within this file alone: the dosage is not of a common shape. */
const UNCOMMON = Symbol('uncommon');

function uncommon(): never {
  // oxlint-disable-next-line no-throw-literal -- caught below; an Error would cost a stack for each dosage
  throw UNCOMMON;
}

/** Members that carry no instruction. An extension may be passed over; a modifierExtension may not. */
const SILENT = ['id', 'extension', 'resourceType'];

/** One object of a dosage. Each member is taken once; at the end none may be left. */
class Part {
  readonly #record: Loose;
  readonly #left: Set<string>;

  constructor(record: Loose, ignore: readonly string[] = []) {
    this.#record = record;
    this.#left = new Set(Object.keys(record).filter((key) => record[key] !== undefined && !SILENT.includes(key) && !ignore.includes(key)));
  }

  #take(key: string): unknown {
    this.#left.delete(key);
    return this.#record[key];
  }

  /** What `read` makes of a member that is there. */
  text<T>(key: string, read: (value: T) => string | undefined): string | undefined {
    const value = this.#take(key);
    if (value === undefined) return undefined;
    return (recordOf(value) && read(value as T)) ?? uncommon();
  }

  /** Decimals come as strings from some converters of XML; those digits can only mean one thing. */
  number(key: string): number | undefined {
    const given = this.#take(key);
    if (given === undefined) return undefined;
    const value = typeof given === 'string' && /^\d+(?:\.\d+)?$/.test(given) ? Number(given) : given;
    return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : uncommon();
  }

  boolean(key: string): boolean {
    const value = this.#take(key);
    if (value === undefined) return false;
    return typeof value === 'boolean' ? value : uncommon();
  }

  code<C extends string>(key: string, codes: readonly C[]): C | undefined {
    const value = this.#take(key);
    return value === undefined ? undefined : (codes.find((code) => code === value) ?? uncommon());
  }

  list<T>(key: string, read: (value: unknown) => T | undefined): T[] {
    const value = this.#take(key);
    if (value === undefined) return [];
    return (Array.isArray(value) ? value : uncommon()).map((one) => read(one) ?? uncommon());
  }

  /** The parts of a member that is an object, or a list of them. */
  parts(key: string): Part[] {
    const value = this.#take(key);
    const records = recordsOf(value);
    if (value !== undefined && (records.length === 0 || records.length !== [value].flat().length)) uncommon();
    return records.map((record) => new Part(record));
  }

  done(): void {
    if (this.#left.size > 0) uncommon();
  }
}

function amount(part: Part, name: 'dose' | 'rate', locale: string | undefined): string | undefined {
  return (
    part.text<Quantity>(`${name}Quantity`, (value) => formatQuantity(value, locale)) ??
    part.text<Range>(`${name}Range`, (value) => formatRange(value, locale)) ??
    part.text<Ratio>(`${name}Ratio`, (value) => formatRatio(value, locale))
  );
}

/** One dose and rate. Several (a calculated one beside the ordered) are not put into one sentence; STU3 has them in the dosage itself. */
function doseOf(dosage: Part, locale: string | undefined): Pick<DosageFacts, 'dose' | 'rate'> {
  const inner = dosage.parts('doseAndRate');
  if (inner.length > 1) uncommon();
  const [holder = dosage] = inner;
  const found = { dose: amount(holder, 'dose', locale), rate: amount(holder, 'rate', locale) };
  if (holder !== dosage) {
    // Whether it was ordered or calculated.
    holder.text<CodeableConcept>('type', (value) => conceptText(value, locale) ?? '');
    holder.done();
  }
  return found;
}

function frequencyOf(repeat: Part): DosageFacts['frequency'] {
  const [times, timesMax, period, periodMax] = ['frequency', 'frequencyMax', 'period', 'periodMax'].map((key) => repeat.number(key));
  const unit = repeat.code('periodUnit', PERIOD_UNITS);
  if ([times, timesMax, period, periodMax, unit].every((value) => value === undefined)) return undefined;
  // R4: frequency is 1 where it is left out; a number of times without a period is none of anything.
  return period === undefined || unit === undefined ? uncommon() : { times: times ?? 1, timesMax, period, periodMax, unit };
}

type Timed = Pick<
  DosageFacts,
  'frequency' | 'coded' | 'when' | 'offset' | 'timesOfDay' | 'days' | 'takes' | 'course' | 'from' | 'until' | 'count'
>;

function timingOf(dosage: Part, locale: string | undefined, zone: string | undefined): Timed {
  const [timing = new Part({}), ...more] = dosage.parts('timing');
  const [repeat = new Part({}), ...others] = timing.parts('repeat');
  if (more.length + others.length > 0) uncommon();
  let bounds: { start: string | undefined; end: string | undefined } = { start: undefined, end: undefined };
  repeat.text('boundsPeriod', (value) => {
    bounds = formatPeriod(recordOf(value), { locale, zone, show: 'date' });
    return bounds.start ?? bounds.end;
  });
  const lasts = repeat.number('duration');
  const lastsIn = repeat.code('durationUnit', PERIOD_UNITS);
  if ((lasts === undefined) !== (lastsIn === undefined)) uncommon();
  const found: Timed = {
    frequency: frequencyOf(repeat),
    coded: timing.text<CodeableConcept>('code', (value) => conceptText(value, locale)),
    when: repeat.list('when', (value) => EVENT_TIMINGS.find((code) => code === value)),
    offset: repeat.number('offset'),
    timesOfDay: repeat.list('timeOfDay', (value) => formatTime(textOf(value), locale)),
    days: repeat.list('dayOfWeek', (value) => DAYS_OF_WEEK.find((code) => code === value)),
    takes: lasts === undefined || lastsIn === undefined ? undefined : durationText({ value: lasts, code: lastsIn, unit: lastsIn }, locale),
    course: repeat.text<Quantity>('boundsDuration', (value) => durationText(value, locale)),
    from: bounds.start,
    until: bounds.end,
    count: repeat.number('count'),
  };
  repeat.done();
  timing.done();
  return found;
}

function read(record: Loose, locale: string | undefined, zone: string | undefined): DosageFacts {
  // The sentence and what stands on top of it are shown beside the facts.
  const dosage = new Part(record, ['sequence', 'text', 'additionalInstruction', 'patientInstruction']);
  const concept = (key: string): string | undefined => dosage.text<CodeableConcept>(key, (value) => conceptText(value, locale));
  const asNeededFor = concept('asNeededCodeableConcept');
  const limit = (of: 'period' | 'administration' | 'lifetime', text: string | undefined): DosageFacts['maximum'] =>
    text === undefined ? [] : [{ of, amount: text }];
  const quantity = (value: Quantity): string | undefined => formatQuantity(value, locale);
  const facts = {
    ...doseOf(dosage, locale),
    ...timingOf(dosage, locale, zone),
    method: concept('method'),
    route: concept('route'),
    site: concept('site'),
    asNeeded: dosage.boolean('asNeededBoolean') || asNeededFor !== undefined,
    asNeededFor,
    maximum: [
      ...limit(
        'period',
        dosage.text<Ratio>('maxDosePerPeriod', (value) => formatRatio(value, locale)),
      ),
      ...limit('administration', dosage.text('maxDosePerAdministration', quantity)),
      ...limit('lifetime', dosage.text('maxDosePerLifetime', quantity)),
    ],
  };
  dosage.done();
  const often =
    facts.frequency !== undefined ||
    facts.coded !== undefined ||
    facts.count !== undefined ||
    facts.asNeeded ||
    facts.when.length + facts.timesOfDay.length + facts.days.length > 0;
  // A route alone can be worded: how much and when is then said to be missing. Nothing at all is no dosage.
  const amountless = facts.dose === undefined && facts.rate === undefined && !often;
  if (amountless && facts.route === undefined && facts.method === undefined && facts.site === undefined) uncommon();
  return { ...facts, amountless };
}

/** The facts of a dosage of a common shape; undefined for any other. */
export function dosageFacts(record: Loose, locale?: string, zone?: string): DosageFacts | undefined {
  try {
    return read(record, locale, zone);
  } catch (thrown) {
    if (thrown === UNCOMMON) return undefined;
    throw thrown;
  }
}
