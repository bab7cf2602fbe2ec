/** What a page shows of a day: its appointments whole and with their people, who works when, and the next day with something booked. */
import { CareError, isCareError } from '../../models/errors.js';
import type { Appointment, Encounter, Resource, ResourceType, Schedule, Slot } from '../../models/fhir/index.js';
import { epochOf } from '../../models/fhir/read/index.js';
import { dayRange } from '../../models/fhir/search-values.js';
import { addDays, dateAt, dayBounds, type DayBounds } from '../../models/scheduling/zone.js';
import type { Capabilities, RequestOptions, SearchWarning } from '../backend.js';
import type { CareClient } from '../care-client.js';
import type { CarePage } from '../search-result.js';
import { localReference } from '../references.js';

/** One day's appointments, with the people, places and encounters that could be had. */
export interface DayAppointments {
  /** The first day, and how many there are. */
  date: string;
  days: number;
  zone: string;
  appointments: readonly Appointment[];
  /** Patients, Practitioners, PractitionerRoles, Locations that the appointments name. */
  related: readonly Resource[];
  encounters: readonly Encounter[];
  /** False: appointments may be missing. */
  complete: boolean;
  warnings: readonly SearchWarning[];
}

/** Who works here and when; a part that could not be read leaves the rest. */
export interface Directory {
  /** PractitionerRoles, Practitioners, Schedules and Locations. */
  resources: readonly Resource[];
  complete: boolean;
  /** Types that could not be read. */
  gaps: readonly { type: ResourceType; error: CareError }[];
}

/** The nearest days with something booked, as `YYYY-MM-DD` in the zone. */
export interface NearestDays {
  before: string | undefined;
  after: string | undefined;
}

export interface DayOptions extends RequestOptions {
  date: string;
  /** How many days from `date` on; 1 unless told. */
  days?: number | undefined;
  /** IANA zone in which the date is meant. */
  zone: string;
}

const PAGE = 200;
const MAX_PAGES = 50;
/** Ids in one `_id` search: keeps a GET below the length that proxies cut. */
const CHUNK = 40;
/** What is booked, for "the next booked day": neither cancelled nor entered in error nor waiting for a time. */
const BOOKED = 'proposed,pending,booked,arrived,checked-in,fulfilled,noshow';

const PEOPLE: readonly ResourceType[] = ['Patient', 'Practitioner', 'PractitionerRole', 'Location'];

export class Days {
  readonly #client: CareClient;
  /** Servers that refused `_include` are not asked with it again. */
  #plain = false;

  constructor(client: CareClient) {
    this.#client = client;
  }

  /**
   * The appointments that start on a day of the clinic, all pages of them. R4's `date` searches the start: one that began the day
   * before is not among them.
   *
   * @throws CareError when they could not be read at all.
   */
  async day({ date, days = 1, zone, ...options }: DayOptions): Promise<DayAppointments> {
    const page = await this.#search(dayRange(date, zone, days), options);
    const bounds = { start: dayBounds(date, zone).start, end: dayBounds(addDays(date, days - 1), zone).end };
    const wanted = page.items.filter((appointment) => isWithin(appointment, bounds));
    const warnings = [...page.warnings];
    if (wanted.length < page.items.length) {
      warnings.push({
        code: 'outside-range',
        count: page.items.length - wanted.length,
        message: 'Appointments of other days came back; they are not shown here.',
      });
    }
    const missing = await this.#missing(wanted, page.included, options);
    return {
      date,
      days,
      zone,
      appointments: wanted,
      related: [...page.included.filter(({ resourceType }) => resourceType !== 'Encounter'), ...missing.found],
      encounters: page.included.filter((resource): resource is Encounter => resource.resourceType === 'Encounter'),
      complete: page.complete,
      warnings: [...warnings, ...missing.warnings],
    };
  }

