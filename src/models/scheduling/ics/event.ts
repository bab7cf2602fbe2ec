/** One VEVENT, read: its times in its zone, its rules, and what a calendar shows of it. */
import { civilDay } from '../recurrence/civil.js';
import { parseRule, type RecurrenceRule, type RuleWarning } from '../recurrence/rule.js';
import { DAY } from '../zone.js';
import { lineOf, linesOf, unescapeText, type ContentLine, type IcsComponent } from './content-lines.js';
import { parseDuration, parseTime, type IcsDuration, type IcsTime } from './values.js';
import { instantIn, UTC, type IcsZone, type IcsZones } from './zones.js';

/** How the times of an event are meant. Floating and all-day times have no zone. */
export interface EventForm {
  readonly form: 'date' | 'floating' | 'utc' | 'zoned';
  readonly zone: IcsZone | undefined;
}

/** A time among the exceptions or additions of a series. */
export interface Mark {
  /** As written. */
  readonly wall: number;
  /** Of a time without a zone: on the event's own wall. */
  readonly instant: number;
  /** No time is written: the whole day is meant. */
  readonly day: boolean;
}

export interface Addition extends Mark {
  /** Length of its own, in milliseconds. */
  readonly length: number | undefined;
}

export interface IcsEvent extends EventForm {
  readonly uid: string;
  readonly summary: string;
  readonly status: string | undefined;
  readonly transparent: boolean;
  readonly sequence: number;
  /** When it was last written, for two of one sequence: text that sorts. */
  readonly stamp: string;
  readonly start: number;
  /** Exact milliseconds from start to end, or whole days and exact time by DURATION. */
  readonly length: { readonly exact: number } | IcsDuration;
  readonly rules: readonly { readonly rule: RecurrenceRule; readonly until: number | undefined }[];
  readonly exceptionRules: IcsEvent['rules'];
  readonly additions: readonly Addition[];
  readonly exceptions: readonly Mark[];
  /** The occurrence that this one stands for. */
  readonly recurrenceId: (Mark & { readonly onward: boolean }) | undefined;
}

export const instantOf = ({ zone }: EventForm, wall: number): number => (zone ? instantIn(zone, wall) : wall);
export const wallOf = ({ zone }: EventForm, instant: number): number => (zone ? instant + zone.offsetAt(instant) : instant);

async function formOf(time: IcsTime, zones: IcsZones, warn: RuleWarning): Promise<EventForm> {
  if (time.form === 'utc') return { form: 'utc', zone: UTC };
  if (time.form !== 'zoned') return { form: time.form, zone: undefined };
  const zone = await zones.of(time.tzid!);
  if (zone) return { form: 'zoned', zone };
  warn('TZID: nobody knows this time zone; its times are read as floating.');
  return { form: 'floating', zone: undefined };
}

const timeOf = (line: ContentLine | undefined, value = line?.value): IcsTime | undefined =>
  line && value !== undefined
    ? parseTime(/^DATE$/i.test(line.params.get('VALUE') ?? '') ? value.slice(0, 10).replace(/T.*$/i, '') : value, line.params.get('TZID'))
    : undefined;

/** Reads the times of one event; EXDATE, RDATE and RECURRENCE-ID may have zones of their own. */
class TimeReader {
  readonly #event: EventForm;
  readonly #zones: IcsZones;
  readonly #warn: RuleWarning;

  constructor(event: EventForm, zones: IcsZones, warn: RuleWarning) {
    this.#event = event;
    this.#zones = zones;
    this.#warn = warn;
  }

