import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createEmbeddedBackend, type EmbeddedBackend } from '../../../src/client/backends/embedded/index.js';
import { checkServer, TRIAL_OUTCOMES, type CheckOptions, type CheckReport } from '../../../src/client/check/index.js';
import { whyNot } from '../../../src/client/check/why-not.js';
import {
  combine,
  epicLike,
  hidesHeaders,
  htmlError,
  ignores,
  noChains,
  noConditions,
  noIncludes,
  noPostSearch,
  noTransactions,
  noVersions,
  patchesOnly,
  readOnly,
  refusal,
  refuses,
  speaks,
  unversioned,
  type Personality,
} from '../../../src/testing/personalities.js';
import { createPractice } from '../../../src/testing/practice/index.js';

const BASE = 'https://check.example/fhir';
const SECRET_NAME = 'Zzyzxquist';
const plainly: Personality = (handler) => handler;

async function practice(): Promise<EmbeddedBackend> {
  const server = createEmbeddedBackend({ baseUrl: BASE });
  const rows = [...createPractice({ seed: 3, patients: 4, now: new Date('2026-11-24T00:00:00Z'), zone: 'UTC' })] as unknown as Record<
    string,
    unknown
  >[];
  for (const row of rows) if (row['resourceType'] === 'Patient') row['name'] = [{ family: SECRET_NAME, given: ['Secret'] }];
  await server.importAll([rows as never], { validate: false });
  return server;
}

async function check(personality: Personality, options: Partial<CheckOptions> = {}, server?: EmbeddedBackend) {
  const at = server ?? (await practice());
  const sent: string[] = [];
  const handler = personality(at.handle);
  const fetch = async (request: Request): Promise<Response> => {
    sent.push(`${request.method} ${request.url.slice(BASE.length)}`);
    return handler(request);
  };
  const report = await checkServer({ baseUrl: BASE, fetch, ...options });
  return {
    report,
    server: at,
    sent,
    outcome: (id: string) => report.trials.find((trial) => trial.id === id)?.outcome,
    widget: (name: string) => report.widgets.find(({ widget }) => widget === name)!,
  };
}

const count = async (server: EmbeddedBackend): Promise<number> => {
  let total = 0;
  for (const type of ['Patient', 'Observation', 'Appointment'] as const)
    for await (const page of server.search(type, { _summary: 'count' })) total += page.total ?? 0;
  return total;
};
/** Left out here, since the embedded handler has no CORS of its own: that is its listener's. */
const besidesCors = (report: CheckReport) => report.trials.filter(({ group, id }) => group !== 'browser' && id !== 'expand');

describe('a server that can all', () => {
  test('is found to, by reading only, and nothing of its records is told', async () => {
    const { report, server, sent } = await check(plainly);
    assert.deepEqual(
      [report.examined, report.reason, report.wrote, report.left, report.server?.fhirVersion],
      [true, undefined, false, [], '4.0.1'],
    );
    const failing = besidesCors(report).filter(({ outcome, group }) => outcome !== 'yes' && group !== 'writing');
    assert.deepEqual(failing, []);
    assert.ok(
      report.trials
        .filter(({ group }) => group === 'writing')
        .every(({ outcome, note, ms }) => outcome === 'not-tried' && note === 'only with --write' && ms === undefined),
    );
    assert.deepEqual(
      sent.filter((one) => !/^(?:GET|OPTIONS) /.test(one) && !/^POST (?:\/Patient\/_search)?$/.test(one)),
      [],
    );
    const text = JSON.stringify(report);
    assert.ok(!text.includes(SECRET_NAME));
    for await (const page of server.search('Patient', {})) for (const { id } of page.items) assert.ok(!text.includes(id!), 'ids neither');
  });

  test('is found to by writing too, and everything made is gone', async () => {
    const server = await practice();
    const before = await count(server);
    const { report } = await check(plainly, { write: true }, server);
    assert.deepEqual(
      besidesCors(report).filter(({ outcome }) => outcome !== 'yes'),
      [],
    );
    assert.deepEqual([report.wrote, report.left, await count(server)], [true, [], before]);
  });

  test('is found to also when it is empty: its own records serve to try on', async () => {
    const { report } = await check(plainly, { write: true }, createEmbeddedBackend({ baseUrl: BASE }));
    assert.deepEqual(
      besidesCors(report).filter(({ outcome }) => outcome !== 'yes'),
      [],
    );
    const readingOnly = await check(plainly, {}, createEmbeddedBackend({ baseUrl: BASE }));
    assert.equal(readingOnly.outcome('read'), 'not-tried');
  });
});

