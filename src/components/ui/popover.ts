import type { ReactiveController, ReactiveControllerHost } from 'lit';

export const PLACEMENTS = ['bottom-start', 'bottom-end', 'top-start', 'top-end'] as const;
export type Placement = (typeof PLACEMENTS)[number];

export interface PlaceOptions {
  /** Where there is room; else the other side of the anchor. Start and end follow the direction of the text. */
  placement?: Placement;
  /** Pixels between anchor and popover. */
  gap?: number;
  /** At least as wide as the anchor. */
  matchWidth?: boolean;
}

/** Pixels that a popover keeps from the window's edges. */
const MARGIN = 8;

/**
 * Puts an open popover (class `pop`) beside its anchor, inside the window, by custom properties set through CSSOM:
 * `--pop-x`, `--pop-y`, `--pop-width` and `--pop-height` (the room there is).
 */
export function place(
  popover: HTMLElement,
  anchor: Element,
  { placement = 'bottom-start', gap = 4, matchWidth = false }: PlaceOptions = {},
): void {
  const view = popover.ownerDocument.defaultView;
  if (!view) return;
  const at = anchor.getBoundingClientRect();
  const { clientWidth, clientHeight } = popover.ownerDocument.documentElement;
  if (matchWidth) popover.style.setProperty('--pop-width', `${Math.round(at.width)}px`);
  popover.style.setProperty('--pop-height', `${clientHeight - 2 * MARGIN}px`);
  const { offsetWidth: width, scrollHeight, offsetHeight, clientHeight: inner } = popover;
  const height = scrollHeight + (offsetHeight - inner);

  const above = at.top - gap - MARGIN;
  const below = clientHeight - at.bottom - gap - MARGIN;
  const wanted = placement.startsWith('top') ? above : below;
  const other = placement.startsWith('top') ? below : above;
  const onTop = placement.startsWith('top') === (height <= wanted || wanted >= other);
  const room = Math.max(0, onTop ? above : below);

  const rtl = view.getComputedStyle(anchor).direction === 'rtl';
  const alignRight = placement.endsWith('end') !== rtl;
  const x = alignRight ? at.right - width : at.left;
  const y = onTop ? at.top - gap - Math.min(height, room) : at.bottom + gap;
  popover.style.setProperty('--pop-x', `${Math.round(Math.max(MARGIN, Math.min(x, clientWidth - width - MARGIN)))}px`);
  popover.style.setProperty('--pop-y', `${Math.round(y)}px`);
  popover.style.setProperty('--pop-height', `${Math.floor(room)}px`);
}

export interface PopoverOptions extends PlaceOptions {
  anchor: () => Element | null | undefined;
  /** An element with the `popover` attribute: `manual` closes only by `hide()`, `auto` also by Esc and a press elsewhere. */
  popover: () => HTMLElement | null | undefined;
  /** Called when it opened or closed, by whatever means. */
  toggled?: (open: boolean) => void;
}

/**
 * Opens one popover of one element and keeps it in its place while things scroll and change size.
 * Does not own focus, and nothing of what is in it.
 */
export class PopoverController implements ReactiveController {
  readonly #options: PopoverOptions;
  #shown: HTMLElement | undefined;
  #stop: AbortController | undefined;
  #sizes: ResizeObserver | undefined;

  constructor(host: ReactiveControllerHost, options: PopoverOptions) {
    this.#options = options;
    host.addController(this);
  }

  get open(): boolean {
    return this.#shown !== undefined;
  }

  show(): void {
    const popover = this.#options.popover();
    const anchor = this.#options.anchor();
    if (!popover?.isConnected || !anchor || this.#shown === popover) return;
    this.#release();
    popover.showPopover();
    this.#shown = popover;
    const { signal } = (this.#stop = new AbortController());
    const follow = () => this.place();
    popover.addEventListener('toggle', (event) => (event as ToggleEvent).newState === 'closed' && this.#closed(), { signal });
    window.addEventListener('scroll', follow, { signal, capture: true, passive: true });
    window.addEventListener('resize', follow, { signal, passive: true });
    this.#sizes = new ResizeObserver(follow);
    this.#sizes.observe(anchor);
    this.place();
    this.#options.toggled?.(true);
  }

  hide(): void {
    const popover = this.#shown;
    if (!popover) return;
    if (popover.matches(':popover-open')) popover.hidePopover();
    this.#closed();
  }

  toggle(): void {
    if (this.open) this.hide();
    else this.show();
  }

  place(): void {
    const anchor = this.#options.anchor();
    if (this.#shown && anchor) place(this.#shown, anchor, this.#options);
  }

  hostUpdated(): void {
    this.place();
  }

  hostDisconnected(): void {
    this.hide();
  }

  #closed(): void {
    if (!this.#shown) return;
    this.#release();
    this.#options.toggled?.(false);
  }

  #release(): void {
    this.#shown = undefined;
    this.#stop?.abort();
    this.#sizes?.disconnect();
  }
}
