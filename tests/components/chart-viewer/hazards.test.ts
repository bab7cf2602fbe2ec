/** What must never happen: each test fails when its guard is taken out. The numbers are those of docs/hazards.md where it names them. */
import { expect } from 'chai';
import { html } from 'lit';
import type { CareChartViewer } from '../../../src/components/chart-viewer/index.js';
import type { Resource } from '../../../src/models/fhir/index.js';
import {
  conditions,
  ibuprofen,
  latex,
  medications,
  noKnownAllergy,
  patient,
  penicillin,
  reported,
} from '../../../stories/chart-viewer/records.js';
import { rows, scriptedClient, type Answer, type Script } from '../../../stories/chart-viewer/scripted-backend.js';
import { cleanup, fixture, until } from '../../support/fixture.js';
import { all, inState, later, over, part, plain, stateOf, titles, words } from './support.js';

const other = { ...patient, id: 'other', name: [{ family: 'Okafor', given: ['Ada'] }] } as Resource;
const byId = (id: string): Resource => (id === 'quispe' ? patient : other);
const script = (answers: Script['answers'], rest: Omit<Script, 'answers'> = {}): Script => ({
  patient: byId,
  ...(answers && { answers }),
  ...rest,
});
const stripState = (viewer: CareChartViewer): string | null => part(viewer, '[part="allergies"]')?.getAttribute('data-state') ?? null;

describe('hazard: wrong patient', () => {
  afterEach(cleanup);

  it('shows no row of the former patient under the new name, whatever order the answers come in', async () => {
    const first = later<Answer>();
    const second = later<Answer>();
    const { client } = scriptedClient(
      script({ AllergyIntolerance: ({ patient: asked }) => (asked === 'Patient/quispe' ? first.promise : second.promise) }),
    );
    const viewer = await over(client);
    await until(() => words(part(viewer, '.banner h2')).includes('Mariana'));
    viewer.patient = 'Patient/other';
    await until(() => words(part(viewer, '.banner h2')).includes('Ada'));
    second.give(rows({ ...(latex as object), patient: { reference: 'Patient/other' } }));
    await until(() => titles(viewer, 'allergies').includes('Latex'));
    first.give(rows(penicillin));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await viewer.updateComplete;
    expect(titles(viewer, 'allergies')).to.deep.equal(['Latex']);
    expect(words(part(viewer, '[part="allergies"]'))).to.not.contain('Penicillin');
  });

  it('clears everything the moment another patient is chosen, what was opened too', async () => {
    const name = later<Resource>();
    const { client } = scriptedClient({
      ...script({ Condition: rows(...conditions) }),
      patient: (id) => (id === 'quispe' ? patient : name.promise),
    });
    const viewer = await over(client);
    await inState(viewer, 'problems', 'ready');
    part(viewer, '#problems .more > summary')!.click();
    await until(() => part(viewer, '#problems .more-b'));
    viewer.patient = 'Patient/other';
    await viewer.updateComplete;
    expect(all(viewer, '.entry').length).to.equal(0);
    expect(words(part(viewer, '.chart')))
      .to.not.contain('Mariana')
      .and.to.not.contain('kidney');
    name.give(other);
    await inState(viewer, 'problems', 'ready');
    expect(part(viewer, '#problems .more-b')).to.equal(null);
  });

  it('draws no row without the identity it belongs to', async () => {
    const { client } = scriptedClient({ ...script({ Condition: rows(...conditions) }), patient: () => 'server' });
    const viewer = await over(client);
    await until(() => part(viewer, '.banner .note-t'));
    expect(words(part(viewer, '.banner'))).to.contain('The patient could not be read');
    expect(all(viewer, '.entry').length).to.equal(0);
  });

  it('does not believe a server that answers with another patient', async () => {
    const { client } = scriptedClient({ ...script({ Condition: rows(...conditions) }), patient: () => other });
    const viewer = await over(client);
    await until(() => part(viewer, '.banner .note-t'));
    expect(words(part(viewer, '.banner'))).to.not.contain('Ada');
  });

  it('withholds rows of another patient in plain data, and says how many', async () => {
    const viewer = await plain([patient, latex, { ...(penicillin as object), patient: { reference: 'Patient/other' } }], 'Patient/quispe');
    expect(titles(viewer, 'allergies')).to.deep.equal(['Latex']);
    expect(stateOf(viewer, 'allergies')).to.equal('partial');
    expect(words(part(viewer, '#allergies .gap'))).to.contain('1 entry of another patient');
  });

  it('says that the identity could not be read again', async () => {
    let fail = false;
    const { client } = scriptedClient({ ...script({}), patient: () => (fail ? 'offline' : patient) });
    const viewer = await over(client);
    await until(() => words(part(viewer, '.banner h2')).includes('Mariana'));
    fail = true;
    viewer.refresh();
    await until(() => part(viewer, '.loud.info'));
    expect(words(part(viewer, '.loud.info'))).to.contain('may be out of date');
  });

  it('takes the same id on another server for another patient', async () => {
    const slow = later<Resource>();
    const viewer = await over(scriptedClient(script({ Condition: rows(...conditions) })).client);
    await inState(viewer, 'problems', 'ready');
    viewer.client = scriptedClient({ patient: () => slow.promise }).client;
    await viewer.updateComplete;
    expect(all(viewer, '.entry').length).to.equal(0);
    expect(words(part(viewer, '.chart'))).to.not.contain('Mariana');
    slow.give({ ...other, id: 'quispe' } as Resource);
    await until(() => words(part(viewer, '.banner h2')).includes('Ada'));
  });

  it('follows the patient in context', async () => {
    const { client } = scriptedClient(script({}));
    const provider = await fixture<HTMLElement & { patient: string }>(
      html`<care-provider .client=${client} patient="Patient/quispe"><care-chart-viewer></care-chart-viewer></care-provider>`,
    );
    const viewer = provider.querySelector<CareChartViewer>('care-chart-viewer')!;
    await until(() => words(part(viewer, '.banner h2')).includes('Mariana'));
    provider.patient = 'Patient/other';
    await until(() => words(part(viewer, '.banner h2')).includes('Ada'));
  });
});

