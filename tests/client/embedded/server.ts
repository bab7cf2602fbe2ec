/** The embedded backend as tests talk to it: requests in, status, headers and parsed body out. */
import assert from 'node:assert/strict';
import { createEmbeddedBackend, type EmbeddedBackend, type EmbeddedBackendOptions } from '../../../src/client/backends/embedded/index.js';

// Tests look into whatever an answer holds.
// oxlint-disable-next-line typescript/no-explicit-any
export type Loose = any;

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  body: Loose;
}

export interface Ask {
  headers?: Record<string, string>;
  /** An object is sent as FHIR JSON, a string as it is. */
  body?: unknown;
}

export class Server {
  readonly backend: EmbeddedBackend;
  readonly base: string;
  /** Advances by a second with each reading. */
  time = Date.parse('2026-11-24T00:00:00Z');

  constructor(options: EmbeddedBackendOptions = {}) {
    let next = 0;
    this.backend = createEmbeddedBackend({
      baseUrl: 'http://server.test/fhir',
      ids: () => `n${++next}`,
      now: () => new Date((this.time += 1000)),
      ...options,
    });
    this.base = this.backend.baseUrl;
  }

  async ask(method: string, path: string, { headers = {}, body }: Ask = {}): Promise<Answer> {
    const sent = new Headers(headers);
    if (body !== undefined && !sent.has('Content-Type')) sent.set('Content-Type', 'application/fhir+json');
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const url = path.startsWith('http') ? path : `${this.base}/${path}`;
    const response = await this.backend.handle(new Request(url, { method, headers: sent, ...(text === undefined ? {} : { body: text }) }));
    const answer = await response.text();
    let parsed: Loose;
    try {
      parsed = JSON.parse(answer);
    } catch {
      parsed = undefined;
    }
    return { status: response.status, headers: response.headers, text: answer, body: parsed };
  }

  get(path: string, headers?: Record<string, string>): Promise<Answer> {
    return this.ask('GET', path, headers ? { headers } : {});
  }

  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer> {
    return this.ask('POST', path, { body, ...(headers ? { headers } : {}) });
  }

  put(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer> {
    return this.ask('PUT', path, { body, ...(headers ? { headers } : {}) });
  }

  /** Stores resources under their own ids. */
  async load(...resources: Loose[]): Promise<void> {
    for (const resource of resources) {
      const { status, text } = await this.put(`${resource.resourceType}/${resource.id}`, resource);
      assert.ok(status === 200 || status === 201, `${status} ${text}`);
    }
  }

  /** Ids of the rows a search matches, in its order. */
  async ids(query: string): Promise<string[]> {
    const answer = await this.get(query);
    assert.equal(answer.status, 200, answer.text);
    return matches(answer.body).map((resource) => resource.id);
  }

  /** The status of a search, and its issue codes. */
  async fails(query: string, headers?: Record<string, string>): Promise<[number, string]> {
    const answer = await this.get(query, headers);
    isOutcome(answer);
    return [answer.status, answer.body.issue[0].code];
  }

  /** Everything the service holds, for comparing before and after. */
  async everything(): Promise<string> {
    const [history, rows] = [await this.get('_history?_count=1000'), await this.get('?_count=1000')];
    return JSON.stringify([history.body.entry ?? [], rows.body.entry ?? []]);
  }
}

export const matches = (bundle: Loose): Loose[] =>
  (bundle.entry ?? []).filter((entry: Loose) => entry.search.mode === 'match').map((entry: Loose) => entry.resource);
export const included = (bundle: Loose): string[] =>
  (bundle.entry ?? [])
    .filter((entry: Loose) => entry.search.mode === 'include')
    .map((entry: Loose) => `${entry.resource.resourceType}/${entry.resource.id}`);
export const outcomes = (bundle: Loose): Loose[] =>
  (bundle.entry ?? []).filter((entry: Loose) => entry.search.mode === 'outcome').map((entry: Loose) => entry.resource);
export const link = (bundle: Loose, relation: string): string | undefined =>
  (bundle.link ?? []).find((one: Loose) => one.relation === relation)?.url;

/** Every error is an OperationOutcome with FHIR's severities and codes, and as FHIR JSON. */
export function isOutcome({ body, headers, text }: Answer): void {
  assert.match(headers.get('Content-Type') ?? '', /^application\/fhir\+json/);
  assert.equal(body?.resourceType, 'OperationOutcome', text);
  assert.ok(body.issue.length > 0);
  for (const issue of body.issue) {
    assert.match(issue.severity, /^(fatal|error|warning|information)$/);
    assert.match(issue.code, /^[a-z-]+$/);
  }
}

export const transaction = (...entry: Loose[]): Loose => ({ resourceType: 'Bundle', type: 'transaction', entry });
export const batch = (...entry: Loose[]): Loose => ({ resourceType: 'Bundle', type: 'batch', entry });
export const patient = (id?: string, rest: Loose = {}): Loose => ({
  resourceType: 'Patient',
  ...(id === undefined ? {} : { id }),
  ...rest,
});
export const observation = (id: string, rest: Loose = {}): Loose => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
  ...rest,
});
export const appointment = (id: string, start: string, rest: Loose = {}): Loose => ({
  resourceType: 'Appointment',
  id,
  status: 'booked',
  start,
  end: new Date(Date.parse(start) + 1_800_000).toISOString(),
  participant: [{ status: 'accepted', actor: { reference: 'Patient/p1' } }],
  ...rest,
});
