import { isCareError } from '../../../models/errors.js';
import type { Resource, ResourceOf, ResourceType } from '../../../models/fhir/index.js';
import type {
  Backend,
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
import { expectResource, versionOf } from './answer.js';
import { nothingLearned, readCapabilities } from './capabilities.js';
import { careError } from './failure.js';
import type { FhirBackendOptions } from './index.js';
import { withinBase } from './link.js';
import { queryText, toQuery } from './params.js';
import { pathId, pathType, targetOf } from './path.js';
import { searchPages } from './search.js';
import { Transport } from './transport.js';

/** The backend behind `createFhirBackend`, which loads it at first use: with fhir-kit-client it is larger than the rest of the client. */
export class FhirBackend implements Backend {
  readonly kind = 'fhir';
  readonly baseUrl: string;
  readonly #transport: Transport;
  readonly #learned = nothingLearned();
  #statement: Promise<unknown> | undefined;
  #known: Capabilities | undefined;

  /** @param options with an absolute base URL that has no slash at its end. */
  constructor(options: FhirBackendOptions) {
    this.baseUrl = options.baseUrl;
    this.#transport = new Transport({
      baseUrl: this.baseUrl,
      fetch: options.fetch ?? ((request) => globalThis.fetch(request)),
      headers: options.headers ?? {},
      timeout: options.timeout ?? 30_000,
      credentials: options.credentials ?? 'same-origin',
      maxBytes: options.maxBytes ?? 64_000_000,
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
    this.#known = readCapabilities(statement, new URL(this.baseUrl).host, this.#learned);
    return this.#known;
  }

  async read<T extends ResourceType>(type: T, id: string, options: RequestOptions & { versionId?: string } = {}): Promise<ResourceOf<T>> {
    const [resourceType, path] = [pathType(type), pathId(id)];
    const answer = await this.#transport.call((kit, kitOptions) => {
      if (options.versionId === undefined) return kit.read({ resourceType, id: path, options: kitOptions });
      return kit.vread({ resourceType, id: path, version: pathId(options.versionId), options: kitOptions });
    }, options);
    const resource = expectResource(answer, type);
    if (resource.id !== id) throw careError('malformed', { detail: 'The server answered with another record than was asked for.' });
    // Updates send meta.versionId back; where a server keeps it in ETag alone, it would be lost.
    const versionId = versionOf(answer.headers, undefined);
    if (versionId !== undefined && resource.meta?.versionId === undefined) resource.meta = { ...resource.meta, versionId };
    return resource as ResourceOf<T>;
  }

  search<T extends ResourceType>(type: T, params: SearchParams, options: SearchOptions = {}): AsyncIterable<SearchPage<ResourceOf<T>>> {
    const context = { transport: this.#transport, baseUrl: this.baseUrl, learned: this.#learned, known: this.#known };
    return searchPages(context, pathType(type), params, options) as AsyncIterable<SearchPage<ResourceOf<T>>>;
  }

  async write(operations: readonly WriteOperation[], options: WriteOptions): Promise<WriteResult> {
    if (operations.length === 0) return { atomic: true, outcomes: [] };
    operations.forEach(targetOf); // what is wrong in itself is refused before anything is sent
    const { writeAll } = await load(() => import('./writing.js'));
    const capabilities = await this.#capabilities(options);
    return writeAll({ transport: this.#transport, baseUrl: this.baseUrl, learned: this.#learned, capabilities }, operations, options);
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

  /** A server whose metadata cannot be had is still written to; it shows then what it can do. */
  async #capabilities(options: RequestOptions): Promise<Capabilities> {
    try {
      return await this.describe(options);
    } catch (error) {
      if (isCareError(error, 'aborted')) throw error;
      return readCapabilities(undefined, new URL(this.baseUrl).host, this.#learned);
    }
  }
}