describe('what a server lacks', () => {
  const lacking: [name: string, Personality, outcomes: Record<string, string>][] = [
    ['no POST _search', noPostSearch(), { 'post-search': 'no', 'search-name': 'yes' }],
    ['dates left out in silence', ignores(['date'], { honest: false }), { 'search-date': 'no' }],
    ['names left out', ignores(['name', 'birthdate']), { 'search-name': 'no' }],
    ['includes refused', noIncludes(), { include: 'no', revinclude: 'no' }],
    ['includes left out', noIncludes({ ignored: true }), { include: 'no', revinclude: 'no' }],
    ['chains refused', noChains(), { chain: 'no', has: 'no' }],
    ['chains left out', ignores(['patient', '_has']), { chain: 'no', has: 'no' }],
    ['unknown parameters left out', ignores(['carelet-unknown-parameter'], { honest: false }), { strict: 'no' }],
    ['unknown parameters left out, as is seen', ignores(['carelet-unknown-parameter']), { strict: 'partly' }],
    ['no transactions', noTransactions(), { transaction: 'no', batch: 'no', rollback: 'no' }],
    ['no patches', patchesOnly(), { 'json-patch': 'no', 'fhirpath-patch': 'no' }],
    ['FHIRPath patches only', patchesOnly('fhirpath'), { 'json-patch': 'no', 'fhirpath-patch': 'yes' }],
    ['conditions refused', noConditions(), { 'conditional-create': 'no' }],
    ['conditions ignored', noConditions({ silent: true, ignored: true }), { 'conditional-create': 'no' }],
    ['no versions to read', noVersions(), { vread: 'no', history: 'no' }],
    ['versions not looked at', unversioned, { 'stale-update': 'no', 'stale-delete': 'no', update: 'yes' }],
    ['headers hidden', hidesHeaders, { 'version-ids': 'partly', create: 'yes', update: 'yes' }],
  ];
  for (const [name, personality, outcomes] of lacking)
    test(`${name}: is found, and nothing is left behind`, async () => {
      const server = await practice();
      const before = await count(server);
      const { report, outcome } = await check(personality, { write: true }, server);
      assert.deepEqual(Object.fromEntries(Object.keys(outcomes).map((id) => [id, outcome(id)])), outcomes);
      assert.deepEqual([report.examined, report.left, await count(server)], [true, [], before]);
    });

  test('of a transaction that fails, a part that stays is found and taken away', async () => {
    /** Runs the entries of a transaction one by one, and stops at the first that fails. */
    const inParts: Personality = (handler) => async (request) => {
      if (request.method !== 'POST' || new URL(request.url).pathname !== '/fhir') return handler(request);
      const { entry } = (await request.clone().json()) as {
        entry: { request: { method: string; url: string; ifMatch?: string }; resource?: unknown }[];
      };
      if (entry.some((one) => one.request.method === 'GET')) return handler(request);
      for (const { request: one, resource } of entry) {
        const headers = { 'Content-Type': 'application/fhir+json', ...(one.ifMatch ? { 'If-Match': one.ifMatch } : {}) };
        const answer = await handler(new Request(`${BASE}/${one.url}`, { method: one.method, headers, body: JSON.stringify(resource) }));
        if (!answer.ok) return answer;
      }
      return handler(request);
    };
    const server = await practice();
    const before = await count(server);
    const { outcome, report } = await check(inParts, { write: true }, server);
    assert.deepEqual([outcome('rollback'), report.left, await count(server)], ['no', [], before]);
  });
});

