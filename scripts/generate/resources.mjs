// The resource types that get an interface and a schema: what the five domains, security, terminology and the protocol need.
// A type that is not here is kept as it is, and shown as such.
export const RESOURCES = `
Account Appointment AppointmentResponse ChargeItem ChargeItemDefinition Claim ClaimResponse Contract Coverage CoverageEligibilityRequest
CoverageEligibilityResponse EnrollmentRequest EnrollmentResponse ExplanationOfBenefit InsurancePlan Invoice PaymentNotice PaymentReconciliation
Schedule Slot HealthcareService
Patient Person RelatedPerson Practitioner PractitionerRole Organization OrganizationAffiliation Location Endpoint Group CareTeam
AdverseEvent AllergyIntolerance BodyStructure CarePlan ClinicalImpression Condition Encounter EpisodeOfCare FamilyMemberHistory Flag Goal Immunization
ImmunizationEvaluation ImmunizationRecommendation List NutritionOrder Procedure RiskAssessment ServiceRequest RequestGroup Task VisionPrescription
GuidanceResponse SupplyDelivery SupplyRequest
DiagnosticReport ImagingStudy Media Observation Specimen MolecularSequence
Device DeviceRequest DeviceUseStatement DeviceMetric Substance
Medication MedicationAdministration MedicationDispense MedicationKnowledge MedicationRequest MedicationStatement DetectedIssue
Questionnaire QuestionnaireResponse Communication CommunicationRequest Composition DocumentManifest DocumentReference Linkage MessageHeader
AuditEvent Consent Provenance
CodeSystem ConceptMap ValueSet NamingSystem StructureDefinition SearchParameter OperationDefinition Library PlanDefinition ActivityDefinition Measure MeasureReport
Basic Binary Bundle CapabilityStatement OperationOutcome Parameters Subscription
`
  .trim()
  .split(/\s+/)
  .toSorted();

/** Abstract types of R4: there are no instances of them. */
export const ABSTRACT = ['Resource', 'DomainResource'];

/** Resource type -> the module of src/models/fhir/schema/rules/ that has its invariants. */
export const RULES = Object.fromEntries(
  Object.entries({
    care: `AllergyIntolerance CarePlan Condition Consent FamilyMemberHistory Goal Group Immunization ImmunizationRecommendation Linkage List
      MedicationAdministration MedicationDispense MolecularSequence Observation RequestGroup RiskAssessment ServiceRequest Task`,
    practice: 'Appointment AppointmentResponse AuditEvent CoverageEligibilityResponse InsurancePlan Organization Patient',
    forms: 'Composition Questionnaire QuestionnaireResponse',
    protocol: 'Bundle CapabilityStatement Parameters',
    definitions:
      'CodeSystem ConceptMap Measure MeasureReport NamingSystem OperationDefinition SearchParameter StructureDefinition ValueSet',
  }).flatMap(([module, types]) =>
    types
      .trim()
      .split(/\s+/)
      .map((type) => [type, module]),
  ),
);
