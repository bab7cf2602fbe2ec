/** What the store keeps: rows, and the versions that each has had. */
import type { CareIssue } from '../../models/errors.js';
import { parseJson } from '../../models/fhir/json.js';
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

export class Row {
  /** Number within its type: indexes and orders of the type go by it. */
  readonly row: number;
  /** Number within the store. */
  readonly serial: number;
  readonly type: string;
  readonly id: string;
  /** Oldest first, never empty once committed. */
  readonly versions: Version[] = [];
  #tree: ResourceTree | undefined;

  constructor(row: number, serial: number, type: string, id: string) {
    this.row = row;
    this.serial = serial;
    this.type = type;
    this.id = id;
  }

  get deleted(): boolean {
    return this.versions.at(-1)?.text === undefined;
  }

  /** The current version parsed, which is done when it is first asked for; undefined when deleted. Never to be changed. */
  get tree(): ResourceTree | undefined {
    const text = this.versions.at(-1)?.text;
    return (this.#tree ??= text === undefined ? undefined : (parseJson(text) as ResourceTree));
  }

  /** Forgets what was parsed before; whoever has the current version as a tree spares its parsing. */
  hold(tree: ResourceTree | undefined): void {
    this.#tree = tree;
  }
}

/** `meta.tag` under which resources that were imported although invalid are served and found. It is not part of their text. */
export const INVALID_TAG = {
  system: 'urn:carelet:import',
  code: 'invalid',
  display: 'Imported as it stands, though not valid R4',
} as const;
