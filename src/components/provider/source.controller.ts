import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Backend, Capabilities, CareClient } from '../../client/index.js';
import { CareError } from '../../models/errors.js';
import { asCareError } from '../base/query.controller.js';
import type { ProviderStatus } from './provider.types.js';

/** Where the records come from. What stands first counts; with none of them it is an empty store in this page. */
export interface Source {
  client: CareClient | undefined;
  backend: Backend | undefined;
  baseUrl: string | undefined;
  /** The sign-in that the tabs share; see `CareClient`. */
  session: string | undefined;
  /** Counts who has been at work here: another user gets another client, with nothing of the last one's in it. */
  signIn: number;
}

export interface SourceEvents {
  /** The client to give out, or undefined while there is none. */
  client: (client: CareClient | undefined) => void;
  ready: (capabilities: Capabilities) => void;
  error: (error: CareError) => void;
}

/**
 * Makes one client of what the provider was told, and asks it once what it can do. Owns clients that it made: they are closed
 * when another takes their place or the element goes. While a source is being changed there is no client, so nothing of
 * the old one can be shown as the new one's.
 */
export class SourceController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #events: SourceEvents;
  #source: Source | undefined;
  #stop: AbortController | undefined;
  #released = true;
  #leaving: ReturnType<typeof setTimeout> | undefined;
  #client: CareClient | undefined;
  #endSignOut: (() => void) | undefined;
  #status: ProviderStatus = 'starting';
  #error: CareError | undefined;

  constructor(host: ReactiveControllerHost, events: SourceEvents) {
    this.#host = host;
    this.#events = events;
    host.addController(this);
  }

  get client(): CareClient | undefined {
    return this.#client;
  }
  get status(): ProviderStatus {
    return this.#status;
  }
  get error(): CareError | undefined {
    return this.#error;
  }
  /** The records live in this page and go with it. */
  get isDemo(): boolean {
    return this.#client?.backend?.kind === 'embedded';
  }

  hostConnected(): void {
    clearTimeout(this.#leaving);
    if (this.#released) this.#host.requestUpdate();
  }

  /** An element that is only moved is back in the same task, and keeps its client: a demo store's records with it. */
  hostDisconnected(): void {
    this.#leaving = setTimeout(() => this.#release());
  }

  /** @returns whether the records are now other ones than before. */
  use(source: Source): boolean {
    const before = this.#source;
    const same = before?.client === source.client && before?.backend === source.backend && before?.baseUrl === source.baseUrl;
    const sameSession = before?.session === source.session && before?.signIn === source.signIn;
    // A client of the host's own is the host's to change, and the demo's records would go with the client that holds them.
    const outlives = source.client !== undefined || (source.backend === undefined && source.baseUrl === undefined);
    if (before && same && (sameSession || outlives) && !this.#released) return false;
    this.#open(source);
    return before !== undefined && !same;
  }

  /** Asks again what the server can do, after an error. */
  retry(): void {
    if (this.#source && this.#status === 'error') this.#open(this.#source);
  }

  #open(source: Source): void {
    this.#release();
    this.#released = false;
    this.#source = source;
    const { signal } = (this.#stop = new AbortController());
    void this.#start(source, signal);
  }

  async #start(source: Source, signal: AbortSignal): Promise<void> {
    try {
      const client = source.client ?? (await this.#make(source));
      if (signal.aborted) {
        end(client, source);
        return;
      }
      this.#client = client;
      this.#endSignOut = (client as Partial<CareClient>).onSignOut?.call(client, () => this.#signedOut());
      this.#events.client(client);
      this.#host.requestUpdate();
      const capabilities = await client.capabilities({ signal });
      if (signal.aborted) return;
      this.#set('ready', undefined);
      this.#events.ready(capabilities);
    } catch (error) {
      if (signal.aborted) return;
      const careError = asCareError(error);
      this.#set('error', careError);
      this.#events.error(careError);
    }
  }

  /** Loaded when it is needed: a page that brings its own client pays for none of it. */
  async #make({ backend, baseUrl, session }: Source): Promise<CareClient> {
    const parts = Promise.all([
      import('../../client/care-client.js'),
      backend || baseUrl !== undefined ? undefined : import('../../client/backends/embedded/index.js'),
    ]);
    const [{ CareClient }, embedded] = await parts.catch((error: unknown) => {
      throw new CareError('offline', 'Part of this page did not load.', { cause: error });
    });
    if (backend) return new CareClient({ backend, session });
    // An empty attribute is a template that had nothing to put there: neither a server nor a wish for a demo.
    if (baseUrl?.trim() === '') throw new CareError('validation', 'The base URL is empty.');
    return baseUrl === undefined ? new CareClient({ backend: embedded!.createEmbeddedBackend() }) : new CareClient({ baseUrl, session });
  }

  #set(status: ProviderStatus, error: CareError | undefined): void {
    this.#status = status;
    this.#error = error;
    this.#host.requestUpdate();
  }

  /** What is on screen is of the session that is over: without a client nothing of it stays. */
  #signedOut(): void {
    this.#drop();
    const error = new CareError('auth', 'The session is over.');
    this.#set('error', error);
    this.#events.error(error);
  }

  #release(): void {
    this.#released = true;
    this.#drop();
    this.#set('starting', undefined);
  }

  #drop(): void {
    this.#stop?.abort();
    this.#endSignOut?.();
    if (!this.#client || !this.#source) return;
    end(this.#client, this.#source);
    this.#client = undefined;
    this.#events.client(undefined);
  }
}

/** Closes what was made here: the client, and its backend unless somebody else holds that. */
function end(made: CareClient, { client, backend }: Source): void {
  if (client === undefined) made.close({ keepBackend: backend !== undefined });
}
