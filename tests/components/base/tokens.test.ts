import { expect } from 'chai';
import { adoptTokens, tokensText } from '../../../src/components/styles/tokens.js';
import { contrast, painted } from './contrast.js';

const SHEET = Symbol.for('carelet.tokens');
const SURFACES = ['surface', 'canvas', 'surface-sunken', 'surface-raised', 'surface-overlay', 'surface-hover', 'surface-selected'];
const ROLES = ['info', 'success', 'warning', 'danger', 'critical'];
const THEMES = [
  { theme: 'light', contrast: 'standard' },
  { theme: 'dark', contrast: 'standard' },
  { theme: 'light', contrast: 'more' },
  { theme: 'dark', contrast: 'more' },
] as const;

describe('adoptTokens', () => {
  it('adopts one sheet, however often and by however many copies it is called', () => {
    adoptTokens(document);
    const sheet = (document as unknown as Record<symbol, CSSStyleSheet>)[SHEET]!;
    adoptTokens(document);
    expect(document.adoptedStyleSheets.filter((one) => one === sheet)).to.have.length(1);
    expect(document.adoptedStyleSheets[0]).to.equal(sheet);
  });

  it('comes back when a page has replaced its sheets, and leaves those', () => {
    adoptTokens(document);
    const own = new CSSStyleSheet();
    document.adoptedStyleSheets = [own];
    adoptTokens(document);
    expect(document.adoptedStyleSheets).to.have.length(2);
    expect(document.adoptedStyleSheets[1]).to.equal(own);
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== own);
  });

  it('gives a document in a frame a sheet of its own', () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const inside = frame.contentDocument!;
    adoptTokens(inside);
    expect(inside.defaultView!.getComputedStyle(inside.body).getPropertyValue('--care-space-4')).to.equal('1rem');
    frame.remove();
  });

  it('lets a part of a shadow root have a theme of its own', () => {
    const outer = document.createElement('div');
    const root = outer.attachShadow({ mode: 'open' });
    const part = document.createElement('div');
    part.dataset['careTheme'] = 'dark';
    root.append(part);
    document.body.append(outer);
    adoptTokens(document);
    expect(getComputedStyle(part).colorScheme).not.to.equal('dark');
    adoptTokens(root);
    adoptTokens(root);
    expect(getComputedStyle(part).colorScheme).to.equal('dark');
    expect(root.adoptedStyleSheets).to.have.length(1);
    outer.remove();
  });

  it('does nothing to a document that has no window', () => {
    adoptTokens(document.implementation.createHTMLDocument());
  });

  it('every rule is understood: nothing was dropped by the parser', () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(tokensText);
    const layer = sheet.cssRules[0] as CSSLayerBlockRule;
    expect(layer.name).to.equal('care.tokens');
    const written = tokensText.match(/^ {2}(?=[:[@])/gm)!.length;
    expect(layer.cssRules.length).to.equal(written);
  });
});

describe('themes', () => {
  let box: HTMLElement;
  const set = (attributes: Record<string, string>) => {
    for (const [name, value] of Object.entries(attributes)) box.setAttribute(name, value);
    return (property: string) => getComputedStyle(box).getPropertyValue(property);
  };
  beforeEach(() => {
    adoptTokens(document);
    box = document.createElement('div');
    document.body.append(box);
  });
  afterEach(() => box.remove());

  it('leave a page that says nothing as it is', () => {
    expect(getComputedStyle(document.documentElement).colorScheme).to.equal('normal');
    expect(set({ 'data-care-theme': 'system' })('color-scheme')).to.equal('light dark');
  });

  it('switch any subtree', () => {
    set({ 'data-care-theme': 'dark' });
    const dark = painted(box, '--care-surface');
    set({ 'data-care-theme': 'light' });
    expect(painted(box, '--care-surface')).to.deep.equal([255, 255, 255]);
    expect(Math.max(...dark)).to.be.lessThan(60);
  });

  it('are overridden by any rule of the product that is not in a layer', () => {
    const own = new CSSStyleSheet();
    own.replaceSync(':root { --care-accent: rgb(120, 0, 120); }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, own];
    expect(painted(box, '--care-accent')).to.deep.equal([120, 0, 120]);
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== own);
  });

  it('density and audience change sizes of controls and rows, never of type', () => {
    const compact = set({ 'data-care-density': 'compact' });
    expect([compact('--care-control-md'), compact('--care-row'), compact('--care-text-md')]).to.deep.equal([
      '1.75rem',
      '1.75rem',
      '.875rem',
    ]);
    const patient = set({ 'data-care-audience': 'patient' });
    expect([patient('--care-control-md'), patient('--care-row'), patient('--care-text-md')]).to.deep.equal([
      '2.75rem',
      '2.75rem',
      '.875rem',
    ]);
    box.removeAttribute('data-care-audience');
    expect(set({ 'data-care-density': 'comfortable' })('--care-control-md')).to.equal('2rem');
  });

  it('more contrast by attribute is the same as by the reader’s preference, and reaches what is derived', () => {
    set({ 'data-care-contrast': 'more', 'data-care-theme': 'light' });
    expect(getComputedStyle(box).getPropertyValue('--care-appt-tint')).to.equal('0%');
    expect(painted(box, '--care-flag-mild')).to.deep.equal(painted(box, '--care-warning-text'));
    const body = (media: RegExp) => media.exec(tokensText)?.[1]?.replace(/\s+/g, ' ').trim();
    expect(body(/\(prefers-contrast: more\) \{ :root \{([^}]*)\}/)).to.equal(body(/\[data-care-contrast="more"\] \{([^}]*)\}/));
  });

  for (const { theme, contrast: more } of THEMES) {
    it(`every pair has the contrast it needs: ${theme}, ${more}`, () => {
      set({ 'data-care-theme': theme, 'data-care-contrast': more });
      const body = more === 'more' ? 7 : 4.5;
      const line = more === 'more' ? 4.5 : 3;
      const faults: string[] = [];
      const check = (over: string, under: string, least: number) => {
        const found = contrast(painted(box, `--care-${over}`), painted(box, `--care-${under}`));
        if (found < least) faults.push(`${over} on ${under}: ${found.toFixed(2)} < ${least}`);
      };
      for (const text of ['text', 'text-muted', 'text-subtle', 'accent-text', ...ROLES.map((role) => `${role}-text`)])
        for (const surface of SURFACES) check(text, surface, body);
      for (const surface of SURFACES) check('focus', surface, line);
      for (const surface of ['surface', 'surface-sunken', 'canvas', 'surface-raised']) check('border-control', surface, line);
      for (const surface of ['surface', 'canvas', 'surface-raised'])
        for (const over of ['accent', 'accent-border']) check(over, surface, line);
      check('on-accent', 'accent', body);
      check('on-accent', 'accent-hover', 4.5);
      check('on-accent', 'accent-active', 4.5);
      check('accent-text', 'accent-soft', 4.5);
      check('text-muted', 'hatch', 4.5);
      check('danger-text', 'hatch', 4.5);
      check('surface', 'text', 4.5);
      for (const role of ROLES) {
        check(`${role}-on-fill`, `${role}-fill`, 4.5);
        for (const text of [`${role}-text`, 'text', 'text-muted']) check(text, `${role}-soft`, 4.5);
        for (const under of ['surface', 'canvas', `${role}-soft`]) check(`${role}-border`, under, line);
      }
      for (let slot = 1; slot <= 9; slot++) check(`appt-${slot}`, 'surface', 3);
      expect(faults).to.deep.equal([]);
    });
  }
});
