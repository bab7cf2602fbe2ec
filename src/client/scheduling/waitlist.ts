/** The waitlist: who waits, offering a time to one of them for a while, and what they answer. */
import { CareError } from '../../models/errors.js';
import type { Appointment, AppointmentResponse } from '../../models/fhir/index.js';
import { extensionValue, recordOf, referenceId, textOf } from '../../models/fhir/read/index.js';
import { WAITLIST_ENTRY } from '../../models/scheduling/booking/hold.js';
import { readWaitlistEntry, type WaitlistEntry } from '../../models/scheduling/waitlist/entry.js';
import type { SearchWarning } from '../backend.js';
import { book, hold, release, type HeldBooking } from './book.js';
import type { BookingResult } from './claim.js';
import type { Desk } from './desk.js';
import type { BookingRequest } from './request.js';

export interface Waitlist {
  readonly entries: readonly WaitlistEntry[];
  /** False: some may be missing. */
  readonly complete: boolean;
  readonly warnings: readonly SearchWarning[];
}

/** Everybody who waits, in the order that the server gives: `rankWaitlist` puts them in order for a time. */
export async function waitlist(
  desk: Desk,
  { zone, locale }: { zone?: string | undefined; locale?: string | undefined } = {},
): Promise<Waitlist> {
  // prettier-ignore
  const of = await desk.zone(zone);
  const page = await desk.client.search('Appointment', { status: 'waitlist', _count: 200 }, { maxPages: 50 }).all();
  return {
    entries: page.items.flatMap((appointment, place) => readWaitlistEntry(appointment, place, { zone: of, locale }) ?? []),
    complete: page.complete,
    warnings: page.warnings,
  };
}

export type OfferResult =
  | {
      readonly state: 'offered';
      /** Held for those who were asked, until it expires. */
      readonly hold: Appointment;
      /** One for each patient, `needs-action`. */
      readonly responses: readonly AppointmentResponse[];
      readonly warnings: readonly SearchWarning[];
    }
  | Exclude<BookingResult, { state: 'booked' }>;

/** Holds a time for who waits, and records that they were asked; telling them is the host's. @param minutes how long they have; 60 unless told */
export async function offer(desk: Desk, entry: WaitlistEntry, freed: BookingRequest, { minutes = 60 } = {}): Promise<OfferResult> {
  const details = { extension: [{ url: WAITLIST_ENTRY, valueReference: { reference: `Appointment/${entry.id}` } }] };
  const length = entry.minutes === undefined ? {} : { rules: { ...freed.rules, minutes: entry.minutes } };
  const result = await hold(desk, { ...freed, ...length, patients: entry.patients }, { minutes, withPatients: true, details });
  if (result.state !== 'booked') return result;
  const { appointment, warnings } = result;
  const responses: AppointmentResponse[] = [];
  const said = [...warnings];
  for (const reference of entry.patients) {
    try {
      responses.push(await desk.client.create(response(appointment, reference, 'needs-action')));
    } catch {
      said.push({ code: 'server-outcome', count: 1, message: 'The time is held, but the server took no record of the offer.' });
    }
  }
  return { state: 'offered', hold: appointment, responses, warnings: said };
}

function response(held: Appointment, patient: string, status: 'needs-action' | 'accepted' | 'declined'): AppointmentResponse {
  return {
    resourceType: 'AppointmentResponse',
    appointment: { reference: `Appointment/${held.id}` },
    ...(held.start === undefined ? {} : { start: held.start }),
    ...(held.end === undefined ? {} : { end: held.end }),
    actor: { reference: patient },
    participantStatus: status,
  };
}

/** The answer is written where one is asked for; it never stands in the way of the booking itself. */
async function answer(desk: Desk, held: Appointment, status: 'accepted' | 'declined'): Promise<SearchWarning[]> {
  try {
    const { items } = await desk.client.search('AppointmentResponse', { appointment: `Appointment/${held.id}` }).all();
    const asked = items.filter(({ appointment }) => referenceId(appointment) === held.id);
    for (const one of asked) await desk.client.update({ ...one, participantStatus: status });
    return [];
  } catch {
    return [{ code: 'server-outcome', count: 1, message: 'The answer itself could not be recorded.' }];
  }
}

/** Books the offer. The entry then waits no more: it is cancelled, with the words why. */
export async function accept(desk: Desk, held: Appointment, more: Omit<HeldBooking, 'hold'> = {}): Promise<BookingResult> {
  const entry = entryOf(held);
  const result = await book(desk, { ...more, hold: held, answer: 'accepted' });
  if (result.state !== 'booked') return result;
  const warnings = [...result.warnings, ...(await answer(desk, held, 'accepted')), ...(await endWait(desk, entry))];
  return { ...result, warnings };
}

/** The id of the entry that an offer is for. */
function entryOf(held: Appointment): string {
  const reference = recordOf(extensionValue(held, WAITLIST_ENTRY))?.['reference'];
  const id = /Appointment\/([^/]+)$/.exec(textOf(reference) ?? '')?.[1];
  if (id === undefined) throw new CareError('validation', 'This hold is no offer of the waitlist.');
  return id;
}

async function endWait(desk: Desk, id: string): Promise<SearchWarning[]> {
  try {
    const entry = await desk.client.read('Appointment', id);
    if (entry.status === 'waitlist')
      await desk.client.update({ ...entry, status: 'cancelled', cancelationReason: { text: 'Booked from the waitlist' } });
    return [];
  } catch {
    return [{ code: 'server-outcome', count: 1, message: 'It is booked, but the entry still stands on the waitlist.' }];
  }
}

/** Gives the time up again; the entry goes on waiting, and the next of the ranking can be asked. */
export async function decline(desk: Desk, held: Appointment): Promise<{ appointment: Appointment; warnings: readonly SearchWarning[] }> {
  const given = await release(desk, held);
  return { ...given, warnings: [...given.warnings, ...(await answer(desk, held, 'declined'))] };
}
