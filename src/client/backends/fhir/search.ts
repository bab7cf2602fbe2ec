/** Search: POST where the query names a person or is long, pages by the server's own links, and each page checked. */
import { isCareError } from '../../../models/errors.js';
import type { Resource } from '../../../models/fhir/index.js';
import { checkDates } from '../../../models/fhir/search-check.js';
import type { Capabilities, SearchOptions, SearchPage, SearchParams, SearchWarning } from '../../backend.js';
import { load } from '../../load.js';
import { expectResource, type FhirAnswer } from './answer.js';
import type { Learned } from './learned.js';
import { careError } from './failure.js';
import { splitIncludes, together, unanswered } from './includes.js';
import { withinBase } from './link.js';
import { linkOf, toPage, type LooseBundle } from './page.js';
import { isLong, leftOut, mayBeDates, namesPerson, toQuery, undeclared, type Query } from './params.js';
import type { First } from './search-refused.js';
import type { ExchangeOptions, Transport } from './transport.js';

export const MAX_PAGES = 50;

export interface SearchContext {
  transport: Transport;
  baseUrl: string;
  learned: Learned;
  /** What the server declares, where it has been asked already. A search does not ask for it: it can be as large as the result. */
  known: Capabilities | undefined;
  /** Whether names and birth dates may stand in addresses, where a server takes no POST. */
  namesInAddresses: boolean;
}

async function firstPage(
  { transport, baseUrl, learned, namesInAddresses }: SearchContext,
  type: string,
  query: Query,
  strict: readonly string[],
  options: ExchangeOptions,
): Promise<First> {
  const ask = (searchParams: Query, postSearch: boolean): Promise<FhirAnswer> =>
    transport.call((kit, kitOptions) => kit.search({ resourceType: type, searchParams, options: { ...kitOptions, postSearch } }), options);
  const names = namesPerson(query);
  const posted = learned.postSearch !== 'no' && (names || isLong(baseUrl, type, query));
  const before = Object.keys(query).flatMap((name) => learned.refused.get(`${type} ${name}`) ?? [])[0];
  if (before !== undefined) throw careError('unsupported', { detail: before });
  const refusal = (): Promise<typeof import('./search-refused.js')> => load(() => import('./search-refused.js'));
  if (names && !posted && !namesInAddresses) throw (await refusal()).inAddress();
  try {
    const answer = await ask(query, posted);
    if (posted) learned.postSearch = 'yes';
    return { answer, posted, dropped: {} };
  } catch (error) {
    if (!isCareError(error, 'validation', 'unsupported', 'not-found', 'server')) throw error;
    return (await refusal()).afterRefusal({ type, query, strict, posted, learned, namesInAddresses, ask }, error);
  }
}

/** Pages of matches, each checked; ends after the last page, after the budget, or at a link that must not be followed. */
export async function* searchPages(
  context: SearchContext,
  type: string,
  params: SearchParams,
  options: SearchOptions,
): AsyncGenerator<SearchPage, void, undefined> {
  checkDates(params);
  const { transport, baseUrl, learned } = context;
  const { signal, timeout, patient, maxPages = MAX_PAGES } = options;
  const declared = context.known?.type(type);
  const { sent, missed } = splitIncludes(toQuery(params), declared, learned);
  const strict = undeclared(sent, declared?.searchParams);
  const exchange: ExchangeOptions = { signal, timeout, batch: true, headers: strict.length > 0 ? { Prefer: 'handling=strict' } : {} };

  const { answer, posted, dropped } = await firstPage(context, type, sent, strict, exchange);
  let bundle = expectResource(answer, 'Bundle') as Resource & LooseBundle;
  const self = linkOf(bundle, 'self');
  const ignored = leftOut(sent, self, posted);
  const always: SearchWarning[] =
    ignored.length > 0
      ? [{ code: 'ignored-parameter', count: ignored.length, message: `The server left out: ${ignored.join(', ')}.` }]
      : [];
  const search = (other: string, wanted: SearchParams): AsyncIterable<SearchPage> =>
    searchPages(context, other, wanted, { signal, timeout });
  /** The dates asked for are checked again, and what should have come along is fetched. */
  const refine = async (page: SearchPage): Promise<SearchPage> => {
    const checked = mayBeDates(sent) ? (await load(() => import('../../date-check.js'))).withinDates(page, type, sent) : page;
    const wanted = together(missed, dropped, unanswered(sent, self, posted, checked.items.length, checked.included.length));
    if (Object.keys(wanted).length === 0 || checked.items.length === 0) return checked;
    return (await load(() => import('./follow-up.js'))).followUp({ baseUrl, learned, search, patient }, wanted, checked);
  };

  const seen = new Set<string>();
  const visited = new Set<string>();
  let requestUrl = `${baseUrl}/${type}`;
  for (let number = 1; ; number++) {
    const page = await refine(await toPage(bundle, { type, baseUrl, patient, seen }));
    const link = linkOf(bundle, 'next');
    const next = link === undefined ? undefined : withinBase(baseUrl, link, requestUrl);
    const warnings = [...always, ...page.warnings];
    if (link !== undefined && (next === undefined || visited.has(next))) {
      const why = next === undefined ? 'leads out of this server' : 'runs in a circle';
      warnings.push({ code: 'refused-link', count: 1, message: `More rows exist, but the server's link to them ${why}.` });
    } else if (next !== undefined && number >= maxPages) {
      warnings.push({ code: 'page-budget', count: 1, message: 'More rows exist than were asked for.' });
    }
    yield { ...page, warnings, complete: page.complete && warnings.length === page.warnings.length };
    if (next === undefined || visited.has(next) || number >= maxPages) return;

    visited.add(next);
    requestUrl = next;
    const following = await transport.call((kit, kitOptions) => kit.request(next, { options: kitOptions }), { signal, timeout });
    bundle = expectResource(following, 'Bundle') as Resource & LooseBundle;
  }
}
