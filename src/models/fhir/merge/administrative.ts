/**
 * Which elements merge without asking, by resource type. Listed is what is administrative, not what is clinical: an element that is not
 * here (a dosage, a status, a code, a value, an abatement, a subject …), and every element of a type that is not here, asks. What was
 * forgotten then costs a question and not a mistake.
 *
 * Listed are identifiers and links of the record, who wrote it down and when, contact details, and texts that change no care. Not
 * listed on purpose: `note` (it may say "do not give"), `active` and `link` of a person, every `extension`, whose meaning is unknown.
 */
const DEMOGRAPHICS = 'identifier name telecom address gender birthDate photo communication';

const TABLE: Readonly<Record<string, string>> = {
  Account: 'identifier name description owner',
  AllergyIntolerance: 'identifier encounter recordedDate recorder asserter',
  Appointment: 'identifier description comment patientInstruction created supportingInformation',
  AppointmentResponse: 'identifier comment',
  CareTeam: 'identifier telecom managingOrganization',
  Condition: 'identifier encounter recordedDate recorder asserter',
  Coverage: 'identifier order network',
  DiagnosticReport: 'identifier imagingStudy media',
  DocumentReference: 'identifier description',
  Encounter: 'identifier account',
  Endpoint: 'identifier name contact',
  HealthcareService: 'identifier name comment extraDetails photo telecom',
  Immunization: 'identifier recorded primarySource reportOrigin location fundingSource education',
  Location: 'identifier name alias description telecom address position hoursOfOperation availabilityExceptions',
  MedicationRequest: 'identifier groupIdentifier supportingInformation insurance eventHistory',
  Organization: 'identifier name alias telecom address contact',
  Patient: `${DEMOGRAPHICS} maritalStatus multipleBirth contact generalPractitioner managingOrganization`,
  Person: 'identifier name telecom address gender birthDate photo',
  Practitioner: `${DEMOGRAPHICS} qualification`,
  PractitionerRole: 'identifier telecom location healthcareService availableTime notAvailable availabilityExceptions endpoint',
  Procedure: 'identifier recorder asserter location',
  RelatedPerson: `${DEMOGRAPHICS} relationship`,
  Schedule: 'identifier comment',
  ServiceRequest: 'identifier requisition insurance supportingInfo locationCode locationReference',
  Slot: 'identifier comment',
  Task: 'identifier groupIdentifier description authoredOn lastModified',
};

/** By resource type. */
export const ADMINISTRATIVE: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(TABLE).map(([type, names]) => [type, new Set(names.split(' '))]),
);

/** Whether a change of this element is for a person to decide. */
export function isClinical(resourceType: string, element: string): boolean {
  return element !== 'language' && !ADMINISTRATIVE.get(resourceType)?.has(element);
}
