/**
 * Where a resource says which patient it is about: the patient compartment of R4 (hl7.org/fhir/R4/compartmentdefinition-patient),
 * reduced to the element that holds the subject. Elements that name a patient in another role (a performer, a recorder,
 * a policy holder) are left out: an observation that a mother reported about her child is not the mother's.
 * Task, Device and a few others, which R4's compartment forgets, are added by their patient search parameter.
 */
const TYPES_BY_PATH: Readonly<Record<string, string>> = {
  subject:
    'Account AdverseEvent Basic CarePlan CareTeam ChargeItem ClinicalImpression Communication CommunicationRequest Composition Condition Contract ' +
    'DeviceRequest DeviceUseStatement DiagnosticReport DocumentManifest DocumentReference Encounter Flag Goal GuidanceResponse ImagingStudy ' +
    'Invoice List MeasureReport Media MedicationAdministration MedicationDispense MedicationRequest MedicationStatement Observation Procedure ' +
    'QuestionnaireResponse RequestGroup RiskAssessment ServiceRequest Specimen',
  patient:
    'AllergyIntolerance BodyStructure Claim ClaimResponse Consent CoverageEligibilityRequest CoverageEligibilityResponse DetectedIssue Device ' +
    'EpisodeOfCare ExplanationOfBenefit FamilyMemberHistory Immunization ImmunizationEvaluation ImmunizationRecommendation MolecularSequence ' +
    'NutritionOrder RelatedPerson SupplyDelivery VisionPrescription',
  actor: 'AppointmentResponse Schedule',
  'agent.who': 'AuditEvent',
  beneficiary: 'Coverage',
  candidate: 'EnrollmentRequest',
  deliverTo: 'SupplyRequest',
  'entity.what': 'AuditEvent',
  for: 'Task',
  individual: 'ResearchSubject',
  'link.target': 'Person',
  'member.entity': 'Group',
  'participant.actor': 'Appointment',
  target: 'Provenance',
};

const paths = new Map<string, string[][]>();
for (const [path, types] of Object.entries(TYPES_BY_PATH))
  for (const type of types.split(' ')) paths.set(type, [...(paths.get(type) ?? []), path.split('.')]);

function collect(value: unknown, path: readonly string[], found: unknown[]): void {
  if (Array.isArray(value)) for (const item of value) collect(item, path, found);
  else if (typeof value === 'object' && value !== null) {
    const [step, ...rest] = path;
    if (step === undefined) found.push((value as { reference?: unknown }).reference);
    else collect((value as Record<string, unknown>)[step], rest, found);
  }
}

/** What stands in `reference` where a resource names its subject; `undefined` members for a subject that is named otherwise. */
export function subjectReferences(resource: { resourceType: string }): unknown[] {
  const found: unknown[] = [];
  for (const path of paths.get(resource.resourceType) ?? []) collect(resource, path, found);
  return found;
}

/** Whether resources of this type say which patient they are about. */
export const hasSubject = (type: string): boolean => type === 'Patient' || paths.has(type);
