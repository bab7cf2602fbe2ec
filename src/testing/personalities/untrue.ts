/** Servers whose answers are not what was asked for. */
import { type Personality, loosely, withJson, isPostSearch } from './handler.js';

/** Leaves out search parameters, `_search` included. `honest`: the self link shows it. */
export const ignores =
  (names: readonly string[], { honest = true } = {}): Personality =>
  (handler) =>
  async (request) => {
    const ignored = (name: string): boolean => names.includes(name.split(/[.:]/)[0]!);
    const url = new URL(request.url);
    const asked = url.search;
    for (const name of [...url.searchParams.keys()]) if (ignored(name)) url.searchParams.delete(name);
    let inner = new Request(url, request);
    if (isPostSearch(request)) {
      const form = new URLSearchParams(await request.text());
      for (const name of [...form.keys()]) if (ignored(name)) form.delete(name);
      inner = new Request(url, { method: 'POST', headers: request.headers, body: form.toString() });
    }
    const response = await handler(inner);
    if (honest || request.method !== 'GET' || !asked) return response;
    return withJson(response, (body) => {
      for (const link of loosely(body['link']))
        if (link['relation'] === 'self') link['url'] = String(link['url']).replace(/\?.*$/, '') + asked;
    });
  };

/** Ignores whose rows are asked for, and says that it did not: the answer holds other patients' rows. */
export const wrongPatient: Personality = ignores(['patient', 'subject', 'actor'], { honest: false });

/** Every answer's next link leads somewhere else. */
export const nextLinkTo =
  (url: string): Personality =>
  (handler) =>
  async (request) => {
    const response = await handler(request);
    if (!response.headers.get('Content-Type')?.includes('json')) return response;
    return withJson(response, (body) => {
      if (body['type'] === 'searchset')
        body['link'] = [...loosely(body['link']).filter((link) => link['relation'] !== 'next'), { relation: 'next', url }];
    });
  };
