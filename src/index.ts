/** Everything that a page holds in its hands: element classes, the client, errors. Importing it registers no element. */
export * from './client/index.js';
export * from './components/base/index.js';
export * from './components/chart-viewer/index.js';
export * from './components/patient-search/index.js';
export * from './components/provider/index.js';
export * from './components/scheduler/index.js';
