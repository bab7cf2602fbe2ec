/** Asks a server what became of a write that got no answer. The rules stand in `lost-write.ts`; this gathers the evidence. */
import { isCareError } from '../../../models/errors.js';
import { listOf, recordOf, textOf } from '../../../models/fhir/read/loose.js';
import type { Resource } from '../../../models/fhir/index.js';
import type { RequestOptions, SearchPage, SearchParams, WriteOperation, WriteResult } from '../../backend.js';
import { expectResource, parseETag, versionOf } from './answer.js';
import { careError } from './failure.js';
import { criteriaOf, guardOf, isGuarded, judge, judgeMatches, type Verdict, type Version } from './lost-write.js';
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
export interface Found<T> {
  verdict: Verdict;
  done?: T;
  /** It is not there, but would change nothing. */
  idle?: boolean;
}

export type TimeLeft = () => RequestOptions & { timeout: number };

/** The same options at any moment with what is left of the time then. */
export function timeLeft<O extends RequestOptions>(transport: Transport, options: O): () => O & { timeout: number } {
  const until = transport.now() + transport.timeoutOf(options);
  return () => ({ ...options, timeout: until - transport.now() });
}

export async function findOne(context: DeliveryContext, operation: WriteOperation, left: TimeLeft): Promise<Found<Done>> {
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
export async function findAll(
  context: DeliveryContext,
  operations: readonly WriteOperation[],
  left: TimeLeft,
): Promise<Found<WriteResult>> {
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
