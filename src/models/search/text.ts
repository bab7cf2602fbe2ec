/**
 * Text as a search compares it: without case, accents, apostrophes and the many ways to write the same Arabic letter; with the
 * way back to the original, so that what matched can be shown where it stands.
 */

/** Letters that Unicode does not take apart, as people type them without. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', æ: 'ae', œ: 'oe', ı: 'i',
  // Alef without its sign, alef maqsura as ya, ta marbuta as ha: as Arabic names are typed and told.
  ٱ: 'ا', ى: 'ي', ة: 'ه', ک: 'ك', ی: 'ي',
}; // prettier-ignore
/** Not heard and often left out: apostrophes of all kinds, tatweel, signs of direction. */
const SILENT = /['’‘ʼ`´ʻ\u0640\p{Cf}]/u;
const DIGIT_ZEROS = [0x660, 0x6f0, 0x966, 0xff10];

/** Arabic, Persian, Devanagari and full-width digits as 0 to 9. */
export function asciiDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19]/g, (digit) => {
    const code = digit.charCodeAt(0);
    return String(code - DIGIT_ZEROS.find((zero) => code >= zero && code <= zero + 9)!);
  });
}

/** Stands where something was taken out of a text, so that places stay. Of Unicode's private use: nobody types it. */
export const BLANK = '\ue000';

/** What a person typed: digits as 0 to 9, one kind of comma, hyphen and space, no signs of direction. */
export function tidy(text: string): string {
  return asciiDigits(text.normalize('NFC'))
    .replace(/[\p{Cf}\p{Co}]/gu, '')
    .replace(/[،、，]/g, ',')
    .replace(/[‐‑‒–—−]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}

export interface Folded {
  text: string;
  /** For each character of `text` the place in the original that it came from. */
  from: readonly number[];
}

export function foldWithPlaces(original: string): Folded {
  let text = '';
  const from: number[] = [];
  let at = 0;
  for (const character of original) {
    const plain = foldCharacter(character);
    for (let i = 0; i < plain.length; i++) from.push(at);
    text += plain;
    at += character.length;
  }
  return { text, from };
}

const ASCII = /^[\x20-\x7e]*$/;

export function fold(text: string): string {
  // Most names: twenty times faster than going through their characters.
  return ASCII.test(text)
    ? text
        .toLowerCase()
        .replace(/['`]/g, '')
        .replace(/[-.,/]/g, ' ')
    : foldWithPlaces(text).text;
}

function foldCharacter(character: string): string {
  if (SILENT.test(character)) return '';
  if (/[\s\-.,/·]/.test(character)) return ' ';
  const plain = asciiDigits(character).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return LETTERS[plain] ?? plain;
}

/** The words of a folded text. */
export function wordsOf(folded: string): string[] {
  return folded.split(' ').filter((word) => word !== '');
}

/** Letters and digits only, as numbers of people are compared: `2950 64117 1 / 2` is `29506411712`. */
export function bareNumber(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}]/gu, '');
}

/** One stretch of a text, matched or not. Joined they are the text. */
export interface Segment {
  text: string;
  hit: boolean;
}

/** Marks where words of `text` begin with one of the folded `needles`. */
export function markWords(text: string, needles: readonly string[]): Segment[] {
  const folded = foldWithPlaces(text);
  const ranges: [number, number][] = [];
  for (const needle of needles) {
    if (needle === '') continue;
    for (let at = folded.text.indexOf(needle); at >= 0; at = folded.text.indexOf(needle, at + 1)) {
      if (at === 0 || folded.text[at - 1] === ' ' || isIdeographic(needle)) ranges.push([at, at + needle.length]);
    }
  }
  return cut(text, folded, ranges);
}

/** Marks the letters and digits of `needle` in a number, whatever signs stand between them. */
export function markNumber(text: string, needle: string): Segment[] {
  const folded = foldWithPlaces(text);
  const kept = [...folded.text].flatMap((character, i) => (/[\p{L}\p{N}]/u.test(character) ? [i] : []));
  const at =
    needle === ''
      ? -1
      : kept
          .map((i) => folded.text[i])
          .join('')
          .indexOf(needle);
  return cut(text, folded, at < 0 ? [] : [[kept[at]!, kept[at + needle.length - 1]! + 1]]);
}

function cut(text: string, { from }: Folded, ranges: readonly [number, number][]): Segment[] {
  if (text === '') return [];
  const hits = new Uint8Array(text.length);
  for (const [start, end] of ranges) hits.fill(1, from[start]!, from[end] ?? text.length);
  const segments: Segment[] = [];
  for (let i = 0, start = 0; i < text.length; i++) {
    if (i + 1 < text.length && hits[i + 1] === hits[start]) continue;
    segments.push({ text: text.slice(start, i + 1), hit: hits[start] === 1 });
    start = i + 1;
  }
  return segments;
}

/** Written without spaces between words: a name may begin anywhere. */
export function isIdeographic(text: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(text);
}
