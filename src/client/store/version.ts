/** What the store keeps: rows, and the versions that each has had. */
import type { CareIssue } from '../../models/errors.js';
import type { ResourceTree } from './tree.js';

export type WriteMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One version of a resource, complete as it goes into a log. */
export interface Version {
  readonly type: string;
  readonly id: string;
  /** 1, 2, 3 … within the resource. */
  readonly versionId: string;
  /** FHIR instant in UTC with milliseconds. */
  readonly lastUpdated: string;
  readonly method: WriteMethod;
  /** JSON with `id`, `meta.versionId` and `meta.lastUpdated`; undefined where this version is the deletion. */
  readonly text: string | undefined;
  /** What is wrong with a resource that was imported as it stood. */
  readonly invalid?: readonly CareIssue[];
}

export interface Row {
  /** Number within its type: indexes and orders of the type go by it. */
  readonly row: number;
  /** Number within the store. */
  readonly serial: number;
  readonly type: string;
  readonly id: string;
  /** Oldest first, never empty once committed. */
  readonly versions: Version[];
  /** The current version parsed; undefined when deleted. Never to be changed. */
  tree: ResourceTree | undefined;
}

/** `meta.tag` under which resources that were imported although invalid are served and found. It is not part of their text. */
export const INVALID_TAG = {
  system: 'urn:carelet:import',
  code: 'invalid',
  display: 'Imported as it stands, though not valid R4',
} as const;
