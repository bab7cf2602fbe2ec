import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setupServer } from 'msw/node';
import { createEmbeddedBackend } from '../../src/client/backends/embedded/index.js';
import { fhirHandlers } from '../../src/testing/msw.js';

const base = 'http://msw.test/some/r4';
const backend = createEmbeddedBackend({ aliases: [base] });
const network = setupServer(...fhirHandlers(backend, `${base}/`));
const json = { 'Content-Type': 'application/fhir+json' };

describe('msw handlers', () => {
  before(() => network.listen({ onUnhandledRequest: 'error' }));
  after(() => network.close());

  test('a fetch of the page reaches the backend, under the address it asked', async () => {
    const created = await fetch(`${base}/Patient`, { method: 'POST', headers: json, body: '{"resourceType":"Patient","gender":"male"}' });
    assert.equal(created.status, 201);
    assert.match(created.headers.get('Location')!, /^http:\/\/msw\.test\/some\/r4\/Patient\/[^/]+\/_history\/1$/);
    const page = (await (await fetch(`${base}/Patient?gender=male&_count=1`)).json()) as { total: number; link: { url: string }[] };
    assert.deepEqual([page.total, page.link[0]!.url], [1, `${base}/Patient?gender=male&_count=1`]);
  });

  test('the base itself takes a transaction', async () => {
    const body =
      '{"resourceType":"Bundle","type":"transaction","entry":[{"resource":{"resourceType":"Patient"},"request":{"method":"POST","url":"Patient"}}]}';
    assert.equal((await fetch(base, { method: 'POST', headers: json, body })).status, 200);
  });

  test('a reference by that address is local', async () => {
    const { id } = (await (
      await fetch(`${base}/Patient`, { method: 'POST', headers: json, body: '{"resourceType":"Patient"}' })
    ).json()) as { id: string };
    const body = JSON.stringify({
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'x' },
      subject: { reference: `${base}/Patient/${id}` },
    });
    await fetch(`${base}/Observation`, { method: 'POST', headers: json, body });
    const found = (await (await fetch(`${base}/Observation?patient=${id}`)).json()) as { total: number };
    assert.equal(found.total, 1);
  });
});
