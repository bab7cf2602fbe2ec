import { noChange } from 'lit';
import { Directive, directive, PartType, type DirectiveResult, type ElementPart, type PartInfo } from 'lit/directive.js';

/**
 * `<div ${cssProperties({ '--start': 12, '--span': 4 })}>` sets custom properties through CSSOM. Lit's styleMap writes
 * a style attribute on its first render, which a strict Content-Security-Policy drops: appointments would stack at the top.
 */
class CssPropertiesDirective extends Directive {
  #set: Record<string, string> = {};

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('cssProperties() belongs on an element: <div ${cssProperties({…})}>');
  }

  override render(_properties: Readonly<Record<`--${string}`, string | number | undefined>>): unknown {
    return noChange;
  }

  override update(part: ElementPart, [properties]: [Readonly<Record<`--${string}`, string | number | undefined>>]): unknown {
    const style = (part.element as HTMLElement | SVGElement).style;
    for (const name of Object.keys(this.#set)) {
      if (properties[name as `--${string}`] === undefined) {
        style.removeProperty(name);
        delete this.#set[name];
      }
    }
    for (const [name, value] of Object.entries(properties)) {
      if (value === undefined || this.#set[name] === String(value)) continue;
      this.#set[name] = String(value);
      style.setProperty(name, this.#set[name]!);
    }
    return noChange;
  }
}
// The type in words: left to be inferred, the declaration would name lit-html, which whoever installs carelet may not have.
export const cssProperties: (
  properties: Readonly<Record<`--${string}`, string | number | undefined>>,
) => DirectiveResult<typeof CssPropertiesDirective> = directive(CssPropertiesDirective);
