/** A backend that answers by script, for stories and tests of states that a sound server rarely shows. */
import type { Backend, Capabilities, SearchOptions, SearchPage, SearchParams, TypeCapabilities } from '../../src/client/backend.js';
import { CareClient } from '../../src/client/index.js';
import { CareError, type CareErrorKind } from '../../src/models/errors.js';
import type { Resource } from '../../src/models/fhir/index.js';

/** What comes back for a type: rows, a failure of a kind, or whatever a promise gives later. */
export type Answer = Partial<SearchPage> | CareErrorKind;

export interface Script {
  /** By type; a type that is not named has no rows. */
  answers?: Partial<Record<string, Answer | ((params: SearchParams) => Answer | Promise<Answer>)>>;
  /** Abilities other than "everything". */
  types?: Partial<Record<string, Partial<TypeCapabilities>>>;
  /** The Patient by id. */
  patient?: (id: string) => Resource | CareErrorKind | Promise<Resource | CareErrorKind>;
}

export interface Asked {
  type: string;
  params: SearchParams;
  options: SearchOptions;
}

const EVERYTHING: TypeCapabilities = {
  read: 'yes',
  vread: 'yes',
  search: 'yes',
  create: 'yes',
  update: 'yes',
  patch: 'yes',
  delete: 'yes',
  history: 'yes',
  conditionalCreate: 'yes',
  updateCreate: 'yes',
  searchParams: undefined,
  includes: undefined,
  revIncludes: undefined,
};

const fail = (kind: CareErrorKind): never => {
  throw new CareError(kind, 'This is scripted.');
};

/** @returns a client over the script, and what it has been asked so far. */
export function scriptedClient({ answers = {}, types = {}, patient }: Script): { client: CareClient; asked: Asked[] } {
  const asked: Asked[] = [];
  const backend: Backend = {
    kind: 'scripted',
    baseUrl: 'http://scripted.invalid/fhir',
    describe: () => Promise.resolve({ type: (type: string) => ({ ...EVERYTHING, ...types[type] }) } as unknown as Capabilities),
    async read(_type, id) {
      const found = (await patient?.(id)) ?? 'not-found';
      return (typeof found === 'string' ? fail(found) : found) as never;
    },
    async *search(type, params, options = {}) {
      asked.push({ type, params, options });
      const answer = answers[type];
      const given = await (typeof answer === 'function' ? answer(params) : answer);
      if (typeof given === 'string') fail(given);
      const page = { items: [], included: [], total: undefined, complete: true, warnings: [], ...(given as Partial<SearchPage>) };
      yield { ...page, total: page.total ?? page.items.length } as never;
    },
    write: () => Promise.resolve(fail('unsupported')),
    operation: () => Promise.resolve(fail('unsupported')),
  };
  return { client: new CareClient({ backend }), asked };
}

/** Rows of one type as the server would give them. */
export const rows = (...items: readonly object[]): Answer => ({ items: items as Resource[] });
