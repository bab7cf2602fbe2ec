/** A transaction put together step by step, with a typed handle for each write; loaded when the first one is begun. */
import { CareError, isCareError } from '../models/errors.js';
import { cloneJson } from '../models/fhir/json.js';
import type { Reference, Resource, ResourceOf, ResourceType } from '../models/fhir/index.js';
import type { JsonPatchOperation, RequestOptions, WriteOperation, WriteOptions, WriteOutcome, WriteResult } from './backend.js';
import type { CareClient, RecordRef } from './care-client.js';
import { criteriaText, type Criteria } from './criteria.js';
import type { ReadStored } from './stored.js';
import { temporaryId } from './temporary-id.js';

/** A reference whose type is known. */
export interface TypedReference<T extends ResourceType> extends Reference {
  reference: string;
  type: T;
}

/** Stands for one write of a transaction: what was stored is taken out by it, and an error says by it which one failed. */
export class WriteHandle<T extends Resource | undefined = Resource | undefined> {
  /** Position in the transaction, from 0; the `operation` of a CareError. */
  readonly index: number;
  readonly method: WriteOperation['method'];
  /** What {@link TransactionResult.of} gives; for types only. */
  declare readonly stored?: T;

  constructor(index: number, method: WriteOperation['method']) {
    this.index = index;
    this.method = method;
  }
}

/** A handle of a record that others of the transaction can refer to. */
export class RecordHandle<T extends Resource> extends WriteHandle<T> {
  readonly #type: T['resourceType'];
  /** How the record is referred to within the transaction: `urn:uuid:…` of one that is yet to be made, else `Patient/p1`. */
  readonly link: string;

  constructor(index: number, method: WriteOperation['method'], type: T['resourceType'], link: string) {
    super(index, method);
    this.#type = type;
    this.link = link;
  }

  /** A reference to the record, to be put into others; a new object each time. */
  get reference(): TypedReference<T['resourceType']> {
    return { reference: this.link, type: this.#type };
  }
}

export interface TransactionWriteOptions {
  /** The version that this is based on. Taken from `meta.versionId`; `false` overwrites whatever is there. */
  ifMatch?: string | false | undefined;
}

export interface CommitOptions extends RequestOptions {
  /** `required` unless told: all or nothing. `preferred`: one after the other where the server takes no transactions. */
  atomic?: WriteOptions['atomic'] | undefined;
}

/**
 * Collects writes, and makes them as one. Resources are read when it is committed, so records that refer to each other in a circle can be
 * filled in until then. What is wrong in itself throws a CareError of kind `validation` at once.
 */
export class TransactionBuilder {
  readonly #client: Pick<CareClient, 'transaction'>;
  readonly #stored: ReadStored;
  readonly #operations: WriteOperation[] = [];
  readonly #handles: WriteHandle[] = [];
  readonly #targets = new Set<string>();
  readonly #names = new Set<string>();
  #committed = false;

  constructor(client: Pick<CareClient, 'transaction'>, stored: ReadStored) {
    this.#client = client;
    this.#stored = stored;
  }

  /** How many writes it has. */
  get size(): number {
    return this.#operations.length;
  }

  /** @param options `ifNoneExist`: where this search finds one record, the handle stands for that and none is made. */
  create<T extends Resource>(resource: T, options: { ifNoneExist?: Criteria | undefined } = {}): RecordHandle<T> {
    const fullUrl = this.#newName();
    const condition = options.ifNoneExist === undefined ? {} : { ifNoneExist: criteriaText(options.ifNoneExist) };
    return this.#add(
      { method: 'create', resource, fullUrl, ...condition },
      new RecordHandle<T>(this.size, 'create', resource.resourceType, fullUrl),
    );
  }

