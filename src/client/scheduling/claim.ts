/**
 * The one way in which a time is taken: look again, take the slots, write, look once more. Where a server can neither refuse a stale
 * slot nor keep others out between the look and the write, the later of two withdraws (decision 020).
 */
import { CareError, isCareError } from '../../models/errors.js';
import type { Appointment, Slot } from '../../models/fhir/index.js';
import { entriesOf, textOf } from '../../models/fhir/read/index.js';
import { participantCalendars, slotsWithin, type AvailabilityRecords } from '../../models/scheduling/availability/index.js';
import { explainStart, type Explanation, type Refusal } from '../../models/scheduling/booking/explain.js';
import { claimOrder, CLAIMED_SINCE, extended } from '../../models/scheduling/booking/hold.js';
import { HOLD_EXPIRES } from '../../models/scheduling/status.js';
import type { SearchWarning, WriteOperation } from '../backend.js';
import type { Desk } from './desk.js';
import { availabilityAsked, bookingAsked, reachOf, recordsOf, type BookingRequest, type Resolved } from './request.js';
import { releaseOperations, writeTogether } from './slots.js';

/** What came of a wish to take a time. */
export type BookingResult =
  | { readonly state: 'booked'; readonly appointment: Appointment; readonly warnings: readonly SearchWarning[] }
  /** Nothing was written. */
  | { readonly state: 'refused'; readonly explanation: Explanation }
  /** It was written, somebody had been faster, and it was taken back. `rival` is theirs. */
  | { readonly state: 'withdrawn'; readonly rival: Appointment }
  /** It was written, somebody had been faster, and it could not be taken back: two have the same time, and a person must see to it. */
  | { readonly state: 'double-booked'; readonly appointment: Appointment; readonly rival: Appointment };

export interface Claim {
  readonly request: BookingRequest & Resolved;
  /** What to write; with an id it is an update under its version. Its `slot` is filled in here. */
  readonly appointment: Appointment;
  /** As it was: for a ConflictError, for slots that it no longer fills, and to put back what was moved. */
  readonly base?: Appointment | undefined;
  /** How its slots are marked. */
  readonly slots: 'busy' | 'busy-tentative';
}

const TAKEN: readonly Refusal['code'][] = ['taken', 'buffer'];

/** Without the reasons that the caller has set aside. */
function weighed({ refusals }: Explanation, { accept = [], rules }: BookingRequest & Resolved): Explanation {
  const left = refusals.filter(({ code }) => !accept.includes(code) || (rules.mode === 'block' && TAKEN.includes(code)));
  return { level: left[0]?.level ?? 'ok', refusals: left };
}

/** Makes a claim when all before it on the same backend are done. @throws what the server refuses, ConflictError of a stale version among it */
export function claim(desk: Desk, made: Claim): Promise<BookingResult> {
  return desk.alone(() => claimNow(desk, made));
}

/** The same for one who is alone already. */
export async function claimNow(desk: Desk, made: Claim): Promise<BookingResult> {
  const { request, base } = made;
  const records = await freshRecords(desk, request);
  const asked = availabilityAsked(desk, request, reachOf(request.start, request.rules));
  const explanation = weighed(
    explainStart(bookingAsked(desk, { ...request, ignore: base?.id ?? request.ignore }, participantCalendars(own(records, base), asked)), request.start), // prettier-ignore
    request,
  );
  if (explanation.level === 'stop') return { state: 'refused', explanation };
  const span = { start: request.start, end: request.start + request.rules.minutes * 60_000 };
  const taken = slotsWithin(records, asked, span).map(({ slot }) => slot);
  const { appointment, operations, warnings } = await operationsOf(desk, made, taken, records);
  const written = await writeTogether(desk, operations, appointment);
  const rival = await earlierRival(desk, request, written);
  if (!rival) return { state: 'booked', appointment: written, warnings };
  return withdraw(desk, made, written, rival);
}

/** Past what is remembered. An answer that is not whole cannot show that a time is free. */
async function freshRecords(desk: Desk, request: BookingRequest & Resolved): Promise<AvailabilityRecords> {
  const reach = reachOf(request.start, request.rules);
  const window = await desk.loaded.fresh(reach, request.zone);
  if (!window.complete) throw new CareError('server', 'Not all appointments of that day could be read, so it cannot be booked safely.');
  return recordsOf(desk, window);
}

