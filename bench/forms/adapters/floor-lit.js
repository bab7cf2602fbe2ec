// deps: lit
// Naive Lit floor: one component, one shadow root, the whole template re-evaluated on each answer, and
// fhirpath.js (compiled once) run for every calculated expression on each integer answer.
import { LitElement, html, css, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { live } from 'lit/directives/live.js';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
const CALC = /calculatedExpression$/;
class FloorForm extends LitElement {
  static styles = css`
    .q {
      display: flex;
      gap: 12px;
      padding: 4px;
    }
    .q label {
      width: 380px;
    }
    .q input[type='text'],
    .q select {
      width: 320px;
    }
  `;
  static properties = { q: {} };
  values = new Map();
  reps = new Map();
  calcs = [];
  load(q) {
    this.q = q;
    for (const g of q.item)
      for (const it of g.item) {
        const x = it.extension?.find((e) => CALC.test(e.url));
        if (x) this.calcs.push([it.linkId, fhirpath.compile(x.valueExpression.expression, r4)]);
      }
  }
  response() {
    const item = this.q.item.map((g) => ({
      linkId: g.linkId,
      item: g.item.map((it) => {
        const v = this.values.get('0' + it.linkId);
        return v === undefined || v === ''
          ? { linkId: it.linkId }
          : {
              linkId: it.linkId,
              answer: [it.type === 'integer' ? { valueInteger: +v } : it.type === 'boolean' ? { valueBoolean: v } : { valueString: v }],
            };
      }),
    }));
    return { resourceType: 'QuestionnaireResponse', status: 'in-progress', item };
  }
  set(key, type, v) {
    this.values.set(key, v);
    if (type === 'integer') {
      const resource = this.response();
      for (const [id, run] of this.calcs) this.values.set('0' + id, String(run(resource, { resource })[0] ?? ''));
    }
    this.requestUpdate();
  }
  item(it, r) {
    const key = r + it.linkId,
      v = this.values.get(key),
      d = it.enableWhen?.[0];
    if (d) {
      const x = this.values.get(r + d.question);
      if (!(d.operator === 'exists' ? x : x === true)) return nothing;
    }
    const field =
      it.type === 'boolean'
        ? html`<input type="checkbox" id=${key} .checked=${live(!!v)} @input=${(e) => this.set(key, it.type, e.target.checked)} />`
        : it.type === 'choice'
          ? html`<select id=${key} @input=${(e) => this.set(key, it.type, e.target.value)}>
              <option></option>
              ${it.answerOption.map((o) => html`<option>${o.valueCoding.display}</option>`)}
            </select>`
          : html`<input
              type="text"
              id=${key}
              ?readonly=${!!it.readOnly}
              .value=${live(v ?? '')}
              @input=${(e) => this.set(key, it.type, e.target.value)}
            />`;
    return html`<div class="q"><label for=${key}>${it.text}</label>${field}</div>`;
  }
  render() {
    return html`<h1>${this.q.title}</h1>
      ${repeat(
        this.q.item,
        (g) => g.linkId,
        (g) =>
          html`${Array.from(
            { length: this.reps.get(g.linkId) ?? 1 },
            (_, r) =>
              html`<fieldset>
                <legend>${g.text}</legend>
                ${repeat(
                  g.item,
                  (i) => i.linkId,
                  (i) => this.item(i, r),
                )}
              </fieldset>`,
          )}${
            g.repeats
              ? html`<button
                  class="add"
                  @click=${() => {
                    this.reps.set(g.linkId, (this.reps.get(g.linkId) ?? 1) + 1);
                    this.requestUpdate();
                  }}
                >
                  Add ${g.text}
                </button>`
              : nothing
          }`,
      )}`;
  }
}
customElements.define('floor-form', FloorForm);
const at = ({ el }, id) => el.renderRoot.querySelector(`[id="0${id}"]`);
export default {
  name: 'floor: naive Lit + fhirpath.js',
  async setup(container, q) {
    const el = document.createElement('floor-form');
    el.load(q);
    container.append(el);
    await el.updateComplete;
    return { el };
  },
  input: at,
  yes: at,
  adder: ({ el }) => el.renderRoot.querySelector('.add'),
  value: (s, id) => at(s, id)?.value,
  teardown: ({ el }) => el.remove(),
};
