/**
 * The intents of scheduling over any backend: a day with its people, free times and why others are not, holding, booking, moving, giving
 * up, status, series, waitlist, and what others change meanwhile. What a server cannot do is said beforehand by {@link Scheduling.can}.
 * One file an intent, below `scheduling/`; each is loaded at first use.
 */
import type { Appointment, Slot } from '../models/fhir/index.js';
import type { AppointmentStatus, Transitions } from '../models/scheduling/transitions.js';
import type { WaitlistEntry } from '../models/scheduling/waitlist/entry.js';
import type { RequestOptions, SearchWarning } from './backend.js';
import type { CareClient, SaveOptions } from './care-client.js';
import { load } from './load.js';
import type { HeldBooking, HoldOptions, MoveOptions } from './scheduling/book.js';
import type { Guarantee, Intent, Possible } from './scheduling/can.js';
import type { BookingResult } from './scheduling/claim.js';
import { Days, type DayAppointments, type DayOptions, type Directory, type NearestDays } from './scheduling/day.js';
import type { Desk } from './scheduling/desk.js';
import type { BookingOffer, Explained, FindRequest, Found } from './scheduling/find.js';
import type { FollowOptions } from './scheduling/follow.js';
import type { BookingRequest, Calendars, Needed } from './scheduling/request.js';
import { reschedule } from './scheduling/reschedule.js';
import type { SeriesBooking, SeriesEditing, SeriesEditResult, SeriesResult } from './scheduling/series.js';
import type { StatusChange, StatusOptions, StatusResult } from './scheduling/status.js';
import type { OfferResult, Waitlist } from './scheduling/waitlist.js';
import type { CareError } from '../models/errors.js';

export type { DayAppointments, DayOptions, Directory, NearestDays } from './scheduling/day.js';
export type { HeldBooking, HoldOptions, MoveOptions } from './scheduling/book.js';
export type { Guarantee, Intent, Possible } from './scheduling/can.js';
export type { BookingResult } from './scheduling/claim.js';
export type { BookingOffer, Explained, FindRequest, Found } from './scheduling/find.js';
export type { FollowOptions } from './scheduling/follow.js';
export type { BookingRequest, Calendars, Needed } from './scheduling/request.js';
export type { SeriesBooking, SeriesEditing, SeriesEditResult, SeriesOutcome, SeriesResult, SeriesRow } from './scheduling/series.js';
export type { StatusChange, StatusOptions, StatusResult } from './scheduling/status.js';
export type { OfferResult, Waitlist } from './scheduling/waitlist.js';

const parts = {
  request: () => load(() => import('./scheduling/request.js')),
  find: () => load(() => import('./scheduling/find.js')),
  book: () => load(() => import('./scheduling/book.js')),
  operations: () => load(() => import('./scheduling/operations.js')),
  status: () => load(() => import('./scheduling/status.js')),
  series: () => load(() => import('./scheduling/series.js')),
  waitlist: () => load(() => import('./scheduling/waitlist.js')),
  can: () => load(() => import('./scheduling/can.js')),
  follow: () => load(() => import('./scheduling/follow.js')),
};

export class Scheduling {
  readonly #client: CareClient;
  readonly #days: Days;
  readonly #now: () => number;
  #desk: Promise<Desk> | undefined;

  /** @param options `now`: milliseconds since 1970; the system's clock unless told. */
  constructor(client: CareClient, { now = () => Date.now() }: { now?: () => number } = {}) {
    this.#client = client;
    this.#days = new Days(client);
    this.#now = now;
  }

