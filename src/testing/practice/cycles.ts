/**
 * Visits of the years behind and the weeks ahead, for any number of patients without a list of them all.
 *
 * A provider's working days are dealt into cycles with at least as many slots as the provider has patients. In each cycle every
 * patient is given one slot, by a permutation of the slots that belongs to the provider and the cycle; whether the visit takes
 * place is decided by chance that belongs to the patient. So no slot is given twice, and both questions (when does this patient
 * come, who comes at this time) are answered without looking at anybody else.
 */
import { dayOfWeekdayNumber, isOpen, weekdayNumber, type Day } from './calendar.js';
import { SHARE, type Discipline, type Provider } from './crew.js';
import { yearsOld, type Person } from './people.js';
import type { Practice } from './practice.js';
import { mix, share } from './random.js';
import { visitId, type Visit, type VisitState } from './visit.js';

/** How far the diary reaches. */
export const DAYS_BACK = 1095;
export const DAYS_AHEAD = 28;

const DISCIPLINES: readonly Discipline[] = ['gp', 'psychology', 'physiotherapy'];
const NUMBER: Record<Discipline, number> = { gp: 11, psychology: 12, physiotherapy: 13 };
/** Minutes that an ordinary slot takes, with the time to write it up. */
const STEP: Record<Discipline, number> = { gp: 30, psychology: 60, physiotherapy: 45 };

/** Starts of a provider's slots on any working day. */
export function slotStarts({ hours, discipline }: Provider): readonly number[] {
  const step = STEP[discipline];
  const starts: number[] = [];
  for (const [from, to] of [[hours.from, hours.breakFrom], [hours.breakTo, hours.to]] as const) for (let at = from; at + step <= to; at += step) starts.push(at); // prettier-ignore
  return starts;
}

/** The days of one cycle: weekdays, holidays among them. */
interface Cycle {
  /** Weekdays in it. */
  days: number;
  slots: number;
}

