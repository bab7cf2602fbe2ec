import { defineElement } from '../components/base/define.js';
import { CarePatientSearch } from '../components/patient-search/patient-search.component.js';

defineElement('care-patient-search', CarePatientSearch);

declare global {
  interface HTMLElementTagNameMap {
    'care-patient-search': CarePatientSearch;
  }
}
