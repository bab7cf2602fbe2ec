import { expect } from 'chai';
import { cleanup, until } from '../../support/fixture.js';
import { aurelia, joaquin, manualClient, mariana, open, opened, patient } from './support.js';

/** Hazard: the wrong patient is picked, because rows moved between aiming and pressing. */
describe('<care-patient-search>: never the wrong row', () => {
  afterEach(cleanup);

  it('a click picks the one clicked', async () => {
    const { see, click, picked } = await opened('quispe', [mariana, joaquin]);
    await click(see.options()[0]!);
    expect(picked).to.deep.equal([{ patient: joaquin, reference: 'Patient/2' }]);
  });

  it('an answer that comes during a press waits until it is over, and the press picks what was pressed', async () => {
    const { element, see, type, asks, pointer, picked } = await opened('quispe', [joaquin, aurelia]);
    const target = see.options()[0]!;
    const before = see.names();
    await type('quispe');
    pointer('pointerdown', target);
    await type('quisp');
    await until(() => asks.length === 2);
    await asks[1]!.answer([patient('9', 'Quisp', 'Zoe', '1990-01-01'), joaquin, aurelia]);
    await element.updateComplete;
    expect(see.names()).to.deep.equal(before);
    pointer('pointerup', target);
    pointer('click', target);
    expect(picked.map(({ reference }) => reference)).to.deep.equal(['Patient/2']);
  });

  it('the answer that was held back is shown after a press that picked nothing', async () => {
    const { element, see, type, asks, pointer } = await opened('quispe', [joaquin, aurelia]);
    pointer('pointerdown', see.options()[0]!);
    await type('quisp');
    await until(() => asks.length === 2);
    await asks[1]!.answer([patient('9', 'Quisp', 'Zoe', '1990-01-01')]);
    await element.updateComplete;
    expect(see.names()).to.have.length(2);
    pointer('pointerup', document.body);
    await until(() => see.names()[0] === 'Quisp, Zoe');
  });

  it('an answer that was held back is dropped where another text has been typed meanwhile', async () => {
    const { element, see, type, asks, pointer } = await opened('quispe', [joaquin, aurelia]);
    await type('quisp');
    await until(() => asks.length === 2);
    pointer('pointerdown', see.options()[0]!);
    await asks[1]!.answer([patient('9', 'Quisp', 'Zoe', '1990-01-01')]);
    await type('quispe flores');
    await until(() => asks.length === 3);
    pointer('pointerup', document.body);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await element.updateComplete;
    expect(see.names()).to.deep.equal([]);
    await asks[2]!.answer([mariana]);
    await until(() => see.names()[0] === 'Quispe Flores, Mariana');
  });

  it('a press released over another row picks nothing', async () => {
    const { see, pointer, picked } = await opened('quispe', [joaquin, aurelia]);
    const [a, b] = see.options();
    pointer('pointerdown', a!);
    pointer('pointerup', b!);
    pointer('click', b!);
    expect(picked).to.deep.equal([]);
  });

  it('a press right after other rows came under the pointer picks nothing, and says why', async () => {
    const { element, see, type, asks, pointer, click, picked } = await opened('quispe', [joaquin, aurelia]);
    await type('quisp');
    await until(() => asks.length === 2);
    pointer('pointerenter', see.popup(), { bubbles: false });
    await asks[1]!.answer([patient('9', 'Quisp', 'Zoe', '1990-01-01'), joaquin, aurelia]);
    await element.updateComplete;
    await click(see.options()[0]!);
    expect(picked).to.deep.equal([]);
    await until(() => see.said().includes('The list changed just now. Choose again.'));
    await new Promise((resolve) => setTimeout(resolve, 350));
    await click(see.options()[0]!);
    expect(picked).to.have.length(1);
  });

  it('a mouse that was elsewhere when the rows changed picks at once, a finger waits', async () => {
    const { element, see, type, asks, pointer, picked } = await opened('quispe', [joaquin, aurelia]);
    await type('quisp');
    await until(() => asks.length === 2);
    await asks[1]!.answer([patient('9', 'Quisp', 'Zoe', '1990-01-01'), joaquin, aurelia]);
    await element.updateComplete;
    for (const pointerType of ['touch', 'mouse']) {
      pointer('pointerdown', see.options()[0]!, { pointerType });
      pointer('pointerup', see.options()[0]!, { pointerType });
      pointer('click', see.options()[0]!, { pointerType });
    }
    expect(picked.map(({ reference }) => reference)).to.deep.equal(['Patient/9']);
  });

  it('the active row is kept by who it is, not by where it stands: Enter never picks another', async () => {
    const { element, see, type, asks, key, picked } = await opened('quispe', [joaquin, aurelia]);
    await type('quisp');
    await until(() => asks.length === 2);
    await key('ArrowDown');
    expect(see.active()!.textContent).to.contain('Joaquín');
    await asks[1]!.answer([patient('9', 'Quisp', 'Zoe', '1990-01-01'), aurelia]);
    await element.updateComplete;
    expect(see.active()).to.equal(null);
    await key('Enter');
    expect(picked).to.deep.equal([]);
  });

  it('the active row stays active where the new list has it elsewhere', async () => {
    const { element, see, type, asks, key, picked } = await opened('quispe', [joaquin, aurelia]);
    await type('quisp');
    await until(() => asks.length === 2);
    await key('ArrowDown');
    await asks[1]!.answer([patient('9', 'Quisp', 'Zoe', '1990-01-01'), joaquin, aurelia]);
    await element.updateComplete;
    expect(see.names()[0]).to.equal('Quisp, Zoe');
    await key('Enter');
    expect(picked.map(({ reference }) => reference)).to.deep.equal(['Patient/2']);
  });

  it('a record without an id cannot be chosen', async () => {
    const { see, click, picked } = await opened('quispe', [{ ...mariana, id: undefined } as never]);
    expect(see.options()[0]!.getAttribute('aria-disabled')).to.equal('true');
    await click(see.options()[0]!);
    expect(picked).to.deep.equal([]);
  });

  it('lets a choice go when the records become those of another server', async () => {
    const first = manualClient();
    const { element, input, cleared } = await open({ client: first.client, value: 'Patient/1' });
    await until(() => input.value === 'Quispe Flores, Mariana');
    element.client = manualClient().client;
    await until(() => input.value === '');
    expect(element.value).to.equal('');
    expect(element.patient).to.equal(undefined);
    expect(cleared).to.have.length(1);
    element.client = manualClient().client;
    element.value = 'Patient/2';
    await until(() => input.value === 'Quispe, Joaquín');
  });

  it('says that a record was merged or is not in use', async () => {
    const { see } = await opened('quispe', [
      { ...mariana, active: false },
      { ...joaquin, link: [{ type: 'replaced-by', other: { reference: 'Patient/1' } }] },
    ]);
    expect(see.text()).to.contain('Not in use').and.to.contain('Merged into another record');
  });
});