describe('widgets', () => {
  const allowed: Personality = (handler) => async (request) => {
    const cors = {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Expose-Headers': 'ETag, Location, Content-Location',
      'Access-Control-Allow-Methods': '*',
      'Access-Control-Allow-Headers': 'content-type, authorization, if-match, if-none-match, if-none-exist, prefer',
    };
    const answer = request.method === 'OPTIONS' ? new Response(null, { status: 204 }) : await handler(request);
    const headers = new Headers(answer.headers);
    for (const [name, value] of Object.entries(cors)) headers.set(name, value);
    return new Response(answer.status === 204 ? null : answer.body, { status: answer.status, headers });
  };

  test('work in full where everything does', async () => {
    const { widget } = await check(allowed, { write: true });
    for (const name of ['patient-search', 'scheduler', 'chart-viewer'])
      assert.deepEqual([widget(name).verdict, widget(name).reasons], ['full', []], name);
  });

  test('are reduced by what is missing, with what that means', async () => {
    const verdict = async (personality: Personality, name: string): Promise<[string, string]> => {
      const { widget } = await check(combine(allowed, personality), { write: true });
      return [widget(name).verdict, widget(name).reasons.join('\n')];
    };
    const cases: [Personality, string, string, RegExp][] = [
      [noPostSearch(), 'patient-search', 'reduced', /namesInAddresses/],
      [ignores(['name', 'birthdate']), 'patient-search', 'none', /cannot be found by name/],
      [refuses(['PUT']), 'scheduler', 'reduced', /cannot be moved/],
      [unversioned, 'scheduler', 'reduced', /old version is not refused/],
      [epicLike, 'scheduler', 'reduced', /working hours.*|blocked time/],
      [noTransactions(), 'claim-editor', 'reduced', /in order/],
      [readOnly, 'intake-form', 'none', /answers cannot be saved/],
    ];
    for (const [personality, name, expected, reason] of cases) {
      const [got, reasons] = await verdict(personality, name);
      assert.equal(got, expected, name);
      assert.match(reasons, reason);
    }
  });

  test('of a page on another origin: what CORS forbids is a reason', async () => {
    const { report, widget } = await check(plainly);
    assert.deepEqual(widget('scheduler').reasons.filter((reason) => reason.includes('CORS')).length, 1);
    assert.ok(report.trials.filter(({ group }) => group === 'browser').every(({ outcome }) => outcome === 'no'));
    const { outcome } = await check(allowed);
    assert.deepEqual(
      [outcome('cors-if-match'), outcome('cors-authorization'), outcome('cors-methods'), outcome('cors-expose-etag')],
      ['yes', 'yes', 'yes', 'yes'],
    );
  });

  test('a server that is read-only is not written to, and one that does not delete neither', async () => {
    for (const personality of [readOnly, epicLike]) {
      const { report, sent, outcome } = await check(personality, { write: true });
      assert.equal(outcome('create'), 'not-tried');
      assert.deepEqual([report.wrote, sent.filter((one) => /^(?:PUT|PATCH|DELETE)|^POST \/Patient$/.test(one))], [false, []]);
    }
  });
});

describe('what was made is taken away', () => {
  /** Fails every request after the one that `breaks`, but for those that take away. */
  const midway = (breaks: (request: Request) => boolean): Personality => {
    let broken = false;
    return (handler) => async (request) => {
      broken ||= breaks(request);
      if (!broken || request.method === 'DELETE' || (request.method === 'GET' && !request.url.includes('_history')))
        return handler(request);
      return refusal(500, 'exception', 'Broken');
    };
  };

  test('when writing fails midway', async () => {
    const server = await practice();
    const before = await count(server);
    const { report } = await check(
      midway((request) => request.method === 'PUT'),
      { write: true },
      server,
    );
    assert.deepEqual([report.wrote, report.left, await count(server)], [true, [], before]);
    assert.ok(report.trials.some(({ outcome, status }) => outcome === 'no' && status === 500));
  });

  test('when the answer to a create is lost', async () => {
    let lost = 0;
    const losing: Personality = (handler) => async (request) => {
      const answer = await handler(request);
      if (request.method !== 'POST' || !/\/(?:Patient|Observation)$/.test(request.url)) return answer;
      lost++;
      throw new TypeError('fetch failed');
    };
    const server = await practice();
    const before = await count(server);
    const { report } = await check(losing, { write: true }, server);
    assert.ok(lost > 1);
    assert.deepEqual([report.left, await count(server)], [[], before]);
  });

  test('when the check is given up midway, with what was found until then', async () => {
    const controller = new AbortController();
    const stopping: Personality = (handler) => async (request) => {
      if (request.method === 'PATCH') controller.abort();
      return handler(request);
    };
    const server = await practice();
    const before = await count(server);
    const { report } = await check(stopping, { write: true, signal: controller.signal }, server);
    assert.deepEqual([report.examined, report.interrupted, report.wrote, report.left, await count(server)], [true, true, true, [], before]);
    assert.ok(report.trials.some(({ id }) => id === 'update') && !report.trials.some(({ id }) => id === 'delete'));
  });

  test('what cannot be is said by type and id; records of others are never touched', async () => {
    const undeletable: Personality = combine(refuses(['DELETE']), ignores(['identifier'], { honest: false }));
    const server = await practice();
    const before = await count(server);
    const { report } = await check(undeletable, { write: true }, server);
    assert.ok(report.left.length >= 4, String(report.left.length));
    assert.equal(await count(server), before + report.left.length);
    for (const { type, id } of report.left) {
      const record = (await server.read(type as 'Patient', id)) as { identifier?: { system?: string }[] };
      assert.equal(record.identifier?.[0]?.system, 'urn:carelet:check');
    }
  });
});

