import { expect } from 'chai';
import { html, render } from 'lit';
import { LocalizeController } from '../../../src/components/base/index.js';
import { commonMessages } from '../../../src/components/locales/common.messages.js';
import { querySection, type QuerySectionContent } from '../../../src/components/ui/query-section.js';
import { section, SECTION_STATES, type SectionContent, type SectionState } from '../../../src/components/ui/section.js';
import type { QueryState } from '../../../src/components/base/index.js';
import { CareError } from '../../../src/models/errors.js';
import { hold } from '../base/support.js';

const text = (root: ParentNode, selector = '*') =>
  [...root.querySelectorAll(selector)].map((element) => element.textContent!.replace(/\s+/g, ' ').trim()).join(' ');

describe('section', () => {
  let box: HTMLElement;
  beforeEach(() => {
    box = document.createElement('div');
    document.body.append(box);
  });
  afterEach(() => box.remove());
  const draw = (content: Partial<SectionContent> & { state: SectionState }) => {
    render(section({ title: 'Allergies', icon: 'shield-exclamation', count: 2, ...content }), box);
    return box.querySelector('section')!;
  };

  it('shows a count only where the list is known, and as “at least” where it is partial', () => {
    const counts = Object.fromEntries(SECTION_STATES.map((state) => [state, draw({ state }).querySelector('.count')?.textContent ?? null]));
    expect(counts).to.deep.equal({
      ready: '2',
      loading: null,
      empty: null,
      'not-asked': null,
      partial: '2+',
      failed: null,
      stale: '2',
      'no-access': null,
      offline: '2',
      'read-only': '2',
      unsaved: '2',
      conflict: '2',
    });
  });

  it('draws rows in no state in which they are not known', () => {
    const loading = draw({
      state: 'loading',
      body: html`<p class="rows-here"></p>`,
      loading: { skeleton: true, slow: false, label: 'Loading allergies', slowLabel: 'Still loading' },
    });
    expect(loading.querySelector('.rows-here')).to.equal(null);
    expect(loading.getAttribute('aria-busy')).to.equal('true');
  });

  it('loads without a flicker, in words for screen readers, and says when it takes long', () => {
    const loading = { skeleton: false, slow: false, label: 'Loading allergies', slowLabel: 'Still loading' };
    expect(draw({ state: 'loading', loading }).querySelector('.bones i')).to.equal(null);
    const drawn = draw({ state: 'loading', loading: { ...loading, skeleton: true } });
    expect(drawn.querySelectorAll('.bones i')).to.have.length(4);
    expect(text(drawn, '.vh')).to.equal('Loading allergies');
    expect(text(draw({ state: 'loading', loading: { ...loading, slow: true } }), '.note-d')).to.equal('Still loading');
  });

  it('could-not-load never looks like none', () => {
    const words = { line: 'Allergies could not load', detail: 'Do not assume there are none.' };
    const failed = draw({ state: 'failed', tag: 'Did not load', ...words });
    expect(failed.querySelector('.gap')).not.to.equal(null);
    expect(text(failed, '.tag')).to.equal('Did not load');
    const empty = draw({ state: 'empty', line: 'No known allergies' });
    expect(empty.querySelector('.gap')).to.equal(null);
    expect(empty.querySelector('.tag')).to.equal(null);
  });

  it('keeps the rows of a partial list above what is missing', () => {
    const partial = draw({
      state: 'partial',
      body: html`<ul class="rows"></ul>`,
      line: 'Hospital record did not load',
      actions: html`<button></button>`,
    });
    const [rows, gap] = [partial.querySelector('.rows')!, partial.querySelector('.gap')!];
    expect(rows.compareDocumentPosition(gap) & Node.DOCUMENT_POSITION_FOLLOWING).to.equal(Node.DOCUMENT_POSITION_FOLLOWING);
    expect(gap.querySelector('button')).not.to.equal(null);
  });

  it('says that it is offline before anything else', () => {
    const offline = draw({ state: 'offline', line: 'Offline since 11:16.', detail: '1 change waits here.' });
    expect(offline.firstElementChild!.className).to.equal('offline-strip');
    expect(text(offline, '.offline-strip')).to.equal('Offline since 11:16. 1 change waits here.');
  });

  it('is named by its heading, at the level asked for', () => {
    const drawn = draw({ state: 'ready', id: 'allergies', level: 2 });
    expect(drawn.getAttribute('aria-labelledby')).to.equal(drawn.querySelector('h2')!.id);
  });
});

