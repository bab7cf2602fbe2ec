/** Small makers for the charting tests: only what a test is about is written out. */
import { chartReading, patientIdentity, type ChartReading, type RowGroup, type SectionView } from '../../../src/models/charting/index.js';

export const NOW = '2026-11-24T10:00:00+11:00';

export function reading(records: readonly unknown[] = [], options: Partial<ChartReading> = {}): ChartReading {
  return {
    ...chartReading({ locale: 'en-AU', zone: 'Australia/Sydney', now: NOW, records, patient: patientIdentity('Patient/p1') }),
    ...options,
  };
}

const HL7 = 'http://terminology.hl7.org/CodeSystem/';
export const coded = (system: string, code: string, display?: string): object => ({
  coding: [{ system, code, ...(display && { display }) }],
});
export const snomed = (code: string, display?: string): object => coded('http://snomed.info/sct', code, display);

export const condition = (id: string, own: object = {}, status = 'active', verification = 'confirmed'): object => ({
  resourceType: 'Condition',
  id,
  subject: { reference: 'Patient/p1' },
  clinicalStatus: coded(`${HL7}condition-clinical`, status),
  verificationStatus: coded(`${HL7}condition-ver-status`, verification),
  code: { text: id },
  ...own,
});
export const problemItem = [coded(`${HL7}condition-category`, 'problem-list-item')];
export const visitDiagnosis = [coded(`${HL7}condition-category`, 'encounter-diagnosis')];

export const allergy = (id: string, own: object = {}, status = 'active', verification = 'confirmed'): object => ({
  resourceType: 'AllergyIntolerance',
  id,
  patient: { reference: 'Patient/p1' },
  clinicalStatus: coded(`${HL7}allergyintolerance-clinical`, status),
  verificationStatus: coded(`${HL7}allergyintolerance-verification`, verification),
  code: { text: id },
  ...own,
});

export const request = (id: string, own: object = {}): object => ({
  resourceType: 'MedicationRequest',
  id,
  status: 'active',
  intent: 'order',
  subject: { reference: 'Patient/p1' },
  medicationCodeableConcept: { text: id },
  ...own,
});
export const statement = (id: string, own: object = {}): object => ({
  resourceType: 'MedicationStatement',
  id,
  status: 'active',
  subject: { reference: 'Patient/p1' },
  medicationCodeableConcept: { text: id },
  ...own,
});

/** Names of the rows of each group: `{ active: ['Asthma'] }`. */
export function titles(view: SectionView): Record<string, (string | undefined)[]> {
  return Object.fromEntries(view.groups.map((group: RowGroup) => [group.name, group.rows.map(({ title }) => title.text)]));
}
