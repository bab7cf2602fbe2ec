import type { Patient } from '../../models/fhir/index.js';
import { patientRows, type PatientRow, type RowOptions } from '../../models/search/index.js';
import type { ShownList } from './search.controller.js';

/** The rows of the list on screen. Worked out once for each list and language, so that nothing moves or changes while it is shown. */
export class Rows {
  #source: ShownList | readonly Patient[] | undefined;
  #locale = '';
  #rows: readonly PatientRow[] = [];

  /** @param source what was found, or patients to offer in their own order. */
  of(source: ShownList | readonly Patient[] | undefined, options: RowOptions): readonly PatientRow[] {
    if (source !== this.#source || options.locale !== this.#locale) {
      this.#source = source;
      this.#locale = options.locale;
      if (source === undefined) this.#rows = [];
      else this.#rows = 'query' in source ? patientRows(source.patients, source.query, options) : patientRows(source, undefined, options);
    }
    return this.#rows;
  }
}
