/** The views of a schedule, and which days each of them shows. */
import { addDays, DAY, dateOfWall, wallOfDate } from './zone.js';

export const SCHEDULE_VIEWS = ['day', 'work-week', 'week', 'month', 'agenda'] as const;
export type ScheduleView = (typeof SCHEDULE_VIEWS)[number];

export function isScheduleView(text: string): text is ScheduleView {
  return (SCHEDULE_VIEWS as readonly string[]).includes(text);
}

/** How a week runs where a language is spoken. Days count from 1, Monday, to 7. */
export interface WeekRules {
  firstDay: number;
  weekend: readonly number[];
}

/** ISO 8601: for engines that do not know the weeks of languages. */
const ISO_WEEK: WeekRules = { firstDay: 1, weekend: [6, 7] };

/** The week of a language (`en-US` begins on Sunday, `ar-EG` on Saturday), by Intl where it knows. */
export function weekRules(locale: string): WeekRules {
  try {
    const known = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?: () => WeekRules; weekInfo?: WeekRules };
    return known.getWeekInfo?.() ?? known.weekInfo ?? ISO_WEEK;
  } catch {
    return ISO_WEEK;
  }
}

/** 1, Monday, to 7. */
export function weekdayOf(date: string): number {
  return new Date(wallOfDate(date) ?? 0).getUTCDay() || 7;
}

export interface ViewRange {
  /** First day shown. */
  first: string;
  days: number;
}

/** The days that a view shows around a date. An agenda is seven days from the date on; a month is whole weeks. */
export function viewRange(view: ScheduleView, date: string, { firstDay, weekend }: WeekRules): ViewRange {
  switch (view) {
    case 'day':
      return { first: date, days: 1 };
    case 'agenda':
      return { first: date, days: 7 };
    case 'week':
      return { first: weekStart(date, firstDay), days: 7 };
    case 'work-week': {
      // The days between two weekends; a date in a weekend belongs to the week before it, as its evening does.
      const start = weekStart(date, ((weekend.at(-1) ?? 7) % 7) + 1);
      return { first: start, days: 7 - weekend.length };
    }
    case 'month': {
      const month = `${date.slice(0, 8)}01`;
      const first = weekStart(month, firstDay);
      const last = addDays(monthAfter(month), -1);
      const days = ((wallOfDate(last) ?? 0) - (wallOfDate(first) ?? 0)) / DAY + 1;
      return { first, days: Math.ceil(days / 7) * 7 };
    }
  }
}

function weekStart(date: string, firstDay: number): string {
  return addDays(date, -((weekdayOf(date) - firstDay + 7) % 7));
}

function monthAfter(first: string, months = 1): string {
  const wall = new Date(wallOfDate(first) ?? 0);
  return dateOfWall(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() + months, 1));
}

/** The date after a step back or on: a day, a week, or a month (its first day, where the day itself is not in it). */
export function stepView(view: ScheduleView, date: string, by: 1 | -1): string {
  if (view === 'day') return addDays(date, by);
  if (view !== 'month') return addDays(date, 7 * by);
  const first = monthAfter(`${date.slice(0, 8)}01`, by);
  const same = addDays(first, Number(date.slice(8)) - 1);
  return same.slice(0, 7) === first.slice(0, 7) ? same : first;
}
