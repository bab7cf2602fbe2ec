/** Search: POST where the query names a person or is long, pages by the server's own links, and each page checked. */
import { CareError, isCareError } from '../../../models/errors.js';
import type { Resource } from '../../../models/fhir/index.js';
import { checkDates } from '../../../models/fhir/search-check.js';
import type { Capabilities, SearchOptions, SearchPage, SearchParams, SearchWarning } from '../../backend.js';
import { expectResource, type FhirAnswer } from './answer.js';
import type { Learned } from './capabilities.js';
import { withinBase } from './link.js';
import { linkOf, toPage, type LooseBundle } from './page.js';
import { isLong, leftOut, namesPerson, toQuery, undeclared, type Query } from './params.js';
import type { ExchangeOptions, Transport } from './transport.js';

export const MAX_PAGES = 50;

export interface SearchContext {
  transport: Transport;
  baseUrl: string;
  learned: Learned;
  /** What the server declares, where it has been asked already. A search does not ask for it: it can be as large as the result. */
  known: Capabilities | undefined;
}

/** Answers by which servers say that they have no POST [type]/_search. */
const NO_POST_SEARCH = [404, 405, 415, 501];

interface First {
  answer: FhirAnswer;
  posted: boolean;
}

async function firstPage(
  { transport, baseUrl, learned }: SearchContext,
  type: string,
  query: Query,
  options: ExchangeOptions,
): Promise<First> {
  const ask = (postSearch: boolean): Promise<FhirAnswer> =>
    transport.call(
      (kit, kitOptions) => kit.search({ resourceType: type, searchParams: query, options: { ...kitOptions, postSearch } }),
      options,
    );
  if (learned.postSearch === 'no' || !(namesPerson(query) || isLong(baseUrl, type, query)))
    return { answer: await ask(false), posted: false };
  try {
    const answer = await ask(true);
    learned.postSearch = 'yes';
    return { answer, posted: true };
  } catch (error) {
    if (learned.postSearch === 'yes' || !isCareError(error) || !NO_POST_SEARCH.includes(error.status ?? 0)) throw error;
    const answer = await ask(false);
    learned.postSearch = 'no'; // only now: a type that is not there at all answers 404 both ways
    return { answer, posted: false };
  }
}

/** A refusal under strict handling, as what it is: this server cannot search that way. */
function strictRefusal(error: unknown, type: string, strict: readonly string[]): unknown {
  if (!isCareError(error, 'validation', 'unsupported')) return error;
  const said = error.issues.map((issue) => `${issue.message} ${issue.path}`).join(' ');
  const names = strict.filter((name) => said.includes(name.split(/[.:]/)[0]!));
  if (names.length === 0) return error;
  return new CareError('unsupported', `The server cannot search ${type} by ${names.join(', ')}.`, {
    status: error.status,
    issues: error.issues,
  });
}

/** Pages of matches, each checked; ends after the last page, after the budget, or at a link that must not be followed. */
export async function* searchPages(
  context: SearchContext,
  type: string,
  params: SearchParams,
  options: SearchOptions,
): AsyncGenerator<SearchPage, void, undefined> {
  checkDates(params);
  const { transport, baseUrl } = context;
  const { signal, timeout, patient, maxPages = MAX_PAGES } = options;
  const query = toQuery(params);
  const strict = undeclared(query, context.known?.type(type).searchParams);
  const exchange: ExchangeOptions = { signal, timeout, headers: strict.length > 0 ? { Prefer: 'handling=strict' } : {} };

  const { answer, posted } = await firstPage(context, type, query, exchange).catch((error: unknown) => {
    throw strictRefusal(error, type, strict);
  });
  let bundle = expectResource(answer, 'Bundle') as Resource & LooseBundle;
  const ignored = leftOut(query, linkOf(bundle, 'self'), posted);
  const always: SearchWarning[] =
    ignored.length > 0
      ? [{ code: 'ignored-parameter', count: ignored.length, message: `The server left out: ${ignored.join(', ')}.` }]
      : [];

  const seen = new Set<string>();
  const visited = new Set<string>();
  let requestUrl = `${baseUrl}/${type}`;
  for (let number = 1; ; number++) {
    const page = await toPage(bundle, { type, baseUrl, patient, seen });
    const link = linkOf(bundle, 'next');
    const next = link === undefined ? undefined : withinBase(baseUrl, link, requestUrl);
    const warnings = [...always, ...page.warnings];
    if (link !== undefined && (next === undefined || visited.has(next))) {
      const why = next === undefined ? 'leads out of this server' : 'runs in a circle';
      warnings.push({ code: 'refused-link', count: 1, message: `More rows exist, but the server's link to them ${why}.` });
    } else if (next !== undefined && number >= maxPages) {
      warnings.push({ code: 'page-budget', count: 1, message: 'More rows exist than were asked for.' });
    }
    yield { ...page, warnings, complete: warnings.length === 0 };
    if (next === undefined || visited.has(next) || number >= maxPages) return;

    visited.add(next);
    requestUrl = next;
    const following = await transport.call((kit, kitOptions) => kit.request(next, { options: kitOptions }), { signal, timeout });
    bundle = expectResource(following, 'Bundle') as Resource & LooseBundle;
  }
}
