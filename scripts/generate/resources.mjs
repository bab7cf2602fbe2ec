// The resource types that get an interface and a schema, in the groups that travel to a page together: a page that needs one of
// a group soon needs others, one request for ten types beats ten, and together they compress better.
const words = (text) => text.trim().split(/\s+/).toSorted();

export const GROUPS = {
  practice:
    words(`Account Appointment AppointmentResponse CareTeam Coverage Endpoint Group HealthcareService Location Organization Patient Person
    Practitioner PractitionerRole RelatedPerson Schedule Slot Task`),
  clinical:
    words(`AllergyIntolerance CarePlan ClinicalImpression Condition DetectedIssue Device DeviceRequest DeviceUseStatement DiagnosticReport
    Encounter EpisodeOfCare FamilyMemberHistory Flag Goal ImagingStudy Immunization ImmunizationRecommendation List Media Medication
    MedicationAdministration MedicationDispense MedicationRequest MedicationStatement NutritionOrder Observation Procedure RiskAssessment
    ServiceRequest Specimen`),
  billing:
    words(`ChargeItem ChargeItemDefinition Claim ClaimResponse CoverageEligibilityRequest CoverageEligibilityResponse ExplanationOfBenefit
    Invoice PaymentNotice PaymentReconciliation`),
  documents:
    words(`AuditEvent Basic Binary Bundle CapabilityStatement CodeSystem Communication CommunicationRequest Composition ConceptMap Consent
    DocumentManifest DocumentReference OperationOutcome Parameters Provenance Questionnaire QuestionnaireResponse Subscription ValueSet`),
};

/** Types with a schema that `parseResource` loads by itself. The others are kept as they are, and shown as such. */
export const RESOURCES = Object.values(GROUPS).flat().toSorted();

/** Types that only `carelet validate` knows: rare in the product, and not worth their weight in a page. */
export const MORE =
  words(`ActivityDefinition AdverseEvent BodyStructure Contract DeviceMetric EnrollmentRequest EnrollmentResponse GuidanceResponse
  ImmunizationEvaluation InsurancePlan Library Linkage Measure MeasureReport MedicationKnowledge MessageHeader MolecularSequence NamingSystem
  OperationDefinition OrganizationAffiliation PlanDefinition RequestGroup SearchParameter StructureDefinition Substance SupplyDelivery SupplyRequest
  VisionPrescription`);

/** Abstract types of R4: there are no instances of them. */
export const ABSTRACT = ['Resource', 'DomainResource'];

/** Resource type -> the module of src/models/fhir/schema/rules/ that has its invariants. */
export const RULES = Object.fromEntries(
  Object.entries({
    clinical: `AllergyIntolerance CarePlan Condition FamilyMemberHistory Goal Immunization ImmunizationRecommendation List MedicationAdministration
      MedicationDispense Observation RiskAssessment ServiceRequest`,
    practice: 'Appointment AppointmentResponse Group Organization Patient Task',
    billing: 'CoverageEligibilityResponse',
    documents: 'AuditEvent Bundle CapabilityStatement Composition Consent Parameters',
    forms: 'Questionnaire QuestionnaireResponse',
    terminology: 'CodeSystem ConceptMap ValueSet',
    more: `InsurancePlan Linkage Measure MeasureReport MolecularSequence NamingSystem OperationDefinition RequestGroup SearchParameter StructureDefinition`,
  }).flatMap(([module, types]) => words(types).map((type) => [type, module])),
);
