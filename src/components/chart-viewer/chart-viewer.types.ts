import type { SectionName } from '../../models/charting/index.js';

/** A record that the reader wants to open. */
export interface ResourceOpenDetail {
  /** Such as `Condition/12`. */
  reference: string;
}

/** The reader asks for access to what is restricted. Giving a reason and asking again is the host's business. */
export interface AccessRequestDetail {
  /** Such as `Patient/12`. */
  patient: string;
  /** The section that is restricted; `patient` for the whole record. */
  section: SectionName | 'patient';
}

declare module '../base/emit.js' {
  interface CareEventMap {
    'care-patient-open': CustomEvent<{ reference: string }>;
    'care-resource-open': CustomEvent<ResourceOpenDetail>;
    'care-access-request': CustomEvent<AccessRequestDetail>;
  }
}
