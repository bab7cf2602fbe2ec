import { ContextConsumer } from '@lit/context';
import { expect } from 'chai';
import { html, LitElement } from 'lit';
import { http, HttpResponse } from 'msw';
import { setupWorker } from 'msw/browser';
import { clientContext } from '../../../src/components/base/index.js';
import type { CareProvider, ProviderReadyDetail } from '../../../src/components/provider/index.js';
import '../../../src/define/patient-search.js';
import '../../../src/define/provider.js';
import { cleanup, fixture, until } from '../../support/fixture.js';

class Reader extends LitElement {
  readonly client = new ContextConsumer(this, { context: clientContext, subscribe: true });
}
customElements.define('test-client-reader', Reader);

const FHIR_JSON = { 'content-type': 'application/fhir+json' };
const statement = (name: string) => ({
  resourceType: 'CapabilityStatement',
  status: 'active',
  date: '2026-01-01',
  kind: 'instance',
  fhirVersion: '4.0.1',
  format: ['json'],
  software: { name },
  rest: [
    {
      mode: 'server',
      resource: [
        {
          type: 'Patient',
          interaction: [{ code: 'read' }, { code: 'search-type' }],
          searchParam: ['name', 'birthdate', 'identifier', 'phone'].map((param) => ({ name: param, type: 'string' })),
        },
      ],
    },
  ],
});
const bundle = (...patients: object[]) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  total: patients.length,
  entry: patients.map((resource) => ({ resource, search: { mode: 'match' } })),
});

/** Two servers at the network's edge; the first holds its searches until the test lets them go. */
const requests: Request[] = [];
let letGo: () => void = () => undefined;
const held = new Promise<void>((resolve) => (letGo = resolve));
const worker = setupWorker(
  http.all('https://one.example/*', async ({ request }) => {
    requests.push(request.clone());
    if (new URL(request.url).pathname.endsWith('/metadata')) return HttpResponse.json(statement('One'), { headers: FHIR_JSON });
    await held;
    return HttpResponse.json(bundle({ resourceType: 'Patient', id: '1', name: [{ family: 'Quispe', given: ['Of One'] }] }), {
      headers: FHIR_JSON,
    });
  }),
  http.all('https://two.example/*', ({ request }) => {
    requests.push(request.clone());
    if (new URL(request.url).pathname.endsWith('/metadata')) return HttpResponse.json(statement('Two'), { headers: FHIR_JSON });
    return HttpResponse.json(bundle({ resourceType: 'Patient', id: '1', name: [{ family: 'Quispe', given: ['Of Two'] }] }), {
      headers: FHIR_JSON,
    });
  }),
  http.all('https://none.example/*', () => HttpResponse.error()),
);

describe('<care-provider>: servers', () => {
  before(() => worker.start({ quiet: true, onUnhandledRequest: 'bypass', serviceWorker: { url: '/mockServiceWorker.js' } }));
  after(() => worker.stop());
  afterEach(() => {
    cleanup();
    requests.length = 0;
  });

  async function provide(attributes: Record<string, string>, inside: Element[]) {
    const provider = document.createElement('care-provider');
    for (const [name, value] of Object.entries(attributes)) provider.setAttribute(name, value);
    provider.append(...inside);
    const ready: ProviderReadyDetail[] = [];
    provider.addEventListener('care-provider-ready', (event) => ready.push(event.detail));
    await fixture(html`${provider}`);
    return { provider, ready };
  }
  const mark = (provider: CareProvider) => provider.shadowRoot!.querySelector('[part~="mark"]');

  it('told nothing, opens an empty store in this page, marked; it keeps its records while it is moved', async () => {
    const reader = document.createElement('test-client-reader') as Reader;
    const { provider, ready } = await provide({}, [reader]);
    await until(() => ready.length);
    expect(ready[0]!.kind).to.equal('embedded');
    await until(() => mark(provider));
    expect(mark(provider)!.textContent!.trim()).to.equal('Demo: nothing is kept');
    const client = reader.client.value!;
    expect((await client.search('Patient').all()).items).to.deep.equal([]);
    await client.create({ resourceType: 'Patient', name: [{ family: 'Quispe' }] });
    const box = document.createElement('div');
    provider.parentElement!.append(box);
    box.append(provider);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await reader.client.value!.search('Patient').all()).items).to.have.length(1);
    expect(requests).to.deep.equal([]);
  });

  it('with a base URL asks that server only, with no credentials, and shows nothing', async () => {
    const { provider, ready } = await provide({ 'base-url': 'https://two.example/fhir/' }, []);
    await until(() => ready.length);
    expect(ready[0]).to.deep.include({ kind: 'fhir', fhirVersion: '4.0.1' });
    expect(ready[0]!.name).to.contain('Two');
    expect(requests.map(({ url }) => url)).to.deep.equal(['https://two.example/fhir/metadata']);
    for (const { headers, credentials } of requests) {
      expect(headers.has('authorization')).to.equal(false);
      expect(credentials).not.to.equal('include');
    }
    expect(mark(provider)).to.equal(null);
    expect(provider.shadowRoot!.textContent!.trim()).to.equal('');
  });

  it('switches to another server at run time: no row of the old one under the new one', async () => {
    const search = document.createElement('care-patient-search');
    const { provider } = await provide({ 'base-url': 'https://one.example/fhir' }, [search]);
    const root = search.shadowRoot!;
    const names = () => [...root.querySelectorAll('[role="option"] .name')].map((name) => name.textContent!.trim());
    const input = root.querySelector('input')!;
    input.focus();
    input.value = 'quispe';
    input.dispatchEvent(new InputEvent('input'));
    await until(() => requests.some(({ url }) => /one\.example.*Patient/.test(url)));
    provider.baseUrl = 'https://two.example/fhir';
    await until(() => names().length);
    expect(names()).to.deep.equal(['Quispe, Of Two']);
    letGo();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(names()).to.deep.equal(['Quispe, Of Two']);
  });

  it('says by an event that a server does not answer', async () => {
    const errors: { kind: string; message: string }[] = [];
    const listen = (event: HTMLElementEventMap[keyof HTMLElementEventMap] | Event) =>
      errors.push((event as CustomEvent<{ kind: string; message: string }>).detail);
    document.addEventListener('care-provider-error', listen);
    const { provider } = await provide({ 'base-url': 'https://none.example/fhir' }, []);
    await until(() => errors.length);
    document.removeEventListener('care-provider-error', listen);
    expect(errors[0]!.kind).to.equal('offline');
    expect(provider.status).to.equal('error');
    expect(provider.error?.kind).to.equal('offline');
  });
});
