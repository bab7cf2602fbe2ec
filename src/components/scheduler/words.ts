/** Times, days and durations of one schedule in words, by its language and its zone. */
import type { LocalizeController } from '../base/index.js';
import type { common } from '../locales/en/common.js';
import type { scheduler } from '../locales/en/scheduler.js';
import type { AppointmentState, DayItem } from '../../models/scheduling/index.js';
import { HOUR, MINUTE, offsetIn, takesTime, wallAt, wallOfDate, type ZoneTable } from '../../models/scheduling/index.js';
import { ageAt, formatAge } from '../../models/fhir/read/index.js';

export const HOUR_CYCLES = ['h12', 'h23'] as const;
export type HourCycle = (typeof HOUR_CYCLES)[number];

export type DayStyle = 'title' | 'short' | 'long';

/** Weekday and date are put together here: with a comma between them some languages would read as a list. */
const STYLES: Readonly<Record<DayStyle, readonly [Intl.DateTimeFormatOptions, Intl.DateTimeFormatOptions]>> = {
  title: [{ weekday: 'short' }, { day: 'numeric', month: 'short', year: 'numeric' }],
  short: [{ weekday: 'short' }, { day: 'numeric', month: 'short' }],
  long: [{ weekday: 'long' }, { day: 'numeric', month: 'long', year: 'numeric' }],
};

export interface WordsOptions {
  localize: LocalizeController<typeof scheduler>;
  shared: LocalizeController<typeof common>;
  hourCycle: HourCycle | undefined;
  table: ZoneTable | undefined;
}

/** Made anew when language, zone or clock style change, so that what is drawn can tell by identity. */
export class Words {
  readonly localize: LocalizeController<typeof scheduler>;
  readonly shared: LocalizeController<typeof common>;
  readonly table: ZoneTable | undefined;
  readonly lang: string;
  readonly hourCycle: HourCycle | undefined;
  /** By minute of the day: a day has few times, and Intl costs a microsecond or two for each. */
  readonly #times = new Map<number, string>();
  readonly #ages = new Map<string, string>();

  constructor({ localize, shared, hourCycle, table }: WordsOptions) {
    this.localize = localize;
    this.shared = shared;
    this.table = table;
    this.lang = localize.lang;
    this.hourCycle = hourCycle;
  }

  /** `09:00` or `9:00 am` of a wall time. */
  wall(wall: number): string {
    const minute = Math.floor((((wall % (24 * HOUR)) + 24 * HOUR) % (24 * HOUR)) / MINUTE);
    let text = this.#times.get(minute);
    if (text === undefined) {
      const cycle = this.hourCycle ? { hourCycle: this.hourCycle } : {};
      const hour = this.hourCycle === 'h23' ? '2-digit' : 'numeric';
      text = this.localize.format.date(new Date(minute * MINUTE), { hour, minute: '2-digit', timeZone: 'UTC', ...cycle });
      this.#times.set(minute, text);
    }
    return text;
  }

  /** An instant on the clinic's clocks. */
  time(instant: number): string {
    return this.table ? this.wall(wallAt(this.table, instant)) : '';
  }

  /** An instant on another zone's clocks: the viewer's. */
  timeIn(table: ZoneTable, instant: number): string {
    return this.wall(instant + offsetIn(table, instant));
  }

  range(start: number, end: number): string {
    return `${this.time(start)}–${this.time(end)}`;
  }

  /** A `YYYY-MM-DD` in words. Without a zone: a calendar day is the same everywhere. */
  day(date: string, style: DayStyle = 'title'): string {
    const wall = wallOfDate(date);
    if (wall === undefined) return date;
    return STYLES[style].map((fields) => this.localize.format.date(new Date(wall), { ...fields, timeZone: 'UTC' })).join(' ');
  }

  /** A day of a week's column, `Mon 23`. */
  weekday(date: string): string {
    return this.localize.format.date(new Date(wallOfDate(date) ?? 0), { weekday: 'short', day: 'numeric', timeZone: 'UTC' });
  }

