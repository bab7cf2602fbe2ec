import { CareError, isCareError } from '../../../models/errors.js';
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
import { writeInOrder } from '../../ordered-writes.js';
import { expectResource, versionOf } from './answer.js';
import { nothingLearned, readCapabilities } from './capabilities.js';
import { careError } from './failure.js';
import { withinBase } from './link.js';
import { toQuery } from './params.js';
import type { Quirk } from './quirks.js';
import { searchPages } from './search.js';
import { takesNoTransaction, writeTransaction } from './transaction.js';
import { Transport, type HeaderRecord } from './transport.js';
import { pathId, pathType, targetOf, writeOne, type Done } from './write.js';

export interface FhirBackendOptions {
  /** Base of the FHIR R4 server; relative to the page where there is one. */
  baseUrl: string;
  /** Instead of the global fetch: a proxy's, a test's, the embedded backend's. */
  fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** Sent with each request, to this server only; a function is asked each time, so that it can hold a fresh token. */
  headers?: HeaderRecord | (() => HeaderRecord | Promise<HeaderRecord>) | undefined;
  /** Milliseconds for one exchange, body included; 30,000. */
  timeout?: number | undefined;
  /** Cookies: as fetch has it. `same-origin` unless told. */
  credentials?: RequestCredentials | undefined;
  /** Largest answer that is read; 64 MB. */
  maxBytes?: number | undefined;
}

/** Any FHIR R4 server as a Backend. fhir-kit-client is loaded at the first request. */
export function createFhirBackend(options: FhirBackendOptions): Backend {
  return new FhirBackend(options);
}

class FhirBackend implements Backend {
  readonly kind = 'fhir';
  readonly baseUrl: string;
  readonly #transport: Transport;
  readonly #learned = nothingLearned();
  #statement: Promise<unknown> | undefined;
  #known: Capabilities | undefined;

  constructor(options: FhirBackendOptions) {
    this.baseUrl = absoluteBase(options.baseUrl);
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
      .call((kit, { headers, signal }) => kit.capabilityStatement({ headers, signal }))
      .then(
        (answer) => expectResource(answer, 'CapabilityStatement'),
        (error: unknown) => {
          if (isCareError(error, 'offline', 'server', 'rate-limited', 'auth')) throw error;
          return undefined;
        },
      );
    const asked = this.#statement;
    let statement: unknown;
    try {
      statement = await raceAbort(asked, options.signal);
    } catch (error) {
      if (this.#statement === asked && !isCareError(error, 'aborted')) this.#statement = undefined;
      if (!isCareError(error, 'malformed')) throw error;
    }
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
    const capabilities = await this.#capabilities(options);
    if (operations.length === 1) return { atomic: true, outcomes: [await this.#writeOne(operations[0]!, capabilities, options)] };
    if (capabilities.transaction !== 'no') {
      for (const operation of operations) await this.#compareVersion(operation, capabilities, options);
      try {
        const result = await writeTransaction(this.#transport, this.baseUrl, operations, options);
        this.#learned.transaction = 'yes';
        return result;
      } catch (error) {
        if (capabilities.transaction === 'yes' || !(await takesNoTransaction(this.#transport, error, options))) throw error;
        this.#learned.transaction = 'no';
      }
    }
    if (options.atomic === 'required') throw careError('unsupported', { detail: 'The server cannot make several writes as one.' });
    return writeInOrder(operations, (operation) => this.#writeOne(operation, capabilities, options));
  }

  async operation(
    path: string,
    options: RequestOptions & { parameters?: Resource; params?: SearchParams; method?: 'GET' | 'POST' } = {},
  ): Promise<Resource> {
    const url = withinBase(this.baseUrl, path.replace(/^\/+/, ''));
    if (url === undefined || !/(?:^|\/)\$[\w-]+$/.test(path))
      throw careError('validation', { detail: 'This is not the path of an operation.' });
    const query = new URLSearchParams(
      Object.entries(toQuery(options.params ?? {})).flatMap(([name, values]) => values.map((value) => [name, value])),
    ).toString();
    const method = options.method ?? (options.parameters ? 'POST' : 'GET');
    const answer = await this.#transport.call(
      (kit, { headers, signal }) =>
        kit.request(query ? `${url}?${query}` : url, {
          method,
          options: { headers, signal },
          ...(options.parameters ? { body: options.parameters } : {}),
        }),
      { ...options, headers: options.parameters ? { 'Content-Type': 'application/fhir+json' } : {} },
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

  async #writeOne(operation: WriteOperation, capabilities: Capabilities, options: RequestOptions): Promise<Done> {
    await this.#compareVersion(operation, capabilities, options);
    return writeOne(this.#transport, this.#learned, operation, options);
  }

  /** Where a server heeds no If-Match on this write: reads first and compares. Not safe against a race, but against a stale screen. */
  async #compareVersion(operation: WriteOperation, capabilities: Capabilities, options: RequestOptions): Promise<void> {
    if (operation.method === 'create' || operation.ifMatch === undefined) return;
    const quirk: Quirk = operation.method === 'delete' ? 'delete-ignores-if-match' : 'update-ignores-if-match';
    if (!capabilities.quirks.includes(quirk)) return;
    const { type, id } = targetOf(operation);
    const current = await this.read(type as ResourceType, id!, { signal: options.signal, timeout: options.timeout });
    if (current.meta?.versionId !== operation.ifMatch) throw careError('conflict');
  }
}

/** @throws CareError `validation` for an address that is none, and for one with credentials or a query in it. */
function absoluteBase(baseUrl: string): string {
  let url: URL;
  try {
    url = new URL(baseUrl, (globalThis as { location?: { href?: string } }).location?.href);
  } catch {
    throw new CareError('validation', 'The base URL of a FHIR server is absolute: https://example.org/fhir.');
  }
  if (!/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    throw new CareError('validation', 'The base URL of a FHIR server has http or https, and neither credentials nor a query.');
  }
  return url.href.replace(/\/+$/, '');
}

function raceAbort<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  return signal ? withDeadline(() => promise, { signal }) : promise;
}
