// deps: lforms
// LHC-Forms ships prebuilt scripts; they are loaded as its README says (zone.js, lhc-forms.js, FHIR R4 support).
const base = '/deps/lforms/node_modules/lforms/dist/lforms/';
const script = (src) =>
  new Promise((ok, no) => {
    const s = document.createElement('script');
    s.src = src;
    s.onload = ok;
    s.onerror = no;
    document.head.append(s);
  });
export default {
  name: 'LHC-Forms 40.1.3',
  files: ['webcomponent/assets/lib/zone.min.js', 'webcomponent/lhc-forms.js', 'fhir/R4/lformsFHIR.min.js', 'webcomponent/styles.css'].map(
    (f) => 'lforms/dist/lforms/' + f,
  ),
  async load() {
    const l = document.createElement('link');
    l.rel = 'stylesheet';
    l.href = base + 'webcomponent/styles.css';
    document.head.append(l);
    await script(base + 'webcomponent/assets/lib/zone.min.js');
    await script(base + 'webcomponent/lhc-forms.js');
    await script(base + 'fhir/R4/lformsFHIR.min.js');
  },
  async setup(container, questionnaire) {
    const el = document.createElement('div');
    el.id = 'lf';
    container.append(el);
    await LForms.Util.addFormToPage(questionnaire, 'lf', { fhirVersion: 'R4' });
    return { el };
  },
  input: (s, id) => document.getElementById(`${id}/1/1`),
  yes: (s, id) => document.getElementById(`${id}/1/1|true`),
  adder: ({ el }) => [...el.querySelectorAll('button')].find((b) => b.textContent.includes('Section 2')),
  value: (s, id) => document.getElementById(`${id}/1/1`)?.value,
  teardown: ({ el }) => el.remove(),
};
