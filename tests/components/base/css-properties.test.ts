import { expect } from 'chai';
import { html, render } from 'lit';
import { cssProperties } from '../../../src/components/base/index.js';

describe('cssProperties', () => {
  let box: HTMLElement;
  beforeEach(() => {
    box = document.createElement('div');
    document.body.append(box);
  });
  afterEach(() => box.remove());
  const draw = (properties: Record<`--${string}`, string | number | undefined>, into: HTMLElement = box) => {
    render(html`<i ${cssProperties(properties)}></i>`, into);
    return into.querySelector('i')!.style;
  };

  it('sets, changes and takes away custom properties, and leaves the rest', () => {
    const style = draw({ '--start': 12, '--span': 4 });
    style.color = 'red';
    expect(style.getPropertyValue('--start')).to.equal('12');
    draw({ '--start': 0, '--span': undefined });
    expect(style.getPropertyValue('--start')).to.equal('0');
    expect(style.getPropertyValue('--span')).to.equal('');
    draw({});
    expect(style.getPropertyValue('--start')).to.equal('');
    expect(style.color).to.equal('red');
  });

  it('belongs on an element', () => {
    expect(() => render(html`<i class=${cssProperties({}) as unknown as string}></i>`, box)).to.throw(/belongs on an element/);
  });

  it('works on the first render under a policy that drops style attributes, with no breach', async () => {
    const frame = document.createElement('iframe');
    frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="style-src 'none'"><body></body>`;
    await new Promise((resolve) => {
      frame.addEventListener('load', resolve, { once: true });
      box.append(frame);
    });
    const inside = frame.contentDocument!;
    const breaches: string[] = [];
    inside.addEventListener('securitypolicyviolation', (event) => breaches.push(event.violatedDirective));
    const style = draw({ '--start': 12 }, inside.body);
    expect(style.getPropertyValue('--start')).to.equal('12');
    // The policy is in force: what styleMap would do is dropped.
    inside.body.querySelector('i')!.setAttribute('style', '--start: 13');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(breaches).to.deep.equal(['style-src-attr']);
    expect(style.getPropertyValue('--start')).not.to.equal('13');
  });
});
