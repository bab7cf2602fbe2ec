/** R4's invariants of severity error, as pure functions. They run on elements that are otherwise sound, so shapes can be trusted. */
import type { CodeableConcept } from '../../generated/types/index.js';

export interface Rule {
  /** R4's name for it: `per-1`. */
  readonly key: string;
  /** What must hold, in plain words. */
  readonly says: string;
  readonly holds: (node: never) => boolean;
}

/** Path of a type -> its rules. */
export type Rules = Readonly<Record<string, readonly Rule[]>>;

export const rule = <T>(key: string, says: string, holds: (node: T) => boolean): Rule => ({ key, says, holds });

/** FHIRPath's exists(): also a primitive that has only extensions is there. */
export const has = <T extends object>(node: T, ...names: (keyof T & string)[]): boolean =>
  names.some((name) => node[name] !== undefined || (node as Record<string, unknown>)[`_${name}`] !== undefined);

/** Whether a choice such as `value[x]` is there, in any of its types. */
export const hasChoice = (node: object, name: string): boolean => Object.keys(node).some((key) => new RegExp(`^_?${name}[A-Z]`).test(key));

/** Whether a concept has this code of this system. */
export const coded = (concept: CodeableConcept | undefined, system: string, ...codes: string[]): boolean =>
  concept?.coding?.some((coding) => coding.system === system && codes.includes(coding.code ?? '')) ?? false;

export const distinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length;

/** Whether one date or time is certainly after another. Where one is less precise, the part that both have decides. */
export function after(one: string, other: string): boolean {
  if (one.includes('T') && other.includes('T')) return Date.parse(one) > Date.parse(other);
  const shared = Math.min(one.length, other.length, 10);
  return one.slice(0, shared) > other.slice(0, shared);
}

/** The items of a tree of items, outermost first. */
export const flatten = <T>(items: readonly T[] | undefined, inner: (item: T) => readonly T[] | undefined): T[] =>
  (items ?? []).flatMap((item) => [item, ...flatten(inner(item), inner)]);
