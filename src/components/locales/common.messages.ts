import { common } from './en/common.js';
import { defineMessages, type Shipped } from './messages.js';

// Nothing here is said otherwise in Australia.
export const commonMessages = defineMessages(
  common,
  {
    ar: () => import('./ar/common.js').then((module) => module.common),
    es: () => import('./es/common.js').then((module) => module.common),
  } satisfies Shipped<typeof common>,
  ['common'],
);
