/**
 * Exchanges with a FHIR server. fhir-kit-client says where an interaction goes, by which method and as which media type; the
 * exchange itself is ours, because the kit's would lose decimals (its own JSON.parse), cannot use another fetch, sets `keepalive`
 * (which fails above 64 KiB in browsers), and puts full URLs into its errors.
 *
 * What is needed after a failure only (`retry.ts`), or only where a server takes batches (`batch.ts`), is loaded then.
 */
import { Client } from 'fhir-kit-client';
import { stringify } from '../../../models/fhir/json.js';
import { isCareError } from '../../../models/errors.js';
import type { RequestOptions } from '../../backend.js';
import { withDeadline } from '../../deadline.js';
import { readAnswer, type FhirAnswer } from './answer.js';
import type { Batcher } from './batch.js';
import { careError } from './failure.js';
import type { Learned } from './learned.js';
import { withinBase } from './link.js';
import type { Retrier, RetryOptions } from './retry.js';

export type HeaderRecord = Readonly<Record<string, string>>;

export interface TransportOptions {
  /** Absolute, without a trailing slash. */
  baseUrl: string;
  fetch: (request: Request) => Promise<Response>;
  /** Sent with each request; a function is asked each time, so that it can hold a fresh token. */
  headers: HeaderRecord | (() => HeaderRecord | Promise<HeaderRecord>);
  /** Milliseconds for a whole call: body and retries included. */
  timeout: number;
  credentials: RequestCredentials;
  /** Largest answer that is read. */
  maxBytes: number;
  retry: RetryOptions | false;
}

export interface ExchangeOptions extends RequestOptions {
  headers?: HeaderRecord;
  /** May go out in a batch together with others of the same moment, where the server takes batches. */
  batch?: boolean;
  /** Changes nothing on the server, though it is a POST that does not look like it: a batch of reads. */
  safe?: boolean;
}

/** What the kit's methods are called with, beside their own arguments. */
export type KitOptions = { headers: Record<string, string>; signal: AbortSignal };

/** One request of a call, as often as it is sent. */
export interface Exchange {
  method: string;
  path: string;
  headers: HeaderRecord;
  body: unknown;
  signal: AbortSignal;
  /** Whether it changes nothing on the server. */
  safe: boolean;
  /** When the time of the call is over, on the clock of {@link Transport.now}. */
  until: number;
}

/** The kit's methods pass this through from our `request`. */
interface Envelope extends Record<string, unknown> {
  resourceType: string;
  answer: FhirAnswer;
}
type KitAnswer = Awaited<ReturnType<Client['request']>>;

export class Transport {
  readonly #options: TransportOptions;
  readonly #kit: Client;
  /** There after the first failure that might pass. */
  #retrier: Retrier | undefined;
  #batcher: Batcher | undefined;

  constructor(options: TransportOptions) {
    this.#options = options;
    this.#kit = new Client({ baseUrl: options.baseUrl });
    this.#kit.httpClient.request = async (method, url, options, body): Promise<Envelope> => ({
      resourceType: '',
      answer: await this.#deliver(method, url, options as KitOptions & CallOptions, body),
    });
  }

  /** Milliseconds of the clock that deadlines and waits are measured by. */
  now(): number {
    return (this.#options.retry && this.#options.retry.now?.()) || Date.now();
  }

  /** How long a call takes at most. */
  timeoutOf({ timeout = this.#options.timeout }: RequestOptions): number {
    return timeout;
  }

  /**
   * Calls the kit and gives what the server answered. What can be sent again without harm is, as {@link RetryOptions} have it.
   *
   * @throws CareError, for every failure.
   */
  async call(interaction: (kit: Client, options: KitOptions) => Promise<KitAnswer>, options: ExchangeOptions = {}): Promise<FhirAnswer> {
    const timeout = this.timeoutOf(options);
    const { headers, batch = false, safe = false } = options;
    const until = this.now() + timeout;
    return withDeadline(
      async (signal) => {
        const kitOptions: KitOptions & CallOptions = { headers: { ...headers }, signal, batch, safe, until };
        return ((await interaction(this.#kit, kitOptions)) as Envelope).answer;
      },
      { signal: options.signal, timeout },
    );
  }

  /** From now on, what may go out in a batch does. */
  async useBatches(learned: Learned): Promise<void> {
    const { Batcher } = await import('./batch.js');
    this.#batcher ??= new Batcher(this, learned);
  }

  /** What decides on retries; undefined where none are wanted, or its code cannot be fetched: the failure at hand then stands. */
  async retrier(): Promise<Retrier | undefined> {
    const { retry } = this.#options;
    if (!retry) return undefined;
    const part = await import('./retry.js').catch(() => undefined);
    return (this.#retrier ??= part && new part.Retrier(retry, () => this.now()));
  }

  async #deliver(method: string, path: string, options: KitOptions & CallOptions, body: unknown): Promise<FhirAnswer> {
    const { headers, signal, until, batch } = options;
    const safe = options.safe || method === 'GET' || path.endsWith('/_search');
    const exchange: Exchange = { method, path, headers, body, signal, safe, until };
    const single = (): Promise<FhirAnswer> => this.#exchange(exchange);
    const send = (): Promise<FhirAnswer> => (batch && method === 'GET' && this.#batcher?.add(exchange, single)) || single();
    if (this.#retrier) return this.#retrier.run(send, exchange);
    try {
      return await send();
    } catch (error) {
      const retrier = isCareError(error, 'offline', 'rate-limited', 'server') ? await this.retrier() : undefined;
      if (!retrier) throw error;
      return retrier.run(send, exchange, error);
    }
  }

  #url(path: string): string {
    const { baseUrl } = this.#options;
    if (/^https?:/i.test(path)) {
      const url = withinBase(baseUrl, path);
      if (url === undefined) throw careError('malformed', { detail: 'An address outside the server was refused.' });
      return url;
    }
    const relative = path.replace(/^\/+/, '');
    return relative ? `${baseUrl}/${relative}` : baseUrl;
  }

  async #exchange({ method, path, headers, body, signal }: Exchange): Promise<FhirAnswer> {
    const { fetch, headers: extra, credentials, maxBytes } = this.#options;
    const url = this.#url(path);
    const sent = new Headers({ Accept: 'application/fhir+json, application/json;q=0.9' });
    for (const set of [await current(extra), headers]) for (const [name, value] of Object.entries(set)) sent.set(name, value);
    const request = new Request(url, {
      method,
      headers: sent,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : stringify(body) }),
      signal,
      credentials,
      keepalive: false,
      cache: 'no-store', // no record in the browser's cache; also asks servers that answer searches from one for the truth
      redirect: 'manual',
      referrerPolicy: 'no-referrer', // the page's own address may name a patient
    });
    try {
      return await readAnswer(await fetch(request), { guarded: sent.has('If-Match'), maxBytes, now: this.now() });
    } catch (error) {
      // No `cause`: what fetch throws may hold the URL, and consoles print causes.
      throw isCareError(error) ? error : careError('offline');
    }
  }
}

type CallOptions = Pick<Exchange, 'safe' | 'until'> & { batch: boolean };

/** @throws CareError, `auth` where the source of a token fails with something else, whose words could hold a part of it. */
async function current(headers: TransportOptions['headers']): Promise<HeaderRecord> {
  try {
    return typeof headers === 'function' ? await headers() : headers;
  } catch (error) {
    throw isCareError(error) ? error : careError('auth', { detail: 'No access token could be had.' });
  }
}
