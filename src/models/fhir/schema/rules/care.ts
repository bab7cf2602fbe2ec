import type {
  AllergyIntolerance,
  CarePlanActivity,
  Condition,
  ConditionEvidence,
  ConditionStage,
  Consent,
  FamilyMemberHistory,
  GoalTarget,
  Group,
  ImmunizationEducation,
  ImmunizationRecommendationRecommendation,
  Linkage,
  List,
  MedicationAdministrationDosage,
  MedicationDispense,
  MolecularSequence,
  Observation,
  ObservationReferenceRange,
  RequestGroupAction,
  RiskAssessmentPrediction,
  ServiceRequest,
  Task,
} from '../../generated/types/index.js';
import { after, coded, has, hasChoice, rule, type Rules } from './rule.js';

const ALLERGY_VERIFICATION = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification';
const isMistake = (a: AllergyIntolerance): boolean => coded(a.verificationStatus, ALLERGY_VERIFICATION, 'entered-in-error');

export const rulesOfAllergyIntolerance: Rules = {
  AllergyIntolerance: [
    rule<AllergyIntolerance>(
      'ait-1',
      'needs a clinicalStatus, unless it was entered in error',
      (a) => isMistake(a) || has(a, 'clinicalStatus'),
    ),
    rule<AllergyIntolerance>(
      'ait-2',
      'has no clinicalStatus when it was entered in error',
      (a) => !isMistake(a) || !has(a, 'clinicalStatus'),
    ),
  ],
};

export const rulesOfCarePlan: Rules = {
  'CarePlan.activity': [
    rule<CarePlanActivity>('cpl-3', 'has a detail or a reference, not both', (a) => !(has(a, 'detail') && has(a, 'reference'))),
  ],
};

export const rulesOfCondition: Rules = {
  Condition: [
    rule<Condition>(
      'con-4',
      'an abated condition is inactive, resolved or in remission',
      (c) =>
        !hasChoice(c, 'abatement') ||
        coded(c.clinicalStatus, 'http://terminology.hl7.org/CodeSystem/condition-clinical', 'resolved', 'remission', 'inactive'),
    ),
    rule<Condition>(
      'con-5',
      'has no clinicalStatus when it was entered in error',
      (c) =>
        !coded(c.verificationStatus, 'http://terminology.hl7.org/CodeSystem/condition-ver-status', 'entered-in-error') ||
        !has(c, 'clinicalStatus'),
    ),
  ],
  'Condition.stage': [rule<ConditionStage>('con-1', 'needs a summary or an assessment', (s) => has(s, 'summary', 'assessment'))],
  'Condition.evidence': [rule<ConditionEvidence>('con-2', 'needs a code or a detail', (e) => has(e, 'code', 'detail'))],
};

export const rulesOfConsent: Rules = {
  Consent: [rule<Consent>('ppc-1', 'needs a policy or a policyRule', (c) => has(c, 'policy', 'policyRule'))],
};

export const rulesOfFamilyMemberHistory: Rules = {
  FamilyMemberHistory: [
    rule<FamilyMemberHistory>('fhs-1', 'has an age or a birth, not both', (f) => !(hasChoice(f, 'age') && hasChoice(f, 'born'))),
    rule<FamilyMemberHistory>('fhs-2', 'estimatedAge needs an age', (f) => !has(f, 'estimatedAge') || hasChoice(f, 'age')),
  ],
};

export const rulesOfGoal: Rules = {
  'Goal.target': [rule<GoalTarget>('gol-1', 'a detail needs a measure', (t) => !hasChoice(t, 'detail') || has(t, 'measure'))],
};

export const rulesOfGroup: Rules = {
  Group: [rule<Group>('grp-1', 'only an actual group has members', (g) => !has(g, 'member') || g.actual === true)],
};

export const rulesOfImmunization: Rules = {
  'Immunization.education': [
    rule<ImmunizationEducation>('imm-1', 'needs a documentType or a reference', (e) => has(e, 'documentType', 'reference')),
  ],
};

