/**
 * Writes that a server does not take as they are, made otherwise: a patch as the whole record under its version, a condition as
 * a search before the write. What a server was found not to take is remembered, and said by `describe()`.
 */
import { isCareError, type CareError } from '../../../models/errors.js';
import { cloneJson } from '../../../models/fhir/json.js';
import type { Resource } from '../../../models/fhir/index.js';
import type { Ability, Capabilities, JsonPatchOperation, SearchPage, SearchParams, WriteOperation } from '../../backend.js';
import { load } from '../../load.js';
import { careError } from './failure.js';
import type { Learned } from './learned.js';
import { conditionOf, targetOf } from './request.js';
import type { Done } from './write.js';

export interface OtherwiseContext {
  capabilities: Capabilities;
  learned: Learned;
  read: (type: string, id: string) => Promise<Resource>;
  search: (type: string, params: SearchParams) => AsyncIterable<SearchPage>;
  writeOne: (operation: WriteOperation) => Promise<Done>;
}

type Patch = Extract<WriteOperation, { method: 'patch' }>;
type Conditional = WriteOperation & { criteria: string };

/** Whether a server is known not to take a write as it is. */
export function mustOtherwise(operation: WriteOperation, capabilities: Capabilities): boolean {
  const type = capabilities.type(targetOf(operation).type);
  const cannot = (...abilities: readonly (Ability | 'multiple' | undefined)[]): boolean => abilities.includes('no');
  switch (operation.method) {
    case 'create':
      return operation.ifNoneExist !== undefined && cannot(type.conditionalCreate);
    case 'update':
      return operation.criteria !== undefined && cannot(type.conditionalUpdate);
    case 'delete':
      return operation.criteria !== undefined && cannot(type.conditionalDelete);
    case 'patch':
      return cannot(type.patch, Array.isArray(operation.patch) ? capabilities.jsonPatch : capabilities.fhirpathPatch);
  }
}

/** Whether another way could be tried after a refusal. */
export const hasOtherwise = (operation: WriteOperation): boolean =>
  operation.method === 'patch' ||
  ('criteria' in operation ? operation.criteria : (operation as { ifNoneExist?: string }).ifNoneExist) !== undefined;

/**
 * @param refusal what the server said to the write as it is; undefined where it was not asked.
 * @throws CareError; `refusal` itself where the server does not take the other way either.
 */
export async function writeOtherwise(context: OtherwiseContext, operation: WriteOperation, refusal?: CareError): Promise<Done> {
  const { learned } = context;
  const { type } = targetOf(operation);
  try {
    if (operation.method === 'create') {
      const done = await createUnlessThere(context, operation);
      learned.missing.add(`no-conditional-create ${type}`);
      return done;
    }
    if (operation.criteria !== undefined) return await writeMatching(context, operation as Conditional);
    if (operation.method === 'patch') {
      const done = await patchByUpdate(context, operation);
      learned.missing.add(`no-patch ${type}`);
      return done;
    }
  } catch (error) {
    throw refusal && isCareError(error, 'unsupported') ? refusal : error;
  }
  throw refusal ?? careError('unsupported');
}

/** The records that a condition means: none or one. Found in pages that left nothing out, or not believed. */
async function matchOf({ search }: OtherwiseContext, type: string, criteria: string): Promise<Resource | undefined> {
  const params: Record<string, string[]> = { _count: ['2'] };
  for (const [name, value] of new URLSearchParams(conditionOf(criteria))) (params[name] ??= []).push(value);
  for await (const page of search(type, params)) {
    if (page.items.length > 1) throw careError('precondition', { detail: 'Several records match the condition.' });
    if (page.warnings.length > 0)
      throw careError('unsupported', { detail: 'The server does not answer the condition of this write in full.' });
    if (page.items[0]) return page.items[0];
  }
  return undefined;
}

async function createUnlessThere(context: OtherwiseContext, operation: Extract<WriteOperation, { method: 'create' }>): Promise<Done> {
  const { ifNoneExist, ...plain } = operation;
  const there = await matchOf(context, operation.resource.resourceType, ifNoneExist!);
  if (there?.id === undefined) return context.writeOne(plain);
  return { state: 'done', status: 200, resource: there, id: there.id, versionId: there.meta?.versionId, issues: [] };
}

/** An update, patch or delete of the one record that matches, under the version that was found. */
async function writeMatching(context: OtherwiseContext, operation: Conditional): Promise<Done> {
  const { criteria, ...rest } = operation;
  const { type } = targetOf(operation);
  const there = await matchOf(context, type, criteria);
  const guard = { ifMatch: (operation as { ifMatch?: string }).ifMatch ?? there?.meta?.versionId };
  if (operation.method === 'update') {
    const { resource } = operation;
    if (there?.id === undefined)
      return context.writeOne(resource.id === undefined ? { method: 'create', resource } : { method: 'update', resource });
    if (resource.id !== undefined && resource.id !== there.id)
      throw careError('precondition', { detail: 'Another record matches the condition.' });
    return context.writeOne({ method: 'update', resource: Object.assign(cloneJson(resource), { id: there.id }), ...guard });
  }
  if (there?.id === undefined) {
    if (operation.method === 'delete') return { state: 'done', status: 204, resource: undefined, id: '', versionId: undefined, issues: [] };
    throw careError('not-found');
  }
  return context.writeOne({ ...rest, criteria: undefined, id: there.id, ...guard } as WriteOperation);
}

const ATTEMPTS = 3;

/** Reads, patches and saves the whole under the version read; a patch without a version begins again when somebody else was first. */
async function patchByUpdate({ read, writeOne }: OtherwiseContext, operation: Patch): Promise<Done> {
  const { type } = targetOf(operation);
  for (let attempt = 1; ; attempt++) {
    const current = await read(type, operation.id!);
    const versionId = current.meta?.versionId;
    if (operation.ifMatch !== undefined && versionId !== operation.ifMatch) throw careError('conflict');
    if (versionId === undefined)
      throw careError('unsupported', {
        detail: 'The server takes no patch and keeps no versions: this change could overwrite another one.',
      });
    const resource = await patched(current, operation.patch);
    try {
      return await writeOne({ method: 'update', resource, ifMatch: versionId });
    } catch (error) {
      if (operation.ifMatch !== undefined || attempt === ATTEMPTS || !isCareError(error, 'conflict')) throw error;
    }
  }
}

/**
 * A record with a patch applied to it, here.
 *
 * @throws CareError `validation` for a patch that does not apply.
 */
export async function patched(current: Resource, patch: readonly JsonPatchOperation[] | Resource): Promise<Resource> {
  const work = async (): Promise<unknown> => {
    if (Array.isArray(patch)) return (await load(() => import('../embedded/json-patch.js'))).jsonPatch(current, patch);
    const { fhirpathPatch, loadShapes } = await load(() => import('../embedded/fhirpath-patch.js'));
    return fhirpathPatch(
      current as unknown as Record<string, unknown>,
      patch as unknown as Record<string, unknown>,
      await load(loadShapes),
    );
  };
  const result = (await work().catch((error: unknown) => {
    // The patchers' own errors are those of a server in this process.
    throw isCareError(error) ? error : careError('validation', { detail: 'The patch does not apply to the record.' });
  })) as Resource | undefined;
  if (result?.resourceType !== current.resourceType || result.id !== current.id)
    throw careError('validation', { detail: 'A patch can change neither the type nor the id of a record.' });
  return result;
}
