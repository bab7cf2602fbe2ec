import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CareClient } from '../../client/index.js';
import type { Permissions } from '../base/contexts.js';
import { QueryController } from '../base/query.controller.js';

export interface AccessSource {
  /** Undefined where plain patients are searched: those are the host's to show. */
  client: CareClient | undefined;
  permissions: Permissions | undefined;
}

/** Whether there may be a search at all: what the host knows of the user, and what the server says of itself, asked once. */
export class AccessController implements ReactiveController {
  readonly #source: () => AccessSource;
  readonly #ability: QueryController<readonly [CareClient], boolean>;

  constructor(host: ReactiveControllerHost, source: () => AccessSource) {
    this.#source = source;
    host.addController(this);
    this.#ability = new QueryController<readonly [CareClient], boolean>(host, {
      args: () => {
        const { client } = source();
        return client && [client];
      },
      run: async ([client], { signal }) => ({
        data: (await client.capabilities({ signal })).type('Patient').search !== 'no',
        complete: true,
      }),
    });
  }

  hostConnected(): void {}

  /** Why not, in words; undefined where nothing is known against it. A server that does not say is asked all the same. */
  refusal(unsupported: string): string | undefined {
    const { client, permissions } = this.#source();
    const may = client && permissions?.may('read', 'Patient');
    if (may?.allowed === false) return may.reason;
    return this.#ability.data === false ? unsupported : undefined;
  }
}
