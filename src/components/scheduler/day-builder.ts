import type { Directory } from '../../client/scheduling.js';
import type { Appointment, Encounter, Resource, Slot } from '../../models/fhir/index.js';
import { buildDay, People, type DayView } from '../../models/scheduling/index.js';
import type { PendingChanges } from './pending-changes.js';

/** Appointments of one day in one zone, from wherever they come. */
export interface HeldDay {
  /** The first day. */
  date: string;
  days: number;
  /** One column a day for everybody. */
  isByDay: boolean;
  zone: string;
  appointments: readonly Appointment[];
  related: readonly Resource[];
  encounters: readonly Encounter[];
}

export interface BuildOptions {
  held: HeldDay;
  directory: Directory | undefined;
  /** Slots by the reference of the schedule's actor. */
  slots: ReadonlyMap<string, readonly Slot[]> | undefined;
  changes: PendingChanges;
  now: number;
  lang: string;
  /** Minutes that the smallest box is drawn as. */
  minimum: number;
  /** Columns wanted, as records or references. */
  providers: readonly (Resource | string)[] | undefined;
  /** The server's base URL. */
  base: string | undefined;
}

/** Builds the view of a day when what it is made of has changed, and gives the same object as long as nothing has. */
export class DayBuilder {
  #view: DayView | undefined;
  #viewKey: readonly unknown[] = [];
  #people: People | undefined;
  #peopleKey: readonly unknown[] = [];
  #palette: ReadonlyMap<string, number> | undefined;

  /** The people of the last view. */
  get people(): People | undefined {
    return this.#people;
  }

  build(options: BuildOptions): DayView {
    const { held, directory, slots, changes, now, lang, minimum, providers } = options;
    // Waiting times are told by the minute.
    const key = [held, directory, slots, changes.version, Math.floor(now / 60_000), lang, minimum, providers];
    if (this.#view && sameList(key, this.#viewKey)) return this.#view;
    const people = this.#peopleOf(options);
    const columns = providers?.flatMap(
      (provider) => people.keyOf(typeof provider === 'string' ? provider : `${provider.resourceType}/${provider.id}`) ?? [],
    );
    this.#view = buildDay(
      {
        date: held.date,
        days: held.days,
        isByDay: held.isByDay,
        zone: held.zone,
        now,
        appointments: changes.over(held.appointments),
        people,
        encounters: held.encounters,
        slots: slots && new Map([...slots].map(([reference, list]) => [people.keyOf(reference) ?? reference, list])),
        locale: lang,
        columns: columns && columns.length > 0 ? [...new Set(columns)] : undefined,
        minimum,
        palette: this.#palette,
        pending: changes.pendingIds,
      },
      this.#view,
    );
    this.#viewKey = key;
    this.#palette = this.#view.palette;
    return this.#view;
  }

  #peopleOf({ held, directory, lang, now, base }: BuildOptions): People {
    const key = [held.related, held.zone, directory, lang, base];
    if (!this.#people || !sameList(key, this.#peopleKey)) {
      // What came with the day is newer than what came with the directory.
      const known = new Map<unknown, Resource>();
      for (const resource of [...(directory?.resources ?? []), ...held.related])
        known.set(resource.id === undefined ? resource : `${resource.resourceType}/${resource.id}`, resource);
      this.#people = new People([...known.values()], { now, zone: held.zone, locale: lang, base });
      this.#peopleKey = key;
    }
    return this.#people;
  }
}

export function sameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}
