import { CareError } from '../../../models/errors.js';
import type { Backend } from '../../backend.js';
import { load } from '../../load.js';
import type { RetryOptions } from './retry.js';
import type { HeaderRecord } from './transport.js';

export interface FhirBackendOptions {
  /** Base of the FHIR R4 server; relative to the page where there is one. */
  baseUrl: string;
  /** Instead of the global fetch: a proxy's, a test's, the embedded backend's. */
  fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** Sent with each request, to this server only; a function is asked each time, so that it can hold a fresh token. */
  headers?: HeaderRecord | (() => HeaderRecord | Promise<HeaderRecord>) | undefined;
  /** Milliseconds for one call, body and retries included; 30,000. */
  timeout?: number | undefined;
  /** Cookies: as fetch has it. `same-origin` unless told. */
  credentials?: RequestCredentials | undefined;
  /**
   * Lets a search for a person (by name, birth date, identifier, phone, address) go out by GET where the server takes no POST
   * `_search`: its values then stand in addresses, which servers and proxies log. Without it such a search is `unsupported` there.
   */
  namesInAddresses?: boolean | undefined;
  /** When requests are sent again: see {@link RetryOptions}. `false`: never. */
  retry?: RetryOptions | false | undefined;
  /** Reads of one moment go out as one batch where the server declares that it takes batches. `false`: each by itself. */
  batch?: boolean | undefined;
  /** Largest answer that is read; 64 MB. */
  maxBytes?: number | undefined;
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

/**
 * Any FHIR R4 server as a Backend. What does the work, fhir-kit-client with it, is loaded at the first request.
 *
 * @throws CareError `validation` for a base URL that is none.
 */
export function createFhirBackend(options: FhirBackendOptions): Backend {
  const baseUrl = absoluteBase(options.baseUrl);
  let backend: Backend | undefined;
  const ready = async (): Promise<Backend> => {
    if (backend) return backend; // without the turns that an import takes: reads of one moment stay together
    const { FhirBackend } = await load(() => import('./fhir-backend.js'));
    return (backend ??= new FhirBackend({ ...options, baseUrl }));
  };
  return {
    kind: 'fhir',
    baseUrl,
    describe: async (describeOptions) => (await ready()).describe(describeOptions),
    read: async (type, id, readOptions) => (await ready()).read(type, id, readOptions),
    async *search(type, params, searchOptions) {
      yield* (await ready()).search(type, params, searchOptions);
    },
    write: async (operations, writeOptions) => (await ready()).write(operations, writeOptions),
    operation: async (path, operationOptions) => (await ready()).operation(path, operationOptions),
    close: () => backend?.close?.(),
  };
}
