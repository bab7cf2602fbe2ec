/** read (R4 http.html), and what an answer says of the version it holds. */
import { stringify } from '../../../models/fhir/json.js';
import type { Row, Version } from '../../store/store.js';
import { etag, httpDate, versionsOf, type Call, type Reply } from './http.js';
import { failure, notFound } from './outcome.js';
import { cut, servedText, servedTree, type Service } from './service.js';

export function currentOf(row: Row): Version {
  return row.versions[row.versions.length - 1]!;
}

/** The resource as it is now. @throws 404, or 410 once it is deleted. */
export function readRow(service: Service, type: string, id: string): Row {
  const row = service.store.get(type, id);
  if (!row) throw notFound(`There is no ${type} with this id`);
  if (!row.tree) throw failure(410, 'deleted', `This ${type} was deleted`);
  return row;
}

const SUMMARIES = ['true', 'text', 'data', 'false'] as const;

/** What a reply says of the version it is about. */
export function about(call: Call, { type, id, versionId, lastUpdated }: Version): Pick<Reply, 'headers' | 'lastUpdated'> {
  const location = `${call.base}/${type}/${id}/_history/${versionId}`;
  return { headers: { ETag: etag(versionId), 'Last-Modified': httpDate(lastUpdated), 'Content-Location': location }, lastUpdated };
}

/** 304 when the caller has this version already. If-None-Match outranks If-Modified-Since (RFC 9110). */
export function notModified(call: Call, version: Version): boolean {
  const noneMatch = call.header('If-None-Match');
  if (noneMatch !== undefined) {
    const known = versionsOf(noneMatch, 'If-None-Match');
    return known === '*' || known.includes(version.versionId);
  }
  const since = Date.parse(call.header('If-Modified-Since') ?? '');
  // HTTP dates have no fractions: a version of the same second counts as known.
  return !Number.isNaN(since) && Math.floor(Date.parse(version.lastUpdated) / 1000) * 1000 <= since;
}

export function read(service: Service, call: Call, type: string, id: string): Reply {
  const row = readRow(service, type, id);
  const version = currentOf(row);
  const reply = about(call, version);
  if (notModified(call, version)) return { status: 304, ...reply };
  const param = (name: string): string | undefined => call.query.find(([one]) => one === name)?.[1];
  const elements = param('_elements')?.split(',') ?? [];
  const summary = param('_summary') ?? 'false';
  const mode = SUMMARIES.find((one) => one === summary);
  if (!mode) throw failure(400, 'value', `_summary of a read is one of ${SUMMARIES.join(', ')}`);
  if (elements.length === 0 && mode === 'false') return { status: 200, ...reply, body: servedText(version) };
  return { status: 200, ...reply, body: stringify(cut(service, servedTree(row), mode, elements)) };
}
