// deps: virtual
import { LitElement, html, css } from 'lit';
import '@lit-labs/virtualizer';
import { row, rowCss } from './_row.js';
class VList extends LitElement {
  static properties = { items: {} };
  static styles = [
    rowCss,
    css`
      :host {
        display: block;
        height: 100%;
      }
      lit-virtualizer {
        height: 100%;
        overflow: auto;
      }
    `,
  ];
  render() {
    return html`<lit-virtualizer scroller .items=${this.items} .keyFunction=${(o) => o.id} .renderItem=${row}></lit-virtualizer>`;
  }
}
customElements.define('v-list', VList);
export default {
  name: '@lit-labs/virtualizer 2.1.1',
  async setup(container, items) {
    const el = document.createElement('v-list');
    el.items = items;
    container.append(el);
    await el.updateComplete;
    const v = el.renderRoot.querySelector('lit-virtualizer');
    await v.layoutComplete;
    return { el, v };
  },
  scroller: ({ v }) => v,
  toIndex({ v }, i) {
    v.element(i)?.scrollIntoView({ block: 'start' });
  },
  async update({ el }, items) {
    el.items = items;
    await el.updateComplete;
  },
  teardown: ({ el }) => el.remove(),
};
