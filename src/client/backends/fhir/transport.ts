/**
 * One exchange with a FHIR server. fhir-kit-client says where an interaction goes, by which method and as which media type; the
 * exchange itself is ours, because the kit's would lose decimals (its own JSON.parse), cannot use another fetch, sets `keepalive`
 * (which fails above 64 KiB in browsers), and puts full URLs into its errors.
 */
import type { Client } from 'fhir-kit-client';
import { stringify } from '../../../models/fhir/json.js';
import { isCareError } from '../../../models/errors.js';
import type { RequestOptions } from '../../backend.js';
import { withDeadline } from '../../deadline.js';
import { readAnswer, type FhirAnswer } from './answer.js';
import { careError } from './failure.js';
import { withinBase } from './link.js';

export type HeaderRecord = Readonly<Record<string, string>>;

export interface TransportOptions {
  /** Absolute, without a trailing slash. */
  baseUrl: string;
  fetch: (request: Request) => Promise<Response>;
  /** Sent with each request; a function is asked each time, so that it can hold a fresh token. */
  headers: HeaderRecord | (() => HeaderRecord | Promise<HeaderRecord>);
  /** Milliseconds for a whole exchange, body included. */
  timeout: number;
  credentials: RequestCredentials;
  /** Largest answer that is read. */
  maxBytes: number;
}

export interface ExchangeOptions extends RequestOptions {
  headers?: HeaderRecord;
}

/** What the kit's methods are called with, beside their own arguments. */
export type KitOptions = { headers: Record<string, string>; signal: AbortSignal };
/** The kit's methods pass this through from our `request`. */
interface Envelope extends Record<string, unknown> {
  resourceType: string;
  answer: FhirAnswer;
}
type KitAnswer = Awaited<ReturnType<Client['request']>>;

export class Transport {
  readonly #options: TransportOptions;
  #kit: Promise<Client> | undefined;

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  /**
   * Calls the kit and gives what the server answered.
   *
   * @throws CareError, for every failure.
   */
  async call(interaction: (kit: Client, options: KitOptions) => Promise<KitAnswer>, options: ExchangeOptions = {}): Promise<FhirAnswer> {
    return withDeadline(
      async (signal) => {
        const kit = await this.#load();
        const envelope = (await interaction(kit, { headers: { ...options.headers }, signal })) as Envelope;
        return envelope.answer;
      },
      { signal: options.signal, timeout: options.timeout ?? this.#options.timeout },
    );
  }

  async #load(): Promise<Client> {
    this.#kit ??= import('fhir-kit-client').then(({ Client }) => {
      const kit = new Client({ baseUrl: this.#options.baseUrl });
      kit.httpClient.request = async (method, url, options = {}, body): Promise<Envelope> => ({
        resourceType: '',
        answer: await this.#exchange(method, url, options.headers ?? {}, body, options.signal as AbortSignal | undefined),
      });
      return kit;
    });
    try {
      return await this.#kit;
    } catch {
      this.#kit = undefined; // a chunk that failed to load may load the next time
      throw careError('offline', { detail: 'The FHIR client could not be loaded.' });
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

  async #exchange(
    method: string,
    path: string,
    headers: HeaderRecord,
    body: unknown,
    signal: AbortSignal | undefined,
  ): Promise<FhirAnswer> {
    const { fetch, headers: extra, credentials, maxBytes } = this.#options;
    const url = this.#url(path);
    const sent = new Headers({ Accept: 'application/fhir+json, application/json;q=0.9' });
    for (const set of [typeof extra === 'function' ? await extra() : extra, headers])
      for (const [name, value] of Object.entries(set)) sent.set(name, value);
    const request = new Request(url, {
      method,
      headers: sent,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : stringify(body) }),
      ...(signal ? { signal } : {}),
      credentials,
      keepalive: false,
      cache: 'no-store', // also asks servers that answer searches from a cache for the truth
      redirect: 'manual',
      referrerPolicy: 'no-referrer', // the page's own address may name a patient
    });
    try {
      return await readAnswer(await fetch(request), { guarded: sent.has('If-Match'), maxBytes });
    } catch (error) {
      // No `cause`: what fetch throws may hold the URL, and consoles print causes.
      throw isCareError(error) ? error : careError('offline');
    }
  }
}
