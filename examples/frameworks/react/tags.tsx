/** The same without wrappers, for React 19: the tags themselves, typed by `carelet/react/jsx`. Rendered on a server, keep to the wrappers. */
import 'carelet/define';
import type {} from 'carelet/react/jsx';
import { useState } from 'react';
import { backend, zone } from '../practice.js';

export function Desk() {
  const [patient, setPatient] = useState('');
  return (
    <care-provider backend={backend} locale="es" time-zone={zone}>
      <care-patient-search label="Paciente" oncare-patient-select={(event) => setPatient(event.detail.reference)} />
      {patient && <care-chart-viewer patient={patient} linked />}
    </care-provider>
  );
}
