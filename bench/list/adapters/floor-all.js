// All 50,000 rows in the DOM, content-visibility:auto in blocks of 100 rows: what no virtualisation costs.
import { plain } from './_css.js';
const esc = (s) => String(s).replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]);
const rowHtml = (o) =>
  `<div class="r" data-i="${o.id}"><span>${o.name}</span><span>${o.value} ${esc(o.unit)}</span><span>${o.low} – ${o.high}</span><b>${o.flag}</b><time>${o.date}</time><span>${o.lab}</span></div>`;
const fill = (el, items) => {
  let s = '';
  for (let i = 0; i < items.length; i += 100)
    s += `<div class="k">${items
      .slice(i, i + 100)
      .map(rowHtml)
      .join('')}</div>`;
  el.innerHTML = s;
};
export default {
  name: 'floor: every row + content-visibility',
  setup(container, items) {
    const el = document.createElement('div');
    el.style.cssText = 'height:100%;overflow:auto';
    const st = document.createElement('style');
    st.textContent = plain + '.k{content-visibility:auto;contain-intrinsic-size:auto 3200px}';
    container.append(st, el);
    fill(el, items);
    return { el };
  },
  scroller: ({ el }) => el,
  toIndex({ el }, i) {
    el.scrollTop = i * 32;
  },
  update({ el }, items) {
    fill(el, items);
  },
  teardown: ({ el }) => el.remove(),
};
