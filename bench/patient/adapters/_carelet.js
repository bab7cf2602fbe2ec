// <care-chart-viewer> on plain FHIR resources.
import '../../../src/define/chart-viewer.ts';

/** Opens what is folded and what is behind "Show all", as a reader would: no property does. */
async function openAll({ shadowRoot, updateComplete }) {
  for (const selector of ['details.fold:not([open]) > summary', '.all button[aria-expanded="false"]']) {
    await updateComplete;
    for (const element of shadowRoot.querySelectorAll(selector)) element.click();
    // A disclosure tells of its opening in a task of its own.
    await new Promise((resolve) => setTimeout(resolve));
  }
  await updateComplete;
}

export const chart = (everyRow) => ({
  supports: ({ view }) => view === 'summary' || (view === 'timeline' ? 'no timeline yet' : 'no results view yet'),

  async setup(container, { patient, Condition, MedicationRequest, AllergyIntolerance }) {
    const element = document.createElement('care-chart-viewer');
    element.resources = [patient, ...Condition, ...MedicationRequest, ...AllergyIntolerance];
    element.patient = `Patient/${patient.id}`;
    container.append(element);
    await element.updateComplete;
    if (everyRow) await openAll(element);
    return { element };
  },

  lines: ({ element }) => element.shadowRoot.querySelectorAll('[part~="row"]').length,
  teardown: ({ element }) => element.remove(),
});
