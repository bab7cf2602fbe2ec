/** Writing a series that was planned, and changing one: in one transaction where the server can, else one by one, saying what landed. */
import { CareError, isCareError } from '../../models/errors.js';
import type { Appointment } from '../../models/fhir/index.js';
import { entriesOf } from '../../models/fhir/read/index.js';
import { participantCalendars, type AvailabilityRecords } from '../../models/scheduling/availability/index.js';
import { explainStart, type Explanation } from '../../models/scheduling/booking/explain.js';
import { markOccurrence, type SeriesTemplate } from '../../models/scheduling/series/template.js';
import type { WriteOperation, WriteResult } from '../backend.js';
import { temporaryId } from '../temporary-id.js';
import { draft, requestOf, type MoveOptions } from './book.js';
import { claimNow, type BookingResult } from './claim.js';
import type { Desk } from './desk.js';
import {
  availabilityAsked,
  bookingAsked,
  reachOf,
  recordsOf,
  resolve,
  type BookingRequest,
  type Needed,
  type Resolved,
} from './request.js';

/** An occurrence to book: what the preview's row says, `instead` already chosen. */
export interface SeriesRow {
  /** Place in the series, from 1. */
  number: number;
  start: number;
  /** Marked as changed apart, since it stands at another time than the rule's. */
  changed?: boolean | undefined;
}

export interface SeriesBooking extends Needed, Pick<BookingRequest, 'details' | 'answer' | 'accept'> {
  template: SeriesTemplate;
  rows: readonly SeriesRow[];
  /** The identifier that the occurrences share; a new one unless told. */
  series?: string | undefined;
}

export type SeriesOutcome = BookingResult | { readonly state: 'failed'; readonly error: CareError } | { readonly state: 'skipped' };

export interface SeriesResult {
  readonly series: string;
  /** Whether all were written as one. */
  readonly atomic: boolean;
  /** In the order of the rows. Where one is refused, none is written, and the others are `skipped`. */
  readonly rows: readonly { readonly number: number; readonly start: number; readonly outcome: SeriesOutcome }[];
}

export async function bookSeries(desk: Desk, { template, rows, series = temporaryId(), ...needed }: SeriesBooking): Promise<SeriesResult> {
  const base = await resolve(desk, needed);
  const requests = rows.map(({ start }): BookingRequest & Resolved => ({ ...base, start }));
  const drafts = rows.map(({ number, changed }, i) => {
    const appointment = draft(desk, requests[i]!, { status: 'booked', patients: base.patients });
    return markOccurrence(appointment, { series, template, number, changed });
  });
  return desk.alone(async () => {
    const result = (atomic: boolean, outcomes: readonly SeriesOutcome[]): SeriesResult => ({
      series,
      atomic,
      rows: rows.map(({ number, start }, i) => ({ number, start, outcome: outcomes[i]! })),
    });
    const refused = await refusals(desk, requests, drafts, []);
    if (refused.some((explanation) => explanation !== undefined))
      return result(true, refused.map((explanation) => (explanation ? { state: 'refused', explanation } : { state: 'skipped' }))); // prettier-ignore
    // Slots and the second look belong to each booking by itself; an embedded store without slots needs neither.
    if (await isPlainStore(desk, requests)) {
      const operations = drafts.map((resource): WriteOperation => ({ method: 'create', resource }));
      return result(true, await outcomesOf(desk, await desk.client.transaction(operations, { atomic: 'required' })));
    }
    return result(false, await inTurn(drafts.map((appointment, i) => () => claimNow(desk, { request: requests[i]!, appointment, slots: 'busy' })))); // prettier-ignore
  });
}

/** Whether one transaction is as safe as booking each: nobody can come between, and there are no slots to be taken. */
async function isPlainStore(desk: Desk, requests: readonly (BookingRequest & Resolved)[]): Promise<boolean> {
  if (desk.client.backend.kind !== 'embedded' || requests.length === 0) return false;
  const { slots } = await desk.loaded.fresh(spanOf(requests), requests[0]!.zone);
  return slots.length === 0;
}

function spanOf(requests: readonly (BookingRequest & Resolved)[]): { start: number; end: number } {
  const reaches = requests.map(({ start, rules }) => reachOf(start, rules));
  return { start: Math.min(...reaches.map(({ start }) => start)), end: Math.max(...reaches.map(({ end }) => end)) };
}

