/**
 * The re-check of search results against the dates asked for. A server that ignores a date parameter must not show another day's
 * rows. Only what cannot be meant is withheld: servers differ in how they read a date without a zone, and in whether a period must
 * lie within a day or touch it.
 */
import type { Resource } from '../models/fhir/index.js';
import type { SearchPage, SearchParams } from './backend.js';
import { datePaths } from './date-paths.js';
import { rangeOfDate, rangeOfPeriod, type TimeRange } from './store/dates.js';

const HOUR = 3_600_000;
/** A date without a zone begins somewhere on earth up to 14 hours before it does in UTC, and up to 12 hours after. */
const EAST = 14 * HOUR;
const WEST = 12 * HOUR;
const hasZone = (text: string): boolean => /T.*(?:Z|[+-]\d\d:\d\d)$/.test(text);

/** A range that is at least as wide as any reading of the text. */
function widest(text: string): TimeRange | undefined {
  const range = rangeOfDate(text);
  if (!range || hasZone(text)) return range;
  return { start: range.start - EAST, end: range.end + WEST };
}

const PREFIXED = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)?(\d{4}.*)$/;

/** Whether a row within `range` can match one value, by the most generous reading of R4 search ("prefixes"). */
function canMatch(range: TimeRange, value: string): boolean {
  const [, prefix = 'eq', date = ''] = PREFIXED.exec(value) ?? [];
  const exact = rangeOfDate(date);
  const asked = widest(date);
  if (!exact || !asked) return true;
  switch (prefix) {
    case 'eq':
      return range.start < asked.end && range.end > asked.start;
    case 'gt':
    case 'ge':
    case 'sa':
      return range.end > asked.start;
    case 'le':
      return range.start < asked.end;
    case 'lt':
    case 'eb':
      return range.start < exact.start + (hasZone(date) ? 0 : WEST);
    default:
      return true; // ne and ap exclude nothing for certain
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands at a path; the last step may be any of a choice. */
function valuesAt(value: unknown, [step, ...rest]: readonly string[]): unknown[] {
  if (step === undefined) return [value];
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, [step, ...rest]));
  if (!isRecord(value)) return [];
  const stem = step.endsWith('[x]') ? step.slice(0, -3) : undefined;
  const keys =
    stem === undefined ? [step] : Object.keys(value).filter((key) => key.startsWith(stem) && /^[A-Z]/.test(key.slice(stem.length)));
  return keys.flatMap((key) => (value[key] === undefined ? [] : valuesAt(value[key], rest)));
}

/** The ranges of a row's values; undefined where one of them cannot be judged (a Timing, a text). */
function rangesOf(row: Resource, paths: readonly string[]): TimeRange[] | undefined {
  const ranges: TimeRange[] = [];
  for (const value of paths.flatMap((path) => valuesAt(row, path.split('.')).flat())) {
    const range = typeof value === 'string' ? widest(value) : isRecord(value) ? periodOf(value) : undefined;
    if (!range) return undefined;
    ranges.push(range);
  }
  return ranges;
}

function periodOf({ start, end }: Record<string, unknown>): TimeRange | undefined {
  const [first, last] = [start, end].map((one) => (typeof one === 'string' ? widest(one) : undefined));
  return rangeOfPeriod(start, end) && { start: first?.start ?? -Infinity, end: last?.end ?? Infinity };
}

interface Asked {
  paths: readonly string[];
  /** All of them must hold; each is a list of which one must. */
  values: readonly (readonly string[])[];
}

function askedFor(type: string, params: SearchParams): Asked[] {
  return Object.entries(params).flatMap(([name, value]) => {
    const paths = datePaths(type, name); // a modifier (`date:missing`) is no name of the table
    if (!paths || value === undefined) return [];
    return [{ paths, values: [value].flat().map((one) => String(one).split(',')) }];
  });
}

/**
 * Withholds the rows that lie outside the dates asked for, whatever the zone. A row that says no date stays: what it says
 * nothing of cannot be another day.
 */
export function withinDates<T extends Resource>(page: SearchPage<T>, type: string, params: SearchParams): SearchPage<T> {
  const asked = askedFor(type, params);
  const kept = page.items.filter((row) =>
    asked.every(({ paths, values }) => {
      const ranges = rangesOf(row, paths);
      if (!ranges || ranges.length === 0) return true;
      return values.every((oneOf) => oneOf.some((value) => ranges.some((range) => canMatch(range, value))));
    }),
  );
  const count = page.items.length - kept.length;
  if (count === 0) return page;
  const message = 'Rows outside the dates asked for came back and are withheld.';
  return { ...page, items: kept, complete: false, warnings: [...page.warnings, { code: 'outside-range', count, message }] };
}
