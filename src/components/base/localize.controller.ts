import { ContextConsumer } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import {
  directionOf,
  formatterFor,
  type Formatter,
  type MessageArgs,
  type Messages,
  type MessageTable,
  type Translation,
} from '../locales/messages.js';
import { localeContext, type Locale } from './contexts.js';

type Host = ReactiveControllerHost & HTMLElement;

/** Translations that have arrived, by their loaders: the second element in a language starts in it. */
const arrived = new WeakMap<() => Promise<unknown>, unknown>();

/**
 * Texts and formats in the language of the element's place: its own `lang`, else the nearest ancestor's (through shadow
 * roots), else the provider's, else the page's. Owns loading a translation; until it is there English is shown. Owns `lang`
 * and `dir` of what stands at the top of the shadow root, so that layout, `:dir()` and screen readers follow the language
 * also on a page that says nothing of its direction.
 */
export class LocalizeController<T extends MessageTable> implements ReactiveController {
  readonly #host: Host;
  readonly #messages: Messages<T>;
  readonly #provided: () => Locale | undefined;
  readonly #owned = new WeakSet<Element>();
  #lang = 'en';
  #dir: 'ltr' | 'rtl' = 'ltr';
  #table: Translation<T> | undefined;
  #loading: string | undefined;
  #observer: MutationObserver | undefined;

  /** @param own what the provider gives, for the provider itself: nobody hears his own context. */
  constructor(host: Host, messages: Messages<T>, own?: () => Locale | undefined) {
    this.#host = host;
    this.#messages = messages;
    const consumer = own
      ? undefined
      : new ContextConsumer(host, { context: localeContext, subscribe: true, callback: () => host.requestUpdate() });
    this.#provided = own ?? (() => consumer?.value);
    host.addController(this);
  }

  /** The language wanted here, as BCP 47. */
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
    const format = translated === undefined && !isEnglish(this.#lang) ? formatterFor('en') : this.format;
    return typeof message === 'function'
      ? (message as (f: Formatter, ...a: unknown[]) => string)(format, ...args)
      : ((message as string | undefined) ?? key);
  }

  hostConnected(): void {
    if (typeof MutationObserver === 'undefined') return;
    // A translation that did not load gets another try where the element comes back.
    this.#loading = undefined;
    this.#observer = new MutationObserver(() => this.#host.requestUpdate());
    for (let node: Element | null = this.#host; node; node = parentOf(node))
      this.#observer.observe(node, { attributeFilter: ['lang', 'dir'] });
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }

  hostUpdate(): void {
    const provided = this.#provided();
    const lang = this.#findLanguage() ?? provided?.lang ?? 'en';
    if (lang !== this.#lang) {
      this.#lang = lang;
      this.#table = undefined;
    }
    if (this.#table === undefined) this.#load(lang);
    this.#dir = this.#findDirection() ?? provided?.dir ?? directionOf(lang);
  }

  hostUpdated(): void {
    const root = this.#host.shadowRoot;
    for (const element of root?.children ?? []) {
      if (!this.#owned.has(element) && (element.hasAttribute('lang') || element.hasAttribute('dir'))) continue;
      this.#owned.add(element);
      if (element.getAttribute('lang') !== this.#lang) element.setAttribute('lang', this.#lang);
      if (element.getAttribute('dir') !== this.#dir) element.setAttribute('dir', this.#dir);
    }
  }

  #findLanguage(): string | undefined {
    for (const node of this.#places()) if (node.getAttribute('lang')) return node.getAttribute('lang')!;
    return undefined;
  }

  /** The nearest that says a direction or a language decides: `lang="ar"` in a page that is `dir="ltr"` reads from the right. */
  #findDirection(): 'ltr' | 'rtl' | undefined {
    for (const node of this.#places()) {
      const dir = node.getAttribute('dir')?.toLowerCase();
      if (dir === 'rtl' || dir === 'ltr') return dir;
      const lang = node.getAttribute('lang');
      if (lang) return directionOf(lang);
    }
    return undefined;
  }

  /** The element and what is around it. The page's own language counts less than what a provider was told. */
  *#places(): Generator<Element> {
    const root = this.#provided() ? this.#host.ownerDocument.documentElement : undefined;
    for (let node: Element | null = this.#host; node && node !== root; node = parentOf(node)) yield node;
  }

  #load(lang: string): void {
    const { lazy } = this.#messages;
    const loader = lazy[lang] ?? lazy[lang.split('-')[0]!.toLowerCase()];
    if (!loader || this.#loading === lang) return;
    this.#table = arrived.get(loader) as Translation<T> | undefined;
    if (this.#table) return;
    this.#loading = lang;
    loader().then(
      (table) => {
        arrived.set(loader, table);
        this.#host.requestUpdate();
        if (this.#loading === lang) this.#loading = undefined;
      },
      // English stays. There is nobody to tell: the words are all there, in another language.
      () => undefined,
    );
  }
}

function isEnglish(lang: string): boolean {
  return /^en(?:-|$)/i.test(lang);
}

function parentOf(node: Element): Element | null {
  if (node.assignedSlot) return node.assignedSlot;
  if (node.parentElement) return node.parentElement;
  const root = node.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}