describe('hazard: lost alert', () => {
  afterEach(cleanup);

  for (const kind of ['offline', 'server', 'forbidden', 'break-glass', 'auth', 'malformed'] as const)
    it(`never reads allergies that are ${kind} as none`, async () => {
      const { client } = scriptedClient(script({ AllergyIntolerance: kind, Condition: rows(...conditions) }));
      const viewer = await over(client);
      await inState(viewer, 'problems', 'ready');
      await until(() => stateOf(viewer, 'allergies') === 'failed' || stateOf(viewer, 'allergies') === 'no-access');
      const text = `${words(part(viewer, '#allergies'))} ${words(part(viewer, '[part="allergies"]'))}`;
      expect(text).to.contain('Do not assume there are none');
      expect(text).to.not.match(/no known|nothing recorded|not recorded/i);
      expect(part(viewer, '#allergies .count')).to.equal(null);
    });

  it('does not call an empty list "no known allergies"', async () => {
    const viewer = await plain([patient]);
    expect(stripState(viewer)).to.equal('nothing-recorded');
    expect(words(part(viewer, '[part="allergies"]'))).to.not.contain('No known');
    expect(stateOf(viewer, 'allergies')).to.equal('not-asked');
  });

  it('says "no known allergies" only as somebody’s statement', async () => {
    const viewer = await plain([patient, noKnownAllergy]);
    expect(stripState(viewer)).to.equal('none-known');
    expect(words(part(viewer, '#allergies')))
      .to.contain('No known allergies')
      .and.to.contain('by Dr Sana Marsh')
      .and.to.contain('10 Nov 2026');
    expect(stateOf(viewer, 'allergies')).to.equal('empty');
  });

  it('waits for what documents say before it says "nothing recorded"', async () => {
    const documents = later<Answer>();
    const { client } = scriptedClient(script({ List: () => documents.promise, Condition: rows(...conditions) }));
    const viewer = await over(client);
    await inState(viewer, 'problems', 'ready');
    expect(stateOf(viewer, 'allergies')).to.equal('loading');
    const reason = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/list-empty-reason', code: 'nilknown' }] };
    const code = { coding: [{ system: 'http://loinc.org', code: '52472-8' }] };
    documents.give(
      rows({
        resourceType: 'List',
        id: 'l',
        status: 'current',
        mode: 'working',
        subject: { reference: 'Patient/quispe' },
        date: '2026-11-10',
        code,
        emptyReason: reason,
      }),
    );
    await inState(viewer, 'allergies', 'empty');
    expect(stripState(viewer)).to.equal('none-known');
  });

  it('keeps the allergy in view when the record also says there is none', async () => {
    const viewer = await plain([patient, noKnownAllergy, penicillin]);
    expect(stripState(viewer)).to.equal('listed');
    expect(words(part(viewer, '[part="allergies"]')))
      .to.contain('Penicillin')
      .and.to.contain('Contradictory');
    expect(words(part(viewer, '#allergies .notice'))).to.contain('contradicts itself');
  });

  it('keeps allergies in view, marked as old, when they could not be read again', async () => {
    let fail = false;
    const { client } = scriptedClient(script({ AllergyIntolerance: () => (fail ? 'server' : rows(penicillin)) }));
    const viewer = await over(client);
    await inState(viewer, 'allergies', 'ready');
    fail = true;
    viewer.refresh();
    await inState(viewer, 'allergies', 'stale');
    expect(titles(viewer, 'allergies')).to.deep.equal(['Penicillin']);
    expect(words(part(viewer, '[part="allergies"]')))
      .to.contain('Penicillin')
      .and.to.contain('Older copy');
    expect(words(part(viewer, '#allergies .panel-f'))).to.contain('Could not be updated');
  });

  it('says that alerts did not load', async () => {
    const { client } = scriptedClient(script({ Flag: 'server' }));
    const viewer = await over(client);
    await until(() => part(viewer, '[part="alerts"]')?.dataset['state'] === 'failed');
    expect(words(part(viewer, '[part="alerts"]')))
      .to.contain('Do not assume there are none')
      .and.to.not.contain('No alerts');
  });
});

