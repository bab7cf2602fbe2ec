/** Reads a resource and says what is wrong with it, at which element, in plain words. Nothing here throws on bad input. */
import type { CareIssue } from '../errors.js';
import { STRUCTURE_LOADERS, type StructureLoader } from './generated/loaders.js';
import { ABSTRACT_TYPES, ALL_R4_TYPES } from './generated/names.js';
import type { Resource, ResourceOf, ResourceType } from './generated/types/index.js';
import { isObject, resourcesIn } from './inner-resources.js';
import { JsonSyntaxError, parseJson } from './json.js';
import type { Structure } from './schema/structure.js';

export interface ParseOptions<T extends ResourceType = ResourceType> {
  /** The resource type that is expected; another one is an error. */
  type?: T;
  /**
   * What becomes of elements and resource types that R4 does not know. `keep`, for reading, and the default: they stay in the value,
   * with a warning. `error`, for validation.
   */
  unknown?: 'keep' | 'error';
  /** Schemas of further resource types; `carelet validate` has some that pages go without. */
  more?: Readonly<Record<string, StructureLoader>>;
}

/**
 * `value` is the input itself, or what its text says with every number literal kept; never a copy, never cleaned up.
 * Issues that are no errors (unknown elements, a type without a schema) come with `ok: true`.
 */
export type ParseResult<T> = { ok: true; value: T; issues: readonly CareIssue[] } | { ok: false; issues: readonly CareIssue[] };

type Loaders = Readonly<Record<string, StructureLoader>>;
type Inspect = typeof import('./schema/inspect.js').inspect;

const loaded = new Map<StructureLoader, Awaited<ReturnType<StructureLoader>>>();
let inspect: Inspect | undefined;

const loaderOf = (type: string, more: Loaders): StructureLoader | undefined =>
  Object.hasOwn(STRUCTURE_LOADERS, type) ? STRUCTURE_LOADERS[type as ResourceType] : Object.hasOwn(more, type) ? more[type] : undefined;

/** Loads what is needed to check these types and is not there yet. */
async function load(types: readonly string[], more: Loaders): Promise<Inspect> {
  const loaders = new Set(types.map((type) => loaderOf(type, more)));
  const missing = [...loaders].filter((loader) => loader !== undefined && !loaded.has(loader)) as StructureLoader[];
  if (inspect && missing.length === 0) return inspect;
  const [engine] = await Promise.all([import('./schema/inspect.js'), ...missing.map(async (loader) => loaded.set(loader, await loader()))]);
  return (inspect = engine.inspect);
}

/** The structure of a loaded type. */
function structureOf(type: string, more: Loaders): Structure | undefined {
  const loader = loaderOf(type, more);
  return loader && loaded.get(loader)?.[type];
}

/** `Patient` and [`_birthDate`, `extension`, 0] to `Patient.birthDate.extension[0]`: FHIR's path has no underscores. */
function elementPath(resource: string, path: readonly (string | number)[]): string {
  return path.reduce<string>((whole, step) => whole + (typeof step === 'number' ? `[${step}]` : `.${step.replace(/^_/, '')}`), resource);
}

/** For a type without a structure: kept with a note when R4 knows it. */
function unchecked(type: string, path: string, unknown: 'error' | 'warning'): CareIssue {
  const known = (ALL_R4_TYPES as readonly string[]).includes(type) && !(ABSTRACT_TYPES as readonly string[]).includes(type);
  return known
    ? { severity: 'information', code: 'not-supported', path, message: 'is kept unchecked: there is no schema for this resource type' }
    : { severity: unknown, code: 'structure', path: `${path}.resourceType`, message: 'is not a resource type of R4' };
}

const refusal = (severity: 'fatal' | 'error', code: string, path: string, message: string): { ok: false; issues: CareIssue[] } => ({
  ok: false,
  issues: [{ severity, code, path, message }],
});

async function parse(input: unknown, { type: expected, unknown = 'keep', more = {} }: ParseOptions): Promise<ParseResult<unknown>> {
  const value = typeof input === 'string' ? parseJson(input) : input;
  if (!isObject(value)) return refusal('error', 'structure', '', 'must be a resource: an object that says its resourceType');
  const type = value['resourceType'];
  if (typeof type !== 'string' || type === '') return refusal('error', 'required', 'resourceType', 'is required');
  if (expected !== undefined && type !== expected) return refusal('error', 'structure', 'resourceType', `must be ${expected} here`);
  // The type is a path's first word; what is no name at all must not become one.
  const found = resourcesIn(value, /^[A-Za-z]{1,64}$/.test(type) ? type : 'Resource');
  if (!found) return refusal('error', 'structure', type, 'is nested too deeply, or holds itself');
  const types = [...new Set(found.map((each) => String(each.value['resourceType'])))];
  const check = await load(types, more);
  const severity = unknown === 'error' ? 'error' : 'warning';
  const issues = found.flatMap(({ path, value: resource, container }): CareIssue[] => {
    const structure = structureOf(String(resource['resourceType']), more);
    if (!structure) return [unchecked(String(resource['resourceType']), path, severity)];
    return check(structure, resource, container).map((problem) => ({
      severity: problem.kind === 'doubtful' ? 'warning' : problem.kind === 'unknown' ? severity : 'error',
      code: problem.code,
      path: elementPath(path, problem.path),
      message: problem.message,
    }));
  });
  return issues.some((issue) => issue.severity === 'error') ? { ok: false, issues } : { ok: true, value, issues };
}

/**
 * Reads a resource from JSON text or from what is already parsed, checks it and every resource inside it (contained, in a Bundle, in
 * Parameters) by the schema of its own type, and loads those schemas when they are first needed.
 *
 * Every issue has a path such as `Patient.name[0].family` or `Bundle.entry[3].resource.status`, and words that follow the path and
 * quote no value. A resource type of R4 without a schema here is kept, with a note. Never rejects: what can't be read is an issue.
 */
export async function parseResource<T extends ResourceType>(
  input: unknown,
  options: ParseOptions<T> & { type: T },
): Promise<ParseResult<ResourceOf<T>>>;
export async function parseResource(input: unknown, options?: ParseOptions): Promise<ParseResult<Resource>>;
export async function parseResource(input: unknown, options: ParseOptions = {}): Promise<ParseResult<unknown>> {
  try {
    return await parse(input, options);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return refusal('fatal', 'structure', '', error.message);
    // A getter or proxy that throws, or a schema that could not be fetched: no input's fault, and still no reason to reject.
    return refusal('fatal', 'exception', '', 'could not be checked: reading it failed, or its schema could not be loaded');
  }
}
