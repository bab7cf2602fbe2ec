import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countCurrent, medicationsView } from '../../../src/models/charting/index.js';
import { reading, request, snomed, statement, titles } from './support.js';

const only = (record: object, records: readonly object[] = []) => medicationsView([record], reading(records)).groups[0]!.rows[0]!;

describe('medications', () => {
  it('groups requests and statements by status', () => {
    const view = medicationsView(
      [
        request('now'),
        request('held', { status: 'on-hold' }),
        request('draft', { status: 'draft' }),
        statement('intended', { status: 'intended' }),
        statement('refused', { status: 'not-taken' }),
        request('stopped', { status: 'stopped' }),
        statement('done', { status: 'completed' }),
        request('error', { status: 'entered-in-error' }),
        request('odd', { status: 'paused' }),
        request('blank', { status: undefined }),
        request('unknown', { status: 'unknown' }),
      ],
      reading(),
    );
    assert.deepEqual(titles(view), {
      active: ['now'],
      'on-hold': ['held'],
      unknown: ['odd', 'blank', 'unknown'],
      draft: ['draft', 'intended'],
      'not-taken': ['refused'],
      past: ['stopped', 'done'],
      error: ['error'],
    });
    assert.equal(countCurrent(view), 5);
  });

  it('puts an order not to give first, and never among the medicines', () => {
    const view = medicationsView([request('Aspirin'), request('Ibuprofen', { doNotPerform: true })], reading());
    assert.deepEqual(titles(view), { 'do-not': ['Ibuprofen'], active: ['Aspirin'] });
    assert.equal(countCurrent(view), 1);
    assert.deepEqual(titles(medicationsView([request('x', { doNotPerform: true, status: 'entered-in-error' })], reading())), {
      error: ['x'],
    });
  });

  it('tells a plan from an order, and what is reported from what is ordered', () => {
    assert.equal(only(request('x')).notOrdered, false);
    assert.equal(only(request('x', { intent: 'instance-order' })).notOrdered, false);
    assert.equal(only(request('x', { intent: 'plan' })).notOrdered, true);
    assert.equal(only(request('x', { intent: 'proposal' })).notOrdered, true);
    assert.equal(only(request('x', { reportedBoolean: true })).reported, true);
    const told = only(statement('x', { informationSource: { display: 'Her husband' } }));
    assert.deepEqual([told.reported, told.reportedBy?.text], [true, 'Her husband']);
  });

  it('finds the medicine: coded, contained, included, named only by the reference, made of ingredients', () => {
    const medication = { resourceType: 'Medication', id: 'm1', code: { text: 'Metformin 500 mg' } };
    const byReference = { medicationCodeableConcept: undefined, medicationReference: { reference: 'Medication/m1' } };
    assert.equal(only(request('x', byReference), [medication]).title.text, 'Metformin 500 mg');
    const contained = { medicationCodeableConcept: undefined, medicationReference: { reference: '#m1' }, contained: [medication] };
    assert.equal(only(request('x', contained)).title.text, 'Metformin 500 mg');
    assert.equal(
      only(request('x', { medicationCodeableConcept: undefined, medicationReference: { reference: 'Medication/9', display: 'Lithium' } }))
        .title.text,
      'Lithium',
    );
    const mixed = {
      resourceType: 'Medication',
      id: 'm2',
      ingredient: [{ itemCodeableConcept: { text: 'A' } }, { itemCodeableConcept: { text: 'B' } }],
    };
    assert.equal(
      only(request('x', { medicationCodeableConcept: undefined, medicationReference: { reference: '#m2' }, contained: [mixed] })).title
        .text,
      'A + B',
    );
  });

  it('says when the medicine cannot be found', () => {
    const gone = only(request('x', { medicationCodeableConcept: undefined, medicationReference: { reference: 'Medication/9' } }));
    assert.deepEqual([gone.title.text, gone.cautions], [undefined, [{ code: 'unresolved', references: ['Medication/9'] }]]);
    const dangling = only(request('x', { medicationCodeableConcept: undefined, medicationReference: { reference: '#m9' } }));
    assert.deepEqual(dangling.cautions, [{ code: 'unresolved', references: ['#m9'] }]);
  });

  it('carries a modifier of the Medication over to the row', () => {
    const medication = {
      resourceType: 'Medication',
      id: 'm1',
      code: { text: 'X' },
      modifierExtension: [{ url: 'http://example.org/not' }],
    };
    const row = only(request('x', { medicationCodeableConcept: undefined, medicationReference: { reference: 'Medication/m1' } }), [
      medication,
    ]);
    assert.deepEqual(row.cautions, [{ code: 'modifier', urls: ['http://example.org/not'] }]);
  });

  it('lists an order and a statement of the same medicine both, and says so', () => {
    const medicationCodeableConcept = snomed('387137007', 'Omeprazole');
    const view = medicationsView(
      [
        request('a', { medicationCodeableConcept }),
        statement('b', { medicationCodeableConcept }),
        request('c', { medicationCodeableConcept, status: 'stopped' }),
      ],
      reading(),
    );
    assert.deepEqual(
      view.groups.map(({ name, rows }) => [name, rows.map(({ alsoListed }) => alsoListed)]),
      [
        ['active', [1, 1]],
        ['past', [0]],
      ],
    );
  });

  it('points out what is marked active although its time is over', () => {
    assert.deepEqual(only(statement('x', { effectivePeriod: { start: '2018', end: '2019' } })).cautions, [{ code: 'ended' }]);
    assert.deepEqual(only(statement('x', { effectivePeriod: { start: '2018' } })).cautions, []);
  });

  it('takes "no known medications" for a statement, and doubts one with a dose', () => {
    const none = { medicationCodeableConcept: snomed('787481004', 'No known medications') };
    const view = medicationsView([statement('x', none)], reading());
    assert.deepEqual([view.groups.length, view.statements[0]!.scope], [0, 'all']);
    assert.equal(medicationsView([statement('x', none), request('Aspirin')], reading()).contradiction, true);
    const dosed = medicationsView([statement('x', { ...none, dosage: [{ text: '1 tablet' }] })], reading());
    assert.deepEqual(dosed.statements[0]!.row.cautions, [{ code: 'contradicts-itself' }]);
  });
});
