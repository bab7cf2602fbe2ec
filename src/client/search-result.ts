/** The result of a search: pages as they come, rows one by one, or all in one page; always with what makes it less than complete. */
import type { Reference, Resource, ResourceOf, ResourceType } from '../models/fhir/index.js';
import type { SearchPage, SearchWarning } from './backend.js';
import { localReference } from './references.js';

/** A page whose `included` has the types that the search asked for. */
export class CarePage<T extends Resource = Resource, I extends Resource = Resource> implements SearchPage<T> {
  readonly items: T[];
  readonly included: I[];
  readonly total: number | undefined;
  readonly complete: boolean;
  readonly warnings: SearchWarning[];
  readonly #baseUrl: string;
  #byReference: Map<string, Resource> | undefined;

  constructor(page: SearchPage<T>, baseUrl: string) {
    this.items = page.items;
    this.included = page.included as I[];
    this.total = page.total;
    this.complete = page.complete;
    this.warnings = page.warnings;
    this.#baseUrl = baseUrl;
  }

  /** Those of one type among what came along. */
  includedOf<K extends ResourceType>(type: K): ResourceOf<K>[] {
    return this.included.filter((row): row is I & ResourceOf<K> => row.resourceType === type) as ResourceOf<K>[];
  }

  /** The resource of this page that a reference points at; undefined where it did not come along. */
  resolve(reference: Pick<Reference, 'reference'> | string | undefined): Resource | undefined {
    const text = typeof reference === 'string' ? reference : reference?.reference;
    const rows: Resource[] = [...this.items, ...this.included];
    this.#byReference ??= new Map(rows.map((row) => [`${row.resourceType}/${row.id}`, row]));
    return text === undefined ? undefined : this.#byReference.get(localReference(text, this.#baseUrl) ?? text);
  }
}

/** A search that has not been sent yet: each iteration sends it anew. */
export class SearchResult<T extends Resource, I extends Resource> implements AsyncIterable<CarePage<T, I>> {
  readonly #pages: () => AsyncIterable<SearchPage<T>>;
  readonly #baseUrl: string;

  constructor(pages: () => AsyncIterable<SearchPage<T>>, baseUrl: string) {
    this.#pages = pages;
    this.#baseUrl = baseUrl;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<CarePage<T, I>, void, undefined> {
    for await (const page of this.#pages()) yield new CarePage<T, I>(page, this.#baseUrl);
  }

  /** Rows one by one, over all pages. Whether they are complete is said by pages only: use those where it must be shown. */
  async *items(): AsyncGenerator<T, void, undefined> {
    for await (const page of this) yield* page.items;
  }

  /**
   * Everything as one page; what came along on several pages is there once.
   *
   * @param budget `maxItems`: stops after so many rows; the page is then not `complete`. 10,000 unless told.
   */
  async all({ maxItems = 10_000 }: { maxItems?: number } = {}): Promise<CarePage<T, I>> {
    const whole: SearchPage<T> = { items: [], included: [], total: undefined, complete: true, warnings: [] };
    const along = new Map<string, Resource>();
    for await (const page of this) {
      const over = whole.items.length + page.items.length > maxItems;
      whole.items.push(...page.items.slice(0, maxItems - whole.items.length));
      for (const row of page.included) along.set(row.id === undefined ? `#${along.size}` : `${row.resourceType}/${row.id}`, row);
      whole.total ??= page.total;
      whole.complete &&= page.complete;
      for (const warning of page.warnings) addWarning(whole.warnings, warning);
      if (over) {
        addWarning(whole.warnings, { code: 'page-budget', count: 1, message: 'More rows exist than were asked for.' });
        whole.complete = false;
        break;
      }
    }
    whole.included = [...along.values()];
    return new CarePage<T, I>(whole, this.#baseUrl);
  }

  /** The first row; the rest is not asked for. */
  async first(): Promise<T | undefined> {
    for await (const item of this.items()) return item;
    return undefined;
  }
}

/** Adds up warnings of the same words, so that fifty pages do not say the same thing fifty times. */
function addWarning(warnings: SearchWarning[], warning: SearchWarning): void {
  const same = warnings.find((one) => one.code === warning.code && one.message === warning.message);
  if (!same) warnings.push({ ...warning });
  else if (warning.code !== 'ignored-parameter') same.count += warning.count;
}
