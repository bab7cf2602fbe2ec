/** One diary out of two sources: the planned days around now, and the cycles of all other days. */
import type { Day } from './calendar.js';
import type { Provider } from './crew.js';
import { DAYS_AHEAD, DAYS_BACK, ownerOf, slotStarts, wishesOf } from './cycles.js';
import { personAt, type Person } from './people.js';
import type { Plan } from './plan.js';
import type { Practice } from './practice.js';
import { shareTime, type Visit } from './visit.js';

/** A patient's visits between two days, in order of time. Of two at the same hour the planned one stays, else the GP's. */
export function diaryOf(practice: Practice, plan: Plan, person: Person, from?: Day, to?: Day): Visit[] {
  const { today } = practice.calendar;
  const [first, last] = [from ?? today - DAYS_BACK, to ?? today + DAYS_AHEAD];
  const visits = (plan.byPatient.get(person.index) ?? []).filter(({ day }) => day >= first && day <= last);
  const onDay = new Map<Day, Visit[]>();
  const keep = (visit: Visit): void => {
    const list = onDay.get(visit.day);
    if (list) list.push(visit);
    else onDay.set(visit.day, [visit]);
  };
  visits.forEach(keep);
  for (const visit of wishesOf(practice, person, first, last)) {
    if (!plan.isPlanned(visit.provider, visit.day) && !onDay.get(visit.day)?.some((other) => shareTime(visit, other))) keep(visit);
  }
  return [...onDay.values()].flat().sort((a, b) => a.day - b.day || a.start - b.start);
}

/** Who comes to a provider at one of the slots of a day that isn't planned; undefined when it is free. */
export function visitInSlot(practice: Practice, plan: Plan, provider: Provider, day: Day, slotOfDay: number): Visit | undefined {
  const owner = ownerOf(practice, provider, day, slotOfDay);
  const start = slotStarts(provider)[slotOfDay];
  return owner === undefined
    ? undefined
    : diaryOf(practice, plan, personAt(practice, owner), day, day).find((visit) => visit.provider === provider && visit.start === start);
}
