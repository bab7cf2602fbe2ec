import { html, LitElement, type ReactiveController, type TemplateResult } from 'lit';

let count = 0;

/** Registers a class under a tag of its own, so that tests do not meet. */
export function define(element: CustomElementConstructor): string {
  const tag = `test-${++count}-${Math.floor(performance.now())}`;
  customElements.define(tag, element);
  return tag;
}

/** An element that draws what it is told and holds the controllers that a test gives it. */
export class Holder extends LitElement {
  draw: () => TemplateResult = () => html``;
  override render(): TemplateResult {
    return this.draw();
  }
}

/** Puts a new Holder into the page (or into `place`) with its controller in the place where an element would have it. */
export async function hold<C extends ReactiveController>(
  make: (host: Holder) => C,
  draw: (controller: C) => TemplateResult = () => html``,
  place: Element | ShadowRoot = document.body,
): Promise<{ host: Holder; controller: C }> {
  const tag = define(class extends Holder {});
  const host = document.createElement(tag) as Holder;
  const controller = make(host);
  host.draw = () => draw(controller);
  place.append(host);
  await host.updateComplete;
  return { host, controller };
}

/** A promise and its two ends. */
export function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (error: unknown) => void } {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => ((resolve = yes), (reject = no)));
  return { promise, resolve, reject };
}
