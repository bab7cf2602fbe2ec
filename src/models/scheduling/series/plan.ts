/** The preview of a series before it is written: each occurrence with what stands in its way, and what would be booked instead. */
import type { Explanation } from '../booking/explain.js';
import { expandRule } from '../recurrence/expand.js';
import { createZoneTable, DAY, dateOfWall, MINUTE, offsetIn, resolveWall, wallOfDate, type WallKind } from '../zone.js';
import { ruleOfTemplate, type SeriesTemplate } from './template.js';

export interface Occurrence {
  /** Place in the series, from 1. Days that are left out keep theirs, so a number means the same before and after. */
  readonly number: number;
  /** On the clinic's wall. */
  readonly date: string;
  readonly wall: number;
  readonly start: number;
  /** `skipped`: clocks never show that time, it is moved on by the gap; `twice`: it is the first of the two. */
  readonly clock: WallKind;
  /** Milliseconds that UTC is further away than at the first occurrence: what people in other zones will notice. */
  readonly shift: number;
  readonly excluded: boolean;
}

/** A series may not be longer than this many occurrences: a year of working days, generously. */
export const MOST_IN_SERIES = 366;

/** @param start the first occurrence's wall time in the template's zone */
export function occurrencesOf(template: SeriesTemplate, start: number): Occurrence[] {
  const excluded = new Set(template.excluded);
  const last = template.last === undefined ? undefined : wallOfDate(template.last);
  const walls: number[] = [];
  for (const wall of expandRule(ruleOfTemplate(template), start, { until: last === undefined ? Infinity : last + DAY - 1 })) {
    walls.push(wall);
    if (walls.length >= MOST_IN_SERIES) break;
  }
  if (walls.length === 0) return [];
  const table = createZoneTable(template.zone, walls[0]! - DAY, walls.at(-1)! + DAY);
  const offset = offsetIn(table, resolveWall(table, walls[0]!).instant);
  return walls.map((wall, i) => {
    const { instant, kind } = resolveWall(table, wall);
    const date = dateOfWall(wall);
    return {
      number: i + 1,
      date,
      wall,
      start: instant,
      clock: kind,
      shift: offsetIn(table, instant) - offset,
      excluded: excluded.has(date),
    };
  });
}

export type PlanProblem =
  | { readonly code: 'refused'; readonly explanation: Explanation }
  | { readonly code: 'holiday'; readonly name: string | undefined }
  | { readonly code: 'funding-used'; readonly of: number }
  /** Two occurrences of the series itself overlap. */
  | { readonly code: 'overlaps-itself' };

export interface PlanRow extends Occurrence {
  readonly end: number;
  readonly problems: readonly PlanProblem[];
  /** `book`: as it is; `warn`: after a look; `instead`: at {@link PlanRow.instead}; `leave-out`: nothing is booked. */
  readonly action: 'book' | 'warn' | 'instead' | 'leave-out';
  readonly instead: number | undefined;
}

export interface PlanOptions {
  readonly minutes: number;
  readonly explain: (start: number) => Explanation;
  /** The name of a public holiday; null where the day is one without a name; undefined where it is none. */
  readonly holiday?: ((date: string) => string | null | undefined) | undefined;
  /** Sessions that the funding still pays for; undefined: not limited, or not known. */
  readonly funded?: number | undefined;
  /** What to book instead of a start that is refused: the nearest free one, say. */
  readonly alternative?: ((occurrence: Occurrence, taken: readonly number[]) => number | undefined) | undefined;
}

/**
 * Each occurrence with its problems and what would be booked. Nothing is booked on a holiday or beyond what is funded unless a
 * person chooses to; a refused start gets the alternative, where there is one.
 */
export function planSeries(template: SeriesTemplate, start: number, options: PlanOptions): PlanRow[] {
  const { minutes, explain, holiday, funded = Infinity, alternative } = options;
  const booked: number[] = [];
  const clashes = (at: number): boolean => booked.some((other) => Math.abs(other - at) < minutes * MINUTE);
  return occurrencesOf(template, start).map((occurrence): PlanRow => {
    const row = (action: PlanRow['action'], problems: readonly PlanProblem[], instead?: number): PlanRow => {
      if (action !== 'leave-out') booked.push(instead ?? occurrence.start);
      return { ...occurrence, end: occurrence.start + minutes * MINUTE, action, problems, instead };
    };
    if (occurrence.excluded) return row('leave-out', []);
    const name = holiday?.(occurrence.date);
    const explanation = explain(occurrence.start);
    const problems: PlanProblem[] = [
      ...(booked.length >= funded ? [{ code: 'funding-used', of: funded } as const] : []),
      ...(name === undefined ? [] : [{ code: 'holiday', name: name ?? undefined } as const]),
      ...(explanation.refusals.length > 0 ? [{ code: 'refused', explanation } as const] : []),
      ...(clashes(occurrence.start) ? [{ code: 'overlaps-itself' } as const] : []),
    ];
    if (booked.length >= funded) return row('leave-out', problems);
    const isStopped = name !== undefined || explanation.level === 'stop' || clashes(occurrence.start);
    if (!isStopped) return row(problems.length > 0 || occurrence.clock !== 'once' ? 'warn' : 'book', problems);
    const instead = alternative?.(occurrence, booked);
    return instead === undefined || clashes(instead) ? row('leave-out', problems) : row('instead', problems, instead);
  });
}
