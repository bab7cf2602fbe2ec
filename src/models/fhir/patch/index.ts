/** `carelet/models/fhir/patch`: patches made of two versions of a record (JSON Patch), or step by step (FHIRPath Patch). */
export { diff, type JsonDiffOptions, type JsonPatchOperation } from './json-diff.js';
export { FhirPathPatch, fhirPath, type FhirPatchContent, type FhirPatchValue } from './fhirpath-patch.js';
