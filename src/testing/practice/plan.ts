/**
 * The days around now, planned so that a page opens on a full clinic: the five providers' visits of today (or, on a closed day,
 * of the next open one) and of the five open days before and after. Lunch is left free.
 */
import { isOpen, nextOpenDay, type Day } from './calendar.js';
import type { Provider } from './crew.js';
import { CREW_SIZE, DayPlan } from './day-plan.js';
import { personAt, type Person } from './people.js';
import type { Practice } from './practice.js';
import type { Session, Visit, VisitState } from './visit.js';

const DAYS_EACH_SIDE = 5;

export interface Plan {
  visits: readonly Visit[];
  sessions: readonly Session[];
  byPatient: ReadonlyMap<number, readonly Visit[]>;
  /** Visits that were booked twice by mistake. */
  duplicated: ReadonlySet<Visit>;
  isPlanned(provider: Provider, day: Day): boolean;
}

export function planOf(practice: Practice): Plan {
  const { today } = practice.calendar;
  const full = isOpen(today) ? today : nextOpenDay(today);
  const days: Day[] = [full];
  for (let i = 0, before = full, after = full; i < DAYS_EACH_SIDE; i++) {
    before = nextOpenDay(before, -1);
    after = nextOpenDay(after);
    days.push(before, after);
  }
  const cast = castOf(practice);
  const plans = days.map((day) => new DayPlan(practice, day, cast, day === full));
  const visits = plans.flatMap((plan) => plan.visits);
  completeStates(visits, full);
  const duplicated = new Set(
    visits.filter(({ day, state, session }) => day > full && state === 'confirmed' && session === undefined).slice(0, 2),
  );
  const byPatient = new Map<number, Visit[]>();
  for (const visit of visits) byPatient.set(visit.patient, [...(byPatient.get(visit.patient) ?? []), visit]);
  const planned = new Set(days);
  return {
    visits,
    sessions: plans.flatMap((plan) => plan.sessions),
    byPatient,
    duplicated,
    isPlanned: (provider, day) => provider.number < CREW_SIZE && planned.has(day),
  };
}

/**
 * Sees to it that every state is found whatever the time of day: before opening and after closing, somebody was left as arrived the
 * day before, and what is held or asked for is on the next day.
 */
function completeStates(visits: readonly Visit[], full: Day): void {
  const single = visits.filter(({ session }) => session === undefined);
  const done = single.filter(({ day, state }) => day < full && state === 'fulfilled').sort((a, b) => b.day - a.day);
  const coming = single.filter(({ day, state }) => day > full && state === 'unconfirmed').sort((a, b) => a.day - b.day);
  const has = (...states: readonly VisitState[]): boolean => single.some(({ state }) => states.includes(state));
  const give = (state: VisitState, to: Visit | undefined): void => {
    if (to && !has(state)) to.state = state;
  };
  give('checked-in', single.find(({ day, state }) => day === full && state === 'arrived') ?? done[0]);
  if (!has('arrived', 'in-session')) give('arrived', done[1]);
  give('held', coming[0]);
  give('pending', coming[1]);
}

/** The people who may be booked: the cast first, thirty more where there are. */
function castOf(practice: Practice): readonly Person[] {
  const size = Math.min(practice.patients, 60);
  return Array.from({ length: size }, (_, index) => personAt(practice, index)).filter((person) => person.living);
}
