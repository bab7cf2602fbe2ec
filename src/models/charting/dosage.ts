/**
 * Dosage instructions. The sentence that somebody wrote comes first and is never changed. Without one, the common structured
 * shapes are read into plain facts that the page puts into words; any other shape is said to be one that cannot be put into
 * words, with all that is there. Doses are never computed here.
 */
import {
  conceptText,
  formatPeriod,
  formatQuantity,
  formatRange,
  formatRatio,
  formatTime,
  numberText,
  recordOf,
  recordsOf,
  textOf,
  textsOf,
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
/** R4 EventTiming, without the plain AC, PC, C ones being explained: the page has words for each. */
export const EVENT_TIMINGS = [
  'MORN', 'MORN.early', 'MORN.late', 'NOON', 'AFT', 'AFT.early', 'AFT.late', 'EVE', 'EVE.early', 'EVE.late', 'NIGHT', 'PHS', 'HS', 'WAKE',
  'C', 'CM', 'CD', 'CV', 'AC', 'ACM', 'ACD', 'ACV', 'PC', 'PCM', 'PCD', 'PCV',
] as const; // prettier-ignore
export type EventTiming = (typeof EVENT_TIMINGS)[number];

/** A structured dosage of a common shape, ready to be put into words. Texts are formatted in the reader's digits. */
export interface DosageFacts {
  /** `1 tablet`, `5–10 mL`, `500 mg / h`. */
  dose: string | undefined;
  rate: string | undefined;
  method: string | undefined;
  route: string | undefined;
  site: string | undefined;
  /** Times in each period, such as 2 in 1 d; with a range where both ends are given. */
  frequency: { times: number; timesMax: number | undefined; period: number; periodMax: number | undefined; unit: PeriodUnit } | undefined;
  /** The record's own name for the timing (`BID`), where there is no structure for it. */
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
  maximum: readonly string[];
  /** Neither how much nor how often is recorded. */
  amountless: boolean;
}

export interface DosageView {
  kind: 'written' | 'structured' | 'unworded' | 'empty';
  /** As written, for `written`. */
  text: string | undefined;
  /** For `written` too, where the structure can be read: shown in the details. */
  facts: DosageFacts | undefined;
  /** All that is there, by path, for `unworded`. */
  parts: readonly { path: string; value: string }[];
  /** Instructions that come on top: "with food", "may cause drowsiness". */
  additional: readonly string[];
  patientInstruction: string | undefined;
}

const isCode = <C extends string>(codes: readonly C[], value: unknown): value is C => codes.includes(value as C);

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;
}

/** Members of timing.repeat that {@link factsOf} puts into words. Any other makes the shape an uncommon one. */
const REPEAT = new Set([
  'frequency', 'frequencyMax', 'period', 'periodMax', 'periodUnit', 'when', 'offset', 'timeOfDay', 'dayOfWeek', 'duration', 'durationUnit',
  'boundsPeriod', 'boundsDuration', 'count', 'id', 'extension',
]); // prettier-ignore
const DOSAGE = new Set([
  'id', 'extension', 'sequence', 'text', 'additionalInstruction', 'patientInstruction', 'timing', 'asNeededBoolean', 'asNeededCodeableConcept', 'site', 'route',
  'method', 'doseAndRate', 'maxDosePerPeriod', 'maxDosePerAdministration', 'maxDosePerLifetime',
  // STU3
  'doseQuantity', 'doseRange', 'rateQuantity', 'rateRange', 'rateRatio',
]); // prettier-ignore
const TIMING = new Set(['id', 'extension', 'repeat', 'code', 'event']);

const onlyKnown = (record: Loose, known: ReadonlySet<string>): boolean => Object.keys(record).every((key) => known.has(key));

function amount(holder: Loose, name: 'dose' | 'rate', locale: string | undefined): string | undefined {
  return (
    formatQuantity(recordOf(holder[`${name}Quantity`]) as Quantity | undefined, locale) ??
    formatRange(recordOf(holder[`${name}Range`]) as Range | undefined, locale) ??
    formatRatio(recordOf(holder[`${name}Ratio`]) as Ratio | undefined, locale)
  );
}

