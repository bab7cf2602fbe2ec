import { scheduler } from './en/scheduler.js';
import { defineMessages } from './messages.js';

export const schedulerMessages = defineMessages(scheduler, { ar: () => import('./ar/scheduler.js').then((module) => module.scheduler) });
