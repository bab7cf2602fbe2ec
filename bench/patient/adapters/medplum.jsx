// deps: medplum
import { createRoot } from 'react-dom/client';
import { MemoryRouter } from 'react-router';
import { MantineProvider } from '@mantine/core';
import { MedplumProvider, ObservationTable, PatientSummary, ResourceTimeline } from '@medplum/react';
import { clientFor } from './_client.js';
import '@mantine/core/styles.css';
import '@medplum/react/styles.css';
export default {
  name: 'Medplum React 5.2.13 (React 19)',
  setup(container, data, scenario) {
    const log = [];
    const medplum = clientFor(data, log);
    const root = createRoot(container);
    const view =
      scenario.view === 'summary' ? (
        <PatientSummary patient={data.patient} />
      ) : scenario.view === 'observations' ? (
        <ObservationTable value={data.Observation} />
      ) : (
        <ResourceTimeline
          value={data.patient}
          loadTimelineResources={async (m) =>
            Promise.allSettled([
              m.readHistory('Patient', 'p1'),
              m.search('Observation', `subject=Patient/p1&_count=${scenario.observations}`),
            ])
          }
        />
      );
    root.render(
      <MemoryRouter>
        <MedplumProvider medplum={medplum}>
          <MantineProvider>{view}</MantineProvider>
        </MedplumProvider>
      </MemoryRouter>,
    );
    return { root, container, log };
  },
  lines: ({ container }) => container.innerText.split('\n').filter((x) => x.trim()).length,
  teardown: ({ root }) => root.unmount(),
};
