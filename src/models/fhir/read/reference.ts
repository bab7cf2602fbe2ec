/**
 * References: what they name, whether two name the same record, and finding the record. R4 references, and Bundle
 * "Resolving references in Bundles".
 */
import { entriesOf, recordOf, recordsOf, textOf, type Loose } from './loose.js';
import type { Identifier, Reference } from '../generated/types/index.js';

/** What a reference says, by its form. `version` is set for `…/_history/2`. */
export type ParsedReference =
  | { kind: 'relative'; type: string; id: string; version: string | undefined }
  /** `type` and `id` only where the URL ends as a FHIR server's do; `base` is what stands before them. */
  | {
      kind: 'absolute';
      url: string;
      base: string | undefined;
      type: string | undefined;
      id: string | undefined;
      version: string | undefined;
    }
  /** `#p1`; the id is empty for `#`, the containing resource itself. */
  | { kind: 'contained'; id: string }
  | { kind: 'urn'; urn: string; scheme: 'uuid' | 'oid' | 'other'; value: string }
  | { kind: 'canonical'; url: string; version: string; fragment: string | undefined }
  /** `Patient?identifier=…`, in a transaction. */
  | { kind: 'conditional'; type: string; query: string }
  /** No literal reference, but an identifier of the record meant. */
  | { kind: 'identifier'; identifier: Identifier; type: string | undefined }
  /** Only words. */
  | { kind: 'display'; display: string }
  /** A literal reference that has no form of FHIR's, such as a bare id. */
  | { kind: 'other'; text: string };

