import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allergiesView, allergyStrip, countShown, emptyReasons, type AllergiesView } from '../../../src/models/charting/index.js';
import { allergy, coded, reading, snomed, titles } from './support.js';

const NKA = snomed('716186003', 'No known allergy');
const NKDA = snomed('409137002', 'No known drug allergy');
const view = (...records: object[]): AllergiesView => allergiesView(records, reading());

describe('allergies', () => {
  it('puts what hurts most first, and keeps refuted and mistaken entries apart', () => {
    const shown = view(
      allergy('mild', { reaction: [{ manifestation: [{ text: 'rash' }], severity: 'mild' }] }),
      allergy('refuted', {}, 'active', 'refuted'),
      allergy('error', {}, 'active', 'entered-in-error'),
      allergy('past', {}, 'resolved'),
      allergy('severe', { reaction: [{ manifestation: [{ text: 'anaphylaxis' }], severity: 'severe' }] }),
      allergy('high', { criticality: 'high' }),
    );
    assert.deepEqual(titles(shown), { active: ['high', 'severe', 'mild'], inactive: ['past'], refuted: ['refuted'], error: ['error'] });
  });

  it('never loses an allergy that nobody confirmed or whose status cannot be read', () => {
    const shown = view(allergy('unconfirmed', {}, 'active', 'unconfirmed'), allergy('odd', { clinicalStatus: undefined }));
    const strip = allergyStrip('ready', shown, true);
    assert.deepEqual(
      strip.rows.map(({ title }) => title.text),
      ['unconfirmed', 'odd'],
    );
    assert.equal(strip.state, 'listed');
  });

  it('reads reactions as recorded', () => {
    const [row] = view(
      allergy('Cashew', {
        reaction: [
          {
            substance: { text: 'cashew extract' },
            manifestation: [{ text: 'wheeze' }, { text: 'hives' }],
            severity: 'moderate',
            description: 'at lunch',
            exposureRoute: { text: 'oral' },
            onset: '2012-06',
          },
        ],
      }),
    ).groups[0]!.rows;
    const [reaction] = row!.reactions;
    assert.deepEqual(
      [reaction!.manifestations, reaction!.severity, reaction!.substance, reaction!.description, reaction!.route],
      [['wheeze', 'hives'], 'moderate', 'cashew extract', 'at lunch', 'oral'],
    );
    assert.equal(row!.severity, 'moderate');
  });

  it('names an allergy without a code by the substance of its reaction', () => {
    assert.deepEqual(titles(view(allergy('x', { code: undefined, reaction: [{ substance: { text: 'Latex' } }] }))), { active: ['Latex'] });
  });
});

describe('"no known allergies"', () => {
  it('is a statement, by code, by IPS code and by whole phrase', () => {
    const ips = coded('http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips', 'no-known-food-allergies');
    const scopes = [NKA, NKDA, snomed('428607008'), ips, { text: 'NKDA' }, { text: 'No known allergies.' }].map(
      (code) => view(allergy('x', { code })).statements[0]?.scope,
    );
    assert.deepEqual(scopes, ['all', 'drug', 'environment', 'food', 'drug', 'all']);
  });

  it('is not read into words that go on, into another system, or into an entry that also names a substance', () => {
    for (const code of [
      { text: 'No known allergies except penicillin' },
      coded('http://example.org', '716186003'),
      { coding: [(NKA as { coding: object[] }).coding[0], { system: 'http://snomed.info/sct', code: '764146007', display: 'Penicillin' }] },
    ])
      assert.equal(view(allergy('x', { code })).statements.length, 0, JSON.stringify(code));
  });

  it('is doubted when its words name something, or a reaction hangs on it', () => {
    const words = view(allergy('x', { code: { ...NKA, text: 'Penicillin' } }));
    assert.deepEqual(words.statements[0]!.row.cautions, [{ code: 'words-differ', written: 'Penicillin' }]);
    assert.equal(allergyStrip('ready', words, true).state, 'unclear');
    const reaction = view(allergy('x', { code: NKA, reaction: [{ manifestation: [{ text: 'hives' }] }] }));
    assert.equal(allergyStrip('ready', reaction, true).state, 'unclear');
    const modified = view(allergy('x', { code: NKA, modifierExtension: [{ url: 'http://example.org/not' }] }));
    assert.equal(allergyStrip('ready', modified, true).state, 'unclear');
  });

  it('contradicts an allergy of its scope, not one of another', () => {
    assert.equal(view(allergy('n', { code: NKA }), allergy('Penicillin', { category: ['medication'] })).contradiction, true);
    assert.equal(view(allergy('n', { code: NKDA }), allergy('Penicillin', { category: ['medication'] })).contradiction, true);
    assert.equal(view(allergy('n', { code: NKDA }), allergy('Cashew', { category: ['food'] })).contradiction, false);
    assert.equal(view(allergy('n', { code: NKA }), allergy('Gone', {}, 'resolved')).contradiction, false);
  });

  it('is not a statement once it is refuted or a mistake', () => {
    const shown = view(allergy('n', { code: NKA }, 'active', 'refuted'));
    assert.deepEqual([shown.statements.length, shown.groups[0]!.name, countShown(shown)], [0, 'refuted', 1]);
  });
});

