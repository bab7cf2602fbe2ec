/** What `checkServer` finds: the report that `carelet check --json` prints, as described in docs/connect-your-server.md. */
import type { Ability } from '../backend.js';

/** Changes when a member changes its meaning or goes away; members may be added. */
export const CHECK_FORMAT = 'carelet-check/1';

export const TRIAL_GROUPS = ['reading', 'searching', 'together', 'operations', 'browser', 'writing'] as const;
export type TrialGroup = (typeof TRIAL_GROUPS)[number];

/**
 * `yes` works as R4 has it; `partly` works with a difference that `note` names; `no` does not; `unclear` was answered, but the
 * records there prove nothing; `not-tried` says why in `note`.
 */
export const TRIAL_OUTCOMES = ['yes', 'partly', 'no', 'unclear', 'not-tried'] as const;
export type TrialOutcome = (typeof TRIAL_OUTCOMES)[number];

export interface Trial {
  /** Stable name, such as `post-search`. */
  id: string;
  group: TrialGroup;
  title: string;
  /** What the CapabilityStatement says of it. */
  declared: Ability;
  outcome: TrialOutcome;
  /** HTTP status of the answer that decided; 0 for none. Absent when it was not tried. */
  status?: number;
  /** Milliseconds that the trial took, all its requests together. Absent when it was not tried. */
  ms?: number;
  /** Plain words, without patient data and without the server's own words; empty where there is nothing to add. */
  note: string;
}

export const WIDGET_VERDICTS = ['full', 'reduced', 'none'] as const;
export type WidgetVerdict = (typeof WIDGET_VERDICTS)[number];

export interface WidgetReport {
  /** `patient-search`, `scheduler`, `chart-viewer`; of those to come `prescription-pad`, `claim-editor`, `intake-form`. */
  widget: string;
  title: string;
  /** False for a widget that carelet does not have yet: the rest then says what it will need of the server. */
  exists: boolean;
  verdict: WidgetVerdict;
  /** What is missing and what that means, the heaviest first. */
  reasons: string[];
  /** What the verdict takes from the CapabilityStatement alone, or does not know at all. */
  untried: string[];
}

export interface CheckReport {
  format: typeof CHECK_FORMAT;
  /** As asked, without a trailing slash. */
  url: string;
  /** False: it could not be reached, or is no FHIR R4 server; then `reason` says so, and lists are empty. */
  examined: boolean;
  reason: string | undefined;
  server: { name: string; fhirVersion: string } | undefined;
  /** Whether records were created for trials. */
  wrote: boolean;
  /** Whether the check was given up before its end. */
  interrupted: boolean;
  trials: Trial[];
  widgets: WidgetReport[];
  /** What the client tells of this server in `Capabilities.notes`. */
  notes: string[];
  /** Records of the check that could not be removed. */
  left: { type: string; id: string }[];
}
