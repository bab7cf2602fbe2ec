import { chart } from './en/chart.js';
import { defineMessages } from './messages.js';

export const chartMessages = defineMessages(chart, { ar: () => import('./ar/chart.js').then((module) => module.chart) });
