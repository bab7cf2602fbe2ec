/** What R4 asks of contained resources (references.html#contained, rules dom-2 to dom-5). */
import type { Problem } from './inspect.js';

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** All texts in a tree that begin with #: references, canonicals and URIs to what is contained. */
function localMentions(value: unknown, found: Set<string>, depth = 0): Set<string> {
  if (typeof value === 'string') {
    if (value.charCodeAt(0) === 35) found.add(value.slice(1));
  } else if (isObject(value) && depth < 200) for (const key of Object.keys(value)) localMentions(value[key], found, depth + 1);
  return found;
}

export function containedProblems(resource: Json): Problem[] {
  const { contained } = resource;
  if (!Array.isArray(contained)) return [];
  const problems: Problem[] = [];
  const mentioned = localMentions(resource, new Set());
  const ids = new Set<unknown>();
  for (const [index, inner] of contained.entries()) {
    if (!isObject(inner)) continue;
    const report = (message: string, ...further: string[]): void =>
      void problems.push({ path: ['contained', index, ...further], code: 'invariant', message });
    const meta = isObject(inner['meta']) ? inner['meta'] : {};
    if (inner['contained'] !== undefined) report('must not contain resources itself (dom-2)', 'contained');
    if (meta['versionId'] !== undefined || meta['lastUpdated'] !== undefined)
      report('must have no version and no time of update (dom-4)', 'meta');
    if (meta['security'] !== undefined) report('must have no security label (dom-5)', 'meta', 'security');
    if (ids.has(inner['id'])) report('must have an id of its own', 'id');
    ids.add(inner['id']);
    if (!(typeof inner['id'] === 'string' && mentioned.has(inner['id'])) && !localMentions(inner, new Set()).has(''))
      report('must be referred to by #id from within the resource, or refer to it by # (dom-3)');
  }
  return problems;
}
