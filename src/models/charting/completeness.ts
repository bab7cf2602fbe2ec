/**
 * What keeps an entry from being taken at face value. Each caution is shown on the entry itself; an entry with a modifier that
 * carelet does not know is never drawn as a plain one (R4, Extensibility: an unknown modifierExtension may negate it).
 */
import { recordOf, recordsOf, textOf, type Loose } from '../fhir/index.js';

export type Caution =
  /** modifierExtension somewhere in the entry, by URL. */
  | { code: 'modifier'; urls: readonly string[] }
  /** meta-level rules that carelet does not know (R4, Resource.implicitRules). */
  | { code: 'implicit-rules'; url: string }
  /** A status that R4 requires is missing, or is none of R4's codes; `written` is what stands there. */
  | { code: 'status-missing' }
  | { code: 'status-unknown'; written: string }
  | { code: 'verification-unknown'; written: string }
  /** It is marked as going on, yet an end is recorded. */
  | { code: 'ended' }
  /** References into the entry itself that lead nowhere. */
  | { code: 'unresolved'; references: readonly string[] }
  /** Nothing coded and no words but a narrative. */
  | { code: 'narrative-only' }
  /** The embedded store marked it on import: it is no valid R4, and is shown as it stands. */
  | { code: 'not-valid' }
  /** Shaped as an older FHIR version has it; read all the same. */
  | { code: 'other-version' }
  /** Code and words of the entry do not say the same. */
  | { code: 'words-differ'; written: string }
  /** "No known …" that carries a reaction, or the like. */
  | { code: 'contradicts-itself' };
export type CautionCode = Caution['code'];

/** Cautions that say: do not act on what is drawn here before reading the original. */
const GRAVE: readonly CautionCode[] = ['modifier', 'implicit-rules', 'contradicts-itself', 'words-differ'];

export function isGrave(cautions: readonly Caution[]): boolean {
  return cautions.some(({ code }) => GRAVE.includes(code));
}

const DEEPEST = 60;

/** Walks plain JSON; `visit` sees each member with its key. Nesting beyond what FHIR ever has is left alone. */
function walk(value: unknown, visit: (key: string, member: unknown) => void, depth = 0): void {
  if (depth > DEEPEST || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit, depth + 1);
    return;
  }
  for (const [key, member] of Object.entries(value)) {
    visit(key, member);
    walk(member, visit, depth + 1);
  }
}

/** URLs of every modifierExtension in a resource, contained ones included. One without a URL reads `(no URL)`. */
export function modifierUrls(resource: unknown): string[] {
  const urls = new Set<string>();
  walk(resource, (key, member) => {
    if (key === 'modifierExtension') for (const extension of recordsOf(member)) urls.add(textOf(extension['url']) ?? '(no URL)');
  });
  return [...urls];
}

/** `#id` references that name nothing in `contained`. */
export function danglingContained(resource: unknown): string[] {
  const held = new Set(recordsOf(recordOf(resource)?.['contained']).flatMap((one) => textOf(one['id'])?.replace(/^#/, '') ?? []));
  const missing = new Set<string>();
  walk(resource, (key, member) => {
    if (key === 'reference' && typeof member === 'string' && /^#./.test(member) && !held.has(member.slice(1))) missing.add(member);
  });
  return [...missing];
}

/** The tag under which the embedded backend serves what came in by the import door although it is not valid R4. */
function isMarkedInvalid(resource: Loose): boolean {
  return recordsOf(recordOf(resource['meta'])?.['tag']).some((tag) => tag['system'] === 'urn:carelet:import' && tag['code'] === 'invalid');
}

/** The cautions that any entry may need. `also` are records drawn as part of it, such as its Medication. */
export function cautionsOf(resource: Loose, also: readonly Loose[] = []): Caution[] {
  const cautions: Caution[] = [];
  const urls = [...new Set([resource, ...also].flatMap(modifierUrls))];
  if (urls.length > 0) cautions.push({ code: 'modifier', urls });
  const rules = [resource, ...also].map((record) => textOf(record['implicitRules'])).find((url) => url !== undefined);
  if (rules !== undefined) cautions.push({ code: 'implicit-rules', url: rules });
  if (isMarkedInvalid(resource)) cautions.push({ code: 'not-valid' });
  const references = danglingContained(resource);
  if (references.length > 0) cautions.push({ code: 'unresolved', references });
  return cautions;
}
