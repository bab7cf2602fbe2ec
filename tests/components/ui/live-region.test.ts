import { expect } from 'chai';
import { LiveRegionController } from '../../../src/components/ui/live-region.js';
import { until } from '../../support/fixture.js';
import { hold } from '../base/support.js';

describe('LiveRegionController', () => {
  const make = async () => {
    const { host, controller } = await hold(
      (host) => new LiveRegionController(host),
      (live) => live.render(),
    );
    const region = (kind: string) => host.shadowRoot!.querySelector<HTMLElement>(`[aria-live="${kind}"]`)!;
    return { host, controller, polite: region('polite'), assertive: region('assertive') };
  };

  it('has its regions before it has anything to say', async () => {
    const { host, polite, assertive } = await make();
    expect([polite.textContent, assertive.textContent]).to.deep.equal(['', '']);
    host.remove();
  });

  it('says the last of several texts, and the same text again', async () => {
    const { host, controller, polite, assertive } = await make();
    controller.announce('1 patient');
    controller.announce('2 patients');
    await until(() => polite.textContent === '2 patients');
    expect(assertive.textContent).to.equal('');
    controller.announce('2 patients');
    expect(polite.textContent).to.equal('', 'emptied, so that the same words are a change');
    await until(() => polite.textContent === '2 patients');
    controller.announce('Not saved', { assertive: true });
    await until(() => assertive.textContent === 'Not saved');
    host.remove();
  });

  it('says nothing after the element has gone', async () => {
    const { host, controller, polite } = await make();
    controller.announce('late');
    host.remove();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(polite.textContent).to.equal('');
  });
});
