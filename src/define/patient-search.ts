import { defineElement } from '../components/base/define.js';
import { CarePatientSearch } from '../components/patient-search/index.js';

defineElement('care-patient-search', CarePatientSearch);

declare global {
  interface HTMLElementTagNameMap {
    'care-patient-search': CarePatientSearch;
  }
}
