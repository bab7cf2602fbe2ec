import { CareError, isCareError, type CareIssue } from '../models/errors.js';
import { cloneJson } from '../models/fhir/json.js';
import { checkDates } from '../models/fhir/search-check.js';
import type { Resource, ResourceOf, ResourceType } from '../models/fhir/index.js';
import type {
  Backend,
  Capabilities,
  JsonPatchOperation,
  RequestOptions,
  SearchOptions,
  SearchPage,
  SearchParams,
  WriteOperation,
  WriteOptions,
  WriteOutcome,
  WriteResult,
} from './backend.js';
import { createFhirBackend, type FhirBackendOptions } from './backends/fhir/index.js';
import { HeldRecords } from './cache/held-records.js';
import type { CacheOptions, RecordChange, WatchOptions } from './cache/types.js';
import type { Charting } from './charting.js';
import type { Conditional } from './conditional.js';
import type { Scheduling } from './scheduling.js';
import { load } from './load.js';
import type { MergeChoices, MergeResult, MergeVersions } from '../models/fhir/merge/index.js';
import type { TransactionBuilder } from './transaction-builder.js';
import { SearchResult, type CarePage } from './search-result.js';
import type { IncludedOf, TypedParams } from './search-types.js';
import { Validation } from './validation.js';
import type { Observe, Watch } from './watch.js';

export type CareClientOptions = CacheOptions & (FhirBackendOptions | { backend: Backend });

export interface ReadOptions extends RequestOptions {
  /** This version instead of the current one. */
  versionId?: string | undefined;
  /** Takes the copy at hand where the server confirmed it less than so many milliseconds ago. 0 unless told: the server is asked. */
  maxAge?: number | undefined;
  /** Checks what came against the schema of its type; see {@link CareClient.issuesOf}. Nothing is refused for it. */
  validate?: boolean | undefined;
}

export interface CareSearchOptions extends SearchOptions {
  /** Takes the result at hand where it was had less than so many milliseconds ago; then, or when it is asked for, it comes as one page. */
  maxAge?: number | undefined;
  validate?: boolean | undefined;
}

type Done = Extract<WriteOutcome, { state: 'done' }>;

export interface SaveOptions<T = Resource> extends RequestOptions {
  /** The version that this is based on. Taken from `meta.versionId`; `false` overwrites whatever is there. */
  ifMatch?: string | false | undefined;
  /** The record as it was when editing began, for a ConflictError; else that version is read when a conflict occurs. */
  base?: T | undefined;
}

/** A record by what is needed to find it and to say which version is meant. A resource is one. */
export interface RecordRef<T extends ResourceType = ResourceType> {
  resourceType: T;
  id?: string | undefined;
  meta?: { versionId?: string | undefined } | undefined;
}

/**
 * The client that an integrator holds: typed reads, searches and writes over any backend. Every failure is a CareError; a write
 * that is based on an old version is a ConflictError with what the other one saved.
 *
 * ```ts
 * const client = new CareClient({ baseUrl: 'https://example.org/fhir' });
 * const page = await client.search('Appointment', { date: dayRange('2026-11-24', zone), _include: 'Appointment:patient' }).all();
 * ```
 */
export class CareClient {
  readonly backend: Backend;
  readonly #listeners = new Set<(error: CareError) => void>();
  readonly #validation = new Validation();
  #scheduling: Promise<Scheduling> | undefined;
  #charting: Promise<Charting> | undefined;
  readonly #signOuts = new Set<() => void>();
  readonly #records: HeldRecords;

  constructor(options: CareClientOptions) {
    this.backend = 'backend' in options ? options.backend : createFhirBackend(options);
    this.#records = new HeldRecords(this.backend, options, (error, elsewhere) => {
      if (elsewhere) this.#tell(error);
      for (const listener of [...this.#signOuts]) listener();
    });
  }

  /** An object of a kind of its own: Vue's `ref` and `reactive` keep their proxies off it, which private fields do not bear. */
  get [Symbol.toStringTag](): string {
    return 'CareClient';
  }

  /** What this server can do, as far as it says or has shown. */
  capabilities(options?: RequestOptions): Promise<Capabilities> {
    return this.#report(() => this.backend.describe(options));
  }

