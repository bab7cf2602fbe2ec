/**
 * Patient/$everything and Encounter/$everything: the resource, all in its compartment, and what these directly refer to outside of any
 * compartment: practitioners, organisations, places, medications. Never another patient, nor what belongs to one.
 */
import { compartmentCondition, matchAll } from '../../store/conditions.js';
import { rangeOfDate } from '../../store/dates.js';
import type { Row } from '../../store/store.js';

import { parseLocal } from '../../store/values.js';
import { scalarText } from './scalar.js';
import { bundleText, withQuery, type Entry, type Link } from './bundle.js';
import { currentOf, readRow } from './read.js';
import type { Call, Reply } from './http.js';
import type { OperationInput } from './operations.js';
import { failure, notFound } from './outcome.js';
import { referencesIn } from './references.js';
import { servedText, type Service } from './service.js';

/** Parameters that say when something of a type happened, in this order. */
const CARE_DATES = [
  'date',
  'period',
  'onset-date',
  'authoredon',
  'occurrence',
  'effective-time',
  'whenhandedover',
  'whenprepared',
  'created',
  'issued',
  'sent',
  'recorded-date',
  'start-date',
  'started',
  'recorded',
];

function instant(input: OperationInput, name: string): { start: number; end: number } | undefined {
  const value = input.text(name);
  if (value === undefined) return undefined;
  const range = rangeOfDate(value.replace(/ (\d\d:\d\d)$/, '+$1'));
  if (!range) throw failure(400, 'value', `${name} is a date or an instant`);
  return range;
}

/** Whether a row happened within the dates of care that were asked for; what has no date belongs to all times. */
function happened(service: Service, row: Row, from: number, to: number): boolean {
  const { store, definitions } = service;
  for (const code of CARE_DATES) {
    if (definitions.param(row.type, code)?.kind !== 'd') continue;
    const index = store.ranges(row.type, code);
    if (index.has(row.row)) return index.some(row.row, (range) => range.low < to && range.high > from);
  }
  return true;
}

function inCompartment(service: Service, type: string, id: string): Row[] {
  const { store, definitions } = service;
  return [...definitions.compartment(type)!.keys(), type]
    .filter((member, index, all) => all.indexOf(member) === index && store.live(member).length > 0)
    .flatMap((member) => {
      const condition = compartmentCondition(store, type, id, member);
      return condition ? matchAll(store, member, [condition]).map((row) => store.rowsOf(member)[row]!) : [];
    });
}

function referredTo(service: Service, rows: readonly Row[]): Row[] {
  const { store, definitions } = service;
  const belongsToSomeone = definitions.compartment('Patient')!;
  const found = new Set<Row>();
  for (const row of rows)
    for (const { reference } of referencesIn(row.tree)) {
      const local = parseLocal(store.localize(reference));
      const target = local && !belongsToSomeone.has(local.type) && local.type !== 'Patient' ? store.get(local.type, local.id) : undefined;
      if (target?.tree) found.add(target);
    }
  return [...found];
}

/** @param id left out for Patient/$everything: all patients. */
export function everything(service: Service, call: Call, input: OperationInput, type: string, id: string | undefined): Reply {
  const { store } = service;
  if (id === undefined && type !== 'Patient') throw notFound(`${type}/$everything is asked of one ${type}`);
  const subjects = id === undefined ? store.live(type).map((row) => store.rowsOf(type)[row]!) : [readRow(service, type, id)];
  const since = instant(input, '_since')?.start ?? -Infinity;
  const [start, end] = [instant(input, 'start'), instant(input, 'end')];
  const types = input.all('_type').flatMap((value) => scalarText(value).split(','));
  const wanted = (row: Row): boolean => (types.length === 0 || types.includes(row.type)) && Date.parse(currentOf(row).lastUpdated) >= since;

  const compartment = [...new Set(subjects.flatMap((subject) => [subject, ...inCompartment(service, type, subject.id)]))].filter(
    (row) => subjects.includes(row) || (!start && !end) || happened(service, row, start?.start ?? -Infinity, end?.end ?? Infinity),
  );
  const members = new Set(compartment);
  const along = referredTo(service, compartment).filter((row) => !members.has(row));
  const all = [...compartment, ...along].filter(wanted);

  const count = input.count('_count');
  const offset = input.count('_offset') ?? 0;
  const page = count === undefined ? all : all.slice(offset, offset + count);
  const entries = page.map((row): Entry => ({
    fullUrl: `${call.base}/${row.type}/${row.id}`,
    resource: servedText(currentOf(row)),
    search: members.has(row) ? 'match' : 'include',
  }));
  const url = `${call.base}/${[type, id, '$everything'].filter((part) => part !== undefined).join('/')}`;
  const kept = input.query.filter(([name]) => name !== '_offset');
  const links: Link[] = [{ relation: 'self', url: withQuery(url, input.query) }];
  if (count !== undefined && count > 0 && offset + count < all.length) {
    // Parameters of a POST are repeated in the link, which is followed by GET.
    const asked = ['_count', '_since', '_type', 'start', 'end'].filter((name) => !kept.some(([one]) => one === name));
    const added = asked.flatMap((name) => input.all(name).map((value): [string, string] => [name, scalarText(value)]));
    links.push({ relation: 'next', url: withQuery(url, [...kept, ...added, ['_offset', String(offset + count)]]) });
  }
  return { status: 200, headers: {}, body: bundleText('searchset', store.now().toISOString(), { total: all.length, links, entries }) };
}
