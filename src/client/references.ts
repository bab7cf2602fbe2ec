/** Literal references of R4 ("references"): `Patient/p1`, `http://host/fhir/Patient/p1`, either with `/_history/v`. */

const LITERAL = /^(?:(.+)\/)?([A-Z][A-Za-z]+)\/([^/?#|]+)(?:\/_history\/[^/]+)?$/;

/** Compares bases without scheme and trailing slash: a server behind a proxy often says http where it is asked by https. */
const sameBase = (a: string, b: string): boolean => {
  const bare = (url: string): string => url.replace(/^https?:/i, '').replace(/\/+$/, '');
  return bare(a) === bare(b);
};

/** `Type/id` of a reference to a record of the server at `baseUrl`, without its version; undefined for any other reference. */
export function localReference(reference: unknown, baseUrl: string): `${string}/${string}` | undefined {
  const match = typeof reference === 'string' ? LITERAL.exec(reference) : null;
  return match && (match[1] === undefined || sameBase(match[1], baseUrl)) ? `${match[2]!}/${match[3]!}` : undefined;
}