/** One dose and rate. Several (calculated beside ordered) are not put into one sentence. */
function doseOf(dosage: Loose, locale: string | undefined): { dose: string | undefined; rate: string | undefined } | undefined {
  const list = recordsOf(dosage['doseAndRate']);
  if (list.length > 1) return undefined;
  const holder = list[0] ?? dosage;
  return { dose: amount(holder, 'dose', locale), rate: amount(holder, 'rate', locale) };
}

function frequencyOf(repeat: Loose): DosageFacts['frequency'] | 'unreadable' | undefined {
  const { frequency, frequencyMax, period, periodMax, periodUnit } = repeat;
  if ([frequency, frequencyMax, period, periodMax, periodUnit].every((value) => value === undefined)) return undefined;
  const length = positive(period);
  if (length === undefined || !isCode(PERIOD_UNITS, periodUnit)) return 'unreadable';
  // R4: frequency is 1 where it is left out.
  const times = frequency === undefined ? 1 : positive(frequency);
  return times === undefined
    ? 'unreadable'
    : { times, timesMax: positive(frequencyMax), period: length, periodMax: positive(periodMax), unit: periodUnit };
}

function factsOf(dosage: Loose, locale: string | undefined, zone: string | undefined): DosageFacts | undefined {
  const timing = recordOf(dosage['timing']) ?? {};
  const repeat = recordOf(timing['repeat']) ?? {};
  if (
    !onlyKnown(dosage, DOSAGE) ||
    !onlyKnown(timing, TIMING) ||
    !onlyKnown(repeat, REPEAT) ||
    recordsOf(timing['event']).length > 0 ||
    textsOf(timing['event']).length > 0
  )
    return undefined;
  const dose = doseOf(dosage, locale);
  const frequency = frequencyOf(repeat);
  const whens = textsOf(repeat['when']);
  const days = textsOf(repeat['dayOfWeek']);
  const when = whens.filter((code) => isCode(EVENT_TIMINGS, code));
  const dayOfWeek = days.filter((code) => isCode(DAYS_OF_WEEK, code));
  if (!dose || frequency === 'unreadable' || when.length !== whens.length || dayOfWeek.length !== days.length) return undefined;
  const timesOfDay = textsOf(repeat['timeOfDay']).map((time) => formatTime(time, locale) ?? time);
  // A code such as BID says it where there is no structure; one beside a structure is a name for the same.
  const structured = frequency !== undefined || when.length > 0 || timesOfDay.length > 0;
  const coded = structured ? undefined : conceptText(recordOf(timing['code']) as CodeableConcept | undefined, locale);
  const bounds = formatPeriod(recordOf(repeat['boundsPeriod']), { locale, zone, show: 'date' });
  const concept = (key: string): string | undefined => conceptText(recordOf(dosage[key]) as CodeableConcept | undefined, locale);
  const facts = {
    ...dose,
    method: concept('method'),
    route: concept('route'),
    site: concept('site'),
    frequency,
    coded,
    when,
    offset: positive(repeat['offset']),
    timesOfDay,
    days: dayOfWeek,
    takes: durationText(measured(repeat, 'duration', 'durationUnit'), locale),
    course: durationText(recordOf(repeat['boundsDuration']) as Quantity | undefined, locale),
    from: bounds.start,
    until: bounds.end,
    count: positive(repeat['count']),
    asNeeded: dosage['asNeededBoolean'] === true || recordOf(dosage['asNeededCodeableConcept']) !== undefined,
    asNeededFor: concept('asNeededCodeableConcept'),
    maximum: [
      formatRatio(recordOf(dosage['maxDosePerPeriod']) as Ratio | undefined, locale),
      formatQuantity(recordOf(dosage['maxDosePerAdministration']) as Quantity | undefined, locale),
      formatQuantity(recordOf(dosage['maxDosePerLifetime']) as Quantity | undefined, locale),
    ].filter((text) => text !== undefined),
  };
  const often = structured || coded !== undefined || dayOfWeek.length > 0 || facts.asNeeded;
  // A bare count ("1", of whatever) is a riddle, not a dosage. A route alone can be worded: how much and when is then said to be missing.
  if (!often && (facts.count !== undefined || repeat['periodUnit'] !== undefined)) return undefined;
  const amountless = facts.dose === undefined && facts.rate === undefined && !often;
  return amountless && facts.route === undefined && facts.method === undefined && facts.site === undefined
    ? undefined
    : { ...facts, amountless };
}

