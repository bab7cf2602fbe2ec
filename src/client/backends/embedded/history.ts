/** Older versions: one of them (vread), or all with the request that made each, newest first (R4 http.html, "vread" and "history"). */
import { rangeOfDate, type TimeRange } from '../../store/dates.js';
import { DEFAULT_COUNT, MAX_COUNT } from '../../store/query.js';
import type { Version } from '../../store/store.js';
import { bundleText, withQuery, type Entry, type Link } from './bundle.js';
import { etag, type Call, type Reply } from './http.js';
import { failure, notFound } from './outcome.js';
import { about, notModified } from './read.js';
import { servedText, type Service } from './service.js';

interface Options {
  count: number;
  since: number | undefined;
  at: TimeRange | undefined;
  /** Versions before this place in the list of all; where a page goes on. */
  before: number;
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function readOptions(call: Call): Options {
  const options: Options = { count: DEFAULT_COUNT, since: undefined, at: undefined, before: Infinity };
  for (const [name, written] of call.query) {
    const value = written.replace(/ (\d\d:\d\d)$/, '+$1');
    if (name === '_count') {
      if (!/^\d+$/.test(value)) throw failure(400, 'value', '_count is a number, 0 or greater');
      options.count = Math.min(Number(value), MAX_COUNT);
    } else if (name === '_since') {
      const range = INSTANT.test(value) ? rangeOfDate(value) : undefined;
      if (!range) throw failure(400, 'value', '_since is an instant such as 2026-11-24T09:00:00Z');
      options.since = range.start;
    } else if (name === '_at') {
      options.at = rangeOfDate(value);
      if (!options.at) throw failure(400, 'value', '_at is a date or an instant');
    } else if (name === '_before') {
      if (!/^\d+$/.test(value)) throw failure(400, 'value', '_before is no place that this server gave');
      options.before = Number(value);
    }
  }
  return options;
}

/** Whether a version was the current one at some time within the range. */
function currentWithin(service: Service, version: Version, { start, end }: TimeRange): boolean {
  const { versions } = service.store.get(version.type, version.id)!;
  const next = versions[versions.indexOf(version) + 1];
  const until = next ? Date.parse(next.lastUpdated) : Infinity;
  return Date.parse(version.lastUpdated) < end && until > start;
}

/** How a version came about, as an entry of the log. A PUT to an id that did not exist is a create too: 201. */
function entryOf(call: Call, version: Version, previous: Version | undefined): Entry {
  const { method, type, id, versionId, lastUpdated, text } = version;
  const created = text !== undefined && previous?.text === undefined;
  return {
    fullUrl: `${call.base}/${type}/${id}`,
    resource: text === undefined ? undefined : servedText(version),
    request: { method, url: method === 'POST' ? type : `${type}/${id}` },
    response: {
      status: text === undefined ? '204 No Content' : created ? '201 Created' : '200 OK',
      location: `${call.base}/${type}/${id}/_history/${versionId}`,
      etag: etag(versionId),
      lastModified: lastUpdated,
    },
  };
}

/** @param type of the resources; all when left out. @param id of the one resource. */
export function historyReply(service: Service, call: Call, type?: string, id?: string): Reply {
  const { store } = service;
  const row = id === undefined ? undefined : store.get(type!, id);
  if (id !== undefined && !row) throw notFound(`There is no ${type} with this id`);
  const options = readOptions(call);
  const log = row ? row.versions : store.log;
  const fits = (version: Version): boolean =>
    (type === undefined || version.type === type) &&
    (options.since === undefined || Date.parse(version.lastUpdated) >= options.since) &&
    (!options.at || currentWithin(service, version, options.at));
  const page: number[] = [];
  let total = 0;
  let more = false;
  for (let at = log.length - 1; at >= 0; at--) {
    if (!fits(log[at]!)) continue;
    total++;
    if (at >= options.before) continue;
    if (page.length < options.count) page.push(at);
    else more = true;
  }
  const url = `${call.base}/${[type, id, '_history'].filter((part) => part !== undefined).join('/')}`;
  const kept = call.query.filter(([name]) => name === '_count' || name === '_since' || name === '_at');
  const links: Link[] = [
    { relation: 'self', url: withQuery(url, options.before === Infinity ? kept : [...kept, ['_before', String(options.before)]]) },
  ];
  if (more && page.length > 0) links.push({ relation: 'next', url: withQuery(url, [...kept, ['_before', String(page.at(-1))]]) });
  const entries = page.map((at) => {
    const version = log[at]!;
    const { versions } = store.get(version.type, version.id)!;
    return entryOf(call, version, versions[versions.indexOf(version) - 1]);
  });
  return { status: 200, headers: {}, body: bundleText('history', store.now().toISOString(), { total, links, entries }) };
}

/** One version. @throws 404, or 410 where that version is the deletion. */
function readVersion(service: Service, type: string, id: string, versionId: string): Version {
  const version = service.store.get(type, id)?.versions.find((one) => one.versionId === versionId);
  if (!version) throw notFound(`There is no such version of this ${type}`);
  if (version.text === undefined) throw failure(410, 'deleted', `This version is the deletion of the ${type}`);
  return version;
}

export function vread(service: Service, call: Call, type: string, id: string, versionId: string): Reply {
  const version = readVersion(service, type, id, versionId);
  const reply = about(call, version);
  return notModified(call, version) ? { status: 304, ...reply } : { status: 200, ...reply, body: servedText(version) };
}
