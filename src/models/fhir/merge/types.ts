import type { Side } from './rows.js';

/** The three versions of a record; a ConflictError is one. */
export interface MergeVersions<T = unknown> {
  /** What both started from; undefined where that is not known, and then everything that differs asks. */
  base?: T | undefined;
  mine?: T | undefined;
  theirs?: T | undefined;
}

/**
 * `changed`: a value differs. `added`, `removed`: an entry of a list is there or not. `order`: the same entries in another order.
 * `record`: the whole record, where one of the versions is missing or is another record.
 */
export type MergeKind = 'changed' | 'added' | 'removed' | 'order' | 'record';

/** One element that a person decides about. */
export interface MergeConflict {
  /**
   * FHIRPath-like: `Patient.name[0].family`, `Observation.value` for a value of any type. An index is the position in `theirs`; entries
   * that theirs lacks are numbered after its last one. The same for the same three versions, whatever is chosen.
   */
  path: string;
  kind: MergeKind;
  /** Whether it asks because it bears on care; false where both changed one administrative element, or no base is known. */
  clinical: boolean;
  /** What stands in `merged` until somebody chooses. */
  standing: Side;
  /** The value in each version; undefined where it has none. Of a choice the value of whatever type, of a list's `order` the list. */
  base: unknown;
  mine: unknown;
  theirs: unknown;
  /**
   * The same as the JSON properties that the element has in each version: of a choice these say its type, of a primitive they hold its
   * extensions (`_birthDate`) and its number's characters.
   */
  properties: Readonly<Record<Side, Readonly<Record<string, unknown>> | undefined>>;
}

/** One element that was merged without asking. */
export interface MergeChange {
  path: string;
  kind: MergeKind;
  by: 'mine' | 'theirs' | 'both';
  clinical: boolean;
}

export interface MergeResult<T = unknown> {
  /** A new record, with the `meta` version of theirs. While there are conflicts it holds what stands, and is not to be saved. */
  merged: T;
  conflicts: MergeConflict[];
  changes: MergeChange[];
  /** Whose narrative it has; `dropped` where it told what no longer holds. */
  narrative: 'mine' | 'theirs' | 'dropped' | 'none';
}

/** For each conflict, by its path, the version that is to stand; or a function that says so. */
export type MergeChoices = Readonly<Record<string, Side>> | ((conflict: MergeConflict) => Side | undefined);

export interface MergeOptions {
  choices?: MergeChoices | undefined;
}
