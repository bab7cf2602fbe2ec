import { expect } from 'chai';
import { defineElement, emit, VERSION } from '../../../src/components/base/index.js';

declare module '../../../src/components/base/emit.js' {
  interface CareEventMap {
    'care-test-move': CustomEvent<{ id: string }>;
  }
}

describe('defineElement', () => {
  let warnings: string[];
  const warn = console.warn;
  beforeEach(() => {
    warnings = [];
    console.warn = (...words: unknown[]) => void warnings.push(words.join(' '));
  });
  afterEach(() => {
    console.warn = warn;
  });

  it('registers once and is silent about the same class', () => {
    class One extends HTMLElement {}
    defineElement('care-define-one', One);
    defineElement('care-define-one', One);
    expect(customElements.get('care-define-one')).to.equal(One);
    expect(warnings).to.deep.equal([]);
  });

  it('leaves the first one and is silent when another copy has the same version', () => {
    class First extends HTMLElement {}
    defineElement('care-define-same', First);
    defineElement('care-define-same', class extends HTMLElement {});
    expect(customElements.get('care-define-same')).to.equal(First);
    expect(warnings).to.deep.equal([]);
  });

  it('warns when the one that is there has another version, or is not ours', () => {
    class Old extends HTMLElement {
      static careletVersion = '0.0.1';
    }
    customElements.define('care-define-old', Old);
    defineElement('care-define-old', class extends HTMLElement {});
    customElements.define('care-define-theirs', class extends HTMLElement {});
    defineElement('care-define-theirs', class extends HTMLElement {});
    expect(warnings).to.have.length(2);
    expect(warnings[0]).to.contain('carelet 0.0.1').and.to.contain(VERSION);
    expect(warnings[1]).to.contain('something else');
  });
});

describe('emit', () => {
  it('bubbles out of shadow roots, and can be prevented only where that was meant', () => {
    const box = document.createElement('div');
    const inner = document.createElement('span');
    box.attachShadow({ mode: 'open' }).append(inner);
    document.body.append(box);
    const heard: string[] = [];
    const listen = (event: CustomEvent<{ id: string }>) => {
      heard.push(event.detail.id);
      event.preventDefault();
    };
    document.addEventListener('care-test-move', listen);
    expect(emit(inner, 'care-test-move', { id: 'a' }).defaultPrevented).to.equal(false);
    expect(emit(inner, 'care-test-move', { id: 'b' }, { cancelable: true }).defaultPrevented).to.equal(true);
    document.removeEventListener('care-test-move', listen);
    expect(heard).to.deep.equal(['a', 'b']);
    box.remove();
  });
});
