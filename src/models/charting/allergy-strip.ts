/**
 * What the identity banner says about allergies. This line is read at a glance by people who will act on it, so each state of
 * knowledge has its own: only a complete, uncontradicted statement by somebody reads "no known allergies".
 */
import type { AllergiesView, AllergyRow } from './allergies.js';
import { isGrave } from './completeness.js';
import type { EmptyReason } from './empty-reasons.js';
import type { AbsenceStatement } from './known-absence.js';

/** How the reading of a section stands. `loading`, `failed` … may go with an older view, which is then stale. */
export const LOAD_STATES = ['loading', 'ready', 'failed', 'forbidden', 'break-glass', 'unsupported'] as const;
export type LoadState = (typeof LOAD_STATES)[number];

export type AllergyStripState =
  /** Nothing can be said: still loading, failed, no access, or the server does not keep allergies. */
  | Exclude<LoadState, 'ready'>
  /** There are allergies. */
  | 'listed'
  /** Somebody stated that there is none at all, and the answer is whole. */
  | 'none-known'
  /** Somebody stated that there is none of some kind (drugs, food); nothing is said of others. */
  | 'none-of-a-kind'
  /** Nobody recorded anything, in a whole answer. */
  | 'nothing-recorded'
  /** A list says that nobody asked. */
  | 'not-asked'
  /** Entries that cannot be taken at their word: contradictory, or with a modifier. */
  | 'unclear'
  /** The answer is not whole and holds no allergy so far. */
  | 'incomplete';

export interface AllergyStrip {
  state: AllergyStripState;
  /** Current allergies, worst first. */
  rows: readonly AllergyRow[];
  statements: readonly AbsenceStatement[];
  /** The newest reason for an empty list, where nothing else is there. */
  reason: EmptyReason | undefined;
  /** There may be more than is shown. */
  incomplete: boolean;
  /** The rows are an older copy. */
  stale: boolean;
  contradiction: boolean;
}

export function allergyStrip(load: LoadState, view: AllergiesView | undefined, complete: boolean): AllergyStrip {
  const rows = view?.groups.flatMap(({ standing, rows: list }) => (standing === 'current' ? list : [])) ?? [];
  const statements = view?.statements ?? [];
  const reason = view?.emptyReasons[0];
  const contradiction = view?.contradiction === true || statements.some(({ row }) => isGrave(row.cautions));
  const stale = load !== 'ready' && view !== undefined;
  const incomplete = !complete || (stale && load !== 'loading');
  return { state: stateOf(), rows, statements, reason, incomplete, stale, contradiction };

  function stateOf(): AllergyStripState {
    if (rows.length > 0) return 'listed';
    if (load !== 'ready') return load;
    if (!complete) return 'incomplete';
    if (contradiction) return 'unclear';
    if (statements.some(({ scope }) => scope === 'all')) return 'none-known';
    if (statements.some(({ scope }) => scope !== 'unknown')) return 'none-of-a-kind';
    if (statements.length > 0) return 'unclear';
    if (view !== undefined && view.received > 0) return 'nothing-recorded';
    if (reason?.code === 'nilknown') return reason.settled ? 'none-known' : 'unclear';
    if (reason?.code === 'words' || reason?.code === 'withheld') return 'unclear';
    return reason?.code === 'notasked' ? 'not-asked' : 'nothing-recorded';
  }
}
