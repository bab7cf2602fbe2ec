// deps: fhir-react
import { createRoot } from 'react-dom/client';
import { FhirResource, fhirVersions } from 'fhir-react';
import 'fhir-react/build/style.css';
import 'fhir-react/build/bootstrap-reboot.min.css';
export default {
  supports: (s) => (s.view === 'timeline' ? 'no timeline' : true),
  name: 'fhir-react 2.1.1 (React 18)',
  setup(container, data, scenario) {
    const root = createRoot(container);
    const list =
      scenario.view === 'summary'
        ? [data.patient, ...data.Condition, ...data.MedicationRequest, ...data.AllergyIntolerance]
        : data.Observation.slice(0, scenario.observations);
    root.render(
      <div>
        {list.map((r) => (
          <FhirResource key={r.id} fhirResource={r} fhirVersion={fhirVersions.R4} fhirIcons={false} />
        ))}
      </div>,
    );
    return { root, container };
  },
  lines: ({ container }) => container.innerText.split('\n').filter((x) => x.trim()).length,
  teardown: ({ root }) => root.unmount(),
};
