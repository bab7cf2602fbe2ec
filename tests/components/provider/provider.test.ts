import { ContextConsumer } from '@lit/context';
import { expect } from 'chai';
import { html, LitElement } from 'lit';
import type { Backend, Capabilities, CareClient } from '../../../src/client/index.js';
import {
  clientContext,
  clockContext,
  localeContext,
  patientContext,
  permissionsContext,
  QueryController,
  sessionContext,
} from '../../../src/components/base/index.js';
import { CareProvider, type ProviderErrorDetail, type ProviderReadyDetail } from '../../../src/components/provider/index.js';
import '../../../src/define/provider.js';
import { CareError } from '../../../src/models/errors.js';
import { accessible, cleanup, fixture, until } from '../../support/fixture.js';

/** Reads every context, as a widget would. */
class Widget extends LitElement {
  readonly client = new ContextConsumer(this, { context: clientContext, subscribe: true });
  readonly session = new ContextConsumer(this, { context: sessionContext, subscribe: true });
  readonly patient = new ContextConsumer(this, { context: patientContext, subscribe: true });
  readonly permissions = new ContextConsumer(this, { context: permissionsContext, subscribe: true });
  readonly locale = new ContextConsumer(this, { context: localeContext, subscribe: true });
  readonly clock = new ContextConsumer(this, { context: clockContext, subscribe: true });
  readonly query = new QueryController<readonly [CareClient], string[]>(this, {
    args: () => (this.client.value ? [this.client.value] : undefined),
    run: async ([client], { signal }) => {
      const found: string[] = [];
      for await (const page of client.search('Patient', {}, { signal })) found.push(...page.items.map((patient) => patient.id ?? ''));
      return { data: found, complete: true };
    },
  });
  override render() {
    return html`${this.query.data?.join(' ')}`;
  }
}
customElements.define('test-widget', Widget);

/** A client whose searches end when the test says so. */
function fakeClient(name: string, kind = 'fake') {
  const searches: { signal: AbortSignal | undefined; answer: (ids: string[]) => void }[] = [];
  let closed = 0;
  const client = {
    backend: { kind, baseUrl: `urn:${name}` },
    capabilities: async () => ({ name, fhirVersion: '4.0.1' }) as Capabilities,
    search: (_type: string, _params: object, { signal }: { signal?: AbortSignal } = {}) => ({
      async *[Symbol.asyncIterator]() {
        const ids = await new Promise<string[]>((answer) => searches.push({ signal, answer }));
        yield { items: ids.map((id) => ({ resourceType: 'Patient', id })), included: [], total: ids.length, complete: true, warnings: [] };
      },
    }),
    close: () => void closed++,
  };
  return { client: client as unknown as CareClient, searches, closed: () => closed };
}

function events(element: HTMLElement) {
  const ready: ProviderReadyDetail[] = [];
  const errors: ProviderErrorDetail[] = [];
  element.addEventListener('care-provider-ready', ({ detail }) => ready.push(detail));
  element.addEventListener('care-provider-error', ({ detail }) => errors.push(detail));
  return { ready, errors };
}

async function provide(set: Partial<CareProvider> = {}, attributes: Record<string, string> = {}) {
  const provider = document.createElement('care-provider');
  const widget = document.createElement('test-widget') as Widget;
  Object.assign(provider, set);
  for (const [name, value] of Object.entries(attributes)) provider.setAttribute(name, value);
  provider.append(widget);
  const heard = events(provider);
  await fixture(html`${provider}`);
  await provider.updateComplete;
  return { provider, widget, ...heard };
}
const mark = (provider: CareProvider) => provider.shadowRoot!.querySelector<HTMLElement>('[part~="mark"]');
const fault = (provider: CareProvider) => provider.shadowRoot!.querySelector('[part~="fault"]');
const shown = (widget: Widget) => widget.shadowRoot!.textContent!.trim();

