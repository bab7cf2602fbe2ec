import { ContextConsumer } from '@lit/context';
import { expect } from 'chai';
import { html, LitElement } from 'lit';
import { createEmbeddedBackend } from '../../../src/client/backends/embedded/index.js';
import { CareClient } from '../../../src/client/index.js';
import { clientContext } from '../../../src/components/base/index.js';
import type { CareProvider } from '../../../src/components/provider/index.js';
import '../../../src/define/provider.js';
import { accessible, cleanup, fixture, until } from '../../support/fixture.js';

class Reader extends LitElement {
  readonly client = new ContextConsumer(this, { context: clientContext, subscribe: true });
}
customElements.define('test-session-reader', Reader);

const place = async (given: Partial<CareProvider>) => {
  const provider = await fixture<CareProvider>(html`<care-provider><test-session-reader></test-session-reader></care-provider>`);
  Object.assign(provider, given);
  const reader = provider.querySelector<Reader>('test-session-reader')!;
  const client = async (): Promise<CareClient> => {
    await provider.updateComplete;
    return until(() => (provider.status === 'ready' ? reader.client.value : undefined));
  };
  return { provider, reader, client };
};
const patient = { resourceType: 'Patient', id: 'p1' } as const;

describe('<care-provider> sessions', () => {
  afterEach(cleanup);

  it('another user, or another session, gets a client that knows nothing of the last one; the first user is no other', async () => {
    const backend = createEmbeddedBackend({ data: [patient] });
    const { provider, client } = await place({ backend });
    const first = await client();
    provider.user = 'Practitioner/1';
    expect(await client()).to.equal(first);
    let told = '';
    first.watch('Patient', 'p1').subscribe(({ state }) => (told += ` ${state}`));
    await until(() => told.includes('fresh'));
    provider.user = 'Practitioner/2';
    await provider.updateComplete;
    const second = await client();
    expect(second).not.to.equal(first);
    const before = told;
    await second.update({ ...patient, active: true });
    expect(told, 'the watches of the first are over').to.equal(before);
    provider.sessionId = 'another';
    await provider.updateComplete;
    expect(await client()).not.to.equal(second);
    expect((await (await client()).read('Patient', 'p1')).active, 'the host’s backend is left open').to.equal(true);
  });

  it('a client of the host’s, and the demo’s records, stay through a change of user', async () => {
    const own = new CareClient({ backend: createEmbeddedBackend() });
    for (const given of [{ client: own }, {}]) {
      const { provider, client } = await place({ ...given, user: 'Practitioner/1' });
      const first = await client();
      provider.user = 'Practitioner/2';
      await provider.updateComplete;
      expect(await client()).to.equal(first);
    }
  });

  it('takes the client away when somebody signs out, says so, and begins anew when told', async () => {
    const backend = createEmbeddedBackend({ data: [patient] });
    const { provider, reader, client } = await place({ backend });
    const errors: string[] = [];
    provider.addEventListener('care-provider-error', ({ detail }) => errors.push(detail.kind));
    (await client()).signOut();
    await provider.updateComplete;
    expect(reader.client.value).to.equal(undefined);
    expect([provider.status, provider.error?.kind, errors]).to.deep.equal(['error', 'auth', ['auth']]);
    expect(provider.shadowRoot!.querySelector('[part="fault"]')!.textContent).to.include('You have signed out');
    await accessible(provider);
    provider.user = 'Practitioner/2';
    provider.retry();
    expect((await (await client()).read('Patient', 'p1')).id).to.equal('p1');
    expect(provider.shadowRoot!.querySelector('[part="fault"]')).to.equal(null);
  });
});
