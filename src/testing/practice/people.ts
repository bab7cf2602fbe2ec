/** Who a patient is, before any resource is written. The first thirty are cast so that every kind of record is among them. */
import { dateText, type Day } from './calendar.js';
import { ARABIC_POOL, HEBREW_POOL, NAME_POOLS, PLACES, STREETS, type NamePool, type Place } from './data/names.js';
import type { Practice } from './practice.js';
import { Random } from './random.js';

/** What is special about a record. */
export const TRAITS = [
  'complex', // many problems, medicines and results, one of them critical
  'arabic-script',
  'hebrew-script',
  'interpreter',
  'newborn',
  'infant',
  'toddler',
  'child',
  'teenager',
  'centenarian',
  'birth-year',
  'birth-month',
  'no-phone',
  'deceased',
  'deceased-undated',
  'they',
  'nickname',
  'maiden',
  'text-name',
  'mononym',
  'masked',
  'inactive',
  'no-allergies-asked',
  'trans',
] as const;
export type Trait = (typeof TRAITS)[number];

/** One entry for each of the first thirty. */
const CAST: readonly (readonly Trait[])[] = [
  ['complex', 'interpreter'],
  ['arabic-script', 'interpreter'],
  [],
  ['child'],
  ['nickname'],
  [],
  ['hebrew-script'],
  ['newborn'],
  [],
  ['maiden'],
  ['birth-year', 'interpreter'],
  ['teenager'],
  [],
  ['they'],
  ['centenarian'],
  ['deceased'],
  ['arabic-script'],
  ['no-phone'],
  ['infant'],
  [],
  ['birth-month', 'no-allergies-asked'],
  ['mononym'],
  ['toddler'],
  ['text-name'],
  [],
  ['inactive'],
  ['masked'],
  ['trans'],
  [],
  ['deceased-undated', 'no-phone'],
];

/** Beyond the cast each trait is as rare as this. */
const RARITY: readonly (readonly [Trait, number])[] = [
  ['complex', 0.05], ['arabic-script', 0.03], ['hebrew-script', 0.02], ['interpreter', 0.06], ['birth-year', 0.01], ['birth-month', 0.005],
  ['no-phone', 0.08], ['deceased', 0.02], ['deceased-undated', 0.003], ['they', 0.02], ['nickname', 0.1], ['maiden', 0.08], ['text-name', 0.005],
  ['mononym', 0.005], ['masked', 0.01], ['inactive', 0.02], ['no-allergies-asked', 0.1], ['trans', 0.01],
]; // prettier-ignore

export interface Person {
  index: number;
  id: string;
  traits: ReadonlySet<Trait>;
  gender: 'female' | 'male' | 'other';
  given: readonly string[];
  family: string;
  pool: NamePool;
  born: Day;
  /** The last day alive; undefined for the living and for a death without a date. */
  died: Day | undefined;
  /** Whether visits may still be booked. */
  living: boolean;
  street: string;
  place: Place;
  /** Name to show beside references. */
  display: string;
}

const YEAR = 365.25;

function traitsOf(index: number, rng: Random): ReadonlySet<Trait> {
  const cast = CAST[index];
  if (cast) return new Set(cast);
  return new Set(RARITY.filter(([, chance]) => rng.chance(chance)).map(([trait]) => trait));
}

/** Days of life: by trait, else as in a general practice. */
function ageInDays(traits: ReadonlySet<Trait>, rng: Random): number {
  if (traits.has('newborn')) return rng.int(2, 12);
  if (traits.has('infant')) return rng.int(120, 200);
  if (traits.has('toddler')) return rng.int(420, 700);
  if (traits.has('child')) return rng.int(Math.ceil(8 * YEAR), Math.floor(10 * YEAR));
  if (traits.has('teenager')) return rng.int(Math.ceil(16 * YEAR), Math.floor(17.9 * YEAR));
  if (traits.has('centenarian')) return rng.int(Math.ceil(100 * YEAR) + 1, Math.floor(101 * YEAR));
  if (traits.has('complex')) return rng.int(Math.ceil(36 * YEAR), Math.floor(58 * YEAR));
  if (traits.has('deceased') || traits.has('deceased-undated')) return rng.int(Math.ceil(70 * YEAR), Math.floor(92 * YEAR));
  if (traits.size > 0 || rng.chance(0.86)) return rng.int(Math.ceil(19 * YEAR), Math.floor(84 * YEAR));
  return rng.int(30, Math.floor(19 * YEAR));
}

function poolOf(index: number, traits: ReadonlySet<Trait>, rng: Random): NamePool {
  if (traits.has('arabic-script')) return ARABIC_POOL;
  if (traits.has('hebrew-script')) return HEBREW_POOL;
  if (traits.has('interpreter')) return rng.pick(NAME_POOLS.filter((pool) => pool.language));
  // Among the cast each kind of name has its turn.
  return (index < CAST.length ? NAME_POOLS[index % NAME_POOLS.length] : undefined) ?? rng.pick(NAME_POOLS);
}

/** The person at a place in the practice's list; the same whenever it is asked. */
export function personAt(practice: Practice, index: number): Person {
  const rng = new Random(practice.seed, 0x70657273, index);
  const traits = traitsOf(index, rng);
  const pool = poolOf(index, traits, rng);
  const sex = rng.chance(0.54) ? 'female' : 'male';
  const given = rng.some(pool[sex], rng.chance(0.35) && !pool.rtl ? 2 : 1);
  const family = rng.pick(pool.family);
  const born = practice.calendar.today - ageInDays(traits, rng);
  const died = traits.has('deceased') ? practice.calendar.today - rng.int(40, 500) : undefined;
  const mononym = traits.has('mononym');
  return {
    index,
    id: `patient-${index + 1}`,
    traits,
    gender: traits.has('they') ? 'other' : traits.has('trans') ? (sex === 'female' ? 'male' : 'female') : sex,
    given: mononym ? given.slice(0, 1) : given,
    family: mononym ? '' : family,
    pool,
    born,
    died,
    living: !traits.has('deceased') && !traits.has('deceased-undated') && !traits.has('inactive'),
    street: `${rng.int(1, 240)} ${rng.pick(STREETS)}`,
    place: rng.pick(PLACES[practice.country]),
    display: mononym ? (given[0] ?? '') : `${given.join(' ')} ${family}`,
  };
}

/** Age in whole years, near enough to choose a vaccine or a measure by. */
export function yearsOld(person: Person, day: Day): number {
  return Math.floor((day - person.born) / YEAR);
}

/** The birth date as it was recorded: some are only a year or a month. */
export function recordedBirthDate(person: Person): string {
  const date = dateText(person.born);
  if (person.traits.has('birth-year')) return date.slice(0, 4);
  return person.traits.has('birth-month') ? date.slice(0, 7) : date;
}
