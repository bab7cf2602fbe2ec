/** Who works at the practice, where, when, and what they offer. The first five are always the same; a larger practice has more. */
import { NAME_POOLS } from './data/names.js';
import { Random } from './random.js';

export type Discipline = 'gp' | 'psychology' | 'physiotherapy';

export interface Service {
  id: string;
  name: string;
  discipline: Discipline;
  minutes: number;
  /** Slot of the appointment palette, 1 to 9. */
  colour: number;
  /** Places in a group. */
  capacity?: number;
  /** An invented billing code and its price in cents. */
  billing: { code: string; display: string; cents: number };
}

const service = (
  id: string,
  name: string,
  discipline: Discipline,
  minutes: number,
  colour: number,
  code: string,
  cents: number,
  capacity?: number,
): Service => ({
  id,
  name,
  discipline,
  minutes,
  colour,
  ...(capacity === undefined ? {} : { capacity }),
  billing: { code, display: name, cents },
});

export const SERVICES = {
  gp: service('gp-consultation', 'GP consultation', 'gp', 20, 3, 'HS-100', 8950),
  gpLong: service('gp-long', 'Long GP consultation', 'gp', 40, 3, 'HS-110', 14_200),
  therapy: service('individual-therapy', 'Individual therapy', 'psychology', 50, 1, 'HS-200', 21_500),
  assessment: service('psychology-assessment', 'Assessment', 'psychology', 90, 4, 'HS-210', 38_000),
  group: service('mindfulness-group', 'Mindfulness skills', 'psychology', 60, 5, 'HS-220', 5500, 8),
  physio: service('physiotherapy', 'Physiotherapy', 'physiotherapy', 30, 2, 'HS-300', 9800),
  physioFirst: service('physiotherapy-first', 'First visit', 'physiotherapy', 45, 6, 'HS-310', 13_650),
} as const satisfies Record<string, Service>;

export const ALL_SERVICES: readonly Service[] = Object.values(SERVICES);

export interface Room {
  id: string;
  name: string;
}
export const ROOMS: readonly Room[] = [
  { id: 'room-1', name: 'Room 1' },
  { id: 'room-2', name: 'Room 2' },
  { id: 'room-3', name: 'Room 3' },
  { id: 'room-4', name: 'Room 4' },
  { id: 'gym', name: 'Gym' },
  { id: 'group-room', name: 'Group room' },
];
export const VIDEO: Room = { id: 'video', name: 'Video room' };

/** Working hours as minutes after midnight, with the break between them. */
export interface Hours {
  from: number;
  breakFrom: number;
  breakTo: number;
  to: number;
}

export interface Provider {
  /** Its place among the providers. */
  number: number;
  id: string;
  discipline: Discipline;
  given: string;
  family: string;
  prefix?: string;
  gender: 'female' | 'male';
  title: string;
  hours: Hours;
  room: Room;
  /** Sees people by video only. */
  video: boolean;
  /** The service of an ordinary visit, of a first one, and of a long one. */
  usual: Service;
  first: Service;
}

const at = (hour: number, minute = 0): number => hour * 60 + minute;

const TITLES: Record<Discipline, string> = { gp: 'General practitioner', psychology: 'Psychologist', physiotherapy: 'Physiotherapist' };
const USUAL: Record<Discipline, Pick<Provider, 'usual' | 'first'>> = {
  gp: { usual: SERVICES.gp, first: SERVICES.gpLong },
  psychology: { usual: SERVICES.therapy, first: SERVICES.assessment },
  physiotherapy: { usual: SERVICES.physio, first: SERVICES.physioFirst },
};

const room = (id: string): Room => ROOMS.find((each) => each.id === id) ?? VIDEO;

/** The five whose day is planned by hand (plan.ts): invented people. */
const CREW: readonly Omit<Provider, 'number' | 'usual' | 'first'>[] = [
  { id: 'amara-okafor', discipline: 'psychology', prefix: 'Dr', given: 'Amara', family: 'Okafor', gender: 'female', title: 'Clinical psychologist', hours: { from: at(9), breakFrom: at(12, 15), breakTo: at(13), to: at(17) }, room: room('room-1'), video: false },
  { id: 'tomasz-wojcik', discipline: 'physiotherapy', given: 'Tomasz', family: 'Wójcik', gender: 'male', title: 'Physiotherapist', hours: { from: at(8), breakFrom: at(12, 30), breakTo: at(13, 15), to: at(16) }, room: room('gym'), video: false },
  { id: 'priya-raman', discipline: 'gp', prefix: 'Dr', given: 'Priya', family: 'Raman', gender: 'female', title: 'General practitioner', hours: { from: at(8, 30), breakFrom: at(12), breakTo: at(13), to: at(17) }, room: room('room-3'), video: false },
  { id: 'leila-haddad', discipline: 'psychology', prefix: 'Dr', given: 'Leila', family: 'Haddad', gender: 'female', title: 'Psychologist · video', hours: { from: at(8, 15), breakFrom: at(12, 30), breakTo: at(13, 30), to: at(16, 30) }, room: VIDEO, video: true },
  { id: 'ben-nakamura', discipline: 'physiotherapy', given: 'Ben', family: 'Nakamura', gender: 'male', title: 'Physiotherapist', hours: { from: at(10), breakFrom: at(13), breakTo: at(13, 45), to: at(17, 30) }, room: room('room-2'), video: false },
]; // prettier-ignore

const HOURS: readonly Hours[] = [
  { from: at(8), breakFrom: at(12), breakTo: at(12, 45), to: at(16) },
  { from: at(9), breakFrom: at(12, 30), breakTo: at(13, 15), to: at(17) },
  { from: at(10), breakFrom: at(13), breakTo: at(14), to: at(18) },
];

/** How many patients one provider of a discipline looks after before another is needed. */
const PANEL: Record<Discipline, number> = { gp: 1500, psychology: 300, physiotherapy: 400 };
/** The share of patients who see each discipline at all. */
export const SHARE: Record<Discipline, number> = { gp: 1, psychology: 0.6, physiotherapy: 0.5 };

function slug(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
}

/** The providers of a practice with so many patients, the five first. */
export function providersFor(patients: number, seed: number): readonly Provider[] {
  const all = CREW.map((member, number): Provider => ({ ...member, ...USUAL[member.discipline], number }));
  const rng = new Random(seed, 0x70726f76);
  for (const discipline of ['gp', 'psychology', 'physiotherapy'] as const) {
    const needed = Math.ceil((patients * SHARE[discipline]) / PANEL[discipline]);
    for (let have = all.filter((provider) => provider.discipline === discipline).length; have < needed; have++)
      all.push(another(discipline, all.length, rng));
  }
  return all;
}

function another(discipline: Discipline, number: number, rng: Random): Provider {
  const pool = rng.pick(NAME_POOLS);
  const gender = rng.chance(0.5) ? 'female' : 'male';
  const [given, family] = [rng.pick(pool[gender]), rng.pick(pool.family)];
  const doctor = discipline !== 'physiotherapy';
  return {
    number,
    id: `${slug(`${given} ${family}`)}-${number}`,
    discipline,
    given,
    family,
    ...(doctor ? { prefix: 'Dr' } : {}),
    gender,
    title: TITLES[discipline],
    hours: rng.pick(HOURS),
    room: rng.pick(ROOMS),
    video: false,
    ...USUAL[discipline],
  };
}

export function providerName(provider: Provider): string {
  return [provider.prefix, provider.given, provider.family].filter((part) => part !== undefined).join(' ');
}
