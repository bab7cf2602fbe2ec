import type {
  AllergyIntolerance,
  CarePlanActivity,
  Condition,
  ConditionEvidence,
  ConditionStage,
  FamilyMemberHistory,
  GoalTarget,
  ImmunizationEducation,
  ImmunizationRecommendationRecommendation,
  List,
  MedicationAdministrationDosage,
  MedicationDispense,
  Observation,
  ObservationReferenceRange,
  RiskAssessmentPrediction,
  ServiceRequest,
} from '../../generated/types/index.js';
import { after, coded, goesWith, has, needs, notBoth, rule, type Rules } from './rule.js';

const SYSTEM = 'http://terminology.hl7.org/CodeSystem/';
const isMistake = (a: AllergyIntolerance): boolean =>
  coded(a.verificationStatus, `${SYSTEM}allergyintolerance-verification`, 'entered-in-error');

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
  'CarePlan.activity': [notBoth<CarePlanActivity>('cpl-3', 'detail', 'reference')],
};

export const rulesOfCondition: Rules = {
  Condition: [
    rule<Condition>(
      'con-4',
      'must be inactive, resolved or in remission when it has abated',
      (c) => !has(c, 'abatement[x]') || coded(c.clinicalStatus, `${SYSTEM}condition-clinical`, 'resolved', 'remission', 'inactive'),
    ),
    rule<Condition>(
      'con-5',
      'has no clinicalStatus when it was entered in error',
      (c) => !coded(c.verificationStatus, `${SYSTEM}condition-ver-status`, 'entered-in-error') || !has(c, 'clinicalStatus'),
    ),
  ],
  'Condition.stage': [needs<ConditionStage>('con-1', 'summary', 'assessment')],
  'Condition.evidence': [needs<ConditionEvidence>('con-2', 'code', 'detail')],
};

export const rulesOfFamilyMemberHistory: Rules = {
  FamilyMemberHistory: [
    notBoth<FamilyMemberHistory>('fhs-1', 'age[x]', 'born[x]'),
    goesWith<FamilyMemberHistory>('fhs-2', 'estimatedAge', 'age[x]'),
  ],
};

export const rulesOfGoal: Rules = {
  'Goal.target': [goesWith<GoalTarget>('gol-1', 'detail[x]', 'measure')],
};

export const rulesOfImmunization: Rules = {
  'Immunization.education': [needs<ImmunizationEducation>('imm-1', 'documentType', 'reference')],
};

export const rulesOfImmunizationRecommendation: Rules = {
  'ImmunizationRecommendation.recommendation': [needs<ImmunizationRecommendationRecommendation>('imr-1', 'vaccineCode', 'targetDisease')],
};

export const rulesOfList: Rules = {
  List: [
    notBoth<List>('lst-1', 'emptyReason', 'entry'),
    rule<List>(
      'lst-2',
      'has deleted entries only in the mode changes',
      (l) => l.mode === 'changes' || !l.entry?.some((e) => has(e, 'deleted')),
    ),
    rule<List>(
      'lst-3',
      'has dates in its entries only in the mode working',
      (l) => l.mode === 'working' || !l.entry?.some((e) => has(e, 'date')),
    ),
  ],
};

export const rulesOfMedicationAdministration: Rules = {
  'MedicationAdministration.dosage': [needs<MedicationAdministrationDosage>('mad-1', 'dose', 'rate[x]')],
};

export const rulesOfMedicationDispense: Rules = {
  MedicationDispense: [
    rule<MedicationDispense>(
      'mdd-1',
      'must not be handed over before it was prepared',
      (d) => !d.whenPrepared || !d.whenHandedOver || !after(d.whenPrepared, d.whenHandedOver),
    ),
  ],
};

export const rulesOfObservation: Rules = {
  Observation: [
    notBoth<Observation>('obs-6', 'value[x]', 'dataAbsentReason'),
    rule<Observation>(
      'obs-7',
      'must not have a value when a component has the same code',
      (o) =>
        !has(o, 'value[x]') ||
        !o.component?.some((c) =>
          c.code.coding?.some((one) => o.code.coding?.some((other) => one.code === other.code && one.system === other.system)),
        ),
    ),
  ],
  'Observation.referenceRange': [needs<ObservationReferenceRange>('obs-3', 'low', 'high', 'text')],
};

const isPercent = (q: { system?: string; code?: string } | undefined): boolean =>
  !q || (q.code === '%' && q.system === 'http://unitsofmeasure.org');

export const rulesOfRiskAssessment: Rules = {
  'RiskAssessment.prediction': [
    rule<RiskAssessmentPrediction>(
      'ras-1',
      'needs percent in a range of probability',
      ({ probabilityRange: range }) => isPercent(range?.low) && isPercent(range?.high),
    ),
    rule<RiskAssessmentPrediction>('ras-2', 'needs a probability of 100 at most', (p) => !((p.probabilityDecimal ?? 0) > 100)),
  ],
};

export const rulesOfServiceRequest: Rules = {
  ServiceRequest: [goesWith<ServiceRequest>('prr-1', 'orderDetail', 'code')],
};
