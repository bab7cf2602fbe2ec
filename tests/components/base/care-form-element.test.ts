import { expect } from 'chai';
import { html, type TemplateResult } from 'lit';
import { CareFormElement } from '../../../src/components/base/index.js';
import { cleanup, fixture, until } from '../../support/fixture.js';
import { define } from './support.js';

class Field extends CareFormElement {
  value = '';
  set(value: string): void {
    this.value = value;
    this.setFormValue(value);
    this.setValidity(
      value === '' && this.required ? { valueMissing: true } : {},
      'Choose a patient.',
      this.shadowRoot?.querySelector('input') ?? undefined,
    );
    this.requestUpdate();
  }
  get usable(): boolean {
    return !this.isDisabled;
  }
  get named(): string | undefined {
    return this.labelText;
  }
  protected override resetValue(): void {
    this.set('');
  }
  protected override restoreValue(state: string): void {
    this.set(state);
  }
  override render(): TemplateResult {
    return html`<input .value=${this.value} ?disabled=${this.isDisabled} />`;
  }
}
const tag = define(Field);

describe('CareFormElement', () => {
  afterEach(cleanup);

  const make = async (): Promise<{ form: HTMLFormElement; fieldset: HTMLFieldSetElement; field: Field }> => {
    const form = await fixture<HTMLFormElement>(
      html`<form>
        <label for="f">Patient <b>seen</b></label>
        <fieldset></fieldset>
      </form>`,
    );
    const field = document.createElement(tag) as Field;
    field.id = 'f';
    field.name = 'patient';
    const fieldset = form.querySelector('fieldset')!;
    fieldset.append(field);
    await field.updateComplete;
    return { form, fieldset, field };
  };
  const submitted = (form: HTMLFormElement) => new FormData(form).get('patient');

  it('submits its value under its name', async () => {
    const { form, field } = await make();
    field.set('Patient/1');
    await field.updateComplete;
    expect(field.form).to.equal(form);
    expect(submitted(form)).to.equal('Patient/1');
  });

  it('reflects no empty name', async () => {
    const field = document.createElement(tag) as Field;
    document.body.append(field);
    await field.updateComplete;
    expect(field.hasAttribute('name')).to.equal(false);
    field.remove();
  });

  it('is reset with its form, and restored by the browser', async () => {
    const { form, field } = await make();
    field.set('Patient/1');
    form.reset();
    expect(field.value).to.equal('');
    field.formStateRestoreCallback('Patient/2');
    expect(field.value).to.equal('Patient/2');
    field.formStateRestoreCallback(null);
    expect(field.value).to.equal('Patient/2');
  });

  it('is not submitted while it, or a fieldset around it, is disabled; neither sticks to the other', async () => {
    const { form, fieldset, field } = await make();
    field.set('Patient/1');
    fieldset.disabled = true;
    await until(() => !field.usable);
    expect(submitted(form)).to.equal(null);
    expect(field.disabled).to.equal(false);
    fieldset.disabled = false;
    await until(() => field.usable);
    expect(submitted(form)).to.equal('Patient/1');

    field.disabled = true;
    await field.updateComplete;
    expect(submitted(form)).to.equal(null);
    fieldset.disabled = true;
    fieldset.disabled = false;
    await field.updateComplete;
    expect(field.usable).to.equal(false);
    field.disabled = false;
    await field.updateComplete;
    expect(field.usable).to.equal(true);
  });

  it('holds a form back while it is required and empty', async () => {
    const { form, field } = await make();
    field.required = true;
    field.set('');
    expect(form.checkValidity()).to.equal(false);
    expect(field.validationMessage).to.equal('Choose a patient.');
    field.set('Patient/1');
    expect(form.checkValidity()).to.equal(true);
  });

  it('knows the labels of the page in words, and takes focus for them', async () => {
    const { form, field } = await make();
    expect(field.named).to.equal('Patient seen');
    form.querySelector('label')!.click();
    expect(document.activeElement).to.equal(field);
    expect(field.shadowRoot!.activeElement?.localName).to.equal('input');
  });
});