describe('<care-provider>', () => {
  afterEach(cleanup);

  it('gives a client that it is handed, asks it once, and shows nothing', async () => {
    const { client } = fakeClient('One');
    const { provider, widget, ready, errors } = await provide({ client });
    await until(() => ready.length);
    expect(widget.client.value).to.equal(client);
    expect(ready).to.deep.equal([{ kind: 'fake', name: 'One', fhirVersion: '4.0.1' }]);
    expect(errors).to.deep.equal([]);
    expect(provider.status).to.equal('ready');
    expect(mark(provider)).to.equal(null);
    expect(getComputedStyle(provider).display).to.equal('contents');
  });

  it('switches everything to another client: the old request is aborted, no old row stands under the new one', async () => {
    const [one, two] = [fakeClient('One'), fakeClient('Two')];
    const { provider, widget } = await provide({ client: one.client });
    await until(() => one.searches.length);
    one.searches[0]!.answer(['p-of-one']);
    await until(() => shown(widget) === 'p-of-one');
    void widget.query.refetch();
    provider.client = two.client;
    await until(() => two.searches.length);
    await widget.updateComplete;
    expect(one.searches[1]!.signal?.aborted).to.equal(true);
    expect(shown(widget)).to.equal('');
    one.searches[1]!.answer(['late-of-one']);
    two.searches[0]!.answer(['p-of-two']);
    await until(() => shown(widget) === 'p-of-two');
    expect(one.closed()).to.equal(0, 'a client of the host is not closed');
  });

  it('lets the patient go when the records become other ones, unless it is set with them', async () => {
    const [one, two, three] = [fakeClient('One'), fakeClient('Two'), fakeClient('Three')];
    const { provider, widget } = await provide({ client: one.client, patient: 'Patient/12' });
    expect(widget.patient.value?.reference).to.equal('Patient/12');
    provider.client = two.client;
    await until(() => widget.client.value === two.client);
    expect(widget.patient.value).to.equal(undefined);
    provider.client = three.client;
    provider.patient = 'Patient/3';
    await until(() => widget.client.value === three.client);
    expect(widget.patient.value?.reference).to.equal('Patient/3');
  });

  it('an answer of an old client does not make the new one ready', async () => {
    let answer!: (capabilities: Capabilities) => void;
    const slow = fakeClient('Slow');
    slow.client.capabilities = () => new Promise((resolve) => (answer = resolve));
    const two = fakeClient('Two');
    const { provider, ready } = await provide({ client: slow.client });
    provider.client = two.client;
    await until(() => ready.length);
    answer({ name: 'Slow', fhirVersion: '4.0.1' } as Capabilities);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(ready.map(({ name }) => name)).to.deep.equal(['Two']);
  });

  it('reaches elements that were upgraded before it', async () => {
    const { client } = fakeClient('One');
    const tag = 'test-late-provider';
    const late = document.createElement(tag) as unknown as CareProvider;
    const widget = document.createElement('test-widget') as Widget;
    late.append(widget);
    // Any element of ours on the page is enough for requests to be kept.
    await provide({ client: fakeClient('Other').client });
    await fixture(html`${late}`);
    expect(widget.client.value).to.equal(undefined);
    late.client = client;
    customElements.define(tag, class extends CareProvider {});
    await until(() => widget.client.value === client);
  });

  it('keeps its client when it is moved, and starts anew when it comes back later', async () => {
    const { client } = fakeClient('One');
    const { provider, widget, ready } = await provide({ client });
    await until(() => ready.length);
    const box = document.createElement('div');
    provider.parentElement!.append(box);
    box.append(provider);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(widget.client.value).to.equal(client);
    expect(ready).to.have.length(1);
    provider.remove();
    await until(() => provider.status === 'starting');
    box.append(provider);
    await until(() => ready.length === 2);
  });

  it('says why records cannot be had, without anything of a patient, and tries again when told', async () => {
    const { client } = fakeClient('One');
    const answers: (() => Promise<Capabilities>)[] = [
      async () => {
        throw new CareError('offline', 'The server did not answer.', { cause: new Error('https://example.org/Patient?name=quispe') });
      },
      client.capabilities.bind(client),
    ];
    client.capabilities = () => answers.shift()!();
    const { provider, errors, ready } = await provide({ client });
    await until(() => errors.length);
    expect(errors).to.deep.equal([{ kind: 'offline', message: 'The server did not answer.' }]);
    expect(provider.status).to.equal('error');
    expect(fault(provider)).to.equal(null, 'the elements inside tell of their own requests');
    provider.retry();
    await until(() => ready.length);
    expect(provider.error).to.equal(undefined);
  });

  for (const [what, baseUrl] of Object.entries({
    'another scheme': 'javascript:alert(1)',
    'a password': 'https://user:secret@example.org/fhir',
    nothing: '',
    'no address at all': 'http://',
  })) {
    it(`shows plainly that a base URL cannot be used: ${what}`, async () => {
      const { provider, widget, errors } = await provide({}, { 'base-url': baseUrl });
      await until(() => errors.length);
      expect(errors[0]!.kind).to.equal('validation');
      expect(errors[0]!.message).not.to.contain('secret');
      await until(() => fault(provider));
      expect(fault(provider)!.textContent).to.contain('cannot be used').and.not.to.contain('secret');
      expect(widget.client.value).to.equal(undefined);
      expect(mark(provider)).to.equal(null);
      await accessible(provider);
    });
  }

  it('takes the old client away when the new source cannot be used: nothing goes on with the wrong records', async () => {
    const { client } = fakeClient('One');
    const { provider, widget, errors } = await provide({ client });
    expect(widget.client.value).to.equal(client);
    provider.client = undefined;
    provider.baseUrl = 'javascript:alert(1)';
    await until(() => errors.length);
    expect(widget.client.value).to.equal(undefined);
  });

  it('marks records that are not kept, above everything of the page', async () => {
    const backend = {
      kind: 'embedded',
      baseUrl: 'urn:carelet:embedded:1',
      describe: async () => ({ name: 'carelet', fhirVersion: '4.0.1' }),
    } as unknown as Backend;
    const { provider, widget, ready } = await provide({ backend });
    await until(() => ready.length);
    expect(mark(provider)!.textContent!.trim()).to.equal('Demo: nothing is kept');
    expect(mark(provider)!.matches(':popover-open')).to.equal(true);
    expect(widget.client.value?.backend).to.equal(backend);
    provider.lang = 'ar';
    await until(() => mark(provider)!.textContent!.includes('عرض تجريبي'));
    await accessible(provider);
  });

  it('says who is at work: another user is another session, a corrected name is not', async () => {
    const { provider, widget } = await provide({ client: fakeClient('One').client }, { user: 'Practitioner/7', 'user-name': 'Dr Okafor' });
    const first = widget.session.value!;
    expect(first).to.include({ user: 'Practitioner/7', display: 'Dr Okafor' });
    provider.userName = 'Dr Amara Okafor';
    await provider.updateComplete;
    expect(widget.session.value).to.include({ key: first.key, display: 'Dr Amara Okafor' });
    provider.user = undefined;
    await provider.updateComplete;
    expect(widget.session.value).to.equal(undefined);
    provider.user = 'Practitioner/7';
    await provider.updateComplete;
    expect(widget.session.value!.key).not.to.equal(first.key);
  });

  it('gives language, time zone, clock and permissions; what cannot be used is warned of and left out', async () => {
    const now = new Date('2026-11-24T00:00:00Z');
    const permissions = { may: () => ({ allowed: true }) as const };
    const { provider, widget } = await provide(
      { client: fakeClient('One').client, permissions, clock: { now: () => now, zone: 'UTC' } },
      { locale: 'ar-eg', 'time-zone': 'Australia/Sydney' },
    );
    expect(widget.locale.value).to.deep.equal({ lang: 'ar-EG', dir: 'rtl' });
    expect(widget.clock.value!.now()).to.equal(now);
    expect(widget.clock.value!.zone).to.equal('Australia/Sydney');
    expect(widget.permissions.value).to.equal(permissions);

    const warn = console.warn;
    const warnings: string[] = [];
    console.warn = (text: string) => void warnings.push(text);
    provider.timeZone = 'Nowhere/Town';
    provider.locale = 'not a locale';
    await provider.updateComplete;
    console.warn = warn;
    expect(widget.clock.value!.zone).to.equal('UTC');
    expect(widget.locale.value).to.equal(undefined);
    expect(warnings).to.have.length(2);
    expect(warnings.join()).not.to.contain('Nowhere').and.not.to.contain('not a locale');
  });

  it('gives the system’s clock where nobody said another', async () => {
    const { widget } = await provide({ client: fakeClient('One').client });
    expect(Math.abs(widget.clock.value!.now().getTime() - Date.now())).to.be.lessThan(60_000);
    expect(widget.clock.value!.zone).to.equal(undefined);
  });
});
