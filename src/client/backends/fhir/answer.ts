/** Reading the body of an answer: by our own lossless parser, within a size, in the encoding it says it has. */
import type { CareError } from '../../../models/errors.js';
import { parseJson } from '../../../models/fhir/json.js';
import type { Resource } from '../../../models/fhir/index.js';
import { load } from '../../load.js';
import { careError } from './failure.js';

/** A successful answer. */
export interface FhirAnswer {
  status: number;
  headers: Headers;
  /** Undefined where there was none. */
  body: unknown;
  /** Why a body that was there could not be understood. */
  unreadable?: CareError;
  /** What an OperationOutcome as the body means where a record was asked for. */
  messages?: CareError;
}

/** Decodes piece by piece. Fatal, because a name with replacement characters in it is a wrong name. */
function decoderOf(contentType: string): (bytes?: Uint8Array) => string {
  const otherwise = careError('malformed', { detail: 'The answer is not in the encoding that it says.' });
  const trying = <T>(work: () => T): T => {
    try {
      return work();
    } catch {
      throw otherwise;
    }
  };
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  const decoder = trying(() => new TextDecoder(charset, { fatal: true }));
  return (bytes) => trying(() => (bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()));
}

async function readText(response: Response, maxBytes: number): Promise<string> {
  const tooLarge = (): CareError => careError('malformed', { detail: `The answer is larger than ${Math.round(maxBytes / 1e6)} MB.` });
  if (Number(response.headers.get('Content-Length') ?? 0) > maxBytes) throw tooLarge();
  if (!response.body) return '';
  const decode = decoderOf(response.headers.get('Content-Type') ?? '');
  const reader = response.body.getReader();
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decode();
    size += value.byteLength;
    if (size > maxBytes) {
      void reader.cancel().catch(() => undefined);
      throw tooLarge();
    }
    text += decode(value);
  }
}

interface AnswerOptions {
  /** Whether a 412 can only mean a stale version. */
  guarded: boolean;
  maxBytes: number;
  /** Milliseconds since 1970. */
  now?: number;
}

/** The code for what went wrong; without it, an answer that cannot be understood is one that did not come. */
const refused = (): Promise<typeof import('./refused.js')> => load(() => import('./refused.js'));

/**
 * @throws CareError for every status other than 2xx and 304, for a redirect (which could carry the request to another host), and for a
 * body that breaks off, is too large or in another encoding than it says.
 */
export async function readAnswer(response: Response, { guarded, maxBytes, now = Date.now() }: AnswerOptions): Promise<FhirAnswer> {
  const { status, headers } = response;
  const refusal = async (body?: unknown): Promise<CareError> => (await refused()).refusalIn(response, body, guarded, now);
  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400 && status !== 304)) {
    throw careError('malformed', { detail: 'The server redirects to another address: use that one as the base URL.' });
  }
  let text: string;
  try {
    text = await readText(response, maxBytes);
  } catch (error) {
    if (!response.ok) throw await refusal();
    throw error;
  }
  let body: unknown;
  let unreadable: CareError | undefined;
  if (text.trim() !== '') {
    try {
      body = parseJson(text);
    } catch {
      // Neither the parser's place in it nor anything of the text: it may be a page with a record in it.
      unreadable = careError('malformed', { status, detail: 'The answer is not FHIR JSON.' });
    }
  }
  if (!response.ok && status !== 304) throw await refusal(body);
  const messages = typeOf(body) === 'OperationOutcome' ? (await refused()).messagesIn(status, body) : undefined;
  return { status, headers, body, ...(unreadable ? { unreadable } : {}), ...(messages ? { messages } : {}) };
}

const typeOf = (body: unknown): unknown => (body as { resourceType?: unknown } | null | undefined)?.resourceType;
/** An id that is no text names nothing: such a thing can be neither referred to nor written back. */
const isResource = (body: unknown): body is Resource =>
  typeof typeOf(body) === 'string' && ['string', 'undefined'].includes(typeof (body as { id?: unknown }).id);

/**
 * The resource of an answer, which must be of the type asked for.
 *
 * @throws CareError `malformed` for an empty, unreadable or other body; `break-glass` where an OperationOutcome in its place says so.
 */
export function expectResource(answer: FhirAnswer, type?: string): Resource {
  const { body, unreadable, status } = answer;
  if (unreadable) throw unreadable;
  if (isResource(body) && (type === undefined || body.resourceType === type)) return body;
  if (answer.messages) throw answer.messages;
  const detail = body === undefined ? 'The answer is empty.' : 'The answer is not the resource that was asked for.';
  throw careError('malformed', { status, detail });
}

/** The resource of a write's answer where the server gave it back; a write counts as done also without. */
export const resourceIn = (body: unknown, type: string): Resource | undefined =>
  isResource(body) && body.resourceType === type ? body : undefined;

const VERSIONED = /(?:^|\/)([A-Z][A-Za-z]+)\/([^/?#]+)(?:\/_history\/([^/?#]+))?\/?$/;

/** Type, id and version in a location, absolute or relative: `http://…/Patient/1/_history/2`, `Patient/1/_history/2`. */
export function parseLocation(
  location: string | null | undefined,
): { type: string; id: string; versionId: string | undefined } | undefined {
  const match = VERSIONED.exec(location ?? '');
  return match ? { type: match[1]!, id: decodeURIComponent(match[2]!), versionId: match[3] } : undefined;
}

/** The bare version in an entity tag: `W/"3"`, `"3"`, `3`. Proxies that compress add a suffix to it. */
export function parseETag(tag: string | null | undefined): string | undefined {
  const bare = /^\s*(?:W\/)?"?([^"]*?)(?:(?:--?|;)(?:gzip|br|zstd|deflate))?"?\s*$/.exec(tag ?? '')?.[1];
  return bare || undefined;
}

/** The version of what an answer holds: ETag, which CORS may hide and PATCH may lack; else meta.versionId; else the location. */
export function versionOf(headers: Pick<Headers, 'get'>, resource: Resource | undefined): string | undefined {
  return (
    parseETag(headers.get('ETag')) ??
    resource?.meta?.versionId ??
    (parseLocation(headers.get('Content-Location')) ?? parseLocation(headers.get('Location')))?.versionId
  );
}
