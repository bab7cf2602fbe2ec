/**
 * Writes that a server does not take as they are, made otherwise: a patch as the whole record under its version, a condition as
 * a search before the write. What a server was found not to take is remembered, and said by `describe()`.
 */
import { isCareError, type CareError } from '../../../models/errors.js';
import { cloneJson } from '../../../models/fhir/json.js';
import type { Resource } from '../../../models/fhir/index.js';
import type { Ability, Capabilities, JsonPatchOperation, SearchPage, SearchParams, WriteOperation, WriteResult } from '../../backend.js';
import { load } from '../../load.js';
import { withReferences } from '../../ordered-writes.js';
import { aboutWrite } from './bundle-writes.js';
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
      // One that would take all that match is no answer to a delete of the one.
      return operation.criteria !== undefined && (cannot(type.conditionalDelete) || type.conditionalDelete === 'multiple');
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
  const write = async (): Promise<Done> => {
    const plain = await asPlain(context, operation);
    return 'state' in plain ? plain : context.writeOne(plain);
  };
  try {
    // A patch without a version is for whatever is there: it begins again when somebody else was first.
    const isOpen = operation.method === 'patch' && operation.ifMatch === undefined;
    const done = await again(isOpen ? ATTEMPTS : 1, write);
    noteMissing(context, operation);
    return done;
  } catch (error) {
    throw refusal && isCareError(error, 'unsupported') ? refusal : error;
  }
}

const ATTEMPTS = 3;

async function again<T>(attempts: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (attempts <= 1 || !isCareError(error, 'conflict')) throw error;
    return again(attempts - 1, work);
  }
}

function noteMissing({ learned }: OtherwiseContext, operation: WriteOperation): void {
  const { type } = targetOf(operation);
  if (operation.method === 'create') learned.missing.add(`no-conditional-create ${type}`);
  else if (operation.method === 'patch' && operation.criteria === undefined) learned.missing.add(`no-patch ${type}`);
}

/**
 * A write as one that every server takes: a patch becomes the whole record under its version, a condition the record that it means.
 * An outcome, where that leaves nothing to be written.
 */
async function asPlain(context: OtherwiseContext, operation: WriteOperation): Promise<WriteOperation | Done> {
  if (operation.method === 'create') return unlessThere(context, operation);
  if (operation.criteria !== undefined) return onMatch(context, operation as Conditional);
  return operation.method === 'patch' ? asUpdate(context, operation) : operation;
}

/**
 * Writes for a transaction of a server that does not take all of them as they are. What turns out to be done already is left out,
 * and the others refer to it by its address.
 *
 * @param apart which of them.
 * @returns what is left to write, how to put the outcomes back into the places of all, and an error too.
 */
export async function forTransaction(
  context: OtherwiseContext,
  operations: readonly WriteOperation[],
  apart: (operation: WriteOperation) => boolean,
): Promise<{ left: WriteOperation[]; whole: (result: WriteResult) => WriteResult; blamed: (error: unknown) => unknown }> {
  const done = new Map<number, Done>();
  const real = new Map<string, string>();
  const plain: WriteOperation[] = [];
  /** Where those that are left stand among all. */
  const places: number[] = [];
  for (const [index, operation] of operations.entries()) {
    const settled = apart(operation) ? await asPlain(context, operation) : operation;
    if (mustOtherwise(operation, context.capabilities)) noteMissing(context, operation);
    const name = (operation as { fullUrl?: string }).fullUrl;
    const id = 'state' in settled ? settled.id : settled.method === 'update' ? settled.resource.id : undefined;
    // What has an address by now is referred to by that.
    if (name !== undefined && settled !== operation && id) real.set(name, `${targetOf(operation).type}/${id}`);
    if ('state' in settled) done.set(index, settled);
    else places[plain.push(settled) - 1] = index;
  }
  return {
    left: plain.map((operation) => withReferences(operation, real)),
    whole: ({ atomic, outcomes }) => {
      const rest = [...outcomes];
      return { atomic, outcomes: operations.map((_, index) => done.get(index) ?? rest.shift()!) };
    },
    blamed: (error) => (isCareError(error) && error.operation !== undefined ? aboutWrite(error, places[error.operation]) : error),
  };
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

async function unlessThere(
  context: OtherwiseContext,
  operation: Extract<WriteOperation, { method: 'create' }>,
): Promise<WriteOperation | Done> {
  const { ifNoneExist, ...plain } = operation;
  const there = ifNoneExist === undefined ? undefined : await matchOf(context, operation.resource.resourceType, ifNoneExist);
  if (there?.id === undefined) return plain;
  return { state: 'done', status: 200, resource: there, id: there.id, versionId: there.meta?.versionId, issues: [] };
}

/** An update, patch or delete of the one record that matches, under the version that was found. */
async function onMatch(context: OtherwiseContext, operation: Conditional): Promise<WriteOperation | Done> {
  const { criteria, ifMatch, ...rest } = operation as Conditional & { ifMatch?: string };
  const there = await matchOf(context, targetOf(operation).type, criteria);
  const guard = { ifMatch: ifMatch ?? there?.meta?.versionId };
  if (operation.method === 'update') {
    const { resource, fullUrl } = operation;
    if (there?.id === undefined)
      return resource.id === undefined
        ? { method: 'create', resource, ...(fullUrl === undefined ? {} : { fullUrl }) }
        : { method: 'update', resource };
    if (resource.id !== undefined && resource.id !== there.id)
      throw careError('precondition', { detail: 'Another record matches the condition.' });
    return { method: 'update', resource: Object.assign(cloneJson(resource), { id: there.id }), ...guard };
  }
  if (there?.id !== undefined) {
    const plain = { ...rest, id: there.id, ...guard } as WriteOperation;
    return mustOtherwise(plain, context.capabilities) ? asPlain(context, plain) : plain;
  }
  if (operation.method === 'patch') throw careError('not-found');
  return { state: 'done', status: 204, resource: undefined, id: '', versionId: undefined, issues: [] };
}

async function asUpdate({ read }: OtherwiseContext, operation: Patch): Promise<WriteOperation> {
  const current = await read(operation.type, operation.id!);
  const versionId = current.meta?.versionId;
  if (operation.ifMatch !== undefined && versionId !== operation.ifMatch) throw careError('conflict');
  if (versionId === undefined)
    throw careError('unsupported', {
      detail: 'The server takes no patch and keeps no versions: this change could overwrite another one.',
    });
  return { method: 'update', resource: await patched(current, operation.patch), ifMatch: versionId };
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
