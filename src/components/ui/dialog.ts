import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { icon, type IconName } from './icon.js';

export interface DialogContent {
  /** The question that is decided here. */
  title: string;
  icon?: IconName;
  /** What it means: names, what changes. Read out with the title. */
  body: unknown;
  /** Buttons with verbs, the safest first in reading order. Let them call `close(reason)`. */
  actions: unknown;
  /** Class JSDoc of the element documents it: the part is `dialog`. */
  role?: 'dialog' | 'alertdialog';
}

/**
 * One modal question of one element, on a native dialog: focus goes in, stays in and comes back by the browser's own rules.
 * `ask()` resolves with what the chosen button passed to `close()`, or undefined for Esc. Put `${dialog.render()}` into the template.
 */
export class DialogController<R extends string = string> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #element = createRef<HTMLDialogElement>();
  #content: DialogContent | undefined;
  #answer: ((reason: R | undefined) => void) | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get open(): boolean {
    return this.#content !== undefined;
  }

  /** Asks; a question that is still open is closed without an answer. */
  async ask(content: DialogContent): Promise<R | undefined> {
    this.close();
    this.#content = content;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const element = this.#element.value;
    if (!element?.isConnected) {
      this.#content = undefined;
      return undefined;
    }
    element.showModal();
    return new Promise((resolve) => (this.#answer = resolve));
  }

  close(reason?: R): void {
    if (!this.#content) return;
    this.#content = undefined;
    this.#element.value?.close();
    const answer = this.#answer;
    this.#answer = undefined;
    this.#host.requestUpdate();
    answer?.(reason);
  }

  hostDisconnected(): void {
    this.close();
  }

  /** Draws the question that is open; words change with the element's updates. */
  update(content: Partial<DialogContent>): void {
    if (!this.#content) return;
    this.#content = { ...this.#content, ...content };
    this.#host.requestUpdate();
  }

  render(): TemplateResult {
    const content = this.#content;
    return html`<dialog
      role=${content?.role ?? 'dialog'}
      aria-labelledby="care-dialog-title"
      aria-describedby="care-dialog-body"
      ${ref(this.#element)}
      @close=${() => this.close()}
    >
      ${
        content
          ? html`<div class="dlg-h">
                ${content.icon ? icon(content.icon, 'md') : nothing}
                <h2 id="care-dialog-title">${content.title}</h2>
              </div>
              <div class="dlg-b" id="care-dialog-body">${content.body}</div>
              <div class="dlg-f">${content.actions}</div>`
          : nothing
      }
    </dialog>`;
  }
}
