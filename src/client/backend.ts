/**
 * The Backend port: what carelet asks of whatever keeps the records. A backend is embedded, a FHIR R4 server,
 * or a PM system that is not FHIR. What a backend cannot do is said by `describe()`, and as a CareError of kind
 * `unsupported` when asked all the same. Every method takes an AbortSignal; every failure is a CareError.
 */
import type { CareIssue } from '../models/errors.js';
import type { Resource, ResourceOf, ResourceType } from '../models/fhir/index.js';
import type { JsonPatchOperation } from '../models/fhir/patch/index.js';

export type { JsonPatchOperation };

/** `yes` and `no` are declared or learned; `unknown` means: not declared, never tried. */
export type Ability = 'yes' | 'no' | 'unknown';

export interface TypeCapabilities {
  read: Ability;
  vread: Ability;
  search: Ability;
  create: Ability;
  update: Ability;
  patch: Ability;
  delete: Ability;
  history: Ability;
  conditionalCreate: Ability;
  conditionalUpdate?: Ability;
  /** `multiple`: a conditional delete takes all that match, not the one. */
  conditionalDelete?: Ability | 'multiple';
  /** PUT to an id of the client's choosing. */
  updateCreate: Ability;
  /** Names of the declared search parameters; undefined when the server declares none for this type. */
  searchParams: readonly string[] | undefined;
  /** `Appointment:actor` and the like; undefined when none is declared. */
  includes: readonly string[] | undefined;
  revIncludes: readonly string[] | undefined;
}

export interface Capabilities {
  /** What to call it on screen: software name and version, or the host. */
  name: string;
  fhirVersion: string;
  transaction: Ability;
  batch: Ability;
  /** POST [type]/_search, which keeps names and birth dates out of URLs and logs. */
  postSearch: Ability;
  jsonPatch: Ability;
  fhirpathPatch: Ability;
  /** Whether the server refuses a stale `If-Match`. */
  versionedUpdate: Ability;
  everything: Ability;
  expand: Ability;
  /** Whether an operation of a type (`Appointment`, `find`) is declared; a backend that cannot say leaves it out. */
  operation?(type: string, name: string): Ability;
  /** Abilities of one type. A type that the server does not list answers `no` throughout. */
  type(type: string): TypeCapabilities;
  /** Known deviations that the client works around, by name: see `backends/fhir/quirks.ts`. */
  quirks: readonly string[];
  /** Plain sentences for a person: what is reduced on this server, and why. */
  notes: readonly string[];
}

export interface RequestOptions {
  signal?: AbortSignal | undefined;
  /** Milliseconds for the whole call, retries included; the backend's own default applies where it is left out. */
  timeout?: number | undefined;
}

export interface BackendReadOptions<T extends Resource = Resource> extends RequestOptions {
  /** This version instead of the current one. */
  versionId?: string;
  /**
   * The copy that the caller holds. A backend that can asks with If-None-Match, and resolves to this very object where the server
   * says that it is still the current one (304); one that cannot leaves it out. Never together with `versionId`.
   */
  known?: T | undefined;
}

export type SearchValue = string | number | boolean | readonly (string | number | boolean)[];
/** `{ patient: 'p1', date: ['ge2026-11-24', 'lt2026-11-25'], _sort: 'date' }`: an array is AND, a comma in one string is OR. */
export type SearchParams = Readonly<Record<string, SearchValue | undefined>>;

export interface SearchOptions extends RequestOptions {
  /**
   * The patient these rows must belong to (`Patient/p1`). Each row is checked: one that names another patient is
   * withheld and warned of, one that cannot be decided is withheld and counted, and the page is not `complete`.
   */
  patient?: string | undefined;
  /** Stop after this many pages; the last one is then not `complete`. Default 50. */
  maxPages?: number | undefined;
}

export interface SearchWarning {
  code:
    | 'other-patient' // rows that name another patient than the one asked for: withheld
    | 'undecided-patient' // rows of which that cannot be said (identifier only, Group, merged, nobody): withheld
    | 'ignored-parameter' // the server says, or its self link shows, that it left a parameter out
    | 'outside-range'
    | 'page-budget' // more pages exist than were asked for
    | 'refused-link' // the next page lies outside the server, or has been here already: not followed
    | 'server-outcome' // the server says of its own accord that something is reduced
    | 'invalid-entry' // entries that are no resource, or a match of another type: withheld
    | 'invalid-resource'; // resources that break the schema: kept (only where validation was asked for)
  /** Plain words without patient data. */
  message: string;
  count: number;
}