describe('hazard: entered in error, uncertain, partial, unknown', () => {
  afterEach(cleanup);

  it('shows nothing that was entered in error, ruled out or not confirmed among the current', async () => {
    const viewer = await plain([patient, ibuprofen, latex, ...conditions]);
    expect(titles(viewer, 'problems')).to.not.include('Type 2 diabetes').and.to.not.include('Hypothyroidism');
    expect(titles(viewer, 'allergies')).to.deep.equal(['Latex']);
    expect(words(part(viewer, '[part="allergies"]'))).to.not.contain('Ibuprofen');
  });

  it('does not show a part as the whole', async () => {
    const { client } = scriptedClient(
      script({
        Condition: { items: [conditions[0] as Resource], complete: false, warnings: [{ code: 'page-budget', message: '', count: 1 }] },
        MedicationRequest: rows(...medications),
        MedicationStatement: 'offline',
      }),
    );
    const viewer = await over(client);
    await inState(viewer, 'problems', 'partial');
    expect(words(part(viewer, '#problems .count'))).to.equal('1+');
    expect(words(part(viewer, '.side a[href="#problems"] .count'))).to.equal('1+');
    expect(words(part(viewer, '#problems .gap')))
      .to.contain('Other problems may exist')
      .and.to.contain('more than was read');
    await inState(viewer, 'medications', 'partial');
    expect(words(part(viewer, '#medications .gap'))).to.contain('Reported medicines did not load');
  });

  it('tries again only what failed', async () => {
    let fail = true;
    const { client, asked } = scriptedClient(
      script({ MedicationRequest: rows(...medications), MedicationStatement: () => (fail ? 'offline' : rows(...reported)) }),
    );
    const viewer = await over(client);
    await inState(viewer, 'medications', 'partial');
    fail = false;
    const before = asked.filter(({ type }) => type === 'Condition').length;
    part(viewer, '#medications .gap .btn')!.click();
    await inState(viewer, 'medications', 'ready');
    expect(asked.filter(({ type }) => type === 'Condition').length).to.equal(before);
  });

  it('says what an entry with an unknown modifier is, before anything else of it', async () => {
    const viewer = await plain([
      patient,
      { ...(penicillin as object), modifierExtension: [{ url: 'http://example.org/negated', valueBoolean: true }] },
    ]);
    const row = part(viewer, '#allergies .entry')!;
    expect(row.classList.contains('grave')).to.equal(true);
    expect(words(row.querySelector('.entry-b'))).to.match(/^This entry carries a modifier that carelet does not know: read the original/);
    expect(words(part(viewer, '[part="allergies"]'))).to.contain('Read the original');
  });

  it('does not show an unknown status as current', async () => {
    const viewer = await plain([patient, { ...(conditions[0] as object), clinicalStatus: undefined }]);
    expect(words(part(viewer, '#problems .grp h4'))).to.contain('Status not recorded');
    expect(words(part(viewer, '#problems .cautions'))).to.contain('No status is recorded');
  });

  it('says what the server does not offer, and what the user may not see', async () => {
    const { client } = scriptedClient(script({ Condition: 'break-glass' }, { types: { Encounter: { search: 'no' } } }));
    const viewer = await over(client);
    await inState(viewer, 'problems', 'no-access');
    await inState(viewer, 'encounters', 'not-asked');
    expect(words(part(viewer, '#encounters'))).to.contain('This server does not offer visits');
    const requests: unknown[] = [];
    viewer.addEventListener('care-access-request', (event) => requests.push(event.detail));
    part(viewer, '#problems .btn')!.click();
    expect(requests).to.deep.equal([{ patient: 'Patient/quispe', section: 'problems' }]);
  });

  it('asks the server nothing that the host forbids, and gives its reason', async () => {
    const { client, asked } = scriptedClient(script({}));
    const permissions = {
      may: (_action: string, type: string) =>
        type === 'Encounter' ? { allowed: false, reason: 'For clinicians only.' } : { allowed: true },
    };
    const host = await fixture(
      html`<care-provider .client=${client} .permissions=${permissions} patient="Patient/quispe"
        ><care-chart-viewer></care-chart-viewer
      ></care-provider>`,
    );
    const viewer = host.querySelector<CareChartViewer>('care-chart-viewer')!;
    await inState(viewer, 'encounters', 'no-access');
    expect(words(part(viewer, '#encounters'))).to.contain('For clinicians only.');
    expect(asked.some(({ type }) => type === 'Encounter')).to.equal(false);
  });
});