  async mark(time: IcsTime): Promise<Mark> {
    const form = time.form === 'utc' || time.form === 'zoned' ? await formOf(time, this.#zones, this.#warn) : this.#event;
    return { wall: time.wall, instant: instantOf(form, time.wall), day: time.form === 'date' };
  }

  async marks(lines: readonly ContentLine[]): Promise<Mark[]> {
    const times = lines.flatMap((line) => line.value.split(',').map((value) => timeOf(line, value)));
    return Promise.all(times.filter((time) => time !== undefined).map((time) => this.mark(time)));
  }

  async additions(lines: readonly ContentLine[]): Promise<Addition[]> {
    const found: Addition[] = [];
    for (const line of lines)
      for (const value of line.value.split(',')) {
        const [from, to] = value.split('/');
        const start = timeOf(line, from);
        if (!start) continue;
        const mark = await this.mark(start);
        const end = to === undefined ? undefined : parseTime(to, line.params.get('TZID'));
        const duration = to === undefined ? undefined : parseDuration(to);
        const length = end ? (await this.mark(end)).instant - mark.instant : duration && duration.days + duration.exact;
        found.push({ ...mark, length });
      }
    return found;
  }
}

/** The last wall time that UNTIL lets occur, on the event's own wall. */
function untilOf(rule: RecurrenceRule, event: EventForm, warn: RuleWarning): number | undefined {
  const until = rule.until === undefined ? undefined : parseTime(rule.until);
  if (!until) {
    if (rule.until !== undefined) warn('UNTIL: this is no day of the calendar; it is ignored.');
    return undefined;
  }
  if ((until.form === 'date') !== (event.form === 'date'))
    warn('UNTIL: a date and a date with time do not go together; it is read as best it can be.');
  else if ((until.form === 'utc') !== (event.zone !== undefined) && until.form !== 'date')
    warn('UNTIL: a time in UTC belongs to a start with a zone, and only there.');
  if (event.form === 'date') return until.wall;
  if (until.form === 'date') return until.wall + DAY - 1;
  return until.form === 'utc' && event.form === 'zoned' ? wallOf(event, until.wall) : until.wall;
}

function rulesOf(lines: readonly ContentLine[], event: EventForm, warn: RuleWarning): IcsEvent['rules'] {
  return lines.map(({ value }) => {
    const rule = parseRule(value, warn);
    const timed = rule.byHour.length + rule.byMinute.length + rule.bySecond.length > 0;
    if (event.form !== 'date' || !timed) return { rule, until: untilOf(rule, event, warn) };
    warn('BYHOUR, BYMINUTE, BYSECOND: an event of whole days has no times of day; they are ignored.');
    return { rule: { ...rule, byHour: [], byMinute: [], bySecond: [] }, until: untilOf(rule, event, warn) };
  });
}

function lengthOf(
  component: IcsComponent,
  start: IcsTime,
  form: EventForm,
  end: number | undefined,
  warn: RuleWarning,
): IcsEvent['length'] {
  if (end !== undefined) {
    const exact = end - instantOf(form, start.wall);
    if (exact < 0) {
      // Somebody is busy all the same: what is there is not hidden for a slip.
      warn('DTEND: it lies before DTSTART; the event is taken to have no length.');
      return { exact: 0 };
    }
    return start.form === 'date' ? { exact: Math.max(Math.ceil(exact / DAY), 1) * DAY } : { exact };
  }
  const line = lineOf(component, 'DURATION');
  const duration = line && parseDuration(line.value);
  if (duration && duration.days + duration.exact >= 0) return duration;
  return start.form === 'date' ? { exact: DAY } : { exact: 0 };
}

/** @returns undefined for an event without a start that can be read. */
export async function readEvent(component: IcsComponent, zones: IcsZones, warn: RuleWarning): Promise<IcsEvent | undefined> {
  const line = lineOf(component, 'DTSTART');
  const start = timeOf(line);
  if (!start || civilDay(Math.floor(start.wall / DAY)).year > 9999) {
    warn('DTSTART: an event has no start that can be read; it is left out.');
    return undefined;
  }
  const form = await formOf(start, zones, warn);
  const reader = new TimeReader(form, zones, warn);
  const endTime = timeOf(lineOf(component, 'DTEND'));
  const recurrence = lineOf(component, 'RECURRENCE-ID');
  const recurrenceTime = timeOf(recurrence);
  const text = (name: string): string => unescapeText(lineOf(component, name)?.value ?? '');
  return {
    ...form,
    uid: text('UID'),
    summary: text('SUMMARY'),
    status: text('STATUS').toUpperCase() || undefined,
    transparent: text('TRANSP').toUpperCase() === 'TRANSPARENT',
    sequence: Number.parseInt(text('SEQUENCE'), 10) || 0,
    stamp: `${text('LAST-MODIFIED')} ${text('DTSTAMP')}`,
    start: start.wall,
    length: lengthOf(component, start, form, endTime && (await reader.mark(endTime)).instant, warn),
    rules: rulesOf(linesOf(component, 'RRULE'), form, warn),
    exceptionRules: rulesOf(linesOf(component, 'EXRULE'), form, warn),
    additions: await reader.additions(linesOf(component, 'RDATE')),
    exceptions: await reader.marks(linesOf(component, 'EXDATE')),
    recurrenceId: recurrenceTime && {
      ...(await reader.mark(recurrenceTime)),
      onward: recurrence?.params.get('RANGE')?.toUpperCase() === 'THISANDFUTURE',
    },
  };
}
