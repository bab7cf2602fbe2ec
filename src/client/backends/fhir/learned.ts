import type { Ability } from '../../backend.js';
import type { Quirk } from './quirks.js';

/** What was learned by trying, which outweighs what the statement says. */
export interface Learned {
  postSearch: Ability;
  batch: Ability;
  transaction: Ability;
  jsonPatch: Ability;
  fhirpathPatch: Ability;
  /** What one type, or one parameter of it, was found not to have: a quirk and what it is about (`no-vread Patient`, `no-include Appointment:actor`). */
  missing: Set<`${Quirk} ${string}`>;
  /** Searches that were refused, by type and parameter (`Patient name:contains`), with the reason in words for a person. */
  refused: Map<string, string>;
}
export const nothingLearned = (): Learned => ({
  postSearch: 'unknown',
  batch: 'unknown',
  transaction: 'unknown',
  jsonPatch: 'unknown',
  fhirpathPatch: 'unknown',
  missing: new Set(),
  refused: new Map(),
});
