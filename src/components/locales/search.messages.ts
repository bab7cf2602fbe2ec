import { search } from './en/search.js';
import { defineMessages } from './messages.js';

export const searchMessages = defineMessages(search, { ar: () => import('./ar/search.js').then((module) => module.search) });
