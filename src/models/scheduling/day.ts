/** The view model of one day: columns by provider, boxes with their place and lane, what is beside the grid, and the counts. */
import type { Appointment } from '../fhir/index.js';
import { dayAxis, sharedAxes, type DayAxis } from './axis.js';
import { buildColumn, draftColumns, isAllDay, noteBuilt, type DraftColumn } from './columns.js';
import { columnKey, EVERYBODY, UNASSIGNED, type ApartItem, type DayInput, type DayView } from './day-view.js';
import { encountersByAppointment, readAppointment, type Reading } from './item.js';
import { reuse } from './reuse.js';
import { assignSlots } from './service.js';
import { takesTime } from './status.js';
import { addDays, createZoneTable, DAY, dateOfWall, dayBounds, instantOf, wallOfDate, type DayBounds, type ZoneTable } from './zone.js';

interface Sorted {
  readings: Reading[];
  apart: ApartItem[];
  leftOut: DayView['leftOut'];
}

/** Reads every appointment and finds where it belongs: on the day, beside it, or on another day. */
function sortOut({ appointments, people, encounters = [], now, locale }: DayInput, bounds: DayBounds): Sorted {
  const sorted: Sorted = { readings: [], apart: [], leftOut: { enteredInError: 0, expiredHolds: 0 } };
  const options = { people, encounters: encountersByAppointment(encounters), now, locale };
  const isNear = nearTo(bounds);
  for (const [place, appointment] of appointments.entries()) {
    if (!isNear(appointment)) continue;
    const reading = readAppointment(appointment, place, options);
    if (reading === 'entered-in-error') sorted.leftOut.enteredInError++;
    else if (reading === 'expired-hold') sorted.leftOut.expiredHolds++;
    else if ('reason' in reading) {
      const isHere = reading.start === undefined || (reading.start >= bounds.start && reading.start < bounds.end);
      // One that waits for a time belongs to the waitlist, not to a day.
      if (isHere && appointment.status !== 'waitlist') sorted.apart.push(reading);
    } else if (reading.start < bounds.end && (reading.end > bounds.start || reading.start >= bounds.start)) sorted.readings.push(reading);
  }
  return sorted;
}

const DATE = /^\d{4}-\d\d-\d\d/;

/** Whether an appointment may be in a range, by the dates as they are written: a year that is loaded need not be read for one day. */
function nearTo({ start, end }: DayBounds): (appointment: Appointment) => boolean {
  // Zones are up to 26 hours apart.
  const first = dateOfWall(start - 2 * DAY);
  const last = dateOfWall(end + 2 * DAY);
  const isDated = (text: unknown): text is string => typeof text === 'string' && DATE.test(text);
  return ({ start: from, end: to }) => {
    if (isDated(from) && from.slice(0, 10) > last) return false;
    return !(isDated(from) && isDated(to) && to.slice(0, 10) < first && from.slice(0, 10) < first);
  };
}

function servicesOf(readings: readonly Reading[], palette: ReadonlyMap<string, number>): DayView['services'] {
  const found = new Map<string, { key: string; label: string; slot: number }>();
  for (const { service } of readings)
    if (service && !found.has(service.key)) found.set(service.key, { ...service, slot: palette.get(service.key) ?? 1 });
  return [...found.values()].sort((a, b) => a.slot - b.slot || (a.key < b.key ? -1 : 1));
}

/** Readings that lie in a day, or begin in it. */
const inDay = (readings: readonly Reading[], bounds: DayBounds): Reading[] =>
  readings.filter(({ start, end }) => start < bounds.end && (end > bounds.start || start >= bounds.start));

interface Draft {
  date: string;
  bounds: DayBounds;
  readings: readonly Reading[];
  columns: DraftColumn[];
  axis: DayAxis;
}

