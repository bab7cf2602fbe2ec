import { provider } from './en/provider.js';
import { defineMessages } from './messages.js';

export const providerMessages = defineMessages(provider, { ar: () => import('./ar/provider.js').then((module) => module.provider) });
