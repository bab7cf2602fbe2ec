import type { Resource, ResourceMap } from '../../../src/models/fhir/index.js';

export function entriesOfType<T extends keyof ResourceMap>(resources: readonly Resource[], type: T): ResourceMap[T][] {
  return resources.filter((resource): resource is ResourceMap[T] & Resource => resource.resourceType === type);
}

/** Every literal reference within a resource. */
export function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  const own = (value as { reference?: unknown }).reference;
  return [...(typeof own === 'string' ? [own] : []), ...Object.values(value).flatMap(referencesIn)];
}

/** Whole cents of an amount, refusing what is none. */
export function cents(value: number | undefined): number {
  const whole = Math.round((value ?? NaN) * 100);
  if (!Number.isInteger(whole) || Math.abs(whole / 100 - (value ?? NaN)) > 1e-9) throw new RangeError(`${value} is no amount in cents`);
  return whole;
}

export function groupBy<T, K>(list: Iterable<T>, key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of list) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
