import { describe } from 'node:test';
import * as billing from '../../../../src/models/fhir/schema/rules/billing.js';
import * as clinical from '../../../../src/models/fhir/schema/rules/clinical.js';
import * as practice from '../../../../src/models/fhir/schema/rules/practice.js';
import { type Cases, checkRules, concept, REF, UCUM, X } from './check-rules.js';

const observation = (held: object): object => ({ resourceType: 'Observation', status: 'final', code: X, ...held });
const appointment = (held: object): object => ({
  resourceType: 'Appointment',
  status: 'booked',
  start: '2020-01-01T10:00:00Z',
  end: '2020-01-01T11:00:00Z',
  participant: [{ actor: REF, status: 'accepted' }],
  ...held,
});
const condition = (held: object): object => ({ resourceType: 'Condition', subject: REF, ...held });
const list = (held: object): object => ({ resourceType: 'List', status: 'current', mode: 'snapshot', ...held });
const CASES: Cases = {
  'app-1': [appointment({ participant: [{ status: 'accepted' }] }), appointment({})],
  'app-2': [appointment({ status: 'proposed', end: undefined }), appointment({ status: 'proposed', start: undefined, end: undefined })],
  'app-3': [appointment({ start: undefined, end: undefined }), appointment({ status: 'waitlist', start: undefined, end: undefined })],
  'app-4': [appointment({ cancelationReason: X }), appointment({ status: 'noshow', cancelationReason: X })],
  'apr-1': [
    { resourceType: 'AppointmentResponse', appointment: REF, participantStatus: 'accepted' },
    { resourceType: 'AppointmentResponse', appointment: REF, participantStatus: 'accepted', actor: REF },
  ],
  'grp-1': [
    { resourceType: 'Group', type: 'person', actual: false, member: [{ entity: REF }] },
    { resourceType: 'Group', type: 'person', actual: true, member: [{ entity: REF }] },
  ],
  'org-1': [
    { resourceType: 'Organization', active: true },
    { resourceType: 'Organization', name: 'x' },
  ],
  'org-2': [
    { resourceType: 'Organization', name: 'x', address: [{ use: 'home' }] },
    { resourceType: 'Organization', name: 'x', address: [{ use: 'work' }] },
  ],
  'org-3': [
    { resourceType: 'Organization', name: 'x', telecom: [{ use: 'home' }] },
    { resourceType: 'Organization', name: 'x', telecom: [{ use: 'work' }] },
  ],
  'pat-1': [
    { resourceType: 'Patient', contact: [{ gender: 'male' }] },
    { resourceType: 'Patient', contact: [{ name: X }] },
  ],
  'ces-1': [
    {
      resourceType: 'CoverageEligibilityResponse',
      status: 'active',
      purpose: ['benefits'],
      patient: REF,
      created: '2020',
      request: REF,
      outcome: 'complete',
      insurer: REF,
      insurance: [{ coverage: REF, item: [{ name: 'x' }] }],
    },
    {
      resourceType: 'CoverageEligibilityResponse',
      status: 'active',
      purpose: ['benefits'],
      patient: REF,
      created: '2020',
      request: REF,
      outcome: 'complete',
      insurer: REF,
      insurance: [{ coverage: REF, item: [{ category: X }] }],
    },
  ],
  'ait-1': [
    { resourceType: 'AllergyIntolerance', patient: REF },
    {
      resourceType: 'AllergyIntolerance',
      patient: REF,
      verificationStatus: concept('allergyintolerance-verification', 'entered-in-error'),
    },
  ],
  'ait-2': [
    {
      resourceType: 'AllergyIntolerance',
      patient: REF,
      clinicalStatus: concept('allergyintolerance-clinical', 'active'),
      verificationStatus: concept('allergyintolerance-verification', 'entered-in-error'),
    },
    { resourceType: 'AllergyIntolerance', patient: REF, clinicalStatus: concept('allergyintolerance-clinical', 'active') },
  ],
  'cpl-3': [
    {
      resourceType: 'CarePlan',
      status: 'active',
      intent: 'plan',
      subject: REF,
      activity: [{ reference: REF, detail: { status: 'scheduled' } }],
    },
    { resourceType: 'CarePlan', status: 'active', intent: 'plan', subject: REF, activity: [{ reference: REF }] },
  ],
  'con-1': [condition({ stage: [{ type: X }] }), condition({ stage: [{ summary: X }] })],
  'con-2': [condition({ evidence: [{ extension: [{ url: 'http://x', valueCode: 'x' }] }] }), condition({ evidence: [{ code: [X] }] })],
  'con-4': [
    condition({ abatementString: 'x', clinicalStatus: concept('condition-clinical', 'active') }),
    condition({ abatementString: 'x', clinicalStatus: concept('condition-clinical', 'resolved') }),
  ],
  'con-5': [
    condition({
      clinicalStatus: concept('condition-clinical', 'active'),
      verificationStatus: concept('condition-ver-status', 'entered-in-error'),
    }),
    condition({ verificationStatus: concept('condition-ver-status', 'entered-in-error') }),
  ],
  'fhs-1': [
    { resourceType: 'FamilyMemberHistory', status: 'completed', patient: REF, relationship: X, ageString: 'x', bornString: 'y' },
    { resourceType: 'FamilyMemberHistory', status: 'completed', patient: REF, relationship: X, bornString: 'y' },
  ],
  'fhs-2': [
    { resourceType: 'FamilyMemberHistory', status: 'completed', patient: REF, relationship: X, estimatedAge: true },
    { resourceType: 'FamilyMemberHistory', status: 'completed', patient: REF, relationship: X, estimatedAge: true, ageString: 'x' },
  ],
  'gol-1': [
    { resourceType: 'Goal', lifecycleStatus: 'active', description: X, subject: REF, target: [{ detailString: 'x' }] },
    { resourceType: 'Goal', lifecycleStatus: 'active', description: X, subject: REF, target: [{ detailString: 'x', measure: X }] },
  ],
  'imm-1': [
    {
      resourceType: 'Immunization',
      status: 'completed',
      vaccineCode: X,
      patient: REF,
      occurrenceString: 'x',
      education: [{ publicationDate: '2020' }],
    },
    {
      resourceType: 'Immunization',
      status: 'completed',
      vaccineCode: X,
      patient: REF,
      occurrenceString: 'x',
      education: [{ reference: 'http://x' }],
    },
  ],
  'imr-1': [
    { resourceType: 'ImmunizationRecommendation', patient: REF, date: '2020', recommendation: [{ forecastStatus: X }] },
    { resourceType: 'ImmunizationRecommendation', patient: REF, date: '2020', recommendation: [{ forecastStatus: X, targetDisease: X }] },
  ],
  'lst-1': [list({ emptyReason: X, entry: [{ item: REF }] }), list({ emptyReason: X })],
  'lst-2': [list({ entry: [{ item: REF, deleted: true }] }), list({ mode: 'changes', entry: [{ item: REF, deleted: true }] })],
  'lst-3': [list({ entry: [{ item: REF, date: '2020' }] }), list({ mode: 'working', entry: [{ item: REF, date: '2020' }] })],
  'mad-1': [
    {
      resourceType: 'MedicationAdministration',
      status: 'completed',
      medicationReference: REF,
      subject: REF,
      effectiveDateTime: '2020',
      dosage: { text: 'x' },
    },
    {
      resourceType: 'MedicationAdministration',
      status: 'completed',
      medicationReference: REF,
      subject: REF,
      effectiveDateTime: '2020',
      dosage: { rateQuantity: { value: 1 } },
    },
  ],
  'mdd-1': [
    {
      resourceType: 'MedicationDispense',
      status: 'completed',
      medicationReference: REF,
      whenPrepared: '2020-01-02',
      whenHandedOver: '2020-01-01',
    },
    {
      resourceType: 'MedicationDispense',
      status: 'completed',
      medicationReference: REF,
      whenPrepared: '2020-01-01T10:00:00+10:00',
      whenHandedOver: '2020-01-01T00:30:00Z',
    },
  ],
  'obs-3': [observation({ referenceRange: [{ type: X }] }), observation({ referenceRange: [{ text: 'x' }] })],
  'obs-6': [observation({ valueString: 'x', dataAbsentReason: X }), observation({ dataAbsentReason: X })],
  'obs-7': [
    observation({
      code: { coding: [{ system: 'http://x', code: 'a' }] },
      valueString: 'x',
      component: [{ code: { coding: [{ system: 'http://x', code: 'a' }] } }],
    }),
    observation({
      code: { coding: [{ system: 'http://x', code: 'a' }] },
      valueString: 'x',
      component: [{ code: { coding: [{ system: 'http://y', code: 'a' }] } }],
    }),
  ],
  'ras-1': [
    { resourceType: 'RiskAssessment', status: 'final', subject: REF, prediction: [{ probabilityRange: { low: { value: 1 } } }] },
    {
      resourceType: 'RiskAssessment',
      status: 'final',
      subject: REF,
      prediction: [{ probabilityRange: { low: { value: 1, code: '%', system: UCUM } } }],
    },
  ],
  'ras-2': [
    { resourceType: 'RiskAssessment', status: 'final', subject: REF, prediction: [{ probabilityDecimal: 100.1 }] },
    { resourceType: 'RiskAssessment', status: 'final', subject: REF, prediction: [{ probabilityDecimal: 100 }] },
  ],
  'prr-1': [
    { resourceType: 'ServiceRequest', status: 'active', intent: 'order', subject: REF, orderDetail: [X] },
    { resourceType: 'ServiceRequest', status: 'active', intent: 'order', subject: REF, orderDetail: [X], code: X },
  ],
  'inv-1': [
    { resourceType: 'Task', status: 'draft', intent: 'order', authoredOn: '2021', lastModified: '2020' },
    { resourceType: 'Task', status: 'draft', intent: 'order', authoredOn: '2020', lastModified: '2020-05' },
  ],
};

describe('invariants: billing, clinical, practice', () => checkRules(CASES, [billing, clinical, practice]));
