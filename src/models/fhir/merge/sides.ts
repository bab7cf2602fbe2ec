import type { Side } from './rows.js';

/** One of something for each version. */
export type Sides<T> = Readonly<Record<Side, T>>;

export const sides = <T>(of: (side: Side) => T): Sides<T> => ({ base: of('base'), mine: of('mine'), theirs: of('theirs') });

/** A member of the object itself, never of its prototype. */
export const own = (object: object | undefined, key: string | number): unknown =>
  object !== undefined && Object.hasOwn(object, key) ? (object as Record<string | number, unknown>)[key] : undefined;

export const present = <T>(values: readonly (T | undefined)[]): T[] => values.filter((value) => value !== undefined);

/** Sets a member, whatever its name: assigned, `__proto__` would be no member. */
export function put(object: object, key: string | number, value: unknown): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}
