// <care-chart-viewer> on plain FHIR resources.
import '../../../src/define/chart-viewer.ts';

export const chart = (everyRow) => ({
  supports: ({ view }) => view === 'summary' || (view === 'timeline' ? 'no timeline yet' : 'no results view yet'),

  async setup(container, { patient, Condition, MedicationRequest, AllergyIntolerance }) {
    const element = document.createElement('care-chart-viewer');
    element.resources = [patient, ...Condition, ...MedicationRequest, ...AllergyIntolerance];
    element.patient = `Patient/${patient.id}`;
    container.append(element);
    await element.updateComplete;
    if (everyRow) {
      // As a reader would: there is no property that opens all.
      for (const button of element.shadowRoot.querySelectorAll('[part~="section"] button[aria-expanded="false"]')) button.click();
      await element.updateComplete;
    }
    return { element };
  },

  lines: ({ element }) => element.shadowRoot.querySelectorAll('[part~="row"]').length,
  teardown: ({ element }) => element.remove(),
});
