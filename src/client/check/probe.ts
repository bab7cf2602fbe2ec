/** The exchanges of a check: plain requests over any fetch, answers as they are, and failures in words. */
import { parseJson, stringify } from '../../models/fhir/json.js';
import { recordOf, recordsOf, textOf, type Loose } from '../../models/fhir/read/loose.js';
import { CareError } from '../../models/errors.js';
import { withDeadline } from '../deadline.js';
import { withinBase } from '../backends/fhir/link.js';
import { whyNot } from './why-not.js';

export interface ProbeOptions {
  /** Absolute, without a trailing slash. */
  baseUrl: string;
  fetch: (request: Request) => Promise<Response>;
  headers: Readonly<Record<string, string>>;
  /** Milliseconds for one exchange. */
  timeout: number;
  signal: AbortSignal | undefined;
}

export interface Asked {
  method?: string;
  /** An empty value takes a header away. */
  headers?: Readonly<Record<string, string>>;
  /** Sent as FHIR JSON, or as the form it is. */
  body?: object | URLSearchParams;
}

export interface Reply {
  /** 0 where no answer came; then `failure` says why. */
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON; undefined where it is none. */
  body: Loose | undefined;
  failure: string;
  ms: number;
}

/** The check was given up by whoever began it. */
export class Interrupted extends CareError {
  constructor() {
    super('aborted', 'The check was given up.');
  }
}

const MOST_WAIT = 30;
const wait = (milliseconds: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });

export class Probe {
  readonly options: ProbeOptions;

  constructor(options: ProbeOptions) {
    this.options = options;
  }

  /** The same, not stopped by the signal: for taking away what was made. */
  unstoppable(): Probe {
    return new Probe({ ...this.options, signal: undefined });
  }

  /**
   * One exchange, and a second one where the server asks to wait no longer than half a minute.
   *
   * @param path below the base, or a link that the server gave; one that leads elsewhere is not followed.
   * @throws Interrupted
   */
  async ask(path: string, asked: Asked = {}): Promise<Reply> {
    const reply = await this.#once(path, asked);
    const seconds = Number(reply.headers.get('Retry-After') ?? Number.NaN);
    if (![429, 503].includes(reply.status) || !(seconds >= 0 && seconds <= MOST_WAIT)) return reply;
    await wait(seconds * 1000, this.options.signal);
    return this.#once(path, asked);
  }

  async #once(path: string, { method = 'GET', headers = {}, body }: Asked): Promise<Reply> {
    const { baseUrl, fetch, timeout, signal } = this.options;
    const began = performance.now();
    const reply = (rest: Partial<Reply>): Reply => {
      return {
        status: 0,
        headers: new Headers(),
        text: '',
        body: undefined,
        failure: '',
        ms: Math.round(performance.now() - began),
        ...rest,
      };
    };
    const url = /^https?:/i.test(path) ? withinBase(baseUrl, path) : path === '' ? baseUrl : `${baseUrl}/${path}`;
    if (url === undefined) return reply({ failure: 'the address leads out of the server' });
    const sent = new Headers({ Accept: 'application/fhir+json, application/json;q=0.9', 'Cache-Control': 'no-cache' });
    if (body !== undefined && !(body instanceof URLSearchParams)) sent.set('Content-Type', 'application/fhir+json');
    for (const set of [this.options.headers, headers])
      for (const [name, value] of Object.entries(set)) {
        if (value === '') sent.delete(name);
        else sent.set(name, value);
      }
    const request = new Request(url, {
      method,
      headers: sent,
      redirect: 'manual',
      ...(body === undefined ? {} : { body: body instanceof URLSearchParams ? body : stringify(body) }),
    });
    try {
      return await withDeadline(
        async (inner) => {
          const response = await fetch(new Request(request, { signal: inner }));
          const text = await response.text();
          return reply({ status: response.status, headers: response.headers, text, body: jsonOf(text), failure: opaque(response) });
        },
        { signal, timeout },
      );
    } catch (error) {
      if (signal?.aborted) throw new Interrupted();
      return reply({ failure: whyNot(error, timeout) });
    }
  }
}

/** A redirect, which a page is not shown. */
const opaque = (response: Response): string => (response.type === 'opaqueredirect' ? 'the server redirects to another address' : '');

function jsonOf(text: string): Loose | undefined {
  try {
    return recordOf(parseJson(text));
  } catch {
    return undefined;
  }
}

export const ok = ({ status }: Reply): boolean => status >= 200 && status < 300;
export const typeOf = (body: Loose | undefined): string => textOf(body?.['resourceType']) ?? '';
export const versionIn = (resource: Loose | undefined): string | undefined => textOf(recordOf(resource?.['meta'])?.['versionId']);

/** The resources of a searchset of one type. */
export function rowsOf(bundle: Loose | undefined, type: string): Loose[] {
  return recordsOf(bundle?.['entry']).flatMap((entry) => {
    const resource = recordOf(entry['resource']);
    return resource && typeOf(resource) === type ? [resource] : [];
  });
}

export const linkOf = (bundle: Loose | undefined, relation: string): string | undefined =>
  textOf(recordsOf(bundle?.['link']).find((link) => link['relation'] === relation)?.['url']);

/** `W/"3"` as 3. */
export const bareTag = (tag: string | null | undefined): string | undefined => /^(?:W\/)?"?([^"]+)"?$/.exec(tag ?? '')?.[1];
