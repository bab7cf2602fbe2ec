import { html, render } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
export default {
  name: 'Lit render + repeat',
  setup(c, d) {
    const el = document.createElement('div');
    render(
      repeat(
        d,
        (o) => o.id,
        (o) =>
          html`<div class="ev" style="left:${o.x}px;top:${o.y}px">
            <div>${o.time}</div>
            <div>${o.title}</div>
          </div>`,
      ),
      el,
    );
    c.append(el);
  },
  teardown() {},
};
