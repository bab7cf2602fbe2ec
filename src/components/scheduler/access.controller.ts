import type { ReactiveControllerHost } from 'lit';
import type { Capabilities, CareClient } from '../../client/index.js';
import { QueryController, type Permissions } from '../base/index.js';
import type { Words } from './words.js';

export interface AccessOptions {
  client: () => CareClient | undefined;
  permissions: () => Permissions | undefined;
  readOnly: () => boolean;
  words: () => Words;
}

/** What may be done here, by the host, by the user's permissions and by the server, with the reason where it may not. */
export class AccessController {
  readonly #options: AccessOptions;
  readonly #capabilities: QueryController<[CareClient], Capabilities>;

  constructor(host: ReactiveControllerHost, options: AccessOptions) {
    this.#options = options;
    this.#capabilities = new QueryController<[CareClient], Capabilities>(host, {
      args: () => {
        const client = options.client();
        return client && [client];
      },
      run: async ([client], request) => ({ data: await client.capabilities(request), complete: true }),
    });
  }

  /** Why nothing can be moved; undefined when it can. What the server does not say it cannot do is tried. */
  get whyReadOnly(): string | undefined {
    return this.#whyNot('update');
  }

  /** Why nothing can be booked; undefined when it can. */
  get whyCannotBook(): string | undefined {
    return this.#whyNot('create');
  }

  #whyNot(action: 'create' | 'update'): string | undefined {
    const { permissions, readOnly, words } = this.#options;
    if (readOnly()) return words().localize.t('readOnlyReason');
    const verdict = permissions()?.may(action, 'Appointment');
    if (verdict && !verdict.allowed) return verdict.reason;
    return this.#capabilities.data?.type('Appointment')[action] === 'no' ? words().localize.t('serverReadOnly') : undefined;
  }
}
