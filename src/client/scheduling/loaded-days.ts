/** Appointments and slots by the day of the clinic, so that going back and forth asks nothing twice. */
import { isCareError } from '../../models/errors.js';
import type { Appointment, Slot } from '../../models/fhir/index.js';
import { epochOf } from '../../models/fhir/read/index.js';
import { dayRange } from '../../models/fhir/search-values.js';
import type { Span } from '../../models/scheduling/hours.js';
import { addDays, dateAt } from '../../models/scheduling/zone.js';
import type { SearchParams, SearchWarning } from '../backend.js';
import type { RecordChange } from '../cache/types.js';
import type { CareClient } from '../care-client.js';

export interface LoadedWindow {
  readonly appointments: readonly Appointment[];
  readonly slots: readonly Slot[];
  /** False: something may be missing. */
  readonly complete: boolean;
  readonly warnings: readonly SearchWarning[];
}

interface Day extends LoadedWindow {
  readonly at: number;
}

const PAGE = 200;
const MAX_PAGES = 100;
/** After so many milliseconds a day is asked for again, however quiet it was. */
const MAX_AGE = 5 * 60_000;
const NOTHING = { items: [], complete: true, warnings: [] };

export class LoadedDays {
  readonly #client: CareClient;
  readonly #now: () => number;
  readonly #days = new Map<string, Promise<Day>>();
  readonly #loaded = new Map<string, Day>();

  constructor(client: CareClient, now: () => number) {
    this.#client = client;
    this.#now = now;
  }

  clear(): void {
    this.#days.clear();
    this.#loaded.clear();
  }

  /** Forgets everything after a change of an appointment or slot: where it stood may be known, where it went is not. */
  changed(changes: readonly RecordChange[]): void {
    if (changes.some(({ type }) => type === 'Appointment' || type === 'Slot' || type === 'Resource')) this.clear();
  }

  /** All days that the window touches, and the one before it: R4's `date` searches starts, and what began then may still go on. */
  async window({ start, end }: Span, zone: string): Promise<LoadedWindow> {
    const first = addDays(dateAt(start, zone), -1);
    const last = dateAt(Math.max(start, end - 1), zone);
    const dates: string[] = [];
    for (let date = first; date <= last; date = addDays(date, 1)) dates.push(date);
    this.#loadMissing(dates, zone);
    const days = await Promise.all(dates.map((date) => this.#days.get(keyOf(date, zone))!));
    return together(days);
  }

  /** What the server has now, past what is remembered. @param actors narrows it to these where the server can; rows are checked by the caller. */
  async fresh(span: Span, zone: string, actors: readonly string[] = []): Promise<LoadedWindow> {
    const first = addDays(dateAt(span.start, zone), -1);
    const days = daysBetween(first, dateAt(Math.max(span.start, span.end - 1), zone)) + 1;
    return this.#ask(first, zone, days, actors);
  }

  #loadMissing(dates: readonly string[], zone: string): void {
    const isHere = (date: string): boolean => {
      const known = this.#loaded.get(keyOf(date, zone));
      return known ? this.#now() - known.at < MAX_AGE : this.#days.has(keyOf(date, zone));
    };
    for (let i = 0; i < dates.length; i++) {
      if (isHere(dates[i]!)) continue;
      let count = 1;
      while (i + count < dates.length && !isHere(dates[i + count]!)) count++;
      this.#load(dates.slice(i, i + count), zone);
      i += count;
    }
  }

  #load(dates: readonly string[], zone: string): void {
    const asked = this.#ask(dates[0]!, zone, dates.length, []);
    for (const date of dates) {
      const key = keyOf(date, zone);
      const isOn = ({ start }: Appointment | Slot): boolean => {
        const instant = epochOf(start);
        return instant !== undefined && dateAt(instant, zone) === date;
      };
      const day = asked.then((window): Day => ({
        appointments: window.appointments.filter(isOn),
        slots: window.slots.filter(isOn),
        complete: window.complete,
        warnings: window.warnings,
        at: this.#now(),
      }));
      this.#days.set(key, day);
      this.#loaded.delete(key);
      day.then(
        (loaded) => {
          if (this.#days.get(key) === day) this.#loaded.set(key, loaded);
        },
        () => {
          if (this.#days.get(key) === day) this.#days.delete(key);
        },
      );
    }
  }

  async #ask(first: string, zone: string, days: number, actors: readonly string[]): Promise<LoadedWindow> {
    const range = dayRange(first, zone, days);
    const capabilities = await this.#client.capabilities().catch(() => undefined);
    const appointment = capabilities?.type('Appointment');
    const narrowed = actors.length > 0 && appointment?.searchParams?.includes('actor') ? { actor: actors.join(',') } : {};
    const [appointments, slots] = await Promise.all([
      this.#search('Appointment', { date: range, ...narrowed, _count: PAGE }),
      capabilities?.type('Slot').search === 'no' ? NOTHING : this.#slots({ start: range, _count: PAGE }),
    ]);
    return {
      appointments: appointments.items as Appointment[],
      slots: slots.items as Slot[],
      complete: appointments.complete && slots.complete,
      warnings: [...appointments.warnings, ...slots.warnings],
    };
  }

  #search(type: 'Appointment' | 'Slot', params: SearchParams): Promise<{ items: unknown[]; complete: boolean; warnings: SearchWarning[] }> {
    return this.#client.search(type, params, { maxPages: MAX_PAGES }).all({ maxItems: PAGE * MAX_PAGES });
  }

  /** A server that has no slots refuses to search them. */
  async #slots(params: SearchParams): Promise<{ items: unknown[]; complete: boolean; warnings: SearchWarning[] }> {
    try {
      return await this.#search('Slot', params);
    } catch (error) {
      if (isCareError(error, 'unsupported', 'not-found')) return NOTHING;
      throw error;
    }
  }
}

const keyOf = (date: string, zone: string): string => `${zone} ${date}`;
const daysBetween = (first: string, last: string): number => Math.round((Date.parse(last) - Date.parse(first)) / 86_400_000);

function together(days: readonly LoadedWindow[]): LoadedWindow {
  return {
    appointments: days.flatMap(({ appointments }) => appointments),
    slots: days.flatMap(({ slots }) => slots),
    complete: days.every(({ complete }) => complete),
    warnings: [...new Set(days.flatMap(({ warnings }) => warnings))],
  };
}
