/**
 * Reading records that may break their own rules: an object where a list belongs, null entries, numbers for strings.
 * Types say what R4 promises; these functions look at what is really there. None of them throws on JSON data.
 */

/** An object whose members are not trusted yet. */
export type Loose = Readonly<Record<string, unknown>>;

/** `value` when it is a JSON object (not a list, not null). */
export function recordOf(value: unknown): Loose | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : undefined;
}

/** The entries of a list without the empty ones; a single value counts as a list of one (STU3 shapes, hand-made data). */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.filter((entry) => entry !== undefined && entry !== null) : [value];
}

export function recordsOf(value: unknown): readonly Loose[] {
  return listOf(value).filter((entry): entry is Loose => recordOf(entry) !== undefined);
}

/** A string without its outer white space, or a number as text; undefined when nothing would be read. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' ? value.trim() || undefined : undefined;
}

export function textsOf(value: unknown): readonly string[] {
  return listOf(value).flatMap((entry) => textOf(entry) ?? []);
}

/** The part of a list or object typed `T` that really are objects. The cast is honest only as far as every member is read loosely. */
export function entriesOf<T extends object>(value: readonly T[] | T | undefined | null): readonly T[] {
  return recordsOf(value) as readonly unknown[] as readonly T[];
}
