/** How Spanish counts and tells the time. Neutral Spanish, *usted*, words that name no one's gender where there is a choice. */
import type { Formatter } from '../messages.js';

/** `1 cita`, `3 citas`, `1.000.000 de citas`: the language puts *de* after round millions, which is its plural class `many`. */
export const counted = (f: Formatter, n: number, one: string, other: string): string =>
  f.plural(n, { one: `${f.number(n)} ${one}`, many: `${f.number(n)} de ${other}`, other: `${f.number(n)} ${other}` });

/** `a las 9:00`, `a la 1:00`. */
export const atTime = (time: string): string => `a ${theTime(time)}`;

/** `las 9:00`, `la 1:00`. */
export const theTime = (time: string): string => `${/^0?1\D/.test(time) ? 'la' : 'las'} ${time}`;
