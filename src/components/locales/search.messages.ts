import { search } from './en/search.js';
import { defineMessages, type Shipped } from './messages.js';

export const searchMessages = defineMessages(
  search,
  {
    ar: () => import('./ar/search.js').then((module) => module.search),
    es: () => import('./es/search.js').then((module) => module.search),
    'en-AU': () => import('./en-AU/search.js').then((module) => module.search),
  } satisfies Shipped<typeof search>,
  ['search', 'common'],
);