const RESTFUL = /^(?:(.*)\/)?([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/([A-Za-z0-9.-]{1,64}))?$/;
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;

function parseLiteral(text: string): ParsedReference {
  if (text.startsWith('#')) return { kind: 'contained', id: text.slice(1) };
  if (/^urn:/i.test(text)) {
    const [, scheme, value] = /^urn:(uuid|oid):(.*)$/i.exec(text) ?? [];
    if (scheme === undefined || value === undefined) return { kind: 'urn', urn: text, scheme: 'other', value: text.slice(4) };
    return scheme.toLowerCase() === 'uuid'
      ? { kind: 'urn', urn: text, scheme: 'uuid', value: value.toLowerCase() }
      : { kind: 'urn', urn: text, scheme: 'oid', value };
  }
  const absolute = SCHEME.test(text);
  const canonical = absolute && !text.includes('?') ? parseCanonical(text) : undefined;
  if (canonical?.version !== undefined)
    return { kind: 'canonical', url: canonical.url, version: canonical.version, fragment: canonical.fragment };
  const conditional = /^([A-Z][A-Za-z]+)\?(.+)$/.exec(text);
  if (conditional) return { kind: 'conditional', type: conditional[1] ?? '', query: conditional[2] ?? '' };
  const [, base, type, id, version] = RESTFUL.exec(text) ?? [];
  if (absolute) return { kind: 'absolute', url: text, base, type, id, version };
  return type !== undefined && id !== undefined && (base === undefined || base === '')
    ? { kind: 'relative', type, id, version }
    : { kind: 'other', text };
}

/** Reads a Reference, or its literal text. Undefined when it says nothing at all. */
export function parseReference(reference: Reference | string | undefined | null): ParsedReference | undefined {
  if (typeof reference === 'string') return reference.trim() ? parseLiteral(reference.trim()) : undefined;
  const literal = textOf(reference?.reference);
  if (literal !== undefined) return parseLiteral(literal);
  const identifier = recordOf(reference?.identifier) as Identifier | undefined;
  if (identifier && textOf(identifier.value) !== undefined) return { kind: 'identifier', identifier, type: textOf(reference?.type) };
  const display = textOf(reference?.display);
  return display === undefined ? undefined : { kind: 'display', display };
}

/** A canonical URL's parts: `http://…/ValueSet/x|4.0.1#fragment`. */
export function parseCanonical(canonical: string): { url: string; version: string | undefined; fragment: string | undefined } {
  const [, url = canonical, version, fragment] = /^([^|#]*)(?:\|([^#]*))?(?:#(.*))?$/.exec(canonical.trim()) ?? [];
  return { url, version: version || undefined, fragment: fragment || undefined };
}

/** The type of resource meant: from the literal, else from `Reference.type`. */
export function referenceType(reference: Reference | string | undefined | null): string | undefined {
  const parsed = parseReference(reference);
  const type = parsed && 'type' in parsed ? parsed.type : undefined;
  return type ?? (typeof reference === 'object' ? textOf(reference?.type) : undefined);
}

/** The logical id meant, of a relative or absolute reference. */
export function referenceId(reference: Reference | string | undefined | null): string | undefined {
  const parsed = parseReference(reference);
  return parsed?.kind === 'relative' || parsed?.kind === 'absolute' ? parsed.id : undefined;
}

/** The words of a reference: its display, else those of its identifier. */
export function referenceText(reference: Reference | undefined | null): string | undefined {
  return textOf(reference?.display) ?? textOf(recordOf(reference?.identifier)?.['value']);
}

function trimBase(base: string | undefined): string | undefined {
  return base?.replace(/\/+$/, '');
}

/** One text for one record, versions left out: `Type/id` under `base`, else the absolute URL or the urn. */
function keyOf(parsed: ParsedReference | undefined, base: string | undefined): string | undefined {
  switch (parsed?.kind) {
    case 'relative':
      return `${parsed.type}/${parsed.id}`;
    case 'absolute':
      if (parsed.type === undefined) return parsed.url;
      return trimBase(parsed.base) === trimBase(base) ? `${parsed.type}/${parsed.id}` : `${parsed.base}/${parsed.type}/${parsed.id}`;
    case 'urn':
      return parsed.scheme === 'other' ? parsed.urn : `urn:${parsed.scheme}:${parsed.value}`;
    case 'canonical':
      return `${parsed.url}|${parsed.version}`;
    default:
      return undefined;
  }
}

export interface SameReferenceOptions {
  /** The server's base, under which relative and absolute references meet. */
  base?: string | undefined;
  /** Set when both stand in the same containing resource, else `#a` and `#a` may be different records. */
  sameContainer?: boolean | undefined;
}

/**
 * Whether two references surely name the same record. Versions do not count. An identifier names the same record only as
 * the same system and value, and only where neither has a literal reference; words alone never do.
 */
export function sameReference(
  a: Reference | string | undefined | null,
  b: Reference | string | undefined | null,
  options: SameReferenceOptions = {},
): boolean {
  const left = parseReference(a);
  const right = parseReference(b);
  if (!left || !right) return false;
  if (left.kind === 'contained' && right.kind === 'contained') return options.sameContainer === true && left.id === right.id;
  if (left.kind === 'identifier' && right.kind === 'identifier') {
    const [x, y] = [left.identifier, right.identifier];
    return textOf(x.value) === textOf(y.value) && textOf(x.system) !== undefined && textOf(x.system) === textOf(y.system);
  }
  const key = keyOf(left, options.base);
  return key !== undefined && key === keyOf(right, options.base);
}

interface Held {
  fullUrl: string | undefined;
  resource: Loose;
}

/** Finds what a reference names among records at hand. */
export interface ReferenceResolver {
  /**
   * @param from the resource that holds the reference: its contained resources are looked through for `#id`, and the base of
   *   its own entry in the bundle completes a relative reference.
   * @returns the resource; undefined when it isn't here, or when more than one could be meant.
   */
  resolve(reference: Reference | string | undefined | null, from?: object): Loose | undefined;
}

/**
 * Indexes a Bundle (or a plain list of resources) for {@link ReferenceResolver.resolve}. R4: an absolute reference or urn is
 * looked for among the fullUrls; a relative one is completed by the base of the entry it stands in. A relative one in an
 * entry with a urn or without a fullUrl has no base; then the type and id decide, if just one resource has them.
 *
 * @param base the server's base for entries without a fullUrl.
 */
export function createResolver(bundle: unknown, base?: string): ReferenceResolver {
  const held = heldResources(bundle, base);
  const byUrl = new Map<string, Held[]>();
  const byId = new Map<string, Held[]>();
  const urlOf = new Map<object, string>();
  for (const entry of held) {
    const { fullUrl, resource } = entry;
    if (fullUrl !== undefined) {
      append(byUrl, keyOf(parseReference(fullUrl), undefined) ?? fullUrl, entry);
      urlOf.set(resource, fullUrl);
    }
    append(byId, `${textOf(resource['resourceType'])}/${textOf(resource['id'])}`, entry);
  }
  return {
    resolve(reference, from) {
      const parsed = parseReference(reference);
      if (!parsed) return undefined;
      if (parsed.kind === 'contained') return containedIn(from, parsed.id);
      const version = parsed.kind === 'relative' || parsed.kind === 'absolute' ? parsed.version : undefined;
      if (parsed.kind !== 'relative') return pick(byUrl.get(keyOf(parsed, undefined) ?? ''), version);
      const own = from && urlOf.get(from);
      const parsedOwn = parseReference(own);
      const ownBase = (parsedOwn?.kind === 'absolute' ? parsedOwn.base : undefined) ?? trimBase(base);
      const completed = ownBase === undefined ? undefined : byUrl.get(`${ownBase}/${parsed.type}/${parsed.id}`);
      return pick(completed, version) ?? pick(byId.get(`${parsed.type}/${parsed.id}`), version);
    },
  };
}

function append(map: Map<string, Held[]>, key: string, entry: Held): void {
  const list = map.get(key);
  if (list) list.push(entry);
  else map.set(key, [entry]);
}

function heldResources(bundle: unknown, base: string | undefined): readonly Held[] {
  const entries = recordOf(bundle)?.['entry'];
  const list = entries === undefined ? recordsOf(bundle).map((resource) => ({ resource })) : recordsOf(entries);
  return list.flatMap((entry: Loose): Held[] => {
    const resource = recordOf(entry['resource']);
    if (!resource) return [];
    const [type, id] = [textOf(resource['resourceType']), textOf(resource['id'])];
    const own = base !== undefined && type !== undefined && id !== undefined ? `${trimBase(base)}/${type}/${id}` : undefined;
    return [{ fullUrl: textOf(entry['fullUrl']) ?? own, resource }];
  });
}

/** Of several versions of a record the one asked for, else the only one. */
function pick(found: readonly Held[] | undefined, version: string | undefined): Loose | undefined {
  const fits =
    version === undefined
      ? (found ?? [])
      : (found ?? []).filter(({ resource }) => textOf(recordOf(resource['meta'])?.['versionId']) === version);
  const first = fits[0]?.resource;
  return fits.every(({ resource }) => resource === first) ? first : undefined;
}

function containedIn(container: unknown, id: string): Loose | undefined {
  const holder = recordOf(container);
  if (id === '') return holder;
  return entriesOf(holder?.['contained'] as Loose[] | undefined).find((resource) => textOf(resource['id'])?.replace(/^#/, '') === id);
}
