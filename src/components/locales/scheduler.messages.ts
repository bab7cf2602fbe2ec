import { scheduler } from './en/scheduler.js';
import { defineMessages, type Shipped } from './messages.js';

export const schedulerMessages = defineMessages(
  scheduler,
  {
    ar: () => import('./ar/scheduler.js').then((module) => module.scheduler),
    es: () => import('./es/scheduler.js').then((module) => module.scheduler),
    'en-AU': () => import('./en-AU/scheduler.js').then((module) => module.scheduler),
  } satisfies Shipped<typeof scheduler>,
  ['scheduler'],
);
