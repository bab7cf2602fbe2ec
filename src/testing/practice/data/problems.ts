/** Problems of a general, a psychology and a physiotherapy practice. Codes only where they are certain; the words always. */
import type { Discipline } from '../crew.js';

export interface Problem {
  text: string;
  discipline: Discipline;
  /** SNOMED CT, and its display. */
  snomed?: readonly [code: string, display: string];
  /** ICD-10-CM, and its display (public domain, CDC). */
  icd?: readonly [code: string, display: string];
  /** Ages at which it begins. */
  ages: readonly [number, number];
  /** It mostly passes. */
  passing?: boolean;
  /** Names of medicines (data/medicines.ts) that it is treated with. */
  medicines?: readonly string[];
  /** Names of laboratory panels (data/tests.ts) that follow it. */
  panels?: readonly string[];
}

export const PROBLEMS: readonly Problem[] = [
  { text: 'Hypertension', discipline: 'gp', snomed: ['38341003', 'Hypertensive disorder'], icd: ['I10', 'Essential (primary) hypertension'], ages: [40, 85], medicines: ['amlodipine', 'perindopril'], panels: ['renal'] },
  { text: 'Type 2 diabetes', discipline: 'gp', snomed: ['44054006', 'Type 2 diabetes mellitus'], icd: ['E11.9', 'Type 2 diabetes mellitus without complications'], ages: [38, 80], medicines: ['metformin'], panels: ['diabetes', 'lipids'] },
  { text: 'High cholesterol', discipline: 'gp', snomed: ['13644009', 'Hypercholesterolemia'], icd: ['E78.00', 'Pure hypercholesterolemia, unspecified'], ages: [35, 80], medicines: ['atorvastatin'], panels: ['lipids'] },
  { text: 'Asthma', discipline: 'gp', snomed: ['195967001', 'Asthma'], icd: ['J45.909', 'Unspecified asthma, uncomplicated'], ages: [4, 60], medicines: ['salbutamol', 'budesonide'] },
  { text: 'Hypothyroidism', discipline: 'gp', snomed: ['40930008', 'Hypothyroidism'], icd: ['E03.9', 'Hypothyroidism, unspecified'], ages: [25, 80], medicines: ['levothyroxine'], panels: ['thyroid'] },
  { text: 'Iron deficiency', discipline: 'gp', ages: [14, 55], passing: true, medicines: ['iron'], panels: ['blood-count'] },
  { text: 'Migraine', discipline: 'gp', snomed: ['37796009', 'Migraine'], icd: ['G43.909', 'Migraine, unspecified, not intractable, without status migrainosus'], ages: [14, 60], medicines: ['ibuprofen'] },
  { text: 'Chest infection', discipline: 'gp', ages: [1, 90], passing: true, medicines: ['amoxicillin'] },
  { text: 'Eczema', discipline: 'gp', ages: [0, 40], medicines: ['hydrocortisone'] },
  { text: 'Depression', discipline: 'psychology', snomed: ['35489007', 'Depressive disorder'], icd: ['F32.A', 'Depression, unspecified'], ages: [14, 85], medicines: ['sertraline', 'escitalopram'] },
  { text: 'Generalised anxiety', discipline: 'psychology', snomed: ['21897009', 'Generalized anxiety disorder'], icd: ['F41.1', 'Generalized anxiety disorder'], ages: [14, 80], medicines: ['escitalopram'] },
  { text: 'Post-traumatic stress', discipline: 'psychology', snomed: ['47505003', 'Posttraumatic stress disorder'], icd: ['F43.10', 'Post-traumatic stress disorder, unspecified'], ages: [18, 70], medicines: ['sertraline', 'prazosin'] },
  { text: 'Insomnia', discipline: 'psychology', ages: [16, 85], passing: true, medicines: ['melatonin'] },
  { text: 'Adjustment to illness', discipline: 'psychology', ages: [10, 85], passing: true },
  { text: 'Low back pain', discipline: 'physiotherapy', snomed: ['279039007', 'Low back pain'], icd: ['M54.50', 'Low back pain, unspecified'], ages: [16, 85], medicines: ['paracetamol', 'ibuprofen'] },
  { text: 'Osteoarthritis of the knee', discipline: 'physiotherapy', snomed: ['239873007', 'Osteoarthritis of knee'], icd: ['M17.9', 'Osteoarthritis of knee, unspecified'], ages: [45, 95], medicines: ['paracetamol'] },
  { text: 'Rotator cuff tear', discipline: 'physiotherapy', ages: [25, 80] },
  { text: 'Ankle sprain', discipline: 'physiotherapy', ages: [8, 60], passing: true, medicines: ['ibuprofen'] },
  { text: 'Neck pain', discipline: 'physiotherapy', ages: [16, 80], passing: true },
]; // prettier-ignore

/** The problems of the one whose chart is full. */
export const COMPLEX_PROBLEMS: readonly { problem: Problem; daysAgo: number; resolved?: number }[] = [
  {
    problem: {
      text: 'Bipolar II disorder',
      discipline: 'psychology',
      ages: [18, 80],
      medicines: ['lithium', 'quetiapine'],
      panels: ['lithium'],
    },
    daysAgo: 1000,
  },
  {
    problem: {
      text: 'Chronic kidney disease, stage 3a',
      discipline: 'gp',
      snomed: ['709044004', 'Chronic kidney disease'],
      ages: [30, 90],
    },
    daysAgo: 95,
  },
  {
    problem: {
      text: 'Hypertension',
      discipline: 'gp',
      snomed: ['38341003', 'Hypertensive disorder'],
      icd: ['I10', 'Essential (primary) hypertension'],
      ages: [30, 90],
      medicines: ['amlodipine'],
    },
    daysAgo: 165,
  },
  { problem: { text: 'Iron deficiency', discipline: 'gp', ages: [14, 90], medicines: ['iron'] }, daysAgo: 700, resolved: 190 },
];
