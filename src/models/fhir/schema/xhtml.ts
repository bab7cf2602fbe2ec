/**
 * Narrative, as R4 allows it (narrative.html, rules txt-1 and txt-2): one well-formed <div> in the XHTML namespace, of basic
 * formatting, tables, lists, links and images, with something in it; no active content. A scanner, not a parser for display:
 * whoever shows narrative still sanitizes it.
 */
const NAMESPACE = 'http://www.w3.org/1999/xhtml';

/** Elements of HTML 4.0 chapters 7 to 11 (without 9.4) and 15, with `a` and `img`. */
const ELEMENTS = new Set(
  (
    'a abbr acronym address b bdo big blockquote br caption center cite code col colgroup dd dfn div dl dt em font h1 h2 h3 h4 h5 h6 hr i img ins ' +
    'del kbd li map area ol p pre q s samp small span strike strong sub sup table tbody td tfoot th thead tr tt u ul var'
  ).split(' '),
);

const FAMILIAR = /^(?:script|style|svg|iframe|object|form)$/;
/** Their attributes, for all elements alike. */
const ATTRIBUTES = new Set(
  (
    'title style class id lang xml:lang xml:space dir accesskey tabindex span align valign char charoff width height border cellpadding ' +
    'cellspacing frame rules summary abbr axis headers scope rowspan colspan nowrap bgcolor color face size name href hreflang charset rel rev ' +
    'type src alt longdesc ismap usemap shape coords nohref cite datetime clear compact noshade start value hspace vspace'
  ).split(' '),
);
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
// One step of the scan: a comment, a tag, a run of text, or (nothing matching) a fault.
const STEP = /<!--(?:(?!--)[^])*-->|<(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^<"]*"|'[^<']*'))*)\s*(\/?)>|[^<]+/y;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const BAD_ENTITY = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)/;
/** A scheme that runs something, after the characters that browsers skip and the escapes that hide it. */
const ACTIVE = /^(?:javascript|vbscript|data:text\/html)/i;
// oxlint-disable-next-line no-control-regex
const SKIPPED = /[\u0000-\u0020]+/g;

const decoded = (value: string): string =>
  value.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (_, hex: string | undefined, decimal: string | undefined) => {
    const point = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return point > 0 && point < 0x110000 ? String.fromCodePoint(point) : ' ';
  });

function wrongAttributes(text: string, element: string): string | undefined {
  const seen = new Set<string>();
  for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE)) {
    const value = double ?? single ?? '';
    if (seen.has(name)) return `has the same attribute twice in <${element}>`;
    seen.add(name);
    if (/^on/i.test(name)) return 'has an event handler';
    if (BAD_ENTITY.test(value)) return 'has an entity that XML does not know, or a bare &';
    if ((name === 'href' || name === 'src' || name === 'cite') && ACTIVE.test(decoded(value).replace(SKIPPED, '')))
      return 'has a link to a script';
    if (!ATTRIBUTES.has(name) && !/^xmlns(?::|$)/.test(name)) return `has an attribute that narrative does not allow in <${element}>`;
  }
  return undefined;
}

/** What is wrong with a narrative's div, in plain words; undefined when nothing is. */
export function wrongNarrative(source: string): string | undefined {
  if (FORBIDDEN.test(source)) return 'has a character that XML does not allow';
  // <h:div xmlns:h="…">: the same to XML.
  const prefix = /^\s*<([\w-]+:)div\s/.exec(source)?.[1] ?? '';
  const open: string[] = [];
  let content = false;
  let ended = false;
  let position = 0;
  while (position < source.length) {
    STEP.lastIndex = position;
    const step = STEP.exec(source);
    if (!step) return 'must be well-formed XHTML: a tag is broken';
    position = STEP.lastIndex;
    const [all, closing, name, attributes = '', selfClosing] = step;
    if (name === undefined) {
      if (all.startsWith('<!--')) continue;
      if (BAD_ENTITY.test(all)) return 'has an entity that XML does not know, or a bare &';
      const blank = all.trim() === '';
      if (open.length === 0 && !blank) return 'must be one <div>';
      content ||= !blank;
    } else if (closing) {
      if (open.pop() !== name) return 'must be well-formed XHTML: a closing tag does not match';
      ended = open.length === 0;
    } else {
      const wrong = wrongTag(name, attributes, open.length === 0, prefix);
      if (wrong) return wrong;
      if (ended) return 'must be one <div>';
      content ||= name === `${prefix}img`;
      if (selfClosing) ended = open.length === 0;
      else open.push(name);
    }
  }
  if (!ended) return 'must be well-formed XHTML: a tag is not closed';
  return content ? undefined : 'must have text or an image';
}

function wrongTag(qualified: string, attributes: string, root: boolean, prefix: string): string | undefined {
  const name = qualified.startsWith(prefix) ? qualified.slice(prefix.length) : qualified;
  if (root && name !== 'div') return 'must be a <div>';
  // Only a name of HTML's own is repeated: a mistyped < could make one of what a record says.
  if (!ELEMENTS.has(name)) return `has an element that narrative does not allow${FAMILIAR.test(name) ? `: <${name}>` : ''}`;
  const declared = new RegExp(`\\sxmlns${prefix && `:${prefix.slice(0, -1)}`}\\s*=\\s*["']([^"']*)["']`).exec(attributes)?.[1];
  if (declared === undefined ? root : declared !== NAMESPACE) return `must be in the namespace ${NAMESPACE}`;
  return attributes ? wrongAttributes(attributes, name) : undefined;
}
