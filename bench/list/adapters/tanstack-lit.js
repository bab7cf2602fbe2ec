// deps: virtual
import { LitElement, html, css } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { VirtualizerController } from '@tanstack/lit-virtual';
import { createRef, ref } from 'lit/directives/ref.js';
import { row, rowCss } from './_row.js';
class TList extends LitElement {
  static properties = { items: {} };
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
      }
      .a {
        position: absolute;
        left: 0;
        top: 0;
        width: 100%;
      }
    `,
  ];
  box = createRef();
  ctl = new VirtualizerController(this, { getScrollElement: () => this.box.value, count: 0, estimateSize: () => 32, overscan: 8 });
  willUpdate() {
    const v = this.ctl.getVirtualizer();
    if (v.options.count !== this.items.length) v.setOptions({ ...v.options, count: this.items.length });
  }
  render() {
    const v = this.ctl.getVirtualizer();
    return html`<div class="s" ${ref(this.box)}>
      <div style="height:${v.getTotalSize()}px;position:relative">
        ${repeat(
          v.getVirtualItems(),
          (i) => i.key,
          (i) => html`<div class="a" style="transform:translateY(${i.start}px)">${row(this.items[i.index])}</div>`,
        )}
      </div>
    </div>`;
  }
}
customElements.define('t-list', TList);
export default {
  name: '@tanstack/lit-virtual 3.14.2',
  async setup(container, items) {
    const el = document.createElement('t-list');
    el.items = items;
    container.append(el);
    await el.updateComplete;
    return { el };
  },
  scroller: ({ el }) => el.box.value,
  toIndex({ el }, i) {
    el.ctl.getVirtualizer().scrollToIndex(i, { align: 'start' });
  },
  async update({ el }, items) {
    el.items = items;
    await el.updateComplete;
  },
  teardown: ({ el }) => el.remove(),
};
