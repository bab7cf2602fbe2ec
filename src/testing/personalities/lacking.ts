/** Servers that lack a part of FHIR, each saying so or not. */
import {
  type Handler,
  type Personality,
  loosely,
  withJson,
  refusal,
  pathOf,
  isMetadata,
  isPostSearch,
  isWrite,
  isBundle,
  withMetadata,
  withoutInteractions,
} from './handler.js';
import { ignores } from './untrue.js';

/** No transactions. `silent`: the metadata do not say so, and the base answers as a web server does. */
export const noTransactions =
  ({ silent = false } = {}): Personality =>
  (handler) => {
    const told = withMetadata((rest) => (silent ? delete rest['interaction'] : withoutInteractions(rest, ['transaction', 'batch'])))(
      handler,
    );
    return async (request) => {
      if (!isBundle(request)) return told(request);
      return silent ? new Response('Not Found', { status: 404 }) : refusal(405, 'not-supported', 'No transactions here.');
    };
  };

/** Searches by GET only. */
export const noPostSearch =
  (status = 405): Personality =>
  (handler) =>
  async (request) =>
    isPostSearch(request) ? new Response(null, { status }) : handler(request);

/** Takes no write of these methods on any record; the metadata do not say so. */
export const refuses =
  (methods: readonly string[], status = 405): Personality =>
  (handler) =>
  async (request) =>
    isWrite(request) && methods.includes(request.method) ? refusal(status, 'not-supported', 'Not here.') : handler(request);

/**
 * Patches of one form only, or none. `said`: the metadata declare it; else a patch of another form is 415, or 405 where there is none.
 */
export const patchesOnly =
  (form?: 'json' | 'fhirpath', { said = false } = {}): Personality =>
  (handler) => {
    const types = { json: 'application/json-patch+json', fhirpath: 'application/fhir+json' };
    const told: Handler = async (request) => {
      const response = await handler(request);
      if (!said || !isMetadata(request)) return response;
      return withJson(response, (body) => {
        body['patchFormat'] = form ? [types[form]] : [];
        if (form) return;
        for (const rest of loosely(body['rest']))
          for (const resource of loosely(rest['resource'])) withoutInteractions(resource, ['patch']);
      });
    };
    return async (request) => {
      if (request.method !== 'PATCH') return told(request);
      if (!form) return refusal(405, 'not-supported', 'No patches here.');
      if (request.headers.get('Content-Type')?.startsWith(types[form])) return told(request);
      return refusal(415, 'not-supported', 'Not in this form.');
    };
  };

/**
 * Takes no conditions: If-None-Exist, and addresses with a query, are refused (`ignored`: the header is not looked at, so that
 * records double). The metadata say so unless it is `silent`.
 */
export const noConditions =
  ({ silent = false, ignored = false } = {}): Personality =>
  (handler) => {
    const told = silent
      ? handler
      : withMetadata((rest) => {
          for (const resource of loosely(rest['resource']))
            Object.assign(resource, { conditionalCreate: false, conditionalUpdate: false, conditionalDelete: 'not-supported' });
        })(handler);
    return async (request) => {
      const conditional = isWrite(request) && !isBundle(request) && new URL(request.url).search !== '';
      if (conditional || (request.headers.has('If-None-Exist') && !ignored)) return refusal(501, 'not-supported', 'No conditions here.');
      if (!request.headers.has('If-None-Exist')) return told(request);
      const headers = new Headers(request.headers);
      headers.delete('If-None-Exist');
      return told(new Request(request, { headers }));
    };
  };

/** Keeps no earlier versions that could be read. `said`: the metadata do not declare them. */
export const noVersions =
  ({ status = 405, said = false } = {}): Personality =>
  (handler) => {
    const told = withMetadata((rest) => {
      if (said)
        for (const resource of loosely(rest['resource'])) withoutInteractions(resource, ['vread', 'history-instance', 'history-type']);
    })(handler);
    return async (request) =>
      request.method === 'GET' && pathOf(request).includes('/_history')
        ? refusal(status, 'not-supported', 'No versions here.')
        : told(request);
  };

/**
 * Brings nothing along: `_include` and `_revinclude` are refused, or left out (`ignored`; the self link shows it unless it is
 * `lying`), or not among what the metadata declare (`said`).
 */
export const noIncludes = ({ ignored = false, lying = false, said = false } = {}): Personality => {
  const named = (request: Request): boolean => /[?&]_(?:rev)?include/.test(request.url);
  return (handler) => {
    const told = said
      ? withMetadata((rest) => {
          for (const resource of loosely(rest['resource']))
            Object.assign(resource, { searchInclude: ['none'], searchRevInclude: ['none'] });
        })(handler)
      : handler;
    const without = ignores(['_include', '_revinclude'], { honest: !lying })(told);
    return async (request) => {
      if (ignored) return without(request);
      const form = isPostSearch(request) ? await request.clone().text() : '';
      const asked = named(request) || /(?:^|&)_(?:rev)?include/.test(form);
      return asked ? refusal(400, 'processing', 'Invalid _include parameter value') : told(request);
    };
  };
};

/** Refuses what is searched through other records: chained parameters and `_has`. */
export const noChains =
  (status = 400): Personality =>
  (handler) =>
  async (request) => {
    const form = isPostSearch(request) ? new URLSearchParams(await request.clone().text()) : new URLSearchParams();
    const names = [...new URL(request.url).searchParams.keys(), ...form.keys()];
    const chained = names.find((name) => name.startsWith('_has:') || name.includes('.'));
    return chained ? refusal(status, 'not-supported', `Chained parameter ${chained} is not supported`) : handler(request);
  };

/** Like stock HAPI: refuses a modifier of a parameter as unsupported. */
export const noModifier =
  (modifier: string, status = 405): Personality =>
  (handler) =>
  async (request) => {
    const form = isPostSearch(request) ? await request.clone().text() : '';
    const asked = `${request.url}&${form}`.match(new RegExp(`[?&]([\\w-]+(?::|%3A)${modifier})=`));
    return asked ? refusal(status, 'not-supported', `:${modifier} is disabled on this server`) : handler(request);
  };

/** Metadata of one who declares no search parameters, so that nobody knows which there are. */
export const declaresNoParameters: Personality = withMetadata((rest) => {
  delete rest['searchParam'];
  for (const resource of loosely(rest['resource']))
    for (const name of ['searchParam', 'searchInclude', 'searchRevInclude']) delete resource[name];
});
