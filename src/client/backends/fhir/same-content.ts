/**
 * Whether a record that a server holds is the one that was sent, as far as servers may differ from what they are sent: they number
 * versions, write narratives, shorten decimals and dates to another spelling, make references relative, keep old tags.
 */
import { recordOf, type Loose } from '../../../models/fhir/read/loose.js';

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;

/** A reference without the base of its server and without a version, which HAPI drops. */
const bare = (reference: string, baseUrl: string): string =>
  (reference.startsWith(`${baseUrl}/`) ? reference.slice(baseUrl.length + 1) : reference).replace(/\/_history\/[^/]+$/, '');

function sameText(key: string, sent: string, stored: string, baseUrl: string): boolean {
  if (sent === stored) return true;
  // A temporary id, or a condition, was replaced by the real reference.
  if (key === 'reference') return /^urn:(?:uuid|oid):|\?/.test(sent) || bare(sent, baseUrl) === bare(stored, baseUrl);
  if (key === 'div') return readable(sent) === readable(stored);
  return MOMENT.test(sent) && MOMENT.test(stored) && Date.parse(sent) === Date.parse(stored);
}

/** A narrative, however its white space and entities are spelled. */
const readable = (div: string): string =>
  div
    .replace(/&nbsp;|&#160;|&#xa0;/gi, '\u00a0')
    .replace(/\s+/g, ' ')
    .trim();

/** Tags, security labels and profiles may have been there before and stay; what was sent must be among them. */
function sameMeta(sent: Loose | undefined, stored: Loose | undefined, baseUrl: string): boolean {
  return ['profile', 'tag', 'security'].every((key) => {
    const held = stored?.[key];
    const wanted = sent?.[key];
    return !Array.isArray(wanted) || wanted.every((one) => Array.isArray(held) && held.some((other) => same(key, one, other, baseUrl)));
  });
}

function sameNarrative(sent: unknown, stored: unknown, baseUrl: string): boolean {
  const status = recordOf(sent)?.['status'];
  return isEmpty(sent) || status === 'generated' || same('text', sent, stored, baseUrl);
}

function same(key: string, sent: unknown, stored: unknown, baseUrl: string): boolean {
  if (isEmpty(sent) && isEmpty(stored)) return true;
  if (typeof sent === 'string' && typeof stored === 'string') return sameText(key, sent, stored, baseUrl);
  if (Array.isArray(sent) && Array.isArray(stored))
    return sent.length === stored.length && sent.every((one, index) => same(key, one, stored[index], baseUrl));
  const [one, other] = [recordOf(sent), recordOf(stored)];
  if (!one || !other) return sent === stored;
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((name) => same(name, one[name], other[name], baseUrl));
}

/**
 * @param sent a resource; its id does not count, since a server gives one to what is new.
 * @param stored what the server holds.
 * @param baseUrl of the server, without a trailing slash.
 */
export function sameContent(sent: object, stored: object, baseUrl: string): boolean {
  const { id: _, meta, text, ...content } = sent as Loose;
  const { id: __, meta: heldMeta, text: heldText, ...held } = stored as Loose;
  return (
    sameMeta(meta as Loose | undefined, heldMeta as Loose | undefined, baseUrl) &&
    sameNarrative(text, heldText, baseUrl) &&
    same('', content, held, baseUrl)
  );
}
