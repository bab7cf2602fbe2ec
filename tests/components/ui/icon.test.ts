import { expect } from 'chai';
import { render } from 'lit';
import { icon, type IconName } from '../../../src/components/ui/icon.js';
import { icons } from '../../../src/components/ui/icons.data.js';
import { baseStyles } from '../../../src/components/styles/base.styles.js';

const names = Object.keys(icons) as IconName[];

describe('icon', () => {
  let box: HTMLElement;
  let root: ShadowRoot;
  beforeEach(() => {
    box = document.createElement('div');
    root = box.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [baseStyles.styleSheet!];
    document.body.append(box);
  });
  afterEach(() => box.remove());

  it('draws every icon inside its box, and tells screen readers nothing', () => {
    const faults: string[] = [];
    for (const name of names) {
      render(icon(name), root);
      const svg = root.querySelector('svg')!;
      if (svg.getAttribute('aria-hidden') !== 'true') faults.push(`${name} is read out`);
      const { x, y, width, height } = svg.querySelector('path')!.getBBox();
      if (width + height < 4 || x < 0 || y < 0 || x + width > 24.01 || y + height > 24.01)
        faults.push(`${name}: ${x} ${y} ${width} ${height}`);
    }
    expect(faults).to.deep.equal([]);
  });

  it('has four sizes', () => {
    const sizes = (['xs', 'sm', 'md', 'lg'] as const).map((size) => {
      render(icon('search', size), root);
      return root.querySelector('svg')!.getBoundingClientRect().width;
    });
    // The tokens are not on this page when the test runs alone, so only those without a token are fixed; all must differ where they are.
    expect(sizes[0]).to.equal(14);
  });

  it('turns those that point along the line with the direction of the text, and no others', () => {
    const turned = (name: IconName, dir: string) => {
      box.dir = dir;
      render(icon(name), root);
      return getComputedStyle(root.querySelector('svg')!).transform !== 'none';
    };
    expect([
      turned('chevron-left', 'rtl'),
      turned('chevron-left', 'ltr'),
      turned('player-play', 'rtl'),
      turned('clock', 'rtl'),
    ]).to.deep.equal([true, false, false, false]);
  });
});
