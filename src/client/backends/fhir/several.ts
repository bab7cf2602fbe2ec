/** Several writes: as one where the server takes transactions, else in order. Loaded at the first such write. */
import type { Capabilities, RequestOptions, WriteOperation, WriteOptions, WriteResult } from '../../backend.js';
import { writeInOrder } from '../../ordered-writes.js';
import { deliverAll } from './delivery.js';
import type { DeliveryContext } from './inquiry.js';
import { careError } from './failure.js';
import type { Learned } from './learned.js';
import { takesNoTransaction, writeTransaction } from './transaction.js';
import type { Done } from './write.js';

export interface SeveralContext extends DeliveryContext {
  capabilities: Capabilities;
  learned: Learned;
  writeOne: (operation: WriteOperation) => Promise<Done>;
  /** Stands in for If-Match where the server heeds none. */
  compareVersion: (operation: WriteOperation, options: RequestOptions) => Promise<void>;
}

export async function writeSeveral(
  context: SeveralContext,
  operations: readonly WriteOperation[],
  options: WriteOptions,
): Promise<WriteResult> {
  const { transport, baseUrl, capabilities, learned } = context;
  if (capabilities.transaction !== 'no') {
    try {
      const result = await deliverAll(context, operations, options, {
        before: async (rest) => {
          for (const operation of operations) await context.compareVersion(operation, rest);
        },
        send: (rest) => writeTransaction(transport, baseUrl, operations, rest),
      });
      learned.transaction = 'yes';
      return result;
    } catch (error) {
      if (capabilities.transaction === 'yes' || !(await takesNoTransaction(transport, error, options))) throw error;
      learned.transaction = 'no';
    }
  }
  if (options.atomic === 'required') throw careError('unsupported', { detail: 'The server cannot make several writes as one.' });
  return writeInOrder(operations, context.writeOne);
}
