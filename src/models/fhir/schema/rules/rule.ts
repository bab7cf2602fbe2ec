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

/** An element of a type, where `value[x]` is the choice in any of its types. */
export type ElementName<T> = (keyof T & string) | `${string}[x]`;

export const rule = <T>(key: string, says: string, holds: (node: T) => boolean): Rule => ({ key, says, holds });

type Json = Readonly<Record<string, unknown>>;

const hasChoice = (node: Json, element: string): boolean => {
  for (const key in node) {
    const start = key.charCodeAt(0) === 95 ? 1 : 0;
    // What follows the element's name is the name of a type, which begins with a capital.
    if (key.startsWith(element, start) && /^[A-Z]/.test(key.slice(start + element.length)) && node[key] !== undefined) return true;
  }
  return false;
};

/** FHIRPath's exists() for any of these elements: also a primitive that has only extensions is there. */
export const has = <T extends object>(node: T, ...names: ElementName<T>[]): boolean =>
  names.some((name) =>
    name.endsWith('[x]')
      ? hasChoice(node as Json, name.slice(0, -3))
      : (node as Json)[name] !== undefined || (node as Json)[`_${name}`] !== undefined,
  );

const either = (names: readonly string[]): string => names.join(' or ').replaceAll('[x]', '');

/** At least one of these elements. */
export const needs = <T extends object>(key: string, ...names: ElementName<T>[]): Rule =>
  rule<T>(key, `needs ${either(names)}`, (node) => has(node, ...names));

/** At most one of two elements. */
export const notBoth = <T extends object>(key: string, one: ElementName<T>, other: ElementName<T>): Rule =>
  rule<T>(key, `has ${either([one, other])}, not both`, (node) => !has(node, one) || !has(node, other));

/** Exactly one of two elements. */
export const oneOf = <T extends object>(key: string, one: ElementName<T>, other: ElementName<T>): Rule =>
  rule<T>(key, `needs ${either([one, other])}, not both`, (node) => has(node, one) !== has(node, other));

/** An element that only makes sense beside another. */
export const goesWith = <T extends object>(key: string, name: ElementName<T>, ...others: ElementName<T>[]): Rule =>
  rule<T>(key, `needs ${either(others)} where it has ${either([name])}`, (node) => !has(node, name) || has(node, ...others));

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