  /** @param options `base`: the record as it was when editing began, for a ConflictError. */
  update<T extends Resource>(resource: T, options: TransactionWriteOptions & { base?: T | undefined } = {}): RecordHandle<T> {
    const link = this.#target(resource);
    const { ifMatch, base } = options;
    // The client takes the version out of `meta` where none is given.
    const sent = ifMatch === false ? withoutVersion(resource) : resource;
    const operation: WriteOperation = { method: 'update', resource: sent, base, ...(ifMatch ? { ifMatch } : {}) };
    return this.#add(operation, new RecordHandle<T>(this.size, 'update', resource.resourceType, link));
  }

  /** @param patch JSON Patch operations, or a Parameters resource for FHIRPath Patch. */
  patch<T extends ResourceType>(
    record: RecordRef<T>,
    patch: readonly JsonPatchOperation[] | Resource,
    options: TransactionWriteOptions = {},
  ): RecordHandle<ResourceOf<T>> {
    const link = this.#target(record);
    const operation: WriteOperation = { method: 'patch', type: record.resourceType, id: record.id!, patch, ...guard(record, options) };
    return this.#add(operation, new RecordHandle<ResourceOf<T>>(this.size, 'patch', record.resourceType, link));
  }

  delete(record: RecordRef, options: TransactionWriteOptions = {}): WriteHandle<undefined> {
    this.#target(record);
    const operation: WriteOperation = { method: 'delete', type: record.resourceType, id: record.id!, ...guard(record, options) };
    return this.#add(operation, new WriteHandle<undefined>(this.size, 'delete'));
  }

  /** Saves over the one record that matches, or creates it where none does (R4 http, "conditional update"). */
  conditionalUpdate<T extends Resource>(resource: T, criteria: Criteria): RecordHandle<T> {
    const fullUrl = this.#newName();
    const operation: WriteOperation = { method: 'update', resource, criteria: criteriaText(criteria), fullUrl };
    return this.#add(operation, new RecordHandle<T>(this.size, 'update', resource.resourceType, fullUrl));
  }

  conditionalPatch<T extends ResourceType>(
    type: T,
    criteria: Criteria,
    patch: readonly JsonPatchOperation[] | Resource,
  ): WriteHandle<ResourceOf<T>> {
    const operation: WriteOperation = { method: 'patch', type, criteria: criteriaText(criteria), patch };
    return this.#add(operation, new WriteHandle<ResourceOf<T>>(this.size, 'patch'));
  }

  conditionalDelete(type: ResourceType, criteria: Criteria): WriteHandle<undefined> {
    return this.#add({ method: 'delete', type, criteria: criteriaText(criteria) }, new WriteHandle<undefined>(this.size, 'delete'));
  }

  /**
   * Makes all writes. A builder is committed once: after a failure a new one is put together, from records as they are then.
   *
   * @throws ConflictError where one is based on an old version, else CareError. Nothing has changed then, unless `outcomeUnknown` says that
   * this is open. {@link handleOf} says which write it was.
   */
  async commit({ atomic, ...options }: CommitOptions = {}): Promise<TransactionResult> {
    this.#assertOpen();
    this.#operations.forEach((operation, index) => this.#assertOwnReferences(operation, index));
    this.#committed = true;
    const result = await this.#client.transaction(this.#operations, { ...options, ...(atomic === undefined ? {} : { atomic }) });
    const records = await Promise.all(result.outcomes.map((outcome, index) => this.#readBack(this.#operations[index]!, outcome, options)));
    return new TransactionResult(this.#handles, result, records);
  }

  /** The write that an error of {@link commit} is about; undefined where the server does not say, or it is about none of them. */
  handleOf(error: unknown): WriteHandle | undefined {
    return isCareError(error) && error.operation !== undefined ? this.#handles[error.operation] : undefined;
  }

  #newName(): string {
    const name = temporaryId();
    this.#names.add(name);
    return name;
  }

  #add<H extends WriteHandle>(operation: WriteOperation, handle: H): H {
    this.#assertOpen();
    this.#operations.push(operation);
    this.#handles.push(handle);
    return handle;
  }

  #assertOpen(): void {
    if (this.#committed) throw new CareError('validation', 'This transaction was committed already: begin a new one.');
  }

  /** A transaction may do one thing to a record (R4 http 3.1.0.11.2). */
  #target(record: RecordRef): string {
    if (record.id === undefined) throw new CareError('validation', 'The record has no id yet.');
    const link = `${record.resourceType}/${record.id}`;
    if (this.#targets.has(link)) throw new CareError('validation', 'This record is written by the same transaction already.');
    this.#assertOpen();
    this.#targets.add(link);
    return link;
  }

  /** A temporary reference leads to a write of this transaction, or nowhere. */
  #assertOwnReferences(operation: WriteOperation, index: number): void {
    const content = operation.method === 'patch' ? operation.patch : operation.method === 'delete' ? undefined : operation.resource;
    for (const link of temporaryReferencesIn(content))
      if (!this.#names.has(link)) {
        const message = 'A write refers to a record of another transaction, by a reference that leads nowhere here.';
        throw new CareError('validation', message, { operation: index });
      }
  }

