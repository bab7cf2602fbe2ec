export { CarePatientSearch } from './patient-search.component.js';
export type { PatientSelectDetail } from './patient-search.types.js';
