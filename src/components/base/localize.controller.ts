import { ContextConsumer } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { onLocaleChange, retryWords, wordsFor, type LocaleWords } from '../locales/catalog.js';
import { directionOf, formatterFor, type Formatter, type MessageArgs, type Messages, type MessageTable } from '../locales/messages.js';
import { localeContext, type Locale } from './contexts.js';
import { markMissing } from './missing-words.js';

type Host = ReactiveControllerHost & HTMLElement;

/**
 * Texts and formats in the language of the element's place: its own `lang`, else the nearest ancestor's (through shadow
 * roots), else the provider's, else the page's. Until a translation is there English is shown; a text that the language does not
 * have stays English, and is marked in development. Owns `lang` and `dir` of what stands at the top of the shadow root, so that
 * layout, `:dir()` and screen readers follow the language also on a page that says nothing of its direction.
 */
export class LocalizeController<T extends MessageTable> implements ReactiveController {
  readonly #host: Host;
  readonly #messages: Messages<T>;
  readonly #provided: () => Locale | undefined;
  readonly #owned = new WeakSet<Element>();
  #lang = 'en';
  #dir: 'ltr' | 'rtl' = 'ltr';
  #words: LocaleWords<T>;
  #waiting: Promise<void> | undefined;
  #observer: MutationObserver | undefined;
  #stopListening: (() => void) | undefined;

  /** @param own what the provider gives, for the provider itself: nobody hears his own context. */
  constructor(host: Host, messages: Messages<T>, own?: () => Locale | undefined) {
    this.#host = host;
    this.#messages = messages;
    this.#words = wordsFor(messages, 'en');
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

  /** Another object whenever one of the texts may read otherwise: what keeps texts asks this, not only the language. */
  get words(): object {
    return this.#words;
  }

  /** The text of `key` in the current language. */
  t<K extends Extract<keyof T, string>>(key: K, ...args: MessageArgs<T[K]>): string {
    const { own, english, loading, failed } = this.#words;
    const translated = own[key];
    if (translated !== undefined) return say(translated, this.format, args);
    // English words keep English plural rules and numbers.
    const text = say(english[key] ?? key, formatterFor('en'), args);
    return loading || failed ? text : markMissing(text, this.#messages, this.#words, this.#lang);
  }

  hostConnected(): void {
    this.#stopListening = onLocaleChange(() => this.#host.requestUpdate());
    // A translation that did not load gets another try where the element comes back.
    retryWords(this.#messages, this.#lang);
    if (typeof MutationObserver === 'undefined') return;
    this.#observer = new MutationObserver(() => this.#host.requestUpdate());
    for (let node: Element | null = this.#host; node; node = parentOf(node))
      this.#observer.observe(node, { attributeFilter: ['lang', 'dir'] });
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#stopListening?.();
  }

  hostUpdate(): void {
    const provided = this.#provided();
    this.#lang = this.#findLanguage() ?? provided?.lang ?? 'en';
    this.#dir = this.#findDirection() ?? provided?.dir ?? directionOf(this.#lang);
    this.#words = wordsFor(this.#messages, this.#lang);
    const { loading } = this.#words;
    if (!loading || loading === this.#waiting) return;
    this.#waiting = loading;
    void loading.then(() => {
      if (this.#waiting !== loading) return;
      this.#waiting = undefined;
      this.#host.requestUpdate();
    });
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
}

function say(message: unknown, format: Formatter, args: readonly unknown[]): string {
  return typeof message === 'function' ? (message as (f: Formatter, ...a: unknown[]) => string)(format, ...args) : String(message);
}

function parentOf(node: Element): Element | null {
  if (node.assignedSlot) return node.assignedSlot;
  if (node.parentElement) return node.parentElement;
  const root = node.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}