describe('no FHIR R4 server', () => {
  const answer =
    (body: string, init: ResponseInit = {}): Personality =>
    () =>
    async () =>
      new Response(body, init);
  const json = { headers: { 'Content-Type': 'application/fhir+json' } };
  const cases: [name: string, Personality, reason: RegExp][] = [
    ['a web page', answer('<!DOCTYPE html><html></html>', { headers: { 'Content-Type': 'text/html' } }), /web page, not with FHIR: is the path right/],
    ['a page with an error', htmlError(502), /web page.*HTTP 502/],
    ['a page without its type', answer('  <html lang="en">'), /web page/],
    ['a login', answer('', { status: 302, headers: { Location: 'https://sso.example/login?session=abc' } }), /page to sign in \(on sso\.example\)/],
    ['another address', answer('', { status: 301, headers: { Location: 'https://new.example/r4/metadata' } }), /another address \(on new\.example\)/],
    ['a refusal', answer('', { status: 401 }), /asks to sign in.*--header/],
    ['STU3', speaks('3.0.2'), /STU3 \(3\.0\.2\) only/],
    ['R5', speaks('5.0.0'), /R5 \(5\.0\.0\) only/],
    ['DSTU2', answer('{"resourceType":"Conformance","fhirVersion":"1.0.2"}', json), /DSTU2 only/],
    ['XML', answer('<?xml version="1.0"?><CapabilityStatement/>', { headers: { 'Content-Type': 'application/fhir+xml' } }), /XML only/],
    ['other JSON', answer('{"hello":"world"}', { headers: { 'Content-Type': 'application/json' } }), /not FHIR: is the path right/],
    ['nothing', answer('Not Found', { status: 404 }), /not FHIR \(metadata: HTTP 404\)/],
    ['no connection', () => async () => { throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } }); }, /nothing listens/],
    ['silence', () => () => new Promise<Response>(() => undefined), /did not answer within 0\.05 s/],
  ]; // prettier-ignore
  for (const [name, personality, reason] of cases)
    test(`${name} is said in words`, async () => {
      const { report } = await check(personality, { timeout: 50, write: true });
      assert.deepEqual([report.examined, report.trials, report.widgets, report.server], [false, [], [], undefined]);
      assert.match(report.reason ?? '', reason);
      assert.ok(!report.reason!.includes('session'));
    });

  test('but one without metadata is examined by trying', async () => {
    const bare: Personality = (handler) => async (request) =>
      request.url.endsWith('/metadata') ? refusal(404, 'not-found', 'None.') : handler(request);
    const { report, outcome } = await check(bare);
    assert.deepEqual([report.examined, outcome('metadata'), outcome('read'), report.server?.name], [true, 'no', 'yes', 'check.example']);
  });

  test('R4B passes, with what differs in the notes', async () => {
    assert.equal((await check(speaks('4.3.0'))).report.examined, true);
  });

  test('TLS and network codes are told apart, and what fetch says is not repeated', () => {
    const why = (code: string): string => whyNot(Object.assign(new TypeError('fetch failed https://secret'), { cause: { code } }), 1);
    assert.match(why('DEPTH_ZERO_SELF_SIGNED_CERT'), /TLS: the certificate is self-signed/);
    assert.match(why('CERT_HAS_EXPIRED'), /expired/);
    assert.match(why('ERR_TLS_CERT_ALTNAME_INVALID'), /another host name/);
    assert.match(why('ERR_SSL_WRONG_VERSION_NUMBER'), /is it http\?/);
    assert.match(why('ENOTFOUND'), /no host/);
    assert.match(whyNot({ cause: { errors: [{ code: 'ECONNREFUSED' }] } }, 1), /nothing listens/);
    assert.equal(whyNot(new Error('https://secret'), 1), 'no answer came');
    assert.equal(whyNot(undefined, 1), 'no answer came');
  });
});

test('any JSON in place of answers is judged without a throw', async () => {
  for (const body of [
    'null',
    '[]',
    '"x"',
    '{"resourceType":"Bundle","entry":[null,{"resource":[]},{"resource":{"resourceType":"Patient"}}],"link":"x"}',
    '{"resourceType":"CapabilityStatement","rest":{"resource":[null,{"type":{}}]}}',
  ]) {
    const weird: Personality = (handler) => async (request) =>
      request.url.endsWith('/metadata') ? handler(request) : new Response(body, { headers: { 'Content-Type': 'application/fhir+json' } });
    const { report } = await check(weird, { write: true });
    assert.ok(report.examined && report.trials.every(({ outcome }) => TRIAL_OUTCOMES.includes(outcome)));
  }
});
