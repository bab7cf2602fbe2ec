import { chartEn } from './en/chart.js';
import { defineMessages } from './messages.js';

/** Texts of the chart viewer. */
export const chartMessages = defineMessages(chartEn, { ar: () => import('./ar/chart.js').then(({ chartAr }) => chartAr) });
