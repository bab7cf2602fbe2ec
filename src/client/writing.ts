/** What the client can do about writes beyond the plain ones, as one lazy chunk: one by one, their addresses alone would cost the start too much. */
export { merge } from '../models/fhir/merge/index.js';
export { Conditional } from './conditional.js';
export { asConflict } from './conflict.js';
export { resolve } from './resolve.js';
export { TransactionBuilder } from './transaction-builder.js';
