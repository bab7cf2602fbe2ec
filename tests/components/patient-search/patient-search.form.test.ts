import { expect } from 'chai';
import { html } from 'lit';
import type { CarePatientSearch } from '../../../src/components/patient-search/index.js';
import { accessible, cleanup, fixture, until } from '../../support/fixture.js';
import { joaquin, manualClient, mariana, open, opened } from './support.js';

describe('<care-patient-search>: in a form', () => {
  afterEach(cleanup);

  async function inForm(set: Partial<CarePatientSearch> = {}) {
    const hands = await open({ patients: [mariana, joaquin], ...set });
    const form = await fixture<HTMLFormElement>(html`<form></form>`);
    form.append(hands.element);
    hands.element.name = 'patient';
    await hands.element.updateComplete;
    const submitted = () => new FormData(form).get('patient');
    const choose = async (text: string) => {
      await hands.type(text);
      await until(() => hands.see.options().length);
      await hands.key('ArrowDown');
      await hands.key('Enter');
    };
    return { ...hands, form, submitted, choose };
  }

  it('submits the reference of the one chosen, and nothing for text alone', async () => {
    const { type, choose, submitted, cleared, root } = await inForm();
    await type('quispe');
    expect(submitted()).to.equal(null);
    await choose('mariana');
    expect(submitted()).to.equal('Patient/1');
    expect(root.querySelector('[part="chosen"]')!.textContent!.replace(/\s+/g, ' ')).to.contain('Mar 14, 1984').and.to.contain('7042201');
    expect(cleared).to.deep.equal([]);
  });

  it('takes the choice back as soon as the text is changed', async () => {
    const { type, choose, submitted, cleared, element, input } = await inForm();
    await choose('mariana');
    await type('mariana q');
    expect(submitted()).to.equal(null);
    expect(element.patient).to.equal(undefined);
    expect(cleared).to.have.length(1);
    expect(input.value).to.equal('mariana q');
  });

  it('the button empties it', async () => {
    const { choose, submitted, cleared, input, click, root } = await inForm();
    await choose('mariana');
    await click(root.querySelector('button.clear')!);
    expect(submitted()).to.equal(null);
    expect(input.value).to.equal('');
    expect(cleared).to.have.length(1);
  });

  it('a choice is required; the message comes after the field was left, or with the form', async () => {
    const { form, element, root, choose, type, input } = await inForm({ required: true });
    const message = () => root.querySelector('#error')?.textContent?.trim();
    expect(form.checkValidity()).to.equal(false);
    await until(() => message() === 'Choose a patient from the list.');
    expect(element.validationMessage).to.equal('Choose a patient from the list.');
    expect(input.getAttribute('aria-invalid')).to.equal('true');
    await type('mariana');
    expect(form.checkValidity()).to.equal(false);
    await choose('mariana');
    expect(form.checkValidity()).to.equal(true);
    expect(message()).to.equal(undefined);
    await accessible(element);
  });

  it('shows the patient of a value from outside: at hand, or read from the client', async () => {
    const { element, input } = await open({ patients: [mariana], value: 'Patient/1' });
    await until(() => input.value === 'Quispe Flores, Mariana');
    expect(element.patient).to.equal(mariana);
    const other = await open({ client: manualClient().client, value: 'Patient/2' });
    await until(() => other.input.value === 'Quispe, Joaquín');
    other.element.value = '';
    await until(() => other.input.value === '');
    expect(other.picked.length + other.cleared.length).to.equal(0, 'no event for what the host did');
  });

  it('never shows another patient’s name for a value', async () => {
    const { element, input } = await open({ patients: [mariana, joaquin], value: 'Patient/1' });
    await until(() => input.value === 'Quispe Flores, Mariana');
    element.value = 'Patient/unknown';
    await element.updateComplete;
    expect(input.value).to.equal('Patient/unknown');
    expect(element.patient).to.equal(undefined);
  });

  it('goes back to its first value with the form, and is restored by the browser', async () => {
    const { form, element, input, choose, submitted } = await inForm({ value: 'Patient/1' });
    await until(() => input.value === 'Quispe Flores, Mariana');
    await choose('joaquin');
    expect(submitted()).to.equal('Patient/2');
    form.reset();
    await until(() => input.value === 'Quispe Flores, Mariana');
    expect(submitted()).to.equal('Patient/1');
    element.formStateRestoreCallback('Patient/2');
    await until(() => input.value === 'Quispe, Joaquín');
  });

  it('takes no input while disabled', async () => {
    const { element, input } = await open({ patients: [mariana] });
    element.disabled = true;
    await element.updateComplete;
    expect(input.disabled).to.equal(true);
  });

  it('empties itself after a choice where it only opens records', async () => {
    const { key, picked, input, element } = await opened('quispe', [mariana], { clearOnSelect: true });
    await key('ArrowDown');
    await key('Enter');
    expect(picked.map(({ reference }) => reference)).to.deep.equal(['Patient/1']);
    expect(input.value).to.equal('');
    expect(element.value).to.equal('');
  });

  it('has the name of the page’s label, its own label, or its default one', async () => {
    const { input, element } = await open();
    expect(input.getAttribute('aria-label')).to.equal('Find a patient');
    element.label = 'Patient';
    await element.updateComplete;
    expect(input.hasAttribute('aria-label')).to.equal(false);
    expect(input.labels![0]!.textContent).to.equal('Patient');
    const box = await fixture<HTMLElement>(html`<div><label for="who">Who is it for?</label></div>`);
    const labelled = document.createElement('care-patient-search');
    labelled.id = 'who';
    box.append(labelled);
    await labelled.updateComplete;
    expect(labelled.shadowRoot!.querySelector('input')!.getAttribute('aria-label')).to.equal('Who is it for?');
  });
});
