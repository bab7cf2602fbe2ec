/** Bundles put together from texts: what a record says goes out as it is stored. */
import { stringify } from '../../../models/fhir/json.js';

export interface Link {
  relation: string;
  url: string;
}

export interface Entry {
  fullUrl?: string | undefined;
  /** JSON of the resource. */
  resource?: string | undefined;
  search?: 'match' | 'include' | 'outcome' | undefined;
  request?: { method: string; url: string } | undefined;
  response?: { status: string; location?: string | undefined; etag?: string | undefined; lastModified?: string | undefined } | undefined;
  /** JSON of an OperationOutcome. */
  outcome?: string | undefined;
}

function entryText({ fullUrl, resource, search, request, response, outcome }: Entry): string {
  const members: string[] = [];
  if (fullUrl !== undefined) members.push(`"fullUrl":${JSON.stringify(fullUrl)}`);
  if (resource !== undefined) members.push(`"resource":${resource}`);
  if (search !== undefined) members.push(`"search":{"mode":"${search}"}`);
  if (request !== undefined) members.push(`"request":${JSON.stringify(request)}`);
  if (response !== undefined) {
    const text = JSON.stringify(response);
    members.push(`"response":${outcome === undefined ? text : `${text.slice(0, -1)},"outcome":${outcome}}`}`);
  }
  return `{${members.join(',')}}`;
}

export function bundleText(
  type: string,
  timestamp: string,
  { total, links = [], entries = [] }: { total?: number | undefined; links?: readonly Link[]; entries?: readonly Entry[] },
): string {
  const members = [`"resourceType":"Bundle","type":"${type}","timestamp":"${timestamp}"`];
  if (total !== undefined) members.push(`"total":${total}`);
  if (links.length > 0) members.push(`"link":${stringify(links)}`);
  if (entries.length > 0) members.push(`"entry":[${entries.map(entryText).join(',')}]`);
  return `{${members.join(',')}}`;
}

/** A URL with query, encoded as little as needed. */
export function withQuery(url: string, pairs: readonly (readonly [string, string])[]): string {
  if (pairs.length === 0) return url;
  const encode = (text: string): string => encodeURIComponent(text).replace(/%(?:3A|2C|2F|40|24)/g, decodeURIComponent);
  return `${url}?${pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')}`;
}
