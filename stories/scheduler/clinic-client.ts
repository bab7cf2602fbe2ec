/** A client over the embedded backend, with the clinic's day in it, and a hand that may delay, refuse and answer otherwise. */
import type { Backend, Capabilities, SearchPage, SearchParams, TypeCapabilities, WriteOperation } from '../../src/client/backend.js';
import { createEmbeddedBackend } from '../../src/client/backends/embedded/index.js';
import { CareClient } from '../../src/client/index.js';
import type { Resource } from '../../src/models/fhir/index.js';
import { clinicDay, NOW } from './clinic-day.js';

export interface ClinicOptions {
  records?: readonly Resource[];
  /** Abilities of Appointment other than the backend's. */
  abilities?: Partial<TypeCapabilities>;
  /** Runs before each search; throws, or waits, for the answer to do so. */
  search?: (type: string, params: SearchParams) => void | Promise<void>;
  /** May answer otherwise. */
  page?: (page: SearchPage<Resource>, type: string) => SearchPage<Resource>;
  /** Runs before each write. */
  write?: (operations: readonly WriteOperation[], backend: Backend) => void | Promise<void>;
}

export interface Clinic {
  client: CareClient;
  /** Behind the hand: what somebody else on the same server uses. */
  backend: Backend;
  searches: { type: string; params: SearchParams }[];
  writes: WriteOperation[];
}

export async function clinicClient(options: ClinicOptions = {}): Promise<Clinic> {
  const { appointments, related } = clinicDay();
  const backend = createEmbeddedBackend({ now: () => NOW });
  await backend.import((options.records ?? [...related, ...appointments]) as never, { validate: false });
  const searches: Clinic['searches'] = [];
  const writes: WriteOperation[] = [];
  const hand: Backend = {
    kind: 'clinic',
    baseUrl: backend.baseUrl,
    async describe(request) {
      const capabilities = await backend.describe(request);
      const type = (name: string): TypeCapabilities => ({
        ...capabilities.type(name),
        ...(name === 'Appointment' ? options.abilities : {}),
      });
      return { ...capabilities, type } satisfies Capabilities;
    },
    read: (type, id, request) => backend.read(type, id, request),
    async *search(type, params, request) {
      searches.push({ type, params });
      await options.search?.(type, params);
      for await (const page of backend.search(type, params, request))
        yield (options.page ? options.page(page as never, type) : page) as typeof page;
    },
    async write(operations, request) {
      writes.push(...operations);
      await options.write?.(operations, backend);
      return backend.write(operations, request);
    },
    operation: (path, request) => backend.operation(path, request),
  };
  return { client: new CareClient({ backend: hand }), backend, searches, writes };
}