  #open(): Promise<Desk> {
    this.#desk ??= load(() => import('./scheduling/desk.js')).then(({ Desk }) => new Desk(this.#client, this.#days, this.#now));
    this.#desk.catch(() => (this.#desk = undefined));
    return this.#desk;
  }

  /** The appointments that start on a day of the clinic, all pages of them, with their people. See {@link Days.day}. */
  day(options: DayOptions): Promise<DayAppointments> {
    return this.#days.day(options);
  }

  /** Roles with their practitioners, schedules and places: columns, working hours and the clinic's time zone. */
  directory(options?: RequestOptions): Promise<Directory> {
    return this.#days.directory(options);
  }

  /** Blocked time on a day (Slots that are busy-unavailable), by the reference of the Schedule's actor. */
  blocked(options: DayOptions, directory: Directory): Promise<Map<string, Slot[]>> {
    return this.#days.blocked(options, directory);
  }

  /** The nearest days before and after one, on which something is booked. */
  nearest(options: DayOptions): Promise<NearestDays> {
    return this.#days.nearest(options);
  }

  /**
   * Saves a moved appointment, unless somebody changed it since it was read (If-Match), and then frees the Slots it no longer fills, as
   * far as they are still busy. Whether the new time is free is not looked at: {@link move} does.
   *
   * @throws ConflictError with `{base, mine, theirs}`; then nothing has changed.
   */
  reschedule(
    moved: Appointment,
    options: SaveOptions<Appointment> = {},
  ): Promise<{ appointment: Appointment; warnings: readonly SearchWarning[] }> {
    // prettier-ignore
    return reschedule(this.#client, moved, options);
  }

  /** What booking knows of those asked for between two instants; remembered by the day. */
  async calendars({ from, to, ...needed }: Needed & { from: number; to: number }): Promise<Calendars> {
    const [desk, { loadCalendars, resolve }] = await Promise.all([this.#open(), parts.request()]);
    return loadCalendars(desk, await resolve(desk, needed), { start: from, end: to });
  }

  /** Why a time can, or cannot, be booked. */
  async explain(request: BookingRequest): Promise<Explained> {
    const [desk, { explain }] = await Promise.all([this.#open(), parts.find()]);
    return explain(desk, request);
  }

  /** Free times, best first: the server's own (`$find`) where it proposes them. */
  async find(request: FindRequest): Promise<Found> {
    const [desk, { find }, { dialectOf, findByOperation }] = await Promise.all([this.#open(), parts.find(), parts.operations()]);
    const dialect = await dialectOf(desk, 'find');
    return dialect ? findByOperation(desk, dialect, request) : find(desk, request);
  }

  /** Keeps a time for a while: an Appointment `pending` that says until when, its Slots `busy-tentative`. */
  async hold(request: BookingRequest | BookingOffer, options?: HoldOptions): Promise<BookingResult> {
    const [desk, { hold }, { dialectOf, byOperation }] = await Promise.all([this.#open(), parts.book(), parts.operations()]);
    const dialect = proposedBy(request) && (await dialectOf(desk, 'hold'));
    return dialect ? byOperation(desk, dialect, 'hold', proposedBy(request)!) : hold(desk, request, options);
  }

  /** Books a time, or a hold of one's own under its version. Looks again first, past all that is remembered. */
  async book(request: BookingRequest | BookingOffer | HeldBooking): Promise<BookingResult> {
    const [desk, { book }, { dialectOf, byOperation }] = await Promise.all([this.#open(), parts.book(), parts.operations()]);
    const dialect = proposedBy(request) && (await dialectOf(desk, 'book'));
    return dialect ? byOperation(desk, dialect, 'book', proposedBy(request)!, request.patients) : book(desk, request);
  }

  /** Saves a moved appointment where its new time is free; a rival who was faster puts it back. @throws ConflictError of a stale version */
  async move(moved: Appointment, options?: MoveOptions): Promise<BookingResult> {
    const [desk, { move }] = await Promise.all([this.#open(), parts.book()]);
    return move(desk, moved, options);
  }

  /** Gives up a hold. */
  async release(hold: Appointment): Promise<{ appointment: Appointment; warnings: readonly SearchWarning[] }> {
    const [desk, { release }] = await Promise.all([this.#open(), parts.book()]);
    return release(desk, hold);
  }

  /** Which status may follow which on this server. */
  async transitions(): Promise<Transitions> {
    const [desk, { transitions }] = await Promise.all([this.#open(), parts.status()]);
    return transitions(desk);
  }

  /** Changes where an appointment stands; a check-in opens the Encounter. @throws ConflictError of a stale version */
  async setStatus(appointment: Appointment, to: AppointmentStatus, options?: StatusOptions): Promise<StatusResult> {
    const [desk, { setStatus }] = await Promise.all([this.#open(), parts.status()]);
    return setStatus(desk, appointment, to, options);
  }

  /** Several, each by itself: results in the order given, what failed among them. */
  async setStatuses(changes: readonly StatusChange[]): Promise<(StatusResult | { state: 'failed'; error: CareError })[]> {
    const [desk, { setStatuses }] = await Promise.all([this.#open(), parts.status()]);
    return setStatuses(desk, changes);
  }

  /** Cancels, with the reason, and frees the slots. */
  cancel(appointment: Appointment, options?: StatusOptions): Promise<StatusResult> {
    return this.setStatus(appointment, 'cancelled', options);
  }

  /** Books the rows of a preview, each marked as an occurrence. If one is refused, none is written. */
  async bookSeries(booking: SeriesBooking): Promise<SeriesResult> {
    const [desk, { bookSeries }] = await Promise.all([this.#open(), parts.series()]);
    return bookSeries(desk, booking);
  }

  /** Writes what `editSeries` of the engine changed. */
  async editSeries(updates: readonly Appointment[], options: SeriesEditing): Promise<SeriesEditResult> {
    const [desk, { writeSeries }] = await Promise.all([this.#open(), parts.series()]);
    return writeSeries(desk, updates, options);
  }

  /** Who waits for a time. */
  async waitlist(options?: { zone?: string | undefined; locale?: string | undefined }): Promise<Waitlist> {
    const [desk, { waitlist }] = await Promise.all([this.#open(), parts.waitlist()]);
    return waitlist(desk, options);
  }

  /** Holds a freed time for one who waits. */
  async offer(entry: WaitlistEntry, freed: BookingRequest, options?: { minutes?: number }): Promise<OfferResult> {
    const [desk, { offer }] = await Promise.all([this.#open(), parts.waitlist()]);
    return offer(desk, entry, freed, options);
  }

  /** They take the offer: it is booked, and they wait no more. */
  async acceptOffer(hold: Appointment, more?: Omit<HeldBooking, 'hold'>): Promise<BookingResult> {
    const [desk, { accept }] = await Promise.all([this.#open(), parts.waitlist()]);
    return accept(desk, hold, more);
  }

  /** They do not: the time is free again, and they go on waiting. */
  async declineOffer(hold: Appointment): Promise<{ appointment: Appointment; warnings: readonly SearchWarning[] }> {
    const [desk, { decline }] = await Promise.all([this.#open(), parts.waitlist()]);
    return decline(desk, hold);
  }

  /** Whether an intent is possible on this server; known before it is tried. */
  async can(intent: Intent): Promise<Possible> {
    const [desk, { can }] = await Promise.all([this.#open(), parts.can()]);
    return can(desk, intent);
  }

  /** How sure it is that no two bookings take the same time. */
  async guarantee(options?: { hasSlots?: boolean }): Promise<Guarantee> {
    const [desk, { guarantee }] = await Promise.all([this.#open(), parts.can()]);
    return guarantee(desk, options);
  }

  /** Tells of appointments that others have written, while somebody can see the page. Gives what ends it. */
  async follow(listener: (changed: readonly Appointment[]) => void, options?: FollowOptions): Promise<() => void> {
    const [desk, { followChanges }] = await Promise.all([this.#open(), parts.follow()]);
    return followChanges(desk, listener, options);
  }
}

const proposedBy = (request: object): Appointment | undefined => (request as Partial<BookingOffer>).proposed;
