import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CareClient } from '../../client/index.js';
import type { DayAppointments, Directory, NearestDays } from '../../client/scheduling.js';
import type { Appointment, Encounter, Resource, Slot } from '../../models/fhir/index.js';
import {
  dateAt,
  isDate,
  viewRange,
  weekRules,
  zonesIn,
  type DayView,
  type People,
  type ScheduleView,
  type ViewRange,
} from '../../models/scheduling/index.js';
import { isZone } from '../../models/fhir/read/index.js';
import { answerOf, QueryController, type QueryState } from '../base/query.controller.js';
import { watchChanges } from '../base/watch-changes.js';
import { DAY_TYPES, isNewsToDay } from './day-news.js';
import { DayBuilder, sameList, type HeldDay } from './day-builder.js';
import { PendingChanges } from './pending-changes.js';

/** What the element was given. */
export interface DaySource {
  client: CareClient | undefined;
  /** `YYYY-MM-DD`, or empty for today. */
  date: string;
  view: ScheduleView;
  /** One column a day for everybody. */
  isByDay: boolean;
  /** The zone told by property or provider; undefined when nobody said. */
  zone: string | undefined;
  appointments: readonly Appointment[] | undefined;
  providers: readonly (Resource | string)[] | undefined;
  related: readonly Resource[] | undefined;
  now: number;
  lang: string;
  /** Minutes that the smallest box is drawn as. */
  minimum: number;
}

/** What there is about the clinic's zone: known, being asked for in the records, or to be asked of a person. */
export type ZoneState = { state: 'known'; zone: string } | { state: 'looking' } | { state: 'ask'; suggestions: readonly string[] };

/**
 * The day that the element shows. Owns the questions (the day, who works when, blocked time, the nearest booked days), the clinic's
 * zone, and the view built from the answers; holds changes that are on their way over it. An answer belongs to the date and zone it
 * was asked for, and is shown for no other. While something is being moved the view stands still.
 */
export class DayController implements ReactiveController {
  readonly #source: () => DaySource;
  readonly #host: ReactiveControllerHost;
  readonly #directory: QueryController<[CareClient], Directory>;
  readonly #day: QueryController<[CareClient, string, string, number], DayAppointments>;
  readonly #blocked: QueryController<[CareClient, string, string, number, Directory], Map<string, Slot[]>>;
  readonly #nearest: QueryController<[CareClient, string, string, number], NearestDays>;
  readonly changes = new PendingChanges();
  readonly #builder = new DayBuilder();
  #chosenZone: string | undefined;
  #held: HeldDay | undefined;
  /** What the plain data of `#held` were made of. */
  #given: Pick<DaySource, 'appointments' | 'related' | 'providers'> = { appointments: undefined, related: undefined, providers: undefined };
  #frozen: { held: HeldDay; slots: ReadonlyMap<string, readonly Slot[]> | undefined } | undefined;

