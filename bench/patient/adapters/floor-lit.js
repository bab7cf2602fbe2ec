import { LitElement, html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { text, day, state, value, range } from './_rows.js';
class FloorChart extends LitElement {
  static properties = { d: {}, view: {} };
  render() {
    return this.view === 'summary'
      ? ['Condition', 'MedicationRequest', 'AllergyIntolerance'].map(
          (k) =>
            html`<h2>${k}</h2>
              <ul>
                ${repeat(
                  this.d[k],
                  (r) => r.id,
                  (r) => html`<li><b>${text(r)}</b> <span>${state(r)}</span> <time>${day(r)}</time></li>`,
                )}
              </ul>`,
        )
      : html`<table>
          <thead>
            <tr>
              <th>Test</th>
              <th>Value</th>
              <th>Range</th>
              <th>Date</th>
              <th>Status</th>
            </tr>
          </thead>
          <tbody>
            ${repeat(
              this.d.Observation,
              (o) => o.id,
              (o) =>
                html`<tr>
                  <td>${text(o)}</td>
                  <td>${value(o)}</td>
                  <td>${range(o)}</td>
                  <td>${day(o)}</td>
                  <td>${o.status}</td>
                </tr>`,
            )}
          </tbody>
        </table>`;
  }
}
customElements.define('floor-chart', FloorChart);
export default {
  name: 'floor: Lit repeat',
  supports: (s) => (s.view === 'timeline' ? 'not in the floor' : true),
  async setup(container, d, s) {
    const el = document.createElement('floor-chart');
    el.d = d;
    el.view = s.view;
    container.append(el);
    await el.updateComplete;
    return { el };
  },
  lines: ({ el }) => el.renderRoot.textContent.length && el.renderRoot.querySelectorAll('li,tr').length,
  teardown: ({ el }) => el.remove(),
};
