import { isCareError } from '../../../models/errors.js';
import type { Resource, ResourceOf, ResourceType } from '../../../models/fhir/index.js';
import type {
  Ability,
  Backend,
  BackendReadOptions,
  Capabilities,
  RequestOptions,
  SearchOptions,
  SearchPage,
  SearchParams,
  WriteOperation,
  WriteOptions,
  WriteResult,
} from '../../backend.js';
import { withDeadline } from '../../deadline.js';
import { load } from '../../load.js';
import { expectResource, versionOf, type FhirAnswer } from './answer.js';
import { careError } from './failure.js';
import type { FhirBackendOptions } from './index.js';
import { nothingLearned } from './learned.js';
import { withinBase } from './link.js';
import { queryText, toQuery } from './params.js';
import { pathId, pathType } from './path.js';
import { searchPages } from './search.js';
import { Transport, type HeaderRecord } from './transport.js';

/** The backend behind `createFhirBackend`, which loads it at first use: with fhir-kit-client it is larger than the rest of the client. */
export class FhirBackend implements Backend {
  readonly kind = 'fhir';
  readonly baseUrl: string;
  readonly #transport: Transport;
  readonly #learned = nothingLearned();
  readonly #batch: boolean;
  /** Whether If-None-Match may be sent; unknown until an answer came to it. */
  #conditional: Ability = 'unknown';
  readonly #namesInAddresses: boolean;
  #statement: Promise<unknown> | undefined;
  #known: Capabilities | undefined;

