/** A case of the contract, and the run of one: its own corner of a server that others use too, cleaned up at the end. */
import type { Backend, Capabilities, SearchOptions, SearchPage, SearchParams, WriteOperation, WriteOutcome } from '../../client/backend.js';
import type { Resource, ResourceOf, ResourceType } from '../../models/fhir/index.js';
import { temporaryId } from '../../client/temporary-id.js';
import { check } from './assert.js';
import { deviation, type Deviation } from './deviations.js';
import { offeredOnly } from './offered.js';

export interface ContractCase {
  name: string;
  /** Why this server cannot be held to the case; undefined where it can. */
  needs?: ((capabilities: Capabilities) => string | undefined) | undefined;
  /** Rejects where the backend breaks the contract; with NotOffered where the server says that it lacks what the case needs. */
  run(makeBackend: () => Promise<Backend>): Promise<void>;
}

type Needs = ContractCase['needs'];
export type Done = Extract<WriteOutcome, { state: 'done' }>;

/** Servers number, stamp and narrate what they store; a test compares the rest. */
export function content(resource: Resource): Record<string, unknown> {
  const { id: _id, meta: _meta, text: _text, ...rest } = resource as unknown as Record<string, unknown>;
  return rest;
}

export class Run {
  readonly backend: Backend;
  /** Identifies this run's rows among all others: every resource gets it as identifier. */
  readonly system = 'urn:carelet:contract';
  readonly value = temporaryId().slice('urn:uuid:'.length);
  readonly #made: { type: ResourceType; id: string }[] = [];

  constructor(backend: Backend) {
    this.backend = backend;
  }

  get identifier(): { system: string; value: string } {
    return { system: this.system, value: this.value };
  }

  /** As a search value. */
  get mark(): string {
    return `${this.system}|${this.value}`;
  }

  /** One write that must succeed; what it makes is deleted at the end. */
  async write(operation: WriteOperation): Promise<Done> {
    const [outcome] = await this.writeAll([operation]);
    return outcome!;
  }

  async writeAll(operations: readonly WriteOperation[]): Promise<Done[]> {
    const { outcomes } = await this.backend.write(operations, { atomic: 'required' });
    check(outcomes.length === operations.length, `expected ${operations.length} outcomes, got ${outcomes.length}`);
    return outcomes.map((outcome, index) => {
      check(
        outcome.state === 'done',
        `expected done, got ${outcome.state}${outcome.state === 'failed' ? `: ${outcome.error.message}` : ''}`,
      );
      const operation = operations[index]!;
      if (operation.method === 'create' || operation.method === 'update') this.made(operation.resource.resourceType, outcome.id);
      return outcome;
    });
  }

  /** A resource with the run's identifier; gives it as the server holds it. */
  async create<T extends ResourceType>(resource: ResourceOf<T> & { resourceType: T }): Promise<ResourceOf<T> & { id: string }> {
    const marked = { ...resource, identifier: [this.identifier] } as unknown as Resource;
    const { id } = await this.write({ method: 'create', resource: marked });
    return (await this.backend.read(resource.resourceType, id)) as ResourceOf<T> & { id: string };
  }

  made(type: ResourceType, id: string): void {
    this.#made.push({ type, id });
  }

  /** All rows of this run that match, as one page. */
  async find<T extends ResourceType>(type: T, params: SearchParams = {}, options: SearchOptions = {}): Promise<SearchPage<ResourceOf<T>>> {
    const whole: SearchPage<ResourceOf<T>> = { items: [], included: [], total: undefined, complete: true, warnings: [] };
    for await (const page of this.backend.search(type, { identifier: this.mark, ...params }, options)) {
      whole.items.push(...page.items);
      whole.included.push(...page.included);
      whole.total ??= page.total;
      whole.complete &&= page.complete;
      whole.warnings.push(...page.warnings);
    }
    return whole;
  }

  /** Ids of the rows that match, sorted. */
  async ids(type: ResourceType, params: SearchParams = {}): Promise<string[]> {
    const { items } = await this.find(type, params);
    return items.map((row) => row.id ?? '').toSorted();
  }

  /** Twice from last to first: some servers refuse to delete what others still refer to. */
  async cleanUp(): Promise<void> {
    let left = this.#made.toReversed();
    for (let pass = 0; pass < 2 && left.length > 0; pass++) {
      const refused: typeof left = [];
      for (const { type, id } of left) {
        await this.backend.write([{ method: 'delete', type, id }], { atomic: 'required' }).catch(() => refused.push({ type, id }));
      }
      left = refused;
    }
  }
}

/** A case whose body gets a run; `needs` as a predicate, or the name of a deviation that rules it out. */
export function scenario(name: string, body: (run: Run) => Promise<void>, needs?: Needs | Deviation): ContractCase {
  return {
    name,
    needs: typeof needs === 'string' ? (capabilities) => deviation(capabilities.name, needs) : needs,
    run: async (makeBackend) => {
      const backend = await makeBackend();
      const run = new Run(offeredOnly(backend, await backend.describe()));
      try {
        await body(run);
      } finally {
        await run.cleanUp();
      }
    },
  };
}
