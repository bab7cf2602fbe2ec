/**
 * Search parameters as types, for completion and for the type of what `_include` brings. No run-time code. Types and names that the table
 * lacks are still accepted as plain text.
 */
import type { Resource, ResourceOf, ResourceType } from '../models/fhir/index.js';
import type { SearchParams, SearchValue } from './backend.js';
import type { SearchTable } from './search-table.js';

type To<T> = T extends keyof SearchTable ? SearchTable[T]['to'] : Record<never, never>;
type ReferenceName<T> = keyof To<T> & string;
type PlainName<T> = T extends keyof SearchTable ? SearchTable[T]['plain'] : never;

/** Any resource has these. */
type CommonName = '_id' | '_lastUpdated' | '_tag' | '_profile' | '_security';
type ShapeName = '_sort' | '_count' | '_total' | '_summary' | '_elements';

/** The known parameters of a type, without modifiers. */
export type ParamName<T> = PlainName<T> | ReferenceName<T> | CommonName;

type ChainInto<R extends string, Target> = Target extends ResourceType
  ? `${R}.${PlainName<Target>}` | `${R}:${Target}.${PlainName<Target>}`
  : never;
/** `patient.family`, `subject:Patient.birthdate`: one step, by the known references of a type. */
export type ChainName<T> = { [R in ReferenceName<T>]: ChainInto<R, To<T>[R]> }[ReferenceName<T>];
/** `_has:Observation:patient:code`: rows that others point at. */
export type HasName = `_has:${ResourceType}:${string}:${string}`;

/** `Appointment:patient`, `Appointment:actor:Practitioner`. */
export type IncludeName = {
  [T in keyof SearchTable]: `${T}:${ReferenceName<T>}` | `${T}:${ReferenceName<T>}:${ResourceType}`;
}[keyof SearchTable];
type AnyText = string & Record<never, never>;
type IncludeValue = IncludeName | AnyText | readonly (IncludeName | AnyText)[];

/**
 * Search parameters of one type: the known ones complete, and any other name is accepted. Where the type is not known until run time
 * there is nothing to complete: spelling out every parameter of every type would cost the compiler seconds.
 */
export type TypedParams<T extends ResourceType> = [ResourceType] extends [T] ? SearchParams : KnownParams<T>;
type KnownParams<T extends ResourceType> = {
  readonly [K in ParamName<T> | ChainName<T> | ShapeName]?: SearchValue | undefined;
} & { readonly [K in '_include' | '_revinclude' | '_include:iterate' | '_revinclude:iterate']?: IncludeValue | undefined } & {
  readonly [K in HasName]?: SearchValue | undefined;
} & Readonly<Record<string, SearchValue | undefined>>;

type One<V> = V extends readonly (infer E)[] ? E : V;
type ByInclude<S> = S extends `${string}:${string}:${infer Target}`
  ? Target extends ResourceType
    ? ResourceOf<Target>
    : Resource
  : S extends `${infer T}:${infer R}`
    ? R extends keyof To<T>
      ? To<T>[R] extends ResourceType
        ? ResourceOf<To<T>[R]>
        : Resource
      : Resource
    : Resource;
type ByRevInclude<S> = S extends `${infer T}:${string}` ? (T extends ResourceType ? ResourceOf<T> : Resource) : Resource;
type IncludedKeys<P, K extends string> = { [Key in keyof P]: Key extends K ? One<P[Key]> : never }[keyof P];
type IncludedUnion<P> =
  ByInclude<IncludedKeys<P, '_include' | '_include:iterate'>> | ByRevInclude<IncludedKeys<P, '_revinclude' | '_revinclude:iterate'>>;

/** What comes along with a search by its `_include` and `_revinclude`; any resource where it asks for none by a known name. */
export type IncludedOf<P> = [IncludedUnion<P>] extends [never] ? Resource : IncludedUnion<P>;
