export { createFhirBackend, type FhirBackendOptions } from './fhir-backend.js';
export { QUIRKS, type Quirk } from './quirks.js';
