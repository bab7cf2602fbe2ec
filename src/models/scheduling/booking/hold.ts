/** How a hold is written, and since when a time is claimed: R4 has no word for either. */
import type { Appointment, Extension } from '../../fhir/index.js';
import { entriesOf, epochOf, extensionValue, textOf } from '../../fhir/read/index.js';
import { HOLD_EXPIRES } from '../status.js';

/** valueInstant: the server's time of the hold that became this booking. Of two that overlap the one that claimed first stays. */
export const CLAIMED_SINCE = 'urn:carelet:extension:claimed-since';
/** valueReference to the waitlist's Appointment, on an offer that is held for it. */
export const WAITLIST_ENTRY = 'urn:carelet:extension:waitlist-entry';
/** valueCodeableConcept on a `noshow`: R4 allows cancelationReason on what was cancelled or missed, but strict servers refuse it. */
export const NO_SHOW_REASON = 'urn:carelet:extension:no-show-reason';

/** An element's extensions with some replaced; undefined where none is left, since FHIR has no empty lists. */
export function withExtensions(
  holder: { extension?: Extension[] },
  without: readonly string[],
  add: readonly Extension[] = [],
): Extension[] | undefined {
  // prettier-ignore
  const kept = entriesOf(holder.extension).filter(({ url }) => !without.includes(url ?? ''));
  return kept.length + add.length > 0 ? [...kept, ...add] : undefined;
}

/** Copies an appointment with these extensions instead; no list at all where none is left. */
export function extended<T extends Appointment>(appointment: T, without: readonly string[], add: readonly Extension[] = []): T {
  const copy = { ...appointment };
  const extension = withExtensions(appointment, without, add);
  if (extension) copy.extension = extension;
  else delete copy.extension;
  return copy;
}

/** When a hold ends; undefined for what is no hold. */
export const holdExpires = (appointment: Appointment): number | undefined =>
  appointment.status === 'pending' ? epochOf(textOf(extensionValue(appointment, HOLD_EXPIRES))) : undefined;

/** Who came first: since when the time is claimed, then the id, so that all readers decide alike. */
export function claimOrder(a: Appointment, b: Appointment): number {
  const since = (one: Appointment): number =>
    epochOf(textOf(extensionValue(one, CLAIMED_SINCE))) ?? epochOf(textOf(one.meta?.lastUpdated)) ?? Infinity;
  const [first, second] = [since(a), since(b)];
  if (first !== second) return first < second ? -1 : 1;
  return (a.id ?? '') < (b.id ?? '') ? -1 : (a.id ?? '') > (b.id ?? '') ? 1 : 0;
}