  /** The weekday alone, `Mon`. */
  weekdayName(date: string): string {
    return this.localize.format.date(new Date(wallOfDate(date) ?? 0), { weekday: 'short', timeZone: 'UTC' });
  }

  /** The days of a view as its title: `23 – 29 Nov 2026`; a month by its name. */
  days(first: string, days: number, month: string | undefined): string {
    const format = (fields: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
      new Intl.DateTimeFormat(this.lang, { ...fields, timeZone: 'UTC' });
    if (month !== undefined) return format({ month: 'long', year: 'numeric' }).format(wallOfDate(month));
    const start = wallOfDate(first) ?? 0;
    return format({ day: 'numeric', month: 'short', year: 'numeric' }).formatRange(start, start + (days - 1) * 24 * HOUR);
  }

  /** `45 min`, `1 h 10 min`. */
  minutes(minutes: number): string {
    const unit = (value: number, name: 'hour' | 'minute'): string =>
      this.localize.format.number(value, { style: 'unit', unit: name, unitDisplay: 'short' });
    const size = Math.abs(Math.round(minutes));
    const [hours, rest] = [Math.floor(size / 60), size % 60];
    if (size < 100 && size % 60 !== 0) return unit(size, 'minute');
    return [hours > 0 ? unit(hours, 'hour') : '', rest > 0 || hours === 0 ? unit(rest, 'minute') : '']
      .filter((part) => part !== '')
      .join(' ');
  }

  /** The word of a state alone, for legends and filters. */
  state(state: AppointmentState): string {
    return this.localize.t(`state-${state}`);
  }

  /** The status of a box: with minutes and moments where they are known. */
  status(item: DayItem): string {
    const { localize } = this;
    if (item.attendees.length > 0) return localize.t('attending', item.attendees.filter(({ state }) => takesTime(state)).length);
    if (item.state === 'held' && item.heldUntil !== undefined) return localize.t('heldUntil', this.time(item.heldUntil));
    if (item.state === 'waiting' && item.waited !== undefined) return localize.t('waiting', this.minutes(item.waited));
    if (item.over !== undefined) return localize.t('over', this.minutes(item.over));
    return this.state(item.state);
  }

  /** Whom or what a box is for. */
  name(item: Pick<DayItem, 'patients' | 'description' | 'service'>): string {
    const [first] = item.patients;
    if (!first) return item.description ?? item.service?.label ?? this.localize.t('noPatient');
    const name = first.name ?? this.localize.t('noName');
    return item.patients.length > 1 ? this.localize.t('others', name, item.patients.length - 1) : name;
  }

  /** The patient's age on a day, in its larger unit; empty where there is no birth date, or more than one patient. */
  age(item: Pick<DayItem, 'patients'>, date: string): string {
    const birth = item.patients.length === 1 ? item.patients[0]?.patient?.birthDate : undefined;
    if (birth === undefined) return '';
    const key = `${birth} ${date}`;
    let text = this.#ages.get(key);
    if (text === undefined) {
      const age = ageAt(birth, date);
      text = (age && formatAge({ ...age, parts: age.parts.slice(0, 1) }, this.lang)) ?? '';
      this.#ages.set(key, text);
    }
    return text;
  }

  provider(provider: { name: string | undefined } | undefined): string {
    return provider ? (provider.name ?? this.localize.t('noName')) : this.localize.t('unassigned');
  }

  /** A zone by its city, `Sydney`, and the name of its time on that day where the language has one. */
  zone(zone: string, instant: number): string {
    const city = zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone;
    const parts = new Intl.DateTimeFormat(this.lang, { timeZone: zone, timeZoneName: 'short' }).formatToParts(instant);
    const name = parts.find(({ type }) => type === 'timeZoneName')?.value;
    return name === undefined || name === city ? city : `${city} (${name})`;
  }
}
