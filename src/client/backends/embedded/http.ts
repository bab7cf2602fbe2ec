/** The HTTP side of FHIR: what a request says in its headers, and what an answer says in its own (R4 http.html). */
import { parseJson } from '../../../models/fhir/json.js';
import type { Pairs } from '../../store/query.js';
import { failure } from './outcome.js';

/** One interaction: a request, or an entry of a batch or transaction. */
export interface Call {
  method: string;
  /** Segments below the base, decoded. */
  path: readonly string[];
  /** From the URL. Parameters of a form are in `form`. */
  query: Pairs;
  form: Pairs;
  header(name: string): string | undefined;
  /** The body parsed; throws JsonSyntaxError, or 400 when there is none. */
  body(): unknown;
  /** Media type of the body, without parameters. */
  contentType: string;
  /** Absolute URL of the service without a trailing slash, as the caller knows it. */
  base: string;
  /** The caller takes no FHIR JSON: what a Binary holds is sent as it is. */
  raw?: boolean;
}

/** An answer before it becomes a Response. The body is FHIR JSON unless a Content-Type is given. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  /** Of the version that the answer is about, as finely as FHIR tells it: an HTTP date has no fractions of a second. */
  lastUpdated?: string;
  body?: string | Uint8Array;
}

export const FHIR_JSON = 'application/fhir+json';
const JSON_TYPES = new Set([FHIR_JSON, 'application/json', 'text/json']);
export const JSON_PATCH = 'application/json-patch+json';
const FORM = 'application/x-www-form-urlencoded';

export const mediaType = (header: string | null | undefined): string => (header ?? '').split(';')[0]!.trim().toLowerCase();

/** Whether a caller can take FHIR JSON: by `_format`, else by Accept. Nothing said is a yes. */
export function acceptsJson(format: string | undefined, accept: string | null): boolean {
  if (format !== undefined) return format === 'json' || JSON_TYPES.has(mediaType(format).replace(' ', '+'));
  if (!accept) return true;
  return accept.split(',').some((range) => {
    const [type = '', ...params] = range.split(';').map((part) => part.trim().toLowerCase());
    const refused = params.some((param) => /^q=0(\.0*)?$/.test(param));
    return !refused && (JSON_TYPES.has(type) || ['*/*', 'application/*', '*', JSON_PATCH].includes(type));
  });
}

/** Refuses a body that is not of these media types. */
export function expectType(call: Call, ...types: readonly string[]): void {
  const allowed = types.length > 0 ? types : [...JSON_TYPES];
  if (!allowed.includes(call.contentType))
    throw failure(415, 'not-supported', `The body must be ${allowed.filter((type) => type !== 'text/json').join(' or ')}`);
}

export const isJson = (type: string): boolean => JSON_TYPES.has(type);
export const isForm = (type: string): boolean => type === FORM;

/** Name and value pairs of a query string or form, in order. */
export function pairs(text: string): Pairs {
  return [...new URLSearchParams(text)];
}

export function parseBody(text: string): unknown {
  if (text.trim() === '') throw failure(400, 'structure', 'The request has no body');
  return parseJson(text);
}

export interface Preferences {
  return: 'minimal' | 'representation' | 'OperationOutcome';
  handling: 'strict' | 'lenient';
}

/** The Prefer header; representation and lenient where it says nothing. */
export function preferences(header: string | undefined): Preferences {
  const asked = new Map(
    (header ?? '').split(/[,;]/).map((part): [string, string] => {
      const [name = '', value = ''] = part.trim().split('=');
      return [name.trim(), value.trim().replace(/^"|"$/g, '')];
    }),
  );
  const form = asked.get('return');
  return {
    return: form === 'minimal' || form === 'OperationOutcome' ? form : 'representation',
    handling: asked.get('handling') === 'strict' ? 'strict' : 'lenient',
  };
}

export const etag = (versionId: string): string => `W/"${versionId}"`;

/** Version ids of an If-Match or If-None-Match header, `*` as it stands. @throws 400 when it is neither. */
export function versionsOf(header: string, name: string): readonly string[] | '*' {
  if (header.trim() === '*') return '*';
  return header.split(',').map((one) => {
    const match = /^\s*(?:(?:W\/)?"([^"]+)"|(\d+))\s*$/.exec(one);
    if (!match) throw failure(400, 'value', `${name} must be a version such as W/"3", or *`);
    return match[1] ?? match[2]!;
  });
}

export const httpDate = (instant: string): string => new Date(instant).toUTCString();
