/** Entries of a batch or transaction: read into calls, and their replies written back into entries (R4 http.html, "batch/transaction"). */
import { stringify } from '../../../models/fhir/json.js';
import { isObject, isResource, type ResourceTree } from '../../store/tree.js';
import type { Entry } from './bundle.js';
import { FHIR_JSON, JSON_PATCH, pairs, parseBody, preferences, type Call, type Reply } from './http.js';
import { failure, outcome, type FhirError } from './outcome.js';
import { information } from './told.js';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof METHODS)[number];

export interface EntryCall extends Call {
  index: number;
  method: Method;
  fullUrl: string | undefined;
  resource: ResourceTree | undefined;
  /** The query of the URL as it came: a condition of PUT, PATCH and DELETE. */
  criteria: string;
}

const HEADERS: Readonly<Record<string, string>> = {
  'if-match': 'ifMatch',
  'if-none-match': 'ifNoneMatch',
  'if-none-exist': 'ifNoneExist',
  'if-modified-since': 'ifModifiedSince',
};

/** Path and query of an entry's URL, relative to the service. */
function relativeUrl(url: string, base: string): { path: string[]; query: string } {
  const relative = url.startsWith(`${base}/`) || url === base ? url.slice(base.length) : url;
  if (/^[a-z][a-z0-9+.-]*:/i.test(relative)) throw failure(400, 'invalid', 'The URL of the request leads to another server');
  const [path = '', ...query] = relative.split('?');
  try {
    return { path: path.split('/').filter(Boolean).map(decodeURIComponent), query: query.join('?') };
  } catch {
    throw failure(400, 'invalid', 'The URL of the request has a percent sign that stands for nothing');
  }
}

/** A JSON Patch travels as a Binary. */
function patchBody(resource: ResourceTree | undefined): { contentType: string; body: () => unknown } {
  if (resource?.resourceType === 'Binary' && resource['contentType'] === JSON_PATCH && typeof resource['data'] === 'string') {
    const { data } = resource;
    return {
      contentType: JSON_PATCH,
      body: () => {
        let bytes: Uint8Array;
        try {
          bytes = Uint8Array.from(atob(data as string), (char) => char.charCodeAt(0));
        } catch {
          throw failure(400, 'structure', 'The data of the Binary is not base64');
        }
        return parseBody(new TextDecoder().decode(bytes));
      },
    };
  }
  return { contentType: FHIR_JSON, body: () => resource };
}

/** @throws 400 when an entry is no request. */
export function readEntry(outer: Call, entry: unknown, index: number): EntryCall {
  const request = isObject(entry) ? entry['request'] : undefined;
  if (!isObject(entry) || !isObject(request)) throw failure(400, 'required', 'The entry has no request');
  const method = METHODS.find((one) => one === request['method']);
  if (!method) throw failure(400, 'value', 'The method of the request is none of GET, HEAD, POST, PUT, PATCH, DELETE');
  if (typeof request['url'] !== 'string') throw failure(400, 'required', 'The request has no url');
  const { path, query } = relativeUrl(request['url'], outer.base);
  const resource = isResource(entry['resource']) ? entry['resource'] : undefined;
  if (resource === undefined && entry['resource'] !== undefined)
    throw failure(400, 'structure', 'The resource of the entry has no resourceType');
  if (!resource && ['POST', 'PUT', 'PATCH'].includes(method) && !path.some((part) => part.startsWith('$') || part === '_search'))
    throw failure(400, 'required', 'The entry has no resource');
  return {
    index,
    method,
    path,
    query: pairs(query),
    form: [],
    fullUrl: typeof entry['fullUrl'] === 'string' ? entry['fullUrl'] : undefined,
    resource,
    criteria: query,
    base: outer.base,
    header: (name) => {
      const member = HEADERS[name.toLowerCase()];
      const value = member === undefined ? undefined : request[member];
      return typeof value === 'string' ? value : name === 'Prefer' ? outer.header(name) : undefined;
    },
    ...patchBody(resource),
  };
}

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  304: 'Not Modified',
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Entity',
  500: 'Internal Server Error',
};

/** The entry that answers an entry. */
export function replyEntry(call: EntryCall, reply: Reply): Entry {
  const { status, headers, lastUpdated, body } = reply;
  const text = typeof body === 'string' ? body : undefined;
  const version = headers['Content-Location'];
  const isWrite = !['GET', 'HEAD'].includes(call.method);
  const told = isWrite && status < 300 && preferences(call.header('Prefer')).return === 'OperationOutcome';
  return {
    fullUrl: version?.replace(/\/_history\/[^/]+$/, ''),
    resource: told || status >= 400 ? undefined : text,
    response: {
      status: `${status} ${REASONS[status] ?? ''}`.trim(),
      ...(version === undefined ? {} : { location: version }),
      ...(headers['ETag'] === undefined ? {} : { etag: headers['ETag'] }),
      ...(lastUpdated === undefined ? {} : { lastModified: lastUpdated }),
    },
    outcome: told ? stringify(information(REASONS[status] ?? 'Done')) : status >= 400 ? text : undefined,
  };
}

export function failedEntry({ status, issues }: FhirError): Entry {
  return { response: { status: `${status} ${REASONS[status] ?? ''}`.trim() }, outcome: stringify(outcome(issues)) };
}
