import { LitElement, type CSSResultGroup, type CSSResultOrNative } from 'lit';
import { baseStyles } from '../styles/base.styles.js';
import { adoptTokens } from '../styles/tokens.js';
import { keepContextRequests } from './context-root.js';
import { emit, type CareEventDetail, type CareEventName, type EmitOptions } from './emit.js';

const warned = new Set<string>();

/** The base of every element: tokens on the document, shared reset, typed events, one warning per kind of wrong input. */
export class CareElement extends LitElement {
  static override styles: CSSResultGroup = [];

  /** The base sheet comes first in every element, also in one whose `styles` do not name it. */
  protected static override finalizeStyles(styles?: CSSResultGroup): CSSResultOrNative[] {
    return super.finalizeStyles([baseStyles, ...(styles === undefined ? [] : [styles])]);
  }

  override connectedCallback(): void {
    // Before anything asks for a context, and before the first paint.
    keepContextRequests(this.ownerDocument);
    adoptTokens(this.ownerDocument);
    for (let root = this.getRootNode(); root instanceof ShadowRoot; root = root.host.getRootNode()) adoptTokens(root);
    super.connectedCallback();
  }

  protected emit<N extends CareEventName>(name: N, detail: CareEventDetail<N>, options?: EmitOptions): CustomEvent<CareEventDetail<N>> {
    return emit(this, name, detail, options);
  }

  /** Says once per element and kind that the host passed something that cannot be used. Never the value: it may be a record. */
  protected warnOnce(kind: string, message: string): void {
    const key = `${this.localName}:${kind}`;
    if (warned.has(key)) return;
    warned.add(key);
    console.warn(`<${this.localName}> ${message}`);
  }
}
