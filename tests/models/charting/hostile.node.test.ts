/** Whatever JSON stands in a record: no view throws, and every record that came in is shown, apart, or a statement. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  alertsView,
  allergiesView,
  allergyStrip,
  bannerView,
  chartRecords,
  countShown,
  emptyReasons,
  encountersView,
  inventoryOf,
  medicationsView,
  problemsView,
  type SectionView,
} from '../../../src/models/charting/index.js';
import { reading } from './support.js';

const FIELDS = [
  'resourceType', 'id', 'status', 'clinicalStatus', 'verificationStatus', 'code', 'category', 'subject', 'patient', 'name', 'birthDate', '_birthDate', 'gender', 'identifier',
  'link', 'active', 'deceasedBoolean', 'deceasedDateTime', 'communication', 'extension', 'modifierExtension', 'contained', 'text', 'onsetDateTime', 'onsetAge', 'onsetPeriod',
  'abatementString', 'recordedDate', 'recorder', 'note', 'reaction', 'criticality', 'type', 'medicationCodeableConcept', 'medicationReference', 'dosage',
  'dosageInstruction', 'intent', 'doNotPerform', 'reportedBoolean', 'requester', 'class', 'participant', 'location', 'period', 'diagnosis', 'reasonCode', 'section', 'entry',
  'emptyReason', 'bodySite', 'stage', 'evidence', 'implicitRules', 'language', 'multipleBirthInteger', 'severity', 'serviceType', 'length',
]; // prettier-ignore
const LEAVES: readonly unknown[] = [
  'active', 'entered-in-error', 'Condition', 'Patient', 'Patient/p1', '#a', 'urn:uuid:x', '2020', '2020-02-30', '2020-01-01T10:00:00Z', 'http://snomed.info/sct', '716186003', '__proto__',
  'constructor', '<div>x</div>', '', ' ', '\u202e', null, true, false, 0, -1, 1e300, NaN,
]; // prettier-ignore
const INNER = ['coding', 'text', 'system', 'code', 'display', 'reference', 'value', 'unit', 'start', 'end', 'div', 'url', 'manifestation', 'substance', 'severity', 'timing', 'repeat', 'frequency', 'period', 'periodUnit', 'doseAndRate', 'individual', 'use', 'family', 'given', 'other', 'concept', 'extension', 'valueCode', 'toString']; // prettier-ignore

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...LEAVES),
    fc.string(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...INNER), tie('value'), { maxKeys: 4 }),
  ),
}));
const record = fc.dictionary(fc.constantFrom(...FIELDS), value, { maxKeys: 12 });
const records = fc.array(fc.oneof({ weight: 9, arbitrary: record }, { weight: 1, arbitrary: value }), { maxLength: 5 });

const sound = (view: SectionView, received: number): void => {
  assert.equal(view.received, received);
  assert.equal(countShown(view), received);
  const keys = view.groups.flatMap(({ rows }) => rows.map(({ key }) => key));
  assert.equal(new Set(keys).size, keys.length, 'keys are distinct');
};

describe('hostile records', () => {
  it('never throw and are never lost', () => {
    fc.assert(
      fc.property(records, (list) => {
        const read = reading(list);
        const reasons = emptyReasons(list, read);
        sound(problemsView(list, read, reasons), list.length);
        const allergies = allergiesView(list, read, reasons);
        sound(allergies, list.length);
        sound(medicationsView(list, read, reasons), list.length);
        sound(encountersView(list, read), list.length);
        sound(alertsView(list, read), list.length);
        for (const one of list) bannerView(one, read);
        const strip = allergyStrip('ready', allergies, true);
        if (strip.rows.length > 0) assert.equal(strip.state, 'listed');
      }),
      { numRuns: 1500 },
    );
  });

  it('split into a chart that accounts for every record', () => {
    fc.assert(
      fc.property(records, (list) => {
        const chart = chartRecords(list, 'Patient/p1');
        const typed = list.filter((one) => typeof (one as { resourceType?: unknown } | null)?.resourceType === 'string');
        const inSections = Object.values(chart.sections).reduce(
          (n, { records: own, withheld }) => n + own.length + withheld.other + withheld.undecided,
          0,
        );
        assert.ok(inSections <= typed.length);
      }),
    );
  });

  it('leave nothing behind in the prototypes they name', () => {
    problemsView(
      [JSON.parse('{"resourceType":"Condition","__proto__":{"polluted":1},"code":{"constructor":{"prototype":{"polluted":1}}}}')],
      reading(),
    );
    assert.equal(({} as { polluted?: number }).polluted, undefined);
  });

  it('keep their own order of counts', () => {
    const { lines } = inventoryOf([
      { type: 'B', count: undefined },
      { type: 'A', count: 0 },
      { type: 'C', count: 3 },
      { type: 'D', count: 9 },
    ]);
    assert.deepEqual(
      lines.map(({ type }) => type),
      ['D', 'C', 'B'],
    );
  });
});
