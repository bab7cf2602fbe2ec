/**
 * What a client knows of the server's records, and how it comes to know: reads and searches that share requests, writes that are seen
 * at once, watches, and what other tabs and the backend itself tell. Loaded with the first request. Nothing is kept but in memory, and
 * nothing beyond `end()`.
 */
import { CareError, isCareError } from '../../models/errors.js';
import type { Resource, ResourceType } from '../../models/fhir/index.js';
import { cloneJson } from '../../models/fhir/json.js';
import type { Backend, RequestOptions, SearchOptions, SearchPage, SearchParams, WriteOperation, WriteResult } from '../backend.js';
import { SearchResult, type CarePage } from '../search-result.js';
import type { Observe } from '../watch.js';
import { SharedReads } from './flights.js';
import type { Known } from './observed.js';
import { isConfirmed, keyOf, RecordTable } from './record-table.js';
import { ResultTable } from './result-table.js';
import { searchKey, wholeKey, type SearchSpec } from './search-key.js';
import { SharedSearches } from './shared-pages.js';
import { openChannel, Tabs } from './tabs.js';
import { systemTimers } from './timers.js';
import type { CacheLimits, Channel, RecordChange, Timers, WatchOptions } from './types.js';
import { Watches } from './watches.js';
import { changesOf, mayHaveChanged } from './written.js';

/** Operations of R4 that change nothing, whatever the method. */
const READ_ONLY =
  /\$(validate(-code)?|expand|lookup|subsumes|translate|everything|match|lastn|stats|meta|data-requirements|conforms|implements)$/;

export interface RecordsOptions {
  backend: Backend;
  /** Name of the sign-in that the tabs share; without one they tell each other nothing. */
  session: string | undefined;
  limits: CacheLimits | undefined;
  timers: Timers | undefined;
  channel: ((name: string) => Channel | undefined) | undefined;
  /** Another tab signed out. */
  over: () => void;
}

export class Records {
  readonly #backend: Backend;
  readonly #timers: Timers;
  readonly #records: RecordTable;
  readonly #results: ResultTable;
  readonly #reads = new SharedReads<Resource>();
  readonly #searches = new SharedSearches(() => this.#records.tick());
  readonly #watches: Watches;
  readonly #listeners = new Set<(changes: readonly RecordChange[]) => void>();
  readonly #tabs: Tabs | undefined;
  readonly #endCommits: (() => void) | undefined;
  /** Ends what cannot be aborted. */
  readonly #atEnd = new Set<() => void>();
  #isOver = false;
  #whyOver: CareError | undefined;
  /** The server said that nobody is signed in, and has not answered anything since. */
  #lockedOut = false;

