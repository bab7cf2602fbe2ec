import { property } from 'lit/decorators.js';
import { CareElement } from './care-element.js';

/**
 * The base of elements that take part in a form through ElementInternals. A subclass calls `setFormValue` when its value
 * changes and `setValidity` when its state does; `name`, `disabled`, `required`, reset and restore are handled here.
 */
export abstract class CareFormElement extends CareElement {
  static readonly formAssociated = true;
  static override shadowRootOptions: ShadowRootInit = { ...CareElement.shadowRootOptions, delegatesFocus: true };

  /** Name under which the value is submitted. */
  @property({ reflect: true }) name = '';
  /** Takes no input and is not submitted. */
  @property({ type: Boolean, reflect: true }) disabled = false;
  /** A value is needed before the form can be submitted. */
  @property({ type: Boolean, reflect: true }) required = false;

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
  checkValidity(): boolean {
    return this.#internals?.checkValidity() ?? true;
  }
  reportValidity(): boolean {
    return this.#internals?.reportValidity() ?? true;
  }

  formDisabledCallback(disabled: boolean): void {
    this.disabled = disabled;
  }
  formResetCallback(): void {
    this.resetValue();
  }
  formStateRestoreCallback(state: string | File | FormData | null): void {
    if (typeof state === 'string') this.restoreValue(state);
  }

  protected setFormValue(value: string | null, state?: string): void {
    this.#internals?.setFormValue(value, state ?? value);
  }
  protected setValidity(flags: ValidityStateFlags, message?: string, anchor?: HTMLElement): void {
    this.#internals?.setValidity(flags, message, anchor);
  }

  protected abstract resetValue(): void;
  protected abstract restoreValue(state: string): void;
}