describe('allergy strip: only a whole, settled answer may say none', () => {
  const none = view(allergy('n', { code: NKA }));
  const empty = view();

  it('says none known only for a complete answer with a statement for all', () => {
    assert.equal(allergyStrip('ready', none, true).state, 'none-known');
    assert.equal(allergyStrip('ready', none, false).state, 'incomplete');
    assert.equal(allergyStrip('ready', view(allergy('n', { code: NKDA })), true).state, 'none-of-a-kind');
  });

  it('never reads an empty, failed, forbidden or unfinished answer as none', () => {
    assert.equal(allergyStrip('ready', empty, true).state, 'nothing-recorded');
    assert.equal(allergyStrip('ready', empty, false).state, 'incomplete');
    for (const load of ['loading', 'failed', 'forbidden', 'break-glass', 'unsupported'] as const) {
      assert.equal(allergyStrip(load, undefined, true).state, load);
      assert.equal(allergyStrip(load, none, true).state, load, 'an older "none known" does not stand in for a failed answer');
    }
  });

  it('keeps older allergies in view when a newer answer failed, marked as old and not whole', () => {
    const strip = allergyStrip('failed', view(allergy('Penicillin')), true);
    assert.deepEqual([strip.state, strip.stale, strip.incomplete, strip.rows.length], ['listed', true, true, 1]);
  });

  const list = (code: string, own: object = {}): object => ({
    resourceType: 'List',
    id: 'l1',
    status: 'current',
    mode: 'snapshot',
    subject: { reference: 'Patient/p1' },
    date: '2024-05-01',
    code: coded('http://loinc.org', '52472-8'),
    emptyReason: coded('http://terminology.hl7.org/CodeSystem/list-empty-reason', code),
    ...own,
  });
  const stripOf = (...records: object[]) => allergyStrip('ready', allergiesView([], reading(), emptyReasons(records, reading())), true);

  it('reads what a list says about being empty, each in its own way', () => {
    const states = ['nilknown', 'notasked', 'withheld', 'unavailable', 'notstarted', 'whatever'].map((code) => stripOf(list(code)).state);
    assert.deepEqual(states, ['none-known', 'not-asked', 'unclear', 'nothing-recorded', 'nothing-recorded', 'nothing-recorded']);
  });

  it('does not settle anything by a list that is not in force, and ignores one that is void or has entries', () => {
    assert.equal(stripOf(list('nilknown', { status: undefined })).state, 'unclear');
    assert.equal(stripOf(list('nilknown', { status: 'entered-in-error' })).state, 'nothing-recorded');
    assert.equal(stripOf(list('nilknown', { entry: [{ item: { reference: 'AllergyIntolerance/1' } }] })).state, 'nothing-recorded');
    assert.equal(stripOf(list('nilknown', { code: coded('http://loinc.org', '11450-4') })).state, 'nothing-recorded');
  });

  it('does not lose an allergy that stands only in the words of a document section', () => {
    const document = {
      resourceType: 'Composition',
      status: 'final',
      section: [{ code: coded('http://loinc.org', '48765-2'), text: { div: '<div>Penicillin: anaphylaxis</div>' } }],
    };
    const strip = stripOf(document);
    assert.deepEqual([strip.state, strip.reason?.words], ['unclear', 'Penicillin: anaphylaxis']);
  });

  it('takes a list of "nil known" for contradicted only by allergies that were there then', () => {
    const reasons = emptyReasons([list('nilknown')], reading());
    assert.equal(allergiesView([allergy('a', { recordedDate: '2020' })], reading(), reasons).contradiction, true);
    assert.equal(allergiesView([allergy('a', { recordedDate: '2025' })], reading(), reasons).contradiction, false);
  });
});