/** An appointment's own slots do not stand in its way: they are counted as free. */
function own(records: AvailabilityRecords, base: Appointment | undefined): AvailabilityRecords {
  const ids = entriesOf(base?.slot).flatMap(({ reference }) => slotId(reference) ?? []);
  if (ids.length === 0) return records;
  return { ...records, slots: records.slots?.map((slot) => (ids.includes(slot.id ?? '') ? { ...slot, status: 'free' as const } : slot)) };
}

export const slotId = (reference: unknown): string | undefined => /(?:^|\/)Slot\/([^/]+)/.exec(textOf(reference) ?? '')?.[1];

async function operationsOf(
  desk: Desk,
  { appointment, base, slots }: Claim,
  taken: readonly Slot[],
  records: AvailabilityRecords,
): Promise<{ appointment: Appointment; operations: WriteOperation[]; warnings: SearchWarning[] }> {
  const marked = taken
    .filter(({ status }) => status !== slots)
    .map((slot): WriteOperation => ({ method: 'update', resource: { ...slot, status: slots }, base: slot }));
  const kept = taken.flatMap(({ id }) => id ?? []);
  const others = records.appointments.filter(({ id }) => id !== base?.id);
  const isShared = (id: string): boolean => others.some(({ slot }) => entriesOf(slot).some(({ reference }) => slotId(reference) === id));
  const left = entriesOf(base?.slot).filter(({ reference }) => {
    const id = slotId(reference);
    return id === undefined || (!kept.includes(id) && !isShared(id));
  });
  const released = await releaseOperations(desk, left);
  const filled: Appointment = { ...appointment };
  if (kept.length > 0) filled.slot = kept.map((id) => ({ reference: `Slot/${id}` }));
  else delete filled.slot;
  return { appointment: filled, operations: [...marked, ...released.operations, ownWrite(filled, base)], warnings: released.warnings };
}

const ownWrite = (appointment: Appointment, base: Appointment | undefined): WriteOperation =>
  appointment.id === undefined ? { method: 'create', resource: appointment } : { method: 'update', resource: appointment, base };

/**
 * Who had the time before what was just written. In an embedded store nobody can have got in between; everywhere else it is looked at
 * once more, even where slots were taken: people and rooms without slots can be taken twice all the same.
 */
async function earlierRival(desk: Desk, request: BookingRequest & Resolved, written: Appointment): Promise<Appointment | undefined> {
  if (desk.client.backend.kind === 'embedded') return undefined;
  const records = await recordsOf(desk, await desk.loaded.fresh(reachOf(request.start, request.rules), request.zone));
  // Its server time is needed, which some answers to a write leave out.
  const mine = records.appointments.find(({ id }) => id === written.id) ?? written;
  const before = records.appointments.filter((one) => one.id !== mine.id && claimOrder(one, mine) < 0);
  const asked = availabilityAsked(desk, request, reachOf(request.start, request.rules));
  const calendars = participantCalendars({ ...records, appointments: before, slots: [] }, asked);
  const { refusals } = explainStart(bookingAsked(desk, { ...request, ignore: mine.id }, calendars), request.start);
  for (const refusal of refusals) {
    if (refusal.level !== 'stop' || !(refusal.code === 'taken' || refusal.code === 'buffer')) continue;
    const by = refusal.code === 'taken' ? refusal.by : [refusal.by];
    const rival = before.find(({ id }) => by.some((busy) => busy.id === id));
    if (rival) return rival;
  }
  return undefined;
}

/** Takes back what was written: a new one as entered in error, a moved one to where it was. */
async function withdraw(desk: Desk, { base }: Claim, written: Appointment, rival: Appointment): Promise<BookingResult> {
  const isMoved = base !== undefined && base.status !== 'pending' && base.start !== undefined;
  const { meta } = written;
  const back: Appointment = isMoved
    ? { ...base, ...(meta ? { meta } : {}) }
    : { ...extended(written, [HOLD_EXPIRES, CLAIMED_SINCE]), status: 'entered-in-error' };
  // Slots that were left are not taken again: somebody else may have them by now.
  delete back.slot;
  try {
    const { operations } = await releaseOperations(desk, entriesOf(written.slot));
    await writeTogether(desk, [...operations, { method: 'update', resource: back, base: written }], back);
    return { state: 'withdrawn', rival };
  } catch (error) {
    if (isCareError(error, 'aborted', 'auth')) throw error;
    return { state: 'double-booked', appointment: written, rival };
  }
}
