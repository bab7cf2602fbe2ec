/** Conditional writes (R4 http, "conditional update", "conditional patch", "conditional delete"), loaded at the first of them. */
import { CareError } from '../models/errors.js';
import type { Resource, ResourceOf, ResourceType } from '../models/fhir/index.js';
import type { JsonPatchOperation, RequestOptions, WriteOperation } from './backend.js';
import type { CareClient } from './care-client.js';
import { criteriaText, type Criteria } from './criteria.js';
import type { ReadStored } from './stored.js';

export interface ConditionalOptions extends RequestOptions {
  /** The version that the record that is found must have, where that is known. */
  ifMatch?: string | undefined;
}

/**
 * Writes to the one record that a search finds. Where several match, each throws a CareError of kind `precondition` and nothing changes;
 * criteria that filter nothing are refused before anything is sent. Where a server takes no such write, it is made as a search and a
 * write under the version that was found. The criteria stand in the address, as the standard has it: whose identifiers must not be
 * logged on the way puts the write into a transaction with another one, where they are in the body.
 */
export class Conditional {
  readonly #client: Pick<CareClient, 'transaction'>;
  readonly #stored: ReadStored;

  constructor(client: Pick<CareClient, 'transaction'>, stored: ReadStored) {
    this.#client = client;
    this.#stored = stored;
  }

  /** Saves over the record that matches, or creates it where none does. An id in `resource` must be that of the match. */
  async update<T extends Resource>(resource: T, criteria: Criteria, { ifMatch, ...options }: ConditionalOptions = {}): Promise<T> {
    const operation: WriteOperation = {
      method: 'update',
      resource,
      criteria: criteriaText(criteria),
      ...(ifMatch === undefined ? {} : { ifMatch }),
    };
    return (await this.#write(operation, options)) as T;
  }

  /** @throws CareError `not-found` where nothing matches. */
  async patch<T extends ResourceType>(
    type: T,
    criteria: Criteria,
    patch: readonly JsonPatchOperation[] | Resource,
    { ifMatch, ...options }: ConditionalOptions = {},
  ): Promise<ResourceOf<T>> {
    const operation: WriteOperation = {
      method: 'patch',
      type,
      criteria: criteriaText(criteria),
      patch,
      ...(ifMatch === undefined ? {} : { ifMatch }),
    };
    return (await this.#write(operation, options)) as ResourceOf<T>;
  }

  /** Deletes the record that matches. Where none does nothing happens, and no server says so. */
  async delete(type: ResourceType, criteria: Criteria, { ifMatch, ...options }: ConditionalOptions = {}): Promise<void> {
    await this.#client.transaction(
      [{ method: 'delete', type, criteria: criteriaText(criteria), ...(ifMatch === undefined ? {} : { ifMatch }) }],
      options,
    );
  }

  async #write(operation: WriteOperation, options: RequestOptions): Promise<Resource> {
    // One write is sent as one request.
    const { outcomes } = await this.#client.transaction([operation], options);
    const [outcome] = outcomes;
    if (outcome?.state !== 'done') throw outcome?.state === 'failed' ? outcome.error : new CareError('server', 'The write was not made.');
    return this.#stored(operation, outcome, options);
  }
}
