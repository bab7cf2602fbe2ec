import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isComposing } from './composing.js';

export interface ComboboxOptions<T> {
  /** The options as they are drawn now, in their order. */
  options: () => readonly T[];
  /** Tells one option from another, also after the list was drawn anew. */
  key: (option: T) => string;
  /** The id of the option's element. */
  id: (option: T) => string;
  pick: (option: T) => void;
}

/** How far PageUp and PageDown go. */
const PAGE = 10;

/** The longest that a press can hold back a new list: a finger that never lifts must not freeze it. */
const LONGEST_PRESS = 1500;
/** A press this soon after the list changed under the pointer was aimed at what stood there before. */
const SETTLE = 300;

/**
 * The keyboard, the active option and the safety of picking of one editable combobox with a listbox (ARIA 1.2, WAI-ARIA APG
 * "Editable Combobox With List Autocomplete"). Focus stays in the input; the active option is named by `activeId`.
 *
 * Nothing is active until an arrow is pressed, so Enter never picks what nobody looked at. The active option is kept by key:
 * when a new list lacks it, none is active. The list is changed through `change` only: not while a pointer is down on an option,
 * and a press that comes right after other options moved under the pointer picks nothing.
 *
 * Owns neither the text, nor the list, nor how it looks. Set `aria-expanded`, `aria-controls`, `aria-activedescendant`
 * from here; listen to `keydown` on the input, and `pointerdown` and `click` on the options; prevent `mousedown` on what floats,
 * so that focus stays in the input. Closing when focus leaves is the owner's: there may be buttons beside the list.
 */
export class ComboboxController<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: ComboboxOptions<T>;
  #open = false;
  #active: string | undefined;
  #pressed: { key: string | undefined; timer: ReturnType<typeof setTimeout> } | undefined;
  #waiting: (() => void)[] = [];
  #inside = false;
  #moved = { at: -Infinity, inside: false };

  constructor(host: ReactiveControllerHost, options: ComboboxOptions<T>) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  get open(): boolean {
    return this.#open;
  }

  get active(): T | undefined {
    return this.#active === undefined ? undefined : this.#options.options().find((option) => this.#options.key(option) === this.#active);
  }

  /** For `aria-activedescendant`. */
  get activeId(): string | undefined {
    const active = this.#open ? this.active : undefined;
    return active === undefined ? undefined : this.#options.id(active);
  }

  isActive(option: T): boolean {
    return this.#open && this.#active !== undefined && this.#options.key(option) === this.#active;
  }

  /** Runs what changes the list: now, or after the press that is under way has come to its end. */
  change(list: () => void): void {
    if (this.#pressed) {
      this.#waiting.push(list);
      return;
    }
    const before = this.#keys();
    list();
    const after = this.#keys();
    if (before.some((key, i) => key !== after[i])) this.#moved = { at: performance.now(), inside: this.#inside };
    if (this.active === undefined) this.#active = undefined;
    this.#host.requestUpdate();
  }

  show(): void {
    this.#setOpen(true);
  }

  hide(): void {
    this.#setOpen(false);
  }

  /** Makes none active: the text was changed. */
  deactivate(): void {
    this.#active = undefined;
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#release();
    this.#waiting = [];
    this.#open = false;
  }

  /** Returns true when the key was dealt with (and its default prevented). */
  handleKeydown(event: KeyboardEvent): boolean {
    if (isComposing(event) || event.ctrlKey || event.metaKey) return false;
    const dealt = this.#key(event);
    if (dealt) event.preventDefault();
    return dealt;
  }

  #key(event: KeyboardEvent): boolean {
    switch (event.key) {
      case 'ArrowDown':
        if (event.altKey || !this.#open) return this.#reveal(event.altKey ? undefined : 0);
        return this.#move(1);
      case 'ArrowUp':
        if (event.altKey) return this.#open && this.#dismiss();
        if (!this.#open) return this.#reveal(-1);
        return this.#move(-1);
      case 'PageDown':
        return this.#open && this.#move(PAGE, false);
      case 'PageUp':
        return this.#open && this.#move(-PAGE, false);
      // With nothing active these move the caret, as in any input.
      case 'Home':
        return this.#open && this.active !== undefined && this.#activate(0);
      case 'End':
        return this.#open && this.active !== undefined && this.#activate(-1);
      case 'Enter': {
        const active = this.#open ? this.active : undefined;
        if (active === undefined) return false;
        this.#options.pick(active);
        return true;
      }
      case 'Escape':
        return this.#open && this.#dismiss();
      default:
        return false;
    }
  }

  /** For `pointerenter` and `pointerleave` of the list. */
  handlePointerenter(event: PointerEvent): void {
    this.#inside = event.type === 'pointerenter';
  }

  /** For `pointerdown` on an option: keeps the list as it is until the press is over. */
  handlePointerdown(event: PointerEvent, option: T): void {
    if (event.button !== 0) return;
    this.#release();
    this.#pressed = {
      key: this.#isSettled(event) ? this.#options.key(option) : undefined,
      timer: setTimeout(() => this.#release(), LONGEST_PRESS),
    };
    const over = () => {
      window.removeEventListener('pointerup', over, true);
      window.removeEventListener('pointercancel', over, true);
      // The click follows the release of the pointer in the same task or the next one.
      setTimeout(() => this.#release());
    };
    window.addEventListener('pointerup', over, true);
    window.addEventListener('pointercancel', over, true);
  }

  /**
   * For `click` on an option. Picks it, unless the press began on another one or right after the list changed under it;
   * then it returns false. A click without a press (a screen reader's) picks.
   */
  handleClick(event: MouseEvent, option: T): boolean {
    const pressed = this.#pressed;
    const byPointer = event.detail > 0;
    const sure = pressed ? pressed.key === this.#options.key(option) : !byPointer || this.#isSettled(event as PointerEvent);
    this.#release();
    if (sure) this.#options.pick(option);
    return sure;
  }

  /** A mouse that was not over the list when it changed is aimed at what stands there now; of a finger nobody knows. */
  #isSettled({ pointerType }: PointerEvent): boolean {
    const { at, inside } = this.#moved;
    return performance.now() - at >= SETTLE || (!inside && pointerType !== 'touch');
  }

  #keys(): string[] {
    return this.#options.options().map(this.#options.key);
  }

  #reveal(index: number | undefined): boolean {
    this.show();
    return index === undefined || this.#activate(index);
  }

  #dismiss(): boolean {
    this.hide();
    return true;
  }

  /** Past an end the caret is back in the text, and from there the other end is next; pages stop at the ends. */
  #move(steps: number, around = true): boolean {
    const options = this.#options.options();
    const at = options.findIndex((option) => this.#options.key(option) === this.#active);
    if (at < 0) return this.#activate(steps > 0 ? 0 : -1);
    const next = at + steps;
    if (around && (next < 0 || next >= options.length)) {
      this.deactivate();
      return true;
    }
    return this.#activate(Math.max(0, Math.min(next, options.length - 1)));
  }

  #activate(index: number): boolean {
    const option = this.#options.options().at(index);
    this.#active = option === undefined ? undefined : this.#options.key(option);
    this.#host.requestUpdate();
    return true;
  }

  #setOpen(open: boolean): void {
    if (this.#open === open) return;
    this.#open = open;
    this.#active = undefined;
    this.#host.requestUpdate();
  }

  #release(): void {
    if (!this.#pressed) return;
    clearTimeout(this.#pressed.timer);
    this.#pressed = undefined;
    for (const list of this.#waiting.splice(0)) this.change(list);
  }
}
