/** Medicines with the dose that is usual. Ingredients are named by RxNorm where the concept is certain (public domain, NLM). */
import type { DosageDoseAndRate, Timing } from '../../../models/fhir/index.js';

export interface Medicine {
  /** As it stands on the list: name and strength. */
  text: string;
  rxnorm?: readonly [code: string, display: string];
  /** The instruction in words, and the same as structure. */
  sig: string;
  timing: Repeat;
  asNeeded?: boolean;
  /** One dose, with its unit as people say it; of two numbers, from and to. */
  dose: readonly [value: number, unit: string] | readonly [low: number, high: number, unit: string];
  /** The most in a day. */
  most?: number;
  /** By mouth, if nothing is said. */
  route?: readonly [code: string, display: string];
  /** What one dispense holds, and how many repeats. */
  supply: readonly [quantity: number, unit: string, repeats: number, days: number];
  /** Days of treatment; undefined when it goes on. */
  course?: number;
}

type Repeat = NonNullable<Timing['repeat']>;
const daily: Repeat = { frequency: 1, period: 1, periodUnit: 'd' };
const twice: Repeat = { frequency: 2, period: 1, periodUnit: 'd' };
const thrice: Repeat = { frequency: 3, period: 1, periodUnit: 'd' };
const night: Repeat = { ...daily, when: ['HS'] };
const morning: Repeat = { ...daily, when: ['MORN'] };

const medicine = (value: Medicine): Medicine => value;

export const MEDICINES = {
  amlodipine: medicine({ text: 'Amlodipine 5 mg tablet', rxnorm: ['17767', 'amlodipine'], sig: '1 tablet in the morning', timing: morning, dose: [1, 'tablet'], supply: [30, 'tablet', 5, 30] }),
  perindopril: medicine({ text: 'Perindopril 4 mg tablet', sig: '1 tablet in the morning', timing: morning, dose: [1, 'tablet'], supply: [30, 'tablet', 5, 30] }),
  metformin: medicine({ text: 'Metformin 500 mg tablet', rxnorm: ['6809', 'metformin'], sig: '1 tablet twice a day with meals', timing: { ...twice, when: ['C'] }, dose: [1, 'tablet'], supply: [100, 'tablet', 5, 50] }),
  atorvastatin: medicine({ text: 'Atorvastatin 20 mg tablet', rxnorm: ['83367', 'atorvastatin'], sig: '1 tablet at night', timing: night, dose: [1, 'tablet'], supply: [30, 'tablet', 5, 30] }),
  salbutamol: medicine({ text: 'Salbutamol 100 micrograms/dose inhaler', rxnorm: ['435', 'albuterol'], sig: '2 puffs every 4 hours when needed', timing: { frequency: 1, period: 4, periodUnit: 'h' }, asNeeded: true, dose: [2, 'puff'], route: ['447694001', 'Respiratory tract route'], supply: [1, 'inhaler', 2, 60] }),
  budesonide: medicine({ text: 'Budesonide 200 micrograms/dose inhaler', sig: '1 puff twice a day', timing: twice, dose: [1, 'puff'], route: ['447694001', 'Respiratory tract route'], supply: [1, 'inhaler', 5, 60] }),
  levothyroxine: medicine({ text: 'Levothyroxine 75 micrograms tablet', rxnorm: ['10582', 'levothyroxine'], sig: '1 tablet in the morning on an empty stomach', timing: { ...morning, when: ['ACM'] }, dose: [1, 'tablet'], supply: [200, 'tablet', 1, 200] }),
  iron: medicine({ text: 'Ferrous sulfate 325 mg tablet', sig: '1 tablet every second day', timing: { frequency: 1, period: 2, periodUnit: 'd' }, dose: [1, 'tablet'], supply: [30, 'tablet', 2, 60], course: 180 }),
  ibuprofen: medicine({ text: 'Ibuprofen 400 mg tablet', rxnorm: ['5640', 'ibuprofen'], sig: '1 tablet up to three times a day with food when needed', timing: { frequencyMax: 3, frequency: 1, period: 1, periodUnit: 'd' }, asNeeded: true, dose: [1, 'tablet'], supply: [30, 'tablet', 0, 10], course: 14 }),
  amoxicillin: medicine({ text: 'Amoxicillin 500 mg capsule', rxnorm: ['723', 'amoxicillin'], sig: '1 capsule three times a day for 7 days', timing: { ...thrice, boundsDuration: { value: 7, unit: 'days', system: 'http://unitsofmeasure.org', code: 'd' } }, dose: [1, 'capsule'], supply: [21, 'capsule', 0, 7], course: 7 }),
  hydrocortisone: medicine({ text: 'Hydrocortisone 1% cream', sig: 'A thin layer on the affected skin twice a day', timing: twice, dose: [1, 'application'], route: ['6064005', 'Topical route'], supply: [30, 'g', 1, 30], course: 14 }),
  sertraline: medicine({ text: 'Sertraline 50 mg tablet', rxnorm: ['36437', 'sertraline'], sig: '1 tablet in the morning', timing: morning, dose: [1, 'tablet'], supply: [30, 'tablet', 5, 30] }),
  escitalopram: medicine({ text: 'Escitalopram 10 mg tablet', rxnorm: ['321988', 'escitalopram'], sig: '1 tablet in the morning', timing: morning, dose: [1, 'tablet'], supply: [28, 'tablet', 5, 28] }),
  prazosin: medicine({ text: 'Prazosin 1 mg tablet', sig: '2 tablets at night', timing: night, dose: [2, 'tablet'], supply: [100, 'tablet', 2, 50] }),
  melatonin: medicine({ text: 'Melatonin 2 mg modified-release tablet', sig: '1 tablet 1 hour before bed', timing: { ...daily, when: ['HS'], offset: 60 }, dose: [1, 'tablet'], supply: [30, 'tablet', 0, 30], course: 60 }),
  paracetamol: medicine({ text: 'Paracetamol 500 mg tablet', rxnorm: ['161', 'acetaminophen'], sig: '1 to 2 tablets every 6 hours when needed, at most 8 in a day', timing: { frequency: 1, period: 6, periodUnit: 'h' }, asNeeded: true, dose: [1, 2, 'tablet'], most: 8, supply: [100, 'tablet', 0, 25] }),
  lithium: medicine({ text: 'Lithium carbonate 250 mg tablet', sig: '3 tablets at night', timing: night, dose: [3, 'tablet'], supply: [200, 'tablet', 2, 66] }),
  quetiapine: medicine({ text: 'Quetiapine 50 mg tablet', sig: '1 tablet at night', timing: night, dose: [1, 'tablet'], supply: [60, 'tablet', 2, 60] }),
  vitaminD: medicine({ text: 'Colecalciferol 25 micrograms capsule', sig: '1 capsule a day', timing: daily, dose: [1, 'capsule'], supply: [60, 'capsule', 0, 60] }),
} as const; // prettier-ignore

export type MedicineName = keyof typeof MEDICINES;

/** Dose of a medicine as R4 has it. */
export function doseOf({ dose }: Medicine): DosageDoseAndRate {
  if (dose.length === 2) return { doseQuantity: { value: dose[0], unit: dose[1] } };
  const [low, high, unit] = dose;
  return { doseRange: { low: { value: low, unit }, high: { value: high, unit } } };
}