  constructor({ backend, session, limits, timers = systemTimers, channel = openChannel, over }: RecordsOptions) {
    this.#backend = backend;
    this.#timers = timers;
    this.#records = new RecordTable(limits);
    this.#watches = new Watches({ tick: () => this.#records.tick(), isLockedOut: () => this.#lockedOut, timers });
    this.#results = new ResultTable(this.#records, backend.baseUrl, limits?.searches);
    this.#endCommits = backend.onCommit?.((versions) =>
      this.#heard(
        versions.map(({ type, id, versionId, method }) => ({ type, id, versionId, deleted: method === 'DELETE', from: 'backend' })),
      ),
    );
    if (session !== undefined)
      this.#tabs = new Tabs({
        name: `carelet ${backend.baseUrl} ${session}`,
        open: channel,
        changed: (told) =>
          this.#heard(
            told.map(([type, id, version, deleted]) => ({
              type,
              id: id ?? undefined,
              versionId: version ?? undefined,
              deleted,
              from: 'tab',
            })),
          ),
        over,
      });
  }

  // Reads and searches

  /** @param maxAge milliseconds; a copy that was confirmed within them is taken in place of a request. */
  async read(
    type: ResourceType,
    id: string,
    { versionId, maxAge = 0, signal, ...options }: RequestOptions & { versionId?: string | undefined; maxAge?: number | undefined },
  ): Promise<Resource> {
    this.#checkOpen();
    const key = keyOf(type, id);
    const held = versionId === undefined && maxAge > 0 ? this.#records.get(key) : undefined;
    if (held?.value && isConfirmed(held) && this.#isYoung(held.at, maxAge)) return cloneJson(held.value);
    const asked = versionId === undefined ? key : `${key}/_history/${versionId}`;
    const ask = (stop: AbortSignal): Promise<Resource> =>
      versionId === undefined
        ? this.#ask(type, id, { ...options, signal: stop })
        : this.#answer(this.#backend.read(type, id, { ...options, signal: stop, versionId }));
    return this.#reads.get(`${asked} ${JSON.stringify(options)}`, ask, signal);
  }

  async #ask(type: ResourceType, id: string, options: RequestOptions): Promise<Resource> {
    const key = keyOf(type, id);
    const asked = this.#records.tick();
    const known = this.#records.get(key)?.value;
    try {
      const resource = await this.#answer(
        this.#backend.read(type, id, { ...options, ...(known?.meta?.versionId === undefined ? {} : { known: known as never }) }),
      );
      this.#records.put(key, resource, asked, this.#timers.now());
      this.#records.trim(() => this.#needed());
      return resource;
    } catch (error) {
      if (isCareError(error, 'not-found', 'gone')) this.#records.missing(key, asked);
      else if (isCareError(error, 'forbidden', 'break-glass')) this.#records.drop(key);
      throw error;
    } finally {
      this.#watches.touch();
    }
  }

  async *pages(
    type: ResourceType,
    params: SearchParams,
    { maxAge = 0, signal, ...options }: SearchOptions & { maxAge?: number | undefined },
  ): AsyncGenerator<SearchPage, void, undefined> {
    this.#checkOpen();
    const spec = { type, params, options };
    if (maxAge <= 0) {
      yield* this.#pages(spec, signal);
      return;
    }
    const held = this.#results.get(searchKey(spec));
    const isYoung = held && held.asked >= held.changed && this.#isYoung(held.at, maxAge);
    const { items, included, total, complete, warnings } = isYoung ? held.value : await this.#search(spec, signal);
    yield cloneJson({ items: [...items], included: [...included], total, complete, warnings });
  }

  async *#pages(
    spec: SearchSpec,
    signal: AbortSignal | undefined,
    joined?: (asked: number) => void,
  ): AsyncGenerator<SearchPage, void, undefined> {
    const ask = (stop: AbortSignal, asked: number): AsyncIterable<SearchPage> =>
      this.#seen(spec, this.#backend.search(spec.type as ResourceType, spec.params, { ...spec.options, signal: stop }), asked);
    yield* this.#searches.pages(searchKey(spec), ask, signal, joined);
  }

  /** Pages as they come from the backend. Records among them of which a version is known are taken in. */
  async *#seen(spec: SearchSpec, pages: AsyncIterable<SearchPage>, asked: number): AsyncGenerator<SearchPage, void, undefined> {
    const source = pages[Symbol.asyncIterator]();
    try {
      for (;;) {
        const { done, value } = await this.#answer(source.next());
        if (done) return;
        for (const row of [...value.items, ...value.included]) {
          const key = wholeKey(spec, row);
          if (key !== undefined && this.#records.has(key)) this.#records.put(key, row, asked, this.#timers.now());
        }
        this.#watches.touch();
        yield value;
      }
    } finally {
      await source.return?.();
    }
  }

  /** A search as one page that is kept. */
  async #search(spec: SearchSpec, signal: AbortSignal | undefined): Promise<CarePage> {
    const key = searchKey(spec);
    let asked = 0;
    try {
      const pages = (): AsyncIterable<SearchPage> => this.#pages(spec, signal, (at) => (asked = at));
      const whole = await new SearchResult(pages, this.#backend.baseUrl).all();
      this.#checkOpen();
      const page = this.#results.put(spec, whole, asked, this.#timers.now(), this.#watches.keys);
      this.#records.trim(() => this.#needed());
      return page;
    } catch (error) {
      if (isCareError(error, 'forbidden', 'break-glass')) this.#results.drop(key);
      throw error;
    } finally {
      this.#watches.touch();
    }
  }

  /** An answer of the server, unless all is over by then. */
  async #answer<T>(work: Promise<T>): Promise<T> {
    try {
      const answer = await work;
      this.#checkOpen();
      if (this.#lockedOut) {
        this.#lockedOut = false;
        this.#watches.touch();
      }
      return answer;
    } catch (error) {
      if (isCareError(error, 'auth') && !this.#lockedOut) {
        this.#lockedOut = true;
        this.#records.doubt();
        this.#watches.touch();
      }
      throw error;
    }
  }

  /** A FHIR operation. What it may have changed is not known, save for those of R4 that change nothing. */
  async operation(path: string, options: Parameters<Backend['operation']>[1] = {}): Promise<Resource> {
    this.#checkOpen();
    const isRead = options.method === 'GET' || !(options.method ?? options.parameters) || READ_ONLY.test(path);
    try {
      return await this.#untilEnd(this.#backend.operation(path, options));
    } finally {
      if (!isRead && !this.#isOver) this.invalidate('Resource', undefined);
    }
  }

  #untilEnd<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => reject(new CareError('aborted', 'The session is over.'));
      this.#atEnd.add(giveUp);
      void this.#answer(work)
        .then(resolve, reject)
        .finally(() => this.#atEnd.delete(giveUp));
    });
  }

  // Writes

  /** A write is left to finish when all is over, but its answer goes nowhere. */
  async write(operations: readonly WriteOperation[], send: () => Promise<WriteResult>): Promise<WriteResult> {
    this.#checkOpen();
    const asked = this.#records.tick();
    try {
      const result = await this.#untilEnd(send());
      const { changes, records, deleted } = changesOf(operations, result);
      const now = this.#timers.now();
      for (const one of records) this.#records.put(keyOf(one.resourceType, one.id!), one, asked, now, true);
      for (const key of deleted) this.#records.missing(key, asked);
      this.#watches.touch();
      // A backend that tells of its writes has told of these, here.
      if (this.#endCommits) this.#tabs?.tell(changes);
      else this.#changed(changes);
      return result;
    } catch (error) {
      if (!this.#isOver && mayHaveChanged(error)) this.#changed(changesOf(operations).changes);
      throw error;
    }
  }

  #changed(changes: readonly RecordChange[]): void {
    if (changes.length === 0) return;
    this.#tabs?.tell(changes);
    this.#heard(changes);
  }

  #heard(changes: readonly RecordChange[]): void {
    for (const { type, id, versionId, deleted } of changes) {
      if (type === 'Resource') this.#records.doubt();
      else if (id === undefined) this.#records.doubt(type);
      else this.#records.change(type, id, versionId, deleted);
      this.#reads.close((key) => type === 'Resource' || key.startsWith(id === undefined ? `${type}/` : `${type}/${id} `));
    }
    this.#searches.close();
    this.#watches.touch();
    for (const listener of [...this.#listeners]) {
      try {
        listener(changes);
      } catch (failure) {
        queueMicrotask(() => {
          throw failure;
        });
      }
    }
  }

  /** Records may have changed in a way that the client cannot see. */
  invalidate(type: string, id: string | undefined): void {
    this.#changed([{ type, id, versionId: undefined, deleted: false, from: 'client' }]);
  }

  onChange(listener: (changes: readonly RecordChange[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  // Watches

  watchRecord(type: ResourceType, id: string, options: WatchOptions): Observe<Resource> {
    const key = keyOf(type, id);
    const look = (): Known<Resource> | undefined => this.#records.get(key);
    const ask = async (signal: AbortSignal): Promise<void> => {
      await this.read(type, id, { signal, timeout: options.timeout }).catch((error: unknown) => {
        if (!isCareError(error, 'not-found', 'gone')) throw error;
      });
    };
    return this.#watches.observe({ key, look, ask }, options, () => this.#checkWatch());
  }

  watchSearch(
    type: ResourceType,
    params: SearchParams,
    options: WatchOptions & Pick<SearchOptions, 'patient' | 'maxPages'>,
  ): Observe<CarePage> {
    const { patient, maxPages, timeout } = options;
    const spec = { type, params, options: { patient, maxPages, timeout } };
    const key = searchKey(spec);
    const ask = async (signal: AbortSignal): Promise<void> => void (await this.#search(spec, signal));
    return this.#watches.observe({ key, look: () => this.#results.get(key), ask }, options, () => this.#checkWatch());
  }

  // What is known, and its end

  #isYoung(at: number, maxAge: number): boolean {
    return !this.#lockedOut && this.#timers.now() - at < maxAge;
  }

  #needed(): ReadonlySet<string> {
    const { keys } = this.#watches;
    return new Set([...keys, ...this.#results.recordsOf(keys)]);
  }

  #checkWatch(): void {
    if (this.#whyOver) throw this.#whyOver;
    this.#checkOpen();
  }

  #checkOpen(): void {
    if (this.#isOver) throw new CareError('aborted', 'The session is over.');
  }

  /** Gives up what is under way, and forgets everything. @param tell the other tabs of the session. */
  end({ tell, error }: { tell: boolean; error?: CareError | undefined }): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#whyOver = error;
    for (const giveUp of this.#atEnd) giveUp();
    this.#reads.abortAll();
    this.#searches.abortAll();
    this.#endCommits?.();
    if (tell) this.#tabs?.end();
    else this.#tabs?.close();
    this.#records.clear();
    this.#results.clear();
    this.#listeners.clear();
    this.#watches.close(error);
  }
}
