import { noChange } from 'lit';
import { Directive, directive, PartType, type DirectiveResult, type ElementPart, type PartInfo } from 'lit/directive.js';

/** Where a box is drawn: pixels down the column, and the share of its width. */
export interface BoxPlace {
  top: number;
  height: number;
  /** From 0 to 1; the whole width where they are left out. */
  start?: number | undefined;
  share?: number | undefined;
}

/**
 * `<li ${boxPlace({ top: 72, height: 36 })}>` places a box through CSSOM. Real properties and not custom ones: those are inherited,
 * so each box and all that is in it would have styles of its own, that the engine can share with no other box (measured in
 * Chromium: three times the style time of a day of 300).
 */
class BoxPlaceDirective extends Directive {
  #last: BoxPlace = { top: NaN, height: NaN };

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('boxPlace() belongs on an element: <li ${boxPlace({…})}>');
  }

  override render(_place: BoxPlace): unknown {
    return noChange;
  }

  override update(part: ElementPart, [place]: [BoxPlace]): unknown {
    const { style } = part.element as HTMLElement;
    const last = this.#last;
    if (place.top !== last.top) style.insetBlockStart = `${place.top}px`;
    if (place.height !== last.height) style.blockSize = `${place.height}px`;
    if (place.start !== last.start) style.insetInlineStart = place.start === undefined ? '' : `calc(3px + (100% - 6px) * ${place.start})`;
    if (place.share !== last.share)
      style.inlineSize = place.share === undefined ? '' : `calc((100% - 6px) * ${place.share} - var(--gap, 0px))`;
    this.#last = place;
    return noChange;
  }
}
export const boxPlace: (place: BoxPlace) => DirectiveResult<typeof BoxPlaceDirective> = directive(BoxPlaceDirective);
