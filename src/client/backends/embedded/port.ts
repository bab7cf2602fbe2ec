/** The Backend port over the handler of this process: the same interactions as over a network, without one. */
import { CareError, isCareError } from '../../../models/errors.js';
import { stringify } from '../../../models/fhir/json.js';
import type { Resource, ResourceOf, ResourceType } from '../../../models/fhir/index.js';
import { checkDates } from '../../../models/fhir/search-check.js';
import type {
  BackendReadOptions,
  Capabilities,
  RequestOptions,
  SearchOptions,
  SearchPage,
  SearchParams,
  SearchWarning,
  TypeCapabilities,
  WriteOperation,
  WriteOptions,
  WriteOutcome,
  WriteResult,
} from '../../backend.js';
import { throwIfAborted, withDeadline } from '../../deadline.js';
import { expectResource, readAnswer, resourceIn, versionOf, type FhirAnswer } from '../fhir/answer.js';
import { outcomesOf, refusalOf, toTransaction } from '../fhir/bundle-writes.js';
import { careError } from '../fhir/failure.js';
import { issuesOf } from '../fhir/outcome.js';
import { linkOf, toPage, type LooseBundle } from '../fhir/page.js';
import { queryText, toQuery } from '../fhir/params.js';
import { pathId, pathType } from '../fhir/path.js';
import { etagOf, requestOf, targetOf } from '../fhir/request.js';
import { FHIR_JSON } from './http.js';
import { NO_STORE } from './outcome.js';
import type { Service } from './service.js';

type Fetch = (request: Request) => Promise<Response>;

interface Ask extends RequestOptions {
  method?: string | undefined;
  headers?: Readonly<Record<string, string>>;
  body?: string | undefined;
}

const MAX_PAGES = 50;
const ALL = {
  read: 'yes',
  vread: 'yes',
  search: 'yes',
  create: 'yes',
  update: 'yes',
  patch: 'yes',
  delete: 'yes',
  history: 'yes',
  conditionalCreate: 'yes',
  conditionalUpdate: 'yes',
  conditionalDelete: 'yes',
  updateCreate: 'yes',
} as const;
const NONE = {
  read: 'no',
  vread: 'no',
  search: 'no',
  create: 'no',
  update: 'no',
  patch: 'no',
  delete: 'no',
  history: 'no',
  conditionalCreate: 'no',
  conditionalUpdate: 'no',
  conditionalDelete: 'no',
  updateCreate: 'no',
} as const;
const READ_ONLY = {
  create: 'no',
  update: 'no',
  patch: 'no',
  delete: 'no',
  conditionalCreate: 'no',
  conditionalUpdate: 'no',
  conditionalDelete: 'no',
  updateCreate: 'no',
} as const;

export class EmbeddedPort {
  readonly #baseUrl: string;
  readonly #handle: Fetch;

  constructor(baseUrl: string, handle: Fetch) {
    this.#baseUrl = baseUrl;
    this.#handle = handle;
  }

  #ask(path: string, { method = 'GET', headers = {}, body, signal, timeout }: Ask): Promise<FhirAnswer> {
    return withDeadline(
      async () => {
        const request = new Request(path.startsWith('http') ? path : `${this.#baseUrl}/${path}`, {
          method,
          headers,
          ...(body === undefined ? {} : { body }),
        });
        const reading = readAnswer(await this.#handle(request), { guarded: 'If-Match' in headers, maxBytes: Infinity });
        return reading.catch(inOwnWords);
      },
      { signal, timeout },
    );
  }

  async read<T extends ResourceType>(
    type: T,
    id: string,
    { versionId, known, ...options }: BackendReadOptions<ResourceOf<T>>,
  ): Promise<ResourceOf<T>> {
    const version = versionId === undefined ? '' : `/_history/${pathId(versionId)}`;
    const held = versionId === undefined && known?.id === id ? known.meta?.versionId : undefined;
    const headers: Record<string, string> = held === undefined ? {} : { 'If-None-Match': etagOf(held) };
    const answer = await this.#ask(`${pathType(type)}/${pathId(id)}${version}`, { ...options, headers });
    return held !== undefined && answer.status === 304 ? known! : (expectResource(answer, type) as ResourceOf<T>);
  }