function cycleOf(practice: Practice, provider: Provider): Cycle {
  const perDay = slotStarts(provider).length;
  const panel = Math.ceil(practice.patients / practice.providersOf(provider.discipline).length);
  // A tenth of the slots is left over, so that there is always one to offer.
  const days = Math.max(10, Math.ceil(panel / (perDay * 0.9)));
  return { days, slots: days * perDay };
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

/** slot = (factor * rank + shift) modulo slots, with a factor that has an inverse. */
function permutation(practice: Practice, provider: Provider, cycle: number, slots: number): { factor: number; shift: number } {
  const hash = mix(practice.seed, 0x6379636c, provider.number, cycle);
  let factor = (hash % slots) | 1;
  while (gcd(factor, slots) !== 1) factor += 2;
  return { factor, shift: (hash >>> 8) % slots };
}

/** The number x for which factor * x is 1 modulo `modulus` (extended Euclid). */
function inverse(factor: number, modulus: number): number {
  let [a, b, x, y] = [factor % modulus, modulus, 1, 0];
  while (b !== 0) {
    const quotient = Math.floor(a / b);
    [a, b] = [b, a - quotient * b];
    [x, y] = [y, x - quotient * y];
  }
  return ((x % modulus) + modulus) % modulus;
}

/** The disciplines that a patient sees. Everybody has a GP; small children see nobody else. */
export function disciplinesOf(practice: Practice, person: Person): readonly Discipline[] {
  return DISCIPLINES.filter(
    (discipline) => discipline === 'gp' || (seesIt(practice, person.index, discipline) && yearsOld(person, practice.calendar.today) >= 8),
  );
}

function seesIt(practice: Practice, patient: number, discipline: Discipline): boolean {
  return (patient === 0 && discipline === 'psychology') || share(practice.seed, NUMBER[discipline], patient) < SHARE[discipline];
}

/** Courses of treatment: when they began and how long they last, in days. Psychology's second one goes on today for half the patients. */
function isInCourse(practice: Practice, patient: number, discipline: Discipline, day: Day): boolean {
  const draw = (n: number): number => share(practice.seed, 0x636f7572, NUMBER[discipline], patient, n);
  const length = discipline === 'psychology' ? 100 + draw(1) * 160 : 42 + draw(1) * 50;
  const { today } = practice.calendar;
  const starts = [today - 1000 + draw(2) * 500, today - (draw(3) < 0.5 ? draw(4) * length : 200 + draw(4) * 200)];
  return starts.some((start) => day >= start && day < start + length);
}

function attends(practice: Practice, person: Person, provider: Provider, cycle: number, day: Day, days: number): boolean {
  if (
    day < person.born + 2 ||
    (person.died !== undefined && day > person.died) ||
    (!person.living && person.died === undefined && day > practice.calendar.today - 200)
  )
    return false;
  const { discipline } = provider;
  if (!disciplinesOf(practice, person).includes(discipline)) return false;
  const often = person.traits.has('complex') || yearsOld(person, day) >= 75 ? 0.3 : 0.11;
  const perFortnight = discipline === 'gp' ? often : isInCourse(practice, person.index, discipline, day) ? 0.8 : 0;
  const perCycle = 1 - (1 - perFortnight) ** (days / 10);
  return share(practice.seed, 0x61747465, provider.number, person.index, cycle) < perCycle;
}

/** How an ordinary visit stands: what is past has mostly taken place. */
function stateOf(practice: Practice, provider: Provider, day: Day, start: number): VisitState {
  const chance = share(practice.seed, 0x73746174, provider.number, day, start);
  if (practice.calendar.isPast(day, start + 60)) {
    if (chance < 0.05) return 'noshow';
    if (chance < 0.1) return 'cancelled-patient';
    return chance < 0.115 ? 'cancelled-provider' : 'fulfilled';
  }
  if (chance < 0.04) return 'cancelled-patient';
  return chance < 0.7 ? 'confirmed' : 'unconfirmed';
}

function visitAt(practice: Practice, person: Person, provider: Provider, day: Day, start: number): Visit {
  const isFirst = share(practice.seed, 0x66697273, provider.number, person.index, day) < 0.12;
  const service = isFirst && provider.first.minutes <= STEP[provider.discipline] ? provider.first : provider.usual;
  return {
    id: visitId(provider, practice.calendar.date(day), start),
    patient: person.index,
    provider,
    service,
    day,
    start,
    minutes: service.minutes,
    state: stateOf(practice, provider, day, start),
    video:
      provider.video || (provider.discipline !== 'physiotherapy' && share(practice.seed, 0x76696465, day, start, provider.number) < 0.12),
    room: provider.room,
  };
}

/** A patient's visits between two days, both included; two providers may want the same hour (diary.ts). */
export function* wishesOf(practice: Practice, person: Person, from: Day, to: Day): Generator<Visit> {
  for (const discipline of disciplinesOf(practice, person)) {
    const provider = practice.providerFor(person.index, discipline);
    const rank = Math.floor(person.index / practice.providersOf(discipline).length);
    const starts = slotStarts(provider);
    const { days, slots } = cycleOf(practice, provider);
    const last = Math.floor(weekdayNumber(to) / days);
    for (let cycle = Math.floor(weekdayNumber(Math.max(from, person.born)) / days); cycle <= last; cycle++) {
      const { factor, shift } = permutation(practice, provider, cycle, slots);
      const slot = (factor * rank + shift) % slots;
      const day = dayOfWeekdayNumber(cycle * days + Math.floor(slot / starts.length));
      if (day < from || day > to || !isOpen(day) || !attends(practice, person, provider, cycle, day, days)) continue;
      yield visitAt(practice, person, provider, day, starts[slot % starts.length] ?? 0);
    }
  }
}

/** Whose a slot of a provider's day is, by place in the practice's list; undefined when it is nobody's. Its owner need not use it. */
export function ownerOf(practice: Practice, provider: Provider, day: Day, slotOfDay: number): number | undefined {
  const starts = slotStarts(provider);
  const { days, slots } = cycleOf(practice, provider);
  const number = weekdayNumber(day);
  const cycle = Math.floor(number / days);
  const { factor, shift } = permutation(practice, provider, cycle, slots);
  const slot = (number - cycle * days) * starts.length + slotOfDay;
  // Products stay far below 2^53: a cycle has at most some thousands of slots.
  const rank = (inverse(factor, slots) * ((slot - shift + slots) % slots)) % slots;
  const list = practice.providersOf(provider.discipline);
  const patient = rank * list.length + list.indexOf(provider);
  return patient < practice.patients ? patient : undefined;
}