/** The columns of each day: the same providers on all of them, or one column for everybody. */
function draftDays(input: DayInput, dates: readonly string[], readings: readonly Reading[], table: ZoneTable): Draft[] {
  const days = dates.map((date) => {
    const bounds = { start: instantOf(table, wallOfDate(date) ?? 0), end: instantOf(table, (wallOfDate(date) ?? 0) + DAY) };
    return { date, bounds, readings: dates.length === 1 ? readings : inDay(readings, bounds) };
  });
  const draft = (date: string, own: readonly Reading[], columns: readonly string[] | undefined): DraftColumn[] =>
    draftColumns({ ...input, date, columns }, own, table);
  const wanted =
    dates.length > 1 && !input.isByDay && !input.columns
      ? [...new Set(days.flatMap(({ date, readings: own }) => draft(date, own, undefined).map(({ key }) => key)))].filter(
          (key) => key !== UNASSIGNED,
        )
      : input.columns;
  return days.map(({ date, bounds, readings: own }) => {
    const drafts = draft(date, own, wanted);
    const timed = own
      .filter((reading) => !isAllDay(reading, bounds))
      .map(({ start, end }) => ({ start: Math.max(start, bounds.start), end: Math.min(end, bounds.end) }));
    const axis = dayAxis(date, bounds, table, [...timed, ...drafts.flatMap(({ working }) => working ?? [])], input.hours);
    const columns = input.isByDay ? [{ key: EVERYBODY, date, provider: undefined, readings: [...own], working: undefined }] : drafts;
    return {
      date,
      bounds,
      readings: own,
      columns: columns.map((each) => ({ ...each, key: columnKey(each.key, date, dates.length === 1 && !input.isByDay) })),
      axis,
    };
  });
}

/**
 * Builds the view of a day, or of several beside each other. Nothing that was given is lost without being counted or listed; what
 * lies on other days is not here.
 *
 * @param previous the last view: what has not changed in it is handed on as the same object, so that a page draws only changes.
 * @throws {RangeError} for a date that is none and a zone that this engine does not know.
 */
export function buildDay(input: DayInput, previous?: DayView): DayView {
  const { date, zone, days = 1, isByDay = false } = input;
  const isSame = previous?.zone === zone && previous.date === date && previous.dates.length === days && previous.isByDay === isByDay;
  const last = addDays(date, days - 1);
  const bounds = isSame ? previous.bounds : { start: dayBounds(date, zone).start, end: dayBounds(last, zone).end };
  const table = isSame ? previous.table : createZoneTable(zone, bounds.start - DAY, bounds.end + DAY);
  const dates = isSame ? previous.dates : Array.from({ length: days }, (_, i) => addDays(date, i));
  const { readings, apart, leftOut } = sortOut(input, bounds);
  const palette = assignSlots(
    readings.flatMap(({ service }) => service?.key ?? []),
    input.palette,
  );
  const drafts = draftDays(input, dates, readings, table);
  const axes = days === 1 ? drafts.map(({ axis }) => axis) : sharedAxes(drafts, table);
  const known = new Map(isSame ? previous.columns.map((column) => [column.key, column]) : []);
  const built = drafts.flatMap((day, i) =>
    day.columns.map((draft) => buildColumn(draft, { input, axis: axes[i]!, bounds: day.bounds, table, palette }, known.get(draft.key))),
  );
  const taken = readings.filter(({ state }) => takesTime(state) && state !== 'held');
  const view = reuse(isSame ? previous : undefined, {
    date,
    dates,
    isByDay,
    zone,
    table,
    bounds,
    axis: axes[0]!,
    columns: built.map(({ column }) => column),
    apart,
    leftOut,
    counts: {
      booked: taken.length,
      notConfirmed: taken.filter(({ state }) => state === 'not-confirmed').length,
      clashes: built.reduce((sum, { clashes }) => sum + clashes, 0),
    },
    services: servicesOf(readings, palette),
    states: [...new Set(readings.map(({ state }) => state))],
    palette,
  });
  view.columns.forEach((column, i) => noteBuilt(column, built[i]!));
  return view;
}
