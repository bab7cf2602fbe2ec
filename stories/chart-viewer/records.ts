/** Invented people and their records, for the stories and tests of the chart viewer. Nobody here is real. */
import type { Resource } from '../../src/models/fhir/index.js';

const HL7 = 'http://terminology.hl7.org/CodeSystem/';
const SNOMED = 'http://snomed.info/sct';
const coded = (system: string, code: string, display?: string): object => ({ coding: [{ system, code, ...(display && { display }) }] });
const subject = { reference: 'Patient/quispe' };
const doctor = { reference: 'Practitioner/marsh', display: 'Dr Sana Marsh' };

export const patient = {
  resourceType: 'Patient',
  id: 'quispe',
  active: true,
  identifier: [
    { type: coded(`${HL7}v2-0203`, 'MR'), system: 'http://clinic.example/mrn', value: '704 2281' },
    { type: coded(`${HL7}v2-0203`, 'MC'), system: 'http://ns.electronichealth.net.au/id/medicare-number', value: '29506411812' },
  ],
  name: [{ use: 'official', family: 'Quispe Flores', given: ['Mariana'] }],
  gender: 'female',
  birthDate: '1984-03-14',
  extension: [
    {
      url: 'http://hl7.org/fhir/StructureDefinition/individual-pronouns',
      extension: [{ url: 'value', valueCodeableConcept: { text: 'she/her/her/hers/herself' } }],
    },
    { url: 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired', valueBoolean: true },
  ],
  communication: [{ language: { ...coded('urn:ietf:bcp:47', 'es'), text: 'Spanish' }, preferred: true }],
} as unknown as Resource;

export const flag = {
  resourceType: 'Flag',
  id: 'lithium',
  status: 'active',
  subject,
  code: { text: 'Lithium toxicity risk' },
} as unknown as Resource;

const allergy = (id: string, text: string, own: object = {}): object => ({
  resourceType: 'AllergyIntolerance',
  id,
  clinicalStatus: coded(`${HL7}allergyintolerance-clinical`, 'active'),
  verificationStatus: coded(`${HL7}allergyintolerance-verification`, 'confirmed'),
  patient: subject,
  code: { text },
  ...own,
});
export const penicillin = allergy('penicillin', 'Penicillin', {
  code: { ...coded(SNOMED, '764146007', 'Penicillin'), text: 'Penicillin' },
  criticality: 'high',
  category: ['medication'],
  onsetDateTime: '2011',
  recordedDate: '2026-11-10',
  recorder: doctor,
  reaction: [{ manifestation: [{ text: 'anaphylaxis' }], severity: 'severe' }],
  note: [{ text: 'Needed adrenaline in the emergency department.', authorReference: doctor, time: '2011-06-02' }],
});
export const latex = allergy('latex', 'Latex', {
  category: ['environment'],
  onsetDateTime: '2019',
  reaction: [{ manifestation: [{ text: 'contact rash' }], severity: 'mild' }],
});
export const ibuprofen = allergy('ibuprofen', 'Ibuprofen', {
  verificationStatus: coded(`${HL7}allergyintolerance-verification`, 'refuted'),
});
export const noKnownAllergy = allergy('none', 'No known allergy', {
  code: coded(SNOMED, '716186003', 'No known allergy'),
  recordedDate: '2026-11-10',
  recorder: doctor,
});

const condition = (id: string, text: string, own: object = {}, status = 'active', verification = 'confirmed'): object => ({
  resourceType: 'Condition',
  id,
  clinicalStatus: coded(`${HL7}condition-clinical`, status),
  verificationStatus: coded(`${HL7}condition-ver-status`, verification),
  category: [coded(`${HL7}condition-category`, 'problem-list-item')],
  subject,
  code: { text },
  ...own,
});
const hypertension = { ...coded(SNOMED, '38341003', 'Hypertension'), text: 'Hypertension' };
const visit = [coded(`${HL7}condition-category`, 'encounter-diagnosis')];
export const conditions = [
  condition('bipolar', 'Bipolar II disorder', { onsetDateTime: '2024', asserter: doctor }),
  condition('kidney', 'Chronic kidney disease, stage 3a', { onsetDateTime: '2026-08', severity: { text: 'Moderate' } }),
  condition('hypertension', 'Hypertension', { code: hypertension, onsetDateTime: '2026-06' }),
  condition('hypertension-1', 'Hypertension', { code: hypertension, category: visit, onsetDateTime: '2026-06-12' }),
  condition('hypertension-2', 'Hypertension', { code: hypertension, category: visit, onsetDateTime: '2026-09-03' }),
  condition('iron', 'Iron deficiency', { onsetDateTime: '2025-02', abatementDateTime: '2026-05' }, 'resolved'),
  condition('thyroid', 'Hypothyroidism', { recordedDate: '2026-11-19' }, 'active', 'differential'),
  condition('diabetes', 'Type 2 diabetes', {}, 'active', 'entered-in-error'),
];

const medication = (id: string, text: string, own: object = {}): object => ({
  resourceType: 'MedicationRequest',
  id,
  status: 'active',
  intent: 'order',
  subject,
  medicationCodeableConcept: { text },
  authoredOn: '2026-06-12',
  requester: doctor,
  ...own,
});
export const medications = [
  medication('lithium', 'Lithium carbonate 250 mg', {
    dosageInstruction: [{ text: '3 tablets at night' }],
    reasonCode: [{ text: 'Bipolar II disorder' }],
  }),
  medication('quetiapine', 'Quetiapine 50 mg', {
    dosageInstruction: [
      {
        timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd', when: ['HS'] } },
        doseAndRate: [{ doseQuantity: { value: 1, unit: 'tablet' } }],
        route: { text: 'oral' },
      },
    ],
  }),
  medication('amlodipine', 'Amlodipine 5 mg', { dosageInstruction: [{ text: '1 tablet in the morning' }], status: 'on-hold' }),
  medication('nsaid', 'Ibuprofen', { doNotPerform: true, reasonCode: [{ text: 'chronic kidney disease and lithium' }] }),
  medication('escitalopram', 'Escitalopram 10 mg', { status: 'stopped', authoredOn: '2024-01-15' }),
];
export const reported = [
  {
    resourceType: 'MedicationStatement',
    id: 'melatonin',
    status: 'active',
    subject,
    medicationCodeableConcept: { text: 'Melatonin 2 mg' },
    effectivePeriod: { start: '2026-09' },
    informationSource: subject,
    dosage: [
      {
        asNeededBoolean: true,
        timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd', when: ['HS'] } },
        doseAndRate: [{ doseQuantity: { value: 1, unit: 'tablet' } }],
      },
    ],
  },
];

const encounter = (id: string, text: string, own: object = {}): object => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { system: `${HL7}v3-ActCode`, code: 'AMB' },
  type: [{ text }],
  subject,
  participant: [{ individual: doctor }],
  ...own,
});
export const encounters = [
  encounter('now', 'Lithium review', { status: 'in-progress', period: { start: '2026-11-23T11:00:00+11:00' } }),
  encounter('renal', 'Renal and lithium review', {
    period: { start: '2026-11-19T08:00:00+11:00', end: '2026-11-19T08:40:00+11:00' },
    reasonCode: [{ text: 'raised creatinine' }],
    diagnosis: [{ condition: { reference: 'Condition/kidney' } }],
  }),
  encounter('therapy', 'Therapy session 14', {
    class: { system: `${HL7}v3-ActCode`, code: 'VR' },
    participant: [{ individual: { display: 'Dr Amara Okafor' } }],
    period: { start: '2026-11-10T15:00:00+11:00', end: '2026-11-10T15:50:00+11:00' },
  }),
  encounter('next', 'Blood test', { status: 'planned', period: { start: '2026-12-01' } }),
];

