/** Phone numbers, mail and web addresses: which to use, and what may be a link. R4 datatypes, ContactPoint. */
import { isInForce } from './date-compare.js';
import { entriesOf, textOf } from './loose.js';
import type { Moment } from './moment.js';
import type { ContactPoint } from '../generated/types/index.js';

export interface SortTelecomOptions {
  now: Moment;
  zone?: string | undefined;
  /** Only these systems: `['phone', 'sms']`. */
  systems?: readonly string[] | undefined;
  /** Uses in the order wanted; default mobile, home, work, temp. */
  prefer?: readonly string[] | undefined;
}

const USES = ['mobile', 'home', 'work', 'temp'];

/**
 * Contact points in the order to try them: by rank (1 first, none last), then by use, then as recorded. Left out: `old` ones,
 * those whose period is over or to come, and those without a value.
 */
export function sortTelecom<T extends ContactPoint>(
  points: readonly T[] | T | undefined | null,
  { now, zone, systems, prefer = USES }: SortTelecomOptions,
): T[] {
  const usable = entriesOf(points).filter(
    (point) =>
      textOf(point.value) !== undefined &&
      point.use !== 'old' &&
      isInForce(point.period, now, zone) &&
      (!systems || systems.includes(textOf(point.system) ?? '')),
  );
  const keyOf = (point: T): number => {
    const rank = Number(point.rank);
    const use = prefer.indexOf(textOf(point.use) ?? '');
    return (Number.isInteger(rank) && rank > 0 ? Math.min(rank, 1000) : 1000) * 100 + (use < 0 ? prefer.length : use);
  };
  return usable.toSorted((a, b) => keyOf(a) - keyOf(b));
}

/** The first of {@link sortTelecom}. */
export function pickTelecom<T extends ContactPoint>(
  points: readonly T[] | T | undefined | null,
  options: SortTelecomOptions,
): T | undefined {
  return sortTelecom(points, options)[0];
}

const EMAIL = /^[^\s@:?&<>"'(),;\\]+@[^\s@:?&<>"'(),;\\/]+$/;

/**
 * A link that is safe to follow: `tel:` for phones and sms, `mailto:` for e-mail, `https:` for web addresses, and nothing else.
 * A value from a record never chooses another scheme. Undefined when the value is not clearly one of these.
 */
export function telecomHref(point: ContactPoint | undefined | null): string | undefined {
  const value = textOf(point?.value);
  // Control and direction marks have no place in a number or address, and could hide what is dialled.
  if (value === undefined || /[\p{Cc}\p{Cf}]/u.test(value)) return undefined;
  switch (point?.system) {
    case 'phone':
    case 'sms':
      return phoneHref(value);
    case 'email': {
      const address = value.replace(/^mailto:/i, '');
      return EMAIL.test(address) ? `mailto:${encodeURI(address).replaceAll('#', '%23')}` : undefined;
    }
    case 'url':
      return webHref(value);
    default:
      return undefined;
  }
}

/** RFC 3966: digits with a plus in front perhaps, and the extension apart. Letters or signs beyond that make no link. */
function phoneHref(value: string): string | undefined {
  const [, number = '', extension] = /^(?:tel:)?(\+?[\d\s().\-/]+?)(?:\s*(?:;ext=|ext\.?|x|#)\s*(\d{1,8}))?$/i.exec(value) ?? [];
  const digits = number.replace(/[^\d+]/g, '');
  if (!/^\+?\d{3,20}$/.test(digits)) return undefined;
  return `tel:${digits}${extension === undefined ? '' : `;ext=${extension}`}`;
}

function webHref(value: string): string | undefined {
  if (!/^https:\/\//i.test(value)) return undefined;
  try {
    const url = new URL(value);
    // A user name before the host is how a link pretends to lead elsewhere.
    return url.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : undefined;
  } catch {
    return undefined;
  }
}
