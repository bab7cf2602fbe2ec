/**
 * Others' changes to a visible window: what was written since the last look is asked for every so many seconds while somebody can see
 * the page, and told. A deletion is not among it (R4 `_lastUpdated` finds what is there); the next full reading shows that.
 */
import { CareError, isCareError } from '../../models/errors.js';
import type { Appointment } from '../../models/fhir/index.js';
import { epochOf, textOf } from '../../models/fhir/read/index.js';
import { instantBound } from '../../models/fhir/search-values.js';
import { systemTimers } from '../cache/timers.js';
import type { Timers } from '../cache/types.js';
import type { Desk } from './desk.js';

export interface FollowOptions {
  /** Milliseconds between two looks; 15,000 unless told. */
  every?: number | undefined;
  /** Begins here, as milliseconds since 1970; now unless told. */
  since?: number | undefined;
  timers?: Timers | undefined;
  /** Told of a look that failed; the next one asks for what it missed. */
  onError?: ((error: CareError) => void) | undefined;
}

/** Clocks of servers and of this machine differ by so much without anybody noticing; what is seen twice is told once. */
const SLACK = 60_000;

/** @returns what ends it */
export function followChanges(desk: Desk, listener: (changed: readonly Appointment[]) => void, options: FollowOptions = {}): () => void {
  const { every = 15_000, since = desk.now(), timers = systemTimers, onError } = options;
  const told = new Map<string, string>();
  let from = since - SLACK;
  let isFirst = options.since === undefined;
  let hasEnded = false;
  let isAsking = false;
  let cancel = (): void => undefined;

  async function look(): Promise<void> {
    const bound = instantBound('ge', new Date(from));
    const { items, complete } = await desk.client.search('Appointment', { _lastUpdated: bound, _count: 200 }).all();
    const changed: Appointment[] = [];
    for (const appointment of items) {
      const { id = '', meta } = appointment;
      const version = `${textOf(meta?.versionId) ?? ''} ${textOf(meta?.lastUpdated) ?? ''}`;
      if (told.get(id) === version) continue;
      told.set(id, version);
      changed.push(appointment);
    }
    // By the server's own clock: only what it has shown is known to be behind us. A part of the answer proves nothing of the rest.
    const latest = Math.max(...items.map(({ meta }) => epochOf(textOf(meta?.lastUpdated)) ?? -Infinity));
    if (complete && latest - SLACK > from) from = latest - SLACK;
    const isNews = !isFirst;
    isFirst = false;
    if (hasEnded || !isNews || changed.length === 0) return;
    desk.loaded.clear();
    listener(changed);
  }

  async function turn(): Promise<void> {
    cancel();
    if (hasEnded || isAsking) return;
    if (timers.isVisible()) {
      isAsking = true;
      try {
        await look();
      } catch (error) {
        if (isCareError(error, 'auth')) hasEnded = true;
        onError?.(isCareError(error) ? error : new CareError('server', 'Others’ changes could not be asked for.', { cause: error }));
      } finally {
        isAsking = false;
      }
    }
    if (!hasEnded) cancel = timers.after(every, () => void turn());
  }

  const stopSeeing = timers.onVisible(() => void turn());
  void turn();
  return () => {
    hasEnded = true;
    cancel();
    stopSeeing();
  };
}
