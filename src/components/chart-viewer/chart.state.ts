/** What the chart viewer knows at one moment: for each section how its reading stands, and what there is to show. */
import type { ChartGap } from '../../client/charting.js';
import type {
  AlertsView,
  AllergiesView,
  BannerView,
  EncountersView,
  Inventory,
  LoadState,
  MedicationsView,
  ProblemsView,
  SectionView,
  Withheld,
} from '../../models/charting/index.js';
import type { CareError } from '../../models/errors.js';
import type { Resource } from '../../models/fhir/index.js';

export interface Loading {
  load: LoadState;
  error: CareError | undefined;
  /** The host's own words why this user may not see it. */
  reason: string | undefined;
  /** When what is shown was read. */
  at: Date | undefined;
  /** 300 ms have gone by, and 5 s. */
  skeleton: boolean;
  slow: boolean;
}

export interface SectionState<V extends SectionView = SectionView> extends Loading {
  /** What there is, fresh or not. */
  view: V | undefined;
  /** False: there may be more than `view` holds. */
  complete: boolean;
  withheld: Withheld;
  gaps: readonly ChartGap[];
  /** The server holds more than was read. */
  cut: boolean;
  /** The server did not answer as it was asked. */
  reduced: boolean;
}

export interface PatientState extends Loading {
  patient: Resource | undefined;
  banner: BannerView | undefined;
}

export interface InventoryState extends Loading {
  inventory: Inventory | undefined;
}

export interface ChartSections {
  alerts: SectionState<AlertsView>;
  allergies: SectionState<AllergiesView>;
  problems: SectionState<ProblemsView>;
  medications: SectionState<MedicationsView>;
  encounters: SectionState<EncountersView>;
}
export type ShownSection = keyof ChartSections;
/** The sections that have a panel, in their order. */
export const PANELS = ['allergies', 'problems', 'medications', 'encounters'] as const satisfies readonly ShownSection[];
export type Panel = (typeof PANELS)[number];

export interface ChartState extends ChartSections {
  /** `none`: no patient is chosen. `several`, `nobody`: plain records do not say which one, or do not hold that one. */
  subject: 'known' | 'none' | 'several' | 'nobody';
  /** `Patient/12`. */
  reference: string;
  patient: PatientState;
  inventory: InventoryState;
}

export const IDLE: Loading = { load: 'loading', error: undefined, reason: undefined, at: undefined, skeleton: false, slow: false };
export const READY: Loading = { ...IDLE, load: 'ready' };

/** How an error is shown: only what a person can do about differs. */
export function loadStateOf(error: CareError): LoadState {
  switch (error.kind) {
    case 'forbidden':
    case 'break-glass':
    case 'unsupported':
      return error.kind;
    default:
      return 'failed';
  }
}
