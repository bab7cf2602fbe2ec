/**
 * The embedded backend: a FHIR R4 server in this process, without a network. It is the default of the demo, Storybook and tests, and
 * what a vendor prototypes on. `fetch` takes the place of the global one, so that any FHIR client can talk to it.
 */
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
import { loadDefinitions } from '../../store/definitions.js';
import { Store } from '../../store/store.js';
import { handle } from './handler.js';
import type { ImportInput, ImportOptions, ImportResult, Origins } from './import.js';
import type { EmbeddedPort } from './port.js';
import { loadExtras, type Service, type Validator } from './service.js';
import { schemaValidator } from './validator.js';

export type { ImportInput, ImportOptions, ImportResult } from './import.js';
export { INVALID_TAG, type Version } from '../../store/store.js';
export { refusal } from './handler.js';
export { schemaValidator } from './validator.js';

export interface EmbeddedBackendOptions {
  /** Absolute URL of the service without a trailing slash. Nothing is ever sent there; it stands in links, locations and fullUrls. */
  baseUrl?: string;
  /** Other absolute base URLs under which callers know this service: references to them are local too. */
  aliases?: readonly string[];
  now?: () => Date;
  /** Makes an id for a new resource of a type. A random UUID unless told. */
  ids?: (type: string) => string;
  /** Records to start with, taken in through the import door before the first request is answered. */
  data?: ImportInput | readonly ImportInput[];
  /** In place of the R4 schemas. */
  validate?: Validator;
}

type OperationOptions = RequestOptions & { parameters?: Resource; params?: SearchParams; method?: 'GET' | 'POST' };

let made = 0;

export class EmbeddedBackend implements Backend {
  readonly kind = 'embedded';
  readonly baseUrl: string;
  readonly store: Store;
  readonly #validate: Validator;
  readonly #data: readonly ImportInput[];
  #started: Promise<Service> | undefined;
  #service: Service | undefined;
  #origins: Origins | undefined;
  #port: EmbeddedPort | undefined;

  constructor({
    baseUrl,
    aliases = [],
    now = () => new Date(),
    // Ids are made in the lazy part only, which brings this along.
    ids = () => this.#service!.extras!.temporaryId().slice('urn:uuid:'.length),
    data = [],
    validate = schemaValidator(),
  }: EmbeddedBackendOptions = {}) {
    this.baseUrl = (baseUrl ?? `http://embedded-${++made}.invalid/fhir`).replace(/\/+$/, '');
    const own = [this.baseUrl, ...aliases].map((base) => `${base.replace(/\/+$/, '')}/`);
    this.store = new Store({
      now,
      ids,
      localize: (reference) => {
        const base = reference.startsWith('http') ? own.find((one) => reference.startsWith(one)) : undefined;
        return base === undefined ? reference : reference.slice(base.length);
      },
    });
    this.#validate = validate;
    this.#data = Array.isArray(data) ? (data as readonly ImportInput[]) : [data as ImportInput];
  }

  /**
   * Answers one request. Never rejects: a failure is an OperationOutcome.
   *
   * @param baseUrl where the caller thinks the service is, if not at its own base URL: links then lead there. References by that URL
   * are local only when it is one of the `aliases`.
   */
  readonly handle = (request: Request, baseUrl: string = this.baseUrl): Promise<Response> =>
    handle(() => this.#ready(), new URL(baseUrl).pathname.replace(/\/+$/, ''), request);

  /** In the place of the global fetch; a relative URL is one below the base. */
  readonly fetch = (input: Request | string | URL, init?: RequestInit): Promise<Response> => {
    if (input instanceof Request) return this.handle(init ? new Request(input, init) : input);
    const text = String(input);
    const url = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `${this.baseUrl}/${text.replace(/^\//, '')}`;
    return this.handle(new Request(url, init));
  };

  async describe(options: RequestOptions = {}): Promise<Capabilities> {
    const service = await this.#ready();
    const { capabilitiesOf } = await loadExtras(service);
    return capabilitiesOf(service.definitions, options);
  }

  async read<T extends ResourceType>(type: T, id: string, options: RequestOptions & { versionId?: string } = {}): Promise<ResourceOf<T>> {
    return (await this.#openPort()).read(type, id, options);
  }

  async *search<T extends ResourceType>(
    type: T,
    params: SearchParams,
    options: SearchOptions = {},
  ): AsyncGenerator<SearchPage<ResourceOf<T>>, void, undefined> {
    yield* (await this.#openPort()).search(type, params, options);
  }

  async write(operations: readonly WriteOperation[], options: WriteOptions): Promise<WriteResult> {
    return (await this.#openPort()).write(operations, options);
  }

  async operation(path: string, options: OperationOptions = {}): Promise<Resource> {
    return (await this.#openPort()).operation(path, options);
  }

  async #openPort(): Promise<EmbeddedPort> {
    if (!this.#port) {
      const { EmbeddedPort } = await loadExtras(await this.#ready());
      this.#port = new EmbeddedPort(this.baseUrl, this.handle);
    }
    return this.#port;
  }

  /** Takes records in as they are: resources, Bundles of any kind, NDJSON. What is invalid is stored all the same, marked and listed. */
  async import(...inputs: readonly ImportInput[]): Promise<ImportResult> {
    return this.importAll(inputs);
  }

  /** The same for a list, with options. */
  async importAll(inputs: readonly ImportInput[], options?: ImportOptions): Promise<ImportResult> {
    const service = await this.#ready();
    return this.#take(service, inputs, options);
  }

  async #take(service: Service, inputs: readonly ImportInput[], options?: ImportOptions): Promise<ImportResult> {
    const { importInto, Origins } = await loadExtras(service);
    this.#origins ??= new Origins();
    return importInto(service, this.#origins, inputs, options);
  }

  /** Definitions are loaded, and the records to start with are in. */
  #ready(): Promise<Service> {
    this.#started ??= this.#start().catch((error: unknown) => {
      // A chunk that could not be fetched may be there the next time.
      this.#started = undefined;
      throw error;
    });
    return this.#started;
  }

  async #start(): Promise<Service> {
    const definitions = await loadDefinitions();
    this.store.use(definitions);
    const service: Service = (this.#service = { store: this.store, definitions, validate: this.#validate, extras: undefined });
    if (this.#data.length > 0) await this.#take(service, this.#data);
    return service;
  }
}

/** A FHIR R4 server in this process, empty unless given data. */
export function createEmbeddedBackend(options?: EmbeddedBackendOptions): EmbeddedBackend {
  return new EmbeddedBackend(options);
}
