// Hand-written fixed-height windowing in Lit: about 40 lines, spacer + one translated block.
import { LitElement, html, css } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { row, rowCss } from './_row.js';
const H = 32,
  OVER = 8;
class WList extends LitElement {
  static properties = { items: {}, first: {}, count: {} };
  static styles = [
    rowCss,
    css`
      :host {
        display: block;
        height: 100%;
      }
      .s {
        height: 100%;
        overflow: auto;
        contain: strict;
      }
      .b {
        position: absolute;
        left: 0;
        right: 0;
        will-change: transform;
      }
    `,
  ];
  constructor() {
    super();
    this.first = 0;
    this.count = 40;
  }
  firstUpdated() {
    this.box = this.renderRoot.querySelector('.s');
    this.measure();
    new ResizeObserver(() => this.measure()).observe(this.box);
  }
  measure() {
    const top = this.box.scrollTop;
    this.first = Math.max(0, Math.floor(top / H) - OVER);
    this.count = Math.ceil(this.box.clientHeight / H) + 2 * OVER;
  }
  render() {
    const slice = this.items.slice(this.first, this.first + this.count);
    return html`<div class="s" @scroll=${this.measure}>
      <div style="height:${this.items.length * H}px;position:relative">
        <div class="b" style="transform:translateY(${this.first * H}px)">${repeat(slice, (o) => o.id, row)}</div>
      </div>
    </div>`;
  }
}
customElements.define('w-list', WList);
export default {
  name: 'floor: fixed-height window (Lit)',
  async setup(container, items) {
    const el = document.createElement('w-list');
    el.items = items;
    container.append(el);
    await el.updateComplete;
    return { el };
  },
  scroller: ({ el }) => el.box,
  toIndex({ el }, i) {
    el.box.scrollTop = i * H;
  },
  async update({ el }, items) {
    el.items = items;
    await el.updateComplete;
  },
  teardown: ({ el }) => el.remove(),
};
