/** Values of date, number and quantity parameters: what they ask of a stored range (R4 search.html, "prefixes"). */
import { rangeOfDate } from './dates.js';
import type { RangeQuery } from './indexes.js';
import { SearchError, splitEscaped, unescapeValue } from './query.js';
import type { SearchParam } from './definitions.js';
import type { Store } from './store.js';
import type { Range } from './values.js';

const PREFIXED = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)?(.*)$/s;
const NUMBER = /^[+-]?\d+(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

function prefixOf(value: string): [prefix: string, rest: string] {
  const [, prefix = 'eq', rest = ''] = PREFIXED.exec(value) ?? [];
  return [prefix, rest];
}

/**
 * `[start, end)` is what the query's value stands for. Stored dates are half open too. eq wants the stored range inside; the others look at
 * what lies above or below it.
 */
function dateTest(prefix: string, start: number, end: number, now: number): RangeQuery {
  const inside = (range: Range): boolean => range.low >= start && range.high <= end;
  switch (prefix) {
    case 'ne':
      return { by: 'low', from: -Infinity, to: Infinity, test: (range) => !inside(range) };
    case 'gt':
      return { by: 'high', from: end, to: Infinity, test: (range) => range.high > end };
    case 'lt':
      return { by: 'low', from: -Infinity, to: start, test: (range) => range.low < start };
    case 'ge':
      return { by: 'high', from: start, to: Infinity, test: (range) => range.high > end || inside(range) };
    case 'le':
      return { by: 'low', from: -Infinity, to: end, test: (range) => range.low < start || inside(range) };
    case 'sa':
      return { by: 'low', from: end, to: Infinity, test: (range) => range.low >= end };
    case 'eb':
      return { by: 'high', from: -Infinity, to: start + 1, test: (range) => range.high <= start };
    case 'ap': {
      // A tenth of the time between now and the date, as the specification proposes.
      const slack = Math.abs(now - (start + end) / 2) / 10;
      return { by: 'low', from: -Infinity, to: end + slack, test: (range) => range.low < end + slack && range.high > start - slack };
    }
    default:
      return { by: 'low', from: start, to: end, test: inside };
  }
}

function dateQuery(code: string, value: string, now: number): RangeQuery {
  const [prefix, text] = prefixOf(value);
  // In a form or a query string a plus sign arrives as a space: 10:00:00 11:00 means +11:00.
  const range = rangeOfDate(text.replace(/ (\d\d:\d\d)$/, '+$1'));
  if (!range)
    throw new SearchError(
      `${code} takes a date such as 2026, 2026-11, 2026-11-24 or 2026-11-24T09:00:00Z, after an optional prefix`,
      'value',
    );
  return dateTest(prefix, range.start, range.end, now);
}

/** Half of the last digit that was written: 100 stands for 99.5 to 100.5, 100.00 for 99.995 to 100.005. */
function halfDigit(match: RegExpExecArray): number {
  return 0.5 * 10 ** (Number(match[2] ?? 0) - (match[1]?.length ?? 0));
}

function numberTest(prefix: string, value: number, half: number): RangeQuery {
  const low = value - half;
  const high = value + half;
  const inside = (range: Range): boolean => range.low >= low && range.high < high;
  switch (prefix) {
    case 'ne':
      return { by: 'low', from: -Infinity, to: Infinity, test: (range) => !inside(range) };
    // With these, R4 ignores how precisely the number was written.
    case 'gt':
      return { by: 'high', from: value, to: Infinity, test: (range) => range.high > value };
    case 'lt':
      return { by: 'low', from: -Infinity, to: value, test: (range) => range.low < value };
    case 'ge':
      return { by: 'high', from: value, to: Infinity, test: (range) => range.high >= value };
    case 'le':
      return { by: 'low', from: -Infinity, to: high, test: (range) => range.low <= value };
    case 'sa':
      return { by: 'low', from: value, to: Infinity, test: (range) => range.low > value };
    case 'eb':
      return { by: 'high', from: -Infinity, to: value, test: (range) => range.high < value };
    case 'ap': {
      const slack = Math.abs(value) / 10;
      return {
        by: 'low',
        from: -Infinity,
        to: value + slack + half,
        test: (range) => range.low <= value + slack && range.high >= value - slack,
      };
    }
    default:
      return { by: 'low', from: low, to: high, test: inside };
  }
}

function readNumber(code: string, text: string, shape: string): { value: number; half: number } {
  const match = NUMBER.exec(text);
  if (!match) throw new SearchError(`${code} takes ${shape}, after an optional prefix`, 'value');
  return { value: Number(text), half: halfDigit(match) };
}

function numberQuery(code: string, value: string): RangeQuery {
  const [prefix, text] = prefixOf(value);
  const { value: number, half } = readNumber(code, text, 'a number such as 5.4');
  return numberTest(prefix, number, half);
}

/** `5.4`, `5.4|http://unitsofmeasure.org|mg`, `5.4||mg`. Units are compared as they are written, not converted. */
function quantityQuery(code: string, value: string): RangeQuery {
  const [prefix, text] = prefixOf(value);
  const shape = 'a quantity such as 5.4 or 5.4|http://unitsofmeasure.org|mg';
  const parts = splitEscaped(text, '|').map(unescapeValue);
  if (parts.length === 2 || parts.length > 3) throw new SearchError(`${code} takes ${shape}`, 'value');
  const [amount = '', system = '', unit = ''] = parts;
  const { value: number, half } = readNumber(code, amount, shape);
  const query = numberTest(prefix, number, half);
  if (unit === '') return query;
  return { ...query, test: (range) => query.test(range) && range.hasUnit(system, unit) };
}

/** What a value of a date, number or quantity parameter asks for. */
export function rangeQuery(store: Store, { code, kind }: Pick<SearchParam, 'kind' | 'code'>, value: string): RangeQuery {
  if (kind === 'd') return dateQuery(code, value, store.now().getTime());
  return kind === 'n' ? numberQuery(code, value) : quantityQuery(code, value);
}
