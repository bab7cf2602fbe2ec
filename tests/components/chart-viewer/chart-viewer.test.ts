import { expect } from 'chai';
import { html } from 'lit';
import { sendKeys } from '@web/test-runner-commands';
import type { CareChartViewer } from '../../../src/components/chart-viewer/index.js';
import { conditions, documents, flag, hebrew, hostile, latex, patient, penicillin, record } from '../../../stories/chart-viewer/records.js';
import { accessible, cleanup, fixture, until } from '../../support/fixture.js';
import { all, clock, part, plain, stateOf, titles, words } from './support.js';

describe('<care-chart-viewer> on plain data', () => {
  afterEach(cleanup);

  it('says who it is, and shows every section with its count', async () => {
    const viewer = await plain(record);
    expect(words(part(viewer, '.banner h2'))).to.equal('Quispe Flores, Mariana');
    expect(words(part(viewer, '.banner .facts')))
      .to.contain('14 Mar 1984')
      .and.to.contain('704 2281')
      .and.to.contain('she/her');
    expect(all(viewer, 'section.panel').map(({ id }) => id)).to.deep.equal([
      'allergies',
      'problems',
      'medications',
      'encounters',
      'inventory',
    ]);
    expect(words(part(viewer, '#allergies .count'))).to.equal('2');
    expect(titles(viewer, 'problems')).to.deep.equal(['Chronic kidney disease, stage 3a', 'Hypertension', 'Bipolar II disorder']);
    expect(words(part(viewer, '#inventory'))).to.match(/Observations ?1/);
  });

  it('has headings in order, named regions and nothing that axe objects to', async () => {
    const viewer = await plain(record);
    const levels = all(viewer, 'h2, h3, h4').map(({ localName }) => Number(localName[1]));
    levels.forEach((level, i) => expect(level - (levels[i - 1] ?? 2), `heading ${i}`).to.be.at.most(1));
    for (const section of all(viewer, 'section.panel'))
      expect(part(viewer, `#${section.getAttribute('aria-labelledby')}`)).to.not.equal(null);
    await accessible(viewer);
  });

  it('shows dosages as written, and puts common structured ones into words', async () => {
    const viewer = await plain(record);
    const text = words(part(viewer, '#medications'));
    expect(text).to.contain('3 tablets at night');
    expect(text).to.contain('1 tablet, oral, once a day, before going to sleep');
  });

  it('puts an order not to give first, in words', async () => {
    const viewer = await plain(record);
    expect(titles(viewer, 'medications')[0]).to.equal('Ibuprofen');
    expect(words(part(viewer, '#medications .grp.danger'))).to.contain('Do not give');
  });

  it('shows everything of an entry on demand, down to the original as received', async () => {
    const viewer = await plain(record);
    const summary = part(viewer, '#allergies .more > summary')!;
    expect(words(summary)).to.equal('Details of Penicillin');
    summary.click();
    await until(() => part(viewer, '#allergies .more-b'));
    const text = words(part(viewer, '#allergies .more-b'));
    expect(text).to.contain('764146007 SNOMED CT').and.to.contain('Dr Sana Marsh').and.to.contain('Needed adrenaline');
    part(viewer, '#allergies .orig > summary')!.click();
    await until(() => part(viewer, '#allergies .original'));
    expect(JSON.parse(part(viewer, '#allergies .original')!.textContent!)).to.deep.equal(penicillin);
  });

  it('keeps what is past or apart folded and counted', async () => {
    const viewer = await plain(record);
    const folds = all(viewer, '#problems .fold > summary').map(words);
    expect(folds).to.deep.equal(['Past 1', 'Not confirmed as problems 1', 'Entered in error 1']);
    part(viewer, '#problems .fold > summary')!.click();
    await until(() => titles(viewer, 'problems').includes('Iron deficiency'));
  });

  it('leads by keyboard from the navigation to a section and its heading', async () => {
    const viewer = await plain(record);
    const link = part(viewer, '.side a[href="#medications"]')!;
    link.focus();
    await sendKeys({ press: 'Enter' });
    await until(() => viewer.shadowRoot!.activeElement?.id === 'medications-title');
    expect(location.hash).to.equal('');
  });

  it('opens details by keyboard', async () => {
    const viewer = await plain(record);
    part(viewer, '#problems .more > summary')!.focus();
    await sendKeys({ press: 'Enter' });
    await until(() => part(viewer, '#problems .more-b'));
  });

  it('offers to open records only where the host does', async () => {
    const viewer = await plain(record);
    part(viewer, '#problems .more > summary')!.click();
    await until(() => part(viewer, '#problems .more-b'));
    expect(part(viewer, '#problems .more-b .btn')).to.equal(null);
    viewer.linked = true;
    await until(() => part(viewer, '#problems .more-b .btn'));
    const opened: string[] = [];
    viewer.addEventListener('care-resource-open', (event) => opened.push(event.detail.reference));
    part(viewer, '#problems .more-b .btn')!.click();
    expect(opened).to.deep.equal(['Condition/kidney']);
  });

  it('shows the rest of a long list when asked to', async () => {
    const visits = Array.from({ length: 20 }, (_, i) => ({
      resourceType: 'Encounter',
      id: `v${i}`,
      status: 'finished',
      subject: { reference: 'Patient/quispe' },
      period: { start: `20${10 + i}` },
    }));
    const viewer = await plain([patient, ...visits]);
    expect(all(viewer, '#encounters .entry').length).to.equal(8);
    expect(words(part(viewer, '#encounters .all'))).to.equal('Show all 20');
    part(viewer, '#encounters .all .btn')!.click();
    await until(() => all(viewer, '#encounters .entry').length === 20);
  });

  it('draws hostile words as words', async () => {
    const viewer = await plain(hostile);
    for (const summary of all(viewer, '.more > summary')) summary.click();
    await until(() => all(viewer, '.more-b').length >= 4);
    expect(all(viewer, 'script, img, b[onclick]').length).to.equal(0);
    expect(words(part(viewer, '#allergies'))).to.contain('<script>alert(1)</script>');
    expect(words(part(viewer, '.banner h2')), 'no character that turns the others').to.not.match(/[\u202a-\u202e]/);
    expect(titles(viewer, 'problems')).to.deep.equal(['Heart failure']);
  });

  it('says the deceased, the merged and the unused loudly', async () => {
    const viewer = await plain([{ ...patient, deceasedDateTime: '2024-05-03' }]);
    expect(words(part(viewer, '.dead'))).to.equal('Deceased 3 May 2024 at 40 y');
    viewer.resources = [{ ...patient, active: false, link: [{ type: 'replaced-by', other: { reference: 'Patient/p2' } }] }] as never;
    await until(() => part(viewer, '.loud'));
    expect(words(part(viewer, '.loud')))
      .to.contain('merged')
      .and.to.contain('Patient/p2');
  });

  it('shows a name in its own direction, and speaks Arabic to a reader of it', async () => {
    const host = await fixture(html`<div lang="ar" dir="rtl"><care-chart-viewer .resources=${hebrew}></care-chart-viewer></div>`);
    const viewer = host.querySelector('care-chart-viewer')!;
    await until(() => words(part(viewer, '#allergies-title')) === 'الحساسية');
    expect(part(viewer, '.banner h2 bdi')!.lang).to.equal('he');
    expect(words(part(viewer, '.banner h2'))).to.equal('כהן, תמר');
    expect(getComputedStyle(part(viewer, '.lay')!).direction).to.equal('rtl');
    await accessible(viewer);
  });

  it('fits a phone: no sideways scroll at 320 px, and who it is stays in view', async () => {
    const host = await fixture<HTMLElement>(html`<div><care-chart-viewer .resources=${record}></care-chart-viewer></div>`);
    host.style.inlineSize = '320px';
    const viewer = host.querySelector<CareChartViewer>('care-chart-viewer')!;
    await until(() => all(viewer, '.entry').length > 5);
    expect(viewer.scrollWidth).to.be.at.most(320);
    expect(getComputedStyle(part(viewer, '.side')!).display).to.equal('none');
    expect(getComputedStyle(part(viewer, '.id')!).position).to.equal('sticky');
  });

  it('asks which patient is meant rather than choosing one', async () => {
    const viewer = await plain([patient, { ...patient, id: 'other' }, flag, latex]);
    expect(words(viewer.shadowRoot!.querySelector('.choose'))).to.contain('several patients');
    expect(all(viewer, '.entry').length).to.equal(0);
    viewer.patient = 'quispe';
    await until(() => titles(viewer, 'allergies').length === 1);
  });

  it('opens a Bundle', async () => {
    const viewer = await plain({
      resourceType: 'Bundle',
      type: 'collection',
      entry: [patient, ...conditions, documents].map((resource) => ({ resource })),
    });
    expect(stateOf(viewer, 'problems')).to.equal('ready');
  });

  it('takes the clock, the zone and the language of its place', async () => {
    const host = await fixture(
      html`<care-provider .clock=${clock} time-zone="Australia/Sydney" locale="en-US"
        ><care-chart-viewer .resources=${record}></care-chart-viewer
      ></care-provider>`,
    );
    const viewer = host.querySelector<CareChartViewer>('care-chart-viewer')!;
    await until(() => words(part(viewer, '.facts')).includes('Mar 14, 1984 (42 y)'));
  });
});