  /** Nothing of what went wrong in reading back makes the write undone: it is told when the record is asked for. */
  async #readBack(operation: WriteOperation, outcome: WriteOutcome, options: RequestOptions): Promise<Resource | CareError | undefined> {
    if (outcome.state !== 'done' || operation.method === 'delete') return undefined;
    return this.#stored(operation, outcome, options).catch((error: unknown) => {
      const kind = isCareError(error) ? error.kind : 'server';
      return new CareError(kind, 'The record was saved, but could not be read again.');
    });
  }
}

/** What came of a transaction. */
export class TransactionResult {
  /** Whether all writes were made as one. */
  readonly atomic: boolean;
  readonly #handles: readonly WriteHandle[];
  readonly #outcomes: readonly WriteOutcome[];
  readonly #records: readonly (Resource | CareError | undefined)[];

  constructor(handles: readonly WriteHandle[], result: WriteResult, records: readonly (Resource | CareError | undefined)[]) {
    this.atomic = result.atomic;
    this.#handles = handles;
    this.#outcomes = result.outcomes;
    this.#records = records;
  }

  /** Writes that failed, and why; and those that were left because of them. Both only after writes one by one. */
  get failed(): { handle: WriteHandle; error: Error }[] {
    return this.#handles.flatMap((handle) => {
      const outcome = this.outcome(handle);
      return outcome.state === 'failed' ? [{ handle, error: outcome.error }] : [];
    });
  }

  get skipped(): WriteHandle[] {
    return this.#handles.filter((handle) => this.outcome(handle).state === 'skipped');
  }

  /** How the write went: status, id and version of what was stored. @throws CareError `validation` for a handle of another transaction. */
  outcome(handle: WriteHandle): WriteOutcome {
    const outcome = this.#handles[handle.index] === handle ? this.#outcomes[handle.index] : undefined;
    if (!outcome) throw new CareError('validation', 'This handle is of another transaction.');
    return outcome;
  }

  /**
   * The record as the server stored it, with its id and version; undefined of a delete.
   *
   * @throws the error of a write that failed, a CareError for one that was left, and for a handle of another transaction.
   */
  of<T extends Resource | undefined>(handle: WriteHandle<T>): T {
    const outcome = this.outcome(handle);
    if (outcome.state === 'failed') throw outcome.error;
    if (outcome.state === 'skipped')
      throw new CareError('precondition', 'This write was left, since one before it failed.', { operation: handle.index });
    const record = this.#records[handle.index];
    if (record instanceof CareError) throw record;
    return record as T;
  }
}

function guard(record: RecordRef, { ifMatch = record.meta?.versionId }: TransactionWriteOptions): { ifMatch?: string } {
  return ifMatch === undefined || ifMatch === false ? {} : { ifMatch };
}

function withoutVersion<T extends Resource>(resource: T): T {
  const copy = cloneJson(resource);
  delete copy.meta?.versionId;
  return copy;
}

function* temporaryReferencesIn(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value))
    if (key === 'reference' && typeof member === 'string') {
      if (member.startsWith('urn:uuid:')) yield member;
    } else yield* temporaryReferencesIn(member);
}
