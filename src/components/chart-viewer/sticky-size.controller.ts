import type { ReactiveController, ReactiveControllerHost } from 'lit';

type Host = ReactiveControllerHost & HTMLElement & { readonly renderRoot: ParentNode };

/**
 * Measures what stays at the top while the chart scrolls, and gives it to the styles as `--sticky-size`: sections keep clear of it
 * when they are scrolled to. Owns an observer of the banner; draws nothing.
 */
export class StickySizeController implements ReactiveController {
  readonly #host: Host;
  #observer: ResizeObserver | undefined;
  #watched: Element | undefined;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdated(): void {
    const banner = this.#host.renderRoot.querySelector('.banner') ?? undefined;
    if (banner === this.#watched) return;
    this.#observer?.disconnect();
    this.#watched = banner;
    if (!banner || typeof ResizeObserver === 'undefined') return;
    this.#observer = new ResizeObserver(() => this.#measure(banner));
    for (const element of [banner, ...banner.querySelectorAll('.id')]) this.#observer.observe(element);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#watched = undefined;
  }

  /** In a narrow container the banner has no box of its own, and only its first line stays. */
  #measure(banner: Element): void {
    const sticky = getComputedStyle(banner).display === 'contents' ? banner.querySelector('.id') : banner;
    const size = Math.ceil(sticky?.getBoundingClientRect().height ?? 0);
    this.#host.style.setProperty('--sticky-size', `${size}px`);
  }
}
