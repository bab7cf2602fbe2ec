// One custom element with its own shadow root a box: what "a component per appointment" would cost.
import { LitElement, html, css } from 'lit';
class EvBox extends LitElement {
  static properties = { o: {} };
  static styles = css`
    :host {
      position: absolute;
      width: 36px;
      height: 28px;
      box-sizing: border-box;
      background: #2563eb;
      color: #fff;
      font-size: 11px;
      overflow: hidden;
      border-radius: 3px;
      border: 1px solid #fff;
    }
    div {
      white-space: nowrap;
      overflow: hidden;
    }
  `;
  render() {
    return html`<div>${this.o.time}</div>
      <div>${this.o.title}</div>`;
  }
}
customElements.define('ev-box', EvBox);
export default {
  name: 'a Lit element each',
  async setup(c, d) {
    const el = document.createElement('div');
    let last;
    for (const o of d) {
      const n = document.createElement('ev-box');
      n.o = o;
      n.style.cssText = `left:${o.x}px;top:${o.y}px`;
      el.append(n);
      last = n;
    }
    c.append(el);
    await last.updateComplete;
  },
  teardown() {},
};
