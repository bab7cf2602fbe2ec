/**
 * What pages on another origin may do (CORS, fetch.spec.whatwg.org). Node sees the headers that a browser judges by. A page
 * cannot ask so: there it is seen by what comes through.
 */
import type { Samples } from './samples.js';
import type { Reply } from './probe.js';
import { no, partly, saidNo, skipped, unclear, yes, type Finding, type Trials } from './trials.js';

const listed = (reply: Reply, header: string): string[] =>
  (reply.headers.get(header) ?? '').split(',').map((name) => name.trim().toLowerCase());

/** Whether this runs in a page or a worker, where a browser stands between. */
export const inPage = (): boolean => 'document' in globalThis || 'WorkerGlobalScope' in globalThis;

const METHODS = ['POST', 'PUT', 'PATCH', 'DELETE'];
/** Request headers that the client sends, with what is lost without; Authorization is never covered by `*`. */
const HEADERS: readonly [id: string, name: string, lost: string][] = [
  ['cors-content-type', 'Content-Type', 'nothing can be saved from a page'],
  ['cors-authorization', 'Authorization', 'no token can be sent from a page'],
  ['cors-if-match', 'If-Match', 'a guarded save is blocked by the browser'],
  ['cors-if-none-exist', 'If-None-Exist', 'a conditional create is blocked by the browser'],
  ['cors-if-none-match', 'If-None-Match', 'records are read again in full, also when they have not changed'],
  ['cors-prefer', 'Prefer', 'searches with undeclared parameters and all saves are blocked by the browser'],
];

export async function tryBrowser(trials: Trials, samples: Samples, origin: string): Promise<void> {
  const { probe } = trials;
  const page = inPage();
  const cannot = skipped('a page cannot ask this; run it by carelet check');
  const allows = (reply: Reply): boolean => ['*', origin].includes(reply.headers.get('Access-Control-Allow-Origin') ?? '');
  const sample = samples.any();
  const path = sample ? `${sample.type}/${sample.id}` : 'metadata';

  let read: Reply | undefined;
  await trials.run('cors-origin', 'browser', 'a page on another origin may read', 'unknown', async () => {
    read = await probe.ask(path, page ? {} : { headers: { Origin: origin } });
    if (page) return read.status === 0 ? no(read) : yes(read, 'seen from this page');
    if (allows(read)) return yes(read);
    return read.headers.has('Access-Control-Allow-Origin')
      ? no(read, 'not this origin: give yours by --origin')
      : no(read, 'no CORS headers');
  });
  for (const header of ['ETag', 'Location', 'Content-Location']) {
    await trials.run(`cors-expose-${header.toLowerCase()}`, 'browser', `a page may see ${header}`, 'unknown', async () => {
      if (!read || !sample) return skipped('no record could be found to try it on');
      if (page && header !== 'ETag') return cannot;
      if (page) return read.headers.has(header) ? yes(read) : unclear(read, 'not seen from this page');
      const exposed = listed(read, 'Access-Control-Expose-Headers');
      return exposed.includes(header.toLowerCase()) || exposed.includes('*')
        ? yes(read)
        : no(read, 'not exposed; the record itself says it, as far as it does');
    });
  }

  const preflight = (method: string, names: readonly string[]): Promise<Reply> =>
    probe.ask(sample ? path : 'Patient/carelet-check-nothing', {
      method: 'OPTIONS',
      headers: {
        Origin: origin,
        'Access-Control-Request-Method': method,
        'Access-Control-Request-Headers': names.map((name) => name.toLowerCase()).join(','),
      },
    });
  const passes = (reply: Reply, method: string, name?: string): boolean => {
    const methods = listed(reply, 'Access-Control-Allow-Methods');
    const names = listed(reply, 'Access-Control-Allow-Headers');
    const named = name === undefined || names.includes(name.toLowerCase()) || (names.includes('*') && name !== 'Authorization');
    return (
      reply.status >= 200 &&
      reply.status < 300 &&
      allows(reply) &&
      named &&
      (methods.includes(method.toLowerCase()) || methods.includes('*') || method === 'POST')
    );
  };
  for (const [id, name, lost] of HEADERS) {
    await trials.run(id, 'browser', `a page may send ${name}`, 'unknown', async () => {
      if (page) return cannot;
      const reply = await preflight('PUT', [name]);
      return passes(reply, 'POST', name) ? yes(reply) : no(reply, lost);
    });
  }
  await trials.run('cors-methods', 'browser', `a page may use ${METHODS.join(', ')}`, 'unknown', async (): Promise<Finding> => {
    if (page) return cannot;
    const refused: string[] = [];
    let last: Reply | undefined;
    for (const method of METHODS) if (!passes((last = await preflight(method, ['Content-Type'])), method)) refused.push(method);
    if (!last || refused.length === 0) return yes(last);
    return refused.length < METHODS.length
      ? partly(last, `not ${refused.join(', ')}`)
      : no(last, allows(last) ? 'none of them' : saidNo(last));
  });
}
