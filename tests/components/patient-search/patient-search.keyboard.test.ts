import { expect } from 'chai';
import { accessible, cleanup, until } from '../../support/fixture.js';
import { aurelia, joaquin, mariana, open, opened } from './support.js';

const three = [mariana, joaquin, aurelia];
/** As they are ranked: the whole family name first, and of those the living. */
const [first, second, third] = ['Quispe, Joaquín', 'Quispe, Aurelia', 'Quispe Flores, Mariana'];

describe('<care-patient-search>: keys', () => {
  afterEach(cleanup);

  it('is a combobox with a listbox, closed at first; focus stays in the field', async () => {
    const { input, see, root, key, element } = await opened('quispe', three);
    expect(input.getAttribute('role')).to.equal('combobox');
    expect(input.getAttribute('aria-expanded')).to.equal('true');
    expect(root.getElementById(input.getAttribute('aria-controls')!)!.getAttribute('role')).to.equal('listbox');
    expect(input.hasAttribute('aria-activedescendant')).to.equal(false);
    await key('ArrowDown');
    expect(root.getElementById(input.getAttribute('aria-activedescendant')!)).to.equal(see.active());
    expect(root.activeElement).to.equal(input);
    await accessible(element);
  });

  it('moves with arrows, past the ends back to the text; Home and End go to the ends of the list', async () => {
    const { see, key } = await opened('quispe', three);
    const active = () => see.active()?.querySelector('.name')?.textContent?.trim();
    const steps: (string | undefined)[] = [];
    for (const name of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'Home', 'End', 'PageUp', 'PageDown']) {
      expect(await key(name)).to.equal(false);
      steps.push(active());
    }
    expect(steps).to.deep.equal([first, second, third, undefined, third, first, third, first, third]);
  });

  it('leaves Home, End and Enter to the field while nothing is active', async () => {
    const { key, picked } = await opened('quispe', three);
    expect(await key('Home')).to.equal(true);
    expect(await key('End')).to.equal(true);
    await key('Enter');
    expect(picked).to.deep.equal([]);
  });

  it('Enter chooses the active one, once', async () => {
    const { key, picked, see, input, element } = await opened('quispe', three);
    await key('ArrowDown');
    await key('ArrowDown');
    await key('ArrowUp');
    await key('Enter');
    expect(picked).to.deep.equal([{ patient: joaquin, reference: 'Patient/2' }]);
    expect(see.isOpen()).to.equal(false);
    expect(input.value).to.equal('Quispe, Joaquín');
    expect(element.value).to.equal('Patient/2');
    await key('Enter');
    expect(picked).to.have.length(1);
    await until(() => see.said() === 'Chosen: Quispe, Joaquín');
  });

  it('Esc closes the list, then empties the text; it does not take a choice back', async () => {
    const { key, see, input, element } = await opened('quispe', three);
    await key('Escape');
    expect(see.isOpen()).to.equal(false);
    expect(input.value).to.equal('quispe');
    await key('Escape');
    expect(input.value).to.equal('');
    element.value = 'Patient/2';
    await until(() => input.value === 'Quispe, Joaquín');
    await key('Escape');
    await key('Escape');
    expect(element.value).to.equal('Patient/2');
  });

  it('an arrow opens a closed list; with Alt it opens without choosing and closes', async () => {
    const { key, see } = await opened('quispe', three);
    await key('Escape');
    await key('ArrowDown');
    expect(see.active()?.textContent).to.contain('Joaquín');
    await key('ArrowUp', { altKey: true });
    expect(see.isOpen()).to.equal(false);
    await key('ArrowDown', { altKey: true });
    expect(see.isOpen()).to.equal(true);
    expect(see.active()).to.equal(null);
  });

  it('leaves keys alone that belong to an input method', async () => {
    const { key, picked } = await opened('quispe', three);
    await key('ArrowDown');
    expect(await key('Enter', { isComposing: true })).to.equal(true);
    // WebKit's Enter that commits the characters: the composition has ended before it, and only the code tells.
    expect(await key('Enter', { keyCode: 229 })).to.equal(true);
    expect(picked).to.deep.equal([]);
  });

  it('typing makes none active', async () => {
    const { key, type, see } = await opened('quispe', three);
    await key('ArrowDown');
    await type('quispe m');
    expect(see.active()).to.equal(null);
  });

  it('closes when focus leaves, and not for a button beside the list', async () => {
    const { see, root, input, type, element } = await open({ patients: three });
    await type('quispe 03/04/1984');
    await until(() => see.isOpen());
    const button = root.querySelector<HTMLButtonElement>('.say button')!;
    button.focus();
    await element.updateComplete;
    expect(see.isOpen()).to.equal(true);
    button.blur();
    await element.updateComplete;
    expect(see.isOpen()).to.equal(false);
    expect(root.activeElement).not.to.equal(input);
  });
});
