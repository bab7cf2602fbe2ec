/**
 * What would follow if an appointment were moved somewhere on the day: the lines of the move card, in order of weight. Everything is
 * judged by the day that is loaded; where that is incomplete, it is said that the check could not be whole.
 */
import { overlaps } from './booking/calendar.js';
import { clash, sharedMinutes } from './clash.js';
import { EVERYBODY, providerKey, UNASSIGNED, type DayColumn, type DayItem, type DayView } from './day-view.js';
import type { Span } from './hours.js';
import { takesTime } from './status.js';
import { resolveWall, wallAt, type WallKind } from './zone.js';

/** `stop` cannot be dropped; `warn` may be, after a look; `note` is worth knowing; `not-run` was not checked; `ok` passed. */
export const CHECK_LEVELS = ['stop', 'warn', 'not-run', 'note', 'ok'] as const;
export type CheckLevel = (typeof CHECK_LEVELS)[number];

export type MoveCheck =
  | { code: 'same-place'; level: 'note' }
  | { code: 'no-provider'; level: 'stop' }
  | { code: 'overlaps'; level: 'warn'; others: readonly DayItem[]; minutes: number }
  | { code: 'patient-elsewhere'; level: 'warn'; other: DayItem }
  | { code: 'room-taken'; level: 'warn'; room: string | undefined; other: DayItem }
  | { code: 'outside-hours' | 'past'; level: 'warn' }
  | { code: 'not-working'; level: 'warn' }
  | { code: 'closed'; level: 'warn'; reason: string | undefined }
  | { code: 'break'; level: 'warn'; reason: string | undefined }
  | { code: 'clock-change'; level: 'warn'; kind: Exclude<WallKind, 'once'> }
  | { code: 'incomplete-day' | 'hours-unknown'; level: 'not-run' }
  | { code: 'past-day-end'; level: 'note' }
  /** Nothing else until then; undefined: for the rest of the day. */
  | { code: 'free'; level: 'ok'; until: number | undefined };

export interface CheckOptions {
  now: number;
  /** False: rows of the day may be missing. */
  complete: boolean;
}

/** Whether a start that was picked by the wall clock lies in an hour that is shown twice; skipped ones cannot be picked on the axis. */
function clockChange(view: DayView, start: number): MoveCheck[] {
  const { kind } = resolveWall(view.table, wallAt(view.table, start));
  return kind === 'once' ? [] : [{ code: 'clock-change', level: 'warn', kind }];
}

function hoursChecks(column: DayColumn, span: Span): MoveCheck[] {
  if (!column.working) return [{ code: 'hours-unknown', level: 'not-run' }];
  if (column.working.length === 0) return [{ code: 'not-working', level: 'warn' }];
  const inside = column.working.some(({ start, end }) => start <= span.start && end >= span.end);
  const hit = column.blocks.filter((block) => overlaps(block, span));
  const pause = hit.find(({ kind }) => kind === 'break');
  const isOff = !inside && (hit.some(({ kind }) => kind === 'off') || !pause);
  return [
    ...(isOff ? [{ code: 'outside-hours', level: 'warn' } as const] : []),
    ...(pause ? [{ code: 'break', level: 'warn', reason: pause.reason } as const] : []),
  ];
}

/** Others on the day, each appointment once. */
function others(view: DayView, item: DayItem): DayItem[] {
  const found = new Map<string, DayItem>();
  for (const column of view.columns)
    for (const other of [...column.items, ...column.allDay]) if (other.id !== item.id && takesTime(other.state)) found.set(other.id, other);
  return [...found.values()];
}

/** The checks of moving `item` to a start in a column, gravest first. */
export function checkMove(
  view: DayView,
  item: DayItem,
  target: { start: number; column: string },
  { now, complete }: CheckOptions,
): MoveCheck[] {
  const column = view.columns.find(({ key }) => key === target.column);
  const span = { start: target.start, end: target.start + (item.end - item.start) };
  const isSame = target.start === item.start && target.column === item.column;
  if (isSame) return [{ code: 'same-place', level: 'note' }];
  if (
    !column ||
    (providerKey(column.key) === UNASSIGNED && providerKey(item.column) !== UNASSIGNED) ||
    (column.provider && column.provider.reference === undefined && providerKey(column.key) !== providerKey(item.column))
  ) {
    return [{ code: 'no-provider', level: 'stop' }];
  }
  // A request takes no time yet; where it is put, it would.
  const moved = { ...item, ...span, state: takesTime(item.state) ? item.state : ('not-confirmed' as const) };
  const of = providerKey(column.key);
  const shares = (other: DayItem): boolean =>
    of !== EVERYBODY || other.providers.some(({ key }) => item.providers.some((provider) => provider.key === key));
  const rivals = of === UNASSIGNED ? [] : [...column.items, ...column.allDay].filter((other) => shares(other) && clash(moved, other));
  const elsewhere = others(view, item).filter((other) => overlaps(other, span) && !rivals.some(({ id }) => id === other.id));
  const patient = elsewhere.find((other) =>
    other.patients.some(({ reference }) => reference !== undefined && item.patients.some((label) => label.reference === reference)),
  );
  const room = elsewhere.find((other) =>
    other.places.some(({ key }) => key !== undefined && item.places.some((place) => place.key === key)),
  );
  const closed = column.blocks.find((block) => block.kind === 'closed' && overlaps(block, span));
  const checks: MoveCheck[] = [
    ...(rivals.length > 0
      ? [
          {
            code: 'overlaps',
            level: 'warn',
            others: rivals,
            minutes: Math.max(...rivals.map((other) => sharedMinutes(span, other))),
          } as const,
        ]
      : []),
    ...(patient ? [{ code: 'patient-elsewhere', level: 'warn', other: patient } as const] : []),
    ...(room
      ? [
          {
            code: 'room-taken',
            level: 'warn',
            other: room,
            room: item.places.find(({ key }) => room.places.some((place) => place.key === key))?.name,
          } as const,
        ]
      : []),
    ...(closed ? [{ code: 'closed', level: 'warn', reason: closed.reason } as const] : []),
    ...(of === UNASSIGNED || of === EVERYBODY ? [] : hoursChecks(column, span)),
    ...(span.start < now ? [{ code: 'past', level: 'warn' } as const] : []),
    ...clockChange(view, span.start),
    ...(complete ? [] : [{ code: 'incomplete-day', level: 'not-run' } as const]),
    ...(span.end > view.bounds.end ? [{ code: 'past-day-end', level: 'note' } as const] : []),
  ];
  if (rivals.length === 0 && of !== UNASSIGNED && of !== EVERYBODY && complete)
    checks.push({ code: 'free', level: 'ok', until: freeUntil(column, item, span) });
  return checks.sort((a, b) => CHECK_LEVELS.indexOf(a.level) - CHECK_LEVELS.indexOf(b.level));
}

/** When the provider's next appointment, break or end of hours comes; undefined where nothing is known to come. */
function freeUntil(column: DayColumn, item: DayItem, span: Span): number | undefined {
  const next = [...column.items.filter((other) => other.id !== item.id && takesTime(other.state)), ...column.blocks]
    .map(({ start }) => start)
    .filter((start) => start >= span.end);
  return next.length === 0 ? undefined : Math.min(...next);
}
