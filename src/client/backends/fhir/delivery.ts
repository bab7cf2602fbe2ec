/**
 * Delivers writes over a connection that loses answers. A write that got none is looked for; only where that shows that it was not
 * made, and where the server would refuse a second one, it is sent again. The rules stand in `lost-write.ts`.
 */
import { isCareError, type CareError } from '../../../models/errors.js';
import { listOf, recordOf, textOf } from '../../../models/fhir/read/loose.js';
import type { Resource } from '../../../models/fhir/index.js';
import type { RequestOptions, SearchPage, SearchParams, WriteOperation, WriteResult } from '../../backend.js';
import { expectResource, parseETag, versionOf } from './answer.js';
import { careError } from './failure.js';
import {
  criteriaOf,
  guardOf,
  isGuarded,
  isSilence,
  isTraceable,
  judge,
  judgeMatches,
  unknownOutcome,
  type Verdict,
  type Version,
} from './lost-write.js';
import { pathId } from './path.js';
import { targetOf } from './request.js';
import { sameContent } from './same-content.js';
import type { Transport } from './transport.js';
import type { Done } from './write.js';
import { patched } from './write-otherwise.js';

export interface DeliveryContext {
  transport: Transport;
  baseUrl: string;
  search: (type: string, params: SearchParams, options: RequestOptions) => AsyncIterable<SearchPage>;
}

/** What became of a write, and of one that landed what it would have answered. */
interface Found<T> {
  verdict: Verdict;
  done?: T;
  /** It is not there, but would change nothing. */
  idle?: boolean;
}

/** Of the time of a write, this is kept for asking what became of it: a quarter, at most so many milliseconds. */
const LONGEST_INQUIRY = 5000;

/** Guarded writes whose fate stayed unknown, by client: when the user tries again, a conflict may be with the own first attempt. */
const lost = new WeakMap<Transport, Set<string>>();

const nameOf = (operation: WriteOperation): string => {
  const { type, id } = targetOf(operation);
  return `${type}/${id ?? ''}@${guardOf(operation) ?? ''}`;
};

type TimeLeft = () => RequestOptions & { timeout: number };

/** The same options at any moment with what is left of the time then. */
export function timeLeft<O extends RequestOptions>(transport: Transport, options: O): () => O & { timeout: number } {
  const until = transport.now() + transport.timeoutOf(options);
  return () => ({ ...options, timeout: until - transport.now() });
}

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
    let out = silence !== undefined;
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

async function findOne(context: DeliveryContext, operation: WriteOperation, left: TimeLeft): Promise<Found<Done>> {
  try {
    return await (targetOf(operation).id === undefined ? findMatching(context, operation, left) : findById(context, operation, left));
  } catch (error) {
    if (isCareError(error, 'aborted')) throw error;
    return { verdict: 'unknown' };
  }
}

const doneWith = (status: number, id: string, version?: Version): Done => ({
  state: 'done',
  status,
  resource: version?.resource,
  id,
  versionId: version?.versionId,
  issues: [],
});

/** A create, or a write of the record that a condition means: by a search. */
async function findMatching(context: DeliveryContext, operation: WriteOperation, left: TimeLeft): Promise<Found<Done>> {
  const criteria = criteriaOf(operation);
  if (criteria === undefined) return { verdict: 'unknown' };
  const params: Record<string, string[]> = { _count: ['2'] };
  for (const [name, value] of new URLSearchParams(criteria)) (params[name] ??= []).push(value);
  for await (const { items, warnings } of context.search(targetOf(operation).type, params, left())) {
    // An answer to another question than was asked proves nothing.
    if (warnings.some(({ code }) => code !== 'page-budget')) break;
    const verdict = judgeMatches(operation, items, context.baseUrl);
    const [match] = items;
    if (verdict !== 'landed') return { verdict };
    if (match?.id === undefined) return { verdict, ...(operation.method === 'delete' ? { done: doneWith(204, '') } : {}) };
    const status = operation.method === 'create' && operation.ifNoneExist === undefined ? 201 : 200;
    return { verdict, done: doneWith(status, match.id, { versionId: match.meta?.versionId, resource: match }) };
  }
  return { verdict: 'unknown' };
}

