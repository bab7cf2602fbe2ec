import type { CSSResult, ReactiveController, ReactiveControllerHost } from 'lit';

/** What a later part brings: its sheets are put behind those of the element. */
export interface LatePart {
  readonly styles: readonly CSSResult[];
}

/**
 * A part of the schedule that most days do without: fetched when it is first needed, or a moment before. One that could not be
 * fetched (offline) is asked for again the next time.
 */
export class LateController<P extends LatePart> implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #load: () => Promise<P>;
  #part: P | undefined;
  #loading: Promise<P> | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, load: () => Promise<P>) {
    this.#host = host;
    this.#load = load;
    host.addController(this);
  }

  hostConnected(): void {}

  /** The part, if it is here; else it is on its way, and the element is drawn again when it has come. */
  get now(): P | undefined {
    if (!this.#part) this.preload();
    return this.#part;
  }

  /** Whether it is here; asks for nothing. */
  get isHere(): boolean {
    return this.#part !== undefined;
  }

  preload(): void {
    // A failure is told by whoever needs the part.
    this.ready().catch(() => undefined);
  }

  async ready(): Promise<P> {
    this.#loading ??= this.#fetch();
    return this.#loading;
  }

  async #fetch(): Promise<P> {
    try {
      const part = await this.#load();
      const root = this.#host.shadowRoot;
      const sheets = part.styles.flatMap(({ styleSheet }) => styleSheet ?? []);
      if (root)
        root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...sheets.filter((sheet) => !root.adoptedStyleSheets.includes(sheet))];
      this.#part = part;
      this.#host.requestUpdate();
      return part;
    } catch (error) {
      this.#loading = undefined;
      throw error;
    }
  }
}
