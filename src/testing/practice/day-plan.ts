/** One planned day: who comes to each of the five, in which state, with a double booking and a group on the full day. */
import type { Day } from './calendar.js';
import { ROOMS, SERVICES, VIDEO, type Provider, type Service } from './crew.js';
import { disciplinesOf } from './cycles.js';
import { yearsOld, type Person } from './people.js';
import type { Practice } from './practice.js';
import { Random } from './random.js';
import { shareTime, visitId, type Session, type Visit, type VisitState } from './visit.js';

/** The providers whose days are planned: the first five. */
export const CREW_SIZE = 5;
/** Visits of each of the five on the full day; about half as many on the others. */
const FULL: readonly number[] = [5, 6, 7, 4, 6];

/** A visit whose patient has not been found yet. */
interface Gap {
  provider: Provider;
  service: Service;
  day: Day;
  start: number;
}

function isInHours({ hours }: Provider, start: number, minutes: number): boolean {
  return (start >= hours.from && start + minutes <= hours.breakFrom) || (start >= hours.breakTo && start + minutes <= hours.to);
}

export class DayPlan {
  readonly visits: Visit[] = [];
  readonly sessions: Session[] = [];
  readonly #practice: Practice;
  readonly #day: Day;
  readonly #rng: Random;
  readonly #queue: Person[];
  /** The two of the double booking stay as they are. */
  readonly #clashing = new Set<Visit>();
  /** Minutes taken, by patient. */
  readonly #taken = new Map<number, [number, number][]>();

  constructor(practice: Practice, day: Day, cast: readonly Person[], isFull: boolean) {
    this.#practice = practice;
    this.#day = day;
    this.#rng = new Random(practice.seed, 0x706c616e, day);
    this.#queue = [
      ...this.#rng.shuffle(cast.filter(({ index }) => index < 30)),
      ...this.#rng.shuffle(cast.filter(({ index }) => index >= 30)),
    ];
    const crew = practice.providers.slice(0, CREW_SIZE);
    const gaps = crew.map((provider, i) => this.#gaps(provider, isFull ? (FULL[i] ?? 5) : this.#rng.int(2, 4), isFull && i === 0));
    // One from each in turn, so that nobody is left with the patients that no other could see.
    for (let turn = 0; turn < 12; turn++) for (const list of gaps) this.#book(list[turn]);
    if (isFull) {
      this.#clash();
      this.#group(crew[0]);
      this.#marks();
    }
  }

