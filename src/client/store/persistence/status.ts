import type { PersistenceProblem, PersistenceStatus } from './options.js';

export const DAMAGED = 'Part of the stored records could not be read.';

/** What has become of a database that can no longer be used. */
export interface End {
  error: Error;
  /** Whether what is in memory may still be read. */
  reads: boolean;
}

type Facts = Omit<PersistenceStatus, 'state' | 'notes' | 'problems'> & { problems: readonly PersistenceProblem[]; end: End | undefined };

/** The state in words. */
export function statusOf({ end, ...facts }: Facts): PersistenceStatus {
  const { encrypted, turns, problems } = facts;
  const notes = [
    encrypted ? 'Records are kept in this browser, encrypted.' : 'Records are kept in this browser as they are: for made-up ones only.',
    ...(turns === 'claim' ? ['This browser lets one tab write at a time; another can a little after it has stopped.'] : []),
    ...(problems.length > 0 ? [`${DAMAGED} Nothing is saved until that is settled.`] : []),
    ...(end ? [end.error.message] : []),
  ];
  const readOnly = problems.length > 0 || end !== undefined;
  return { ...facts, state: end?.reads === false ? 'closed' : readOnly ? 'read-only' : 'open', notes };
}
