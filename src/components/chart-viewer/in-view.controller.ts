import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Which of several regions is in view: the last one whose top has passed the line a third down the viewport. Owns an observer
 * of the regions it is given after each update; does not scroll.
 */
export class InViewController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #regions: () => readonly HTMLElement[];
  #observer: IntersectionObserver | undefined;
  #watched: readonly HTMLElement[] = [];
  readonly #seen = new Set<Element>();
  #current: string | undefined;

  constructor(host: ReactiveControllerHost, regions: () => readonly HTMLElement[]) {
    this.#host = host;
    this.#regions = regions;
    host.addController(this);
  }

  /** The id of the region in view; undefined before any is. */
  get current(): string | undefined {
    return this.#current;
  }

  hostUpdated(): void {
    const regions = this.#regions();
    if (regions.length === this.#watched.length && regions.every((region, i) => region === this.#watched[i])) return;
    this.#watch(regions);
  }

  hostDisconnected(): void {
    this.#watch([]);
  }

  #watch(regions: readonly HTMLElement[]): void {
    this.#observer?.disconnect();
    this.#seen.clear();
    this.#watched = regions;
    if (regions.length === 0 || typeof IntersectionObserver === 'undefined') return;
    this.#observer = new IntersectionObserver((entries) => this.#changed(entries), { rootMargin: '0px 0px -66% 0px' });
    for (const region of regions) this.#observer.observe(region);
  }

  #changed(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.#seen.add(target);
      else this.#seen.delete(target);
    }
    const next = this.#watched.find((region) => this.#seen.has(region))?.id ?? this.#current;
    if (next === this.#current) return;
    this.#current = next;
    this.#host.requestUpdate();
  }
}
