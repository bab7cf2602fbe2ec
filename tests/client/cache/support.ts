import type { Backend, Capabilities, SearchParams, WriteOperation, WriteOutcome, WriteResult } from '../../../src/client/backend.js';
import type { Channel, Snapshot, Timers } from '../../../src/client/cache/types.js';
import { CareClient } from '../../../src/client/care-client.js';
import { CareError } from '../../../src/models/errors.js';
import type { Resource } from '../../../src/models/fhir/index.js';

interface Stored {
  version: number;
  /** Undefined once it is deleted. */
  resource: Resource | undefined;
}

export interface ServerOptions {
  /** Awaited twice by each request: before the server serves it, and before its answer is there. */
  gate?: (what: string) => Promise<void>;
  /** How a version id is written; numbers unless told. */
  versionId?: (version: number) => string;
  /** Stamps meta.lastUpdated. */
  stamp?: boolean;
}

/** A server in memory, and what it was asked. Several clients may have it as their backend. */
export class FakeServer {
  readonly records = new Map<string, Stored>();
  readonly asked: string[] = [];
  readonly signals: AbortSignal[] = [];
  /** Thrown by the next requests, one each. */
  readonly failures: CareError[] = [];
  /** Thrown by every request. */
  failing: CareError | undefined;
  /** What searches say of themselves. */
  page: { complete?: boolean; total?: number; warnings?: { code: 'page-budget'; message: string; count: number }[] } = {};
  pageSize = 100;
  readonly #options: ServerOptions;
  #writes = 0;

  constructor(options: ServerOptions = {}) {
    this.#options = options;
  }

  /** Somebody else writes. */
  put(resource: Resource): Resource {
    const key = `${resource.resourceType}/${resource.id}`;
    const version = (this.records.get(key)?.version ?? 0) + 1;
    const { versionId = String, stamp = false } = this.#options;
    const lastUpdated = stamp ? { lastUpdated: new Date(1_000_000 + ++this.#writes * 1000).toISOString() } : {};
    const stored = { ...structuredClone(resource), meta: { ...resource.meta, versionId: versionId(version), ...lastUpdated } };
    this.records.set(key, { version, resource: stored });
    return structuredClone(stored);
  }

  remove(key: string): void {
    this.records.set(key, { version: (this.records.get(key)?.version ?? 0) + 1, resource: undefined });
  }

  current(key: string): Resource | undefined {
    return this.records.get(key)?.resource;
  }

  async #serve<T>(what: string, signal: AbortSignal | undefined, work: () => T): Promise<T> {
    this.asked.push(what);
    if (signal) this.signals.push(signal);
    await this.#options.gate?.(what);
    const failure = this.failing ?? this.failures.shift();
    const result = failure ? undefined : work();
    await this.#options.gate?.(`${what} answered`);
    if (failure) throw failure;
    return result as T;
  }

  backend(): Backend {
    return {
      kind: 'fake',
      baseUrl: 'https://fhir.example.org/r4',
      describe: () => Promise.reject<Capabilities>(new CareError('unsupported', 'It says nothing.')),
      read: (type, id, { signal, known, versionId } = {}) =>
        this.#serve(
          `read ${type}/${id}${versionId === undefined ? '' : `/${versionId}`}${known ? ` if not ${known.meta?.versionId}` : ''}`,
          signal,
          () => {
            const stored = this.records.get(`${type}/${id}`);
            if (!stored) throw new CareError('not-found', 'There is none.');
            if (!stored.resource) throw new CareError('gone', 'It was deleted.');
            return (known && known.meta?.versionId === stored.resource.meta?.versionId ? known : structuredClone(stored.resource)) as never;
          },
        ),
      search: (type, params, options) => this.#search(type, params, options?.signal) as never,
      write: (operations, { signal }) => this.#serve(`write ${operations.map(nameOf).join(' ')}`, signal, () => this.#write(operations)),
      operation: (path, { signal } = {}) => this.#serve(`operation ${path}`, signal, () => ({ resourceType: 'Parameters' }) as Resource),
    };
  }

  async *#search(type: string, params: SearchParams, signal: AbortSignal | undefined) {
    const { complete = true, total, warnings = [] } = this.page;
    for (let from = 0; ; from += this.pageSize) {
      const { rows, more } = await this.#serve(`search ${type}${from === 0 ? '' : ` from ${from}`}`, signal, () => {
        const family = params['family'];
        const found = [...this.records.values()].flatMap(({ resource }) => {
          if (resource?.resourceType !== type) return [];
          const [{ family: own = undefined } = {}] = (resource as { name?: { family?: string }[] }).name ?? [];
          return family === undefined || own === family ? [structuredClone(resource)] : [];
        });
        return { rows: found.slice(from, from + this.pageSize), more: found.length > from + this.pageSize };
      });
      yield { items: rows, included: [] as Resource[], total, complete, warnings };
      if (!more) return;
    }
  }

  #write(operations: readonly WriteOperation[]): WriteResult {
    const outcomes = operations.map((operation): WriteOutcome => {
      if (operation.method === 'delete') {
        const { id = '' } = operation;
        this.remove(`${operation.type}/${id}`);
        return { state: 'done', status: 204, resource: undefined, id, versionId: undefined, issues: [] };
      }
      if (operation.method === 'patch') throw new CareError('unsupported', 'No patches here.');
      const before = this.current(`${operation.resource.resourceType}/${operation.resource.id}`);
      if (operation.method === 'update' && operation.ifMatch !== undefined && before?.meta?.versionId !== operation.ifMatch)
        throw new CareError('conflict', 'Somebody was faster.', { status: 412 });
      const id = operation.method === 'create' ? `new${this.records.size}` : operation.resource.id!;
      const resource = this.put({ ...operation.resource, id });
      return {
        state: 'done',
        status: 200 + Number(operation.method === 'create'),
        resource,
        id,
        versionId: resource.meta?.versionId,
        issues: [],
      };
    });
    return { atomic: true, outcomes };
  }
}

