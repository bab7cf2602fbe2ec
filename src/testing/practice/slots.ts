/** Slots of the next two weeks: what is booked is busy, the rest of the hours is free to book. */
import type { Resource, Slot } from '../../models/fhir/index.js';
import { isOpen, type Day } from './calendar.js';
import { concept, OWN_SERVICE } from './codes.js';
import type { Provider, Service } from './crew.js';
import { slotStarts } from './cycles.js';
import { visitInSlot } from './diary.js';
import { disciplineConcept } from './organisation.js';
import { scheduleReference } from './providers.js';
import type { Plan } from './plan.js';
import type { Practice } from './practice.js';
import { shareTime, takesTime, type Session, type Visit } from './visit.js';

/** Days from today on for which slots are published. */
const HORIZON = 14;

export function slotId(provider: Provider, date: string, start: number): string {
  return `slot-${date.replaceAll('-', '')}-${String(start).padStart(4, '0')}-${provider.number}`;
}

/** Whether a visit has a slot of its own: it takes time within the horizon and is not the second of a double booking. */
export function hasSlot(practice: Practice, plan: Plan, visit: Visit): boolean {
  const { today } = practice.calendar;
  return (
    visit.day >= today && visit.day < today + HORIZON && visit.session === undefined && takesTime(visit.state) && !isSecond(plan, visit)
  );
}

function isSecond(plan: Plan, visit: Visit): boolean {
  return plan.visits.some(
    (other) =>
      other.provider === visit.provider &&
      other.day === visit.day &&
      other.session === undefined &&
      other.start < visit.start &&
      other.start + other.minutes > visit.start &&
      takesTime(other.state),
  );
}

type Stretch = Pick<Session, 'start' | 'minutes'> & { service: Service; status: NonNullable<Slot['status']> };

function slot(practice: Practice, provider: Provider, day: Day, { start, minutes, service, status }: Stretch): Slot {
  const { calendar } = practice;
  return {
    resourceType: 'Slot',
    id: slotId(provider, calendar.date(day), start),
    serviceType: [concept(OWN_SERVICE, service.id, service.name)],
    specialty: [disciplineConcept(provider.discipline)],
    schedule: scheduleReference(provider),
    status,
    start: calendar.iso(day, start),
    end: calendar.iso(day, start + minutes),
  };
}

/** What takes the provider's time that day: visits and groups. */
function takenOf(practice: Practice, plan: Plan, provider: Provider, day: Day): readonly Visit[] {
  const visits = plan.isPlanned(provider, day)
    ? plan.visits.filter((visit) => visit.provider === provider && visit.day === day && visit.session === undefined)
    : slotStarts(provider).flatMap((_, i) => visitInSlot(practice, plan, provider, day, i) ?? []);
  return visits.filter(({ state }) => takesTime(state));
}

/** What is left of the hours, in pieces as long as an ordinary visit. */
function freeOf({ hours, usual }: Provider, taken: readonly Pick<Visit, 'start' | 'minutes'>[]): Stretch[] {
  const free: Stretch[] = [];
  const halves = [[hours.from, hours.breakFrom], [hours.breakTo, hours.to]] as const; // prettier-ignore
  for (const [from, to] of halves) {
    for (let start = from; start + usual.minutes <= to;) {
      const piece: Stretch = { start, minutes: usual.minutes, service: usual, status: 'free' };
      const block = taken.find((other) => shareTime(piece, other));
      if (!block) free.push(piece);
      start = block ? Math.ceil((block.start + block.minutes) / 5) * 5 : start + usual.minutes;
    }
  }
  return free;
}

export function* slots(practice: Practice, plan: Plan): Generator<Resource> {
  const { today } = practice.calendar;
  for (const provider of practice.providers) {
    for (let day = today; day < today + HORIZON; day++) {
      if (!isOpen(day)) continue;
      const visits = takenOf(practice, plan, provider, day);
      const sessions = plan.sessions.filter((session) => session.provider === provider && session.day === day);
      const busy = [
        ...visits
          .filter((visit) => hasSlot(practice, plan, visit))
          .map((visit): Stretch => ({ ...visit, status: visit.state === 'held' ? 'busy-tentative' : 'busy' })),
        ...sessions.map((session): Stretch => ({ ...session, status: 'busy' })),
      ];
      for (const stretch of [...busy, ...freeOf(provider, [...visits, ...sessions])].sort((a, b) => a.start - b.start))
        yield slot(practice, provider, day, stretch);
    }
  }
}
