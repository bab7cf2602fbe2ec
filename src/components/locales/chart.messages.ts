import { chart } from './en/chart.js';
import { defineMessages, type Shipped } from './messages.js';

export const chartMessages = defineMessages(
  chart,
  {
    ar: () => import('./ar/chart.js').then((module) => module.chart),
    es: () => import('./es/chart.js').then((module) => module.chart),
    'en-AU': () => import('./en-AU/chart.js').then((module) => module.chart),
  } satisfies Shipped<typeof chart>,
  ['chart'],
);