/** An update, patch or delete: by what is there now, and where that is a later version, by what followed the one it was based on. */
async function findById(context: DeliveryContext, operation: WriteOperation, left: TimeLeft): Promise<Found<Done>> {
  const { type, id } = targetOf(operation) as { type: string; id: string };
  const guard = guardOf(operation);
  const current = await currentOf(context.transport, type, id, left());
  let expected = operation.method === 'update' ? operation.resource : undefined;
  let successor: Version | undefined;
  if (current && guard !== undefined && current.versionId !== guard && operation.method !== 'delete') {
    if (expected && follows(current.versionId, guard)) successor = current;
    else {
      const versions = await versionsOf(context.transport, type, id, left());
      const at = versions.findIndex(({ versionId }) => versionId === guard);
      successor = versions[at - 1];
      const base = versions[at]?.resource;
      if (operation.method === 'patch' && base) expected = await patched(base, operation.patch).catch(() => undefined);
    }
  }
  const verdict = judge(operation, { current, successor, expected }, context.baseUrl);
  const idle = verdict === 'not-landed' && !!expected && !!current?.resource && sameContent(expected, current.resource, context.baseUrl);
  if (operation.method === 'delete') return { verdict, done: doneWith(204, id) };
  return { verdict, idle, done: doneWith(200, id, successor ?? current) };
}

/** Whether one version number comes right after another; a server's versions need be no numbers, and no neighbours. */
const follows = (later: string | undefined, earlier: string): boolean =>
  later !== undefined && /^\d{1,15}$/.test(later) && /^\d{1,15}$/.test(earlier) && Number(later) === Number(earlier) + 1;

async function currentOf(transport: Transport, type: string, id: string, options: RequestOptions): Promise<Version | undefined> {
  try {
    const answer = await transport.call(
      (kit, kitOptions) => kit.read({ resourceType: type, id: pathId(id), options: kitOptions }),
      options,
    );
    const resource = expectResource(answer, type);
    if (resource.id !== id) throw careError('malformed');
    return { versionId: versionOf(answer.headers, resource), resource };
  } catch (error) {
    if (isCareError(error, 'not-found', 'gone')) return undefined;
    throw error;
  }
}

/** The last versions, the newest first; none where the server keeps no history that can be read. */
async function versionsOf(transport: Transport, type: string, id: string, options: RequestOptions): Promise<Version[]> {
  try {
    const answer = await transport.call(
      (kit, kitOptions) => kit.request(`${type}/${pathId(id)}/_history?_count=50`, { options: kitOptions }),
      options,
    );
    return listOf((expectResource(answer, 'Bundle') as { entry?: unknown }).entry).map((entry) => {
      const resource = recordOf(recordOf(entry)?.['resource']) as Resource | undefined;
      const response = recordOf(recordOf(entry)?.['response']);
      return { versionId: resource?.meta?.versionId ?? parseETag(textOf(response?.['etag'])), resource };
    });
  } catch (error) {
    if (isCareError(error, 'offline', 'server', 'rate-limited', 'aborted')) throw error;
    return [];
  }
}

/** How much the fate of one write of a transaction tells about all: a version made from the right one tells most, an absence least. */
const RANKS = { update: 0, patch: 0, create: 1, delete: 2 } as const;

/** All writes of a transaction were made or none, so that the first that is known to have landed tells. */
async function findAll(context: DeliveryContext, operations: readonly WriteOperation[], left: TimeLeft): Promise<Found<WriteResult>> {
  if (!operations.every(isGuarded)) return { verdict: 'unknown' };
  const outcomes: (Done | undefined)[] = operations.map(() => undefined);
  let proven = false;
  let undecided = false;
  const order = [...operations.keys()].sort((a, b) => RANKS[operations[a]!.method] - RANKS[operations[b]!.method]);
  for (const index of order) {
    const operation = operations[index]!;
    const { verdict, done, idle } = await findOne(context, operation, left);
    proven ||= verdict === 'landed' && RANKS[operation.method] === 0;
    if (verdict === 'unknown' && !proven) undecided = true;
    // An update that changes nothing tells nothing: some servers make no version of it.
    else if (verdict !== 'landed' && !idle && !proven) return { verdict };
    const { id } = targetOf(operation);
    outcomes[index] = verdict === 'landed' || idle ? done : id === undefined ? undefined : doneWith(200, id);
  }
  if ((undecided && !proven) || outcomes.includes(undefined)) return { verdict: 'unknown' };
  return { verdict: 'landed', done: { atomic: true, outcomes: outcomes as Done[] } };
}
