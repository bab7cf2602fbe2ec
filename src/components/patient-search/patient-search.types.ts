import type { Patient } from '../../models/fhir/index.js';

export interface PatientSelectDetail {
  patient: Patient;
  /** `Patient/12`. */
  reference: string;
}

declare module '../base/emit.js' {
  interface CareEventMap {
    'care-patient-select': CustomEvent<PatientSelectDetail>;
    'care-patient-clear': CustomEvent<null>;
  }
}
