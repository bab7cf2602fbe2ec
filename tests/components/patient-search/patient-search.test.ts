import { expect } from 'chai';
import { ContextProvider } from '@lit/context';
import { CareClient } from '../../../src/client/index.js';
import { createEmbeddedBackend } from '../../../src/client/backends/embedded/index.js';
import { clientContext, clockContext, permissionsContext } from '../../../src/components/base/index.js';
import { CareError } from '../../../src/models/errors.js';
import { accessible, cleanup, until } from '../../support/fixture.js';
import { aurelia, clock, joaquin, manualClient, mariana, open, opened, patient } from './support.js';

describe('<care-patient-search>: finding', () => {
  afterEach(cleanup);

  it('asks once for what was typed quickly, aborts what is outdated, and never shows its answer', async () => {
    const { client, asks } = manualClient();
    const { element, type, see } = await open({ client });
    for (const text of ['q', 'qu', 'qui', 'quis']) await type(text);
    await until(() => asks.length);
    expect(asks.map(({ params }) => params['name'])).to.deep.equal([['quis']]);
    await type('quispe m');
    await until(() => asks.length === 2);
    expect(asks[0]!.signal?.aborted).to.equal(true);
    await asks[1]!.answer([mariana]);
    await asks[0]!.answer([joaquin, aurelia]);
    await element.updateComplete;
    expect(see.names()).to.deep.equal(['Quispe Flores, Mariana']);
  });

  it('asks nothing below two characters, and says so', async () => {
    const { client, asks } = manualClient();
    const { type, see } = await open({ client });
    await type('q');
    await new Promise((resolve) => setTimeout(resolve, 350));
    expect(asks).to.have.length(0);
    expect(see.text()).to.contain('Type at least 2 characters.');
  });

  it('Enter asks at once and chooses nothing', async () => {
    const { client, asks } = manualClient();
    const { type, key, picked } = await open({ client });
    await type('quispe');
    await key('Enter');
    expect(asks).to.have.length(1);
    await asks[0]!.answer([mariana]);
    await key('Enter');
    expect(picked).to.deep.equal([]);
  });

  it('shows what tells people apart, and marks what matched without HTML from the server', async () => {
    const evil = patient('9', '<img src=x onerror=alert(1)>', 'Quispe', '1990-01-01');
    const { see, root } = await opened('quispe', [mariana, aurelia, evil]);
    expect(see.names()).to.deep.equal(['Quispe, Aurelia', '<img src=x onerror=alert(1)>, Quispe', 'Quispe Flores, Mariana']);
    expect(see.options()[2]!.textContent!.replace(/\s+/g, ' '))
      .to.contain('Mar 14, 1984')
      .and.to.contain('Female')
      .and.to.contain('7042201');
    expect(see.options()[2]!.querySelector('mark')!.textContent).to.equal('Quispe');
    expect(see.options()[0]!.textContent).to.contain('Died May 1, 2020');
    expect(root.querySelector('img')).to.equal(null);
  });

  it('warns of patients with the same name and birth date, in the list and in words', async () => {
    const { see } = await opened('quispe', [mariana, { ...mariana, id: '7' }, joaquin]);
    expect(see.text().match(/2 patients with this name and birth date/g)).to.have.length(2);
    await until(() => see.said() === '3 patients. 2 patients with this name and birth date');
  });

  it('says what was searched when nobody matches, and offers the host’s way on only then', async () => {
    const { client, asks } = manualClient();
    const { element, type, see, root } = await open({ client });
    element.innerHTML = '<button slot="empty">Add a patient</button>';
    await type('smith 14/03/1984');
    await until(() => asks.length);
    const slot = () => root.querySelector('slot[name="empty"]')!;
    expect(slot().hasAttribute('hidden')).to.equal(true);
    await asks[0]!.answer([]);
    await element.updateComplete;
    expect(see.text()).to.contain('No patient matches').and.to.contain('the name “smith” and birth date March 14, 1984');
    expect(slot().hasAttribute('hidden')).to.equal(false);
    await until(() => see.said() === 'No patient matches');
  });

  it('says that more exist, and how to come to them', async () => {
    const { client, asks } = manualClient();
    const { element, type, see } = await open({ client, limit: 1 });
    await type('quispe');
    await until(() => asks.length);
    expect(asks[0]!.params['_count']).to.equal(1);
    await asks[0]!.answer([mariana], { complete: false, warnings: [{ code: 'page-budget', message: '', count: 0 }] });
    await element.updateComplete;
    expect(see.text()).to.contain('The first patient. More exist. Add a birth date, a number or more of the name.');
  });

  it('never says “none” of an answer that is not whole', async () => {
    const { client, asks } = manualClient();
    const { element, type, see } = await open({ client });
    await type('quispe');
    await until(() => asks.length);
    await asks[0]!.answer([], { complete: false, warnings: [{ code: 'server-outcome', message: 'One of two sites answered.', count: 1 }] });
    await element.updateComplete;
    expect(see.text())
      .to.contain('No patient found so far')
      .and.to.contain('Other patients may exist.')
      .and.to.contain('One of two sites answered.');
    expect(see.text()).not.to.contain('No patient matches');
  });

  it('puts the answers of several readings together, and says when one of them did not work', async () => {
    const { client, asks } = manualClient();
    const { element, type, see } = await open({ client });
    await type('7042201');
    await until(() => asks.length === 2);
    expect(asks.map(({ params }) => Object.keys(params)[0])).to.deep.equal(['identifier', 'phone']);
    await asks[0]!.answer([mariana]);
    await asks[1]!.fail(new CareError('unsupported', 'x'));
    await element.updateComplete;
    expect(see.names()).to.deep.equal(['Quispe Flores, Mariana']);
    expect(see.text()).to.contain('Part of the search did not work.');
  });

  it('leaves out rows that do not have the number or birth date asked for, and says so', async () => {
    const { client, asks } = manualClient();
    const { element, type, see } = await open({ client });
    await type('quispe 14/03/1984');
    await until(() => asks.length);
    await asks[0]!.answer([mariana, joaquin]);
    await element.updateComplete;
    expect(see.names()).to.deep.equal(['Quispe Flores, Mariana']);
    expect(see.text()).to.contain('1 record that does not fit was left out.');
  });

  it('leaves out what a server sends that ignores the name', async () => {
    const { client, asks } = manualClient();
    const { element, type, see } = await open({ client });
    await type('quispe');
    await until(() => asks.length);
    await asks[0]!.answer([patient('8', 'Smith', 'Joan', '1990-01-01')], {
      complete: false,
      warnings: [{ code: 'ignored-parameter', message: 'The server left out: name.', count: 1 }],
    });
    await element.updateComplete;
    expect(see.names()).to.deep.equal([]);
    expect(see.text()).to.contain('No patient found so far').and.to.contain('The server left out: name.');
  });

  it('asks which day is meant, searches all of them meanwhile, and the chosen one after', async () => {
    const { client, asks } = manualClient();
    const { element, type, see, root, click } = await open({ client });
    element.lang = 'en-AU';
    await until(() => element.shadowRoot!.querySelector<HTMLElement>('[lang="en-AU"]'));
    await type('quispe 03/04/1984');
    await until(() => asks.length);
    expect(asks[0]!.params['birthdate']).to.equal('1984-04-03,1984-03-04');
    expect(see.text()).to.contain('03/04/1984 can be read in several ways. Which day is meant?');
    const buttons = [...root.querySelectorAll<HTMLButtonElement>('.say button')];
    expect(buttons.map((button) => button.textContent!.trim())).to.deep.equal(['3 April 1984', '4 March 1984']);
    await click(buttons[1]!);
    await until(() => asks.length === 2);
    expect(asks[1]!.params['birthdate']).to.equal('1984-03-04');
    expect(see.text()).not.to.contain('several ways');
  });

  it('says that a date cannot be one, and searches for the rest', async () => {
    const { client, asks } = manualClient();
    const { type, see } = await open({ client });
    await type('quispe 31/02/1984');
    await until(() => asks.length);
    expect(Object.keys(asks[0]!.params)).to.deep.equal(['name', '_count']);
    expect(see.text()).to.contain('31/02/1984 cannot be a birth date. It is left out of the search.');
  });

  for (const [kind, words] of Object.entries({
    server: 'The server had a fault.',
    offline: 'The server did not answer.',
    auth: 'Sign in again.',
  })) {
    it(`says that the search did not work (${kind}), warns of adding a patient, and tries again`, async () => {
      const { client, asks } = manualClient();
      const { element, type, see, root, click } = await open({ client });
      await type('quispe');
      await until(() => asks.length);
      await asks[0]!.fail(new CareError(kind as 'server', 'x'));
      await element.updateComplete;
      expect(see.text()).to.contain('Patients could not be searched').and.to.contain(words).and.to.contain('Do not add a new patient');
      expect(see.text()).not.to.contain('No patient');
      await click(root.querySelector('.gap button')!);
      await until(() => asks.length === 2);
      await asks[1]!.answer([mariana]);
      await until(() => see.names().length === 1);
    });
  }

  it('says that the user may not search', async () => {
    const { client, asks } = manualClient();
    const { element, type, see, root } = await open({ client });
    await type('quispe');
    await until(() => asks.length);
    await asks[0]!.fail(new CareError('forbidden', 'x'));
    await element.updateComplete;
    expect(see.text()).to.contain('You may not search for patients here');
    expect(root.querySelector('.gap')).to.equal(null);
  });

  it('takes no input where the host or the server does not allow it, with the reason beside it', async () => {
    const refused = await open({ client: manualClient('no').client });
    await until(() => refused.input.disabled);
    expect(refused.root.querySelector('#refusal')!.textContent).to.equal('This server cannot search for patients');
    expect(refused.input.getAttribute('aria-describedby')).to.equal('refusal');

    const box = document.createElement('div');
    document.body.append(box);
    new ContextProvider(box, {
      context: permissionsContext,
      initialValue: { may: () => ({ allowed: false, reason: 'Ask the front desk.' }) },
    });
    const inside = await open({ client: manualClient().client });
    box.append(inside.element);
    await until(() => inside.input.disabled);
    expect(inside.root.querySelector('#refusal')!.textContent).to.equal('Ask the front desk.');
    await accessible(box);
    box.remove();
  });

  it('shows a skeleton after a moment, and says when it takes long', async () => {
    const { client, asks } = manualClient();
    const { type, root, see } = await open({ client });
    await type('quispe');
    expect(see.text()).to.contain('Searching');
    expect(root.querySelector('.bones i')).to.equal(null);
    await until(() => asks.length);
    await until(() => root.querySelector('.bones i'));
    await until(() => see.text().includes('Still searching'), 8000);
  });

  it('keeps the rows that still fit while the next answer is on its way, and brings the others back with the text', async () => {
    const { element, type, see } = await opened('quispe', [mariana, joaquin]);
    await type('quispe m');
    expect(see.names()).to.deep.equal(['Quispe Flores, Mariana']);
    expect(see.text()).to.contain('Searching');
    await type('quispe');
    await until(() => see.names().length === 2);
    await element.updateComplete;
    expect(see.text()).to.contain('2 patients');
  });

  it('shows no row of an old client under a new one, and asks that', async () => {
    const { element, see, asks } = await opened('quispe', [mariana]);
    const other = manualClient();
    element.client = other.client;
    await element.updateComplete;
    expect(see.names()).to.deep.equal([]);
    await until(() => other.asks.length);
    await other.asks[0]!.answer([joaquin]);
    await until(() => see.names()[0] === 'Quispe, Joaquín');
    expect(asks).to.have.length(1);
  });

  it('works on plain patients without a client', async () => {
    const { element, type, see } = await open({ patients: [mariana, joaquin, aurelia], limit: 2 });
    await type('quispe');
    expect(see.names()).to.have.length(2);
    expect(see.text()).to.contain('The first 2 patients. More exist.');
    await type('nobody');
    expect(see.text()).to.contain('No patient of this list matches');
    element.patients = [patient('n', 'Nobody', 'Ann', '1990-01-01')];
    await until(() => see.names()[0] === 'Nobody, Ann');
  });

  it('says that there is nothing to search in', async () => {
    const { type, see } = await open();
    await type('quispe');
    await until(() => see.text().includes('No records are connected'));
  });

  it('offers recent patients while nothing is typed', async () => {
    const { input, see, element } = await open({ recent: [joaquin, mariana] });
    input.focus();
    await until(() => see.isOpen());
    expect(see.names()).to.deep.equal(['Quispe, Joaquín', 'Quispe Flores, Mariana']);
    expect(see.text()).to.contain('Recent patients');
    await accessible(element);
  });

  it('finds its client, clock and language around it; reads from the right in Arabic; is accessible', async () => {
    const box = document.createElement('div');
    box.lang = 'ar';
    document.body.append(box);
    const { client, asks } = manualClient();
    new ContextProvider(box, { context: clientContext, initialValue: client });
    new ContextProvider(box, { context: clockContext, initialValue: clock });
    const { element, type, see, input } = await open();
    box.append(element);
    await until(() => input.placeholder.includes('الاسم'));
    await type('ليلى');
    await until(() => asks.length);
    await asks[0]!.answer([patient('7', 'حسن', 'ليلى', '1990-06-05')]);
    await until(() => see.names().length === 1);
    expect(see.names()).to.deep.equal(['حسن, ليلى']);
    expect(getComputedStyle(see.options()[0]!).direction).to.equal('rtl');
    expect(see.options()[0]!.querySelector('.name bdi')).not.to.equal(null);
    await accessible(element);
    box.remove();
  });

  it('finds real records in the embedded backend, whichever way they are typed', async () => {
    const backend = createEmbeddedBackend({
      data: JSON.stringify({
        resourceType: 'Bundle',
        type: 'collection',
        entry: [mariana, joaquin, aurelia].map((resource) => ({ resource })),
      }),
    });
    const { element, type, see } = await open({ client: new CareClient({ backend }) });
    element.lang = 'en-AU';
    for (const [text, names] of [
      ['mariana quispe', ['Quispe Flores, Mariana']],
      ['Quispe, Joaquin', ['Quispe, Joaquín']],
      ['14 Mar 1984', ['Quispe Flores, Mariana']],
      ['704 2203', ['Quispe, Aurelia']],
      ['quispe 2019', ['Quispe, Joaquín']],
    ] as const) {
      await type(text);
      await until(() => !see.text().includes('Searching') && see.text().includes('patient'));
      expect(see.names(), text).to.deep.equal(names);
    }
  });
});
