/**
 * Where a resource holds what its date parameters search (hl7.org/fhir/R4/searchparameter-registry), for the types that carelet works
 * with: a line a type, `parameter` where the element has that name in camel case, else `parameter=path`. `[x]` is any of a choice.
 */
const PATHS = `
Account period=servicePeriod
AllergyIntolerance date=recordedDate last-date=lastOccurrence onset=reaction.onset
Appointment date=start
AuditEvent date=recorded
CarePlan activity-date=activity.detail.scheduled[x] date=period
CareTeam date=period
ChargeItem entered-date occurrence=occurrence[x]
Claim created
ClaimResponse created payment-date=payment.date
Communication received sent
Composition date period=event.period
Condition abatement-date=abatementDateTime|abatementPeriod onset-date=onsetDateTime|onsetPeriod recorded-date
Consent date=dateTime period=provision.period
DiagnosticReport date=effective[x] issued
DocumentReference date period=context.period
Encounter date=period location-period=location.period
EpisodeOfCare date=period
ExplanationOfBenefit created
Flag date=period
Goal start-date target-date=target.dueDate
Immunization date=occurrenceDateTime reaction-date=reaction.date
Invoice date
MedicationRequest authoredon=authoredOn date=dosageInstruction.timing.event
MedicationStatement effective=effective[x]
Observation date=effective[x] value-date=valueDateTime|valuePeriod
Patient birthdate=birthDate death-date=deceasedDateTime
PaymentReconciliation created
PractitionerRole date=period
Procedure date=performed[x]
Provenance recorded when=occurredDateTime
Questionnaire date effective=effectivePeriod
QuestionnaireResponse authored
RelatedPerson birthdate=birthDate
Schedule date=planningHorizon
ServiceRequest authored=authoredOn occurrence=occurrence[x]
Slot start
Task authored-on modified=lastModified period=executionPeriod
ValueSet date
`;

const paths = new Map<string, readonly string[]>();
for (const line of PATHS.trim().split('\n')) {
  const [type, ...params] = line.split(' ');
  for (const param of params) {
    const [name, path = name!.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())] = param.split('=');
    paths.set(`${type} ${name}`, path.split('|'));
  }
}

/** The element paths of a date parameter; undefined for one that is none, or that is not known here. */
export const datePaths = (type: string, param: string): readonly string[] | undefined => paths.get(`${type} ${param}`);
