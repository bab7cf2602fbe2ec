import { CareError } from '../../errors.js';
import { expandRule } from '../recurrence/expand.js';
import { DAY, dateOfWall } from '../zone.js';
import { componentsNamed, readIcs } from './content-lines.js';
import { instantOf, readEvent, wallOf, type Addition, type IcsEvent, type Mark } from './event.js';
import { dateTimeText, offsetText, parseTime } from './values.js';
import { IcsZones, occursIn } from './zones.js';

/** The most occurrences that one call gives. */
export const MOST_OCCURRENCES = 50_000;
/** Occurrences that are looked at, in all events together, before a calendar is refused: a hostile one could ask for any number. */
const MOST_WORK = 2_000_000;

export interface IcsOccurrence {
  readonly uid: string;
  /**
   * `YYYY-MM-DD` of whole days, `YYYY-MM-DDTHH:mm:ss` of floating times, the same with `Z` when the file says UTC, with an offset
   * (`+11:00`) and {@link IcsOccurrence.tzid} when it says a zone.
   */
  readonly start: string;
  /** In the form of `start`; the first moment, or day, that is no longer part of it. */
  readonly end: string;
  readonly summary: string;
  /** IANA's name of the zone; the file's own for a zone that only its VTIMEZONE explains. */
  readonly tzid?: string;
  /** The start that the rule gave, of an occurrence that was changed. */
  readonly recurrenceId?: string;
  /** As the file says it: `CONFIRMED`, `TENTATIVE`, `CANCELLED`. */
  readonly status?: string;
  /** True for what takes no time: it does not make anyone busy. */
  readonly transparent?: true;
}

export interface IcsOptions {
  /** First day, or first wall time, in the event's own wall time: `2026-11-01`. Occurrences that overlap it are in. */
  from?: string;
  /** First day that is no longer asked for. */
  to?: string;
  /** 1 to 50,000, which is also what is given when left out. */
  limit?: number;
  /** Told, in plain words without the calendar's texts, of what was read although it breaks iCalendar's rules. */
  onWarning?: (message: string) => void;
}

interface Found {
  readonly instant: number;
  readonly end: number;
  readonly order: number;
  readonly event: IcsEvent;
  readonly recurrenceId: string | undefined;
}

const textIn = (event: IcsEvent, instant: number): string => {
  const wall = wallOf(event, instant);
  if (event.form === 'date') return dateOfWall(wall);
  const text = dateTimeText(wall);
  return event.form === 'floating' ? text : event.form === 'utc' ? `${text}Z` : `${text}${offsetText(wall - instant)}`;
};

function endOf(event: IcsEvent, start: number): number {
  if (!('days' in event.length)) return start + event.length.exact;
  return instantOf(event, wallOf(event, start) + event.length.days) + event.length.exact;
}

/** Of several versions of one event the highest sequence, then the last written, then the last in the file. */
const newer = (a: IcsEvent, b: IcsEvent): boolean =>
  a.sequence !== b.sequence ? a.sequence > b.sequence : a.stamp !== b.stamp ? a.stamp > b.stamp : true;

/** An event with those of its occurrences that were changed. */
interface Series {
  master: IcsEvent | undefined;
  readonly changed: IcsEvent[];
  readonly order: number;
}

/** What tells the occurrences of an event apart: the instant, where it has a zone; else what its walls show; or the day. */
const keyOf = (mark: Mark, event: IcsEvent): string =>
  mark.day ? `day ${Math.floor(mark.wall / DAY)}` : `at ${event.zone ? mark.instant : mark.wall}`;

function group(events: readonly IcsEvent[]): Series[] {
  const series = new Map<string, Series>();
  for (const [order, event] of events.entries()) {
    const uid = event.uid || `without ${order}`;
    let one = series.get(uid);
    if (!one) series.set(uid, (one = { master: undefined, changed: [], order }));
    if (event.recurrenceId) one.changed.push(event);
    else if (!one.master || newer(event, one.master)) one.master = event;
  }
  return [...series.values()];
}

class Collector {
  readonly found: Found[] = [];
  readonly #from: number;
  readonly #to: number;
  readonly #limit: number;
  #work = MOST_WORK;

  constructor(from: number, to: number, limit: number) {
    this.#from = from;
    this.#to = to;
    this.#limit = limit;
  }

  add(series: Series): void {
    const { master, order } = series;
    const changed = new Map<string, IcsEvent>();
    for (const event of series.changed) {
      const key = keyOf(event.recurrenceId!, master ?? event);
      const known = changed.get(key);
      if (!known || newer(event, known)) changed.set(key, event);
    }
    if (master) this.#addMaster(master, changed, order);
    for (const event of changed.values()) {
      const start = instantOf(event, event.start);
      const form = master ?? event;
      const named = event.recurrenceId!;
      const id = named.day ? dateOfWall(named.wall) : textIn(form, form.zone ? named.instant : named.wall);
      this.#push(event, start, endOf(event, start), order, id);
    }
  }

  #push(event: IcsEvent, instant: number, end: number, order: number, recurrenceId?: string): boolean {
    const wall = wallOf(event, instant);
    const until = wallOf(event, end);
    // An event without length is in where it begins.
    if (wall >= this.#to || (until <= this.#from && wall < this.#from)) return false;
    this.found.push({ instant, end, order, event, recurrenceId });
    return true;
  }

