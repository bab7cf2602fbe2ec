/**
 * A synthetic practice: an invented clinic with general practice, psychology and physiotherapy, its people, its diary around
 * now, and years of charts behind it. The same seed, number of patients, instant, zone and country always give the same
 * resources, to the character. Nobody in it lives, no billing code means anything, and no clock is read.
 */
import type { Bundle, Resource } from '../../models/fhir/index.js';
import { sessionAppointment, waiting } from './appointments.js';
import { organisation } from './organisation.js';
import { planOf } from './plan.js';
import { Practice, type PracticeOptions } from './practice.js';
import { providers } from './providers.js';
import { recordOf } from './record.js';
import { slots } from './slots.js';

export { MOST_PATIENTS, type Country, type PracticeOptions } from './practice.js';

/** The resources of a practice. Iterating makes them one by one, so a large practice is never in memory at once. */
export interface SyntheticPractice extends Iterable<Resource> {
  /** All of them in an array: for practices that fit. */
  toArray(): Resource[];
  /** As a collection Bundle with fullUrls under `base`. */
  toBundle(base?: string): Bundle;
  /** The record of one patient alone, by place in the list (0 …). */
  record(index: number): Iterable<Resource>;
}

/**
 * Makes a practice.
 *
 * Status conventions: not confirmed is `booked` with the patient's participation `needs-action`; a held time is `pending` with an
 * expiry extension; in session is an Encounter `in-progress` beside an `arrived` Appointment; a group is one Appointment for the
 * session (provider, room, no patient) and one for each who takes part, with `supportingInformation` to the session.
 *
 * @throws {RangeError} for a number of patients, an instant or a zone that cannot be.
 */
export function createPractice(options: PracticeOptions): SyntheticPractice {
  const practice = new Practice(options);
  const plan = planOf(practice);
  function* all(): Generator<Resource> {
    yield* organisation(practice);
    yield* providers(practice);
    yield* slots(practice, plan);
    for (const session of plan.sessions) yield sessionAppointment(practice, session);
    for (let index = 0; index < practice.patients; index++) yield* recordOf(practice, plan, index);
    yield* waiting(practice);
  }
  return {
    [Symbol.iterator]: all,
    toArray: () => [...all()],
    toBundle: (base = 'https://harbourstreet.example/fhir') => ({
      resourceType: 'Bundle',
      type: 'collection',
      entry: [...all()].map((resource) => ({ fullUrl: `${base}/${resource.resourceType}/${resource.id}`, resource })),
    }),
    record: (index) => ({ [Symbol.iterator]: () => recordOf(practice, plan, index) }),
  };
}
