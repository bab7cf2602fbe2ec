/** A transaction over the network: whether the server takes any, and what no answer means. */
import { isCareError } from '../../../models/errors.js';
import type { Bundle } from '../../../models/fhir/index.js';
import type { WriteOperation, WriteResult } from '../../backend.js';
import { outcomesOf, refusalOf, toTransaction } from './bundle-writes.js';
import { careError } from './failure.js';
import type { ExchangeOptions, Transport } from './transport.js';

/**
 * Whether a refusal says that the server takes no transactions at all (nothing was written then), rather than not this one. A 404
 * can be either (a conditional reference may match nothing), so an empty transaction decides.
 */
export async function takesNoTransaction(transport: Transport, refusal: unknown, options: ExchangeOptions): Promise<boolean> {
  if (!isCareError(refusal, 'unsupported', 'not-found')) return false;
  if (refusal.status !== 404) return true;
  const empty = { resourceType: 'Bundle', type: 'transaction' };
  return transport
    .call((kit, kitOptions) => kit.transaction({ body: empty, options: kitOptions }), options)
    .then(
      () => false,
      (error: unknown) => isCareError(error, 'not-found'),
    );
}

/**
 * One attempt.
 *
 * @throws CareError; nothing has changed then, except that an answer which never came leaves that open: see `delivery.ts`.
 */
export async function writeTransaction(
  transport: Transport,
  baseUrl: string,
  operations: readonly WriteOperation[],
  options: ExchangeOptions,
): Promise<WriteResult> {
  const bundle = toTransaction(operations, baseUrl);
  const answer = await transport
    .call((kit, kitOptions) => kit.transaction({ body: bundle as Bundle & Record<string, unknown>, options: kitOptions }), {
      ...options,
      headers: { Prefer: 'return=representation' },
    })
    .catch((error: unknown) => {
      throw refusalOf(error, operations);
    });
  if (answer.unreadable) throw careError('offline', { status: answer.status }); // a page of a proxy says nothing about the records
  return outcomesOf(answer, operations);
}
