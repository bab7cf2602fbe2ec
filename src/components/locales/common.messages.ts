import { common } from './en/common.js';
import { defineMessages } from './messages.js';

export const commonMessages = defineMessages(common, { ar: () => import('./ar/common.js').then((module) => module.common) });
