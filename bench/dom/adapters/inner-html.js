export default {
  name: 'innerHTML',
  setup(c, d) {
    let s = '';
    for (const o of d) s += `<div class="ev" style="left:${o.x}px;top:${o.y}px"><div>${o.time}</div><div>${o.title}</div></div>`;
    const el = document.createElement('div');
    el.innerHTML = s;
    c.append(el);
  },
  teardown() {},
};