/** What stands in the way of each, the others of the same write among it: in its own order, each meets those before it. */
async function refusals(
  desk: Desk,
  requests: readonly (BookingRequest & Resolved)[],
  after: readonly Appointment[],
  replaced: readonly string[],
): Promise<(Explanation | undefined)[]> {
  if (requests.length === 0) return [];
  const window = await desk.loaded.fresh(spanOf(requests), requests[0]!.zone);
  if (!window.complete) throw new CareError('server', 'Not all appointments could be read, so the series cannot be booked safely.');
  const records = await recordsOf(desk, window);
  const standing = records.appointments.filter(({ id }) => id === undefined || !replaced.includes(id));
  const ownSlots = records.appointments.filter(({ id }) => id !== undefined && replaced.includes(id)).flatMap(({ slot }) => entriesOf(slot).map(({ reference }) => reference)); // prettier-ignore
  const slots = records.slots?.map((slot) => (ownSlots.includes(`Slot/${slot.id}`) ? { ...slot, status: 'free' as const } : slot));
  return requests.map((request, i) => {
    const others: AvailabilityRecords = { ...records, slots, appointments: [...standing, ...after.slice(0, i)] };
    const calendars = participantCalendars(others, availabilityAsked(desk, request, reachOf(request.start, request.rules)));
    const { refusals: all } = explainStart(bookingAsked(desk, { ...request, ignore: undefined }, calendars), request.start);
    const { accept = [], rules } = request;
    const left = all.filter(({ code }) => !accept.includes(code) || (rules.mode === 'block' && (code === 'taken' || code === 'buffer')));
    return left[0]?.level === 'stop' ? { level: 'stop' as const, refusals: left } : undefined;
  });
}

async function outcomesOf(desk: Desk, { outcomes }: WriteResult): Promise<SeriesOutcome[]> {
  return Promise.all(
    outcomes.map(async (outcome): Promise<SeriesOutcome> => {
      if (outcome.state === 'skipped') return outcome;
      if (outcome.state === 'failed') return { state: 'failed', error: asCareError(outcome.error) };
      const appointment = (outcome.resource as Appointment | undefined) ?? (await desk.client.read('Appointment', outcome.id));
      return { state: 'booked', appointment, warnings: [] };
    }),
  );
}

const asCareError = (error: unknown): CareError => (isCareError(error) ? error : new CareError('server', 'The write failed.', { cause: error })); // prettier-ignore

/** After a failure the rest is left; one that is refused or withdrawn is told, and the others are booked. */
async function inTurn(works: readonly (() => Promise<BookingResult>)[]): Promise<SeriesOutcome[]> {
  const outcomes: SeriesOutcome[] = [];
  for (const work of works) {
    if (outcomes.at(-1)?.state === 'failed' || outcomes.at(-1)?.state === 'skipped') {
      outcomes.push({ state: 'skipped' });
      continue;
    }
    try {
      outcomes.push(await work());
    } catch (error) {
      outcomes.push({ state: 'failed', error: asCareError(error) });
    }
  }
  return outcomes;
}

export interface SeriesEditing extends Pick<MoveOptions, 'zone' | 'accept' | 'rules' | 'pastAllowed'> {
  /** The occurrences as they were, for those that are written: a ConflictError says what was changed. */
  bases: readonly Appointment[];
}

export interface SeriesEditResult {
  readonly atomic: boolean;
  /** In the order of the updates. */
  readonly rows: readonly { readonly id: string; readonly outcome: SeriesOutcome }[];
}

/** Writes the updates that `editSeries` of the engine made. Those whose time changes are checked together; if one is refused, none is written. */
export async function writeSeries(
  desk: Desk,
  updates: readonly Appointment[],
  { bases, ...more }: SeriesEditing,
): Promise<SeriesEditResult> {
  // prettier-ignore
  const baseOf = new Map(bases.map((base) => [base.id, base]));
  const isMoved = (one: Appointment): boolean => {
    const base = baseOf.get(one.id);
    return base?.start !== one.start || base?.end !== one.end || JSON.stringify(base?.participant) !== JSON.stringify(one.participant);
  };
  const moved = updates.filter((one) => one.status !== 'cancelled' && isMoved(one));
  const requests = await Promise.all(moved.map((one) => requestOf(desk, one, more)));
  const ids = moved.flatMap(({ id }) => id ?? []);
  return desk.alone(async () => {
    const result = (atomic: boolean, outcomes: readonly SeriesOutcome[]): SeriesEditResult => ({
      atomic,
      rows: updates.map(({ id }, i) => ({ id: id ?? '', outcome: outcomes[i]! })),
    });
    const refused = await refusals(desk, requests, moved, ids);
    if (refused.some((explanation) => explanation !== undefined)) {
      const of = new Map(ids.map((id, i) => [id, refused[i]]));
      return result(true, updates.map(({ id }): SeriesOutcome => { const explanation = of.get(id ?? ''); return explanation ? { state: 'refused', explanation } : { state: 'skipped' }; })); // prettier-ignore
    }
    const hasSlots = updates.some((one) => entriesOf(baseOf.get(one.id)?.slot).length > 0);
    const operations = updates.map((resource): WriteOperation => ({ method: 'update', resource, base: baseOf.get(resource.id) }));
    if (desk.client.backend.kind === 'embedded' && !hasSlots)
      return result(true, await outcomesOf(desk, await desk.client.transaction(operations, { atomic: 'required' })));
    return result(false, await inTurn(updates.map((one) => () => writeOne(desk, one, baseOf.get(one.id), requests[moved.indexOf(one)])))); // prettier-ignore
  });
}

async function writeOne(
  desk: Desk,
  one: Appointment,
  base: Appointment | undefined,
  request: (BookingRequest & Resolved) | undefined,
): Promise<BookingResult> {
  // prettier-ignore
  if (request && base) return claimNow(desk, { request, appointment: one, base, slots: 'busy' });
  return { state: 'booked', appointment: await desk.client.update(one, { base }), warnings: [] };
}
