/**
 * Trials of searching. That a server answers proves little: one that does not know a parameter may leave it out and answer with
 * everybody's rows. So each is also asked what nothing can match, and rows that come back then give it away.
 */
import type { Loose } from '../../models/fhir/read/loose.js';
import type { Ability, TypeCapabilities } from '../backend.js';
import { withinDates } from '../date-check.js';
import { linkOf, ok, rowsOf, typeOf, type Reply } from './probe.js';
import { holds, type Samples } from './samples.js';
import { no, partly, skipped, unclear, yes, type Finding, type Trials } from './trials.js';

/** An identifier that no record has: a search by it must find nothing. */
export const NOTHING = 'urn:carelet:check|nothing-has-this';

const isSearchset = (reply: Reply): boolean => ok(reply) && typeOf(reply.body) === 'Bundle';
const named = (params: readonly string[] | undefined, ...names: readonly string[]): Ability =>
  params === undefined ? 'unknown' : names.every((name) => params.includes(name)) ? 'yes' : 'no';
const listedIn = (list: readonly string[] | undefined, name: string): Ability =>
  list === undefined ? 'unknown' : list.includes('*') || list.includes(name) ? 'yes' : 'no';
const IGNORED = 'left out in silence: rows came back that cannot match';
const strictly = { headers: { Prefer: 'handling=strict' } };

export async function trySearching(trials: Trials, samples: Samples): Promise<void> {
  const { probe, capabilities } = trials;
  const get = (path: string): Promise<Reply> => probe.ask(path, strictly);
  const patientType = capabilities.type('Patient');

  await trials.run('search', 'searching', 'search', patientType.search, async () => {
    const reply = await probe.ask('Patient?_count=1');
    if (isSearchset(reply)) return yes(reply);
    const type = samples.any()?.type;
    return type === undefined ? no(reply) : partly(reply, `Patient only with a parameter; ${type} without`);
  });
  await trials.run('post-search', 'searching', 'search by a form (POST _search)', 'unknown', async () => {
    const ask = (form: Record<string, string>): Promise<Reply> =>
      probe.ask('Patient/_search', { method: 'POST', body: new URLSearchParams(form) });
    const empty = await ask({ identifier: NOTHING });
    if (!isSearchset(empty)) return no(empty);
    if (rowsOf(empty.body, 'Patient').length > 0) return no(empty, 'the form is not read: everybody came back');
    return yes(empty);
  });
  await trials.run(
    'search-name',
    'searching',
    'patients by name and birth date',
    named(patientType.searchParams, 'name', 'birthdate'),
    async () => {
      const form = { name: 'careletchecknobody', birthdate: '1800-01-01' };
      const posted = trials.of('post-search')?.outcome === 'yes';
      // Nobody has that name, so that it may stand in an address.
      const reply = posted
        ? await probe.ask('Patient/_search', { method: 'POST', body: new URLSearchParams(form), ...strictly })
        : await get(`Patient?${new URLSearchParams(form)}`);
      if (!isSearchset(reply)) return no(reply);
      return rowsOf(reply.body, 'Patient').length > 0 ? no(reply, IGNORED) : yes(reply);
    },
  );
  await trials.run('search-date', 'searching', 'appointments by date', named(capabilities.type('Appointment').searchParams, 'date'), () =>
    byDate(get, samples),
  );
  await trials.run('sort', 'searching', 'appointments in order (_sort)', 'unknown', async () => {
    const reply = await probe.ask('Appointment?_sort=date&_count=5');
    if (!isSearchset(reply)) return no(reply);
    const starts = rowsOf(reply.body, 'Appointment').flatMap(({ start }) => (typeof start === 'string' ? [Date.parse(start)] : []));
    if (starts.length < 2) return unclear(reply, 'there are too few appointments to see an order');
    return starts.every((start, at) => at === 0 || start >= starts[at - 1]!) ? yes(reply) : no(reply, 'the order is another one');
  });
  await trials.run('strict', 'searching', 'an unknown parameter is refused when asked to (handling=strict)', 'unknown', () =>
    unknown(trials, 'strict'),
  );
  await trials.run('lenient', 'searching', 'an unknown parameter is left out when asked to (handling=lenient)', 'unknown', () =>
    unknown(trials, 'lenient'),
  );
  await trials.run('paging', 'searching', 'the next page', 'unknown', async () => {
    const type = samples.any()?.type ?? 'Patient';
    const first = await probe.ask(`${type}?_count=1`);
    if (!isSearchset(first)) return no(first);
    const next = linkOf(first.body, 'next');
    if (next === undefined) return unclear(first, 'there are too few records for a second page');
    const second = await probe.ask(next);
    if (second.failure) return no(second);
    if (!isSearchset(second)) return no(second, 'the link to it does not work');
    const [a, b] = [first, second].map(({ body }) => rowsOf(body, type)[0]?.['id']);
    return a === b ? no(second, 'it holds the same rows again') : yes(second);
  });
  await across(trials, samples, get);
}

