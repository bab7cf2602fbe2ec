/**
 * Intl formatters, kept: making one costs a hundred times what using one does. A locale or time zone that Intl refuses
 * never throws here; the locale falls back to English, the zone is for the caller to judge ({@link isZone}).
 */
const dateFormats = new Map<string, Intl.DateTimeFormat>();
const numberFormats = new Map<string, Intl.NumberFormat>();
const MOST = 400;

function keep<T>(map: Map<string, T>, key: string, make: () => T): T {
  let format = map.get(key);
  if (format === undefined) {
    if (map.size >= MOST) map.clear();
    map.set(key, (format = make()));
  }
  return format;
}

const locales = new Map<string, string>();

/** `locale` when Intl knows how to read it, else `en`. */
export function localeOf(locale: string | undefined): string {
  return keep(locales, locale ?? 'en', () => {
    try {
      return Intl.getCanonicalLocales(locale ?? 'en')[0] ?? 'en';
    } catch {
      return 'en';
    }
  });
}

/** The primary language, `en` of `en-AU`. */
export function languageOf(locale: string | undefined): string {
  return localeOf(locale).split('-')[0] ?? 'en';
}

/**
 * FHIR dates are Gregorian. A locale whose everyday calendar is another one (fa, th, ar-SA) would print a birth date that
 * no other system shows, so the calendar is Gregorian unless the locale itself asks (`th-u-ca-buddhist`).
 */
export function dateTimeFormat(locale: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const tag = localeOf(locale);
  const calendar = tag.includes('-u-') && tag.includes('-ca-') ? {} : { calendar: 'gregory' };
  return keep(dateFormats, `${tag} ${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(tag, { ...calendar, ...options }));
}

export function numberFormat(locale: string | undefined, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const tag = localeOf(locale);
  return keep(numberFormats, `${tag} ${JSON.stringify(options)}`, () => new Intl.NumberFormat(tag, options));
}
