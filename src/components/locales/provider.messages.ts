import { provider } from './en/provider.js';
import { defineMessages, type Shipped } from './messages.js';

// Nothing here is said otherwise in Australia.
export const providerMessages = defineMessages(
  provider,
  {
    ar: () => import('./ar/provider.js').then((module) => module.provider),
    es: () => import('./es/provider.js').then((module) => module.provider),
  } satisfies Shipped<typeof provider>,
  ['provider'],
);
