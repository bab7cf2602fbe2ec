/** Writes, loaded at the first of them: one as one request, several as a transaction or in order. */
import type { Capabilities, RequestOptions, WriteOperation, WriteOptions, WriteResult } from '../../backend.js';
import { expectResource, versionOf } from './answer.js';
import type { Learned } from './capabilities.js';
import { careError } from './failure.js';
import { pathId, targetOf } from './path.js';
import type { Quirk } from './quirks.js';
import { writeSeveral } from './several.js';
import type { Transport } from './transport.js';
import { writeOne, type Done } from './write.js';

export interface WriteContext {
  transport: Transport;
  baseUrl: string;
  capabilities: Capabilities;
  learned: Learned;
}

/** @param operations at least one. */
export async function writeAll(context: WriteContext, operations: readonly WriteOperation[], options: WriteOptions): Promise<WriteResult> {
  const compareVersion = (operation: WriteOperation): Promise<void> => compare(context, operation, options);
  const one = async (operation: WriteOperation): Promise<Done> => {
    await compareVersion(operation);
    return writeOne(context.transport, context.learned, operation, options);
  };
  if (operations.length === 1) return { atomic: true, outcomes: [await one(operations[0]!)] };
  return writeSeveral({ ...context, writeOne: one, compareVersion }, operations, options);
}

/** Where a server heeds no If-Match on this write: reads first and compares. Not safe against a race, but against a stale screen. */
async function compare({ transport, capabilities }: WriteContext, operation: WriteOperation, options: RequestOptions): Promise<void> {
  if (operation.method === 'create' || operation.ifMatch === undefined) return;
  const quirk: Quirk = operation.method === 'delete' ? 'delete-ignores-if-match' : 'update-ignores-if-match';
  if (!capabilities.quirks.includes(quirk)) return;
  const { type, id } = targetOf(operation);
  if (id === undefined) return; // a condition finds the record as it is now
  const answer = await transport.call((kit, kitOptions) => kit.read({ resourceType: type, id: pathId(id), options: kitOptions }), {
    signal: options.signal,
    timeout: options.timeout,
  });
  if (versionOf(answer.headers, expectResource(answer, type)) !== operation.ifMatch) throw careError('conflict');
}
