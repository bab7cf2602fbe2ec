/**
 * One exchange with a FHIR server. fhir-kit-client says where an interaction goes, by which method and as which media type; the
 * exchange itself is ours, because the kit's would lose decimals (its own JSON.parse), cannot use another fetch, sets `keepalive`
 * (which fails above 64 KiB in browsers), and puts full URLs into its errors.
 */
import { Client } from 'fhir-kit-client';
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
  readonly #kit: Client;

  constructor(options: TransportOptions) {
    this.#options = options;
    this.#kit = new Client({ baseUrl: options.baseUrl });
    this.#kit.httpClient.request = async (method, url, { headers = {}, signal } = {}, body): Promise<Envelope> => ({
      resourceType: '',
      answer: await this.#exchange(method, url, headers, body, signal as AbortSignal | undefined),
    });
  }

  /**
   * Calls the kit and gives what the server answered.
   *
   * @throws CareError, for every failure.
   */
  async call(interaction: (kit: Client, options: KitOptions) => Promise<KitAnswer>, options: ExchangeOptions = {}): Promise<FhirAnswer> {
    return withDeadline(
      async (signal) => {
        const envelope = (await interaction(this.#kit, { headers: { ...options.headers }, signal })) as Envelope;
        return envelope.answer;
      },
      { signal: options.signal, timeout: options.timeout ?? this.#options.timeout },
    );
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
    for (const set of [await current(extra), headers]) for (const [name, value] of Object.entries(set)) sent.set(name, value);
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

/** @throws CareError, `auth` where the source of a token fails with something else, whose words could hold a part of it. */
async function current(headers: TransportOptions['headers']): Promise<HeaderRecord> {
  try {
    return typeof headers === 'function' ? await headers() : headers;
  } catch (error) {
    throw isCareError(error) ? error : careError('auth', { detail: 'No access token could be had.' });
  }
}
