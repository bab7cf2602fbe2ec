/**
 * The embedded backend: a FHIR R4 server in this process, without a network. It is the default of the demo, Storybook and tests, and
 * what a vendor prototypes on. `fetch` takes the place of the global one, so that any FHIR client can talk to it.
 */
import type { Resource, ResourceOf, ResourceType } from '../../../models/fhir/index.js';
import type {
  Backend,
  BackendReadOptions,
  Capabilities,
  Committed,
  RequestOptions,
  SearchOptions,
  SearchPage,
  SearchParams,
  WriteOperation,
  WriteOptions,
  WriteResult,
} from '../../backend.js';
import type { Passphrase, Persistence, PersistenceName, PersistenceOptions } from '../../store/persistence/index.js';
import { loadDefinitions } from '../../store/definitions.js';
import { Store } from '../../store/store.js';
import { handle } from './handler.js';
import type { ImportInput, ImportOptions, ImportResult, Origins } from './import.js';
import type { EmbeddedPort } from './port.js';
import { loadExtras, type Service, type Validator } from './service.js';
import { schemaValidator } from './validator.js';

export type { ImportInput, ImportOptions, ImportResult } from './import.js';
export { INVALID_TAG, type Version } from '../../store/store.js';
export type * from '../../store/persistence/index.js';
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
  /**
   * Records to start with, taken in through the import door before the first request is answered. Where records are persisted, only if
   * nothing was ever written there.
   */
  data?: ImportInput | readonly ImportInput[];
  /** In place of the R4 schemas. */
  validate?: Validator;
  /** Keeps the records in this browser's IndexedDB, and the same in every tab. In memory alone unless told. See docs/persistence.md. */
  persistence?: PersistenceOptions;
}

type OperationOptions = RequestOptions & { parameters?: Resource; params?: SearchParams; method?: 'GET' | 'POST' };

let made = 0;

export class EmbeddedBackend implements Backend {
  readonly kind = 'embedded';
  readonly baseUrl: string;
  readonly store: Store;
  readonly #validate: Validator;
  readonly #data: readonly ImportInput[];
  readonly #persistence: PersistenceOptions | undefined;
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
    persistence,
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
    this.#persistence = persistence;
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
    return capabilitiesOf(service, options);
  }

  async read<T extends ResourceType>(type: T, id: string, options: BackendReadOptions<ResourceOf<T>> = {}): Promise<ResourceOf<T>> {
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

  onCommit(listener: (versions: readonly Committed[]) => void): () => void {
    return this.store.onCommit(listener);
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

  /**
   * Opens what the first request would, so that a host learns at once of a wrong key or missing room.
   *
   * @returns what a host can do with records that are persisted: see their state, change the key, delete them at sign-out.
   * @throws CareError where persistence was asked for and cannot be had.
   */
  async open(): Promise<Persistence | undefined> {
    return (await this.#ready()).persistence;
  }

  /** Lets go of the database, where there is one. A later request opens it again. */
  close(): void {
    this.#service?.persistence?.close();
    // One that is being opened is closed as soon as it is.
    this.#started?.then(
      ({ persistence }) => persistence?.close(),
      () => undefined,
    );
    this.#started = this.#service = this.#port = undefined;
  }

  /** Definitions are loaded, the records to start with are in, and so is what other tabs wrote. */
  async #ready(): Promise<Service> {
    this.#started ??= this.#start().catch((error: unknown) => {
      // A chunk that could not be fetched may be there the next time.
      this.#started = undefined;
      throw error;
    });
    const service = await this.#started;
    await service.persistence?.current();
    return service;
  }

  async #start(): Promise<Service> {
    const { store } = this;
    const definitions = await loadDefinitions();
    store.use(definitions);
    const service: Service = (this.#service = { store, definitions, validate: this.#validate, extras: undefined });
    if (this.#persistence) {
      const { Persistence } = await loadPersistence();
      service.persistence = await Persistence.open(store, this.#persistence);
    }
    const { persistence } = service;
    const fill = async (): Promise<unknown> => this.#data.length > 0 && this.#take(service, this.#data);
    try {
      await (persistence ? persistence.seed(fill) : fill());
    } catch (error) {
      persistence?.close();
      throw error;
    }
    return service;
  }
}

const loadPersistence = (): Promise<typeof import('../../store/persistence/index.js')> => import('../../store/persistence/index.js');

/**
 * A key for {@link EmbeddedBackendOptions.persistence}: random, or from at least 32 secret bytes of the host's, or from a passphrase with
 * a salt. It cannot be read out of the browser.
 */
export async function createPersistenceKey(source?: Uint8Array | Passphrase): Promise<CryptoKey> {
  return (await loadPersistence()).createPersistenceKey(source);
}

/** Deletes persisted records, also when they could not be opened; every tab that has them forgets them. */
export async function destroyPersistence(options: PersistenceName): Promise<void> {
  return (await loadPersistence()).destroyPersistence(options);
}

/** A FHIR R4 server in this process, empty unless given data. */
export function createEmbeddedBackend(options?: EmbeddedBackendOptions): EmbeddedBackend {
  return new EmbeddedBackend(options);
}
