/** Saving what was merged after a stale write; loaded when it is asked for. */
import { CareError } from '../models/errors.js';
import { merge, type MergeChoices, type MergeVersions } from '../models/fhir/merge/index.js';
import type { Resource } from '../models/fhir/index.js';
import type { RequestOptions } from './backend.js';
import type { CareClient } from './care-client.js';

/**
 * Merges, and saves the outcome over the version of theirs. Somebody who was faster once more makes it a ConflictError again, whose base
 * is what was merged with.
 */
export async function resolve<T extends Resource>(
  client: Pick<CareClient, 'update'>,
  conflict: MergeVersions<T>,
  choices: MergeChoices,
  options: RequestOptions = {},
): Promise<T> {
  const { mine, theirs } = conflict;
  if (mine === undefined)
    throw new CareError('validation', 'Only a record that was to be saved can be merged: make a patch or a deletion again.');
  if (theirs === undefined)
    throw new CareError(
      'gone',
      'The record of the other is not there: it was deleted, or could not be read. Save it as a new one, or leave it.',
    );
  const version = theirs.meta?.versionId;
  if (version === undefined)
    throw new CareError('unsupported', 'The server keeps no versions: what is merged could overwrite another change.');
  const chosen = new Set<string>();
  const choose: MergeChoices = (found) => {
    const side = typeof choices === 'function' ? choices(found) : Object.hasOwn(choices, found.path) ? choices[found.path] : undefined;
    if (side !== undefined) chosen.add(found.path);
    return side;
  };
  const { merged, conflicts } = merge(conflict, { choices: choose });
  const open = conflicts.filter(({ path }) => !chosen.has(path));
  if (open.length > 0) {
    const issues = open.map(
      ({ path }) => ({ severity: 'error', code: 'conflict', path, message: 'Which version stands is not chosen.' }) as const,
    );
    throw new CareError('validation', `${open.length} of the conflicts are not decided.`, { issues });
  }
  return client.update(merged, { ...options, ifMatch: version, base: theirs });
}
