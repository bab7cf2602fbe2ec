/** A FHIR resource as plain JSON, before anyone has checked it: the store takes what it is given. */
export interface ResourceTree {
  resourceType: string;
  id?: string;
  [element: string]: unknown;
}

export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** R4 datatype `id`. */
export const ID = /^[A-Za-z0-9\-.]{1,64}$/;

/** A JSON object that names its resource type. */
export const isResource = (value: unknown): value is ResourceTree =>
  isObject(value) && typeof value['resourceType'] === 'string' && value['resourceType'] !== '';
