/**
 * FHIR R4: types, lossless JSON, and checked reading of resources.
 *
 * Apart from here, so that nobody loads them unasked: `carelet/models/fhir/codes`, the code lists of required bindings as arrays for
 * menus and checks; `carelet/models/fhir/schemas`, a zod schema for each resource type, for checks that cannot wait.
 */
export { JsonSyntaxError, cloneJson, literalOf, parseJson, stringify } from './json.js';
export { ALL_R4_TYPES, RESOURCE_TYPES } from './generated/names.js';
export { parseResource, type ParseOptions, type ParseResult } from './parse.js';
export type * from './generated/codes/index.js';
export type * from './generated/types/index.js';
export * from './read/index.js';
export * from './search-check.js';
export * from './search-values.js';
