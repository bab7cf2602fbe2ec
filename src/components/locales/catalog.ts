/**
 * Which words a language has: carelet's own tables and those of the host, along the language's chain (`es-MX`, `es`, then
 * English). Owns loading them, once per page, and who is told when the host's words change. Knows no element.
 */
import type { Loader, Messages, MessageTable, Regional, Translation } from './messages.js';
import type { chart } from './en/chart.js';
import type { common } from './en/common.js';
import type { provider } from './en/provider.js';
import type { scheduler } from './en/scheduler.js';
import type { search } from './en/search.js';

/** The English tables by name: what a translator has in hand. */
export interface LocaleKeys {
  /** Shared by all widgets. */
  common: typeof common;
  chart: typeof chart;
  provider: typeof provider;
  scheduler: typeof scheduler;
  /** `<care-patient-search>`; the words of `common` count here too. */
  search: typeof search;
}
export type LocaleTableName = keyof LocaleKeys;
/** A whole table in another language, for who wants the compiler to name what is missing: `LocaleTable<'chart'>`. */
export type LocaleTable<N extends LocaleTableName> = Translation<LocaleKeys[N]>;
/** Some words of a table, as an object or loaded when they are first needed. */
export type LocaleSource<N extends LocaleTableName> = Regional<LocaleKeys[N]> | Loader<Regional<LocaleKeys[N]>>;
export type LocaleTables = { readonly [N in LocaleTableName]?: LocaleSource<N> };

type Words = Readonly<Record<string, unknown>>;
type Source = Words | Loader<Words>;

interface Registration {
  readonly tag: string;
  readonly tables: Readonly<Record<string, Source | undefined>>;
}
let registrations: readonly Registration[] = [];
const listeners = new Set<() => void>();

/**
 * Gives carelet words in a language it does not ship, or other words for one it does (`registerLocale('en', { scheduler: {
 * provider: 'Therapist' } })`). Tables may hold any part; what they leave out is looked for further along the chain, at last
 * in English. The last registration comes first. Elements on the page follow at once.
 *
 * @param lang a BCP 47 tag: `fr` serves `fr-CA` too, unless that is registered itself.
 * @returns takes the words back.
 * @throws RangeError if `lang` is not a language tag.
 */
export function registerLocale(lang: string, tables: LocaleTables): () => void {
  const [tag = lang] = Intl.getCanonicalLocales(lang);
  const registration: Registration = { tag, tables: tables as Registration['tables'] };
  const change = (next: readonly Registration[]): void => {
    registrations = next;
    known = new WeakMap();
    for (const listener of listeners) listener();
  };
  change([registration, ...registrations]);
  return () => change(registrations.filter((each) => each !== registration));
}

/** @returns stops listening. */
export function onLocaleChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where words for a tag are looked for: itself, then with less and less said (RFC 4647, section 3.4). What is no tag has none. */
export function chainOf(lang: string): string[] {
  let tag: string;
  try {
    tag = new Intl.Locale(lang).baseName;
  } catch {
    return [];
  }
  const parts = tag.split('-');
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('-'));
}

/** The words of one table for one language. Another object whenever one of them may be another. */
export interface LocaleWords<T extends MessageTable> {
  /** In the language itself; nothing while they are on their way. In English, and for what is no language tag, every text. */
  readonly own: Regional<T>;
  /** What stands in for those that it lacks. */
  readonly english: Translation<T>;
  /** Settles, never rejects, when what is on its way has arrived or failed. */
  readonly loading: Promise<void> | undefined;
  /** Some could not be loaded: that they are missing says nothing about the language. */
  readonly failed: boolean;
}

let known = new WeakMap<object, Map<string, LocaleWords<never>>>();
const arrived = new WeakMap<Loader<Words>, Words>();
const underWay = new WeakMap<Loader<Words>, Promise<void>>();
const failures = new WeakSet<Loader<Words>>();

export function wordsFor<T extends MessageTable>(messages: Messages<T>, lang: string): LocaleWords<T> {
  let byLanguage = known.get(messages);
  if (!byLanguage) known.set(messages, (byLanguage = new Map()));
  let words = byLanguage.get(lang) as LocaleWords<T> | undefined;
  if (!words) byLanguage.set(lang, (words = findWords(messages, lang)) as LocaleWords<never>);
  return words;
}

/** Lets what could not be loaded be tried again. */
export function retryWords<T extends MessageTable>(messages: Messages<T>, lang: string): void {
  const failed = sourcesOf(messages, chainOf(lang))
    .filter(isLoader)
    .filter((loader) => failures.delete(loader));
  if (failed.length > 0) known.get(messages)?.clear();
}

function findWords<T extends MessageTable>(messages: Messages<T>, lang: string): LocaleWords<T> {
  const chain = chainOf(lang);
  const own = sourcesOf(messages, chain);
  const hostEnglish = sourcesOf(messages, ['en']);
  const waits = [...own, ...hostEnglish].filter(isLoader).flatMap((loader) => load(loader) ?? []);
  // A language comes as a whole: with half of it there, a page would change its words twice.
  const loading = waits.length === 0 ? undefined : Promise.all(waits).then(() => void known.get(messages)?.clear());
  const english = { ...messages.en, ...merged(hostEnglish) } as Translation<T>;
  const words = (loading ? {} : merged(own)) as Regional<T>;
  const isEnglish = chain.length === 0 || chain.at(-1) === 'en';
  return {
    own: isEnglish ? ({ ...english, ...words } as Regional<T>) : words,
    english,
    loading,
    failed: own.some((source) => isLoader(source) && failures.has(source)),
  };
}

/** For each tag the host's words, then carelet's. */
function sourcesOf<T extends MessageTable>(messages: Messages<T>, chain: readonly string[]): Source[] {
  return chain.flatMap((tag): Source[] => {
    const here = registrations.filter((each) => each.tag === tag);
    const hosts = messages.tables.flatMap((name) => here.flatMap(({ tables }): Source[] => (tables[name] ? [tables[name]] : [])));
    const shipped = Object.hasOwn(messages.lazy, tag) ? [messages.lazy[tag] as Loader<Words>] : [];
    return [...hosts, ...shipped];
  });
}

const isLoader = (source: Source): source is Loader<Words> => typeof source === 'function';

/** The first that has a word gives it. One given as `undefined` is none. */
function merged(sources: readonly Source[]): Words {
  const words: Record<string, unknown> = {};
  for (const source of sources.toReversed())
    for (const [key, word] of Object.entries((isLoader(source) ? arrived.get(source) : source) ?? {}))
      if (word !== undefined) words[key] = word;
  return words;
}

/** Undefined for what is there, or cannot be had. */
function load(loader: Loader<Words>): Promise<void> | undefined {
  if (arrived.has(loader) || failures.has(loader)) return undefined;
  let loading = underWay.get(loader);
  if (!loading) {
    loading = Promise.resolve()
      .then(loader)
      .then(
        (words) => void arrived.set(loader, words),
        () => void failures.add(loader),
      )
      .finally(() => underWay.delete(loader));
    underWay.set(loader, loading);
  }
  return loading;
}
