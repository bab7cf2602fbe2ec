/** Batch and transaction (R4 http.html). A batch's entries stand or fall alone; a transaction's all together. */
import { cloneJson } from '../../../models/fhir/json.js';
import { isObject, type ResourceTree } from '../../store/tree.js';
import { bundleText, type Entry } from './bundle.js';
import { failedEntry, readEntry, replyEntry, type EntryCall } from './bundle-entry.js';
import { create, matching, oneMatching, patch, readResource, remove, update, updateTarget, type Patcher, type Written } from './crud.js';
import { historyReply, vread } from './history.js';
import { expectType, preferences, type Call, type Reply } from './http.js';
import { about, currentOf, read, readRow } from './read.js';
import { patcherOf } from './patcher.js';
import { asFhirError, failure, notFound, preconditionFailed } from './outcome.js';
import { ofEntry } from './told.js';
import { CONDITIONAL, referencesIn, restBase, rewriteLinks, type Rewriter } from './references.js';
import { searchReply } from './search.js';
import { servedText, type Service } from './service.js';
import { assertValid, inUnit, Unchecked, type Unit } from './unit.js';
import { conditionsOf } from './writes.js';

type Route = (service: Service, call: Call) => Promise<Reply>;

export async function bundleInteraction(service: Service, call: Call, route: Route): Promise<Reply> {
  expectType(call);
  const bundle = call.body();
  if (!isObject(bundle) || bundle['resourceType'] !== 'Bundle') throw failure(400, 'structure', 'The body must be a Bundle');
  const entries = Array.isArray(bundle['entry']) ? bundle['entry'] : [];
  if (bundle['type'] === 'batch') return batch(service, call, entries, route);
  if (bundle['type'] === 'transaction') return transaction(service, call, entries);
  throw failure(400, 'value', 'A Bundle sent here is a batch or a transaction', 'Bundle.type');
}

async function batch(service: Service, call: Call, entries: readonly unknown[], route: Route): Promise<Reply> {
  const answers: Entry[] = [];
  for (const [index, entry] of entries.entries()) {
    try {
      const inner = readEntry(call, entry, index);
      if (inner.path.length === 0 && inner.method === 'POST') throw failure(400, 'not-supported', 'A batch may not hold another one');
      const reply = await route(service, inner);
      answers.push(replyEntry(inner, inner.method === 'HEAD' ? { status: reply.status, headers: reply.headers } : reply));
    } catch (error) {
      answers.push(failedEntry(asFhirError(error)));
    }
  }
  return { status: 200, headers: {}, body: bundleText('batch-response', service.store.now().toISOString(), { entries: answers }) };
}

/** What a transaction knows of an entry once its identity is settled. */
interface Planned {
  call: EntryCall;
  type: string;
  id: string;
  /** A copy of the entry's resource, to be rewritten and stored; undefined for a conditional create that matched. */
  tree: ResourceTree | undefined;
}

class Transaction {
  readonly #service: Service;
  readonly #calls: readonly EntryCall[];
  readonly #unit: Unit;
  readonly #patchers: ReadonlyMap<EntryCall, Patcher>;
  /** Ids for creates, made once, however often the unit of work has to run. */
  readonly #newIds: Map<EntryCall, string>;
  readonly #replies: Reply[] = [];
  /** Old link -> Type/id. */
  readonly #links = new Map<string, string>();
  readonly #touched = new Set<string>();

  constructor(
    service: Service,
    calls: readonly EntryCall[],
    patchers: ReadonlyMap<EntryCall, Patcher>,
    newIds: Map<EntryCall, string>,
    unit: Unit,
  ) {
    this.#service = service;
    this.#calls = calls;
    this.#patchers = patchers;
    this.#newIds = newIds;
    this.#unit = unit;
  }

  /** Does everything in FHIR's order: DELETE, POST, PUT and PATCH, GET. Replies are in the order of the entries. */
  run(): Reply[] {
    this.#each('DELETE', (call) => this.#delete(call));
    const planned = [...this.#plan('POST'), ...this.#plan('PUT')];
    for (const plan of planned) this.#relate(plan);
    // A conditional reference may mean what this transaction writes, so those without one go first; those that found theirs are told last.
    const waves: [Planned[], Planned[], Planned[]] = [[], [], []];
    for (const plan of planned) waves[plan.tree === undefined ? 2 : this.#rewrite(plan.call, plan.tree) ? 1 : 0].push(plan);
    for (const plan of waves.flat()) this.#inEntry(plan.call, () => this.#store(plan));
    this.#each('PATCH', (call) => this.#patch(call));
    for (const method of ['GET', 'HEAD'] as const)
      this.#each(method, (call) => void (this.#replies[call.index] = readOnly(this.#service, call)));
    return this.#replies;
  }

  #inEntry<T>(call: EntryCall, work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw error instanceof Unchecked ? error : ofEntry(call.index, error);
    }
  }

