import { defineElement } from '../components/base/define.js';
import { CareChartViewer } from '../components/chart-viewer/index.js';

defineElement('care-chart-viewer', CareChartViewer);

declare global {
  interface HTMLElementTagNameMap {
    'care-chart-viewer': CareChartViewer;
  }
}
