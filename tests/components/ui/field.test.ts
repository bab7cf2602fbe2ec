import { expect } from 'chai';
import { css, html, LitElement } from 'lit';
import { baseStyles } from '../../../src/components/styles/base.styles.js';
import { fieldStyles } from '../../../src/components/ui/field.styles.js';
import { cleanup, fixture } from '../../support/fixture.js';
import { apart, pixelsOf } from '../../support/pixels.js';

class FieldSample extends LitElement {
  static override styles = [
    baseStyles,
    fieldStyles,
    css`
      :host {
        display: block;
        --care-control-md: 60px;
        --care-surface: white;
        --care-text: black;
      }
    `,
  ];
  override render() {
    return html`<input class="in" type="text" value="23" /><input class="in" type="date" value="2026-11-23" /><input
        class="in"
        type="time"
        value="09:30"
      />`;
  }
}
customElements.define('field-sample', FieldSample);

describe('fieldStyles', () => {
  afterEach(cleanup);

  for (const [index, type] of ['text', 'date', 'time'].entries()) {
    it(`the words of a field stand in its middle: ${type}`, async () => {
      const sample = await fixture<FieldSample>(html`<field-sample></field-sample>`);
      const input = sample.renderRoot.querySelectorAll('input')[index]!;
      expect(input.type, 'the engine knows this type').to.equal(type);
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const pixels = await pixelsOf(input, 4);
      const rows = Array.from({ length: pixels.height }, (_, y) => y).filter((y) =>
        Array.from({ length: Math.min(90, pixels.width) }, (_, x) => pixels.at(x, y)).some(
          (colour) => apart(colour, [255, 255, 255]) > 120,
        ),
      );
      const middle = (rows[0]! + rows.at(-1)!) / 2;
      expect(middle).to.be.closeTo(pixels.height / 2, 4);
    });
  }
});
