/**
 * Rewriting of links between the entries of a bundle (R4 http.html, "transaction processing rules", and bundle.html, "resolving
 * references in bundles"). Replaced are references, elements of type uri, url, oid and uuid, and links in the narrative; strings and
 * canonicals that look the same are left alone.
 */
import { isObject, type JsonObject } from '../../store/tree.js';

/** A query in place of a reference: `Patient?identifier=…`. */
export const CONDITIONAL = /^[A-Z][A-Za-z]+\?.+/s;

export interface Rewriter {
  /** The new link for an old one, without `#…` and `/_history/…`; undefined to leave it. */
  resolve(link: string): string | undefined;
  /** Names of elements that hold a link. */
  links: ReadonlySet<string>;
}

const SUFFIX = /(\/_history\/[^/#]+)?(#.*)?$/;

function rewriteLink(link: string, rewriter: Rewriter): string {
  const suffix = link.includes('#') || link.includes('/_history/') ? (SUFFIX.exec(link)?.[0] ?? '') : '';
  const bare = suffix ? link.slice(0, -suffix.length) : link;
  const found = bare === '' ? undefined : rewriter.resolve(bare);
  // A version of what is written anew here does not exist: the link goes to what becomes current.
  return found === undefined ? link : found + suffix.replace(/^\/_history\/[^/#]+/, '');
}

const unescapeXml = (text: string): string =>
  text
    .replace(/&amp;/g, '&')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'");

/** `href` of links and `src` of images, the only links in a narrative. */
function rewriteNarrative(xhtml: string, rewriter: Rewriter): string {
  return xhtml.replace(/(<(?:a|img)\b[^>]*?\s(?:href|src)\s*=\s*)("|')(.*?)\2/gis, (whole, before: string, quote: string, link: string) => {
    const written = rewriteLink(unescapeXml(link), rewriter);
    return written === unescapeXml(link) ? whole : `${before}${quote}${written}${quote}`;
  });
}

/**
 * Rewrites the links in a tree, in place.
 *
 * @returns whether it holds a conditional reference, which is left for {@link referencesIn}.
 */
export function rewriteLinks(value: unknown, rewriter: Rewriter): boolean {
  let conditional = false;
  if (Array.isArray(value)) {
    for (const item of value) if (rewriteLinks(item, rewriter)) conditional = true;
    return conditional;
  }
  if (typeof value !== 'object' || value === null) return false;
  const object = value as JsonObject;
  for (const key in object) {
    const member = object[key];
    if (typeof member === 'string') {
      if (key === 'reference') {
        if (CONDITIONAL.test(member)) conditional = true;
        else object[key] = rewriteLink(member, rewriter);
      } else if (rewriter.links.has(key)) object[key] = rewriteLink(member, rewriter);
      else if (key === 'div') object[key] = rewriteNarrative(member, rewriter);
    } else if (Array.isArray(member) && rewriter.links.has(key) && member.some((item) => typeof item === 'string'))
      object[key] = member.map((item: unknown) => (typeof item === 'string' ? rewriteLink(item, rewriter) : item));
    else if (rewriteLinks(member, rewriter)) conditional = true;
  }
  return conditional;
}

/** Every Reference.reference in a tree, with the object that holds it. */
export function* referencesIn(value: unknown): Generator<{ holder: JsonObject; reference: string }> {
  if (Array.isArray(value)) for (const item of value) yield* referencesIn(item);
  else if (isObject(value))
    for (const [key, member] of Object.entries(value))
      if (key === 'reference' && typeof member === 'string') yield { holder: value, reference: member };
      else yield* referencesIn(member);
}

/** Base of a fullUrl that ends in Type/id, with its slash; undefined of any other. */
export function restBase(fullUrl: string): string | undefined {
  return /^(https?:\/\/.*\/)[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/.exec(fullUrl)?.[1];
}