  #each(method: string, work: (call: EntryCall) => void): void {
    for (const call of this.#calls) if (call.method === method) this.#inEntry(call, () => work(call));
  }

  /** A transaction may do one thing to a resource. */
  #touch(type: string, id: string): void {
    const identity = `${type}/${id}`;
    if (this.#touched.has(identity)) throw failure(400, 'duplicate', 'Two entries of the transaction mean the same resource');
    this.#touched.add(identity);
  }

  #answer(call: EntryCall, { status, version }: Written): void {
    const { return: form } = preferences(call.header('Prefer'));
    this.#replies[call.index] = {
      status,
      headers: {},
      ...(version ? about(call, version) : {}),
      ...(version?.text !== undefined && form === 'representation' ? { body: servedText(version) } : {}),
    };
  }

  #delete(call: EntryCall): void {
    const [type = '', id, ...more] = call.path;
    if (more.length > 0 || !this.#service.definitions.isType(type)) throw failure(400, 'invalid', 'DELETE takes Type/id or Type?condition');
    const rows = id === undefined ? matching(this.#service, type, call.criteria) : [];
    if (rows.length > 1) throw preconditionFailed(`${rows.length} resources match the condition`, 'multiple-matches');
    const target = id ?? rows[0]?.id;
    if (target === undefined) return this.#answer(call, { status: 204, version: undefined });
    this.#touch(type, target);
    this.#answer(call, remove(this.#service, this.#unit, type, target, conditionsOf(call)));
  }

  /** Settles which resource each POST or PUT means, before anything is written. */
  #plan(method: 'POST' | 'PUT'): Planned[] {
    /** Condition -> the create it was first used in: a second one means the same resource. */
    const created = new Map<string, string>();
    return this.#calls
      .filter((call) => call.method === method)
      .map((call) =>
        this.#inEntry(call, (): Planned => {
          const [type = '', id, ...more] = call.path;
          if (
            more.length > 0 ||
            (method === 'POST') !== (id === undefined && call.criteria === '') ||
            !this.#service.definitions.isType(type)
          )
            throw failure(
              400,
              'invalid',
              method === 'POST' ? 'POST in a transaction takes a resource type' : 'PUT takes Type/id or Type?condition',
            );
          const tree = readResource(cloneJson(call.resource), type);
          const condition = method === 'POST' ? call.header('If-None-Exist') : undefined;
          if (condition !== undefined) {
            const earlier = created.get(`${type}?${condition}`);
            const found = earlier ?? oneMatching(this.#service, type, condition)?.id;
            if (found !== undefined) return { call, type, id: found, tree: undefined };
          }
          const target = method === 'POST' ? this.#newId(call, type) : (id ?? updateTarget(this.#service, tree, call.criteria));
          this.#touch(type, target);
          if (condition !== undefined) created.set(`${type}?${condition}`, target);
          return { call, type, id: target, tree: method === 'PUT' && id === undefined ? Object.assign(tree, { id: target }) : tree };
        }),
      );
  }

  #newId(call: EntryCall, type: string): string {
    let id = this.#newIds.get(call);
    if (id === undefined || this.#service.store.get(type, id)) {
      id = this.#service.store.newId(type);
      this.#newIds.set(call, id);
    }
    return id;
  }

  /** Which links lead to an entry: its fullUrl, and for a create the id it came with. */
  #relate({ call, type, id }: Planned): void {
    const target = `${type}/${id}`;
    if (call.fullUrl !== undefined) this.#links.set(call.fullUrl, target);
    const old = call.method === 'POST' ? call.resource?.id : undefined;
    const own = old === undefined ? undefined : `${type}/${old}`;
    if (
      own !== undefined &&
      !this.#links.has(own) &&
      (call.fullUrl === undefined || !call.fullUrl.startsWith('http') || call.fullUrl.endsWith(`/${own}`))
    )
      this.#links.set(own, target);
  }

  #rewriter(call: EntryCall): Rewriter {
    const base = call.fullUrl === undefined ? undefined : restBase(call.fullUrl);
    return {
      links: this.#service.definitions.links,
      resolve: (link) =>
        this.#links.get(link) ?? (base !== undefined && /^[A-Z]\w*\//.test(link) ? this.#links.get(base + link) : undefined),
    };
  }

  /** @returns whether a conditional reference is left. */
  #rewrite(call: EntryCall, tree: ResourceTree): boolean {
    const conditional = rewriteLinks(tree, this.#rewriter(call));
    for (const { reference } of referencesIn(tree))
      if (/^urn:(uuid|oid):/.test(reference))
        throw ofEntry(call.index, failure(400, 'not-found', 'A reference by urn leads to no entry of the transaction'));
    return conditional;
  }

  #resolveConditional(tree: ResourceTree): void {
    for (const { holder, reference } of referencesIn(tree)) {
      if (!CONDITIONAL.test(reference)) continue;
      const [type = ''] = reference.split('?');
      if (!this.#service.definitions.isType(type)) throw failure(400, 'invalid', 'A conditional reference names no resource type');
      const found = oneMatching(this.#service, type, reference);
      if (!found) throw preconditionFailed('A conditional reference matches nothing', 'not-found');
      holder['reference'] = `${type}/${found.id}`;
    }
  }

  #store({ call, type, id, tree }: Planned): void {
    if (!tree) return this.#answer(call, { status: 200, version: currentOf(this.#service.store.get(type, id)!) });
    this.#resolveConditional(tree);
    const written =
      call.method === 'POST'
        ? create(this.#service, this.#unit, tree, {}, id)
        : update(this.#service, this.#unit, id, tree, conditionsOf(call));
    this.#answer(call, written);
  }

  #patch(call: EntryCall): void {
    const [type = '', id, ...more] = call.path;
    if (more.length > 0 || !this.#service.definitions.isType(type)) throw failure(400, 'invalid', 'PATCH takes Type/id or Type?condition');
    const row = id === undefined ? oneMatching(this.#service, type, call.criteria) : readRow(this.#service, type, id);
    if (!row) throw notFound('Nothing matches the condition');
    this.#touch(type, row.id);
    const patcher = this.#patchers.get(call)!;
    const rewritten: Patcher = (tree) => {
      const patched = patcher(tree);
      rewriteLinks(patched, this.#rewriter(call));
      return patched;
    };
    this.#answer(call, patch(this.#service, this.#unit, row, rewritten, conditionsOf(call)));
  }
}

function readOnly(service: Service, call: EntryCall): Reply {
  const [type, id, history, versionId, ...more] = call.path;
  if (more.length > 0) throw failure(400, 'not-supported', 'A GET in a transaction is a read, a search or a history');
  if (type === undefined) return searchReply(service, call, { path: '' });
  if (!service.definitions.isType(type)) throw failure(404, 'not-supported', 'There is no such resource type in R4 that can be stored');
  if (id === undefined) return searchReply(service, call, { type, path: type });
  if (id === '_history') return historyReply(service, call, type);
  if (history === undefined) return read(service, call, type, id);
  if (history !== '_history')
    return searchReply(service, call, { type: history, compartment: { type, id }, path: `${type}/${id}/${history}` });
  return versionId === undefined ? historyReply(service, call, type, id) : vread(service, call, type, id, versionId);
}

async function transaction(service: Service, outer: Call, entries: readonly unknown[]): Promise<Reply> {
  const calls = entries.map((entry, index) => {
    try {
      return readEntry(outer, entry, index);
    } catch (error) {
      throw ofEntry(index, error);
    }
  });
  const fullUrls = new Set<string>();
  for (const { fullUrl, index } of calls) {
    if (fullUrl === undefined) continue;
    if (fullUrls.has(fullUrl)) throw ofEntry(index, failure(400, 'duplicate', 'Two entries have the same fullUrl'));
    fullUrls.add(fullUrl);
  }

  const patchers = new Map<EntryCall, Patcher>();
  for (const call of calls)
    try {
      if (call.path.some((part) => part.startsWith('$')))
        throw failure(400, 'not-supported', 'Operations are not done inside a transaction: ask for them apart');
      if (call.method === 'POST' || call.method === 'PUT') await assertValid(service, readResource(call.resource, call.path[0] ?? ''));
      else if (call.method === 'PATCH') patchers.set(call, await patcherOf(call.contentType, call.body()));
    } catch (error) {
      throw ofEntry(call.index, error);
    }

  const newIds = new Map<EntryCall, string>();
  const replies = await inUnit(service, (unit) => new Transaction(service, calls, patchers, newIds, unit).run());
  const answers = calls.map((call) => replyEntry(call, replies[call.index]!));
  return { status: 200, headers: {}, body: bundleText('transaction-response', service.store.now().toISOString(), { entries: answers }) };
}
