import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { CareChartViewer, CarePatientSearch, CareProvider } from 'carelet/react';
import { backend, zone } from '../practice.js';

function Desk() {
  const [patient, setPatient] = useState('');
  const [opened, setOpened] = useState('');
  return (
    <CareProvider backend={backend} locale="es" timeZone={zone}>
      <CarePatientSearch
        label="Paciente"
        onCarePatientSelect={(event) => setPatient(event.detail.reference)}
        onCarePatientClear={() => setPatient('')}
      />
      {patient && <CareChartViewer patient={patient} linked onCareResourceOpen={(event) => setOpened(event.detail.reference)} />}
      <output>{opened}</output>
    </CareProvider>
  );
}

createRoot(document.querySelector('#app')!).render(
  <StrictMode>
    <Desk />
  </StrictMode>,
);