  #addMaster(master: IcsEvent, changed: ReadonlyMap<string, IcsEvent>, order: number): void {
    const gone = new Set(master.exceptions.map((mark) => keyOf(mark, master)));
    const longest = Math.max(...[master, ...changed.values()].map((event) => ('days' in event.length ? event.length.days : 0) + event.length.exact)); // prettier-ignore
    const onward = [...changed.values()].filter((event) => event.recurrenceId!.onward).sort((a, b) => a.recurrenceId!.instant - b.recurrenceId!.instant); // prettier-ignore
    const shifts = onward.map((event) => Math.abs(event.start - event.recurrenceId!.wall));
    const slack = longest + DAY + Math.max(0, ...shifts);
    const excluded = new Set(master.exceptionRules.flatMap((one) => [...this.#walls(master, one, slack)]));
    const starts = new Map<number, Addition | undefined>();
    for (const addition of master.additions) starts.set(master.zone ? addition.instant : addition.wall, addition);
    if (master.rules.length === 0) starts.set(instantOf(master, master.start), undefined);
    let left = this.#limit + gone.size + changed.size + 1;
    for (const one of master.rules)
      for (const wall of this.#walls(master, one, slack)) {
        if (left-- <= 0) break;
        if (!excluded.has(wall)) starts.set(instantOf(master, wall), undefined);
      }
    for (const [instant, addition] of starts) {
      const wall = wallOf(master, instant);
      const keys = [`at ${instant}`, `day ${Math.floor(wall / DAY)}`];
      if (keys.some((key) => gone.has(key) || changed.has(key))) continue;
      const shifted = onward.findLast((event) => event.recurrenceId!.instant <= instant);
      if (shifted) {
        const moved = instantOf(shifted, wall + shifted.start - shifted.recurrenceId!.wall);
        this.#push(shifted, moved, endOf(shifted, moved), order, textIn(master, instant));
      } else {
        const end = addition?.length === undefined ? endOf(master, instant) : instant + Math.max(0, addition.length);
        this.#push(master, instant, end, order);
      }
    }
  }

  /** Wall times of a rule that may reach into the range. */
  *#walls(master: IcsEvent, { rule, until }: IcsEvent['rules'][number], slack: number): Generator<number, void, undefined> {
    const { zone } = master;
    const from = Math.max(master.start, this.#from - slack);
    let last = -Infinity;
    const exists = master.form === 'zoned' && zone ? (wall: number): boolean => occursIn(zone, wall) : undefined;
    for (const found of expandRule(rule, master.start, { from, until, exists })) {
      if (found >= this.#to + slack) return;
      if (--this.#work < 0)
        throw new CareError('malformed', 'The calendar holds more occurrences than can be looked at. Ask for a shorter time.');
      // A rule by hours on whole days gives the same day again.
      const wall = master.form === 'date' ? Math.floor(found / DAY) * DAY : found;
      if (wall !== last) yield (last = wall);
    }
  }
}

function bound(text: string | undefined, otherwise: number, name: string): number {
  if (text === undefined) return otherwise;
  const time = parseTime(text);
  if (!time) throw new CareError('validation', `${name} is a date, YYYY-MM-DD.`);
  return time.wall;
}

function toOccurrence({ event, instant, end, recurrenceId }: Found): IcsOccurrence {
  return {
    uid: event.uid,
    start: textIn(event, instant),
    end: textIn(event, end),
    summary: event.summary,
    ...(event.form === 'zoned' ? { tzid: event.zone!.id } : {}),
    ...(recurrenceId === undefined ? {} : { recurrenceId }),
    ...(event.status === undefined ? {} : { status: event.status }),
    ...(event.transparent ? { transparent: true as const } : {}),
  };
}

/**
 * The occurrences of the events of an iCalendar file (RFC 5545), in order of time: rules expanded, exceptions taken out, changed
 * ones in their place, cancelled and transparent ones among them. VTODO, VJOURNAL and VFREEBUSY are left aside.
 *
 * @throws CareError `malformed` for text that is no calendar, and for a rule that cannot be used (its issue's path names the part:
 * see `parseRule`); `validation` for a bad range or limit.
 */
export async function icsOccurrences(ics: string, options: IcsOptions = {}): Promise<IcsOccurrence[]> {
  const { limit = MOST_OCCURRENCES, onWarning = () => undefined } = options;
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_OCCURRENCES)
    throw new CareError('validation', `limit is a whole number from 1 to ${MOST_OCCURRENCES}.`);
  const from = bound(options.from, -Infinity, 'from');
  const to = bound(options.to, Infinity, 'to');
  const root = readIcs(String(ics));
  if (root.inner.length === 0) throw new CareError('malformed', 'This is no iCalendar text: it holds no BEGIN:VCALENDAR.');
  const zones = new IcsZones(componentsNamed(root, 'VTIMEZONE'));
  const events: IcsEvent[] = [];
  for (const component of componentsNamed(root, 'VEVENT')) {
    const event = await readEvent(component, zones, onWarning);
    if (event) events.push(event);
  }
  const collector = new Collector(from, to, limit);
  for (const series of group(events)) collector.add(series);
  return collector.found
    .sort((a, b) => a.instant - b.instant || a.end - b.end || a.order - b.order)
    .slice(0, limit)
    .map(toOccurrence);
}
