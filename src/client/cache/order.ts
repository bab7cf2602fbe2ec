/** Which of two versions of a record is the later one, as far as that can be told. */
import type { Resource } from '../../models/fhir/index.js';

const NUMBER = /^\d{1,15}$/;

/** Version id of a record; undefined also where a server sent something else in its place. */
export function versionIn({ meta }: Resource): string | undefined {
  const version: unknown = meta?.versionId;
  return typeof version === 'string' ? version : undefined;
}

function timeOf({ meta }: Resource): number {
  const time: unknown = meta?.lastUpdated;
  return typeof time === 'string' ? Date.parse(time) : NaN;
}

/** Whether version id `a` counts up from `b`; undefined unless both are numbers. */
export function isHigher(a: string | undefined, b: string | undefined): boolean | undefined {
  return a !== undefined && b !== undefined && NUMBER.test(a) && NUMBER.test(b) ? Number(a) > Number(b) : undefined;
}

/**
 * Whether `a` is a later version than `b`; undefined where that cannot be told. R4 says nothing of the order of version ids
 * (resource.html, Meta): where both are numbers, as on most servers, they count up; else `meta.lastUpdated` decides. A lower number
 * with a later time is a server that was set up anew.
 */
export function isLater(a: Resource, b: Resource): boolean | undefined {
  const higher = isHigher(versionIn(a), versionIn(b));
  const later = timeOf(a) > timeOf(b);
  if (higher !== undefined && versionIn(a) !== versionIn(b)) return higher || later;
  return later || (timeOf(a) < timeOf(b) ? false : undefined);
}
