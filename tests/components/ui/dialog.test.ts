import { expect } from 'chai';
import { html } from 'lit';
import { DialogController } from '../../../src/components/ui/dialog.js';
import { accessible, until } from '../../support/fixture.js';
import { hold } from '../base/support.js';

describe('DialogController', () => {
  const make = async () => {
    const { host, controller } = await hold(
      (host) => new DialogController<'move' | 'stay'>(host),
      (dialog) => html`<button id="opener">Open</button>${dialog.render()}`,
    );
    const root = host.shadowRoot!;
    const ask = () =>
      controller.ask({
        title: 'Move Noor El-Masri to 14:15?',
        body: html`<p>She asked for Ben.</p>`,
        actions: html`<button @click=${() => controller.close('stay')}>Keep 15:30</button
          ><button @click=${() => controller.close('move')}>Move to 14:15</button>`,
      });
    return { host, controller, root, ask, dialog: root.querySelector('dialog')! };
  };

  it('asks, and resolves with what the button said; focus goes in and comes back', async () => {
    const { host, root, ask, dialog, controller } = await make();
    const opener = root.querySelector<HTMLElement>('#opener')!;
    opener.focus();
    const answer = ask();
    await until(() => dialog.open);
    expect(dialog.contains(root.activeElement)).to.equal(true);
    expect(root.getElementById(dialog.getAttribute('aria-labelledby')!)!.textContent).to.equal('Move Noor El-Masri to 14:15?');
    await accessible(host);
    root.querySelectorAll<HTMLElement>('.dlg-f button')[1]!.click();
    expect(await answer).to.equal('move');
    expect(dialog.open).to.equal(false);
    expect(root.activeElement).to.equal(opener);
    expect(controller.open).to.equal(false);
    host.remove();
  });

  it('Esc is no answer', async () => {
    const { host, ask, dialog } = await make();
    const answer = ask();
    await until(() => dialog.open);
    dialog.close();
    expect(await answer).to.equal(undefined);
    host.remove();
  });

  it('another question, or the element going, ends the first without an answer', async () => {
    const { host, ask, dialog } = await make();
    const first = ask();
    await until(() => dialog.open);
    const second = ask();
    expect(await first).to.equal(undefined);
    await until(() => dialog.open);
    host.remove();
    expect(await second).to.equal(undefined);
  });

  it('a question whose element has gone before it could be asked has no answer', async () => {
    const { host, ask } = await make();
    host.remove();
    expect(await ask()).to.equal(undefined);
  });

  it('draws changed words while it is open', async () => {
    const { host, controller, ask, dialog } = await make();
    controller.update({ title: 'nothing is open' });
    const answer = ask();
    await until(() => dialog.open);
    controller.update({ title: 'Moved meanwhile' });
    await host.updateComplete;
    expect(dialog.textContent).to.contain('Moved meanwhile');
    controller.close('stay');
    expect(await answer).to.equal('stay');
    host.remove();
  });
});
