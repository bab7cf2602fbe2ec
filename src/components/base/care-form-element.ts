import { property, state } from 'lit/decorators.js';
import { CareElement } from './care-element.js';

/**
 * The base of elements that take part in a form through ElementInternals. A subclass calls `setFormValue` when its value
 * changes and `setValidity` when its state does; `name`, `disabled`, `required`, reset and restore are handled here.
 */
export abstract class CareFormElement extends CareElement {
  static readonly formAssociated = true;
  static override shadowRootOptions: ShadowRootInit = { ...CareElement.shadowRootOptions, delegatesFocus: true };

  /** Name under which the value is submitted. */
  @property({ reflect: true, useDefault: true }) name = '';
  /** Takes no input and is not submitted. A disabled fieldset around it does the same. */
  @property({ type: Boolean, reflect: true }) disabled = false;
  /** A value is needed before the form can be submitted. */
  @property({ type: Boolean, reflect: true }) required = false;

  @state() protected disabledByForm = false;

  readonly #internals: ElementInternals | undefined = typeof this.attachInternals === 'function' ? this.attachInternals() : undefined;

  get form(): HTMLFormElement | null {
    return this.#internals?.form ?? null;
  }
  get validity(): ValidityState | undefined {
    return this.#internals?.validity;
  }
  get validationMessage(): string {
    return this.#internals?.validationMessage ?? '';
  }
  get willValidate(): boolean {
    return this.#internals?.willValidate ?? false;
  }
  /** The label elements of the page that name this one. */
  get labels(): readonly HTMLLabelElement[] {
    return [...(this.#internals?.labels ?? [])] as HTMLLabelElement[];
  }
  checkValidity(): boolean {
    return this.#internals?.checkValidity() ?? true;
  }
  reportValidity(): boolean {
    return this.#internals?.reportValidity() ?? true;
  }

  /** Called by the browser with the outcome of both, the own attribute and a fieldset's; kept apart, so that neither sticks to the other. */
  formDisabledCallback(disabled: boolean): void {
    this.disabledByForm = disabled;
  }
  formResetCallback(): void {
    this.resetValue();
  }
  formStateRestoreCallback(state: string | File | FormData | null): void {
    if (typeof state === 'string') this.restoreValue(state);
  }

  /** Whether it takes input now. */
  protected get isDisabled(): boolean {
    return this.disabled || this.disabledByForm;
  }
  /** The page's labels in words, for the accessible name of the control inside: a label does not reach into a shadow root. */
  protected get labelText(): string | undefined {
    const words = this.labels.map((label) => label.textContent?.trim() ?? '').filter((text) => text !== '');
    return words.length === 0 ? undefined : words.join(' ');
  }
  protected setFormValue(value: string | null, state?: string): void {
    this.#internals?.setFormValue(value, state ?? value);
  }
  protected setValidity(flags: ValidityStateFlags, message?: string, anchor?: HTMLElement): void {
    this.#internals?.setValidity(flags, message, anchor);
  }

  /** The form was reset: back to the value that the attributes give. */
  protected abstract resetValue(): void;
  /** The browser brings back what was there, after a reload or going back. */
  protected abstract restoreValue(state: string): void;
}
