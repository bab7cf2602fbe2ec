/** Writes, loaded at the first of them: one as one request, several as a transaction or in order. */
import type { Capabilities, RequestOptions, WriteOperation, WriteOptions, WriteResult } from '../../backend.js';
import { expectResource, versionOf } from './answer.js';
import { deliverOne, timeLeft, type DeliveryContext } from './delivery.js';
import type { Learned } from './learned.js';
import { careError } from './failure.js';
import { pathId } from './path.js';
import type { Quirk } from './quirks.js';
import { targetOf } from './request.js';
import { writeSeveral } from './several.js';
import type { Transport } from './transport.js';
import { writeOne, type Done } from './write.js';

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
  const one = (operation: WriteOperation): Promise<Done> =>
    deliverOne(context, operation, options, async (rest) => {
      await compareVersion(operation, rest);
      return writeOne(context.transport, context.learned, operation, rest);
    });
  if (operations.length === 1) return { atomic: true, outcomes: [await one(operations[0]!)] };
  return writeSeveral({ ...context, writeOne: one, compareVersion }, operations, options);
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
  const answer = await transport.call((kit, kitOptions) => kit.read({ resourceType: type, id: pathId(id), options: kitOptions }), {
    signal: options.signal,
    timeout: options.timeout,
  });
  if (versionOf(answer.headers, expectResource(answer, type)) !== operation.ifMatch) throw careError('conflict');
}
