import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dosageView, dosageViews } from '../../../src/models/charting/index.js';

const mg = (value: number): object => ({ value, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' });
const view = (dosage: unknown) => dosageView(dosage, { locale: 'en-AU' });

describe('dosage', () => {
  it('shows the sentence that was written, unchanged, before any structure', () => {
    const shown = view({
      text: 'Swallow whole ONE tablet in the MORNING',
      timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } },
    });
    assert.deepEqual([shown.kind, shown.text, shown.facts?.frequency?.times], ['written', 'Swallow whole ONE tablet in the MORNING', 2]);
  });

  it('reads the common structured shapes', () => {
    const { kind, facts } = view({
      doseAndRate: [{ doseQuantity: mg(500) }],
      route: { text: 'oral' },
      asNeededCodeableConcept: { text: 'pain' },
      timing: {
        repeat: { frequency: 1, frequencyMax: 2, period: 6, periodUnit: 'h', boundsDuration: { value: 5, unit: 'days', code: 'd' } },
      },
      maxDosePerPeriod: { numerator: { value: 4, unit: 'g' }, denominator: { value: 24, unit: 'h' } },
    });
    assert.equal(kind, 'structured');
    assert.deepEqual(
      [facts!.dose, facts!.route, facts!.frequency, facts!.asNeeded, facts!.asNeededFor, facts!.course],
      ['500\u00a0mg', 'oral', { times: 1, timesMax: 2, period: 6, periodMax: undefined, unit: 'h' }, true, 'pain', '5 days'],
    );
    assert.deepEqual(facts!.maximum, [{ of: 'period', amount: '4\u00a0g / 24\u00a0h' }]);
  });

  it('reads days, events, times of day and a coded timing', () => {
    const facts = (timing: object) => view({ timing }).facts!;
    assert.deepEqual(facts({ repeat: { dayOfWeek: ['mon', 'sat'], frequency: 3, period: 1, periodUnit: 'wk' } }).days, ['mon', 'sat']);
    assert.deepEqual(facts({ repeat: { when: ['ACM', 'HS'], offset: 30 } }).when, ['ACM', 'HS']);
    assert.equal(facts({ repeat: { timeOfDay: ['08:00:00'] } }).timesOfDay.length, 1);
    assert.equal(facts({ code: { text: 'BID' } }).coded, 'BID');
    assert.equal(facts({ code: { text: 'BID' }, repeat: { frequency: 3, period: 1, periodUnit: 'd' } }).coded, 'BID', 'the two may differ');
  });

  it('reads STU3, where the dose stands beside the timing', () => {
    assert.equal(
      view({ doseQuantity: { value: 10, unit: 'mL' }, timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } } }).facts?.dose,
      '10\u00a0mL',
    );
  });

  it('puts into words nothing that it does not understand, and shows all of it', () => {
    const odd: object[] = [
      { timing: { repeat: { count: 1, periodUnit: 'd' } }, doseAndRate: [{ doseQuantity: { value: 1, unit: 'tablet' } }] },
      { timing: { repeat: { frequency: 2, period: 1, periodUnit: 'fortnight' } } },
      { timing: { repeat: { frequency: -1, period: 1, periodUnit: 'd' } } },
      { timing: { repeat: { when: ['TEATIME'] } } },
      { timing: { repeat: { dayOfWeek: ['Monday'] } } },
      { timing: { event: ['2026-11-24'] } },
      { timing: { repeat: { frequency: 1, frequencyMax: 'two', period: 1, periodUnit: 'd' } } },
      { timing: { repeat: { duration: 30, frequency: 1, period: 1, periodUnit: 'd' } } },
      { timing: { repeat: { _frequency: { extension: [] }, period: 1, periodUnit: 'd' } } },
      { doseAndRate: [{ doseQuantity: { unit: 'mg' } }], route: { text: 'oral' } },
      { doseAndRate: [{ doseQuantity: mg(1), doseExpression: 'x' }] },
      { doseAndRate: [{ doseQuantity: mg(1) }], maxDosePerPeriod: [{ numerator: mg(4) }] },
      { doseAndRate: [{ doseQuantity: mg(1) }], route: [{ text: 'oral' }] },
      { doseAndRate: [{ doseQuantity: mg(1) }], asNeededBoolean: 'true' },
      { timing: { repeat: { boundsRange: { low: mg(1) }, frequency: 1, period: 1, periodUnit: 'd' } } },
      { doseAndRate: [{ doseQuantity: mg(1) }, { doseQuantity: mg(2) }] },
      { doseAndRate: [{ doseQuantity: mg(1) }], modifierExtension: [{ url: 'http://example.org/not', valueBoolean: true }] },
    ];
    for (const dosage of odd) {
      const shown = view(dosage);
      assert.equal(shown.kind, 'unworded', JSON.stringify(dosage));
      assert.ok(shown.parts.length > 0, JSON.stringify(dosage));
    }
    assert.deepEqual(view(odd[0]).parts, [
      { path: 'timing.repeat.count', value: '1' },
      { path: 'timing.repeat.periodUnit', value: 'd' },
      { path: 'doseAndRate.doseQuantity', value: '1\u00a0tablet' },
    ]);
  });

  it('reads a single dose by its count', () => {
    assert.equal(view({ timing: { repeat: { count: 1 } }, doseAndRate: [{ doseQuantity: { value: 1, unit: 'tablet' } }] }).facts?.count, 1);
  });

  it('says that amount and times are missing where only a route is there', () => {
    const shown = view({ route: { text: 'Oral use' } });
    assert.deepEqual([shown.kind, shown.facts?.amountless], ['structured', true]);
  });

  it('keeps instructions that come on top, and the order of a sequence', () => {
    const shown = dosageViews([
      { sequence: 2, text: 'then 5 mg' },
      { sequence: 1, text: '10 mg', additionalInstruction: [{ text: 'with food' }], patientInstruction: 'Take it' },
      {},
    ]);
    assert.deepEqual(
      shown.map(({ text }) => text),
      ['10 mg', 'then 5 mg'],
    );
    assert.deepEqual([shown[0]!.additional, shown[0]!.patientInstruction], [['with food'], 'Take it']);
  });
});
