/** `carelet/models/fhir/merge`: three-way merge of a record after a stale write. Pure; the client loads it when it is asked for. */
export { isClinical } from './administrative.js';
export { merge } from './merge.js';
export type { MergeChange, MergeChoices, MergeConflict, MergeKind, MergeOptions, MergeResult, MergeVersions } from './types.js';
export type { Side as MergeSide } from './rows.js';