export const rulesOfImmunizationRecommendation: Rules = {
  'ImmunizationRecommendation.recommendation': [
    rule<ImmunizationRecommendationRecommendation>('imr-1', 'needs a vaccineCode or a targetDisease', (r) =>
      has(r, 'vaccineCode', 'targetDisease'),
    ),
  ],
};

export const rulesOfLinkage: Rules = {
  Linkage: [rule<Linkage>('lnk-1', 'needs two items or more', (l) => l.item.length > 1)],
};

export const rulesOfList: Rules = {
  List: [
    rule<List>('lst-1', 'has entries or an emptyReason, not both', (l) => !(has(l, 'emptyReason') && has(l, 'entry'))),
    rule<List>(
      'lst-2',
      'entries are marked deleted only in a list of changes',
      (l) => l.mode === 'changes' || !l.entry?.some((e) => has(e, 'deleted')),
    ),
    rule<List>('lst-3', 'entries have dates only in a working list', (l) => l.mode === 'working' || !l.entry?.some((e) => has(e, 'date'))),
  ],
};

export const rulesOfMedicationAdministration: Rules = {
  'MedicationAdministration.dosage': [
    rule<MedicationAdministrationDosage>('mad-1', 'needs a dose or a rate', (d) => has(d, 'dose') || hasChoice(d, 'rate')),
  ],
};

export const rulesOfMedicationDispense: Rules = {
  MedicationDispense: [
    rule<MedicationDispense>(
      'mdd-1',
      'cannot be handed over before it was prepared',
      (d) => !d.whenPrepared || !d.whenHandedOver || !after(d.whenPrepared, d.whenHandedOver),
    ),
  ],
};

export const rulesOfMolecularSequence: Rules = {
  MolecularSequence: [
    rule<MolecularSequence>('msq-3', 'coordinateSystem is 0 or 1', (m) => m.coordinateSystem === 0 || m.coordinateSystem === 1),
  ],
};

export const rulesOfObservation: Rules = {
  Observation: [
    rule<Observation>('obs-6', 'has a value or a dataAbsentReason, not both', (o) => !has(o, 'dataAbsentReason') || !hasChoice(o, 'value')),
    rule<Observation>(
      'obs-7',
      'a component must not have the same code as the observation when that has a value',
      (o) =>
        !hasChoice(o, 'value') ||
        !o.component?.some((c) =>
          c.code.coding?.some((one) => o.code.coding?.some((other) => one.code === other.code && one.system === other.system)),
        ),
    ),
  ],
  'Observation.referenceRange': [rule<ObservationReferenceRange>('obs-3', 'needs low, high or text', (r) => has(r, 'low', 'high', 'text'))],
};

export const rulesOfRequestGroup: Rules = {
  'RequestGroup.action': [
    rule<RequestGroupAction>('rqg-1', 'has a resource or actions, not both', (a) => has(a, 'resource') !== has(a, 'action')),
  ],
};

const isPercent = (q: { system?: string; code?: string } | undefined): boolean =>
  !q || (q.code === '%' && q.system === 'http://unitsofmeasure.org');

export const rulesOfRiskAssessment: Rules = {
  'RiskAssessment.prediction': [
    rule<RiskAssessmentPrediction>(
      'ras-1',
      'a range of probability is in percent',
      (p) => isPercent(p.probabilityRange?.low) && isPercent(p.probabilityRange?.high),
    ),
    rule<RiskAssessmentPrediction>('ras-2', 'a probability is at most 100', (p) => !((p.probabilityDecimal ?? 0) > 100)),
  ],
};

export const rulesOfServiceRequest: Rules = {
  ServiceRequest: [rule<ServiceRequest>('prr-1', 'orderDetail needs a code', (r) => !has(r, 'orderDetail') || has(r, 'code'))],
};

export const rulesOfTask: Rules = {
  Task: [
    rule<Task>(
      'inv-1',
      'lastModified must not be before authoredOn',
      (t) => !t.authoredOn || !t.lastModified || !after(t.authoredOn, t.lastModified),
    ),
  ],
};
