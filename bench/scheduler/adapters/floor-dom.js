// Physical limit: the same boxes by template clone, no framework, no interaction.
import { columns, pack, index, shift, css, min } from './_layout.js';
const tpl = document.createElement('template');
tpl.innerHTML = '<div class="ev"><div></div><div></div></div>';
function fill(col, list) {
  const f = document.createDocumentFragment();
  for (const { e, l, n } of pack(list)) {
    const el = tpl.content.firstElementChild.cloneNode(true);
    const top = (min(e.start) - 420) * 2;
    el.style.cssText = `top:${top}px;height:${(min(e.end) - 420) * 2 - top}px;left:${(l * 100) / n}%;width:${100 / n}%;background:${e.color}`;
    el.dataset.id = e.id;
    el.firstChild.textContent = `${e.start.slice(11)} – ${e.end.slice(11)}`;
    el.lastChild.textContent = e.title;
    f.append(el);
  }
  col.replaceChildren(f);
}
function render(s) {
  const cols = columns(s.data, s.date);
  s.cols = new Map();
  const hd = document.createElement('div');
  hd.className = 'hd';
  const grid = document.createElement('div');
  grid.className = 'grid';
  const ax = document.createElement('div');
  ax.className = 'ax';
  for (let h = 7; h < 19; h++) {
    const d = document.createElement('div');
    d.textContent = `${h}:00`;
    ax.append(d);
  }
  grid.append(ax);
  for (const c of cols) {
    const t = document.createElement('div');
    t.textContent = c.title;
    hd.append(t);
    const el = document.createElement('div');
    el.className = 'col';
    fill(el, s.byCol.get(c.key) ?? []);
    s.cols.set(c.key, el);
    grid.append(el);
  }
  s.head.replaceChildren(hd);
  s.body.replaceChildren(grid);
}
export default {
  name: 'floor: template clone',
  setup(container, data) {
    const style = document.createElement('style');
    style.textContent = css;
    const root = document.createElement('div');
    root.className = 'cal';
    const s = { data, date: data.date, root, head: document.createElement('div'), body: document.createElement('div') };
    s.body.className = 'sc';
    root.append(s.head, s.body);
    container.append(style, root);
    s.byCol = index(data.events);
    s.byId = new Map(data.events.map((e) => [e.id, e]));
    render(s);
    return s;
  },
  update(s, a) {
    if (a.type === 'next' || a.type === 'prev') {
      s.date = shift(s.date, s.data.view, a.type === 'next' ? 1 : -1);
      render(s);
    } else if (a.type === 'replace') {
      s.data = a.data;
      s.byCol = index(a.data.events);
      s.byId = new Map(a.data.events.map((e) => [e.id, e]));
      render(s);
    } else {
      const old = s.byId.get(a.id),
        k = old.start.slice(0, 10) + (old.resourceId ?? ''),
        list = s.byCol.get(k);
      const e = { ...old, start: a.start, end: a.end };
      list[list.indexOf(old)] = e;
      s.byId.set(a.id, e);
      fill(s.cols.get(k), list);
    }
  },
  text: (s) => s.root.innerText,
  locate: (s, id) => s.root.querySelector(`[data-id="${id}"]`),
  draggable: false,
  countShown: (s) => s.root.querySelectorAll('.ev').length,
  teardown: (s) => s.root.remove(),
};