  constructor(host: ReactiveControllerHost, source: () => DaySource, changed: (state: QueryState<DayAppointments>) => void) {
    this.#host = host;
    this.#source = source;
    const now = (): Date => new Date(source().now);
    this.#directory = new QueryController(host, {
      args: () => (this.#isPlain ? undefined : this.#client && [this.#client]),
      run: async ([client], options) => {
        const data = await (await client.scheduling()).directory(options);
        return { data, complete: data.complete };
      },
      now,
    });
    this.#day = new QueryController(host, {
      args: () => this.#question,
      run: async ([client, date, zone, days], options) => {
        const data = await (await client.scheduling()).day({ date, days, zone, ...options });
        return { data, complete: data.complete, warnings: data.warnings };
      },
      watch: ([client], changed) => watchChanges(client, DAY_TYPES, (change) => changed((data) => isNewsToDay(data, change))),
      now,
      changed,
    });
    this.#blocked = new QueryController(host, {
      args: () => {
        const directory = this.#directory.data;
        return directory && this.#question && [...this.#question, directory];
      },
      run: async ([client, date, zone, days, directory], options) => ({
        data: await (await client.scheduling()).blocked({ date, days, zone, ...options }, directory),
        complete: true,
      }),
      watch: ([client], changed) => watchChanges(client, ['Slot'], () => changed(() => true)),
      now,
    });
    this.#nearest = new QueryController(host, {
      args: () => (this.isEmpty ? this.#question : undefined),
      run: async ([client, date, zone, days], options) => ({
        data: await (await client.scheduling()).nearest({ date, days, zone, ...options }),
        complete: true,
      }),
      now,
    });
    host.addController(this);
  }

  hostConnected(): void {}

  get #client(): CareClient | undefined {
    return this.#source().client;
  }

  /** Given its data by property: nothing is asked for. */
  get #isPlain(): boolean {
    return this.#source().appointments !== undefined;
  }

  get #question(): [CareClient, string, string, number] | undefined {
    const { zone, range } = this;
    return this.#isPlain || !this.#client || zone.state !== 'known' || !range
      ? undefined
      : [this.#client, range.first, zone.zone, range.days];
  }

  /** The clinic's zone: told, chosen, or said by the records with one voice. Never the browser's. */
  get zone(): ZoneState {
    const { zone, related, providers } = this.#source();
    if (isZone(zone)) return { state: 'known', zone };
    if (this.#chosenZone !== undefined) return { state: 'known', zone: this.#chosenZone };
    const given = [...(related ?? []), ...recordsOnly(providers)];
    const directory = this.#directory.state;
    if (!this.#isPlain && this.#client && (directory.status === 'initial' || (directory.status === 'pending' && !this.#directory.data)))
      return { state: 'looking' };
    const said = zonesIn([...given, ...(this.#directory.data?.resources ?? [])]);
    return said.length === 1 ? { state: 'known', zone: said[0]! } : { state: 'ask', suggestions: said };
  }

  chooseZone(zone: string): void {
    this.#chosenZone = zone;
    this.#host.requestUpdate();
  }

  /** The day shown; undefined while the zone, and with it today, is not known. */
  get date(): string | undefined {
    const { date, now } = this.#source();
    if (isDate(date)) return date;
    const { zone } = this;
    return zone.state === 'known' ? dateAt(now, zone.zone) : undefined;
  }

  /** The days that the view shows around the date. */
  get range(): ViewRange | undefined {
    const { date } = this;
    const { view, lang } = this.#source();
    return date === undefined ? undefined : viewRange(view, date, weekRules(lang));
  }

  get today(): string | undefined {
    const { zone } = this;
    return zone.state === 'known' ? dateAt(this.#source().now, zone.zone) : undefined;
  }

  /** The question for the day. Plain data are an answer that is always there. */
  get state(): QueryState<unknown> {
    if (!this.#isPlain) return this.#day.state;
    return { status: 'complete', data: this.#source().appointments, at: new Date(this.#source().now), complete: true, warnings: [] };
  }

  get directory(): QueryState<Directory> {
    return this.#directory.state;
  }

  get blocked(): QueryState<unknown> {
    return this.#blocked.state;
  }

  get nearest(): QueryState<NearestDays> {
    return this.#nearest.state;
  }

  /** Whether no appointment may be missing. */
  get isComplete(): boolean {
    return this.#isPlain || (answerOf(this.#day.state)?.complete ?? false);
  }

  /** Everything was asked for and there is nothing. */
  get isEmpty(): boolean {
    const { view, state } = this;
    return (
      state.status === 'complete' &&
      state.complete &&
      view !== undefined &&
      view.apart.length === 0 &&
      view.columns.every(({ items, allDay }) => items.length + allDay.length === 0)
    );
  }

  /** The data as they are; undefined where there are none for this date and zone. The same object while they are the same. */
  #current(): HeldDay | undefined {
    const { zone, range } = this;
    if (zone.state !== 'known' || !range) return undefined;
    const last = this.#held;
    const { appointments, related, providers, isByDay } = this.#source();
    const { first: date, days } = range;
    const isShown = last?.date === date && last.days === days && last.isByDay === isByDay && last.zone === zone.zone;
    if (!appointments) {
      const data = this.#day.data;
      // The query forgets its answer when its question changes; this guards against the answer itself being another day's.
      if (!data || data.date !== date || data.days !== days || data.zone !== zone.zone) return undefined;
      return isShown && last.appointments === data.appointments && last.related === data.related
        ? last
        : (this.#held = { ...data, isByDay });
    }
    const isSameSource =
      last && this.#given.appointments === appointments && this.#given.related === related && this.#given.providers === providers;
    if (isSameSource && isShown) return last;
    // Other data than those a change was made to: it is theirs to say where things are now.
    if (last?.appointments !== appointments) this.changes.clear();
    this.#given = { appointments, related, providers };
    const given = [...(related ?? []), ...recordsOnly(providers)];
    // The same list while it holds the same records: who they are need not be found out again for another day.
    const people = last && sameList(last.related, given) ? last.related : given;
    const encounters = people.filter((each): each is Encounter => each.resourceType === 'Encounter');
    return (this.#held = { date, days, isByDay, zone: zone.zone, appointments, related: people, encounters });
  }

  get view(): DayView | undefined {
    const held = this.#frozen?.held ?? this.#current();
    if (!held) return undefined;
    const { now, lang, minimum, providers, client } = this.#source();
    const slots = this.#frozen ? this.#frozen.slots : this.#blocked.data;
    return this.#builder.build({
      held,
      directory: this.#directory.data,
      slots,
      changes: this.changes,
      now,
      lang,
      minimum,
      providers,
      base: client?.backend.baseUrl,
    });
  }

  /** The people of the view. */
  get people(): People | undefined {
    return this.#builder.people;
  }

  /** Shows an appointment as it will be; `pending` until the server has answered. */
  change(id: string, appointment: Appointment, pending: boolean): void {
    this.changes.set(id, appointment, pending);
    this.#host.requestUpdate();
  }

  /** The change was refused: what the server has is shown again. */
  putBack(id: string): void {
    this.changes.delete(id);
    this.#host.requestUpdate();
  }

  /** The server's own version of an appointment, or none when it is gone. */
  store(id: string, stored: Appointment | undefined): void {
    if (this.#isPlain && stored) this.changes.set(id, stored, false);
    else this.changes.delete(id);
    this.#day.mutate((data) => ({ ...data, appointments: data.appointments.flatMap((each) => (each.id !== id ? each : (stored ?? []))) }));
    this.#host.requestUpdate();
  }

  /** Keeps the data of the view as they are, whatever answers come in, until `thaw()`: nothing jumps away under a hand that moves it. */
  freeze(): void {
    const held = this.#current();
    if (held) this.#frozen = { held, slots: this.#blocked.data };
  }

  thaw(): void {
    this.#frozen = undefined;
    this.#host.requestUpdate();
  }

  get isFrozen(): boolean {
    return this.#frozen !== undefined;
  }

  /** Asks anew. With `all`, who works when too. */
  async refresh({ all = false } = {}): Promise<void> {
    await Promise.all([this.#day.refetch(), this.#blocked.refetch(), ...(all ? [this.#directory.refetch()] : [])]);
  }
}

function recordsOnly(list: readonly (Resource | string)[] | undefined): Resource[] {
  return (list ?? []).filter((each): each is Resource => typeof each !== 'string');
}