  async *search<T extends ResourceType>(
    type: T,
    params: SearchParams,
    options: SearchOptions,
  ): AsyncGenerator<SearchPage<ResourceOf<T>>, void, undefined> {
    checkDates(params);
    const { signal, timeout, patient, maxPages = MAX_PAGES } = options;
    const query = queryText(toQuery(params));
    const seen = new Set<string>();
    let next: string | undefined = `${pathType(type)}?${query}`;
    for (let number = 1; next !== undefined; number++) {
      // An unknown parameter is refused rather than ignored: what it would have left out must not be shown.
      const answer: FhirAnswer = await this.#ask(next, { signal, timeout, headers: { Prefer: 'handling=strict' } });
      const bundle = expectResource(answer, 'Bundle') as Resource & LooseBundle;
      const page = await toPage(bundle, { type, baseUrl: this.#baseUrl, patient, seen });
      next = linkOf(bundle, 'next');
      const over: SearchWarning[] =
        next !== undefined && number >= maxPages
          ? [{ code: 'page-budget', count: 1, message: 'More rows exist than were asked for.' }]
          : [];
      const warnings = [...page.warnings, ...over];
      yield { ...page, warnings, complete: warnings.length === 0 } as SearchPage<ResourceOf<T>>;
      if (over.length > 0) return;
      throwIfAborted(signal);
    }
  }

  async write(operations: readonly WriteOperation[], options: WriteOptions): Promise<WriteResult> {
    operations.forEach(targetOf); // what is wrong in itself is refused before anything is written
    if (operations.length === 0) return { atomic: true, outcomes: [] };
    if (operations.length === 1) return { atomic: true, outcomes: [await this.#writeOne(operations[0]!, options)] };
    const asked = this.#ask('', {
      ...options,
      method: 'POST',
      headers: { 'Content-Type': FHIR_JSON },
      body: stringify(toTransaction(operations, this.#baseUrl)),
    });
    const answer = await asked.catch((error: unknown) => {
      throw refusalOf(error, operations);
    });
    return outcomesOf(answer, operations);
  }

  async #writeOne(operation: WriteOperation, options: RequestOptions): Promise<WriteOutcome> {
    const { type, id } = targetOf(operation);
    const { method, address, headers, body } = requestOf(operation);
    const sent = { method, headers, body: body === undefined ? undefined : stringify(body) };
    const answer = await this.#ask(address, { ...options, ...sent });
    const resource = operation.method === 'delete' ? undefined : resourceIn(answer.body, type);
    return {
      state: 'done',
      status: answer.status,
      resource,
      id: id ?? resource?.id ?? '',
      versionId: versionOf(answer.headers, resource),
      issues: issuesOf(answer.body),
    };
  }

  async operation(
    path: string,
    options: RequestOptions & { parameters?: Resource; params?: SearchParams; method?: 'GET' | 'POST' },
  ): Promise<Resource> {
    if (!/(?:^|\/)\$[\w-]+$/.test(path)) throw careError('validation', { detail: 'This is not the path of an operation.' });
    const { parameters, params = {}, method = parameters ? 'POST' : 'GET', signal, timeout } = options;
    const query = queryText(toQuery(params));
    const sent = parameters ? { headers: { 'Content-Type': FHIR_JSON }, body: stringify(parameters) } : {};
    return expectResource(await this.#ask(`${path.replace(/^\/+/, '')}${query && `?${query}`}`, { signal, timeout, method, ...sent }));
  }
}

/** What persistence says is ours to say again, unlike a server's words: there is nothing of a record in it. */
function inOwnWords(error: unknown): never {
  const [issue] = isCareError(error) ? error.issues : [];
  if (!isCareError(error) || issue?.code !== NO_STORE) throw error;
  throw new CareError(error.kind, issue.message, { status: error.status, issues: error.issues });
}

/** What this backend can do, from the same tables as its CapabilityStatement. */
export function capabilitiesOf({ definitions, persistence }: Service, { signal }: RequestOptions): Capabilities {
  throwIfAborted(signal);
  const status = persistence?.status();
  const abilities = { ...ALL, ...(status && status.state !== 'open' ? READ_ONLY : {}) };
  const type = (name: string): TypeCapabilities => {
    if (!definitions.isType(name)) return { ...NONE, searchParams: [], includes: [], revIncludes: [] };
    const params = [...definitions.params(name).values()];
    const includes = params.filter((param) => param.kind === 'r').map((param) => `${name}:${param.code}`);
    // Which types may refer to this one is known to the service itself; any of them may be asked for.
    return { ...abilities, searchParams: params.map((param) => param.code), includes, revIncludes: undefined };
  };
  return {
    name: 'carelet embedded backend',
    fhirVersion: '4.0.1',
    transaction: 'yes',
    batch: 'yes',
    postSearch: 'yes',
    jsonPatch: 'yes',
    fhirpathPatch: 'yes',
    versionedUpdate: 'yes',
    everything: 'yes',
    expand: 'yes',
    type,
    quirks: [],
    notes: status?.notes ?? ['Records are kept in memory and are gone when the page is closed.'],
  };
}
