import { LitElement } from 'lit';
import type { LocaleWords } from '../locales/catalog.js';
import type { Messages, MessageTable } from '../locales/messages.js';

/**
 * Whether this page is being developed. The host may say it: `globalThis.careletDevelopment = true` or `false`. Otherwise it is
 * as Lit's own build is: bundlers and servers that set the `development` export condition get Lit's development build, which
 * alone has `enableWarning`. Asked anew each time, so it may be switched in a console.
 */
export function isDevelopment(): boolean {
  const told = (globalThis as { careletDevelopment?: unknown }).careletDevelopment;
  return typeof told === 'boolean' ? told : LitElement.enableWarning !== undefined;
}

const told = new Set<string>();

/** A text that the language asked for does not have: in development one sees it, and reads once which ones there are. */
export function markMissing<T extends MessageTable>(text: string, messages: Messages<T>, words: LocaleWords<T>, lang: string): string {
  if (!isDevelopment()) return text;
  const [table = ''] = messages.tables;
  const key = `${lang} ${table}`;
  if (!told.has(key)) {
    told.add(key);
    const all = Object.keys(messages.en);
    const missing = all.filter((name) => !(name in words.own));
    const which = missing.length === all.length ? 'all texts' : missing.join(', ');
    console.warn(`carelet: no words in ${lang} for ${which} of the table ${table}: English is shown, marked ⟦ ⟧. See registerLocale().`);
  }
  return `⟦${text}⟧`;
}
