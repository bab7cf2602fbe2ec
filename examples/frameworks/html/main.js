import 'carelet/define/chart-viewer';
import 'carelet/define/patient-search';
import 'carelet/define/provider';
import { backend } from '../practice.js';

const provider = document.querySelector('care-provider');
const chart = document.querySelector('care-chart-viewer');
const output = document.querySelector('output');
if (!provider || !chart || !output) throw new Error('index.html has changed');

provider.backend = backend;
provider.addEventListener('care-patient-select', (event) => {
  chart.patient = event.detail.reference;
  chart.hidden = false;
});
provider.addEventListener('care-patient-clear', () => {
  chart.patient = '';
  chart.hidden = true;
});
provider.addEventListener('care-resource-open', (event) => {
  output.textContent = event.detail.reference;
});
