// Where the package's definitions are not R4 (4.0.1) as HL7 published it: its makers added elements for their server and took
// over some of R5. Found by comparing every element with the definitions in HAPI FHIR's hapi-fhir-validation-resources-r4 8.8.0.
// ResearchStudy, EvidenceVariable and DeviceDefinition were changed throughout: do not generate them from here.

/** Elements that R4 does not have. */
export const ADDED = new Set([
  'Binary.url',
  ...['account', 'accounts', 'author', 'compartment', 'onBehalfOf', 'project'].map((name) => `Meta.${name}`),
  'ObservationDefinition.publisher',
]);

/** Types and bindings as R4 has them. */
export const CHANGED = {
  'AuditEvent.source.observer': { targets: ['PractitionerRole', 'Practitioner', 'Organization', 'Device', 'Patient', 'RelatedPerson'] },
  'Bundle.entry.response.outcome': { type: 'Resource' },
  'DetectedIssue.status': { binding: 'http://hl7.org/fhir/ValueSet/observation-status' },
  'MeasureReport.subject': { targets: ['Patient', 'Practitioner', 'PractitionerRole', 'Location', 'Device', 'RelatedPerson', 'Group'] },
};