export const documents = {
  resourceType: 'Observation',
  id: 'potassium',
  status: 'final',
  subject,
  code: { text: 'Potassium' },
};

/** The whole record as plain data. */
export const record: readonly Resource[] = [
  patient,
  flag,
  penicillin,
  latex,
  ibuprofen,
  ...conditions,
  ...medications,
  ...reported,
  ...encounters,
  documents,
] as Resource[];

/** Hostile words in every place that a record's own words reach. */
export const hostile: readonly Resource[] = [
  { ...patient, name: [{ family: '<img src=x onerror=alert(1)>', given: ['\u202e"><script>alert(1)</script>'] }] },
  { ...penicillin, code: { text: '<script>alert(1)</script>' }, note: [{ text: '</pre><b onclick=alert(1)>bold</b>' }] },
  {
    ...(conditions[0] as object),
    code: undefined,
    text: { status: 'generated', div: '<div><img src=x onerror="alert(1)">Heart failure<script>alert(1)</script></div>' },
  },
  {
    ...(medications[0] as object),
    medicationCodeableConcept: { text: 'A'.repeat(400) },
    dosageInstruction: [{ text: 'javascript:alert(1)' }],
  },
  {
    ...(encounters[1] as object),
    modifierExtension: [{ url: 'http://example.org/did-not-happen', valueBoolean: true }],
    type: [{ text: '{{constructor}}' }],
  },
] as unknown as Resource[];

/** A Hebrew record, as an Israeli server gives it. */
export const hebrew: readonly Resource[] = [
  {
    resourceType: 'Patient',
    id: 'cohen',
    identifier: [{ system: 'http://fhir.health.gov.il/identifier/il-national-id', value: '000000018' }],
    name: [{ family: 'כהן', given: ['תמר'], extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/language', valueCode: 'he' }] }],
    gender: 'female',
    birthDate: '2003-04-17',
  },
  {
    ...allergy('aspirin', 'אספירין', { reaction: [{ manifestation: [{ text: 'טינטון' }], severity: 'mild' }] }),
    patient: { reference: 'Patient/cohen' },
    language: 'he',
  },
  { ...condition('asthma', 'אסתמה', { onsetDateTime: '2011-03' }), subject: { reference: 'Patient/cohen' } },
  {
    ...medication('amoxicillin', 'אמוקסיצילין 500 mg', {
      dosageInstruction: [{ text: 'כמוסה אחת שלוש פעמים ביום' }],
      requester: { display: 'ד״ר לוי' },
    }),
    subject: { reference: 'Patient/cohen' },
  },
] as unknown as Resource[];
