// Physical limit: hand-written DOM, one listener, direct dependency lists, no FHIRPath, no validation.
const h = (tag, props, ...kids) => {
  const e = document.createElement(tag);
  for (const k in props) e[k] = props[k];
  e.append(...kids);
  return e;
};
function build(s, q, host, path) {
  for (const it of q) {
    if (it.type === 'group') {
      const g = h('fieldset', {}, h('legend', { textContent: it.text }));
      host.append(g);
      build(s, it.item, g, path);
      if (it.repeats) {
        const b = h('button', {
          type: 'button',
          textContent: 'Add ' + it.text,
          onclick: () => {
            const f = h('fieldset', {}, h('legend', { textContent: it.text }));
            build(s, it.item, f, path + 1);
            b.before(f);
          },
        });
        s.adders.set(it.linkId, b);
        host.append(b);
      }
      continue;
    }
    const make = () => {
      const id = 'q' + path + '-' + it.linkId;
      let input;
      if (it.type === 'boolean') input = h('input', { type: 'checkbox', id });
      else if (it.type === 'choice') {
        input = h('select', { id });
        for (const o of [{ valueCoding: { display: '' } }, ...it.answerOption])
          input.append(h('option', { textContent: o.valueCoding.display }));
      } else input = h('input', { type: 'text', id, inputMode: it.type === 'integer' ? 'numeric' : 'text', readOnly: !!it.readOnly });
      input.dataset.l = it.linkId;
      return h('div', { className: 'q' }, h('label', { htmlFor: id, textContent: it.text }), input);
    };
    if (it.enableWhen) {
      const mark = document.createComment('');
      host.append(mark);
      const dep = it.enableWhen[0];
      let el = null;
      (s.deps.get(dep.question) ?? s.deps.set(dep.question, []).get(dep.question)).push((v) => {
        const on = dep.operator === 'exists' ? !!v : v === true;
        if (on && !el) mark.after((el = make()));
        else if (!on && el) {
          el.remove();
          el = null;
        }
      });
    } else host.append(make());
  }
}
export default {
  name: 'floor: hand-written DOM',
  setup(container, q) {
    const form = h('form', {}, h('h1', { textContent: q.title }));
    const s = { form, deps: new Map(), adders: new Map(), values: new Map() };
    form.append(
      h('style', { textContent: '.q{display:flex;gap:12px;padding:4px}.q label{width:380px}.q input[type=text],.q select{width:320px}' }),
    );
    build(s, q.item, form, 0);
    form.addEventListener('input', (e) => {
      const l = e.target.dataset.l,
        v = e.target.type === 'checkbox' ? e.target.checked : e.target.value;
      s.values.set(l, v);
      for (const f of s.deps.get(l) ?? []) f(v);
      const m = /^(s\d+)-n[123]$/.exec(l);
      if (m) {
        const t = form.querySelector(`[data-l="${m[1]}-sum"]`);
        if (t) t.value = String([1, 2, 3].reduce((a, k) => a + (+s.values.get(`${m[1]}-n${k}`) || 0), 0));
        if (l.endsWith('-n1')) {
          let c = 0;
          for (const [k, x] of s.values) if (k.endsWith('-n1') && x !== '') c++;
          form.querySelector('[data-l=grand]').value = String(c);
        }
      }
    });
    container.append(form);
    return s;
  },
  input: ({ form }, id) => form.querySelector(`[data-l="${id}"]`),
  yes: ({ form }, id) => form.querySelector(`[data-l="${id}"]`),
  adder: ({ adders }) => adders.get('s1'),
  value: ({ form }, id) => form.querySelector(`[data-l="${id}"]`)?.value,
  teardown: ({ form }) => form.remove(),
};
