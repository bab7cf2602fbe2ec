// deps: medplum
import { createRoot } from 'react-dom/client';
import { MemoryRouter } from 'react-router';
import { MantineProvider } from '@mantine/core';
import { MedplumClient } from '@medplum/core';
import { MedplumProvider, QuestionnaireForm } from '@medplum/react';
import '@mantine/core/styles.css';
import '@medplum/react/styles.css';
const medplum = new MedplumClient({
  baseUrl: 'http://127.0.0.1:9/',
  fetch: async () => new Response('{}', { status: 404, headers: { 'content-type': 'application/fhir+json' } }),
});
export default {
  name: 'Medplum React 5.2.13 QuestionnaireForm (React 19)',
  setup(container, questionnaire) {
    const root = createRoot(container);
    root.render(
      <MemoryRouter>
        <MedplumProvider medplum={medplum}>
          <MantineProvider>
            <QuestionnaireForm questionnaire={questionnaire} onSubmit={() => {}} />
          </MantineProvider>
        </MedplumProvider>
      </MemoryRouter>,
    );
    return { root, container };
  },
  input: ({ container }, id) => container.querySelector(`[id="${id}"]`),
  yes: ({ container }, id) => container.querySelector(`[id="${id}"]`),
  adder: ({ container }) => [...container.querySelectorAll('button, a')].find((b) => /add/i.test(b.textContent)),
  // Medplum's answer inputs are uncontrolled: a recalculated value reaches the `value` attribute but the box on
  // screen keeps showing the first one. The attribute is what can be timed.
  value: ({ container }, id) => container.querySelector(`[id="${id}"]`)?.getAttribute('value'),
  teardown: ({ root }) => root.unmount(),
};
