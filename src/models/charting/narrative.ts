/**
 * Plain words of a narrative (`text.div`, XHTML that somebody else wrote). Nothing here builds a DOM and nothing it returns is
 * markup: tags are dropped, entities become characters, and the caller shows the result as text. Used only where a record has
 * no coded words of its own; showing narratives as they were laid out is a later issue.
 */
import { recordOf } from '../fhir/index.js';

/** Longest narrative that is read; what is beyond it is said to be cut. */
const MOST = 200_000;

const NAMED: Readonly<Record<string, string>> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', copy: '©', reg: '®', trade: '™', deg: '°', micro: 'µ', plusmn: '±',
  times: '×', divide: '÷', le: '≤', ge: '≥', ne: '≠', ndash: '–', mdash: '—', hellip: '…', bull: '•', middot: '·', laquo: '«', raquo: '»',
  lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', sup2: '²', sup3: '³', frac12: '½', frac14: '¼', frac34: '¾', alpha: 'α', beta: 'β',
  gamma: 'γ', mu: 'μ', euro: '€', pound: '£', eacute: 'é', egrave: 'è', agrave: 'à', ccedil: 'ç', ouml: 'ö', uuml: 'ü', auml: 'ä',
  ntilde: 'ñ', oacute: 'ó', aacute: 'á', iacute: 'í', szlig: 'ß',
}; // prettier-ignore

/** Content of these is never words for a reader. */
const SILENT = new Set(['script', 'style', 'template', 'head', 'title', 'noscript', 'svg', 'math']);
const BLOCK = new Set(
  'address article aside blockquote br caption dd div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section table tbody tfoot thead tr ul'.split(
    ' ',
  ),
);
const CELL = new Set(['td', 'th']);

function decoded(entity: string, body: string): string {
  if (body.startsWith('#')) {
    const code = /^#[xX]/.test(body) ? Number.parseInt(body.slice(2), 16) : Number.parseInt(body.slice(1), 10);
    // Surrogates, control characters and what lies beyond Unicode are no characters.
    const valid =
      Number.isInteger(code) &&
      code <= 0x10ffff &&
      (code >= 0x20 || code === 9 || code === 10 || code === 13) &&
      !(code >= 0xd800 && code <= 0xdfff);
    return valid ? String.fromCodePoint(code) : '\ufffd';
  }
  return Object.hasOwn(NAMED, body) ? (NAMED[body] ?? entity) : entity;
}

const ENTITY = /&(#[xX][0-9a-fA-F]{1,8}|#\d{1,9}|[A-Za-z][A-Za-z0-9]{1,31});/g;

/** One pass: `&amp;lt;` becomes `&lt;`, never `<`. */
function decodeEntities(text: string): string {
  return text.replace(ENTITY, decoded);
}

/** Where the tag that starts at `at` ends, with quoted attribute values skipped (they may hold `>`). */
function tagEnd(html: string, at: number): number {
  let quote = '';
  for (let i = at + 1; i < html.length; i++) {
    const char = html[i];
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '>') return i;
  }
  return -1;
}

/** The words of XHTML, a line for each block. Never throws; white space is collapsed, and control and bidi-override characters go. */
export function plainText(html: string): string {
  const source = html.slice(0, MOST);
  let out = '';
  let at = 0;
  while (at < source.length) {
    const open = source.indexOf('<', at);
    out += decodeEntities(source.slice(at, open < 0 ? undefined : open).replace(/\s+/g, ' '));
    if (open < 0) break;
    if (source.startsWith('<!--', open)) {
      const end = source.indexOf('-->', open + 4);
      at = end < 0 ? source.length : end + 3;
      continue;
    }
    if (source.startsWith('<![CDATA[', open)) {
      const end = source.indexOf(']]>', open);
      out += source.slice(open + 9, end < 0 ? undefined : end);
      at = end < 0 ? source.length : end + 3;
      continue;
    }
    const [, closing, name] = /^<(\/?)([A-Za-z][A-Za-z0-9:-]*)/.exec(source.slice(open, open + 40)) ?? [];
    if (name === undefined && !/^<[!?/]/.test(source.slice(open, open + 2))) {
      // A lone "<" ("BP < 90"), which broken narratives hold: it is text.
      out += '<';
      at = open + 1;
      continue;
    }
    const end = tagEnd(source, open);
    at = end < 0 ? source.length : end + 1;
    const tag = (name ?? '').toLowerCase();
    if (closing === '' && SILENT.has(tag) && source[end - 1] !== '/') at = afterElement(source, tag, at);
    else if (tag === 'li' && closing === '') out += '\n• ';
    else if (BLOCK.has(tag)) out += '\n';
    else if (CELL.has(tag) && closing !== '') out += '\t';
  }
  const text = tidy(out);
  return html.length > MOST ? `${text} …` : text;
}

function afterElement(source: string, tag: string, from: number): number {
  const close = new RegExp(`</${tag}\\s*>`, 'i').exec(source.slice(from));
  return close ? from + close.index + close[0].length : source.length;
}

/* oxlint-disable no-control-regex -- these are the characters to be taken out */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069\ufeff]/g;
/* oxlint-enable no-control-regex */

function tidy(text: string): string {
  return text
    .replace(CONTROLS, '')
    .split('\n')
    .map((line) =>
      line
        .replace(/[ \u00a0]*\t[ \u00a0\t]*/g, ' · ')
        .replace(/[ \u00a0]+/g, ' ')
        .replace(/^[ ·]+|[ ·]+$/g, ''),
    )
    .filter((line) => line !== '' && line !== '•')
    .join('\n');
}

/** The words of a resource's (or Composition section's) narrative; undefined when it has none or it is empty. */
export function narrativeText(holder: unknown): string | undefined {
  const div = recordOf(recordOf(holder)?.['text'])?.['div'];
  return typeof div === 'string' ? plainText(div) || undefined : undefined;
}
