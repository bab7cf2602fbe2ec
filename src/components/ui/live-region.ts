import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';

/** Longer than the moment in which a screen reader takes a cleared region and its new text for one change. */
const PAUSE = 80;

/**
 * Says things to screen readers. Owns two hidden regions (polite, assertive) that are drawn once with the element and stay,
 * since text that arrives together with its region is not read. Of several texts in the same moment the last is read.
 * Put `${live.render()}` into the template, outside anything that comes and goes.
 */
export class LiveRegionController implements ReactiveController {
  readonly #polite = createRef<HTMLElement>();
  readonly #assertive = createRef<HTMLElement>();
  readonly #timers = new Map<HTMLElement, ReturnType<typeof setTimeout>>();

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#timers.forEach(clearTimeout);
    this.#timers.clear();
  }

  /** Polite by default; `assertive` interrupts, for what changes what the user is about to do. The same text is read again. */
  announce(text: string, { assertive = false }: { assertive?: boolean } = {}): void {
    const region = (assertive ? this.#assertive : this.#polite).value;
    if (!region) return;
    clearTimeout(this.#timers.get(region));
    region.textContent = '';
    this.#timers.set(
      region,
      setTimeout(() => (region.textContent = text), PAUSE),
    );
  }

  render(): TemplateResult {
    return html`
      <div class="vh" role="status" aria-live="polite" aria-atomic="true" ${ref(this.#polite)}></div>
      <div class="vh" role="alert" aria-live="assertive" aria-atomic="true" ${ref(this.#assertive)}></div>
    `;
  }
}