describe('querySection', () => {
  async function draw(query: QueryState<string[]>, more: Partial<QuerySectionContent<string[]>> = {}) {
    const { host } = await hold(
      (host) => new LocalizeController(host, commonMessages),
      (words) =>
        querySection({
          query,
          words,
          title: 'Allergies',
          count: (rows) => rows.length,
          rows: (rows) => html`<ul class="rows">${rows.map((row) => html`<li>${row}</li>`)}</ul>`, // prettier-ignore
          loading: 'Loading allergies',
          empty: { line: 'No known allergies' },
          failed: { line: 'Allergies could not load', detail: 'Do not assume there are none.' },
          retry: () => undefined,
          when: () => '2 Nov, 14:10',
          ...more,
        }),
    );
    const drawn = host.shadowRoot!.querySelector('section')!;
    return { drawn, state: drawn.dataset['state'], all: drawn.textContent!.replace(/\s+/g, ' ').trim() };
  }
  const at = new Date('2026-11-02T03:10:00Z');
  const whole = { at, complete: true, warnings: [] };
  const error = new CareError('offline', 'x');

  afterEach(() => document.body.querySelectorAll(':scope > :not(div, script)').forEach((element) => element.remove()));

  it('says none only of a whole and fresh answer', async () => {
    expect((await draw({ status: 'complete', data: [], ...whole })).state).to.equal('empty');
    const partial = await draw({
      status: 'complete',
      data: [],
      ...whole,
      complete: false,
      warnings: [{ code: 'x', message: 'One of two sources answered.' }],
    });
    expect(partial.state).to.equal('partial');
    expect(partial.all).to.contain('0+').and.to.contain('One of two sources answered.').and.not.to.contain('No known allergies');
    const old = await draw({ status: 'error', error, data: [], ...whole });
    expect(old.state).to.equal('stale');
    expect(old.all).to.contain('As of 2 Nov, 14:10');
  });

  it('goes through the states of a query', async () => {
    const states = [
      await draw({ status: 'initial' }),
      await draw({ status: 'pending', skeleton: false, slow: false }),
      await draw({ status: 'complete', data: ['Penicillin'], ...whole }),
      await draw({ status: 'pending', skeleton: false, slow: false, data: ['Penicillin'], ...whole }),
      await draw({ status: 'pending', skeleton: true, slow: false, data: ['Penicillin'], ...whole }),
      await draw({ status: 'error', error, data: ['Penicillin'], ...whole }),
      await draw({ status: 'error', error }),
      await draw({ status: 'error', error: new CareError('forbidden', 'x') }),
    ];
    expect(states.map(({ state }) => state)).to.deep.equal([
      'loading',
      'loading',
      'ready',
      'ready',
      'stale',
      'stale',
      'failed',
      'no-access',
    ]);
    expect(states[5]!.all)
      .to.contain('Penicillin')
      .and.to.contain('This copy could not be updated. The server did not answer.')
      .and.to.contain('Try again');
    expect(states[6]!.all).to.contain('Allergies could not load').and.to.contain('Do not assume there are none.');
    expect(states[7]!.all).to.contain('Your role does not allow this.').and.not.to.contain('Penicillin');
  });

  it('a partial list stays partial while it is asked for again', async () => {
    const again = await draw({ status: 'pending', skeleton: true, slow: false, data: ['Penicillin'], ...whole, complete: false });
    expect(again.state).to.equal('partial');
    expect(again.all).to.contain('1+').and.to.contain('Updating');
  });
});
