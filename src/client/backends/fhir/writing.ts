/** Writes, loaded at the first of them: one as one request, several as a transaction or in order. */
import { isCareError } from '../../../models/errors.js';
import type { Resource } from '../../../models/fhir/index.js';
import type { Capabilities, RequestOptions, WriteOperation, WriteOptions, WriteResult } from '../../backend.js';
import { expectResource, versionOf } from './answer.js';
import { deliverOne } from './delivery.js';
import { timeLeft, type DeliveryContext } from './inquiry.js';
import type { Learned } from './learned.js';
import { careError } from './failure.js';
import { pathId } from './path.js';
import type { Quirk } from './quirks.js';
import { targetOf } from './request.js';
import { writeSeveral } from './several.js';
import type { Transport } from './transport.js';
import { writeOne, type Done } from './write.js';
import { forTransaction, hasOtherwise, mustOtherwise, writeOtherwise, type OtherwiseContext } from './write-otherwise.js';

export interface WriteContext extends DeliveryContext {
  learned: Learned;
  /** Never rejects but for `aborted`. */
  capabilities: (options: RequestOptions) => Promise<Capabilities>;
}

/** @param operations at least one. */
export async function writeAll(asked: WriteContext, operations: readonly WriteOperation[], given: WriteOptions): Promise<WriteResult> {
  operations.forEach(targetOf); // what is wrong in itself is refused before anything is sent
  const left = timeLeft(asked.transport, given);
  const context = { ...asked, capabilities: await asked.capabilities(left()) };
  const options = left();
  const compareVersion = (operation: WriteOperation, rest: RequestOptions): Promise<void> => compare(context, operation, rest);
  const asItIs = (operation: WriteOperation): Promise<Done> =>
    deliverOne(context, operation, options, {
      before: (rest) => compareVersion(operation, rest),
      send: (rest) => writeOne(context.transport, context.learned, operation, rest),
    });
  const otherwise: OtherwiseContext = {
    capabilities: context.capabilities,
    learned: context.learned,
    read: (type, id) => current(context.transport, type, id, left()),
    search: (type, params) => context.search(type, params, left()),
    writeOne: asItIs,
  };
  const one = async (operation: WriteOperation): Promise<Done> => {
    if (mustOtherwise(operation, context.capabilities)) return writeOtherwise(otherwise, operation);
    try {
      return await asItIs(operation);
    } catch (error) {
      if (!hasOtherwise(operation) || !isCareError(error, 'unsupported')) throw error;
      return writeOtherwise(otherwise, operation, error);
    }
  };
  if (operations.length === 1) return { atomic: true, outcomes: [await one(operations[0]!)] };
  const several = (all: readonly WriteOperation[]): Promise<WriteResult> =>
    writeSeveral({ ...context, writeOne: one, compareVersion }, all, options);
  if (context.capabilities.transaction === 'no') return several(operations);
  const settled = async (apart: (operation: WriteOperation) => boolean): Promise<WriteResult> => {
    const { left: plain, whole, blamed } = await forTransaction(otherwise, operations, apart);
    if (plain.length === 0) return whole({ atomic: true, outcomes: [] });
    const result = await several(plain).catch((error: unknown) => {
      throw blamed(error); // on the write at its place among all
    });
    return whole(result);
  };
  const patchless = context.capabilities.quirks.includes('no-patch-in-transaction');
  const apart = (operation: WriteOperation): boolean =>
    mustOtherwise(operation, context.capabilities) || (patchless && operation.method === 'patch');
  if (operations.some(apart)) return settled(apart);
  try {
    return await several(operations);
  } catch (error) {
    // A server that takes transactions may take no patch in them; nothing was written then.
    if (!isCareError(error, 'unsupported') || context.learned.transaction === 'no' || !operations.some(isPatch)) throw error;
    const result = await settled(isPatch).catch(() => {
      throw error;
    });
    context.learned.missing.add('no-patch-in-transaction *');
    return result;
  }
}

const isPatch = ({ method }: WriteOperation): boolean => method === 'patch';

/** A record as it is now, with its version wherever the server keeps it. */
async function current(transport: Transport, resourceType: string, id: string, { signal, timeout }: RequestOptions): Promise<Resource> {
  const answer = await transport.call((kit, kitOptions) => kit.read({ resourceType, id: pathId(id), options: kitOptions }), {
    signal,
    timeout,
  });
  const resource = expectResource(answer, resourceType);
  const versionId = versionOf(answer.headers, resource);
  return versionId === undefined ? resource : Object.assign(resource, { meta: { ...resource.meta, versionId } });
}

/** Where a server heeds no If-Match on this write: reads first and compares. Not safe against a race, but against a stale screen. */
async function compare(
  { transport, capabilities }: { transport: Transport; capabilities: Capabilities },
  operation: WriteOperation,
  options: RequestOptions,
): Promise<void> {
  if (operation.method === 'create' || operation.ifMatch === undefined) return;
  const quirk: Quirk = operation.method === 'delete' ? 'delete-ignores-if-match' : 'update-ignores-if-match';
  if (!capabilities.quirks.includes(quirk)) return;
  const { type, id } = targetOf(operation);
  if (id === undefined) return; // a condition finds the record as it is now
  if ((await current(transport, type, id, options)).meta?.versionId !== operation.ifMatch) throw careError('conflict');
}
