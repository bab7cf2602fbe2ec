/** What a TZID of an iCalendar file means: a zone of the IANA database, one of Windows, or the file's own VTIMEZONE. */
import { isZone } from '../../fhir/read/zone.js';
import { civilDay, dayNumber } from '../recurrence/civil.js';
import { expandRule } from '../recurrence/expand.js';
import { parseRule } from '../recurrence/rule.js';
import { createZoneTable, DAY, offsetIn, resolveWallBy, type ZoneTable } from '../zone.js';
import { lineOf, linesOf, type IcsComponent } from './content-lines.js';
import { parseOffset, parseTime } from './values.js';

export interface IcsZone {
  /** IANA's name where there is one, else the file's own. */
  readonly id: string;
  /** Milliseconds that walls are ahead of UTC at an instant. */
  offsetAt(instant: number): number;
}

export const instantIn = (zone: IcsZone, wall: number): number => resolveWallBy((instant) => zone.offsetAt(instant), wall).instant;

/** Whether clocks of the zone ever show a wall time. */
export const occursIn = (zone: IcsZone, wall: number): boolean =>
  resolveWallBy((instant) => zone.offsetAt(instant), wall).kind !== 'skipped';

export const UTC: IcsZone = { id: 'UTC', offsetAt: () => 0 };

const yearOf = (instant: number): number => civilDay(Math.floor(instant / DAY)).year;
const newYear = (year: number): number => dayNumber(year, 1, 1) * DAY;

/** Intl is asked once for each year that is looked at. */
function ianaZone(id: string): IcsZone {
  const years = new Map<number, ZoneTable>();
  return {
    id,
    offsetAt(instant) {
      const year = yearOf(instant);
      let table = years.get(year);
      if (!table) years.set(year, (table = createZoneTable(id, newYear(year), newYear(year + 1))));
      return offsetIn(table, instant);
    },
  };
}

interface Onset {
  readonly instant: number;
  readonly offset: number;
}

/** The changes of offset that a VTIMEZONE names (RFC 5545, 3.6.5); undefined where it names none that can be read. */
function fileZone(component: IcsComponent, id: string): IcsZone | undefined {
  const observances = component.inner.flatMap((inner) => {
    const start = parseTime(lineOf(inner, 'DTSTART')?.value ?? '');
    const [before, offset] = ['TZOFFSETFROM', 'TZOFFSETTO'].map((name) => parseOffset(lineOf(inner, name)?.value ?? ''));
    if (!start || offset === undefined) return [];
    return [{ start: start.wall, before: before ?? offset, offset, rules: linesOf(inner, 'RRULE'), dates: linesOf(inner, 'RDATE') }];
  });
  if (observances.length === 0) return undefined;
  const first = observances.reduce((a, b) => (b.start < a.start ? b : a));

  /** Changes up to the end of a year, the last one of before it among them. */
  const onsetsOf = (year: number): Onset[] => {
    const end = newYear(year + 1) + DAY;
    return observances
      .flatMap(({ start, before, offset, rules, dates }): Onset[] => {
        const walls = [start, ...dates.flatMap(({ value }) => value.split(',').flatMap((one) => parseTime(one)?.wall ?? []))];
        for (const { value } of rules) {
          const rule = parseRule(value);
          const untilText = rule.until === undefined ? undefined : parseTime(rule.until);
          // UNTIL is in UTC here, and the walls are on the clock of before the change.
          const until = untilText && untilText.wall + (untilText.form === 'utc' ? before : untilText.form === 'date' ? DAY - 1 : 0);
          const from = Math.max(start, Math.min(newYear(year - 1), until ?? Infinity) - 400 * DAY);
          for (const wall of expandRule(rule, start, { from, ...(until === undefined ? {} : { until }) })) {
            if (wall >= end) break;
            walls.push(wall);
          }
        }
        return walls.filter((wall) => wall < end).map((wall) => ({ instant: wall - before, offset }));
      })
      .sort((a, b) => a.instant - b.instant);
  };
  const years = new Map<number, Onset[]>();
  return {
    id,
    offsetAt(instant) {
      const year = yearOf(instant);
      let onsets = years.get(year);
      if (!onsets) years.set(year, (onsets = onsetsOf(year)));
      return onsets.findLast((onset) => onset.instant <= instant)?.offset ?? first.before;
    },
  };
}

export class IcsZones {
  readonly #own = new Map<string, IcsComponent>();
  readonly #known = new Map<string, IcsZone | undefined>();

  /** @param components the VTIMEZONEs of the file */
  constructor(components: readonly IcsComponent[]) {
    for (const component of components) {
      const id = lineOf(component, 'TZID')?.value;
      if (id !== undefined && !this.#own.has(id)) this.#own.set(id, component);
    }
  }

  /** The zone of a TZID; undefined for one that nobody knows: such a time is floating. */
  async of(tzid: string): Promise<IcsZone | undefined> {
    if (!this.#known.has(tzid)) this.#known.set(tzid, await this.#find(tzid));
    return this.#known.get(tzid);
  }

  async #find(tzid: string): Promise<IcsZone | undefined> {
    if (/^(UTC|GMT|Z)$/i.test(tzid)) return UTC;
    if (isZone(tzid)) return ianaZone(tzid);
    const { WINDOWS_ZONES } = await import('./windows-zones.js');
    const mapped = Object.hasOwn(WINDOWS_ZONES, tzid) ? WINDOWS_ZONES[tzid] : undefined;
    if (mapped !== undefined && isZone(mapped)) return ianaZone(mapped);
    const own = this.#own.get(tzid);
    const zone = own && fileZone(own, tzid);
    if (zone) return zone;
    // Mozilla and others put a path before the name: /mozilla.org/20070129_1/Europe/Berlin.
    const tail = /[A-Za-z_]+\/[A-Za-z_+-]+(?:\/[A-Za-z_+-]+)?$/.exec(tzid)?.[0];
    return tail !== undefined && tail !== tzid && isZone(tail) ? ianaZone(tail) : undefined;
  }
}
