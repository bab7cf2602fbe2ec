import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { ApartItem, DayItem, DayView, ZoneTable } from '../../models/scheduling/index.js';
import { PopoverController } from '../ui/popover.js';
import type { LateController } from './late.controller.js';
import type { Words } from './words.js';

export interface DetailsOptions {
  late: LateController<typeof import('./late-parts.js')>;
  words: () => Words;
  view: () => DayView | undefined;
  viewer: () => ZoneTable | undefined;
  now: () => number;
  whyFixed: (item: DayItem) => string | undefined;
  move: (item: DayItem) => void;
}

const keyed = (item: DayItem | ApartItem): item is DayItem => 'key' in item;

/** The details of one appointment, in a popover beside its box. Owns which one is open, and where focus goes when it closes. */
export class DetailsController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: DetailsOptions;
  readonly #popover: PopoverController;
  #item: DayItem | ApartItem | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, options: DetailsOptions) {
    this.#host = host;
    this.#options = options;
    this.#popover = new PopoverController(host, {
      anchor: () => this.#anchor,
      popover: () => host.shadowRoot?.querySelector<HTMLElement>('#details'),
      toggled: (open) => {
        if (!open) this.close();
      },
    });
    host.addController(this);
  }

  hostConnected(): void {}

  /** Key of the box that is open. */
  get key(): string | undefined {
    return this.#item && keyed(this.#item) ? this.#item.key : undefined;
  }

  get #anchor(): HTMLElement | null | undefined {
    const item = this.#item;
    const name = item && (keyed(item) ? `[data-key="${CSS.escape(item.key)}"]` : `[data-apart="${CSS.escape(item.id)}"]`);
    return name === undefined ? undefined : this.#host.shadowRoot?.querySelector<HTMLElement>(name);
  }

  open(item: DayItem | ApartItem): void {
    this.#popover.hide();
    this.#item = item;
    this.#host.requestUpdate();
  }

  close(): void {
    if (!this.#item) return;
    const anchor = this.#anchor;
    const hadFocus = this.#host.shadowRoot?.activeElement?.closest('#details');
    this.#item = undefined;
    this.#popover.hide();
    if (hadFocus) anchor?.focus();
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    if (!this.#item || this.#popover.open || !this.#options.late.isHere) return;
    this.#popover.show();
    this.#host.shadowRoot?.querySelector<HTMLElement>('#details')?.focus();
  }

  /** The item as the view has it now: what is shown follows a refresh, and closes with what is gone. */
  #current(view: DayView | undefined): DayItem | ApartItem | undefined {
    const item = this.#item;
    if (!item || !view) return undefined;
    if (!keyed(item)) return view.apart.find(({ id }) => id === item.id);
    return view.columns.flatMap(({ items, allDay }) => [...allDay, ...items]).find(({ key }) => key === item.key);
  }

  render(): TemplateResult {
    const { words, view: viewOf, viewer, now, whyFixed, move } = this.#options;
    const view = viewOf();
    const item = this.#current(view);
    const details = item && this.#options.late.now?.details;
    const content =
      item && view && details
        ? details({
            item,
            view,
            words: words(),
            viewer: viewer(),
            now: now(),
            whyFixed: keyed(item) ? whyFixed(item) : undefined,
            move: () => {
              this.close();
              if (keyed(item)) move(item);
            },
            close: () => this.close(),
          })
        : nothing;
    return html`<div
      class="pop details"
      id="details"
      part="details"
      popover="auto"
      role="dialog"
      tabindex="-1"
      aria-labelledby="details-title"
    >
      ${content}
    </div>`;
  }
}
