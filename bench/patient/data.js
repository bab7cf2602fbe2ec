// One synthetic patient: 200 conditions, 200 medication requests, 200 allergies, 5,000 observations.
import { prng } from '../lib/prng.js';
const pad = (n) => String(n).padStart(2, '0');
const conditions = [
  'Generalised anxiety disorder',
  'Major depressive disorder',
  'Asthma',
  'Type 2 diabetes mellitus',
  'Essential hypertension',
  'Migraine',
  'Insomnia',
  'Low back pain',
  'Hypothyroidism',
  'Eczema',
  'PTSD',
  'ADHD',
];
const meds = [
  'Sertraline 50 mg tablet',
  'Metformin 500 mg tablet',
  'Salbutamol 100 mcg inhaler',
  'Perindopril 4 mg tablet',
  'Levothyroxine 50 mcg tablet',
  'Melatonin 2 mg tablet',
  'Escitalopram 10 mg tablet',
  'Atorvastatin 20 mg tablet',
];
const substances = ['Penicillin', 'Peanut', 'Latex', 'Shellfish', 'Ibuprofen', 'Cat dander', 'Sulfonamides', 'Egg'];
const labs = [
  ['718-7', 'Haemoglobin', 'g/L', 140, 12],
  ['2345-7', 'Glucose', 'mmol/L', 5.4, 0.9],
  ['2160-0', 'Creatinine', 'umol/L', 80, 14],
  ['2823-3', 'Potassium', 'mmol/L', 4.2, 0.4],
  ['8867-4', 'Heart rate', '/min', 72, 9],
  ['29463-7', 'Body weight', 'kg', 78, 4],
  ['4548-4', 'HbA1c', '%', 6.1, 0.6],
  ['44261-6', 'PHQ-9 total', '{score}', 9, 5],
];
const cc = (system, code, text) => ({ coding: [{ system, code, display: text }], text });
export function makePatient({ each = 200, observations = 5000 } = {}) {
  const r = prng(42);
  const subject = { reference: 'Patient/p1', display: 'Jordan Reid' };
  const date = () => `${r.int(2016, 2025)}-${pad(r.int(1, 12))}-${pad(r.int(1, 28))}`;
  const stamp = () => ({
    versionId: '1',
    lastUpdated: `${date()}T${pad(r.int(8, 17))}:${pad(r.int(0, 59))}:00Z`,
    author: { reference: 'Practitioner/d1', display: 'Dr Nguyen' },
  });
  const patient = {
    resourceType: 'Patient',
    id: 'p1',
    meta: stamp(),
    active: true,
    name: [{ given: ['Jordan'], family: 'Reid', use: 'official' }],
    gender: 'female',
    birthDate: '1984-05-17',
    telecom: [{ system: 'phone', value: '0400 000 000' }],
    address: [{ line: ['1 Test St'], city: 'Brisbane', state: 'QLD', postalCode: '4000' }],
  };
  const list = (n, f) => Array.from({ length: n }, (_, i) => f(i));
  const cond = list(each, (i) => ({
    resourceType: 'Condition',
    id: `c${i}`,
    meta: stamp(),
    subject,
    clinicalStatus: cc('http://terminology.hl7.org/CodeSystem/condition-clinical', r.chance(0.7) ? 'active' : 'resolved', ''),
    verificationStatus: cc('http://terminology.hl7.org/CodeSystem/condition-ver-status', 'confirmed', ''),
    code: cc('http://snomed.info/sct', String(1000 + i), `${r.pick(conditions)} ${i}`),
    onsetDateTime: date(),
    recordedDate: date(),
  }));
  const med = list(each, (i) => ({
    resourceType: 'MedicationRequest',
    id: `m${i}`,
    meta: stamp(),
    subject,
    status: r.chance(0.7) ? 'active' : 'completed',
    intent: 'order',
    medicationCodeableConcept: cc('http://snomed.info/sct', String(5000 + i), `${r.pick(meds)} #${i}`),
    authoredOn: date(),
    dosageInstruction: [{ text: 'Take one daily' }],
  }));
  const allergy = list(each, (i) => ({
    resourceType: 'AllergyIntolerance',
    id: `a${i}`,
    meta: stamp(),
    patient: subject,
    clinicalStatus: cc('http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', 'active', ''),
    verificationStatus: cc('http://terminology.hl7.org/CodeSystem/allergyintolerance-verification', 'confirmed', ''),
    criticality: r.pick(['low', 'high']),
    code: cc('http://snomed.info/sct', String(9000 + i), `${r.pick(substances)} ${i}`),
    recordedDate: date(),
    reaction: [{ manifestation: [cc('http://snomed.info/sct', '271807003', 'Rash')], severity: 'mild' }],
  }));
  const obs = list(observations, (i) => {
    const [code, name, unit, mean, sd] = labs[i % labs.length];
    const d = date();
    return {
      resourceType: 'Observation',
      id: `o${i}`,
      meta: stamp(),
      subject,
      status: 'final',
      category: [cc('http://terminology.hl7.org/CodeSystem/observation-category', i % 8 < 4 ? 'laboratory' : 'vital-signs', '')],
      code: cc('http://loinc.org', code, name),
      effectiveDateTime: d,
      issued: `${d}T09:00:00Z`,
      valueQuantity: { value: Math.round(r.normal(mean, sd) * 10) / 10, unit, system: 'http://unitsofmeasure.org', code: unit },
      referenceRange: [{ low: { value: mean - sd, unit }, high: { value: mean + sd, unit } }],
    };
  });
  return { patient, Condition: cond, MedicationRequest: med, AllergyIntolerance: allergy, Observation: obs };
}
