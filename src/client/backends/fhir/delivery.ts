/**
 * Delivers writes over a connection that loses answers. A write that got none is looked for; only where that shows that it was not
 * made, and where the server would refuse a second one, it is sent again. The rules stand in `lost-write.ts`.
 */
import { isCareError, type CareError } from '../../../models/errors.js';
import type { RequestOptions, WriteOperation, WriteResult } from '../../backend.js';
import { careError } from './failure.js';
import { findAll, findOne, timeLeft, type DeliveryContext, type Found, type TimeLeft } from './inquiry.js';
import { guardOf, isGuarded, isSilence, isTraceable, unknownOutcome } from './lost-write.js';
import { targetOf } from './request.js';
import type { Transport } from './transport.js';
import type { Done } from './write.js';

/** Of the time of a write, this is kept for asking what became of it: a quarter, at most so many milliseconds. */
const LONGEST_INQUIRY = 5000;

/** Guarded writes whose fate stayed unknown, by client: when the user tries again, a conflict may be with the own first attempt. */
const lost = new WeakMap<Transport, Set<string>>();

const nameOf = (operation: WriteOperation): string => {
  const { type, id } = targetOf(operation);
  return `${type}/${id ?? ''}@${guardOf(operation) ?? ''}`;
};

/** What one attempt is made of. */
export interface Attempt<T> {
  /** Looks whether it may be sent; nothing was sent when this fails. */
  before: (options: RequestOptions) => Promise<void>;
  send: (options: RequestOptions) => Promise<T>;
}

/** One write. */
export const deliverOne = (
  context: DeliveryContext,
  operation: WriteOperation,
  options: RequestOptions,
  attempt: Attempt<Done>,
): Promise<Done> => deliver(context.transport, [operation], options, attempt, (left) => findOne(context, operation, left));

/** Several writes that the server takes as one. */
export const deliverAll = (
  context: DeliveryContext,
  operations: readonly WriteOperation[],
  options: RequestOptions,
  attempt: Attempt<WriteResult>,
): Promise<WriteResult> => deliver(context.transport, operations, options, attempt, (left) => findAll(context, operations, left));

/** @throws CareError; `outcomeUnknown` where nobody can say whether the write was made. */
async function deliver<T>(
  transport: Transport,
  operations: readonly WriteOperation[],
  options: RequestOptions,
  { before, send }: Attempt<T>,
  find: (left: TimeLeft) => Promise<Found<T>>,
): Promise<T> {
  const left = timeLeft(transport, options);
  const until = transport.now() + left().timeout;
  const doubts = doubtsOf(transport, operations);
  const guarded = operations.every(isGuarded);
  const conditional = operations.some((operation) => operation.method === 'create' && operation.ifNoneExist !== undefined);
  const inquiry = guarded || (operations.length === 1 && isTraceable(operations[0]!)) ? LONGEST_INQUIRY : 0;
  let silence: CareError | undefined;
  for (let sent = 1; ; sent++) {
    const { timeout } = left();
    const rest = { ...options, timeout: timeout - Math.min(timeout / 4, inquiry) };
    let out = silence !== undefined; // what fails before a second attempt leaves the first one open
    try {
      await before(rest);
      out = true;
      const result = await send(rest);
      doubts.end();
      return result;
    } catch (error) {
      const silent = out && isSilence(error);
      if (silent) silence = error;
      // The conflict may be with our own first attempt, which did land; or a condition lost a race, for which HAPI answers 409.
      else if (!isCareError(error, 'conflict', 'precondition') || !(silence || doubts.exist() || (conditional && error.status === 409)))
        throw error;
      doubts.begin();
      const again = silent && guarded && (await mayWait(transport, error, sent, options.signal, until));
      const { verdict, done } = await find(left);
      if (verdict === 'not-landed' && again) continue;
      if (verdict !== 'unknown' && verdict !== 'not-landed') doubts.end();
      if (verdict === 'landed' && done !== undefined) return done;
      if (!silent && (!silence || verdict !== 'unknown')) throw error;
      if (verdict === 'changed') throw careError('conflict');
      if (verdict === 'several') throw careError('precondition');
      throw unknownOutcome(silence ?? error, operations, sent);
    }
  }
}

/** What is kept of guarded writes whose fate stays unknown: when the user tries again, a conflict may be with the first attempt. */
function doubtsOf(transport: Transport, operations: readonly WriteOperation[]): { begin(): void; end(): void; exist(): boolean } {
  const all = lost.get(transport) ?? new Set<string>();
  lost.set(transport, all);
  const names = operations.filter((operation) => guardOf(operation) !== undefined).map(nameOf);
  return {
    begin: () => names.forEach((name) => all.add(name)),
    end: () => names.forEach((name) => all.delete(name)),
    exist: () => names.some((name) => all.has(name)),
  };
}

/** Waits before a write is looked for and sent again; false where it may not be sent again. */
async function mayWait(
  transport: Transport,
  error: CareError,
  sent: number,
  signal: AbortSignal = new AbortController().signal,
  until: number,
): Promise<boolean> {
  const retrier = await transport.retrier();
  if (!retrier) return false;
  try {
    await retrier.again(error, sent, { signal, until });
    return true;
  } catch (reason) {
    if (isCareError(reason, 'aborted')) throw reason;
    return false;
  }
}
