export { CareChartViewer } from './chart-viewer.component.js';
export type * from './chart-viewer.types.js';