describe('loading', () => {
  afterEach(cleanup);

  it('shows no count and no "none" until there is an answer, and says when all are there', async () => {
    const answer = later<Answer>();
    const { client } = scriptedClient(script({ AllergyIntolerance: () => answer.promise }));
    const viewer = await over(client);
    await until(() => part(viewer, '#allergies'));
    expect(stateOf(viewer, 'allergies')).to.equal('loading');
    expect(part(viewer, '#allergies')!.getAttribute('aria-busy')).to.equal('true');
    expect(part(viewer, '#allergies .count')).to.equal(null);
    await until(() => all(viewer, '#allergies .bones i').length > 0);
    answer.give(rows(penicillin, latex));
    await inState(viewer, 'allergies', 'ready');
    await until(() => words(part(viewer, '[role="status"]')).includes('2 allergies'));
  });

  it('counts what else is in the record, and says not known for what could not be counted', async () => {
    const { client } = scriptedClient(script({ Observation: { total: 132 }, Immunization: 'server' }));
    const viewer = await over(client);
    await inState(viewer, 'inventory', 'partial');
    await until(() => /Immunisations ?Not known/.test(words(part(viewer, '#inventory'))));
    expect(words(part(viewer, '#inventory'))).to.match(/Observations ?132/);
  });
});
