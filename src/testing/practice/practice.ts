/** What every part of the generator works from. */
import { Calendar } from './calendar.js';
import { providersFor, type Discipline, type Provider } from './crew.js';
import { seedOf } from './random.js';

export type Country = 'AU' | 'US';

export interface PracticeOptions {
  /** Anything that names a practice: the same seed gives the same practice. */
  seed: string | number;
  /** How many patients, 1 to 100,000. Thirty and more hold every kind of record. */
  patients: number;
  /** The instant that counts as now: a Date, milliseconds since 1970, or an instant as FHIR writes it. */
  now: Date | number | string;
  /** IANA zone of the clinic's wall clock. */
  zone: string;
  /** Where the practice is: decides identifiers, payers and currency. Default: US for zones of America, else AU. */
  country?: Country | undefined;
}

export const MOST_PATIENTS = 100_000;

export class Practice {
  readonly seed: number;
  readonly patients: number;
  readonly calendar: Calendar;
  readonly country: Country;
  readonly currency: 'AUD' | 'USD';
  readonly providers: readonly Provider[];
  readonly #byDiscipline: Record<Discipline, readonly Provider[]>;

  /** @throws {RangeError} for a number of patients, a now or a zone that cannot be. */
  constructor({ seed, patients, now, zone, country }: PracticeOptions) {
    const epoch = typeof now === 'string' ? Date.parse(now) : Number(now);
    if (!Number.isInteger(patients) || patients < 1 || patients > MOST_PATIENTS)
      throw new RangeError(`patients must be a whole number from 1 to ${MOST_PATIENTS}`);
    if (!Number.isFinite(epoch) || (typeof now === 'string' && !/(?:Z|[+-]\d\d:\d\d)$/.test(now)))
      throw new RangeError('now must be an instant: a Date, milliseconds, or text with its offset');
    this.seed = seedOf(seed);
    this.patients = patients;
    this.calendar = new Calendar(zone, epoch);
    this.country = country ?? (/^(?:America|US)\//.test(zone) ? 'US' : 'AU');
    this.currency = this.country === 'US' ? 'USD' : 'AUD';
    this.providers = providersFor(patients, this.seed);
    const of = (discipline: Discipline): readonly Provider[] => this.providers.filter((provider) => provider.discipline === discipline);
    this.#byDiscipline = { gp: of('gp'), psychology: of('psychology'), physiotherapy: of('physiotherapy') };
  }

  providersOf(discipline: Discipline): readonly Provider[] {
    return this.#byDiscipline[discipline];
  }

  /** The provider of a discipline whom a patient sees. */
  providerFor(patient: number, discipline: Discipline): Provider {
    const list = this.#byDiscipline[discipline];
    return list[patient % list.length] as Provider;
  }
}