  /** @param options with an absolute base URL that has no slash at its end. */
  constructor(options: FhirBackendOptions) {
    this.baseUrl = options.baseUrl;
    this.#batch = options.batch !== false;
    this.#namesInAddresses = options.namesInAddresses === true;
    this.#transport = new Transport({
      baseUrl: this.baseUrl,
      fetch: options.fetch ?? ((request) => globalThis.fetch(request)),
      headers: options.headers ?? {},
      timeout: options.timeout ?? 30_000,
      credentials: options.credentials ?? 'same-origin',
      maxBytes: options.maxBytes ?? 64_000_000,
      retry: options.retry ?? {},
    });
  }

  async describe(options: RequestOptions = {}): Promise<Capabilities> {
    // Shared by all callers, so one of them giving up must not take it from the others: its own time limit ends it.
    this.#statement ??= this.#transport
      .call((kit, kitOptions) => kit.capabilityStatement(kitOptions))
      .then((answer) => expectResource(answer, 'CapabilityStatement'))
      .catch((error: unknown) => {
        if (!isCareError(error, 'offline', 'server', 'rate-limited', 'auth')) return undefined; // it has none, and will not have one later
        this.#statement = undefined;
        throw error;
      });
    const asked = this.#statement;
    const statement = await withDeadline(() => asked, options);
    const known = await this.#capabilitiesIn(statement);
    if (this.#batch && known.batch === 'yes') await this.#transport.useBatches(this.#learned).catch(() => undefined);
    return (this.#known = known);
  }

  async read<T extends ResourceType>(type: T, id: string, options: BackendReadOptions<ResourceOf<T>> = {}): Promise<ResourceOf<T>> {
    const [resourceType, path] = [pathType(type), pathId(id)];
    const { versionId, known, ...rest } = options;
    const ask = (headers: HeaderRecord): Promise<FhirAnswer> =>
      this.#transport.call(
        (kit, kitOptions) =>
          versionId === undefined
            ? kit.read({ resourceType, id: path, options: kitOptions })
            : kit.vread({ resourceType, id: path, version: pathId(versionId), options: kitOptions }),
        { ...rest, headers, batch: true },
      );
    const held = versionId === undefined && known?.id === id && this.#conditional !== 'no' ? known.meta?.versionId : undefined;
    const refused = `no-vread ${type}` as const;
    if (versionId !== undefined && this.#learned.missing.has(refused)) throw careError('unsupported');
    const answer = await (held === undefined ? ask({}) : this.#askChanged(ask, held)).catch((error: unknown) => {
      if (versionId !== undefined && isCareError(error, 'unsupported')) this.#learned.missing.add(refused);
      throw error;
    });
    if (answer.status === 304 && held !== undefined) return known!;
    const resource = expectResource(answer, type);
    if (resource.id !== id) throw careError('malformed', { detail: 'The server answered with another record than was asked for.' });
    // Updates send meta.versionId back; where a server keeps it in ETag alone, it would be lost.
    const version = versionOf(answer.headers, undefined);
    if (version !== undefined && resource.meta?.versionId === undefined) resource.meta = { ...resource.meta, versionId: version };
    return resource as ResourceOf<T>;
  }

  /**
   * Asks for a record if it is no longer the version held. A server of another origin may not let a page send that header: the
   * browser then fails as without a network, and the plain question tells which of the two it was.
   */
  async #askChanged(ask: (headers: HeaderRecord) => Promise<FhirAnswer>, held: string): Promise<FhirAnswer> {
    try {
      const answer = await ask({ 'If-None-Match': `W/"${held}"` });
      this.#conditional = 'yes';
      return answer;
    } catch (error) {
      if (this.#conditional === 'yes' || !isCareError(error, 'offline') || error.status !== undefined) throw error;
      const answer = await ask({});
      this.#conditional = 'no';
      return answer;
    }
  }

  search<T extends ResourceType>(type: T, params: SearchParams, options: SearchOptions = {}): AsyncIterable<SearchPage<ResourceOf<T>>> {
    const context = {
      transport: this.#transport,
      baseUrl: this.baseUrl,
      learned: this.#learned,
      known: this.#known,
      namesInAddresses: this.#namesInAddresses,
    };
    return searchPages(context, pathType(type), params, options) as AsyncIterable<SearchPage<ResourceOf<T>>>;
  }

  async write(operations: readonly WriteOperation[], options: WriteOptions): Promise<WriteResult> {
    if (operations.length === 0) return { atomic: true, outcomes: [] };
    const { writeAll } = await load(() => import('./writing.js'));
    const context = {
      transport: this.#transport,
      baseUrl: this.baseUrl,
      learned: this.#learned,
      search: (type: string, params: SearchParams, rest: SearchOptions) => this.search(type as ResourceType, params, rest),
      capabilities: (rest: RequestOptions) => this.#capabilities(rest),
    };
    return writeAll(context, operations, options);
  }

  async operation(
    path: string,
    options: RequestOptions & { parameters?: Resource; params?: SearchParams; method?: 'GET' | 'POST' } = {},
  ): Promise<Resource> {
    const url = withinBase(this.baseUrl, path.replace(/^\/+/, ''));
    if (url === undefined || !/(?:^|\/)\$[\w-]+$/.test(path))
      throw careError('validation', { detail: 'This is not the path of an operation.' });
    const { parameters, params = {}, method = parameters ? 'POST' : 'GET' } = options;
    const query = queryText(toQuery(params));
    const answer = await this.#transport.call(
      (kit, kitOptions) =>
        kit.request(query ? `${url}?${query}` : url, { method, options: kitOptions, ...(parameters ? { body: parameters } : {}) }),
      { ...options, headers: parameters ? { 'Content-Type': 'application/fhir+json' } : {} },
    );
    return expectResource(answer);
  }

  close(): void {
    this.#statement = undefined;
    this.#known = undefined;
  }

  async #capabilitiesIn(statement: unknown): Promise<Capabilities> {
    const { readCapabilities } = await load(() => import('./capabilities.js'));
    return readCapabilities(statement, new URL(this.baseUrl).host, this.#learned);
  }

  /** A server whose metadata cannot be had is still written to; it shows then what it can do. */
  async #capabilities(options: RequestOptions): Promise<Capabilities> {
    try {
      return await this.describe(options);
    } catch (error) {
      if (isCareError(error, 'aborted')) throw error;
      return this.#capabilitiesIn(undefined);
    }
  }
}