  /** One record, as the server has it now; it is the caller's own to change. Reads of the same at the same time share a request. */
  read<T extends ResourceType>(type: T, id: string, options: ReadOptions = {}): Promise<ResourceOf<T>> {
    const { validate, ...rest } = options;
    return this.#report(async () => {
      const resource = await (await this.#records.open()).read(type, id, rest);
      if (validate) await this.#validation.check([resource]);
      return resource as ResourceOf<T>;
    });
  }

  /**
   * A search; nothing is sent until it is iterated. An array is AND, a comma in one value is OR: text that a person typed goes
   * through `escapeValue`, bounds in time through `dayRange` or `instantBound`.
   */
  search<T extends ResourceType, const P extends SearchParams = SearchParams>(
    type: T,
    params?: P & TypedParams<NoInfer<T>>,
    options: CareSearchOptions = {},
  ): SearchResult<ResourceOf<T>, IncludedOf<P>> {
    const { validate, ...rest } = options;
    return new SearchResult(
      () => this.#pages(type, (params as SearchParams | undefined) ?? {}, rest, validate === true),
      this.backend.baseUrl,
    );
  }

  /**
   * Tells what is known of a record, and each change of it: by a write of this client, of another tab of the session, of another client
   * on the same embedded store; by others when it is asked for again (`every`). All who watch the same share its requests.
   */
  watch<T extends ResourceType>(type: T, id: string, options: WatchOptions = {}): Watch<ResourceOf<T>> {
    return this.#records.watch((records) => records.watchRecord(type, id, options) as Observe<never>, options);
  }

  /** The same for a search: its whole result, asked for again when a record is written that it may concern. */
  watchSearch<T extends ResourceType, const P extends SearchParams = SearchParams>(
    type: T,
    params?: P & TypedParams<NoInfer<T>>,
    options: WatchOptions & Pick<SearchOptions, 'patient' | 'maxPages'> = {},
  ): Watch<CarePage<ResourceOf<T>, IncludedOf<P>>> {
    return this.#records.watch((records) => {
      const asked: SearchParams = (params as SearchParams | undefined) ?? {};
      checkDates(asked);
      return records.watchSearch(type, asked, options) as Observe<never>;
    }, options);
  }

  /** Tells which records were written, here, in other tabs of the session, or by others on the same embedded store. Gives what ends it. */
  onChange(listener: (changes: readonly RecordChange[]) => void): () => void {
    return this.#records.onChange(listener);
  }

  /**
   * Says that records may have changed in a way that the client cannot see: a subscription of yours told so, say. What is watched of them
   * is asked for again, in other tabs too.
   */
  async invalidate(type?: ResourceType, id?: string): Promise<void> {
    (await this.#records.open()).invalidate(type ?? 'Resource', id);
  }

  /**
   * The user signs out: all that is remembered is forgotten at once, here and in the other tabs of the session. Requests are aborted and
   * late answers dropped; watches end with an error of kind `auth`. A write under way reaches the server all the same: its caller gets
   * `aborted` and does not learn how it went, so wait for writes first. For the next user make another client.
   */
  signOut(): void {
    this.#records.signOut();
  }

  /** Tells that the session is over, by `signOut` here or in another tab: what is on screen has to go. Gives what ends it. */
  onSignOut(listener: () => void): () => void {
    this.#signOuts.add(listener);
    return () => this.#signOuts.delete(listener);
  }

  /**
   * @param options `ifNoneExist`: a search (`identifier=sys|value`); where it finds one record, that is given back and none made.
   * @returns the record as the server stored it.
   */
  async create<T extends Resource>(resource: T, options: RequestOptions & { ifNoneExist?: string } = {}): Promise<T> {
    const { ifNoneExist, ...rest } = options;
    return this.#save({ method: 'create', resource, ...(ifNoneExist === undefined ? {} : { ifNoneExist }) }, rest);
  }

  /**
   * Saves a record, unless somebody else has changed it since it was read.
   *
   * @throws ConflictError in that case.
   */
  async update<T extends Resource>(resource: T, options: SaveOptions<T> = {}): Promise<T> {
    const { ifMatch, base, ...rest } = options;
    return this.#save({ method: 'update', resource, base, ...guard(resource, ifMatch) }, rest);
  }

  /** @param patch JSON Patch operations, or a Parameters resource for FHIRPath Patch. */
  async patch<T extends ResourceType>(
    record: RecordRef<T>,
    patch: readonly JsonPatchOperation[] | Resource,
    options: Omit<SaveOptions, 'base'> = {},
  ): Promise<ResourceOf<T>> {
    const { ifMatch, ...rest } = options;
    return this.#save<ResourceOf<T>>(
      { method: 'patch', type: record.resourceType, id: idOf(record), patch, ...guard(record, ifMatch) },
      rest,
    );
  }

  async delete(record: RecordRef, options: Omit<SaveOptions, 'base'> = {}): Promise<void> {
    const { ifMatch, ...rest } = options;
    await this.#writeOne({ method: 'delete', type: record.resourceType, id: idOf(record), ...guard(record, ifMatch) }, rest);
  }

  /**
   * Several writes, all or nothing; with `atomic: 'preferred'` one after the other where the server cannot do that, and the result
   * then says what landed. Updates carry the version of their `meta.versionId`. Records that do not exist yet refer to each other
   * by `fullUrl: temporaryId()`.
   *
   * @throws ConflictError where one is based on an old version; nothing has changed then.
   */
  transaction(
    operations: readonly WriteOperation[],
    options: RequestOptions & { atomic?: WriteOptions['atomic'] } = {},
  ): Promise<WriteResult> {
    const guarded = operations.map((operation) =>
      operation.method === 'update' && operation.ifMatch === undefined && operation.criteria === undefined
        ? { ...operation, ...guard(operation.resource, undefined) }
        : operation,
    );
    return this.#report(() => this.#write(guarded, { ...options, atomic: options.atomic ?? 'required' }));
  }

  /**
   * A transaction put together step by step, with a handle for each write: by it records refer to each other before they exist, and
   * what was stored is taken out afterwards.
   *
   * ```ts
   * const tx = await client.newTransaction();
   * const patient = tx.create<Patient>({ resourceType: 'Patient', name: [{ family: 'Doe' }] });
   * tx.create<Encounter>({ resourceType: 'Encounter', status: 'planned', class: …, subject: patient.reference });
   * const { id } = (await tx.commit()).of(patient);
   * ```
   */
  async newTransaction(): Promise<TransactionBuilder> {
    return new (await writing()).TransactionBuilder(this, this.#stored.bind(this));
  }

  /** Conditional update, patch and delete (R4 http): of the one record that a search finds. Loaded at first use. */
  async conditional(): Promise<Conditional> {
    return new (await writing()).Conditional(this, this.#stored.bind(this));
  }

  /** What becomes of a stale write: what merges by itself, and what a person decides. Pure and without a request. */
  async merge<T extends Resource>(conflict: MergeVersions<T>, choices?: MergeChoices): Promise<MergeResult<T>> {
    return (await writing()).merge(conflict, { choices });
  }

  /**
   * Saves what was merged, over the version that it was merged with.
   *
   * @param choices for each conflict of {@link merge}, by its path, the version that stands.
   * @throws CareError `validation` while conflicts are open; ConflictError where somebody was faster once more.
   */
  async resolve<T extends Resource>(conflict: MergeVersions<T>, choices: MergeChoices, options?: RequestOptions): Promise<T> {
    return (await writing()).resolve(this, conflict, choices, options);
  }

  /** A FHIR operation such as `Patient/p1/$everything`; its result can be the first of several pages. */
  operation(path: string, options?: Parameters<Backend['operation']>[1]): Promise<Resource> {
    return this.#report(async () => (await this.#records.open()).operation(path, options));
  }

  /** Scheduling by intent: days, providers, moves. Its code is loaded at first use. */
  scheduling(): Promise<Scheduling> {
    this.#scheduling ??= import('./scheduling.js').then((module) => new module.Scheduling(this));
    return this.#scheduling;
  }

  /** Charting by intent: the sections of a patient's chart. Its code is loaded at first use. */
  charting(): Promise<Charting> {
    this.#charting ??= import('./charting.js').then((module) => new module.Charting(this));
    return this.#charting;
  }

  /** What is wrong with a resource that was read or found with `validate: true`, by its schema; empty for a sound one. */
  issuesOf(resource: Resource): readonly CareIssue[] {
    return this.#validation.issuesOf(resource);
  }

  /** Tells of every CareError that this client throws but `aborted` (to sign in again, to log). Gives a function that ends it. */
  onError(listener: (error: CareError) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends watches, forgets what is remembered and frees the backend, unless others hold that too. Other tabs are not told. */
  close({ keepBackend = false } = {}): void {
    this.#records.close();
    this.#listeners.clear();
    this.#signOuts.clear();
    if (!keepBackend) this.backend.close?.();
  }

  async *#pages<T extends ResourceType>(
    type: T,
    params: SearchParams,
    options: CareSearchOptions,
    validate: boolean,
  ): AsyncGenerator<SearchPage<ResourceOf<T>>, void, undefined> {
    try {
      checkDates(params);
      const pages = (await this.#records.open()).pages(type, params, options) as AsyncIterable<SearchPage<ResourceOf<T>>>;
      for await (const page of pages) yield validate ? await this.#validation.checkPage(page) : page;
    } catch (error) {
      this.#tell(error);
      throw error;
    }
  }

  async #save<T extends Resource>(operation: WriteOperation, options: RequestOptions): Promise<T> {
    const done = await this.#writeOne(operation, options);
    return (await this.#stored(operation, done, options)) as T;
  }

  /** The record as the server stored it, with its version. Some servers answer a write with nothing: then what they stored is read. */
  async #stored(operation: WriteOperation, done: Done, options: RequestOptions): Promise<Resource> {
    const type = operation.method === 'patch' ? operation.type : (operation as { resource: Resource }).resource.resourceType;
    const stored = done.resource ?? (await this.read(type as ResourceType, done.id, options));
    if (done.versionId === undefined || stored.meta?.versionId !== undefined) return stored;
    const copy = cloneJson(stored);
    copy.meta = { ...copy.meta, versionId: done.versionId };
    return copy;
  }

  #writeOne(operation: WriteOperation, options: RequestOptions): Promise<Done> {
    return this.#report(async () => {
      const { outcomes } = await this.#write([operation], { ...options, atomic: 'required' });
      const [outcome] = outcomes;
      if (outcome?.state === 'done') return outcome;
      throw outcome?.state === 'failed' ? outcome.error : new CareError('server', 'The write was not made.');
    });
  }

  async #write(operations: readonly WriteOperation[], options: WriteOptions): Promise<WriteResult> {
    return (await this.#records.open()).write(operations, () => this.#writeThrough(operations, options));
  }

  async #writeThrough(operations: readonly WriteOperation[], options: WriteOptions): Promise<WriteResult> {
    const explain = async (error: unknown, which: readonly WriteOperation[]): Promise<unknown> => {
      if (!isCareError(error, 'conflict', 'precondition', 'validation')) return error;
      const part = await writing().catch(() => undefined);
      if (!part) return error;
      return part.asConflict(this.backend, error, which, { signal: options.signal, timeout: options.timeout });
    };
    try {
      const result = await this.backend.write(operations, options);
      for (const [index, outcome] of result.outcomes.entries()) {
        if (outcome.state === 'failed') outcome.error = (await explain(outcome.error, [operations[index]!])) as Error;
      }
      return result;
    } catch (error) {
      throw await explain(error, operations);
    }
  }

  async #report<R>(work: () => Promise<R>): Promise<R> {
    try {
      return await work();
    } catch (error) {
      this.#tell(error);
      throw error;
    }
  }

  #tell(error: unknown): void {
    if (!isCareError(error) || error.kind === 'aborted') return;
    for (const listener of this.#listeners) {
      try {
        listener(error);
      } catch (failure) {
        // The listener's own failure must neither hide the error nor go unseen.
        queueMicrotask(() => {
          throw failure;
        });
      }
    }
  }
}

const writing = (): Promise<typeof import('./writing.js')> => load(() => import('./writing.js'));

function guard(record: RecordRef, ifMatch: string | false | undefined): { ifMatch?: string } {
  const version = ifMatch === undefined ? record.meta?.versionId : ifMatch;
  return version === undefined || version === false ? {} : { ifMatch: version };
}

function idOf(record: RecordRef): string {
  if (record.id === undefined) throw new CareError('validation', 'The record has no id yet.');
  return record.id;
}
