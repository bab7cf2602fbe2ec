const t = document.createElement('template');
t.innerHTML = '<div class="ev"><div> </div><div> </div></div>';
export default {
  name: 'template clone',
  setup(c, d) {
    const el = document.createElement('div');
    for (const o of d) {
      const n = t.content.firstChild.cloneNode(true);
      n.style.cssText = `left:${o.x}px;top:${o.y}px`;
      n.firstChild.firstChild.data = o.time;
      n.lastChild.firstChild.data = o.title;
      el.append(n);
    }
    c.append(el);
  },
  teardown() {},
};
