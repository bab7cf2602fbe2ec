/**
 * UCUM codes as they are printed on a report. The print symbols are those of UCUM's own tables (ucum.org, "print symbol"),
 * where clinicians print otherwise (`a` for a year, `{score}`) what they print. What is not known is shown as it is.
 */
const ATOMS: Readonly<Record<string, string>> = {
  '1': '',
  '%': '%',
  a: 'y',
  Cel: '°C',
  '[degF]': '°F',
  deg: '°',
  'm[Hg]': 'mHg',
  'm[H2O]': 'mH₂O',
  '[IU]': 'IU',
  '[iU]': 'IU',
  '[arb\'U]': 'arb. U', // prettier-ignore
  '[CFU]': 'CFU',
  '[HPF]': 'HPF',
  '[LPF]': 'LPF',
  '[pH]': 'pH',
  '[ppm]': 'ppm',
  '[ppb]': 'ppb',
  '[in_i]': 'in',
  '[ft_i]': 'ft',
  '[lb_av]': 'lb',
  '[oz_av]': 'oz',
  '[foz_us]': 'fl oz',
  '[tbs_us]': 'tbsp',
  '[tsp_us]': 'tsp',
  '[pt_us]': 'pint',
  '[cup_us]': 'cup',
  '[drp]': 'drop',
  '[diop]': 'D',
  eq: 'Eq',
  osm: 'Osm',
  l: 'L',
};

/** Atoms that take a prefix and print as they are written. */
const METRIC = new Set([
  'g',
  'mol',
  'L',
  'm',
  's',
  'U',
  'kat',
  'Pa',
  'J',
  'W',
  'V',
  'A',
  'Hz',
  'N',
  'Sv',
  'Gy',
  'Bq',
  'S',
  'cal',
  't',
  'K',
  'bar',
  'lm',
  'Ohm',
]);
const PLAIN = new Set(['min', 'h', 'd', 'wk', 'mo', 'B', 'bit', 'By']);
const PREFIXABLE = new Set(['m[Hg]', 'm[H2O]', '[IU]', '[iU]', 'eq', 'osm', 'l']);
const PREFIX = /^(?:da|[YZEPTGMkhdcmunpfazy])/;
const SUPERSCRIPT: Readonly<Record<string, string>> = {
  '-': '⁻',
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
};

function raised(digits: string): string {
  return [...digits].map((digit) => SUPERSCRIPT[digit] ?? digit).join('');
}

function atomText(atom: string): string | undefined {
  if (Object.hasOwn(ATOMS, atom)) return ATOMS[atom];
  if (METRIC.has(atom) || PLAIN.has(atom)) return atom;
  const prefix = PREFIX.exec(atom)?.[0] ?? '';
  const rest = atom.slice(prefix.length);
  if (prefix === '' || !(METRIC.has(rest) || PREFIXABLE.has(rest))) return undefined;
  return (prefix === 'u' ? 'µ' : prefix) + (ATOMS[rest] ?? rest);
}

/** `{1.73_m2}` reads `1.73 m²`, `{score}` reads `score`. */
function annotationText(annotation: string): string {
  return annotation.replaceAll('_', ' ').replace(/\bm([23])\b/g, (_, digit: string) => `m${raised(digit)}`);
}

/** One factor of a unit: an atom with an exponent, a power of ten, a number, each with an annotation perhaps. */
function factorText(factor: string): string | undefined {
  const [, code = '', annotation] = /^([^{}]*)(?:\{([^{}]*)\})?$/.exec(factor) ?? [undefined, factor];
  const note = annotation === undefined ? '' : annotationText(annotation);
  if (code === '' || code === '1') return note;
  const power = /^10[*^]([+-]?\d+)$/.exec(code);
  const [, atom = code, exponent = ''] = /^(.*?[A-Za-z\]%])([+-]?\d+)?$/.exec(code) ?? [];
  const text = power ? `×10${raised((power[1] ?? '').replace('+', ''))}` : /^\d+$/.test(code) ? code : atomText(atom);
  if (text === undefined) return undefined;
  return [text + (power ? '' : raised(exponent.replace('+', ''))), note].filter((part) => part !== '').join(' ');
}

/** Splits at `.` and `/` outside annotations and brackets, keeping the marks. */
const MARKS = /(?<![[{][^\]}]*)([./])/;

/** A UCUM code as printed: `mm[Hg]` mmHg, `10*9/L` ×10⁹/L, `ug/L` µg/L, `mL/min/{1.73_m2}` mL/min/1.73 m². A code that isn't understood comes back as it is. */
export function unitText(code: string): string {
  const parts = code.trim().split(MARKS);
  let text = '';
  for (const [i, part] of parts.entries()) {
    if (i % 2 === 1) text += part === '.' ? '·' : '/';
    else {
      const factor = part === '' && i === 0 ? '' : factorText(part);
      if (factor === undefined) return code;
      text += factor;
    }
  }
  return text;
}

/** Whether text that stands as a unit is really a UCUM code by its brackets, braces or powers. */
export function looksLikeUcum(text: string): boolean {
  return /[[\]{}]|10[*^]/.test(text);
}