export interface SearchPage<T = Resource> {
  /** Rows that match, in the server's order. */
  items: T[];
  /** Rows that came along by `_include` or `_revinclude`. */
  included: Resource[];
  total: number | undefined;
  /** False when rows were withheld, a parameter was ignored, or more pages exist than were asked for. */
  complete: boolean;
  warnings: SearchWarning[];
}

/**
 * One write. `ifMatch` is a bare version id (`3`), never `W/"3"`. With `criteria`, a search in URL form (`identifier=sys|value`), an
 * update, patch or delete is conditional (R4 http, "conditional update"): it means the one record that matches. A criterion that
 * filters nothing is refused, since it would mean any record.
 */
export type WriteOperation =
  | {
      method: 'create';
      resource: Resource;
      /** `urn:uuid:…` by which other operations refer to it. */ fullUrl?: string;
      /** If-None-Exist query. */ ifNoneExist?: string;
    }
  | {
      method: 'update';
      /** Needs no id where there are criteria: where nothing matches, it is created. */
      resource: Resource;
      ifMatch?: string | undefined;
      criteria?: string | undefined;
      /** As it was when editing began, for a ConflictError; never sent. */
      base?: Resource | undefined;
      /** `urn:uuid:…` by which other operations refer to it; with criteria only, since it has an address otherwise. */
      fullUrl?: string | undefined;
    }
  | ({
      method: 'patch';
      type: ResourceType;
      /** JSON Patch operations, or a Parameters resource for FHIRPath Patch. */ patch: readonly JsonPatchOperation[] | Resource;
      ifMatch?: string | undefined;
    } & WriteTarget)
  | ({ method: 'delete'; type: ResourceType; ifMatch?: string | undefined } & WriteTarget);

/** A record by its id, or the one that a search finds. */
export type WriteTarget = { id: string; criteria?: undefined } | { id?: undefined; criteria: string };

export interface WriteOptions extends RequestOptions {
  /** `required`: all or nothing, else `unsupported`. `preferred`: ordered writes where there is no transaction. */
  atomic: 'required' | 'preferred';
}

/**
 * What `write` resolves with. A single operation, and operations that a server took as one, either all succeed or reject with
 * one CareError and nothing has changed. So `failed` and `skipped` appear only after ordered writes (`atomic: false`), where part
 * may have landed.
 */
export interface WriteResult {
  /** True when the server applied all as one. */
  atomic: boolean;
  /** One per operation, in order; after a failure without a transaction the rest are `skipped`. */
  outcomes: WriteOutcome[];
}
export type WriteOutcome =
  | {
      state: 'done';
      status: number;
      resource: Resource | undefined;
      /** Empty for a conditional delete: servers do not say which record it was, or that nothing matched. */
      id: string;
      versionId: string | undefined;
      issues: readonly CareIssue[];
    }
  | { state: 'failed'; error: Error }
  | { state: 'skipped' };

/** A version that was written. */
export interface Committed {
  readonly type: string;
  readonly id: string;
  readonly versionId: string;
  readonly method: string;
}

export interface Backend {
  readonly kind: string;
  /** Absolute, without a trailing slash; `http://embedded-<n>.invalid/fhir` for a store in this process, where nothing is ever sent. */
  readonly baseUrl: string;
  describe(options?: RequestOptions): Promise<Capabilities>;
  read<T extends ResourceType>(type: T, id: string, options?: BackendReadOptions<ResourceOf<T>>): Promise<ResourceOf<T>>;
  search<T extends ResourceType>(type: T, params: SearchParams, options?: SearchOptions): AsyncIterable<SearchPage<ResourceOf<T>>>;
  write(operations: readonly WriteOperation[], options: WriteOptions): Promise<WriteResult>;
  /** A FHIR operation such as `Patient/p1/$everything`; answers the resource that came back. */
  operation(
    path: string,
    options?: RequestOptions & { parameters?: Resource; params?: SearchParams; method?: 'GET' | 'POST' },
  ): Promise<Resource>;
  /**
   * Where the backend is a store of its own: tells of each write that it has made, whoever asked for it. `method` is DELETE for a
   * deletion. Gives what ends it.
   */
  onCommit?(listener: (versions: readonly Committed[]) => void): () => void;
  /** Frees connections and forgets what is cached. */
  close?(): void;
}
