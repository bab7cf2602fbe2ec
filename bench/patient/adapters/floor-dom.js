// Physical limit: innerHTML of the same facts, three cells a row.
import { text, day, state, value, range } from './_rows.js';
const esc = (s) => String(s).replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);
export default {
  name: 'floor: innerHTML',
  supports: (s) => (s.view === 'timeline' ? 'not in the floor' : true),
  setup(container, d, s) {
    const el = document.createElement('div');
    el.innerHTML =
      s.view === 'summary'
        ? ['Condition', 'MedicationRequest', 'AllergyIntolerance']
            .map(
              (k) =>
                `<h2>${k}</h2><ul>${d[k].map((r) => `<li><b>${esc(text(r))}</b> <span>${esc(state(r))}</span> <time>${day(r)}</time></li>`).join('')}</ul>`,
            )
            .join('')
        : `<table><thead><tr><th>Test<th>Value<th>Range<th>Date<th>Status</tr></thead><tbody>${d.Observation.map((o) => `<tr><td>${esc(text(o))}<td>${esc(value(o))}<td>${esc(range(o))}<td>${day(o)}<td>${o.status}</tr>`).join('')}</tbody></table>`;
    container.append(el);
    return { el };
  },
  lines: ({ el }) => el.innerText.split('\n').filter((x) => x.trim()).length,
  teardown: ({ el }) => el.remove(),
};
