import { ContextConsumer } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { directionOf, formatterFor, type Formatter, type MessageArgs, type Messages, type MessageTable, type Translation } from '../locales/messages.js';
import { localeContext } from './contexts.js';

type Host = ReactiveControllerHost & HTMLElement;

/**
 * Texts and formats in the language of the element's place: its own `lang`, else the nearest ancestor's (through shadow
 * roots), else the provider's, else the page's. Owns loading a translation; until it is there English is shown.
 */
export class LocalizeController<T extends MessageTable> implements ReactiveController {
  readonly #host: Host;
  readonly #messages: Messages<T>;
  readonly #provided: ContextConsumer<typeof localeContext, Host>;
  #lang = 'en';
  #dir: 'ltr' | 'rtl' = 'ltr';
  #table: Translation<T> | undefined;
  #tableLang = 'en';
  #observer: MutationObserver | undefined;

  constructor(host: Host, messages: Messages<T>) {
    this.#host = host;
    this.#messages = messages;
    this.#provided = new ContextConsumer(host, { context: localeContext, subscribe: true, callback: () => host.requestUpdate() });
    host.addController(this);
  }

  get lang(): string {
    return this.#lang;
  }

  get dir(): 'ltr' | 'rtl' {
    return this.#dir;
  }

  get format(): Formatter {
    return formatterFor(this.#lang);
  }

  /** The text of `key` in the current language. */
  t<K extends Extract<keyof T, string>>(key: K, ...args: MessageArgs<T[K]>): string {
    const translated = this.#table?.[key];
    const message = translated ?? this.#messages.en[key];
    // English words keep English plural rules while a translation is on its way.
    const format = translated === undefined ? formatterFor(this.#lang.startsWith('en') ? this.#lang : 'en') : this.format;
    return typeof message === 'function' ? (message as (f: Formatter, ...a: unknown[]) => string)(format, ...args) : ((message as string | undefined) ?? key);
  }

  hostConnected(): void {
    if (typeof MutationObserver === 'undefined') return;
    this.#observer = new MutationObserver(() => this.#host.requestUpdate());
    for (let node: Element | null = this.#host; node; node = parentOf(node)) this.#observer.observe(node, { attributeFilter: ['lang', 'dir'] });
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }

  hostUpdate(): void {
    const lang = this.#find('lang') ?? this.#provided.value?.lang ?? 'en';
    if (lang !== this.#lang || (this.#tableLang !== lang && !lang.startsWith('en'))) {
      this.#lang = lang;
      void this.#load(lang);
    }
    const dir = this.#find('dir');
    this.#dir = dir === 'rtl' || dir === 'ltr' ? dir : directionOf(lang);
  }

  #find(attribute: 'lang' | 'dir'): string | undefined {
    for (let node: Element | null = this.#host; node; node = parentOf(node)) {
      // The page's own language counts less than what the provider was told.
      if (node === node.ownerDocument.documentElement && attribute === 'lang' && this.#provided.value) return undefined;
      const value = node.getAttribute(attribute);
      if (value) return value;
    }
    return undefined;
  }

  async #load(lang: string): Promise<void> {
    this.#tableLang = lang;
    const { lazy } = this.#messages;
    const loader = lazy[lang] ?? lazy[lang.split('-')[0]!.toLowerCase()];
    const table = loader ? await loader().catch(() => undefined) : undefined;
    if (this.#tableLang !== lang) return;
    if (this.#table !== table) {
      this.#table = table;
      this.#host.requestUpdate();
    }
  }
}

function parentOf(node: Element): Element | null {
  if (node.assignedSlot) return node.assignedSlot;
  if (node.parentElement) return node.parentElement;
  const root = node.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}