function nameOf(operation: WriteOperation): string {
  const { type, id } = 'resource' in operation ? { type: operation.resource.resourceType, id: operation.resource.id } : operation;
  return `${operation.method} ${type}/${id}`;
}

/** A gate that the test opens, request by request. */
export class Gate {
  readonly #waiting: { what: string; open: () => void }[] = [];

  readonly wait = (what: string): Promise<void> => new Promise((resolve) => this.#waiting.push({ what, open: resolve }));

  get waiting(): string[] {
    return this.#waiting.map(({ what }) => what);
  }

  async passAt(index: number): Promise<void> {
    this.#waiting.splice(index, 1)[0]?.open();
    await settled();
  }

  /** Lets the first request that waits at this point go on, once there is one. */
  async pass(what: string): Promise<void> {
    for (let turn = 0; turn < 200; turn++) {
      const index = this.#waiting.findIndex((one) => one.what === what);
      if (index >= 0) {
        this.#waiting.splice(index, 1)[0]!.open();
        return settled();
      }
      await settled();
    }
    throw new Error(`nobody waits for "${what}"; ${this.waiting.join(', ')}`);
  }
}

/** All that can happen without time passing has happened. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}

/** Time that passes when the test says so. */
export class FakeTimers implements Timers {
  visible = true;
  #now = 1_000_000;
  readonly #timers = new Set<{ at: number; run: () => void }>();
  readonly #seen = new Set<(asleep: boolean) => void>();

  now(): number {
    return this.#now;
  }
  after(milliseconds: number, run: () => void): () => void {
    const timer = { at: this.#now + milliseconds, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }
  isVisible(): boolean {
    return this.visible;
  }
  onVisible(run: (asleep: boolean) => void): () => void {
    this.#seen.add(run);
    return () => this.#seen.delete(run);
  }
  show(asleep = false): void {
    this.visible = true;
    for (const run of this.#seen) run(asleep);
  }
  get waits(): number[] {
    return [...this.#timers].map(({ at }) => at - this.#now).sort((a, b) => a - b);
  }
  get listeners(): number {
    return this.#seen.size;
  }
  async pass(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    for (;;) {
      const next = [...this.#timers].sort((a, b) => a.at - b.at)[0];
      if (!next || next.at > end) break;
      this.#now = next.at;
      this.#timers.delete(next);
      next.run();
      await settled();
    }
    this.#now = end;
    await settled();
  }
}

/** Channels of one page or of several; a message waits at the gate before it arrives. */
export class FakeChannels {
  readonly sent: unknown[] = [];
  readonly #open = new Map<string, Set<Channel>>();
  readonly #gate: (what: string) => Promise<void>;

  constructor(gate: (what: string) => Promise<void> = () => Promise.resolve()) {
    this.#gate = gate;
  }

  readonly open = (name: string): Channel => {
    const peers = this.#open.get(name) ?? new Set<Channel>();
    this.#open.set(name, peers);
    const channel: Channel = {
      onmessage: null,
      postMessage: (message) => {
        this.sent.push(message);
        const data: unknown = structuredClone(message);
        for (const peer of peers) if (peer !== channel) void this.#gate('message').then(() => peer.onmessage?.({ data }));
      },
      close: () => peers.delete(channel),
    };
    peers.add(channel);
    return channel;
  };

  get names(): string[] {
    return [...this.#open].flatMap(([name, peers]) => (peers.size > 0 ? [name] : []));
  }
}

/** A snapshot in one word, with the version or the family name. */
export function brief(snapshot: Snapshot<unknown>): string {
  const { state, value, error } = snapshot;
  const words = [state, error?.kind, value === undefined ? undefined : wordOf(value)];
  return words.filter((word) => word !== undefined).join(' ');
}

function wordOf(value: unknown): string {
  const { items, meta } = value as { items?: Resource[]; meta?: { versionId?: string } };
  return items ? `[${items.map((row) => `${row.id}.${row.meta?.versionId}`).join(' ')}]` : `v${meta?.versionId}`;
}

// What a client loads with its first request is loaded now, so that no test waits for it.
await new CareClient({ backend: new FakeServer().backend() }).search('Basic').all();
