import { isObject } from '../../store/tree.js';
import type { Patcher } from './crud.js';
import { fhirpathPatch, loadShapes } from './fhirpath-patch.js';
import { FHIR_JSON, isJson, JSON_PATCH } from './http.js';
import { jsonPatch } from './json-patch.js';
import { failure } from './outcome.js';

/** What a PATCH body asks for: JSON Patch, or Parameters for FHIRPath Patch. */
export async function patcherOf(contentType: string, body: unknown): Promise<Patcher> {
  if (contentType === JSON_PATCH) return (tree) => jsonPatch(tree, body);
  if (!isJson(contentType)) throw failure(415, 'not-supported', `A patch is ${JSON_PATCH}, or a Parameters resource as ${FHIR_JSON}`);
  if (!isObject(body)) throw failure(400, 'structure', `A FHIRPath Patch is a Parameters resource; a JSON Patch is sent as ${JSON_PATCH}`);
  const shapes = await loadShapes();
  return (tree) => fhirpathPatch(tree, body, shapes);
}
