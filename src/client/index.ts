/** `carelet/client`: the typed client, the FHIR backend, and the port that other backends implement. */
export { CareError, ConflictError, isCareError, CARE_ERROR_KINDS } from '../models/errors.js';
export type { CareErrorKind, CareErrorOptions, CareIssue } from '../models/errors.js';
export { CareClient } from './care-client.js';
export type { CareClientOptions, CareSearchOptions, ReadOptions, RecordRef, SaveOptions } from './care-client.js';
export type { CacheLimits, CacheOptions, Channel, RecordChange, Snapshot, Timers, WatchOptions } from './cache/types.js';
export { Watch, type Observe, type Observer } from './watch.js';
export { CarePage, SearchResult } from './search-result.js';
export type { ChainName, HasName, IncludeName, IncludedOf, ParamName, TypedParams } from './search-types.js';
export { temporaryId } from './temporary-id.js';
export type {
  CommitOptions,
  RecordHandle,
  TransactionBuilder,
  TransactionResult,
  TransactionWriteOptions,
  TypedReference,
  WriteHandle,
} from './transaction-builder.js';
export type { Conditional, ConditionalOptions } from './conditional.js';
export type { Criteria } from './criteria.js';
export type {
  MergeChange,
  MergeChoices,
  MergeConflict,
  MergeKind,
  MergeResult,
  MergeSide,
  MergeVersions,
} from '../models/fhir/merge/index.js';
export { createFhirBackend } from './backends/fhir/index.js';
export type { FhirBackendOptions } from './backends/fhir/index.js';
export type { RetryOptions } from './backends/fhir/retry.js';
export type * from './backend.js';
export type { Charting, ChartGap, ChartSection } from './charting.js';
export type * from './scheduling.js';
