import { expect } from 'chai';
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands';
import { cleanup, until } from '../../support/fixture.js';
import { aurelia, joaquin, manualClient, mariana, open } from './support.js';

const centreOf = (element: Element): [number, number] => {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [Math.round(left + width / 2), Math.round(top + height / 2)];
};

/** What a person does, with the engine's own keys and mouse: nothing here is a made event. */
describe('<care-patient-search> in a person’s hands', () => {
  afterEach(async () => {
    await resetMouse();
    cleanup();
  });

  it('is reached by Tab, typed in, chosen from by arrows and Enter, and left by Tab', async () => {
    const { client, asks } = manualClient();
    const { element, root, input, see, picked } = await open({ client, label: 'Patient' });
    const after = document.createElement('button');
    element.after(after);
    (document.activeElement as HTMLElement | null)?.blur();
    await sendKeys({ press: 'Tab' });
    await until(() => root.activeElement === input);
    await sendKeys({ type: 'quispe ll' });
    expect(input.value).to.equal('quispe ll');
    await sendKeys({ press: 'Backspace' });
    await sendKeys({ press: 'Backspace' });
    await until(() => asks.length);
    await asks.at(-1)!.answer([mariana, joaquin, aurelia]);
    await until(() => see.options().length === 3);
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'ArrowDown' });
    const second = see.names()[1]!;
    expect(see.active()?.textContent).to.contain(second);
    await sendKeys({ press: 'Enter' });
    await until(() => picked.length);
    expect(picked).to.have.length(1);
    expect(input.value).to.equal(second);
    expect(see.isOpen()).to.equal(false);
    await sendKeys({ press: 'Tab' }); // to the button that clears
    await sendKeys({ press: 'Tab' });
    expect(document.activeElement).to.equal(after);
    after.remove();
  });

  it('is chosen from by mouse, and the focus stays in the field', async () => {
    const { client, asks } = manualClient();
    const { root, input, see, picked } = await open({ client });
    await sendMouse({ type: 'click', position: centreOf(input) });
    await until(() => root.activeElement === input);
    await sendKeys({ type: 'quispe' });
    await until(() => asks.length);
    await asks.at(-1)!.answer([mariana, joaquin]);
    await until(() => see.options().length === 2);
    // A list that has just changed under the pointer is not picked from; the pointer comes from outside.
    const option = see.options().find((each) => each.textContent!.includes('Joaquín'))!;
    await sendMouse({ type: 'click', position: centreOf(option) });
    await until(() => picked.length);
    expect(picked[0]!.reference).to.equal('Patient/2');
    expect(root.activeElement).to.equal(input);
  });

  it('emptied by its button, it has not been left: nothing is missing yet', async () => {
    const { root, input } = await open({ required: true, patients: [mariana] });
    await sendMouse({ type: 'click', position: centreOf(input) });
    await sendKeys({ type: 'zz' });
    const clear = await until(() => root.querySelector('.clear'));
    const left: EventTarget[] = [];
    input.addEventListener('blur', (event) => left.push(event.target!));
    await sendMouse({ type: 'click', position: centreOf(clear) });
    await until(() => input.value === '');
    expect(root.activeElement).to.equal(input);
    expect(left).to.deep.equal([]);
    expect(root.querySelector('#error')).to.equal(null);
  });
});