  async #search(range: [string, string], options: RequestOptions): Promise<CarePage<Appointment>> {
    const params = { date: range, _count: PAGE };
    const ask = (along: Record<string, string | string[]>) =>
      this.#client.search('Appointment', { ...params, ...along }, { ...options, maxPages: MAX_PAGES }).all() as Promise<
        CarePage<Appointment>
      >;
    const along = this.#plain ? {} : includes(await this.#capabilities(options));
    if (Object.keys(along).length === 0) return ask({});
    try {
      return await ask(along);
    } catch (error) {
      // A server that refuses the includes may still have the appointments; one that is away or says no to us has not.
      if (!isCareError(error, 'validation', 'unsupported', 'server')) throw error;
      const page = await ask({});
      this.#plain = true;
      return page;
    }
  }

  /** What the server says it can do; one that says nothing is still asked for its appointments. */
  async #capabilities(options: RequestOptions): Promise<Capabilities | undefined> {
    try {
      return await this.#client.capabilities(options);
    } catch (error) {
      if (isCareError(error, 'aborted', 'auth', 'offline')) throw error;
      return undefined;
    }
  }

  /** People and places that appointments name and that did not come along, by id. What cannot be had is left to the words beside the reference. */
  async #missing(
    appointments: readonly Appointment[],
    included: readonly Resource[],
    options: RequestOptions,
  ): Promise<{ found: Resource[]; warnings: SearchWarning[] }> {
    const here = new Set(included.map(({ resourceType, id }) => `${resourceType}/${id}`));
    const wanted = new Map<ResourceType, Set<string>>();
    for (const { participant } of appointments) {
      for (const { actor } of participant ?? []) {
        const local = actor?.reference === undefined ? undefined : localReference(actor.reference, this.#client.backend.baseUrl);
        const [type, id] = local?.split('/') ?? [];
        if (id === undefined || here.has(`${type}/${id}`) || !PEOPLE.includes(type as ResourceType)) continue;
        const ids = wanted.get(type as ResourceType) ?? new Set();
        wanted.set(type as ResourceType, ids.add(id));
      }
    }
    const found: Resource[] = [];
    const warnings: SearchWarning[] = [];
    await Promise.all(
      [...wanted].map(async ([type, ids]) => {
        try {
          for (const chunk of chunks([...ids], CHUNK))
            found.push(...(await this.#client.search(type, { _id: chunk.join(','), _count: CHUNK }, options).all()).items);
        } catch (error) {
          if (isCareError(error, 'aborted', 'auth')) throw error;
          warnings.push({
            code: 'server-outcome',
            count: ids.size,
            message: `${type} records could not be read; names are those that the appointments give.`,
          });
        }
      }),
    );
    return { found, warnings };
  }

  /** Roles with their practitioners, schedules and places: columns, working hours and the clinic's time zone. */
  async directory(options: RequestOptions = {}): Promise<Directory> {
    const gaps: { type: ResourceType; error: CareError }[] = [];
    const resources = new Map<string, Resource>();
    let complete = true;
    const read = async (type: ResourceType, params: Record<string, string[]>, maxPages: number): Promise<void> => {
      try {
        const page = await this.#client.search(type, { ...params, _count: PAGE }, { ...options, maxPages }).all();
        // Places are asked for their time zone only: a part of them will do.
        if (type !== 'Location') complete &&= page.complete;
        for (const resource of [...page.items, ...page.included]) resources.set(`${resource.resourceType}/${resource.id}`, resource);
      } catch (error) {
        if (isCareError(error, 'aborted', 'auth', 'offline')) throw error;
        if (Object.keys(params).length > 0 && isCareError(error, 'validation', 'unsupported')) return read(type, {}, maxPages);
        gaps.push({
          type,
          error: isCareError(error) ? error : new CareError('malformed', 'The answer could not be read.', { cause: error }),
        });
      }
    };
    // Whether they are active is judged here: `active=true` would leave out those that do not say.
    await Promise.all([
      read('PractitionerRole', { _include: ['PractitionerRole:practitioner', 'PractitionerRole:location'] }, 10),
      read('Schedule', { _include: ['Schedule:actor'] }, 10),
      read('Location', {}, 1),
    ]);
    return { resources: [...resources.values()], complete: complete && gaps.length === 0, gaps };
  }

  /** Blocked time on a day (Slots that are busy-unavailable), by the reference of the Schedule's actor. */
  async blocked({ date, days = 1, zone, ...options }: DayOptions, directory: Directory): Promise<Map<string, Slot[]>> {
    const schedules = directory.resources.filter((resource): resource is Schedule => resource.resourceType === 'Schedule');
    const actors = new Map<string, Schedule['actor']>(schedules.map((schedule) => [`Schedule/${schedule.id}`, schedule.actor]));
    const blocked = new Map<string, Slot[]>();
    if (actors.size === 0) return blocked;
    const page = await this.#client
      .search('Slot', { start: dayRange(date, zone, days), status: 'busy-unavailable', _count: PAGE }, options)
      .all();
    for (const slot of page.items) {
      const schedule = localReference(slot.schedule?.reference, this.#client.backend.baseUrl);
      for (const { reference } of (schedule && actors.get(schedule)) ?? []) {
        if (reference === undefined) continue;
        const list = blocked.get(reference);
        if (list) list.push(slot);
        else blocked.set(reference, [slot]);
      }
    }
    return blocked;
  }

  /** The nearest days before and after one, on which something is booked. */
  async nearest({ date, days = 1, zone, ...options }: DayOptions): Promise<NearestDays> {
    const [from, to] = dayRange(date, zone, days);
    const one = async (bound: string, sort: string): Promise<string | undefined> => {
      // A page of some length: a server that does not sort would else give any day.
      const { items } = await this.#client
        .search('Appointment', { date: bound, status: BOOKED, _sort: sort, _count: 20 }, { ...options, maxPages: 1 })
        .all();
      const days = items
        .flatMap(({ start }) => (start !== undefined && Number.isFinite(Date.parse(start)) ? [Date.parse(start)] : []))
        .sort((a, b) => a - b);
      const instant = sort.startsWith('-') ? days.at(-1) : days[0];
      return instant === undefined ? undefined : dateAt(instant, zone);
    };
    const [before, after] = await Promise.all([one(from.replace(/^ge/, 'lt'), '-date'), one(to.replace(/^lt/, 'ge'), 'date')]);
    return { before, after };
  }
}

/** What to ask along with appointments: as much as the server declares, everything where it declares nothing. */
function includes(capabilities: Capabilities | undefined): Record<string, string[]> {
  const { includes: forward, revIncludes: back } = capabilities?.type('Appointment') ?? {};
  const knows = (declared: readonly string[] | undefined, name: string): boolean =>
    declared === undefined || declared.includes('*') || declared.includes(name);
  const actors = knows(forward, 'Appointment:actor')
    ? ['Appointment:actor']
    : ['Appointment:patient', 'Appointment:practitioner', 'Appointment:location'].filter((name) => knows(forward, name));
  return {
    ...(actors.length > 0 ? { _include: actors } : {}),
    ...(knows(back, 'Encounter:appointment') ? { _revinclude: ['Encounter:appointment'] } : {}),
  };
}

/** Whether an appointment starts within; one whose start cannot be read is kept, to be listed apart. */
function isWithin({ start }: Appointment, { start: from, end: to }: DayBounds): boolean {
  const instant = epochOf(start);
  return instant === undefined || (instant >= from && instant < to);
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
}
