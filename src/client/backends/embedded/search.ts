/** Search as an interaction: the query in, a searchset Bundle out. */
import { stringify } from '../../../models/fhir/json.js';
import type { CareIssue } from '../../../models/errors.js';
import { compartmentCondition, type Condition } from '../../store/conditions.js';
import { readQuery, writeCursor, type Query } from '../../store/query.js';
import { search, type SearchResult } from '../../store/search.js';
import type { Row } from '../../store/store.js';
import { bundleText, withQuery, type Entry, type Link } from './bundle.js';
import { preferences, type Call, type Reply } from './http.js';
import { failure, outcome } from './outcome.js';
import { currentOf } from './read.js';
import { bringAlong, cut, searchContext, servedText, servedTree, type Service } from './service.js';

export interface Scope {
  /** Types to search; none at the system level, where `_type` says which. */
  type?: string | undefined;
  /** `Patient/p1/…` */
  compartment?: { type: string; id: string } | undefined;
  /** The URL this search is repeated at, below the base. */
  path: string;
}

export function searchReply(service: Service, call: Call, scope: Scope): Reply {
  const strict = preferences(call.header('Prefer')).handling === 'strict';
  const given = [...call.query, ...call.form];
  const systemWide = scope.type === undefined;
  const asked = systemWide ? given.filter(([name]) => name === '_type').flatMap(([, value]) => value.split(',')) : [];
  for (const type of asked) if (!service.definitions.isType(type)) throw failure(400, 'value', '_type names a type that R4 does not have');
  const types = scope.type !== undefined ? [scope.type] : asked.length > 0 ? asked : service.store.types;
  const query = readQuery(
    service.definitions,
    types.length > 0 ? types : ['Resource'],
    systemWide ? given.filter(([name]) => name !== '_type') : given,
    strict,
  );
  if (asked.length > 0) query.applied.unshift(['_type', asked.join(',')]);
  const { compartment } = scope;
  const extra = compartment
    ? (type: string): Condition | undefined => compartmentCondition(service.store, compartment.type, compartment.id, type)
    : undefined;
  const result = search(searchContext(service), query, extra);
  const brought = query.includes.length > 0 ? bringAlong(service, query.includes, result.rows) : { rows: [], complete: true };

  const url = `${call.base}/${scope.path}`.replace(/\/$/, '');
  const issues: CareIssue[] = query.ignored.map(({ name, reason }) => ({
    severity: 'warning',
    code: 'not-supported',
    path: '',
    message: `${name} was ignored: ${reason}`,
  }));
  const problem = service.persistence?.problem;
  if (problem) issues.push({ severity: 'warning', code: 'incomplete', path: '', message: problem });
  if (!brought.complete)
    issues.push({ severity: 'warning', code: 'too-costly', path: '', message: 'Not everything that was to be included is' });
  const entries: Entry[] = [
    ...result.rows.map((row) => entryOf(service, call.base, row, query, 'match')),
    ...brought.rows.map((row) => entryOf(service, call.base, row, query, 'include')),
    ...(issues.length > 0 ? [{ resource: stringify(outcome(issues)), search: 'outcome' } as const] : []),
  ];
  const total = query.total === 'none' && query.summary !== 'count' && query.count > 0 ? undefined : result.total;
  return {
    status: 200,
    headers: {},
    body: bundleText('searchset', service.store.now().toISOString(), { total, links: linksOf(url, query, result), entries }),
  };
}

function entryOf(service: Service, base: string, row: Row, query: Query, mode: 'match' | 'include'): Entry {
  const part = query.elements.length > 0 || !['false', 'count'].includes(query.summary);
  return {
    fullUrl: `${base}/${row.type}/${row.id}`,
    resource: part ? stringify(cut(service, servedTree(row), query.summary, query.elements)) : servedText(currentOf(row)),
    search: mode,
  };
}

/** self, and where there are pages: first, previous (also by its other name, prev), next, last. */
function linksOf(url: string, query: Query, result: SearchResult): Link[] {
  const { applied, cursor } = query;
  const to = (place?: string): string => withQuery(url, place === undefined ? applied : [...applied, ['_cursor', place]]);
  const edge = (at: 'after' | 'before', row: Row): string =>
    writeCursor(at, { type: row.type, id: row.id, versionId: currentOf(row).versionId });
  const here = !cursor ? undefined : cursor.at === 'last' ? 'l' : writeCursor(cursor.at, cursor);
  const links = [{ relation: 'self', url: to(here) }];
  const [first, last] = [result.rows[0], result.rows.at(-1)];
  if (result.hasPrevious || result.hasNext || cursor) links.push({ relation: 'first', url: to() });
  if (result.hasPrevious && first) for (const relation of ['previous', 'prev']) links.push({ relation, url: to(edge('before', first)) });
  if (result.hasNext && last) links.push({ relation: 'next', url: to(edge('after', last)) });
  if (result.hasPrevious || result.hasNext || cursor) links.push({ relation: 'last', url: to('l') });
  return links;
}
