/** Slots of the next two weeks: what is booked is busy, the rest of the hours is free to book. */
import type { Resource, Slot } from '../../models/fhir/index.js';
import { isOpen, type Day } from './calendar.js';
import { concept, OWN_SERVICE } from './codes.js';
import type { Provider, Service } from './crew.js';
import { slotStarts, visitInSlot } from './cycles.js';
import { disciplineConcept, scheduleReference } from './organisation.js';
import type { Plan } from './plan.js';
import type { Practice } from './practice.js';
import { takesTime, type Session, type Visit } from './visit.js';

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

function busyOf(practice: Practice, plan: Plan, provider: Provider, day: Day): Stretch[] {
  const planned = plan.isPlanned(provider, day);
  const visits = planned
    ? plan.visits.filter((visit) => visit.provider === provider && visit.day === day && hasSlot(practice, plan, visit))
    : slotStarts(provider).flatMap((_, i) => visitInSlot(practice, provider, day, i) ?? []).filter((visit) => takesTime(visit.state)); // prettier-ignore
  const sessions = plan.sessions.filter((session) => session.provider === provider && session.day === day);
  const held = visits.map((visit): Stretch => ({ ...visit, status: visit.state === 'held' ? 'busy-tentative' : 'busy' }));
  return [...held, ...sessions.map((session): Stretch => ({ ...session, status: 'busy' }))].sort((a, b) => a.start - b.start);
}

/** What is left of the hours, in pieces as long as an ordinary visit. */
function freeOf(provider: Provider, busy: readonly Stretch[]): Stretch[] {
  const { hours, usual } = provider;
  const free: Stretch[] = [];
  for (const [from, to] of [
    [hours.from, hours.breakFrom],
    [hours.breakTo, hours.to],
  ] as const) {
    // prettier-ignore
    for (let start = from; start + usual.minutes <= to; ) {
      const block = busy.find((other) => other.start < start + usual.minutes && other.start + other.minutes > start);
      if (!block) free.push({ start, minutes: usual.minutes, service: usual, status: 'free' });
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
      const busy = busyOf(practice, plan, provider, day);
      for (const stretch of [...busy, ...freeOf(provider, busy)]) yield slot(practice, provider, day, stretch);
    }
  }
}