  /** Times of one provider's visits, in an order of chance. */
  #gaps(provider: Provider, wanted: number, keepEndFree: boolean): Gap[] {
    const { hours } = provider;
    const end = keepEndFree ? hours.to - SERVICES.group.minutes : hours.to;
    const all = [...this.#fill(provider, hours.from, hours.breakFrom), ...this.#fill(provider, hours.breakTo, end)];
    const { today, minuteNow } = this.#practice.calendar;
    const mustStay = (gap: Gap): boolean =>
      this.#day === today && gap.start <= minuteNow + 20 && gap.start + gap.service.minutes > minuteNow - 10;
    return [...all.filter(mustStay), ...this.#rng.shuffle(all.filter((gap) => !mustStay(gap)))].slice(0, wanted);
  }

  /** Fills a stretch of hours, around a visit that goes on now where it can. */
  #fill(provider: Provider, from: number, to: number): Gap[] {
    const { today, minuteNow } = this.#practice.calendar;
    const now = Math.floor(minuteNow / 5) * 5;
    const first = this.#gap(provider, 0);
    const begun = now - this.#rng.int(1, Math.max(1, Math.floor(first.service.minutes / 5) - 1)) * 5;
    if (this.#day !== today || begun < from || begun + first.service.minutes > to || this.#rng.chance(0.15))
      return this.#forward(provider, from, to);
    const before: Gap[] = [];
    for (let end = begun; ;) {
      const gap = this.#gap(provider, 0);
      const start = end - gap.service.minutes - this.#rng.pick([0, 0, 10, 15]);
      if (start < from) break;
      before.unshift({ ...gap, start });
      end = start;
    }
    return [...before, { ...first, start: begun }, ...this.#forward(provider, begun + first.service.minutes, to)];
  }

  #forward(provider: Provider, from: number, to: number): Gap[] {
    const gaps: Gap[] = [];
    for (let start = from; ;) {
      const wanted = this.#gap(provider, start, start === provider.hours.breakTo);
      const gap = start + wanted.service.minutes <= to ? wanted : { ...wanted, service: provider.usual };
      if (start + gap.service.minutes > to) return gaps;
      gaps.push(gap);
      start = Math.ceil((start + gap.service.minutes) / 5) * 5 + this.#rng.pick([0, 0, 5, 10, 15]);
    }
  }

  /** First visits and assessments are put after the break when they can be. */
  #gap(provider: Provider, start: number, afterBreak = false): Gap {
    return { provider, service: this.#rng.chance(afterBreak ? 0.6 : 0.15) ? provider.first : provider.usual, day: this.#day, start };
  }

  #isFree(person: Person, start: number, end: number): boolean {
    return (this.#taken.get(person.index) ?? []).every(([from, to]) => end <= from || start >= to);
  }

  /** The next person who sees this provider and has no visit that day; else anybody who is free then and old enough. */
  #next(provider: Provider, start: number, end: number): Person | undefined {
    const { today } = this.#practice.calendar;
    const suits = (person: Person): boolean => provider.discipline === 'gp' || yearsOld(person, today) >= 8;
    const own = (person: Person): boolean =>
      disciplinesOf(this.#practice, person).includes(provider.discipline) &&
      this.#practice.providerFor(person.index, provider.discipline) === provider;
    const fresh = this.#queue.filter((person) => !this.#taken.has(person.index) && suits(person) && person.born <= this.#day - 1);
    // A GP takes those first whom nobody else may see.
    const first = provider.discipline === 'gp' ? fresh.find((person) => disciplinesOf(this.#practice, person).length === 1) : undefined;
    if (first ?? fresh[0]) return first ?? fresh.find(own) ?? fresh[0];
    // Nobody is left: somebody comes twice, those with the fewest visits first, and never to two rooms within the hour.
    const visits = (person: Person): number => this.#taken.get(person.index)?.length ?? 0;
    return this.#queue
      .filter((person) => suits(person) && person.born <= this.#day - 1 && this.#isFree(person, start - 60, end + 60))
      .sort((a, b) => visits(a) - visits(b))[0];
  }

  #book(gap: Gap | undefined, state?: VisitState): Visit | undefined {
    if (!gap) return undefined;
    const { provider, service, start } = gap;
    const end = start + service.minutes;
    const person = this.#next(provider, start, end);
    if (!person) return undefined;
    this.#taken.set(person.index, [...(this.#taken.get(person.index) ?? []), [start, end]]);
    const video = provider.video || (provider.discipline === 'psychology' && this.#rng.chance(0.2));
    const visit: Visit = {
      id: visitId(provider, this.#practice.calendar.date(this.#day), start),
      patient: person.index,
      provider,
      service,
      day: this.#day,
      start,
      minutes: service.minutes,
      state: state ?? this.#state(start, end),
      video,
      room: video ? VIDEO : provider.room,
    };
    this.visits.push(visit);
    return visit;
  }

  #state(start: number, end: number): VisitState {
    const { calendar } = this.#practice;
    const now = calendar.minuteNow;
    if (this.#day < calendar.today || (this.#day === calendar.today && end <= now)) {
      const chance = this.#rng.next();
      if (this.#day < calendar.today && chance < 0.06) return 'noshow';
      return this.#day < calendar.today && chance < 0.12 ? 'cancelled-patient' : 'fulfilled';
    }
    if (this.#day === calendar.today && start <= now) return now - start < 8 && this.#rng.chance(0.4) ? 'checked-in' : 'in-session';
    if (this.#day === calendar.today && start <= now + 15) return this.#rng.pick(['arrived', 'checked-in', 'confirmed']);
    return this.#rng.chance(0.72) ? 'confirmed' : 'unconfirmed';
  }

  /** One double booking: a visit put in beside another that has not begun, by somebody who did not look. */
  #clash(): void {
    const { calendar } = this.#practice;
    const soonest = this.#day > calendar.today ? 0 : calendar.minuteNow + 30;
    for (const other of this.visits.filter(({ state, start }) => (state === 'confirmed' || state === 'unconfirmed') && start > soonest)) {
      const { provider } = other;
      const beside = { provider, service: provider.usual, day: this.#day, start: other.start + Math.ceil(other.minutes / 10) * 5 };
      const time = { start: beside.start, minutes: provider.usual.minutes };
      // It overlaps one visit, not the next one too.
      const touches = this.visits.filter((visit) => visit.provider === provider && shareTime(visit, time));
      const added = touches.length === 1 && isInHours(provider, time.start, time.minutes) ? this.#book(beside, 'unconfirmed') : undefined;
      if (!added) continue;
      this.#clashing.add(other).add(added);
      return;
    }
  }

  #group(provider: Provider | undefined): void {
    if (!provider) return;
    const service = SERVICES.group;
    const start = provider.hours.to - service.minutes;
    const end = provider.hours.to;
    const { today } = this.#practice.calendar;
    const able = this.#queue.filter(
      (person) => yearsOld(person, today) >= 18 && yearsOld(person, today) < 80 && this.#isFree(person, start, end),
    );
    const room = ROOMS.find(({ id }) => id === 'group-room') ?? provider.room;
    const id = `session-${this.#practice.calendar.date(this.#day).replaceAll('-', '')}`;
    const attendees = able.slice(0, 6);
    if (attendees.length < 2) return;
    this.sessions.push({
      id,
      provider,
      service,
      day: this.#day,
      start,
      minutes: service.minutes,
      room,
      attendees: attendees.map(({ index }) => index),
    });
    for (const { index } of attendees) {
      // What one person is told of the session names nobody else who comes.
      const state = this.#state(start, end);
      this.visits.push({
        id: `${id}-${index + 1}`,
        patient: index,
        provider,
        service,
        day: this.#day,
        start,
        minutes: service.minutes,
        state,
        video: false,
        room,
        session: id,
      });
      this.#taken.set(index, [...(this.#taken.get(index) ?? []), [start, end]]);
    }
  }

  /** Of the past one that nobody came to and one cancelled; of the coming one held, one asked for, one cancelled by the practice. */
  #marks(): void {
    const { calendar } = this.#practice;
    const single = this.visits.filter((visit) => visit.session === undefined && !this.#clashing.has(visit));
    const past = this.#rng.shuffle(single.filter(({ state }) => state === 'fulfilled'));
    const coming = this.#rng.shuffle(
      single.filter(
        ({ state, start }) =>
          (state === 'confirmed' || state === 'unconfirmed') && (this.#day > calendar.today || start > calendar.minuteNow + 45),
      ),
    );
    const mark = (visit: Visit | undefined, state: VisitState): void => {
      if (visit) visit.state = state;
    };
    mark(past[0], 'noshow');
    mark(past[1] ?? coming.at(-1), 'cancelled-patient');
    if (coming.length < 6) return;
    mark(coming[0], 'held');
    mark(coming[1], 'pending');
    // Somebody goes over time: still in the room though the visit has ended.
    const over = single.find(
      ({ provider, start, minutes, state }) =>
        state === 'fulfilled' &&
        calendar.minuteNow - start - minutes < 12 &&
        !single.some((other) => other.provider === provider && other.state === 'in-session'),
    );
    mark(over, 'in-session');
  }
}
