/**
 * FHIR servers as they are met in the field, each as a wrapper around any handler: put one or several around the embedded
 * backend's `handle` to see how a product copes. What each imitates is said by its name and comment; none is a copy of a product.
 */
export { combine, refusal, type Handler, type Personality } from './personalities/handler.js';
export * from './personalities/connection.js';
export * from './personalities/lacking.js';
export * from './personalities/products.js';
export * from './personalities/untrue.js';
