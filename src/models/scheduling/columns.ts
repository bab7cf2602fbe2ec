/** The columns of a day: who has one, what stands in it, and what stands in the way. */
import type { Slot } from '../fhir/index.js';
import { findClashes, countClashes, sharedMinutes } from './clash.js';
import { clockBlocks, minuteOf, type DayAxis } from './axis.js';
import { EVERYBODY, providerKey, UNASSIGNED, type DayBlock, type DayColumn, type DayInput, type DayItem } from './day-view.js';
import { absences, blockedSlots, gapsIn, without, workingSpans, type Block, type Span } from './hours.js';
import type { Reading } from './item.js';
import { layoutLanes } from './lanes.js';
import type { Provider } from './people.js';
import { HOUR, MINUTE, type DayBounds, type ZoneTable } from './zone.js';

/** Whether an appointment belongs above the grid: it fills the day, midnight to midnight or more. */
export function isAllDay({ start, end }: Span, bounds: DayBounds): boolean {
  return start <= bounds.start && end >= bounds.end && end - start >= 20 * HOUR;
}

export interface DraftColumn {
  key: string;
  date: string;
  provider: Provider | undefined;
  readings: Reading[];
  working: Span[] | undefined;
}

/**
 * Who has a column: those asked for, those with appointments, and (unless columns were asked for) those who work that day. By the
 * order asked for, else by name; appointments without a provider come last.
 */
export function draftColumns(
  { date, people, columns: wanted, locale }: DayInput,
  readings: readonly Reading[],
  table: ZoneTable,
): DraftColumn[] {
  const drafts = new Map<string, DraftColumn>();
  const draft = (key: string, provider: Provider | undefined): DraftColumn => {
    let column = drafts.get(key);
    if (!column)
      drafts.set(key, (column = { key, date, provider, readings: [], working: provider && workingSpans(provider.roles, date, table) }));
    return column;
  };
  for (const key of wanted ?? [])
    draft(key, people.provider(key) ?? { key, name: undefined, initials: undefined, role: undefined, reference: key, roles: [] });
  for (const reading of readings) {
    if (reading.providers.length === 0) draft(UNASSIGNED, undefined).readings.push(reading);
    for (const provider of reading.providers) draft(provider.key, provider).readings.push(reading);
  }
  if (!wanted) {
    for (const provider of people.providers()) {
      if (drafts.has(provider.key)) continue;
      const working = workingSpans(provider.roles, date, table);
      if (working && working.length > 0) draft(provider.key, provider);
    }
  }
  const order = new Map((wanted ?? []).map((key, i) => [key, i]));
  const rank = ({ key }: DraftColumn): number => order.get(key) ?? (key === UNASSIGNED ? order.size + 1 : order.size);
  let collator: Intl.Collator | undefined;
  // Made when it is needed: where all columns are asked for in order, none is.
  const byName = (a: string, b: string): number => (collator ??= new Intl.Collator(locale)).compare(a, b);
  return [...drafts.values()].sort(
    (a, b) => rank(a) - rank(b) || byName(a.provider?.name ?? '\uffff', b.provider?.name ?? '\uffff') || (a.key < b.key ? -1 : 1),
  );
}

export interface ColumnContext {
  input: DayInput;
  axis: DayAxis;
  bounds: DayBounds;
  table: ZoneTable;
  palette: ReadonlyMap<string, number>;
}

/** Smallest box, in minutes, where nobody says: 24 px at 18 px a quarter of an hour. */
const MINIMUM = 20;

export interface BuiltColumn {
  column: DayColumn;
  clashes: number;
  /** What it was built from. */
  from: readonly unknown[];
}

const built = new WeakMap<DayColumn, BuiltColumn>();

/**
 * One column. The one that stood there before is given back where nothing that it was built from has changed: readings are the same
 * objects as long as their records are, so a move builds two columns of a day and not all of them.
 */
export function buildColumn(draft: DraftColumn, context: ColumnContext, previous: DayColumn | undefined): BuiltColumn {
  const { input, axis, palette } = context;
  const { provider, readings } = draft;
  const slots = input.slots?.get(providerKey(draft.key));
  // Who waits or is being seen is counted in minutes of now.
  const clock = readings.some(({ state }) => state === 'waiting' || state === 'in-session') ? Math.floor(input.now / MINUTE) : 0;
  const pending = readings.filter(({ id }) => input.pending?.has(id)).map(({ id }) => id).join(' '); // prettier-ignore
  const hues = readings.map(({ service }) => service && palette.get(service.key));
  const from = [provider, axis.start, axis.end, axis.wall, slots, clock, pending, input.minimum, ...hues, ...readings];
  const before = previous && built.get(previous);
  if (before && before.from.length === from.length && before.from.every((value, i) => Object.is(value, from[i]))) return before;
  return { ...makeColumn(draft, context, slots ?? []), from };
}

/** Notes what a column that is shown was built from; `shown` may be an older, equal object than the one just built. */
export function noteBuilt(shown: DayColumn, made: BuiltColumn): void {
  built.set(shown, { ...made, column: shown });
}

