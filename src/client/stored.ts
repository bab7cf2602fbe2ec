import type { Resource } from '../models/fhir/index.js';
import type { RequestOptions, WriteOperation, WriteOutcome } from './backend.js';

/** Gives the record as the server stored it, with its version; the client's own, handed to what it loads later. */
export type ReadStored = (
  operation: WriteOperation,
  done: Extract<WriteOutcome, { state: 'done' }>,
  options: RequestOptions,
) => Promise<Resource>;
