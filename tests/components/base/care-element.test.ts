import { expect } from 'chai';
import { css, html } from 'lit';
import { CareElement } from '../../../src/components/base/index.js';
import { cleanup, fixture } from '../../support/fixture.js';
import { define } from './support.js';

class Plain extends CareElement {
  static override styles = css`
    .own {
      margin: 3px;
    }
  `;
  wrong(kind: string): void {
    this.warnOnce(kind, 'was given something that it cannot use.');
  }
  override render() {
    return html`<p class="own">text</p>
      <p class="bare">text</p>
      <span hidden>x</span>`;
  }
}
const tag = define(Plain);

describe('CareElement', () => {
  afterEach(cleanup);
  const make = async () => {
    const element = document.createElement(tag) as Plain;
    await fixture(html`${element}`);
    await element.updateComplete;
    return element;
  };

  it('has the base sheet first, also when its styles do not name it: its own rules win', async () => {
    const element = await make();
    const style = (selector: string) => getComputedStyle(element.shadowRoot!.querySelector(selector)!);
    expect(style('.bare').margin).to.equal('0px');
    expect(style('.own').margin).to.equal('3px');
    expect(style('span').display).to.equal('none');
  });

  it('gives its document the tokens', async () => {
    const element = await make();
    expect(getComputedStyle(element).getPropertyValue('--care-space-4')).to.equal('1rem');
  });

  it('warns once for each kind, and never with the value', async () => {
    const warn = console.warn;
    const warnings: unknown[] = [];
    console.warn = (...words: unknown[]) => warnings.push(words.join(' '));
    try {
      const element = await make();
      element.wrong('date');
      element.wrong('date');
      element.wrong('zone');
    } finally {
      console.warn = warn;
    }
    expect(warnings).to.have.length(2);
  });
});
