/** Registers every element. */
import './define/chart-viewer.js';
import './define/patient-search.js';
import './define/provider.js';
import './define/scheduler.js';