async function byDate(get: (path: string) => Promise<Reply>, samples: Samples): Promise<Finding> {
  const nothing = await get('Appointment?date=lt1801-01-01&_count=5');
  if (!isSearchset(nothing)) return no(nothing);
  const stray = rowsOf(nothing.body, 'Appointment').filter(({ start }) => typeof start === 'string');
  if (stray.length > 0) return no(nothing, IGNORED);
  const start = samples.any('Appointment')?.resource['start'];
  if (typeof start !== 'string' || Number.isNaN(Date.parse(start))) return yes(nothing, 'tried with an empty day only');
  const [from, to] = [-1, 1].map((sign) => new Date(Date.parse(start) + sign * 3_600_000).toISOString()) as [string, string];
  const params = { date: [`ge${from}`, `lt${to}`] };
  const reply = await get(`Appointment?date=ge${from}&date=lt${to}&_count=20`);
  if (!isSearchset(reply)) return no(reply);
  const rows = rowsOf(reply.body, 'Appointment');
  if (rows.length === 0) return no(reply, 'an appointment that lies within the range is not found');
  const page = { items: rows as never[], included: [], total: undefined, complete: true, warnings: [] };
  return withinDates(page, 'Appointment', params).items.length === rows.length ? yes(reply) : no(reply, 'rows outside the range came back');
}

async function unknown(trials: Trials, handling: 'strict' | 'lenient'): Promise<Finding> {
  const name = 'carelet-unknown-parameter';
  const reply = await trials.probe.ask(`Patient?${name}=1&_summary=count`, { headers: { Prefer: `handling=${handling}` } });
  const isRefused = reply.status >= 400 && reply.status < 500;
  if (handling === 'lenient')
    return isSearchset(reply) ? yes(reply) : isRefused ? no(reply, 'refused all the same, which is safe') : no(reply);
  if (isRefused) return yes(reply);
  if (!isSearchset(reply)) return no(reply);
  const self = linkOf(reply.body, 'self') ?? '';
  const told = rowsOf(reply.body, 'OperationOutcome').length > 0 || (self.includes('?') && !self.includes(name));
  return told
    ? partly(reply, 'left out, but the answer shows it')
    : no(reply, 'left out in silence: results are checked again by the client');
}

/** Searches that lead from one record to another, over a record that is about a patient. */
async function across(trials: Trials, samples: Samples, get: (path: string) => Promise<Reply>): Promise<void> {
  const sample = samples.linked;
  const { type = 'Observation', id = '', patient = '' } = sample ?? {};
  const declared: TypeCapabilities = trials.capabilities.type(type);
  const none = skipped('no record about a patient could be found to try it on');
  const ask = async (path: string, judge: (reply: Reply, body: Loose | undefined) => Finding): Promise<Finding> => {
    if (!sample) return none;
    const reply = await get(path);
    return isSearchset(reply) ? judge(reply, reply.body) : no(reply);
  };
  /** Asked what matches and what cannot. */
  const both = async (matching: string, empty: string, row: string): Promise<Finding> => {
    const nothing = await ask(empty, (reply, body) => (rowsOf(body, row).length > 0 ? no(reply, IGNORED) : yes(reply)));
    if (nothing.outcome !== 'yes') return nothing;
    return ask(matching, (reply, body) =>
      rowsOf(body, row).length > 0 ? yes(reply) : unclear(reply, 'answered, but a record that matches is not found'),
    );
  };
  await trials.run(
    'include',
    'searching',
    `what a row refers to comes along (_include=${type}:patient)`,
    listedIn(declared.includes, `${type}:patient`),
    () =>
      ask(`${type}?_id=${id}&_include=${type}:patient`, (reply, body) =>
        holds(body, 'Patient', patient) ? yes(reply) : no(reply, 'nothing came along: it is read by requests of its own'),
      ),
  );
  await trials.run(
    'revinclude',
    'searching',
    `what refers to a row comes along (_revinclude=${type}:patient)`,
    listedIn(trials.capabilities.type('Patient').revIncludes, `${type}:patient`),
    () =>
      ask(`Patient?_id=${patient}&_revinclude=${type}:patient`, (reply, body) =>
        rowsOf(body, type).length > 0 ? yes(reply) : no(reply, 'nothing came along: it is read by requests of its own'),
      ),
  );
  await trials.run('chain', 'searching', `rows by what they refer to (${type}?patient.identifier=…)`, 'unknown', () =>
    both(`${type}?_id=${id}&patient._id=${patient}`, `${type}?patient.identifier=${encodeURIComponent(NOTHING)}`, type),
  );
  await trials.run('has', 'searching', `rows by what refers to them (_has:${type}:patient:…)`, 'unknown', () =>
    both(
      `Patient?_id=${patient}&_has:${type}:patient:_id=${id}`,
      `Patient?_has:${type}:patient:identifier=${encodeURIComponent(NOTHING)}`,
      'Patient',
    ),
  );
}
