// The same boxes with Lit keyed repeat inside one shadow root: a floor for a Lit component.
import { LitElement, html, unsafeCSS } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { columns, pack, index, shift, css, min } from './_layout.js';
class FloorCal extends LitElement {
  static styles = unsafeCSS(':host{display:block;height:100%}' + css);
  static properties = { date: {}, byCol: {}, data: {} };
  render() {
    const cols = columns(this.data, this.date);
    return html`<div class="cal">
      <div class="hd">${cols.map((c) => html`<div>${c.title}</div>`)}</div>
      <div class="sc">
        <div class="grid">
          <div class="ax">${Array.from({ length: 12 }, (_, i) => html`<div>${i + 7}:00</div>`)}</div>
          ${repeat(
            cols,
            (c) => c.key,
            (c) =>
              html`<div class="col">
                ${repeat(
                  pack(this.byCol.get(c.key) ?? []),
                  (p) => p.e.id,
                  ({ e, l, n }) => {
                    const top = (min(e.start) - 420) * 2;
                    return html`<div
                      class="ev"
                      data-id=${e.id}
                      style="top:${top}px;height:${(min(e.end) - 420) * 2 - top}px;left:${(l * 100) / n}%;width:${100 / n}%;background:${e.color}"
                    >
                      <div>${e.start.slice(11)} – ${e.end.slice(11)}</div>
                      <div>${e.title}</div>
                    </div>`;
                  },
                )}
              </div>`,
          )}
        </div>
      </div>
    </div>`;
  }
}
customElements.define('floor-cal', FloorCal);
export default {
  name: 'floor: Lit repeat',
  async setup(container, data) {
    const el = document.createElement('floor-cal');
    el.data = data;
    el.date = data.date;
    el.byCol = index(data.events);
    container.append(el);
    await el.updateComplete;
    return { el, byId: new Map(data.events.map((e) => [e.id, e])) };
  },
  async update({ el, byId }, a) {
    if (a.type === 'next' || a.type === 'prev') el.date = shift(el.date, el.data.view, a.type === 'next' ? 1 : -1);
    else if (a.type === 'replace') {
      el.data = a.data;
      el.byCol = index(a.data.events);
      byId.clear();
      for (const e of a.data.events) byId.set(e.id, e);
    } else {
      const old = byId.get(a.id),
        list = el.byCol.get(old.start.slice(0, 10) + (old.resourceId ?? ''));
      const e = { ...old, start: a.start, end: a.end };
      list[list.indexOf(old)] = e;
      byId.set(a.id, e);
      el.requestUpdate();
    }
    await el.updateComplete;
  },
  text: ({ el }) => el.shadowRoot.textContent,
  locate: ({ el }, id) => el.shadowRoot.querySelector(`[data-id="${id}"]`),
  scroller: ({ el }) => el.shadowRoot.querySelector('.sc'),
  draggable: false,
  countShown: ({ el }) => el.shadowRoot.querySelectorAll('.ev').length,
  teardown: ({ el }) => el.remove(),
};
