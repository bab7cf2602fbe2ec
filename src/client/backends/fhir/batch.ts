/**
 * Reads and first pages of searches of the same moment, as one batch Bundle (R4 http 3.1.0.11.1). Loaded where a server declares
 * that it takes batches; one that then fails at it is asked singly from there on.
 */
import { isCareError, type CareError } from '../../../models/errors.js';
import { listOf, recordOf, textOf } from '../../../models/fhir/read/loose.js';
import type { Bundle } from '../../../models/fhir/index.js';
import { expectResource, type FhirAnswer } from './answer.js';
import { careError } from './failure.js';
import { isOutcome } from './outcome.js';
import type { Learned } from './learned.js';
import { failureOf, messagesIn } from './refused.js';
import type { Exchange, Transport } from './transport.js';

/** Entries of one batch. More wait for one slow search, and come near the limits of servers. */
const MAX_ENTRIES = 20;

/** How a server says that it takes no batches, or not this one: then its entries are asked for singly. */
const REFUSALS = ['validation', 'forbidden', 'not-found', 'gone', 'precondition', 'unsupported', 'malformed'] as const;

interface Entry {
  exchange: Exchange;
  /** The same request on its own. */
  single: () => Promise<FhirAnswer>;
  resolve: (answer: FhirAnswer | Promise<FhirAnswer>) => void;
  reject: (error: unknown) => void;
}

/** What a batch says of one entry: an answer like that of a single request, or its failure. Undefined where it says nothing. */
function answerOf(entry: unknown): FhirAnswer | CareError | undefined {
  const response = recordOf(recordOf(entry)?.['response']);
  const body = recordOf(entry)?.['resource'] ?? response?.['outcome'];
  const status = Number.parseInt(String(textOf(response?.['status']) ?? ''), 10) || (body && !isOutcome(body) ? 200 : 0);
  if (status === 0) return undefined;
  if (status >= 400) return failureOf(status, response?.['outcome'] ?? body, false);
  const headers = new Headers();
  for (const [name, member] of [
    ['ETag', 'etag'],
    ['Content-Location', 'location'],
  ] as const) {
    const value = textOf(response?.[member]);
    if (value !== undefined && /^[\x20-\x7e]*$/.test(value)) headers.set(name, value);
  }
  return { status, headers, body, ...(isOutcome(body) ? { messages: messagesIn(status, body) } : {}) };
}

export class Batcher {
  readonly #transport: Transport;
  readonly #learned: Learned;
  #queue: Entry[] = [];

  constructor(transport: Transport, learned: Learned) {
    this.#transport = transport;
    this.#learned = learned;
  }

  /**
   * Puts a GET beside the others of this turn of the event loop; alone, it goes out as it is.
   *
   * @returns undefined for one that cannot go into a batch: an entry has no headers but a version.
   */
  add(exchange: Exchange, single: () => Promise<FhirAnswer>): Promise<FhirAnswer> | undefined {
    if (this.#learned.batch === 'no' || Object.keys(exchange.headers).some((name) => name !== 'If-None-Match')) return undefined;
    return new Promise((resolve, reject) => {
      if (this.#queue.length === 0) setTimeout(() => this.#flush());
      this.#queue.push({ exchange, single, resolve, reject });
    });
  }

  #flush(): void {
    const queue = this.#queue.filter(({ exchange }) => !exchange.signal.aborted);
    this.#queue = [];
    for (let at = 0; at < queue.length; at += MAX_ENTRIES) void this.#send(queue.slice(at, at + MAX_ENTRIES));
  }

  async #send(entries: readonly Entry[]): Promise<void> {
    const singly = (): void => entries.forEach(({ single, resolve }) => resolve(single()));
    if (entries.length === 1) return singly();
    try {
      const answers = await this.#ask(entries);
      answers.forEach((answer, index) => {
        const { resolve, reject } = entries[index]!;
        if (answer instanceof Error) reject(answer);
        else resolve(answer);
      });
    } catch (error) {
      if (!isCareError(error, ...REFUSALS)) return entries.forEach(({ reject }) => reject(error));
      this.#learned.batch = 'no';
      singly();
    }
  }

  /** @throws CareError `malformed` for an answer that does not say of each entry what came of it. */
  async #ask(entries: readonly Entry[]): Promise<(FhirAnswer | CareError)[]> {
    const bundle: Bundle = {
      resourceType: 'Bundle',
      type: 'batch',
      entry: entries.map(({ exchange }) => ({ request: requestOf(exchange) })),
    };
    const { signal, end } = whenAllGiveUp(entries);
    try {
      const answer = await this.#transport.call(
        (kit, kitOptions) => kit.batch({ body: bundle as Bundle & Record<string, unknown>, options: kitOptions }),
        { signal, timeout: Math.max(...entries.map(({ exchange }) => exchange.until)) - this.#transport.now(), safe: true },
      );
      const answers = listOf((expectResource(answer, 'Bundle') as { entry?: unknown }).entry).map(answerOf);
      if (answers.length !== entries.length || answers.includes(undefined)) throw careError('malformed');
      this.#learned.batch = 'yes';
      return answers as (FhirAnswer | CareError)[];
    } finally {
      end();
    }
  }
}

function requestOf({ path, headers }: Exchange): { method: 'GET'; url: string; ifNoneMatch?: string } {
  const known = headers['If-None-Match'];
  return { method: 'GET', url: path.replace(/^\/+/, ''), ...(known === undefined ? {} : { ifNoneMatch: known }) };
}

/** A signal that fires when nobody waits for any of the entries any more. */
function whenAllGiveUp(entries: readonly Entry[]): { signal: AbortSignal; end: () => void } {
  const controller = new AbortController();
  const signals = entries.map(({ exchange }) => exchange.signal);
  const check = (): void => {
    if (signals.every(({ aborted }) => aborted)) controller.abort();
  };
  for (const signal of signals) signal.addEventListener('abort', check);
  check();
  return {
    signal: controller.signal,
    end: () => {
      for (const signal of signals) signal.removeEventListener('abort', check);
    },
  };
}
