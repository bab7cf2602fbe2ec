/** Building what is shown from records, once for the same records. A view that cannot be built reads as "did not load", never as empty. */
import {
  alertsView,
  allergiesView,
  encountersView,
  medicationsView,
  NOTHING_WITHHELD,
  problemsView,
  type ChartReading,
  type EmptyReason,
  type SectionView,
} from '../../models/charting/index.js';
import { CareError } from '../../models/errors.js';
import { asCareError } from '../base/query.controller.js';
import { IDLE, type ChartSections, type Loading, type SectionState } from './chart.state.js';

type ViewOf = (records: readonly unknown[], reading: ChartReading, reasons: readonly EmptyReason[]) => SectionView;

const VIEWS: Readonly<Record<keyof ChartSections, ViewOf>> = {
  alerts: alertsView,
  allergies: allergiesView,
  problems: problemsView,
  medications: medicationsView,
  encounters: encountersView,
};

/** A section of which nothing is known. */
export const NOTHING: SectionState = {
  ...IDLE,
  view: undefined,
  complete: true,
  withheld: NOTHING_WITHHELD,
  gaps: [],
  cut: false,
  reduced: false,
};

export interface ViewInputs {
  records: readonly unknown[];
  reasons: readonly EmptyReason[];
  /** Made only when the view is. */
  reading: () => ChartReading;
  /** All that the view depends on, compared one by one. */
  inputs: readonly unknown[];
}

/** Keeps what was built while what it was built from is the same. */
export class ViewKeeper {
  readonly #kept = new Map<string, { inputs: readonly unknown[]; value: unknown }>();

  keep<T>(name: string, inputs: readonly unknown[], build: () => T): T {
    const kept = this.#kept.get(name);
    if (kept && kept.inputs.length === inputs.length && kept.inputs.every((input, i) => Object.is(input, inputs[i])))
      return kept.value as T;
    const value = build();
    this.#kept.set(name, { inputs, value });
    return value;
  }

  section(name: keyof ChartSections, { records, reasons, reading, inputs }: ViewInputs, loading: Loading): SectionState {
    const built = this.keep(name, inputs, () => {
      try {
        return VIEWS[name](records, reading(), reasons);
      } catch (error) {
        return asCareError(error);
      }
    });
    return built instanceof CareError ? { ...NOTHING, load: 'failed', error: built } : { ...NOTHING, ...loading, view: built };
  }
}