/** Sorts out who attends a session of the same column at its very time; anybody else keeps a box of their own. */
function foldAttendees(readings: readonly Reading[]): { alone: Reading[]; attendees: Map<Reading, Reading[]> } {
  const byId = new Map(readings.map((reading) => [reading.id, reading]));
  const attendees = new Map<Reading, Reading[]>();
  const alone = readings.filter((reading) => {
    const session = reading.sessions.map((id) => byId.get(id)).find((each) => each !== undefined && each !== reading);
    if (!session || session.start !== reading.start || session.end !== reading.end) return true;
    attendees.set(session, [...(attendees.get(session) ?? []), reading]);
    return false;
  });
  return { alone, attendees };
}

function makeColumn(
  { key, date, provider, readings, working }: DraftColumn,
  context: ColumnContext,
  slots: readonly Slot[],
): { column: DayColumn; clashes: number } {
  const { input, axis, bounds, table } = context;
  // Nobody knows whether those without a provider have the same one.
  const { alone, attendees } = foldAttendees(readings);
  const clashes = clashesIn(providerKey(key), alone);
  const all = alone
    .map((reading) => toItem(reading, key, clashes.get(reading) ?? [], attendees.get(reading) ?? [], context))
    .sort((a, b) => a.from - b.from || a.to - b.to || (a.id < b.id ? -1 : 1));
  const timed = all.filter(({ allDay }) => !allDay);
  const lanes = layoutLanes(
    timed.map(({ from, to }) => ({ start: from, end: to })),
    input.minimum ?? MINIMUM,
  );
  timed.forEach((item, i) => Object.assign(item, lanes[i]));
  const closed = [...absences(provider?.roles ?? [], table, bounds), ...blockedSlots(slots, bounds)];
  const blocks = [...without(gapsIn(axis, working), closed), ...closed].flatMap((block) => onAxis(block, axis, table));
  if (axis.wall !== undefined) blocks.push(...clocksOn(axis, table));
  return {
    column: { key, date, axis, provider, working, items: timed, allDay: all.filter(({ allDay }) => allDay), blocks },
    clashes: countClashes(clashes),
  };
}

function toItem(
  reading: Reading,
  column: string,
  others: readonly Reading[],
  attendees: readonly Reading[],
  { input, axis, bounds, table, palette }: ColumnContext,
): DayItem {
  const { start, end, state, since } = reading;
  // Written out: spreading a record of this size costs V8 thirty times as much, and there are hundreds of boxes.
  return {
    appointment: reading.appointment,
    id: reading.id,
    start,
    end,
    state,
    since,
    heldUntil: reading.heldUntil,
    sessions: reading.sessions,
    patients: reading.patients,
    providers: reading.providers,
    places: reading.places,
    service: reading.service,
    description: reading.description,
    key: `${reading.id}@${column}`,
    column,
    from: minuteOf(axis, table, Math.max(start, axis.start)),
    to: end >= axis.end ? axis.minutes : minuteOf(axis, table, end),
    lane: 0,
    lanes: 1,
    span: 1,
    slot: reading.service && palette.get(reading.service.key),
    clashes: others.map(({ id }) => id),
    overlap: others.reduce((most, other) => Math.max(most, sharedMinutes(reading, other)), 0),
    waited: state === 'waiting' && since !== undefined ? Math.max(0, Math.floor((input.now - since) / MINUTE)) : undefined,
    over: state === 'in-session' && input.now >= end + MINUTE ? Math.floor((input.now - end) / MINUTE) : undefined,
    attendees,
    before: start < bounds.start,
    after: end > bounds.end,
    allDay: isAllDay(reading, bounds),
    pending: input.pending?.has(reading.id) ?? false,
  };
}

/** Clashes are one provider's: in a column of everybody each provider's own are looked for. */
function clashesIn(provider: string, readings: readonly Reading[]): Map<Reading, Reading[]> {
  if (provider === UNASSIGNED) return new Map();
  if (provider !== EVERYBODY) return findClashes(readings);
  const own = new Map<string, Reading[]>();
  for (const reading of readings) for (const { key } of reading.providers) own.set(key, [...(own.get(key) ?? []), reading]);
  const found = new Map<Reading, Reading[]>();
  for (const list of own.values())
    for (const [reading, others] of findClashes(list)) found.set(reading, [...new Set([...(found.get(reading) ?? []), ...others])]);
  return found;
}

/** The hour that clocks skip or show twice, on an axis of the wall clock. */
function clocksOn(axis: DayAxis, table: ZoneTable): DayBlock[] {
  return clockBlocks(axis, table).map(({ kind, start, end, minutes }) => {
    const at = minuteOf(axis, table, start);
    // Clocks are at the end of what they skipped, or at the beginning of what comes again.
    return { kind, start, end, reason: undefined, from: minutes > 0 ? at - minutes : at, to: minutes > 0 ? at : at - minutes };
  });
}

function onAxis(block: Block, axis: DayAxis, table: ZoneTable): DayBlock[] {
  const from = minuteOf(axis, table, Math.max(block.start, axis.start));
  const to = block.end >= axis.end ? axis.minutes : minuteOf(axis, table, block.end);
  return to > from ? [{ ...block, from, to }] : [];
}