function measured(holder: Loose, value: string, unit: string): Quantity | undefined {
  const amountOf = positive(holder[value]);
  return amountOf === undefined ? undefined : { value: amountOf, code: textOf(holder[unit]) ?? '', unit: textOf(holder[unit]) ?? '' };
}

const MOST_PARTS = 40;

/** All leaves of a structure with their paths, as recorded: nothing of a dosage that can't be worded is hidden. */
function partsOf(value: unknown, path: string, parts: { path: string; value: string }[], locale: string | undefined, depth = 0): void {
  if (parts.length >= MOST_PARTS || depth > 12) return;
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) partsOf(item, value.length > 1 ? `${path}[${i}]` : path, parts, locale, depth + 1);
    return;
  }
  const record = recordOf(value);
  if (!record) {
    if (value !== undefined && value !== null) parts.push({ path, value: String(value) });
    return;
  }
  if ('value' in record && ('unit' in record || 'code' in record)) {
    parts.push({ path, value: formatQuantity(record as Quantity, locale) ?? String(record['value']) });
    return;
  }
  const concept = 'coding' in record || 'text' in record ? conceptText(record as CodeableConcept, locale) : undefined;
  if (concept !== undefined) parts.push({ path, value: concept });
  else
    for (const [key, member] of Object.entries(record)) {
      if (key === 'id' || key === 'sequence' || key === 'extension' || key.startsWith('_')) continue;
      const number = typeof member === 'number' ? numberText(record, key, locale) : undefined;
      partsOf(number ?? member, path === '' ? key : `${path}.${key}`, parts, locale, depth + 1);
    }
}

export function dosageView(input: unknown, { locale, zone }: { locale?: string | undefined; zone?: string | undefined } = {}): DosageView {
  const dosage = typeof input === 'string' ? { text: input } : (recordOf(input) ?? {});
  const text = textOf(dosage['text']);
  const facts = factsOf(dosage, locale, zone);
  const extra = {
    additional: recordsOf(dosage['additionalInstruction']).flatMap((one) => conceptText(one as CodeableConcept, locale) ?? []),
    patientInstruction: textOf(dosage['patientInstruction']),
  };
  if (text !== undefined) return { kind: 'written', text, facts, parts: [], ...extra };
  if (facts) return { kind: 'structured', text: undefined, facts, parts: [], ...extra };
  const parts: { path: string; value: string }[] = [];
  const { additionalInstruction: _a, patientInstruction: _p, ...rest } = dosage as Record<string, unknown>;
  partsOf(rest, '', parts, locale);
  const silent = parts.length === 0 && extra.additional.length === 0 && extra.patientInstruction === undefined;
  return { kind: silent ? 'empty' : 'unworded', text: undefined, facts: undefined, parts, ...extra };
}

/** Dosages in the order of their `sequence`, those without one as they stand. */
export function dosageViews(list: unknown, options: { locale?: string | undefined; zone?: string | undefined } = {}): DosageView[] {
  const dosages = typeof list === 'string' ? [list] : recordsOf(list);
  const order = (dosage: unknown): number => positive(recordOf(dosage)?.['sequence']) ?? 0;
  return [...dosages]
    .sort((a, b) => order(a) - order(b))
    .map((dosage) => dosageView(dosage, options))
    .filter(({ kind }) => kind !== 'empty');
}
