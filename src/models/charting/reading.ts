/** What every chart view model reads with: the reader's language, the clinic's zone, now, and the records that references may name. */
import { createResolver, type Moment, type ReferenceResolver } from '../fhir/index.js';
import type { PatientIdentity } from './ownership.js';

export interface ChartReading {
  /** BCP 47; decides the order and words of dates and numbers. */
  locale?: string | undefined;
  /** The clinic's IANA zone; instants without it read with their own offset. */
  zone?: string | undefined;
  now: Moment;
  /** Finds what a reference names among the records at hand. */
  resolver: ReferenceResolver;
  /** Whose chart it is, so that a reference to that person reads "the patient". */
  patient?: PatientIdentity | undefined;
}

/** A reading over the records of one answer: its rows and what came along by `_include`. */
export function chartReading(
  options: Omit<ChartReading, 'resolver'> & { records?: readonly unknown[] | undefined; base?: string | undefined },
): ChartReading {
  const { records = [], base, ...rest } = options;
  return { ...rest, resolver: createResolver(records, base) };
}
